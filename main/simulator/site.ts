import { addDays, instantOf, weekdayOf } from '../kernel/clock.ts';
import type { CompanyBatch, CompanyTableName } from '../store/index.ts';
import { type Behaviour, DAY_END, DAY_START, PAST_SNAPSHOT_MINUTES, SNAPSHOT_MINUTES } from './config.ts';
import { findOutcomes } from './find-truth.ts';
import { type Company, makeCompany, masterBatches } from './make-company.ts';
import { type DayPlan, planDay, planPastDay } from './plan-day.ts';
import { Chance } from './random.ts';
import { DayRun } from './run-day.ts';
import type { GroundTruth, ScenarioName, SimMove } from './types.ts';
import {
  attendanceRows,
  forecastRows,
  livePast,
  pastDay,
  productivityRows,
  rosterRows,
  snapshotRows,
} from './write-days.ts';
import { DayLog, LOG_RATES, type LogRates } from './write-logs.ts';

export type SiteOptions = {
  readonly seed: number;
  /** what happens on the first day; later days are `normal` after `normal`, else `random` */
  readonly scenario: ScenarioName;
  readonly zone: string;
  /** `2026-11-21` */
  readonly startDate: string;
  readonly logs?: Partial<LogRates>;
  /** people and work behave otherwise than in the demo's company */
  readonly behaviour?: Partial<Behaviour>;
};
export interface Site {
  /** the small tables and the managers' know-how */
  master(): Iterable<CompanyBatch>;
  /** assignments, attendance, productivity and adjustments of the `days` days before the first (Sundays are closed) */
  history(days: number): Iterable<CompanyBatch>;
  /** snapshots by the half hour, and the forecasts, of the `days` working days before the first */
  pastProgress(days: number): Iterable<CompanyBatch>;
  /** the system log of the day that lies `back` working days before the first, in pages */
  pastLog(back: number): Iterable<CompanyBatch>;
  /**
   * What happened after the last call up to `at` (epoch ms, inclusive), over as many days as it takes: per day the roster of
   * it and the next, attendance, forecasts of both; snapshots every 2 minutes 8:00–21:00; log lines; productivity at the day's
   * end. Rows of a table come in the same order with the same bytes however the calls are sliced. Consume it to its end.
   */
  until(at: number): Iterable<CompanyBatch>;
  /** All moves there are, in the order they were decided, in place of those given before. What was already told stays as it was. */
  apply(moves: readonly SimMove[]): void;
  /** of a day (default: the first), when nobody acts */
  truth(date?: string): GroundTruth;
}

const MINUTE = 60_000;
const PAGE = 2_000;
type Day = {
  readonly date: string;
  readonly plan: DayPlan;
  readonly run: DayRun;
  readonly log: DayLog;
  readonly start: number;
  opened: boolean;
  closed: boolean;
  nextSnapshot: number;
  /** the minute whose lines come next, and how many of them were told */
  logMinute: number;
  logTold: number;
};

/** Collects rows into pages of one table. */
class Pages {
  private readonly open = new Map<CompanyTableName, unknown[]>();
  add({ table, rows }: CompanyBatch): CompanyBatch | null {
    const page = this.open.get(table) ?? [];
    for (const row of rows) page.push(row);
    if (page.length < PAGE) {
      this.open.set(table, page);
      return null;
    }
    this.open.delete(table);
    return { table, rows: page } as unknown as CompanyBatch;
  }
  rest(): CompanyBatch[] {
    return [...this.open].map(([table, rows]) => ({ table, rows }) as unknown as CompanyBatch);
  }
}

/** A simulated company. The same options give the same rows. */
export function createSite(o: SiteOptions): Site {
  const company = makeCompany(o.seed, o.behaviour);
  const rates: LogRates = { ...LOG_RATES, ...o.logs };
  const instants = new Map<string, number>();
  const startOf = (date: string): number => {
    const known = instants.get(date) ?? instantOf(date, DAY_START, o.zone) - DAY_START * MINUTE;
    instants.set(date, known);
    return known;
  };
  const planOf = (date: string): DayPlan => planDay(company, o.seed, date, scenarioOf(o, date));
  let moves: readonly SimMove[] = [];
  let day = openDay(company, planOf(o.startDate), startOf(o.startDate), rates);
  let tomorrow = planOf(addDays(o.startDate, 1));
  const passMoves = (): void => day.run.setMoves(dayMoves(company, moves, day.start));

  function* happenings(at: number): Generator<CompanyBatch> {
    for (;;) {
      const minuteNow = (at - day.start) / MINUTE;
      if (minuteNow < DAY_START) return;
      if (!day.opened) {
        day.opened = true;
        const first = day.date === o.startDate;
        for (const plan of first ? [day.plan, tomorrow] : [tomorrow]) {
          yield { table: 'daily_assignments', rows: rosterRows(company, plan) };
          yield { table: 'workload_forecasts', rows: forecastRows(company, plan) };
        }
        yield { table: 'attendance_records', rows: attendanceRows(company, day.plan) };
      }
      while (day.nextSnapshot <= Math.min(minuteNow, DAY_END)) {
        const minute = day.nextSnapshot;
        day.run.advance(minute);
        day.nextSnapshot += SNAPSHOT_MINUTES;
        const instant = (m: number): number => day.start + m * MINUTE;
        yield {
          table: 'progress_snapshots',
          rows: snapshotRows(company, day.run, { date: day.date, minute, instant }),
        };
      }
      yield* logLines(day, at);
      if (!day.closed && minuteNow >= DAY_END) {
        day.closed = true;
        yield { table: 'productivity_records', rows: productivityRows(company, day.run, day.date) };
      }
      if (!day.closed || at < startOf(tomorrow.date) + DAY_START * MINUTE) return;
      day = openDay(company, tomorrow, startOf(tomorrow.date), rates);
      tomorrow = planOf(addDays(day.date, 1));
      passMoves();
    }
  }
  return {
    master: () => masterBatches(company, o.seed),
    *history(days) {
      for (let back = days; back >= 1; back--) {
        const date = addDays(o.startDate, -back);
        if (weekdayOf(date) !== 0) yield* pastDay(company, new Chance(o.seed, 'past', date), date);
      }
    },
    *pastProgress(days) {
      const pages = new Pages();
      for (let back = days; back >= 1; back--) {
        const date = workingDayBefore(o.startDate, back);
        const people = livePast(company, new Chance(o.seed, 'past', date));
        const plan = { ...planPastDay(company, o.seed, date, back), attendance: people.attendance };
        const run = new DayRun(company, plan);
        run.setMoves(people.moves);
        const instant = (minute: number): number => startOf(date) + minute * MINUTE;
        const batches: CompanyBatch[] = [{ table: 'workload_forecasts', rows: forecastRows(company, plan) }];
        for (let minute = DAY_START; minute <= DAY_END; minute += PAST_SNAPSHOT_MINUTES) {
          run.advance(minute);
          batches.push({
            table: 'progress_snapshots',
            rows: snapshotRows(company, run, { date, minute, instant }),
          });
        }
        for (const batch of batches) {
          const full = pages.add(batch);
          if (full) yield full;
        }
      }
      yield* pages.rest();
    },
    *pastLog(back) {
      const date = workingDayBefore(o.startDate, back);
      const log = new DayLog(company, planPastDay(company, o.seed, date, back), rates);
      const pages = new Pages();
      for (let minute = DAY_START; minute < DAY_END; minute++) {
        const full = pages.add({
          table: 'system_logs',
          rows: log.minute(minute, startOf(date) + minute * MINUTE),
        });
        if (full) yield full;
      }
      yield* pages.rest();
    },
    *until(at) {
      const pages = new Pages();
      for (const batch of happenings(at)) {
        const full = pages.add(batch);
        if (full) yield full;
      }
      yield* pages.rest();
    },
    apply(given) {
      moves = given;
      passMoves();
    },
    truth(date = o.startDate) {
      return truthOf(company, planOf(date), { seed: o.seed, rates, start: startOf(date) });
    },
  };
}

function workingDayBefore(start: string, back: number): string {
  let date = start;
  for (let left = back; left > 0; ) {
    date = addDays(date, -1);
    if (weekdayOf(date) !== 0) left--;
  }
  return date;
}

const scenarioOf = (o: SiteOptions, date: string): ScenarioName =>
  date === o.startDate || o.scenario === 'normal' ? o.scenario : 'random';

const openDay = (company: Company, plan: DayPlan, start: number, rates: LogRates): Day => ({
  date: plan.date,
  plan,
  run: new DayRun(company, plan),
  log: new DayLog(company, plan, rates),
  start,
  opened: false,
  closed: false,
  nextSnapshot: DAY_START,
  logMinute: DAY_START,
  logTold: 0,
});

function* logLines(day: Day, at: number): Generator<CompanyBatch> {
  while (day.logMinute < DAY_END && day.start + day.logMinute * MINUTE <= at) {
    const start = day.start + day.logMinute * MINUTE;
    const lines = day.log.minute(day.logMinute, start);
    const told = lines.filter((l) => l.logged_at <= at).length;
    yield { table: 'system_logs', rows: lines.slice(day.logTold, told) };
    day.logTold = told;
    if (at < start + MINUTE) return;
    day.logMinute++;
    day.logTold = 0;
  }
}

const dayMoves = (
  company: Company,
  moves: readonly SimMove[],
  start: number,
): Parameters<DayRun['setMoves']>[0] =>
  moves.flatMap((m) => {
    const operator = company.operators.findIndex((o) => o.id === m.operatorId);
    const cell = company.cells.findIndex(
      (c) => c.location === m.location && c.businessId === m.businessId && c.process === m.process,
    );
    if (operator < 0 || cell < 0) return [];
    return [{ operator, cell, from: (m.startsAt - start) / MINUTE, to: (m.endsAt - start) / MINUTE }];
  });

function truthOf(
  company: Company,
  plan: DayPlan,
  o: { seed: number; rates: LogRates; start: number },
): GroundTruth {
  const instant = (minute: number): number => o.start + minute * MINUTE;
  const ids = new DayLog(company, plan, o.rates).ids();
  return {
    seed: o.seed,
    scenario: plan.scenario,
    date: plan.date,
    outcomes: findOutcomes(company, plan, instant),
    incidents: plan.incidents.map((incident, n) => ({
      kind: incident.kind,
      from: instant(incident.from),
      to: instant(incident.to),
      cells: incident.cells.flatMap((c) => {
        const cell = company.cells[c];
        return cell ? [{ location: cell.location, businessId: cell.businessId, process: cell.process }] : [];
      }),
      operatorIds: incident.operators.map((i) => company.operators[i]?.id ?? ''),
      factor: incident.factor,
      logIds: ids.byIncident.get(n) ?? [],
    })),
    bursts: plan.bursts.map(({ from, to }) => ({ from: instant(from), to: instant(to) })),
    knownErrorIds: ids.known,
    unknownErrorIds: ids.unknown,
  };
}
