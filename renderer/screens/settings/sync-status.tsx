import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconCheck, IconQuestionMark, IconRefresh, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import { wordError } from '../../../main/api/contract/errors.ts';
import type { SyncStatus as Status, SyncTable } from '../../../main/sync/contract/company.ts';
import { orpc, useNow, useWallNow } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { navigate } from '../../router.ts';
import { type Column, DataTable, numberColumn, timeColumn } from '../../ui/data-table.tsx';
import { ProgressRow } from '../../ui/progress-row.tsx';
import { StatTile } from '../../ui/stat-tile.tsx';
import { EmptyState, ErrorState, Pending } from '../../ui/states.tsx';
import { Fine, Note, TimeText } from '../../ui/text.tsx';
import { type Format, useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { DeadLetters } from './dead-letters.tsx';
import classes from './settings.module.css';
import { Sharing } from './sharing.tsx';
import { useTableName } from './table-name.ts';

type Row = z.infer<typeof SyncTable>;
type SyncView = z.infer<typeof Status>;

export function SyncStatus() {
  const t = useWords('company');
  const status = useQuery(orpc.company.status.queryOptions({ refetchInterval: 5000 }));
  if (!status.isSuccess) return <Pending of={status} />;
  if (!status.data.configured)
    return (
      <EmptyState
        kind="never"
        title={t('statusNone')}
        text={t('statusNoneText')}
        action={{ label: t('toConnection'), onClick: () => navigate('settings', 'company') }}
      />
    );
  return (
    <Stack gap="lg">
      <Overview status={status.data} />
      <Sharing />
      <Tables rows={status.data.tables} />
      <DeadLetters tables={status.data.tables.map((row) => row.table)} />
    </Stack>
  );
}

function Overview({ status }: { readonly status: SyncView }) {
  const t = useWords('company');
  const format = useFormat();
  const now = useNow(1000);
  const wallNow = useWallNow();
  const sync = useMutation(orpc.company.sync.mutationOptions());
  const cancel = useMutation(orpc.tasks.cancel.mutationOptions());
  const tasks = useQuery(orpc.tasks.list.queryOptions());
  const job = tasks.data?.find((task) => task.kind.startsWith('sync') && task.state === 'running');
  const busy = status.running || sync.isPending;
  const { waiting, failed, confirmed } = status.outbox;
  const problem = status.error ? fromErrorData(status.error) : sync.error;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="sm">
        <StatTile
          label={t('online')}
          value={status.online ? t('isOnline') : t('isOffline')}
          tone={status.online ? 'ok' : 'danger'}
        />
        <StatTile
          label={t('lastOk')}
          value={status.lastOkAt === null ? '—' : format.ago(status.lastOkAt, now)}
          hint={<TimeText at={status.lastOkAt} />}
        />
        <StatTile label={t('next')} value={status.nextAt === null ? '—' : format.time(status.nextAt)} />
        <StatTile
          label={t('outbox')}
          value={format.number(waiting)}
          hint={t('outboxHint', { confirmed: format.number(confirmed), failed: format.number(failed) })}
          tone={failed > 0 ? 'danger' : waiting > 0 ? 'watch' : 'plain'}
        />
      </SimpleGrid>
      {problem && <ErrorState error={problem} retry={() => sync.mutate({})} />}
      {job && (
        <ProgressRow
          label={t('syncing')}
          stage={job.stage}
          done={job.done}
          total={job.total}
          elapsedMs={Math.max(0, wallNow - job.startedAt)}
          onCancel={() => cancel.mutate({ id: job.id })}
        />
      )}
      <Group>
        <Button leftSection={<IconRefresh size={16} />} loading={busy} onClick={() => sync.mutate({})}>
          {t('syncNow')}
        </Button>
        {sync.data && (
          <Note role="status">
            {t('syncDone', {
              rows: format.number(sync.data.rows),
              time: t('common:seconds', { n: format.number(sync.data.ms / 1000, 1) }),
              speed: format.number(sync.data.rowsPerSecond),
            })}
          </Note>
        )}
      </Group>
    </Stack>
  );
}

function Reconciled({ row, format }: { readonly row: Row; readonly format: Format }) {
  const t = useWords('company');
  if (row.error)
    return (
      <Text size="xs" c="var(--danger-text)">
        {wordError(fromErrorData(row.error), format.lang).say}
      </Text>
    );
  if (row.reconciled === null || row.sourceRows === null)
    return (
      <span className={classes['sure']}>
        <IconQuestionMark size={13} /> {t('notCounted')}
      </span>
    );
  const apart = Math.abs(row.sourceRows - row.localRows - row.deadLetters);
  return row.reconciled ? (
    <span className={classes['sure']}>
      <IconCheck size={13} color="var(--ok-text)" /> {t('reconciled')}
    </span>
  ) : (
    <span className={classes['sure']} data-level="none">
      <IconX size={13} /> {t('notReconciled', { n: format.number(apart) })}
    </span>
  );
}

function Tables({ rows }: { readonly rows: readonly Row[] }) {
  const t = useWords('company');
  const format = useFormat();
  const nameOf = useTableName();
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: 'table',
        label: t('table'),
        sort: (r) => nameOf(r.table),
        render: (r) => (
          <>
            {nameOf(r.table)} <code className={classes['mono']}>{r.table}</code>
          </>
        ),
      },
      numberColumn('source', t('source'), (r) => r.sourceRows, format.number),
      numberColumn('local', t('local'), (r) => r.localRows, format.number),
      numberColumn('dead', t('dead'), (r) => r.deadLetters, format.number),
      { key: 'reconciled', label: t('reconcile'), render: (r) => <Reconciled row={r} format={format} /> },
      timeColumn('at', t('lastOk'), (r) => r.lastOkAt),
    ],
    [t, format, nameOf],
  );
  return (
    <Stack gap={6}>
      <DataTable label={t('table')} columns={columns} rows={rows} rowKey={(r) => r.table} />
      <Fine>{t('reconcileHelp')}</Fine>
    </Stack>
  );
}
