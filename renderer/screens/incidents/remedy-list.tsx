import { ActionIcon, Button, Group } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Remedy } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState, Failed, Pending } from '../../ui/states.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useWords } from '../../words.ts';
import { RemedyDialog } from './remedy-dialog.tsx';
import { RemedyRecord } from './remedy-record.tsx';

/** Every remedy ever written, with what became of it. */
export function RemedyList() {
  const t = useWords('incidents');
  const list = useQuery(orpc.incidents.remedies.queryOptions());
  const [editing, setEditing] = useState<Remedy | 'new' | null>(null);
  const [removing, setRemoving] = useState<Remedy | null>(null);
  const remove = useMutation(
    orpc.incidents.removeRemedy.mutationOptions({
      onSuccess: () => {
        setRemoving(null);
        showDone(t('done.remedyRemoved'));
      },
    }),
  );
  const columns = useMemo(
    (): Column<Remedy>[] => [
      {
        key: 'title',
        label: t('remedy.column.title'),
        sort: (remedy) => remedy.title,
        render: (remedy) => (
          <>
            <Strong>{remedy.title}</Strong>
            <Fine lineClamp={2}>{remedy.steps}</Fine>
          </>
        ),
      },
      {
        key: 'record',
        label: t('remedy.column.record'),
        width: '420px',
        // the careful end of the interval: 1 of 1 stands below 8 of 9
        sort: (remedy) => (remedy.tried === 0 ? -1 : remedy.low),
        render: (remedy) => <RemedyRecord remedy={remedy} />,
      },
      {
        key: 'acts',
        label: t('remedy.edit'),
        labelHidden: true,
        align: 'right',
        width: '90px',
        render: (remedy) => (
          <Group gap={2} wrap="nowrap" justify="flex-end">
            <ActionIcon
              aria-label={`${t('remedy.edit')}: ${remedy.title}`}
              onClick={(event) => {
                event.stopPropagation();
                setEditing(remedy);
              }}
            >
              <IconPencil size={15} />
            </ActionIcon>
            <ActionIcon
              aria-label={`${t('remedy.remove')}: ${remedy.title}`}
              onClick={(event) => {
                event.stopPropagation();
                setRemoving(remedy);
              }}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        ),
      },
    ],
    [t],
  );
  if (!list.isSuccess) return <Pending of={list} />;
  return (
    <>
      {list.data.length === 0 ? (
        <EmptyState
          kind="never"
          title={t('remedy.none')}
          text={t('remedy.noneText')}
          action={{ label: t('remedy.write'), onClick: () => setEditing('new') }}
        />
      ) : (
        <>
          <Group mb="sm" justify="space-between">
            <Fine>{t('remedy.smallNote')}</Fine>
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
              {t('remedy.write')}
            </Button>
          </Group>
          <DataTable
            label={t('tab.remedies')}
            columns={columns}
            rows={list.data}
            rowKey={(remedy) => remedy.id}
            onOpen={setEditing}
            initialSort={{ key: 'record', down: true }}
            maxHeight="calc(var(--content-height) - 16rem)"
          />
        </>
      )}
      <RemedyDialog
        key={editing === null || editing === 'new' ? 'new' : editing.id}
        opened={editing !== null}
        {...(editing !== null && editing !== 'new' ? { remedy: editing } : {})}
        onClose={() => setEditing(null)}
      />
      <ConfirmDialog
        opened={removing !== null}
        title={t('remedy.removeTitle')}
        text={
          <>
            {removing && t('remedy.removeText', { title: removing.title })}
            <Failed of={remove} />
          </>
        }
        confirm={t('remedy.remove')}
        danger
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate({ id: removing.id })}
        onClose={() => setRemoving(null)}
      />
    </>
  );
}
