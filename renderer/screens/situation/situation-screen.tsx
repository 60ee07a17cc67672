import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Situation } from '../../../main/analytics/contract/situation.ts';
import { orpc, useNow } from '../../engine-hooks.ts';
import { navigate, replaceRoute, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { Board } from './board.tsx';
import { makeBoard, urgentRows } from './board-model.ts';
import { CellDrawer } from './cell-drawer.tsx';
import { type Filter, Filters, isFiltered, NO_FILTER, passes, type View } from './filters.tsx';
import { Headline } from './headline.tsx';
import { SituationTable } from './situation-table.tsx';
import classes from './totals.module.css';
import { UrgentStrip } from './urgent-strip.tsx';

export function SituationScreen() {
  const t = useWords('situation');
  const format = useFormat();
  const situation = useQuery(orpc.situation.list.queryOptions({ input: {} }));
  const data = situation.data;
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={data && data.rows.length > 0 ? t('asOf', { time: format.dateTime(data.asOf) }) : undefined}
        actions={data && data.rows.length > 0 && <Totals totals={data.totals} />}
      />
      {situation.isPending && <Waiting />}
      <Failed of={situation} />
      {data && (data.rows.length === 0 ? <NeverUsed /> : <Overview situation={data} />)}
    </>
  );
}

function Overview({ situation }: { readonly situation: Situation }) {
  const t = useWords('situation');
  const route = useRoute();
  const now = useNow(15_000);
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [view, setView] = useLocalStorage<View>({ key: 'toride.situation.view', defaultValue: 'board' });
  const rows = useMemo(() => situation.rows.filter((row) => passes(row, filter)), [situation, filter]);
  const board = useMemo(() => makeBoard(rows), [rows]);
  const cellId = route.query['cell'] ?? null;
  const open = (id: string): void => navigate('situation', null, { cell: id });
  return (
    <>
      <Headline rows={rows.length ? rows : situation.rows} now={now} />
      <UrgentStrip rows={urgentRows(rows)} now={now} onOpen={open} />
      <Filters rows={situation.rows} filter={filter} view={view} onFilter={setFilter} onView={setView} />
      {rows.length === 0 ? (
        <EmptyState
          kind="no-result"
          title={t('empty.filterTitle')}
          text={t('empty.filterText', { count: situation.rows.length })}
          {...(isFiltered(filter)
            ? { action: { label: t('filter.clear'), onClick: () => setFilter(NO_FILTER) } }
            : {})}
        />
      ) : view === 'board' ? (
        <Board board={board} now={now} selected={cellId} onOpen={open} />
      ) : (
        <SituationTable rows={rows} now={now} selected={cellId} onOpen={open} />
      )}
      <CellDrawer cellId={cellId} now={now} onClose={() => replaceRoute('situation')} />
    </>
  );
}

function NeverUsed() {
  const t = useWords('situation');
  const start = useMutation(orpc.demo.start.mutationOptions());
  return (
    <>
      <EmptyState
        kind="never"
        title={t('empty.neverTitle')}
        text={t('empty.neverText')}
        others={
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate({})}>
            {t('empty.demo')}
          </Button>
        }
        action={{ label: t('empty.connect'), onClick: () => navigate('settings', 'company') }}
      />
      {start.isError && <ErrorState error={start.error} retry={() => start.mutate({})} />}
    </>
  );
}

function Waiting() {
  return (
    <>
      <Loading kind="tiles" count={4} />
      <div style={{ height: 24 }} />
      <Loading kind="rows" count={8} />
    </>
  );
}

/** Everything in four numbers. */
function Totals({ totals }: { readonly totals: Situation['totals'] }) {
  const t = useWords('situation');
  const format = useFormat();
  const of = t('tile.of', { count: totals.cells });
  const figures = [
    { label: t('tile.danger'), value: totals.late, unit: of, tone: totals.late ? 'danger' : 'ok' },
    { label: t('tile.watch'), value: totals.watch, unit: of, tone: totals.watch ? 'watch' : 'ok' },
    { label: t('tile.backlog'), value: totals.backlog, unit: t('tile.items'), tone: 'plain' },
    { label: t('tile.people'), value: totals.people, unit: t('tile.persons'), tone: 'plain' },
  ];
  return (
    <dl className={classes['totals']}>
      {figures.map((figure) => (
        <div key={figure.label} data-tone={figure.tone}>
          <dt>{figure.label}</dt>
          <dd>
            {format.number(figure.value)}
            <small>{figure.unit}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}
