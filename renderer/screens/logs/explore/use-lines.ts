/** The lines of a filter, newest first: pages as one scrolls, and what came in since at the top. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LeftOutBlock, LineFilter, LogLine } from '../../../../main/logs/contract/logs.ts';
import type { Engine } from '../../../engine-client.ts';
import { orpc, useEngine } from '../../../engine-hooks.ts';
import { isCancelled } from '../../../errors.ts';
import { reportFailure } from '../../../failures.ts';

const PAGE = 200;
/** a search goes on by itself until so many lines are found */
const ENOUGH = 100;
/** as many lines as one look at what came in compares */
const MOST = 1000;
/** a list that has grown so long while following starts again at the newest page */
const LONG = 5000;

type Page = Awaited<ReturnType<Engine['logs']['lines']>>;

export type Lines = {
  readonly lines: readonly LogLine[];
  readonly pending: boolean;
  readonly fetching: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  /** blocks looked at of those that may hold such lines; null when nothing is left out */
  readonly searched: { readonly done: number; readonly of: number } | null;
  readonly tookMs: number | null;
  /** blocks that cannot be read any more and may hold such lines, of the pages that are there */
  readonly leftOut: readonly LeftOutBlock[];
  /** the person stopped the search; `more` goes on */
  readonly stopped: boolean;
  more(): void;
  stop(): void;
  reload(): void;
  /** asks again without taking away what is there */
  refresh(): void;
  /** changes a line where it stands: its bookmark or note */
  replace(line: LogLine): void;
  /** puts lines that came in where their time says */
  take(fresh: readonly LogLine[]): void;
  /** lets go of what is there and starts with this page */
  startFrom(page: Page): void;
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
  const leftOut = useMemo(() => data?.pages.flatMap((page) => page.leftOut) ?? [], [data]);
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
  const take = useCallback(
    (fresh: readonly LogLine[]) =>
      client.setQueryData(queryKey, (old) => (old ? { ...old, pages: merged(old.pages, fresh) } : old)),
    [client, queryKey],
  );
  const startFrom = useCallback(
    (page: Page) => client.setQueryData(queryKey, { pages: [page], pageParams: [undefined] }),
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
    leftOut,
    stopped,
    more,
    stop,
    reload,
    refresh,
    replace,
    take,
    startFrom,
  };
}

/** lines that come in so close together are asked for at once */
const GATHER_MS = 300;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const isNewer = (a: LogLine, b: LogLine): boolean => a.at > b.at || (a.at === b.at && a.id > b.id);
const newestFirst = (a: LogLine, b: LogLine): number => (isNewer(a, b) ? -1 : 1);

/** `fresh` in the pages they belong to; a line that is known already is not taken twice. */
function merged(pages: readonly Page[], fresh: readonly LogLine[]): Page[] {
  const known = new Set(pages.flatMap((page) => page.lines.map((line) => line.id)));
  let rest = fresh.filter((line) => !known.has(line.id));
  return pages.map((page) => {
    const end = page.lines.at(-1);
    const here = page.next === null || !end ? rest : rest.filter((line) => isNewer(line, end));
    if (here.length === 0) return page;
    rest = rest.filter((line) => !here.includes(line));
    return { ...page, lines: [...here, ...page.lines].sort(newestFirst) };
  });
}

export type Tail = {
  /** lines that came in and wait to be shown; `more`: there are still more of them */
  readonly waiting: number;
  readonly more: boolean;
  show(): void;
};
type Came = { readonly key: string; readonly lines: readonly LogLine[]; readonly page: Page | null };

/**
 * What came in since, each line at its own time: a slow source, or one whose clock is behind, also writes below the newest
 * line. `tick` changes whenever the engine may have new lines; `atTop` lets them in at once, else they wait.
 */
export function useTail(o: {
  filter: LineFilter;
  enabled: boolean;
  follow: boolean;
  atTop: boolean;
  lines: Lines;
  tick: number;
}): Tail {
  const { filter, enabled, follow, atTop, lines, tick } = o;
  const engine = useEngine();
  const key = JSON.stringify(filter);
  const [state, setState] = useState<Came>({ key, lines: [], page: null });
  const came = state.key === key ? state : { key, lines: [], page: null };
  const latest = useRef({ filter, lines });
  latest.current = { filter, lines };
  const ask = useRef<() => void>(() => {});

  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    let running = false;
    let again = false;
    const look = async (): Promise<void> => {
      const { filter: asked, lines: before } = latest.current;
      const limit = Math.min(MOST, Math.max(PAGE, before.lines.length));
      const page = await engine.logs.lines(
        { filter: asked, order: 'newest', limit },
        { signal: stop.signal },
      );
      const now = latest.current.lines;
      if (stop.signal.aborted) return;
      if (now.lines.length === 0) {
        if (page.lines.length > 0) now.refresh();
        return;
      }
      const known = new Set(now.lines.map((line) => line.id));
      const end = now.hasMore ? now.lines.at(-1) : undefined;
      const fresh = page.lines.filter((line) => !known.has(line.id) && (!end || isNewer(line, end)));
      // nothing in common: what lies between is only known to the engine
      const apart = fresh.length === page.lines.length && page.next !== null;
      setState({ key, lines: fresh, page: apart || now.lines.length > LONG ? page : null });
    };
    // looks never overlap and none is cut short by the next: under a busy source none would ever end
    ask.current = () => {
      again = true;
      if (running) return;
      running = true;
      const all = async (): Promise<void> => {
        while (again) {
          again = false;
          await pause(GATHER_MS);
          if (!stop.signal.aborted) await look();
        }
      };
      all()
        .catch((error: unknown) => {
          if (!isCancelled(error)) reportFailure(error);
        })
        .finally(() => {
          running = false;
        });
    };
    return () => {
      ask.current = () => {};
      stop.abort();
    };
  }, [key, enabled, engine]);
  useEffect(() => {
    if (enabled && tick !== 0) ask.current();
  }, [tick, enabled]);

  const { take, startFrom } = lines;
  const { page } = came;
  const fresh = came.lines;
  const show = useCallback(() => {
    if (page) startFrom(page);
    else take(fresh);
    setState({ key, lines: [], page: null });
  }, [key, page, fresh, take, startFrom]);
  const letIn = follow && atTop && fresh.length > 0;
  useEffect(() => {
    if (letIn) show();
  }, [letIn, show]);
  return { waiting: fresh.length, more: page !== null, show };
}
