import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Incident } from '../../../../main/anomalies/contract/anomalies.ts';
import type { LogCounts, LogLevel } from '../../../../main/logs/contract/logs.ts';
import { NOW, type Query, type Window } from '../../../../main/measures/contract/measures.ts';
import { orpc, useEngine } from '../../../engine-hooks.ts';

/** What a card says of a service; what is not known yet is null. */
export type ServiceHealth = {
  readonly name: string;
  readonly lines: number;
  readonly errors: number;
  /** errors by part of the time looked at */
  readonly trend: readonly number[];
  readonly lastAt: number | null;
  readonly incidents: readonly Incident[];
};
/** In ms; null: none of its lines tells how long anything took. */
export type Durations = ReadonlyMap<string, { readonly p50: number | null; readonly p95: number | null }>;

export type Bounds = { readonly from?: number; readonly to?: number };
const BUCKETS = 24;
const MOST = 5000;
const MINUTE = 60_000;
export const ERROR_LEVELS: LogLevel[] = ['error', 'fatal'];
const ask = (query: Pick<Query, 'measures' | 'window' | 'where'>): Query => ({
  by: ['service'],
  order: null,
  limit: null,
  rank: null,
  thresholds: [],
  compare: null,
  ...query,
});

/** Every service that ever wrote, with its figures of a time. */
export function useServices(bounds: Bounds) {
  const counts = (levels: LogLevel[] | null, buckets: number) => ({
    ...orpc.logs.counts.queryOptions({
      input: { filter: { ...bounds, ...(levels && { levels }) }, by: 'service', buckets, top: MOST },
    }),
    placeholderData: keepPreviousData,
  });
  const lines = useQuery(counts(null, 1));
  const errors = useQuery(counts(ERROR_LEVELS, BUCKETS));
  const newest = useQuery(
    orpc.measures.query.queryOptions({ input: ask({ measures: ['last-line'], window: NOW, where: [] }) }),
  );
  const open = useQuery(
    orpc.incidents.list.queryOptions({ input: { states: ['open', 'acknowledged'], limit: 1000 } }),
  );
  const services = useMemo(
    () => healthOf(lines.data, errors.data, newest.data?.table.rows ?? [], open.data ?? []),
    [lines.data, errors.data, newest.data, open.data],
  );
  const all = [lines, errors, newest, open];
  const failed = all.find(({ isError }) => isError);
  return {
    services,
    /** where the lines of the time begin, epoch ms */
    begin: lines.data?.from ?? 0,
    isPending: all.some(({ isPending }) => isPending),
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}

function healthOf(
  lines: LogCounts | undefined,
  errors: LogCounts | undefined,
  newest: readonly Record<string, string | number | null>[],
  incidents: readonly Incident[],
): ServiceHealth[] {
  const byName = <T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> => new Map(entries);
  const total = byName((lines?.series ?? []).map((s) => [s.key, s.total]));
  const bad = byName((errors?.series ?? []).map((s) => [s.key, s]));
  const last = byName(newest.map((row) => [String(row['service'] ?? ''), Number(row['last-line'])]));
  return [...new Set([...last.keys(), ...total.keys()])].map((name) => ({
    name,
    lines: total.get(name) ?? 0,
    errors: bad.get(name)?.total ?? 0,
    trend: bad.get(name)?.counts ?? [],
    lastAt: last.get(name) ?? null,
    incidents: incidents.filter(({ services }) => services.includes(name)),
  }));
}

/** The window of measures that a range means; whole minutes, so that the same minute asks the same. */
export const windowOf = (bounds: Bounds, begin: number, now: number): Window => ({
  days: {
    kind: 'between',
    from: bounds.from ?? begin,
    to: bounds.to ?? (Math.floor(now / MINUTE) + 1) * MINUTE,
  },
  from: null,
  until: null,
  at: null,
});
export const durationQuery = (names: readonly string[], window: Window): Query =>
  ask({
    measures: ['duration-p50', 'duration-p95'],
    window,
    where: [{ dimension: 'service', values: [...names], not: false }],
  });

/** How long things took by the lines of these services: read from the lines, so asked apart, and not again with every line. */
export function useDurations(names: readonly string[], window: Window) {
  const engine = useEngine();
  const input = durationQuery(names.filter(Boolean).toSorted(), window);
  const answer = useQuery({
    queryKey: ['service-durations', input],
    queryFn: ({ signal }) => engine.measures.query(input, { signal }),
    enabled: names.some(Boolean),
    placeholderData: keepPreviousData,
  });
  const durations = useMemo((): Durations => {
    const figure = (value: unknown): number | null => (typeof value === 'number' ? value : null);
    return new Map(
      answer.data?.table.rows.map((row) => [
        String(row['service']),
        { p50: figure(row['duration-p50']), p95: figure(row['duration-p95']) },
      ]),
    );
  }, [answer.data]);
  return {
    durations,
    notes: answer.data?.notes ?? [],
    isPending: answer.isPending && answer.isFetching,
    error: answer.error,
    retry: () => void answer.refetch(),
  };
}
