/** Values of a template's parameters, read from its newest stored lines on request. Nothing is kept for it. */
import type { ParameterStats } from '../contract/logs.ts';
import { parametersOf } from '../mine/align-parameters.ts';
import { readQuantity } from '../mine/read-quantity.ts';
import type { BlockCache } from '../store/block-cache.ts';
import { DamagedBlock, guarded } from '../store/block-format.ts';
import type { BlockRow } from '../store/block-rows.ts';
import type { ParameterType, Part } from '../types.ts';
import { findRows } from './find-rows.ts';
import type { LineMatch } from './line-match.ts';

const MAX_VALUE_CHARS = 200;
const SHOWN = 20;
const BARS = 20;
/** A parameter is numeric when this share of its values is. */
const NUMERIC = 0.95;

export type ParameterValues = { readonly parameters: ParameterStats[]; readonly failed: number[] };

/** `rows`: blocks and tails in which lines of `match` may stand, newest first. It ends after so many lines or in time, but not before one block. */
export function parameterValues(
  cache: BlockCache,
  rows: readonly BlockRow[],
  match: LineMatch,
  o: { readonly parts: readonly Part[]; readonly most: number; readonly outOfTime: () => boolean },
): ParameterValues {
  const types = o.parts.flatMap((part) => (part.kind === 'parameter' ? [part.type] : []));
  const values = types.map(() => new Map<string, number>());
  const failed: number[] = [];
  let lines = 0;
  let looked = 0;
  for (const row of rows) {
    if (lines >= o.most || (looked > 0 && o.outOfTime())) break;
    looked++;
    try {
      guarded(() => {
        const block = cache.open(row);
        findRows(block, match, { newest: true, first: 0, last: block.records - 1 }, (place) => {
          const text = block.text(place);
          for (const [i, [start, end]] of parametersOf(o.parts, text).entries()) {
            const own = values[i];
            if (end === 0 || !own) continue;
            const value = text.slice(start, Math.min(end, start + MAX_VALUE_CHARS));
            own.set(value, (own.get(value) ?? 0) + 1);
          }
          return ++lines < o.most;
        });
      });
    } catch (error) {
      if (!(error instanceof DamagedBlock)) throw error;
      failed.push(row.blockId);
    }
  }
  const newest = lines < o.most && looked === rows.length ? null : lines;
  return {
    parameters: types.map((type, parameter) => ({
      parameter,
      newest,
      ...statsOf(type, values[parameter] ?? new Map()),
    })),
    failed,
  };
}

function statsOf(
  type: ParameterType,
  values: ReadonlyMap<string, number>,
): Omit<ParameterStats, 'parameter' | 'newest'> {
  const all = [...values].map(([value, count]) => ({ value, count }));
  const seen = all.reduce((sum, { count }) => sum + count, 0);
  all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const top = all
    .slice(0, SHOWN)
    // among many that came once each none is frequent
    .filter(({ count }) => all.length <= SHOWN || count > 1)
    .map(({ value, count }) => ({ value, count, share: count / seen }));
  return { type, seen, distinct: all.length, top, numbers: numbersOf(type, all, seen) };
}

type Weighted = { readonly value: number; readonly count: number };
function numbersOf(
  type: ParameterType,
  all: readonly { readonly value: string; readonly count: number }[],
  seen: number,
): ParameterStats['numbers'] {
  const quantities = all.flatMap(({ value, count }) => {
    const quantity = readQuantity(value, type === 'duration');
    return quantity ? [{ ...quantity, count }] : [];
  });
  const weight = quantities.reduce((sum, { count }) => sum + count, 0);
  if (weight === 0 || weight < NUMERIC * seen) return null;
  const sorted = quantities.sort((a, b) => a.value - b.value);
  const units = new Map<string | null, number>();
  for (const { unit, count } of sorted) units.set(unit, (units.get(unit) ?? 0) + count);
  const [unit = null] = [...units].sort((a, b) => b[1] - a[1])[0] ?? [];
  const quantile = (q: number): number => {
    let left = q * weight;
    for (const { value, count } of sorted) {
      left -= count;
      if (left <= 0) return value;
    }
    return sorted.at(-1)?.value ?? 0;
  };
  const [min, max] = [sorted[0]?.value ?? 0, sorted.at(-1)?.value ?? 0];
  const bulk = [quantile(0.01), quantile(0.99)] as const;
  return {
    ...{ min, p50: quantile(0.5), p95: quantile(0.95), p99: bulk[1], max, unit },
    histogram: histogramOf(sorted, { min, max, bulk }),
  };
}
/** Bars of one width over the bulk; the first and last take in what lies outside it. */
function histogramOf(
  sorted: readonly Weighted[],
  { min, max, bulk: [low, high] }: { min: number; max: number; bulk: readonly [number, number] },
): { from: number; to: number; count: number }[] {
  const [from, to] = high > low && max - min > 4 * (high - low) ? [low, high] : [min, max];
  const isCounted = to - from < BARS && sorted.every(({ value }) => Number.isInteger(value));
  const width = isCounted ? 1 : (to - from) / BARS;
  const bars = Array.from({ length: isCounted ? to - from + 1 : BARS }, (_, i) => ({
    from: from + i * width,
    to: from + (i + 1) * width,
    count: 0,
  }));
  for (const { value, count } of sorted) {
    const bar = bars[Math.min(bars.length - 1, Math.max(0, Math.floor((value - from) / width)))];
    if (bar) bar.count += count;
  }
  const [first, last] = [bars[0], bars.at(-1)];
  if (first) first.from = Math.min(first.from, min);
  if (last) last.to = Math.max(last.to, max);
  return bars;
}
