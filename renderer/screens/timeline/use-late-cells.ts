import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import type { Verdict } from '../../../main/timeline/contract/timeline.ts';
import { orpc } from '../../engine-hooks.ts';

export type LateCells = {
  /** what may be late, most pressing first */
  readonly rows: readonly SituationRow[];
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly waiting: boolean;
  /** every queue's row, by cell */
  readonly all: ReadonlyMap<string, SituationRow>;
};
type Scope = { readonly location?: string; readonly businessId?: string; readonly process?: string };
const MOST = 24;

const within = (row: SituationRow, { location, businessId, process }: Scope): boolean =>
  (location === undefined || row.location === location) &&
  (businessId === undefined || row.businessId === businessId) &&
  (process === undefined || row.process === process);

/** Queues that may be late, each with its verdict as soon as that is there. */
export function useLateCells(scope: Scope): LateCells {
  const situation = useQuery(orpc.situation.list.queryOptions({ input: {} })).data;
  const rows = useMemo(
    () =>
      (situation?.rows ?? [])
        .filter((row) => (row.risk === 'danger' || row.risk === 'watch') && within(row, scope))
        .toSorted((a, b) => (a.pOnTime ?? 1) - (b.pOnTime ?? 1)),
    [situation, scope],
  );
  const asked = useQueries({
    queries: rows
      .slice(0, MOST)
      .map((row) => orpc.timeline.verdict.queryOptions({ input: { cellId: row.cellId } })),
  });
  const answers = asked.map((one) => one.data);
  const all = useMemo(() => new Map((situation?.rows ?? []).map((row) => [row.cellId, row])), [situation]);
  const verdicts = new Map(
    answers.flatMap((verdict) => (verdict ? [[verdict.cell.cellId, verdict] as const] : [])),
  );
  return { rows, all, verdicts, waiting: situation === undefined || asked.some((one) => one.isPending) };
}
