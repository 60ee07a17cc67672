/** The stretch of time that every log screen looks at: chosen once, shared by all of them, kept in the address and for the next start. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { replaceRoute, useRoute } from '../router.ts';
import { engineNow } from './clock.ts';

export const LAST = ['15m', '1h', '6h', '24h', '7d', '30d'] as const;
export type LastName = (typeof LAST)[number];
export type TimeRange =
  | { readonly kind: 'all' }
  /** up to now, on the engine's clock */
  | { readonly kind: 'last'; readonly name: LastName }
  /** epoch ms, inclusive to exclusive */
  | { readonly kind: 'between'; readonly from: number; readonly to: number };

const MINUTE = 60_000;
const LENGTH_MS: Readonly<Record<LastName, number>> = {
  '15m': 15 * MINUTE,
  '1h': 60 * MINUTE,
  '6h': 360 * MINUTE,
  '24h': 1440 * MINUTE,
  '7d': 7 * 1440 * MINUTE,
  '30d': 30 * 1440 * MINUTE,
};
const isLast = (text: string): text is LastName => LAST.some((name) => name === text);

/** As it stands in an address: `all`, `24h`, `1763787600000-1763791200000`. */
export const writeRange = (range: TimeRange): string =>
  range.kind === 'all' ? 'all' : range.kind === 'last' ? range.name : `${range.from}-${range.to}`;
/** null: not a range */
export function readRange(text: string | null | undefined): TimeRange | null {
  if (!text) return null;
  if (text === 'all') return { kind: 'all' };
  if (isLast(text)) return { kind: 'last', name: text };
  const [, from = '', to = ''] = /^(\d{1,15})-(\d{1,15})$/.exec(text) ?? [];
  return from !== '' && Number(from) < Number(to)
    ? { kind: 'between', from: Number(from), to: Number(to) }
    : null;
}
/** The instants it means now. `last` begins on a whole minute, so that asking again in the same minute asks the same. */
export function boundsOf(range: TimeRange, now: number): { readonly from?: number; readonly to?: number } {
  if (range.kind === 'all') return {};
  if (range.kind === 'between') return { from: range.from, to: range.to };
  return { from: Math.floor((now - LENGTH_MS[range.name]) / MINUTE) * MINUTE };
}
/** Twice as long around the same middle; a `last` becomes the next longer one. */
export function widerRange(range: TimeRange): TimeRange {
  if (range.kind === 'all') return range;
  if (range.kind === 'between') {
    const half = (range.to - range.from) / 2;
    return { kind: 'between', from: Math.round(range.from - half), to: Math.round(range.to + half) };
  }
  const name = LAST[LAST.indexOf(range.name) + 1];
  return name ? { kind: 'last', name } : { kind: 'all' };
}

const KEY = 'toride.logs.range';
const remembered = (): TimeRange => {
  try {
    return readRange(localStorage.getItem(KEY)) ?? { kind: 'all' };
  } catch {
    return { kind: 'all' };
  }
};
type RangeState = {
  readonly range: TimeRange;
  setRange(range: TimeRange): void;
};
export const useTimeRange = create<RangeState>((set) => ({
  range: remembered(),
  setRange: (range) => {
    set({ range });
    try {
      localStorage.setItem(KEY, writeRange(range));
    } catch {
      // the next start begins with everything
    }
  },
}));

/**
 * For a screen whose address says its range (`?range=`): an address with one sets the shared range, one without gets the shared
 * one written into it. Change the range by changing the address, so that back and forward bring ranges back.
 */
export function useRangeInAddress(): TimeRange {
  const { screen, id, query } = useRoute();
  const range = useTimeRange((s) => s.range);
  const setRange = useTimeRange((s) => s.setRange);
  const written = query['range'];
  useEffect(() => {
    const asked = readRange(written);
    const shared = writeRange(useTimeRange.getState().range);
    if (asked && writeRange(asked) !== shared) setRange(asked);
    if (!asked) replaceRoute(screen, id, { ...query, range: shared });
  }, [written, screen, id, query, setRange]);
  return readRange(written) ?? range;
}
/** `boundsOf` on the engine's clock */
export const boundsNow = (range: TimeRange): { readonly from?: number; readonly to?: number } =>
  boundsOf(range, engineNow());
