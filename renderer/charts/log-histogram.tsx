import { type PointerEvent, useMemo, useRef, useState } from 'react';
import type { LogCounts } from '../../main/logs/contract/logs.ts';
import { CanvasChart } from './canvas-chart.tsx';
import { type ChartTheme, useChartTheme } from './chart-theme.ts';
import { ticksOf } from './clock-scale.ts';
import { timeAxis, tooltip, valueAxis, type Words } from './parts.ts';
import classes from './small-charts.module.css';

/** Levels from the bottom of a bar to its top: the worst stand on the axis, where small counts can still be seen. */
const ORDER = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', ''] as const;
type Level = (typeof ORDER)[number];
type Props = {
  /** counted by level; the key '' stands for lines without one */
  readonly counts: LogCounts;
  readonly nameOf: (level: Level) => string;
  readonly bucketWords: (at: number) => string;
  readonly label: string;
  readonly words: Words;
  /** a stretch was drawn with the pointer, epoch ms */
  readonly onSelect?: (from: number, to: number) => void;
  /** a place was clicked */
  readonly onPick?: (at: number) => void;
  readonly height?: number;
  /** these are not all that was asked for, e.g. before a keyword */
  readonly faint?: boolean;
};
const LEFT = 52;
const RIGHT = 10;
const DRAG_PX = 5;
const DAY = 86_400_000;
/** longer than this, days are named without times */
const DAYS_ONLY = 3 * DAY;
/** about as wide as it gets; labels that would touch are left out */
const AXIS_PX = 900;

const isLevel = (key: string): key is Level => ORDER.some((level) => level === key);
const colorsOf = (theme: ChartTheme): Readonly<Record<Level, string>> => ({
  fatal: theme.fatal,
  error: theme.danger,
  warn: theme.watch,
  info: theme.info,
  debug: theme.muted,
  trace: theme.grid,
  '': theme.grid,
});

/** Lines over time, stacked by level. Drawing a stretch with the pointer chooses it; the range buttons do the same by keyboard. */
export function LogHistogram(props: Props) {
  const { counts, nameOf, bucketWords, label, words, onSelect, onPick, height = 112, faint = false } = props;
  const theme = useChartTheme();
  const host = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null);
  const buckets = counts.series[0]?.counts.length ?? 0;
  const end = counts.from + Math.max(1, buckets) * counts.bucketMs;
  const option = useMemo(() => {
    const colors = colorsOf(theme);
    const byLevel = new Map(counts.series.filter((s) => isLevel(s.key)).map((s) => [s.key, s]));
    const levels = ORDER.filter((level) => byLevel.has(level));
    const middle = counts.bucketMs / 2;
    const write = (at: number): string => {
      const i = Math.floor((at - counts.from) / counts.bucketMs);
      const lines = levels.flatMap((level) => {
        const n = byLevel.get(level)?.counts[i] ?? 0;
        return n > 0 ? [`${nameOf(level)}  ${n.toLocaleString(words.lang)}`] : [];
      });
      return [bucketWords(counts.from + i * counts.bucketMs), ...lines].join('\n');
    };
    return {
      grid: { left: LEFT, right: RIGHT, top: 10, bottom: 22 },
      tooltip: tooltip(theme, write),
      xAxis: {
        ...timeAxis(theme, words),
        min: counts.from,
        max: end,
        // round times of the site's clock, evenly apart: the axis by itself mixes weeks with beginnings of months
        axisLabel: {
          ...timeLabels(theme, words, end - counts.from),
          customValues: ticksOf({ from: counts.from, to: end }, AXIS_PX, words.zone)
            .filter(({ day }) => day || end - counts.from <= DAYS_ONLY)
            .map(({ at }) => at),
        },
      },
      yAxis: { ...valueAxis(theme, words, ''), minInterval: 1, splitNumber: 2 },
      series: levels.map((level) => ({
        name: level,
        type: 'bar' as const,
        stack: 'lines',
        barCategoryGap: '8%',
        barMinHeight: level === 'fatal' || level === 'error' ? 2 : 0,
        itemStyle: { color: colors[level], opacity: faint ? 0.45 : 1 },
        // nothing at all is drawn for none, not even the least height
        data: (byLevel.get(level)?.counts ?? []).map((n, i) => [
          counts.from + i * counts.bucketMs + middle,
          n || null,
        ]),
      })),
    };
  }, [counts, theme, words, nameOf, bucketWords, end, faint]);

  const placeOf = (event: PointerEvent): number => {
    const box = host.current?.getBoundingClientRect();
    if (!box) return 0;
    return Math.min(box.width - RIGHT, Math.max(LEFT, event.clientX - box.left));
  };
  const timeAt = (x: number): number => {
    const width = (host.current?.clientWidth ?? 0) - LEFT - RIGHT;
    return Math.round(counts.from + ((x - LEFT) / Math.max(1, width)) * (end - counts.from));
  };
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0 || (!onSelect && !onPick)) return;
    const x = placeOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: x, to: x });
  };
  const finish = (): void => {
    if (!drag) return;
    setDrag(null);
    const [low, high] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    if (high - low < DRAG_PX) onPick?.(timeAt(low));
    else onSelect?.(timeAt(low), timeAt(high));
  };
  return (
    <div
      ref={host}
      className={classes['histogramHost']}
      data-draggable={onSelect !== undefined || undefined}
      onPointerDown={begin}
      onPointerMove={(event) => drag && setDrag({ ...drag, to: placeOf(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(null)}
    >
      <CanvasChart option={option} label={label} height={height} />
      {drag && (
        <div
          className={classes['histogramStretch']}
          style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
        />
      )}
    </div>
  );
}

/** Hours and minutes within a day or two, days beyond. */
const timeLabels = (theme: ChartTheme, words: Words, spanMs: number) => {
  const locale = words.lang === 'ja' ? 'ja-JP' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, {
    timeZone: words.zone,
    month: words.lang === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    ...(spanMs > 300 * DAY ? ({ year: 'numeric' } as const) : {}),
  });
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: words.zone,
    hour: '2-digit',
    minute: '2-digit',
    ...(spanMs < 180_000 ? ({ second: '2-digit' } as const) : {}),
    hourCycle: 'h23',
  });
  return {
    color: theme.dimmed,
    fontFamily: theme.font,
    hideOverlap: true,
    formatter: (at: number) =>
      spanMs > DAYS_ONLY
        ? day.format(at)
        : spanMs > 0.9 * DAY
          ? `${day.format(at)} ${time.format(at)}`
          : time.format(at),
  };
};
