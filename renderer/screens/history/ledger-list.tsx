import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Ledger } from '../../../main/placement/contract/placement.ts';
import { orpc } from '../../engine-hooks.ts';
import { type Column, DataTable, numberColumn, textColumn } from '../../ui/data-table.tsx';
import { EmptyState, Pending } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';

type Person = Ledger['people'][number];
const movesOf = (person: Person): number => person.approved + person.adjusted;

/** Who was moved how often in the last 30 days, most moved first. */
export function LedgerList() {
  const t = useWords('history');
  const format = useFormat();
  const ledger = useQuery(orpc.placement.ledger.queryOptions());
  const limit = ledger.data?.limit ?? 0;
  const columns = useMemo(
    (): Column<Person>[] => [
      { key: 'name', label: t('ledger.name'), sort: (p) => p.name, render: (p) => <b>{p.name}</b> },
      textColumn('home', t('ledger.home'), (p) => p.home),
      {
        key: 'moves',
        label: t('ledger.moves'),
        align: 'right',
        sort: movesOf,
        render: (p) => (
          <Text span size="sm" fw={700} c={movesOf(p) >= limit ? 'var(--danger-text)' : 'inherit'}>
            {format.number(movesOf(p))}
          </Text>
        ),
      },
      numberColumn('approved', t('ledger.approved'), (p) => p.approved, format.number),
      numberColumn('adjusted', t('ledger.adjusted'), (p) => p.adjusted, format.number),
      textColumn('last', t('ledger.last'), (p) => p.last),
    ],
    [t, format, limit],
  );
  if (!ledger.isSuccess) return <Pending of={ledger} />;
  const { from, until, people } = ledger.data;
  return (
    <>
      <Note mb="sm">{t('ledger.lead', { from, until, limit: format.number(limit) })}</Note>
      <DataTable
        label={t('tab.ledger')}
        columns={columns}
        rows={people}
        rowKey={(person) => person.operatorId}
        maxHeight="calc(var(--content-height) - 11.5rem)"
        initialSort={{ key: 'moves', down: true }}
        empty={<EmptyState kind="never" title={t('ledger.empty')} />}
      />
    </>
  );
}
