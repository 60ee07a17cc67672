import type { Answered, MeasureInfo } from '../../../main/measures/contract/measures.ts';
import { HeatTable } from '../../charts/heat-table.tsx';
import { gridOf, nameOf, type Shape, shapeOf, type Write } from '../../charts/measure-shape.ts';
import { type ChartData, ReportChart } from '../../charts/report-chart.tsx';
import { engineNow } from '../../engine-hooks.ts';
import { PlainTable } from '../../ui/contract-table.tsx';
import { PAPER_PX, Paper } from '../../ui/paper.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { useWrite } from './result.tsx';

type Props = {
  readonly title: string;
  /** the query in words */
  readonly said: string;
  readonly answered: Answered;
  readonly measures: readonly MeasureInfo[];
  /** see `Paper` */
  readonly save?: (() => Promise<void>) | null | undefined;
  readonly onDone: () => void;
};

/** An answer on paper: its chart, sharp at any size, and its table. */
export function AnalyticsPaper({ title, said, answered, measures, save, onDone }: Props) {
  const t = useWords('analytics');
  const format = useFormat();
  const write = useWrite(measures);
  const { table, chart } = answered;
  const shape = shapeOf(table, format.lang);
  const drawn = paperChartOf(answered, shape, write);
  return (
    <Paper
      over={said}
      title={title}
      foot={t('paper', { at: format.dateTime(answered.asOf), printed: format.dateTime(engineNow()) })}
      save={save}
      onDone={onDone}
    >
      <section>
        {(chart === 'matrix' || chart === 'strip') && shape.across && (
          <HeatTable table={table} shape={shape} write={write} />
        )}
        {drawn && <ReportChart chart={drawn} words={format} width={PAPER_PX} />}
        <PlainTable table={table} />
      </section>
    </Paper>
  );
}

/** Bars on paper are side by side with their names; more of them do not fit beside the table. */
const MOST = 20;

/** The chart of a bar or line answer as reports draw it; null where a table says it better. */
function paperChartOf(answered: Answered, shape: Shape, write: Write): ChartData | null {
  const { table, chart } = answered;
  const [measure] = shape.measures;
  if (!measure || table.rows.length === 0 || (chart !== 'bar' && chart !== 'line')) return null;
  const numberOf = (row: number | undefined, key: string): number | null => {
    const value = row === undefined ? null : table.rows[row]?.[key];
    return typeof value === 'number' ? value : null;
  };
  // one axis: those of another unit are in the table
  const unitOf = ({ key }: { readonly key: string }): string | undefined => answered.units[key];
  const shown = shape.measures.filter((column) => unitOf(column) === unitOf(measure));
  const base = { key: 'answer', title: table.title, unit: { ja: '', en: '' }, x: 'text' as const };
  if (chart === 'line' && shape.across) {
    const grid = gridOf(table, shape, write);
    return {
      ...base,
      kind: 'lines',
      series: grid.rows.flatMap((name, row) =>
        shown.map((column) => ({
          name: {
            ja: [name, shown.length > 1 || !name ? column.label.ja : ''].filter(Boolean).join(' '),
            en: [name, shown.length > 1 || !name ? column.label.en : ''].filter(Boolean).join(' '),
          },
          points: grid.columns.flatMap((at, i): [string, number][] => {
            const value = numberOf(grid.at(row, i), column.key);
            return value === null ? [] : [[at, value]];
          }),
        })),
      ),
    };
  }
  const named = [...shape.along, ...(shape.across ? [shape.across] : [])];
  return {
    ...base,
    kind: 'bars',
    series: shown.map((column) => ({
      name: column.label,
      points: table.rows.slice(0, MOST).flatMap((row, i): [string, number][] => {
        const value = numberOf(i, column.key);
        return value === null ? [] : [[nameOf(row, named, write), value]];
      }),
    })),
  };
}
