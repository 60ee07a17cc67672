/** Where instants stand on one shared axis of time. */
export type Span = { readonly from: number; readonly to: number };
const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 40_320].map(
  (m) => m * MINUTE,
);
const TICK_PX = 72;

export const lengthOf = (span: Span): number => Math.max(1, span.to - span.from);
/** px from the left end */
export const placeOf = (at: number, span: Span, width: number): number =>
  ((at - span.from) / lengthOf(span)) * width;
export const instantAt = (px: number, span: Span, width: number): number =>
  span.from + (px / Math.max(1, width)) * lengthOf(span);
export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

/** How far the zone's clock is ahead of UTC at an instant, ms. */
export function zoneOffset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'));
  return local - Math.floor(at / MINUTE) * MINUTE;
}

/** Round times of the site's own clock, as many as fit. `day`: midnight there. */
export function ticksOf(span: Span, width: number, zone: string): { at: number; day: boolean }[] {
  const most = Math.max(1, Math.floor(width / TICK_PX));
  const step = STEPS.find((s) => lengthOf(span) / s <= most) ?? STEPS.at(-1) ?? lengthOf(span);
  const offset = zoneOffset(span.from, zone);
  const ticks: { at: number; day: boolean }[] = [];
  for (let local = Math.ceil((span.from + offset) / step) * step; local - offset <= span.to; local += step)
    ticks.push({ at: local - offset, day: local % (1440 * MINUTE) === 0 });
  return ticks;
}

/** Bars side by side where they do not touch, below each other where they do. Order is kept; row 0 is on top. */
export function packRows<T extends { readonly left: number; readonly right: number }>(
  bars: readonly T[],
  gap = 6,
): (T & { readonly row: number })[] {
  const ends: number[] = [];
  return bars
    .toSorted((a, b) => a.left - b.left)
    .map((bar) => {
      const free = ends.findIndex((end) => end + gap <= bar.left);
      const row = free < 0 ? ends.length : free;
      ends[row] = bar.right;
      return { ...bar, row };
    });
}

/** A part of a span: `factor` < 1 comes closer, around `at`. Never shorter than five minutes. */
export function zoomed(span: Span, factor: number, at: number, within: Span): Span {
  const length = clamp(lengthOf(span) * factor, 5 * MINUTE, lengthOf(within));
  const share = clamp((at - span.from) / lengthOf(span), 0, 1);
  return moved({ from: at - share * length, to: at + (1 - share) * length }, 0, within);
}
/** The span pushed by `ms`, kept inside. */
export function moved(span: Span, ms: number, within: Span): Span {
  const length = Math.min(lengthOf(span), lengthOf(within));
  const from = clamp(span.from + ms, within.from, within.to - length);
  return { from: Math.round(from), to: Math.round(from + length) };
}

type Plot = { readonly x: (at: number) => number; readonly y: (value: number) => number };
type Dot = { readonly at: number; readonly value: number | null };
/** An SVG path through the points that are known; a gap stays a gap. */
export function linePath(dots: readonly Dot[], { x, y }: Plot): string {
  let open = false;
  return dots
    .map(({ at, value }) => {
      if (value === null) {
        open = false;
        return '';
      }
      const step = `${open ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      open = true;
      return step;
    })
    .join('');
}
/** The same, filled down to `base` px. */
export function areaPath(dots: readonly Dot[], plot: Plot, base: number): string {
  const runs: Dot[][] = [[]];
  for (const dot of dots)
    if (dot.value === null) runs.push([]);
    else runs.at(-1)?.push(dot);
  return runs
    .map((run) => {
      const [first, last] = [run[0], run.at(-1)];
      if (!first || !last || run.length < 2) return '';
      return `${linePath(run, plot)}L${plot.x(last.at).toFixed(1)} ${base}L${plot.x(first.at).toFixed(1)} ${base}Z`;
    })
    .join('');
}

/** Round values between two ends, about as many as asked for: steps of 1, 2 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, about: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const raw = span / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((s) => s >= raw) ?? raw;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // multiples, not sums: no 0.30000000000000004
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
