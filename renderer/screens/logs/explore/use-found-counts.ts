/** Counts of what roll-ups cannot tell: words, expressions, values, marks. They grow while blocks are looked at. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { FoundCounts, LineFilter, LogCounts } from '../../../../main/logs/contract/logs.ts';
import { orpc, useEngine } from '../../../engine-hooks.ts';

/** Whether all blocks were looked at. Those that cannot be read were not, and are told apart: such counts are not exact. */
export const isWhole = ({ searched }: FoundCounts): boolean => searched.segments === searched.of;
/** What is found by now, where that says more than all lines do. */
export const shownOf = ({ counts }: Found): LogCounts | undefined =>
  counts && (isWhole(counts) || counts.byLevel.total > 0) ? counts.byLevel : undefined;

export type Found = {
  readonly counts: FoundCounts | undefined;
  readonly counting: boolean;
  /** the person stopped it; `goOn` begins anew */
  readonly stopped: boolean;
  stop(): void;
  goOn(): void;
};

export function useFoundCounts(
  filter: LineFilter,
  o: { readonly enabled: boolean; readonly buckets: number; readonly top: number },
): Found {
  const engine = useEngine();
  const client = useQueryClient();
  const { enabled, buckets, top } = o;
  const { from: _, ...others } = filter;
  // of one filter not every count is the same: buckets and templates are as many as were asked for
  const what = JSON.stringify({ ...others, buckets, top });
  const [stoppedAt, setStopped] = useState<string | null>(null);
  const stopped = stoppedAt === what;
  const keyOf = (from: number | undefined) => [...orpc.logs.countFound.key(), what, from ?? null];
  // a range that moves on with the clock waits for the count under way: begun anew each minute a long one would never end
  const asked = useRef({ what, filter });
  const isUnderWay = client.getQueryState(keyOf(asked.current.filter.from))?.fetchStatus === 'fetching';
  if (asked.current.what !== what || !isUnderWay) asked.current = { what, filter };
  const now = asked.current.filter;
  const queryKey = keyOf(now.from);
  const wasWhole = useRef(false);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<FoundCounts> => {
      let latest: FoundCounts | null = null;
      for await (const counts of await engine.logs.countFound({ filter: now, buckets, top }, { signal })) {
        latest = counts;
        // what was counted to its end stays until it has been counted anew
        if (!wasWhole.current) client.setQueryData(queryKey, counts);
      }
      if (!latest) throw new Error('a count without an end');
      return latest;
    },
    enabled: enabled && !stopped,
    // a count that was left under way, or stopped, is counted anew when it is asked for again
    staleTime: ({ state }) => (state.data && isWhole(state.data) ? Number.POSITIVE_INFINITY : 0),
    // a range that moves on with the clock is the same question
    placeholderData: (before: FoundCounts | undefined, last) =>
      last?.queryKey.at(-2) === what ? before : undefined,
  });
  wasWhole.current = query.data !== undefined && isWhole(query.data);
  const key = JSON.stringify(queryKey);
  const stop = useCallback(() => {
    setStopped(what);
    void client.cancelQueries({ queryKey: JSON.parse(key) as unknown[] });
  }, [client, key, what]);
  const goOn = useCallback(() => setStopped(null), []);
  return {
    counts: enabled ? query.data : undefined,
    counting: enabled && query.isFetching,
    stopped: enabled && stopped,
    stop,
    goOn,
  };
}
