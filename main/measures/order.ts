// In which order groups stand, and what chart shows them.
import type { Answered, Dimension, Query } from './contract/measures.ts';
import { type Measure, PLACE, type Place, TIMES } from './measure.ts';

/** In order of time, of the sites and steps; else the most first. */
export function natural<Row extends { readonly key: string; readonly values: readonly string[] }>(
  rows: readonly Row[],
  by: readonly Dimension[],
  places: readonly Place[],
  value: (key: string) => number | null,
): Row[] {
  const order = (list: readonly string[]): Map<string, number> =>
    new Map([...new Set(list)].map((name, i) => [name, i]));
  const known: Partial<Record<Dimension, Map<string, number>>> = {
    location: order(places.map((p) => p.location)),
    business: order(places.map((p) => p.business).toSorted()),
    process: order(places.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)).map((p) => p.process)),
    cell: order(places.map((p) => p.cellId)),
  };
  const isTime = (d: Dimension): boolean => TIMES.some((t) => t === d) || d === 'deadline' || d === 'skill';
  return rows.toSorted((a, b) => {
    for (const [i, d] of by.entries()) {
      const [x = '', y = ''] = [a.values[i], b.values[i]];
      if (x === y) continue;
      const places = known[d];
      if (places) return (places.get(x) ?? places.size) - (places.get(y) ?? places.size);
      if (d === 'day') return x < y ? -1 : 1;
      if (d === 'weekday') return ((Number(x) + 6) % 7) - ((Number(y) + 6) % 7);
      if (isTime(d)) return Number(x) - Number(y);
      const most = (value(b.key) ?? -1) - (value(a.key) ?? -1);
      if (most !== 0) return most;
    }
    return a.key < b.key ? -1 : 1;
  });
}

/** The chart that fits. */
export function chartOf({ by, measures }: Query, first: Measure): Answered['chart'] {
  const isTime = (d: Dimension | undefined): boolean => TIMES.some((t) => t === d);
  const isSlot = (d: Dimension | undefined): boolean => d === 'hour' || d === 'half-hour';
  if (by.length === 0) return 'number';
  if (by.length > 2 || first.info.unit === 'instant') return 'table';
  if (by.length === 1) return isTime(by[0]) && by[0] !== 'weekday' ? 'line' : 'bar';
  if (measures.length > 1) return 'table';
  if (by.some(isSlot) && by.some((d) => PLACE.some((p) => p === d))) return 'strip';
  return by.some(isTime) ? 'line' : 'matrix';
}
