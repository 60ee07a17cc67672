import { Group, Modal, ScrollArea, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ThirdParty } from '../../../main/api/contract/third-party.ts';
import { orpc } from '../../engine-hooks.ts';
import { type Column, DataTable, textColumn } from '../../ui/data-table.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './settings.module.css';

const keyOf = (part: ThirdParty): string => `${part.name} ${part.version} ${part.inside ?? ''}`;

/** What others wrote and ships with the app, as the build wrote it down; each with its licence's own words. */
export function Licences() {
  const t = useWords('settings');
  const format = useFormat();
  const list = useQuery(orpc.system.thirdParty.queryOptions());
  const [text, setText] = useState('');
  const [open, setOpen] = useState<ThirdParty | null>(null);
  const columns = useMemo<Column<ThirdParty>[]>(
    () => [
      textColumn('name', t('licences.name'), (p) => p.name),
      { key: 'version', label: t('version'), width: '9rem', render: (p) => p.version },
      textColumn('licence', t('licences.licence'), (p) => p.licence, { width: '11rem' }),
      { key: 'inside', label: t('licences.inside'), width: '13rem', render: (p) => p.inside ?? '' },
    ],
    [t],
  );
  if (!list.isSuccess) return <Pending of={list} />;
  const { parts, texts } = list.data;
  const wanted = text.trim().toLowerCase();
  const shown = parts.filter((p) => `${keyOf(p)} ${p.licence}`.toLowerCase().includes(wanted));
  return (
    <Stack gap="sm">
      <Note>{t('licences.intro')}</Note>
      <Group align="flex-end" gap="sm">
        <ImeTextInput
          label={t('licences.search')}
          flex={1}
          maxLength={100}
          data-search
          value={text}
          onChange={(e) => setText(e.currentTarget.value)}
        />
      </Group>
      <Fine>{t('licences.count', { n: format.number(shown.length), all: format.number(parts.length) })}</Fine>
      <DataTable
        label={t('tabs.licences')}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        onOpen={setOpen}
        empty={
          <EmptyState
            kind="no-result"
            title={t('licences.none')}
            text={t('licences.noneText')}
            action={{ label: t('common:clearFilter'), onClick: () => setText('') }}
          />
        }
      />
      <Modal
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open ? `${open.name} ${open.version}` : ''}
        size="xl"
        scrollAreaComponent={ScrollArea.Autosize}
      >
        {open && (
          <Stack gap="sm">
            <Fine>{open.site}</Fine>
            <pre className={classes['licence']}>{texts[open.text]}</pre>
          </Stack>
        )}
      </Modal>
    </Stack>
  );
}
