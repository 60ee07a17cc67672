/** The lines of a filter, newest first: pages as one scrolls, and what came in since at the top. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LineFilter, LogLine } from '../../../../main/api/contract/logs.ts';
import { orpc, useEngine } from '../../../engine-hooks.ts';
import { isCancelled } from '../../../errors.ts';
import { reportFailure } from '../../../failures.ts';

const PAGE = 200;
/** a search goes on by itself until so many lines are found */
const ENOUGH = 100;

export type Lines = {
  readonly lines: readonly LogLine[];
  readonly pending: boolean;
  readonly fetching: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  /** blocks looked at of those that may hold such lines; null when nothing is left out */
  readonly searched: { readonly done: number; readonly of: number } | null;
  readonly tookMs: number | null;
  /** the person stopped the search; `more` goes on */
  readonly stopped: boolean;
  more(): void;
  stop(): void;
  reload(): void;
  /** asks again without taking away what is there */
  refresh(): void;
  /** changes a line where it stands: its bookmark or note */
  replace(line: LogLine): void;
};

export function useLines(filter: LineFilter, enabled: boolean): Lines {
  const client = useQueryClient();
  const options = orpc.logs.lines.infiniteOptions({
    input: (after: string | undefined) => ({
      filter,
      order: 'newest' as const,
      limit: PAGE,
      soon: true,
      ...(after === undefined ? {} : { after }),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const { queryKey } = options;
  const key = JSON.stringify(filter);
  const [stoppedAt, setStopped] = useState<string | null>(null);
  const stopped = stoppedAt === key;
  const query = useInfiniteQuery({
    ...options,
    enabled: enabled && !stopped,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const { data, fetchNextPage, hasNextPage, isFetching } = query;
  const lines = useMemo(() => data?.pages.flatMap((page) => page.lines) ?? [], [data]);
  const last = data?.pages.at(-1);
  const thin = lines.length < ENOUGH;
  const goesOn = hasNextPage && !isFetching && !stopped && thin && !query.isError;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  const more = useCallback(() => {
    setStopped(null);
    void fetchNextPage();
  }, [fetchNextPage]);
  const stop = useCallback(() => {
    setStopped(key);
    void client.cancelQueries({ queryKey });
  }, [client, queryKey, key]);
  const reload = useCallback(() => {
    setStopped(null);
    void client.resetQueries({ queryKey });
  }, [client, queryKey]);
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey }), [client, queryKey]);
  const replace = useCallback(
    (line: LogLine) =>
      client.setQueryData(queryKey, (old) =>
        old
          ? {
              ...old,
              pages: old.pages.map((page) => ({
                ...page,
                lines: page.lines.map((now) => (now.id === line.id ? line : now)),
              })),
            }
          : old,
      ),
    [client, queryKey],
  );
  return {
    lines,
    pending: query.isPending && !stopped,
    fetching: isFetching,
    error: query.error,
    hasMore: hasNextPage || (stopped && !data),
    searched:
      last && last.searched.segments < last.searched.of
        ? { done: last.searched.segments, of: last.searched.of }
        : null,
    tookMs: last?.tookMs ?? null,
    stopped,
    more,
    stop,
    reload,
    refresh,
    replace,
  };
}

const isNewer = (a: LogLine, b: LogLine): boolean => a.at > b.at || (a.at === b.at && a.id > b.id);

export type Tail = {
  /** lines that came in and are shown above the pages */
  readonly shown: readonly LogLine[];
  /** lines that came in and wait to be shown; `more`: there are still more of them */
  readonly waiting: number;
  readonly more: boolean;
  show(): void;
};
const NONE: readonly LogLine[] = [];

/**
 * New lines at the top. `tick` changes whenever the engine may have new lines; `atTop` lets them in at once, else they wait.
 */
export function useTail(o: {
  filter: LineFilter;
  enabled: boolean;
  follow: boolean;
  atTop: boolean;
  head: LogLine | undefined;
  tick: number;
  reload: () => void;
  refresh: () => void;
}): Tail {
  const { filter, enabled, follow, atTop, head, tick, reload, refresh } = o;
  const engine = useEngine();
  const key = JSON.stringify(filter);
  const [state, setState] = useState({ key, shown: NONE, waiting: NONE, more: false });
  const now = state.key === key ? state : { key, shown: NONE, waiting: NONE, more: false };
  const newest = now.waiting[0] ?? now.shown[0] ?? head;
  const latest = useRef({ newest, filter });
  latest.current = { newest, filter };

  useEffect(() => {
    if (!enabled || tick === 0) return;
    const stop = new AbortController();
    const look = async (): Promise<void> => {
      const known = latest.current.newest;
      const page = await engine.logs.lines(
        { filter: latest.current.filter, order: 'newest', limit: PAGE },
        { signal: stop.signal },
      );
      if (!known && page.lines.length > 0) return refresh();
      const fresh = known ? page.lines.filter((line) => isNewer(line, known)) : [];
      if (fresh.length === 0) return;
      setState((old) => {
        const same = old.key === key ? old : { key, shown: NONE, waiting: NONE, more: false };
        return {
          ...same,
          waiting: [...fresh, ...same.waiting],
          more: same.more || fresh.length === page.lines.length,
        };
      });
    };
    const timer = setTimeout(() => {
      look().catch((error: unknown) => {
        if (!isCancelled(error)) reportFailure(error);
      });
    }, 300);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [tick, enabled, key, engine, refresh]);

  const more = now.more;
  const show = useCallback(() => {
    // more came in than were fetched: what lies between is only known to the engine
    if (more) reload();
    setState((old) => {
      if (old.key !== key || more) return { key, shown: NONE, waiting: NONE, more: false };
      return { key, shown: [...old.waiting, ...old.shown], waiting: NONE, more: false };
    });
  }, [key, more, reload]);
  const letIn = follow && atTop && now.waiting.length > 0;
  useEffect(() => {
    if (letIn) show();
  }, [letIn, show]);
  return { shown: now.shown, waiting: now.waiting.length, more: now.more, show };
}
