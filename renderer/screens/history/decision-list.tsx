import { Alert, Anchor, Button, CloseButton, Group, Select } from '@mantine/core';
import { IconDatabaseImport, IconDownload, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Table } from '../../../main/api/contract/common.ts';
import type { Decision } from '../../../main/placement/contract/placement.ts';
import { engineNow, orpc } from '../../engine-hooks.ts';
import { WriteBackChip } from '../../proposal/chips.tsx';
import { href, navigate } from '../../router.ts';
import { fileName, saveText, toCsv } from '../../ui/csv.ts';
import { type Column, DataTable, textColumn, timeColumn } from '../../ui/data-table.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';
import { EmptyState, Failed, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showDone } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { type DecisionRow, decisionRows, matches } from './decision-row.ts';

const ACTIONS = ['approved', 'modified', 'rejected', 'undone'] as const;

/** Every decision with its reason, what it was expected to do and whether the company has it. */
export function DecisionList() {
  const t = useWords('history');
  const p = useWords('proposals');
  const format = useFormat();
  const decisions = useQuery(orpc.approvals.list.queryOptions({ input: { limit: 500 } }));
  const views = useQuery(orpc.placement.list.queryOptions({ input: { limit: 500 } }));
  const [text, setText] = useState('');
  const [action, setAction] = useState<string>('all');
  const all = useMemo(
    () => decisionRows(decisions.data ?? [], views.data ?? [], { t, p, format }),
    [decisions.data, views.data, t, p, format],
  );
  const rows = all.filter(
    (row) => (action === 'all' || row.decision.action === action) && matches(row, text),
  );
  if (!decisions.isSuccess) return <Pending of={decisions} />;
  if (all.length === 0)
    return (
      <EmptyState
        kind="never"
        title={t('empty.title')}
        text={t('empty.text')}
        action={{ label: t('empty.go'), onClick: () => navigate('proposals') }}
      />
    );
  const save = (): void => {
    const table = tableOf(rows, t('title'), engineNow(), {
      at: t('column.at'),
      action: t('column.action'),
      actor: t('column.actor'),
      proposal: t('column.proposal'),
      what: t('column.what'),
      why: t('column.why'),
      effect: t('column.effect'),
      writeBack: t('column.writeBack'),
    });
    saveText(fileName(t('title'), table.asOf, format.zone, 'csv'), toCsv(table, format), 'text/csv');
  };
  return (
    <>
      <Unwritten decisions={decisions.data} />
      <Group gap="xs" mb="sm">
        <ImeTextInput
          size="xs"
          w={280}
          aria-label={t('search')}
          placeholder={t('search')}
          data-search
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          leftSection={<IconSearch size={14} />}
          rightSection={
            text && <CloseButton size="xs" aria-label={t('empty.clear')} onClick={() => setText('')} />
          }
        />
        <Select
          size="xs"
          w={190}
          aria-label={t('action.label')}
          value={action}
          onChange={(value) => setAction(value ?? 'all')}
          data={['all' as const, ...ACTIONS].map((value) => ({ value, label: t(`action.${value}`) }))}
        />
        <Fine>{t('rowsShown', { shown: format.number(rows.length), total: format.number(all.length) })}</Fine>
        <Button
          ml="auto"
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={rows.length === 0}
          onClick={save}
        >
          {t('save')}
        </Button>
      </Group>
      {rows.length === 0 ? (
        <EmptyState
          kind="no-result"
          title={t('empty.filterTitle')}
          action={{
            label: t('empty.clear'),
            onClick: () => {
              setText('');
              setAction('all');
            },
          }}
        />
      ) : (
        <DecisionTable rows={rows} />
      )}
    </>
  );
}

function DecisionTable({ rows }: { readonly rows: readonly DecisionRow[] }) {
  const t = useWords('history');
  const columns = useMemo(
    (): Column<DecisionRow>[] => [
      timeColumn('at', t('column.at'), (row) => row.decision.at, { width: '130px' }),
      {
        key: 'action',
        label: t('column.action'),
        width: '110px',
        sort: (row) => row.action,
        render: (row) => <b>{row.action}</b>,
      },
      textColumn('actor', t('column.actor'), (row) => row.actor),
      {
        key: 'what',
        label: t('column.what'),
        render: (row) => (
          <>
            <Anchor size="sm" href={href('proposals', row.decision.proposalId)}>
              {row.what || row.decision.proposalId}
            </Anchor>
            {row.effect && <Fine>{row.effect}</Fine>}
          </>
        ),
      },
      textColumn('why', t('column.why'), (row) => row.why),
      {
        key: 'writeBack',
        label: t('column.writeBack'),
        sort: (row) => row.writeBack,
        render: (row) => <WriteBackChip decision={row.decision} />,
      },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('tab.decisions')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.decision.id}
      maxHeight="calc(var(--content-height) - 11.5rem)"
      initialSort={{ key: 'at', down: true }}
    />
  );
}

function Unwritten({ decisions }: { readonly decisions: readonly Decision[] }) {
  const t = useWords('history');
  const retry = useMutation(
    orpc.approvals.retry.mutationOptions({
      onSuccess: ({ waiting }) => showDone(t('retried', { count: waiting })),
    }),
  );
  const waiting = decisions.filter(({ writeBack }) =>
    ['waiting', 'writing', 'failed'].includes(writeBack.state),
  );
  if (waiting.length === 0) return null;
  return (
    <Alert color="orange" variant="light" mb="sm" icon={<IconDatabaseImport size={18} />}>
      <Group justify="space-between">
        {t('waiting', { count: waiting.length })}
        <Button
          size="compact-sm"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate({})}
        >
          {t('retry')}
        </Button>
      </Group>
      <Failed of={retry} />
    </Alert>
  );
}

/** What is on screen, as a table that can be saved. */
function tableOf(
  rows: readonly DecisionRow[],
  title: string,
  asOf: number,
  labels: Readonly<Record<string, string>>,
): Table {
  return {
    title: { ja: title, en: title },
    query: 'decisions',
    slots: {},
    columns: Object.entries(labels).map(([key, label]) => ({
      key,
      label: { ja: label, en: label },
      kind: key === 'at' ? 'instant' : 'text',
    })),
    rows: rows.map((row) => ({
      at: row.decision.at,
      action: row.action,
      actor: row.actor,
      proposal: row.decision.proposalId,
      what: row.what,
      why: row.why,
      effect: row.effect,
      writeBack: row.writeBack,
    })),
    total: rows.length,
    asOf,
  };
}
