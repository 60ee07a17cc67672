import { Button, Drawer, Group, SegmentedControl, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Answered, MeasureInfo, Query, RowsOf } from '../../../main/measures/contract/measures.ts';
import { wordNote } from '../../../main/measures/contract/words.ts';
import { MeasureChart } from '../../charts/measure-chart.tsx';
import { nameOf, orderOf, shapeOf, type Write } from '../../charts/measure-shape.ts';
import { orpc } from '../../engine-hooks.ts';
import { ContractTable } from '../../ui/contract-table.tsx';
import { writeMeasured } from '../../ui/csv.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { StatTile } from '../../ui/stat-tile.tsx';
import { EmptyState, Failed, Loading, Pending } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { type Format, useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './analytics.module.css';
import { groupOf } from './result-model.ts';
import type { QueryWords } from './use-query-words.ts';

type AnswerQuery = ReturnType<typeof useAnswer>;
/** The answer to a query; asked again when its data change. The last answer stays until the next is there. */
export const useAnswer = (query: Query | null) =>
  useQuery({
    ...orpc.measures.query.queryOptions({
      // only asked where there is a query
      input: query as Query,
      enabled: query !== null,
    }),
    placeholderData: (before: Answered | undefined) => before,
  });

export function useWrite(measures: readonly MeasureInfo[]): Write {
  const format = useFormat();
  return useCallback(
    (value, column) => {
      const info = measures.find(({ id }) => id === column.key.split(':')[0]);
      return writeMeasured(value, column, format, info?.digits);
    },
    [format, measures],
  );
}

type Props = {
  readonly answer: AnswerQuery;
  readonly query: Query;
  readonly measures: readonly MeasureInfo[];
  readonly words: QueryWords;
};
/** What came of a query: the totals, the chart that fits, and the table whose rows open what they were counted from. */
export function Result({ answer, query, measures, words }: Props) {
  if (answer.isPending)
    return answer.fetchStatus === 'idle' ? (
      <Stopped onAgain={() => void answer.refetch()} />
    ) : (
      <Waiting query={query} />
    );
  if (answer.isError) return <Failed of={answer} />;
  return <Shown answered={answer.data} isOld={answer.isPlaceholderData} measures={measures} words={words} />;
}

/** What a figure was counted from: those of a row of the table, or of the whole; of which measures. */
type Behind = { readonly of: RowsOf; readonly name: string };
type ShownProps = Pick<Props, 'measures' | 'words'> & {
  readonly answered: Answered;
  readonly isOld: boolean;
};
function Shown({ answered, isOld, measures, words }: ShownProps) {
  const t = useWords('analytics');
  const [behind, setBehind] = useState<Behind | null>(null);
  const { query, table } = answered;
  return (
    <section aria-label={t('result')} aria-busy={isOld || undefined} className={classes['result']}>
      <Totals
        answered={answered}
        measures={measures}
        words={words}
        onOpen={(id) =>
          setBehind({ of: { query: { ...query, measures: [id] }, group: {} }, name: words.measure(id) })
        }
      />
      {table.rows.length === 0 ? (
        <EmptyState kind="no-result" title={t('empty.title')} text={t('empty.text')} />
      ) : (
        query.by.length > 0 && <Split answered={answered} measures={measures} onBehind={setBehind} />
      )}
      <Scope answered={answered} />
      <BehindDrawer behind={behind} words={words} onClose={() => setBehind(null)} />
    </section>
  );
}

const LONG_MS = 700;
/** After a moment it says that it works, and can be stopped. */
function Waiting({ query }: { readonly query: Query }) {
  const t = useWords('analytics');
  const client = useQueryClient();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div>
      {isLong && (
        <Group gap="sm" mb="sm" role="status">
          <Text size="sm">{t('loadingLong')}</Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              void client.cancelQueries({ queryKey: orpc.measures.query.queryKey({ input: query }) })
            }
          >
            {t('cancel')}
          </Button>
        </Group>
      )}
      <Loading count={8} />
    </div>
  );
}
function Stopped({ onAgain }: { readonly onAgain: () => void }) {
  const t = useWords('analytics');
  return (
    <Group gap="sm" role="status">
      <Text size="sm">{t('cancelled')}</Text>
      <Button size="compact-sm" variant="light" onClick={onAgain}>
        {t('again')}
      </Button>
    </Group>
  );
}

/** A total as it is read beside its unit. */
function writeTotal(value: number | null, info: MeasureInfo | undefined, format: Format): string {
  if (value === null) return '–';
  if (info?.unit === 'percent') return format.percent(value);
  if (info?.unit === 'instant') return format.dateTime(value);
  return format.number(value, info?.digits ?? 0);
}
/** Units that are written behind a number; the others are in its form. */
const UNITS = ['items', 'items/hour', 'people', 'minutes', 'hours', 'person-hours', 'ms'] as const;
function Totals({
  answered,
  measures,
  words,
  onOpen,
}: {
  readonly answered: Answered;
  readonly measures: readonly MeasureInfo[];
  readonly words: QueryWords;
  readonly onOpen: (measure: string) => void;
}) {
  const t = useWords('analytics');
  const format = useFormat();
  const { query, totals, compared } = answered;
  // where names are split and no total can be told, the table says all there is
  const told = query.measures.filter(
    (id) =>
      query.by.length === 0 ||
      (totals[id] != null && answered.units[id] === measures.find((one) => one.id === id)?.unit),
  );
  if (told.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 2, md: Math.min(6, Math.max(3, told.length)) }} spacing="sm">
      {told.map((id) => {
        const info = measures.find((one) => one.id === id);
        const unitName = answered.units[id] ?? info?.unit;
        const unit = UNITS.find((one) => one === unitName);
        const beside = compared?.[id];
        return (
          <StatTile
            key={id}
            label={words.measure(id)}
            value={writeTotal(totals[id] ?? null, info, format)}
            {...(unit && totals[id] != null && { unit: t(`unit.${unit}`) })}
            {...(totals[id] != null && { onOpen: () => onOpen(id) })}
            {...(beside != null &&
              query.compare && {
                hint: t('against', {
                  what: words.compare(query.compare),
                  value: writeTotal(beside, info, format),
                }),
              })}
          />
        );
      })}
    </SimpleGrid>
  );
}

type KeyedRow = { readonly key: string; readonly index: number };
type SplitProps = Pick<ShownProps, 'answered' | 'measures'> & { readonly onBehind: (behind: Behind) => void };
function Split({ answered, measures, onBehind }: SplitProps) {
  const t = useWords('analytics');
  const format = useFormat();
  const write = useWrite(measures);
  const { table, query, chart } = answered;
  const shape = useMemo(() => shapeOf(table, format.lang), [table, format.lang]);
  const open = useCallback(
    (index: number): void => {
      const row = table.rows[index];
      if (!row) return;
      const names = [...shape.along, ...(shape.across ? [shape.across] : [])];
      onBehind({ of: { query, group: groupOf(row, query.by) }, name: nameOf(row, names, write) });
    },
    [table, query, shape, write, onBehind],
  );
  const worseHigh = useMemo(
    () => new Set(measures.filter((one) => one.worse === 'high').map((one) => one.id)),
    [measures],
  );
  const columns = useMemo((): Column<KeyedRow>[] => {
    const dimensions = [...shape.along, ...(shape.across ? [shape.across] : [])];
    const values = table.columns.filter((column) =>
      shape.measures.some(({ key }) => column.key === key || column.key.startsWith(`${key}:`)),
    );
    return [...dimensions, ...values].map((column) => ({
      key: column.key,
      label: format.pick(column.label),
      align: dimensions.includes(column) ? 'left' : 'right',
      sort: ({ index }) => orderOf(table.rows[index], column),
      render: ({ index }) => write(table.rows[index]?.[column.key], column) || '–',
    }));
  }, [table, shape, write, format]);
  const rows = useMemo(() => table.rows.map((_, index) => ({ key: String(index), index })), [table]);
  return (
    <>
      <div className={classes['chart']}>
        <MeasureChart
          table={table}
          kind={chart}
          lang={format.lang}
          write={write}
          units={answered.units}
          onPick={open}
          worseHigh={worseHigh}
        />
      </div>
      <Group justify="space-between" mt="md" mb={6}>
        <Title order={2} size="h4">
          {t('table')}
        </Title>
        <Fine>{t('rowsHint')}</Fine>
      </Group>
      <DataTable
        label={t('table')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        onOpen={({ index }) => open(index)}
        maxHeight="56vh"
      />
    </>
  );
}

type DrawerProps = {
  readonly behind: Behind | null;
  readonly words: QueryWords;
  readonly onClose: () => void;
};
function BehindDrawer({ behind, words, onClose }: DrawerProps) {
  const t = useWords('analytics');
  return (
    <Drawer
      opened={behind !== null}
      onClose={onClose}
      size="xl"
      title={behind && t('behind', { name: behind.name })}
    >
      {behind && <RowsBehind key={JSON.stringify(behind.of)} of={behind.of} words={words} />}
    </Drawer>
  );
}
function RowsBehind({ of, words }: { readonly of: RowsOf; readonly words: QueryWords }) {
  const t = useWords('analytics');
  const { measures } = of.query;
  const [measure, setMeasure] = useState(measures[0] ?? '');
  const found = useQuery(
    orpc.measures.rows.queryOptions({ input: { ...of, query: { ...of.query, measures: [measure] } } }),
  );
  return (
    <>
      {measures.length > 1 && (
        <SegmentedControl
          mb="sm"
          aria-label={t('field.measures')}
          data={measures.map((value) => ({ value, label: words.measure(value) }))}
          value={measure}
          onChange={setMeasure}
        />
      )}
      {!found.isSuccess && <Pending of={found} />}
      {found.data && <ContractTable table={found.data} maxHeight="calc(100vh - 12rem)" />}
    </>
  );
}

/** Which time was looked at, of when the data are, and what limits the answer. */
function Scope({ answered }: { readonly answered: Answered }) {
  const t = useWords('analytics');
  const format = useFormat();
  const { from, until, asOf, notes } = answered;
  return (
    <Fine mt="sm" component="div">
      {notes.map((note) => (
        <div key={note.code + JSON.stringify(note.params)}>{wordNote(note, format.lang)}</div>
      ))}
      {from < until &&
        `${t('covers', { from: format.dateTime(from), until: format.dateTime(until) })}${format.dot}`}
      {t('asOf', { at: format.dateTime(asOf) })}
    </Fine>
  );
}
