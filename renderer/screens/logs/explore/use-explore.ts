/** What the person is looking at: kept in the address, so that back, forward, reload and links work. */
import { useCallback, useEffect, useMemo } from 'react';
import type { LineFilter } from '../../../../main/logs/contract/logs.ts';
import { useNow } from '../../../engine-hooks.ts';
import { filterOf, type LogQuery, readQuery, writeQuery } from '../../../logs/log-address.ts';
import { navigate, replaceRoute, useRoute } from '../../../router.ts';
import {
  boundsNow,
  boundsOf,
  type TimeRange,
  useRangeInAddress,
  writeRange,
} from '../../../stores/time-range.ts';

export type Explore = {
  readonly query: LogQuery;
  readonly range: TimeRange;
  /** for lists: stays the same until the person changes something */
  readonly filter: LineFilter;
  /** for counts: its range moves on with the clock */
  readonly movingFilter: LineFilter;
  /** the line that is open in the drawer */
  readonly openLine: number | null;
  setQuery(query: LogQuery): void;
  setRange(range: TimeRange): void;
  /** both at once, as one step of the back history */
  use(query: LogQuery, range: TimeRange): void;
  open(line: number | null): void;
};

const KEY = 'toride.logs.query';
/** The last filter of this browser. */
export function rememberedQuery(): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}
const remember = (query: Record<string, string | null>): void => {
  try {
    localStorage.setItem(KEY, JSON.stringify(query));
  } catch {
    // the next start begins without a filter
  }
};

export function useExplore(): Explore {
  const range = useRangeInAddress();
  const route = useRoute();
  const rangeText = writeRange(range);
  const written = JSON.stringify(writeQuery(readQuery(route.query)));
  const query = useMemo(() => readQuery(JSON.parse(written) as Record<string, string | null>), [written]);
  const now = useNow(15_000);
  useEffect(() => remember(JSON.parse(written) as Record<string, string | null>), [written]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range by its text, an object would be another at every turn
  const filter = useMemo(() => filterOf(query, boundsNow(range)), [query, rangeText]);
  const moving = JSON.stringify(boundsOf(range, now));
  const movingFilter = useMemo(
    () => filterOf(query, JSON.parse(moving) as { from?: number; to?: number }),
    [query, moving],
  );
  const setQuery = useCallback(
    (next: LogQuery) => navigate('logs', 'explore', { ...writeQuery(next), range: rangeText }),
    [rangeText],
  );
  const use = useCallback(
    (next: LogQuery, during: TimeRange) =>
      navigate('logs', 'explore', { ...writeQuery(next), range: writeRange(during) }),
    [],
  );
  const setRange = useCallback((next: TimeRange) => use(query, next), [use, query]);
  const open = useCallback(
    (line: number | null) =>
      replaceRoute('logs', 'explore', {
        ...writeQuery(query),
        range: rangeText,
        line: line === null ? null : String(line),
      }),
    [query, rangeText],
  );
  const line = Number(route.query['line'] ?? Number.NaN);
  return {
    query,
    range,
    filter,
    movingFilter,
    openLine: Number.isSafeInteger(line) ? line : null,
    setQuery,
    setRange,
    use,
    open,
  };
}

type Listed = 'sources' | 'services' | 'levels' | 'templates' | 'notTemplates';
/** A query with one value more in a list, or one less. */
export function withValue<K extends Listed>(
  query: LogQuery,
  key: K,
  value: NonNullable<LogQuery[K]>[number],
  on: boolean,
): LogQuery {
  const now = (query[key] ?? []) as readonly (typeof value)[];
  const next = on ? [...new Set([...now, value])] : now.filter((old) => old !== value);
  const { [key]: _, ...rest } = query;
  return next.length ? { ...rest, [key]: next } : rest;
}
type Field = NonNullable<LogQuery['fields']>[number];
export function withField(query: LogQuery, field: Field, on = true): LogQuery {
  const others = (query.fields ?? []).filter((f) => f.key !== field.key || f.value !== field.value);
  const fields = on ? [...others, field] : others;
  const { fields: _, ...rest } = query;
  return fields.length ? { ...rest, fields } : rest;
}
export function withWords(query: LogQuery, words: string): LogQuery {
  const { words: _, ...rest } = query;
  return words.trim() ? { ...rest, words: words.trim() } : rest;
}
export const isFiltered = (query: LogQuery): boolean =>
  Object.values(writeQuery({ ...query, mode: 'words' })).some((value) => value !== null);
