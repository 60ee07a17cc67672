import type { Lang, Table } from '../../main/api/contract/common.ts';
import type { Answered } from '../../main/measures/contract/measures.ts';
import type { ChartTheme } from './chart-theme.ts';
import { type Column, gridOf, nameOf, type Shape, type Write } from './measure-shape.ts';

/** What a chart of measures is drawn from. */
export type Drawn = {
  readonly table: Table;
  readonly shape: Shape;
  readonly write: Write;
  readonly lang: Lang;
  readonly units: Answered['units'];
  readonly theme: ChartTheme;
};
/** More bars and lines cannot be read; the table holds all. */
const MOST_BARS = 30;
const MOST_LINES = 12;
const BAR_PX = 24;

type Series = { readonly name: string; readonly column: Column; readonly compared: boolean };
const pick = (column: Column, lang: Lang): string => column.label[lang];
const coloursOf = (theme: ChartTheme): string[] => [
  theme.primary,
  theme.watch,
  theme.ok,
  theme.danger,
  theme.info,
  theme.muted,
];
/** Each measure and, beside it, what it is compared with. */
const seriesOf = (shape: Shape, lang: Lang): Series[] =>
  shape.measures.flatMap((column) => {
    const compared = shape.comparedOf(column);
    return [
      { name: pick(column, lang), column, compared: false },
      ...(compared ? [{ name: pick(compared, lang), column: compared, compared: true }] : []),
    ];
  });
const numberIn = (row: Table['rows'][number] | undefined, { key }: Column): number | null => {
  const value = row?.[key];
  return typeof value === 'number' ? value : null;
};
const text = (theme: ChartTheme) => ({ color: theme.dimmed, fontFamily: theme.font });
const legend = (theme: ChartTheme, series: readonly { readonly name: string }[]) => ({
  show: series.length > 1,
  type: 'scroll' as const,
  top: 0,
  left: 0,
  icon: 'roundRect',
  itemWidth: 12,
  itemHeight: 8,
  textStyle: { ...text(theme), fontSize: 12 },
  pageTextStyle: text(theme),
  data: series.map(({ name }) => name),
});
/** Plain text only: an HTML tooltip would assign markup, which the page's Trusted Types refuse. */
const tip = (theme: ChartTheme, pointer: 'line' | 'shadow', say: (index: number) => string) => ({
  trigger: 'axis' as const,
  renderMode: 'richText' as const,
  confine: true,
  backgroundColor: theme.surface,
  borderColor: theme.grid,
  textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
  axisPointer: { type: pointer, shadowStyle: { color: theme.muted, opacity: 0.12 } },
  formatter: (items: unknown) => {
    const first: unknown = Array.isArray(items) ? items[0] : items;
    const index =
      typeof first === 'object' && first !== null && 'dataIndex' in first ? Number(first.dataIndex) : -1;
    return index < 0 ? '' : say(index);
  },
});
/** The axis of each: those of the first one's unit share the first, all others the second. */
function axesOf(series: readonly Series[], units: Answered['units']): readonly number[] {
  const unitOf = ({ column }: Series): string => units[column.key.split(':')[0] ?? ''] ?? column.kind;
  return series.map((one) => (series[0] && unitOf(one) === unitOf(series[0]) ? 0 : 1));
}
const valueAxes = (theme: ChartTheme, series: readonly Series[], axes: readonly number[], write: Write) =>
  [0, 1].flatMap((axis) => {
    const of = series.filter((_, i) => axes[i] === axis);
    const [first] = of;
    if (!first) return [];
    return [
      {
        type: 'value' as const,
        // two axes say which is whose
        name: axes.includes(1) ? of.map(({ name }) => name).join(' / ') : '',
        nameTextStyle: { ...text(theme), align: axis === 0 ? ('left' as const) : ('right' as const) },
        splitNumber: 3,
        splitLine: { show: axis === 0, lineStyle: { color: theme.grid, opacity: 0.7 } },
        axisLabel: { ...text(theme), formatter: (value: number) => write(value, first.column) },
      },
    ];
  });

const joined = (texts: readonly string[], lang: Lang): string => texts.join(lang === 'ja' ? '、' : '; ');

/** A bar for each row of the table, in its order; `left`: rows that are not drawn. */
export function drawBars({ table, shape, write, lang, units, theme }: Drawn) {
  const named = [...shape.along, ...(shape.across ? [shape.across] : [])];
  const rows = table.rows.slice(0, MOST_BARS);
  const names = rows.map((row) => nameOf(row, named, write));
  const series = seriesOf(shape, lang);
  const axes = axesOf(series, units);
  const colours = coloursOf(theme);
  const said = (i: number, { column }: Series): string => write(rows[i]?.[column.key], column) || '–';
  const say = (i: number): string[] => [names[i] ?? '', ...series.map((s) => `${s.name} ${said(i, s)}`)];
  const colourOf = (s: Series): string => {
    const at = series.filter((one) => !one.compared).indexOf(s);
    return s.compared ? theme.muted : (colours[at % colours.length] ?? theme.primary);
  };
  return {
    shown: rows.length,
    height: rows.length * Math.max(BAR_PX, series.length * 18 + 8) + (series.length > 1 ? 40 : 14),
    label: joined(
      names.slice(0, 10).map((_, i) => say(i).join(' ')),
      lang,
    ),
    option: {
      grid: { left: 8, right: 64, top: series.length > 1 ? 30 : 4, bottom: 2, containLabel: true },
      legend: legend(theme, series),
      tooltip: tip(theme, 'shadow', (i) => say(i).join('\n')),
      yAxis: {
        type: 'category' as const,
        inverse: true,
        data: names,
        axisLine: { lineStyle: { color: theme.grid } },
        axisTick: { show: false },
        axisLabel: { ...text(theme), color: theme.text, width: 240, overflow: 'truncate' as const },
      },
      xAxis: valueAxes(theme, series, axes, write).map((axis) => ({ ...axis, name: '', show: false })),
      series: series.map((s, i) => ({
        name: s.name,
        type: 'bar' as const,
        xAxisIndex: axes[i] ?? 0,
        barMaxWidth: 16,
        itemStyle: { color: colourOf(s), opacity: s.compared ? 0.55 : 1, borderRadius: [0, 2, 2, 0] },
        data: rows.map((row) => numberIn(row, s.column)),
        label: {
          show: true,
          position: 'right' as const,
          ...text(theme),
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) => said(dataIndex, s),
        },
      })),
    },
    rowAt: (index: number): number | undefined => (index < rows.length ? index : undefined),
  };
}

/** A line for each name, over the times; what it is compared with dashed. */
export function drawLines({ table, shape, write, lang, units, theme }: Drawn) {
  const grid = gridOf(table, shape, write);
  const measures = seriesOf(shape, lang);
  const axes = axesOf(measures, units);
  const colours = coloursOf(theme);
  const drawn = measures.filter((measure) => !measure.compared);
  const lines = grid.rows.slice(0, MOST_LINES).flatMap((name, row) =>
    measures.map((measure, m) => {
      const own = measure.compared
        ? drawn.findIndex(({ column }) => measure.column.key.startsWith(`${column.key}:`))
        : drawn.indexOf(measure);
      return {
        name: [name, measures.length === 1 && name ? '' : measure.name].filter(Boolean).join(' '),
        row,
        measure,
        axis: axes[m] ?? 0,
        colour: colours[(row * drawn.length + own) % colours.length] ?? theme.primary,
      };
    }),
  );
  const said = ({ row, measure }: (typeof lines)[number], i: number): string => {
    const at = grid.at(row, i);
    return (at !== undefined && write(table.rows[at]?.[measure.column.key], measure.column)) || '–';
  };
  return {
    shown: Math.min(grid.rows.length, MOST_LINES),
    total: grid.rows.length,
    label: lines
      .map(
        (line) =>
          `${line.name}: ${joined(
            grid.columns.slice(0, 24).map((column, i) => `${column} ${said(line, i)}`),
            lang,
          )}`,
      )
      .join('. '),
    option: {
      grid: {
        left: 8,
        right: 16,
        top: axes.includes(1) ? 54 : lines.length > 1 ? 34 : 12,
        bottom: 4,
        containLabel: true,
      },
      legend: legend(theme, lines),
      tooltip: tip(theme, 'line', (i) =>
        [grid.columns[i] ?? '', ...lines.map((line) => `${line.name} ${said(line, i)}`)].join('\n'),
      ),
      xAxis: {
        type: 'category' as const,
        boundaryGap: grid.columns.length < 3,
        data: [...grid.columns],
        axisLine: { lineStyle: { color: theme.grid } },
        axisTick: { show: false },
        axisLabel: { ...text(theme), hideOverlap: true },
      },
      yAxis: valueAxes(theme, measures, axes, write),
      series: lines.map(({ name, row, measure, axis, colour }) => ({
        name,
        type: 'line' as const,
        yAxisIndex: axis,
        symbol: 'circle',
        symbolSize: grid.columns.length > 40 ? 0 : 5,
        showAllSymbol: true,
        connectNulls: false,
        itemStyle: { color: colour },
        lineStyle: {
          width: 2,
          color: colour,
          type: measure.compared ? ('dashed' as const) : ('solid' as const),
        },
        data: grid.columns.map((_, column) => {
          const at = grid.at(row, column);
          return at === undefined ? null : numberIn(table.rows[at], measure.column);
        }),
      })),
    },
    rowAt: (index: number, line: number): number | undefined => grid.at(lines[line]?.row ?? -1, index),
  };
}
