import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { formatDateTime, formatNumber, formatTime } from '../../main/api/contract/format.ts';
import type { ReportSection } from '../../main/reports/contract/reports.ts';
import { useWords } from '../words.ts';
import { niceTicks, ticksOf } from './clock-scale.ts';
import type { Words } from './parts.ts';
import classes from './report-chart.module.css';

export type ChartData = ReportSection['charts'][number];
type Props = {
  readonly chart: ChartData;
  readonly words: Words;
  /** px; absent: as wide as its box. On paper there is no box to measure. */
  readonly width?: number;
};
const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 14;
const TOP = 10;
const BOTTOM = 26;
const COLOURS = 6;
const digits = (value: number): number => (Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 3 : 1);

/** A chart of a report as plain SVG: sharp on paper, readable without a pointer, its values under the pointer. */
export function ReportChart({ chart, words, width }: Props) {
  const t = useWords('reports');
  const box = useRef<HTMLDivElement>(null);
  const [measured, setMeasured] = useState(0);
  useEffect(() => {
    if (!box.current || width !== undefined) return;
    const resize = new ResizeObserver(([entry]) => setMeasured(Math.floor(entry?.contentRect.width ?? 0)));
    resize.observe(box.current);
    return () => resize.disconnect();
  }, [width]);
  const number = (value: number): string => formatNumber(value, words.lang, digits(value));
  const label = t('chartLabel', {
    title: chart.title[words.lang],
    unit: chart.unit[words.lang],
    series: chart.series
      .filter(({ points }) => points.length > 0)
      .map(({ name, points }) => {
        const values = points.map(([, y]) => y);
        return t('seriesLabel', {
          name: name[words.lang],
          min: number(Math.min(...values)),
          max: number(Math.max(...values)),
        });
      })
      .join(words.lang === 'ja' ? '、' : '; '),
  });
  return (
    <figure className={classes['figure']}>
      <figcaption>
        <b>{chart.title[words.lang]}</b>
        <span>{chart.unit[words.lang]}</span>
        {chart.series.length > 1 &&
          chart.series.map((series, i) => (
            <span key={series.name.en} className={classes['key']} data-series={i % COLOURS}>
              <i />
              {series.name[words.lang]}
            </span>
          ))}
      </figcaption>
      {chart.kind === 'bars' && chart.x === 'text' ? (
        <TextBars chart={chart} words={words} label={label} />
      ) : (
        <div ref={box}>
          {(width ?? measured) > 0 && (
            <Plot chart={chart} words={words} width={width ?? measured} label={label} />
          )}
        </div>
      )}
    </figure>
  );
}

/** Named things side by side: the name, the bar, the value. */
function TextBars({ chart, words, label }: Props & { readonly label: string }) {
  const names = [...new Set(chart.series.flatMap(({ points }) => points.map(([x]) => x)))];
  const top = Math.max(0, ...chart.series.flatMap(({ points }) => points.map(([, y]) => y))) || 1;
  return (
    <div role="img" aria-label={label} className={classes['textBars']}>
      {names.map((name) => (
        <div key={name}>
          <span>{name}</span>
          <div>
            {chart.series.map((series, i) => {
              const value = series.points.find(([x]) => x === name)?.[1];
              return value === undefined ? null : (
                <div key={series.name.en} data-series={i % COLOURS}>
                  <i style={{ width: `${(Math.max(0, value) / top) * 78}%` }} />
                  <b>{formatNumber(value, words.lang, digits(value))}</b>
                </div>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}

type PlotProps = {
  readonly chart: ChartData;
  readonly words: Words;
  readonly width: number;
  readonly label: string;
};
function Plot({ chart, words, width, label }: PlotProps) {
  const [at, setAt] = useState<number | null>(null);
  const shape = useMemo(() => shapeOf(chart), [chart]);
  const { xs, first, last, slot, top, bottom, stacked } = shape;
  const inner = width - LEFT - RIGHT;
  const x = (value: number): number => LEFT + ((value - first) / Math.max(1e-9, last - first)) * inner;
  const yTicks = niceTicks(bottom, top, 4);
  const high = Math.max(top, yTicks.at(-1) ?? top);
  const y = (value: number): number =>
    HEIGHT - BOTTOM - ((value - bottom) / Math.max(1e-9, high - bottom)) * (HEIGHT - TOP - BOTTOM);
  const number = (value: number): string => formatNumber(value, words.lang, digits(value));
  const xTicks =
    chart.x === 'instant'
      ? ticksOf({ from: first, to: last }, inner, words.zone).map((tick) => ({
          at: tick.at,
          text: tick.day
            ? formatDateTime(tick.at, words.zone, words.lang).replace(/[,\s]*00:00$/, '')
            : formatTime(tick.at, words.zone, words.lang),
        }))
      : chart.x === 'number'
        ? niceTicks(first, last, Math.floor(inner / 80)).map((value) => ({ at: value, text: number(value) }))
        : xs.map((name, i) => ({ at: i, text: String(name) }));
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const near = shape.places.reduce<number | null>(
      (best, place) =>
        best === null || Math.abs(x(place + slot / 2) - px) < Math.abs(x(best + slot / 2) - px)
          ? place
          : best,
      null,
    );
    setAt(near);
  };
  const nameOf = (place: number): string =>
    chart.x === 'instant'
      ? formatDateTime(place, words.zone, words.lang)
      : chart.x === 'number'
        ? number(place)
        : String(xs[place] ?? '');
  return (
    <div className={classes['plot']}>
      <svg
        role="img"
        aria-label={label}
        width={width}
        height={HEIGHT}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(null)}
      >
        {yTicks.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} className={classes['rule']} />
            <text x={LEFT - 7} y={y(tick) + 4} textAnchor="end">
              {number(tick)}
            </text>
          </g>
        ))}
        {xTicks.map((tick) => (
          <text
            key={tick.at}
            x={x(tick.at)}
            y={HEIGHT - 8}
            textAnchor={x(tick.at) > width - 34 ? 'end' : 'middle'}
          >
            {tick.text}
          </text>
        ))}
        {at !== null && (
          <line
            x1={x(at + slot / 2)}
            x2={x(at + slot / 2)}
            y1={TOP}
            y2={HEIGHT - BOTTOM}
            className={classes['cross']}
          />
        )}
        {shape.series.map((points, i) =>
          chart.kind === 'lines' ? (
            <g key={chart.series[i]?.name.en} data-series={i % COLOURS}>
              <path
                d={points
                  .map((p, k) => `${k ? 'L' : 'M'}${x(p.at).toFixed(1)} ${y(p.to).toFixed(1)}`)
                  .join('')}
                className={classes['line']}
              />
              {points.length <= 40 &&
                points.map((p) => (
                  <circle
                    key={`${p.at}/${p.to}`}
                    cx={x(p.at)}
                    cy={y(p.to)}
                    r={2}
                    className={classes['dot']}
                  />
                ))}
            </g>
          ) : (
            <g key={chart.series[i]?.name.en} data-series={i % COLOURS}>
              {points.map((p) => {
                const wide = ((x(p.at + slot) - x(p.at)) * 0.82) / (stacked ? 1 : shape.series.length);
                const left = x(p.at) + (x(p.at + slot) - x(p.at)) * 0.09 + (stacked ? 0 : i * wide);
                return (
                  <rect
                    key={p.at}
                    x={left}
                    width={Math.max(1, wide)}
                    y={y(p.to)}
                    height={Math.max(0, y(p.from) - y(p.to))}
                    className={classes['bar']}
                  />
                );
              })}
            </g>
          ),
        )}
      </svg>
      {at !== null && (
        <div
          className={classes['tip']}
          data-flip={x(at) > width * 0.6 || undefined}
          style={{ left: x(at + slot / 2), top: TOP }}
          aria-hidden
        >
          <b>{nameOf(at)}</b>
          {chart.series.map((series, i) => {
            const value = shape.raw[i]?.get(at);
            return value === undefined ? null : (
              <span key={series.name.en} data-series={i % COLOURS}>
                <i />
                {chart.series.length > 1 && `${series.name[words.lang]} `}
                {number(value)}
              </span>
            );
          })}
        </div>
      )}
    </div>
  );
}

type Mark = { readonly at: number; readonly from: number; readonly to: number };
/** Where everything stands: names become places 0, 1, 2 …; bars over time stand on each other. */
function shapeOf(chart: ChartData) {
  const xs = [...new Set(chart.series.flatMap(({ points }) => points.map(([x]) => x)))];
  const placeOf = (x: number | string): number => (typeof x === 'number' ? x : xs.indexOf(x));
  const places = xs.map(placeOf).toSorted((a, b) => a - b);
  const gaps = places.slice(1).map((place, i) => place - (places[i] ?? 0));
  const slot =
    chart.kind === 'bars' ? Math.min(...gaps, places.length > 1 ? Number.POSITIVE_INFINITY : 1) : 0;
  const stacked = chart.kind === 'bars' && chart.x === 'instant';
  const floor = new Map<number, number>();
  const series = chart.series.map(({ points }): Mark[] =>
    points
      .map(([x, y]) => {
        const at = placeOf(x);
        const from = stacked ? (floor.get(at) ?? 0) : 0;
        if (stacked) floor.set(at, from + y);
        return { at, from, to: from + y };
      })
      .toSorted((a, b) => (chart.kind === 'lines' && chart.x === 'number' ? 0 : a.at - b.at)),
  );
  const values = series.flat().map((mark) => mark.to);
  return {
    xs,
    places,
    slot: Number.isFinite(slot) ? slot : 1,
    stacked,
    series,
    raw: chart.series.map(({ points }) => new Map(points.map(([x, y]) => [placeOf(x), y]))),
    first: places[0] ?? 0,
    last: (places.at(-1) ?? 1) + (Number.isFinite(slot) ? slot : 1),
    top: Math.max(0, ...values) || 1,
    bottom: Math.min(0, ...values),
  };
}
