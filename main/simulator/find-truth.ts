import type { Company } from './make-company.ts';
import type { DayPlan } from './plan-day.ts';
import { DayRun } from './run-day.ts';
import type { Cause, Outcome } from './types.ts';

/** The night shift's end: what is not done by then is not done that day. */
const LAST_MINUTE = 1500;

/**
 * Which deadlines are missed when nobody acts, and why: the day is run again without its shortages, without its outages and
 * without both. All runs share their chance, so the incidents alone make the difference. What the
 * deadline is met without is the cause; `both`: met only without the two together, or without either one.
 */
export function findOutcomes(
  company: Company,
  plan: DayPlan,
  instant: (minute: number) => number,
): Outcome[] {
  const runDay = (without: readonly ('people' | 'system')[]): DayRun => {
    const run = new DayRun(company, plan, { without });
    run.advance(LAST_MINUTE);
    return run;
  };
  const asIs = runDay([]);
  const noPeople = runDay(['people']);
  const noSystem = runDay(['system']);
  const neither = runDay(['people', 'system']);
  const isLate = (run: DayRun, cell: number, lot: number): boolean => {
    const l = run.lots(cell)[lot];
    return l !== undefined && l.arrived > l.doneInTime;
  };
  return company.cells.flatMap((cell) =>
    asIs.lots(cell.index).flatMap((lot, k): Outcome[] => {
      if (lot.arrived === 0) return [];
      const lateItems = lot.arrived - lot.doneInTime;
      let why: Cause | null = null;
      if (lateItems > 0) {
        const peopleHelp = !isLate(noPeople, cell.index, k);
        const systemHelps = !isLate(noSystem, cell.index, k);
        if (isLate(neither, cell.index, k)) why = 'none';
        else if (peopleHelp === systemHelps) why = 'both';
        else why = peopleHelp ? 'people' : 'system';
      }
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
          why,
        },
      ];
    }),
  );
}
