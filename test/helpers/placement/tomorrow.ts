import { createForecasts } from '../../../main/forecast/index.ts';
import { addDays, instantOf, ManualClock } from '../../../main/kernel/clock.ts';
import type { Move } from '../../../main/placement/contract/placement.ts';
import type { DayOptions } from '../../../main/placement/day-plan/load-day.ts';
import { currentRules } from '../../../main/placement/index.ts';
import { createSite, type ScenarioName } from '../../../main/simulator/index.ts';
import { type Company, makeCompany } from '../../../main/simulator/make-company.ts';
import { type DayPlan, planDay } from '../../../main/simulator/plan-day.ts';
import { DayRun } from '../../../main/simulator/run-day.ts';
import { attendanceRows, forecastRows, rosterRows } from '../../../main/simulator/write-days.ts';
import {
  type CompanyBatch,
  columnNames,
  type Reader,
  type Store,
  upsert,
} from '../../../main/store/index.ts';
import { memoryStore } from '../store/memory-store.ts';

const ZONE = 'Asia/Tokyo';
const LAST_MINUTE = 1500;
/** working days before today whose progress is known */
const PAST_DAYS = 15;
/** fewer items than this late is on time */
const LATE = 5;

/** The evening before a simulated day: the tables as they stand then, and the day to come, which only the bench sees. */
export type Tomorrow = {
  readonly read: Reader;
  /** the instant of planning, epoch ms */
  readonly at: number;
  readonly date: string;
  /** what a plan of the day is loaded with */
  readonly options: DayOptions;
  /** missed deadlines of the day when these moves are made; `known`: without what nobody could know the evening before */
  lived(moves: readonly Pick<Move, 'operatorId' | 'to' | 'startsAt' | 'endsAt'>[], known?: 'known'): string[];
  close(): void;
};

/**
 * Today a `today` day until `hour`; tomorrow a `scenario` day. What is known of tomorrow: the roster with who leaves early, whole days
 * off (entered as absent the evening before), the forecast. What is not: who falls ill or comes late, outages, waves of work.
 */
export function makeTomorrow(o: {
  seed: number;
  scenario: ScenarioName;
  today?: ScenarioName;
  hour?: number;
}): Tomorrow {
  const { read, apply, close } = memoryStore();
  const today = '2026-11-19';
  const date = addDays(today, 1);
  const site = createSite({
    seed: o.seed,
    scenario: o.today ?? 'normal',
    zone: ZONE,
    startDate: today,
    logs: { perMinute: 0, unknownErrors: 0 },
  });
  const at = instantOf(today, (o.hour ?? 18) * 60, ZONE);
  const put = ({ table, rows }: CompanyBatch): void =>
    apply([upsert(table, columnNames(table), null, rows as never)]);
  for (const part of [site.master(), site.history(14), site.pastProgress(PAST_DAYS), site.until(at)])
    for (const batch of part) {
      if (batch.table === 'system_logs') continue;
      // the site's own tomorrow is replaced by the one wanted
      const rows = (batch.rows as readonly object[]).filter(
        (row) =>
          (('assignment_date' in row && row.assignment_date) ||
            ('forecast_date' in row && row.forecast_date)) !== date,
      );
      put({ ...batch, rows } as CompanyBatch);
    }
  const company = makeCompany(o.seed);
  const plan = planDay(company, o.seed, date, o.scenario);
  const off = new Set(
    plan.incidents
      .filter((i) => i.kind === 'people')
      .flatMap((i) => i.operators.filter((op) => i.from <= (company.operators[op]?.shift[0] ?? 0))),
  );
  put({ table: 'daily_assignments', rows: rosterRows(company, plan) });
  put({ table: 'workload_forecasts', rows: forecastRows(company, plan) });
  put({
    table: 'attendance_records',
    rows: attendanceRows(company, plan).filter((row) =>
      off.has(company.operators.findIndex((op) => op.id === row.operator_id)),
    ),
  });
  const start = instantOf(date, 0, ZONE);
  const runs = new Map<string, string[]>();
  const clock = new ManualClock(at);
  const forecasts = createForecasts({ store: { read } as Store, clock, zone: () => ZONE });
  return {
    read,
    at,
    date,
    options: { zone: ZONE, rules: currentRules(read).rules, date, expected: forecasts.expected },
    close,
    lived(moves, known) {
      const key = JSON.stringify([
        known,
        moves.map((m) => [m.operatorId, m.to.cellId, m.startsAt, m.endsAt]),
      ]);
      const before = runs.get(key);
      if (before) return before;
      const run = known
        ? new DayRun(company, knownOf(plan), { without: ['absences'] })
        : new DayRun(company, plan);
      run.setMoves(
        moves.flatMap((move) => {
          const operator = company.operators.findIndex((op) => op.id === move.operatorId);
          const cell = company.cells.findIndex(
            (c) =>
              c.location === move.to.location &&
              c.businessId === move.to.businessId &&
              c.process === move.to.process,
          );
          return [
            { operator, cell, from: (move.startsAt - start) / 60_000, to: (move.endsAt - start) / 60_000 },
          ];
        }),
      );
      run.advance(LAST_MINUTE);
      const missed = missedOf(company, run);
      runs.set(key, missed);
      return missed;
    },
  };
}

const knownOf = (plan: DayPlan): DayPlan => ({
  ...plan,
  incidents: plan.incidents.filter((i) => i.kind === 'people'),
});

/** Deadlines missed; items that never got as far as a cell are late there too. */
function missedOf(company: Company, run: DayRun): string[] {
  return company.cells.flatMap((cell) => {
    const before = (company.lines[cell.line]?.cells ?? []).filter((c) => c.index < cell.index);
    return run.lots(cell.index).flatMap((lot, k) => {
      const stuck = before.reduce(
        (sum, c) => sum + (run.lots(c.index)[k]?.waiting ?? 0) * Math.min(1, cell.share / c.share),
        0,
      );
      const late = lot.arrived - lot.doneInTime + stuck;
      return late >= LATE ? [`${cell.location} ${cell.businessId} ${cell.process} ${lot.deadline}`] : [];
    });
  });
}
