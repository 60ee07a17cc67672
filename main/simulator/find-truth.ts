import { sidesOf, type VerdictSide } from '../timeline/contract/timeline.ts';
import type { Company } from './make-company.ts';
import type { DayPlan } from './plan-day.ts';
import { DayRun, type Missing } from './run-day.ts';
import type { Outcome } from './types.ts';

/** The night shift's end: what is not done by then is not done that day. */
const LAST_MINUTE = 1500;

/** What takes away all but this share of the late items is a cause: ten of four hundred late by a minute are not what makes a deadline late. */
const REST = 0.2;

/**
 * Which deadlines are missed when nobody acts, and why: the day is run again without its shortages, its outages, its unforecast work and
 * without several of them. All runs share their chance, so the incidents alone make the difference. What the deadline is met without, but
 * for `REST` of its late items, is the cause (`sidesOf`). The one or two who are off on any day count as people only where the incidents
 * alone do not explain it. What never gets as far as a step that day is late there too.
 */
export function findOutcomes(
  company: Company,
  plan: DayPlan,
  instant: (minute: number) => number,
): Outcome[] {
  const runs = new Map<string, DayRun>();
  const runDay = (...wanted: readonly Missing[]): DayRun => {
    const without = wanted.filter((m) => m === 'absences' || plan.incidents.some((i) => i.kind === m));
    const key = without.join();
    const known = runs.get(key);
    if (known) return known;
    const run = new DayRun(company, plan, { without });
    run.advance(LAST_MINUTE);
    run.close();
    runs.set(key, run);
    return run;
  };
  const asIs = runDay();
  const causeOf = (cell: number, lot: number): VerdictSide[] => {
    const late = (run: DayRun): number => {
      const l = run.lots(cell)[lot];
      return l === undefined ? 0 : l.arrived - l.doneInTime;
    };
    const rest = REST * late(asIs);
    const isMet = (without: readonly Missing[]): boolean => late(runDay(...without)) <= rest;
    return (
      sidesOf(isMet) ??
      sidesOf((without) => isMet(without.includes('people') ? [...without, 'absences'] : without)) ??
      []
    );
  };
  return company.cells.flatMap((cell) =>
    asIs.lots(cell.index).flatMap((lot, k): Outcome[] => {
      if (lot.arrived === 0) return [];
      const lateItems = lot.arrived - lot.doneInTime;
      return [
        {
          location: cell.location,
          businessId: cell.businessId,
          process: cell.process,
          deadline: instant(lot.deadline),
          items: lot.arrived,
          lateItems,
          late: lateItems > 0,
          finishedAt: lot.waiting === 0 && lot.lastDoneAt !== null ? instant(lot.lastDoneAt) : null,
          why: lateItems > 0 ? causeOf(cell.index, k) : null,
        },
      ];
    }),
  );
}
