import { useMemo } from 'react';
import type { Lang, Table } from '../../main/api/contract/common.ts';
import type { Answered } from '../../main/measures/contract/measures.ts';
import { useWords } from '../words.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { useChartTheme } from './chart-theme.ts';
import { HeatTable } from './heat-table.tsx';
import { drawBars, drawLines } from './measure-options.ts';
import { type Shape, shapeOf, type Write } from './measure-shape.ts';

type Props = {
  readonly table: Table;
  readonly kind: Answered['chart'];
  readonly lang: Lang;
  /** must stay the same function while its words do */
  readonly write: Write;
  /** opens what is behind a row of the table */
  readonly onPick?: ((row: number) => void) | undefined;
  /** of each measure: those of one unit share an axis */
  readonly units?: Answered['units'];
  /** measures of which more is worse */
  readonly worseHigh?: ReadonlySet<string>;
};
const LINES_PX = 280;
const NO_UNITS: Answered['units'] = {};

/** Figures by name or time, as the answer says they are best seen; nothing where only a table fits. */
export function MeasureChart({ table, kind, lang, write, onPick, units = NO_UNITS, worseHigh }: Props) {
  const shape = useMemo(() => shapeOf(table, lang), [table, lang]);
  const [first] = shape.measures;
  if (table.rows.length === 0 || !first || kind === 'table' || kind === 'number') return null;
  const part = { table, shape, write, lang, units, onPick };
  if (shape.across && (kind === 'matrix' || kind === 'strip'))
    return (
      <HeatTable
        table={table}
        shape={shape}
        write={write}
        onPick={onPick}
        worseHigh={worseHigh?.has(first.key) ?? false}
        counts={units[first.key] === 'score'}
      />
    );
  return kind === 'line' && shape.across ? <Lines {...part} /> : <Bars {...part} />;
}

type PartProps = Pick<Props, 'table' | 'lang' | 'write' | 'onPick'> & {
  readonly shape: Shape;
  readonly units: Answered['units'];
};
function Bars({ onPick, ...of }: PartProps) {
  const theme = useChartTheme();
  const { table, shape, write, lang, units } = of;
  const bars = useMemo(
    () => drawBars({ table, shape, write, lang, units, theme }),
    [table, shape, write, lang, units, theme],
  );
  return (
    <>
      <CanvasChart
        option={bars.option}
        label={bars.label}
        height={bars.height}
        {...(onPick && { onPick: (index) => call(onPick, bars.rowAt(index)) })}
      />
      <Rest shown={bars.shown} total={table.rows.length} />
    </>
  );
}
function Lines({ onPick, ...of }: PartProps) {
  const theme = useChartTheme();
  const { table, shape, write, lang, units } = of;
  const lines = useMemo(
    () => drawLines({ table, shape, write, lang, units, theme }),
    [table, shape, write, lang, units, theme],
  );
  return (
    <>
      <CanvasChart
        option={lines.option}
        label={lines.label}
        height={LINES_PX}
        {...(onPick && { onPick: (index, line) => call(onPick, lines.rowAt(index, line)) })}
      />
      <Rest shown={lines.shown} total={lines.total} />
    </>
  );
}
const call = (onPick: (row: number) => void, row: number | undefined): void => {
  if (row !== undefined) onPick(row);
};
function Rest({ shown, total }: { readonly shown: number; readonly total: number }) {
  const t = useWords('charts');
  if (total <= shown) return null;
  return <p style={{ margin: 0, fontSize: 12 }}>{t('firstOf', { shown, total })}</p>;
}
