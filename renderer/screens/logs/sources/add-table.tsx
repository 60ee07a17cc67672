import { Button, Group, Select, Stack, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogTable, LogTableChoice } from '../../../../main/api/contract/logs/tables.ts';
import { orpc, useRefresh } from '../../../engine-hooks.ts';
import { fromErrorData } from '../../../errors.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { showDone } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { NO_RULES, type Rules, RulesForm } from './rules-form.tsx';
import { TableColumns } from './table-columns.tsx';
import { TablePreview } from './table-preview.tsx';

type Props = { readonly onClose: () => void };

/** A further log table of the company's: chosen, its columns confirmed, its rows seen as they would be read, named, added. */
export function AddTable({ onClose }: Props) {
  const { t } = useTranslation(['logs', 'common']);
  const refresh = useRefresh();
  const tables = useQuery({ ...orpc.logs.tables.queryOptions(), staleTime: 0, retry: false });
  const [choice, setChoice] = useState<LogTableChoice | null>(null);
  const [table, setTable] = useState<LogTable | null>(null);
  const [rules, setRules] = useState<Rules>(NO_RULES);
  const add = useMutation(
    orpc.logs.addTable.mutationOptions({
      onSuccess: ({ name }) => {
        refresh('logs');
        showDone(t('add.done', { name }));
        onClose();
      },
    }),
  );
  const options = useTableOptions(tables.data ?? []);
  const choose = (name: string | null): void => {
    const found = tables.data?.find((one) => one.table === name) ?? null;
    setChoice(found);
    setTable(found?.suggestion ?? null);
    add.reset();
  };
  if (tables.error) return <ErrorState error={tables.error} retry={() => void tables.refetch()} />;
  if (tables.isPending) return <Loading count={4} />;
  const { name, ...others } = rules;
  return (
    <Stack>
      <Select
        label={t('table.choose')}
        description={t('table.chooseHelp')}
        placeholder={t('table.choosePlaceholder')}
        searchable
        data-autofocus
        data={options}
        value={choice?.table ?? null}
        onChange={choose}
      />
      {choice?.problem && <ErrorState error={fromErrorData(problemOf(choice))} />}
      {choice && table && (
        <>
          <Title order={3}>{t('table.columns')}</Title>
          <TableColumns value={table} choice={choice} isRead={false} onChange={setTable} />
          <Title order={3}>{t('table.preview')}</Title>
          <TablePreview key={table.table} table={table} rules={others} />
          <Title order={3}>{t('add.rules')}</Title>
          <RulesForm kind="table" rules={rules} onChange={setRules} />
        </>
      )}
      {add.error && <ErrorState error={add.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={table === null}
          loading={add.isPending}
          onClick={() =>
            table &&
            add.mutate({ table, rules: { ...others, ...(name.trim() ? { name: name.trim() } : {}) } })
          }
        >
          {t('add.add')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Those that look like logs first, then the rest; what is read already can be seen, not chosen. */
function useTableOptions(tables: readonly LogTableChoice[]) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  const option = ({ table, comment, rows, usedAs, problem }: LogTableChoice) => ({
    value: table,
    disabled: usedAs !== null,
    label: [
      comment === '' ? table : `${table} (${comment})`,
      rows === null ? null : t('table.rows', { n: format.number(rows) }),
      usedAs === null ? null : t('table.usedAs', { name: usedAs }),
      usedAs === null && problem ? t(`table.problem.${problem}`) : null,
    ]
      .filter(Boolean)
      .join(format.dot),
  });
  const isLikely = (one: LogTableChoice): boolean => one.usedAs === null && one.score >= LIKELY;
  return [
    { group: t('table.likely'), items: tables.filter(isLikely).map(option) },
    { group: t('table.rest'), items: tables.filter((one) => !isLikely(one)).map(option) },
  ].filter(({ items }) => items.length > 0);
}
const LIKELY = 0.4;

const CODES = {
  'no-key': 'logs.table-no-key',
  'no-order': 'logs.table-no-order',
  'no-text': 'logs.table-no-text',
} as const;
const problemOf = ({ table, problem }: LogTableChoice) => ({
  code: CODES[problem ?? 'no-key'],
  params: { table },
});
