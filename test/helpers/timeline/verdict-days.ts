// Scripted days lived through in memory: what an alert would have seen when it fired, and what was behind it.
import { type Analytics, createAnalytics } from '../../../main/analytics/index.ts';
import { type Clock, instantOf } from '../../../main/kernel/clock.ts';
import { Miner, templateText } from '../../../main/logs/index.ts';
import { findOutcomes } from '../../../main/simulator/find-truth.ts';
import { type Behaviour, createSite, type ScenarioName } from '../../../main/simulator/index.ts';
import { type Company, makeCompany } from '../../../main/simulator/make-company.ts';
import { type DayPlan, planDay } from '../../../main/simulator/plan-day.ts';
import { type CompanyBatch, type CompanyRow, columnNames, upsert } from '../../../main/store/index.ts';
import type { VerdictSide } from '../../../main/timeline/contract/timeline.ts';
import type { LogMinute } from '../../../main/timeline/find-rises.ts';
import type { LogView } from '../../../main/timeline/gather-evidence.ts';
import { memoryStore } from '../store/memory-store.ts';

export const ZONE = 'Asia/Tokyo';
export const DATE = '2026-11-20';
const DANGER = 0.8;
/** The minutes of a day at which it is looked at, one in `step`. */
export const looks = (step = 8): number[] =>
  Array.from({ length: Math.floor(660 / step) + 1 }, (_, i) => 540 + i * step);

export type LivedDay = {
  readonly seed: number;
  /** minutes between snapshots */
  readonly every: number;
  readonly analytics: Analytics;
  /** the day's log, written when it is asked for: most moments of most days need none */
  readonly logs: () => readonly CompanyRow<'system_logs'>[];
  readonly company: Company;
  readonly plan: DayPlan;
  instant(minute: number): number;
  /** puts the clock there */
  go(minute: number): void;
  close(): void;
};
/** A cell in danger at a moment. */
export type Moment = {
  readonly minute: number;
  readonly cellId: string;
  readonly deadline: number;
  readonly first: boolean;
  readonly truth: readonly VerdictSide[] | 'in-time';
};

/** How much poorer than the simulator's own the data are that the product sees. */
export type Poorer = {
  /** snapshots every so many minutes instead of two */
  readonly every?: number;
  /** people and work behave otherwise, or are believed to */
  readonly behaviour?: Partial<Behaviour>;
  /** no system log at all */
  readonly unlogged?: boolean;
};
const poorer = (batch: CompanyBatch, o: Poorer): CompanyBatch => {
  if (batch.table === 'progress_snapshots' && o.every !== undefined) {
    const { every } = o;
    return { ...batch, rows: batch.rows.filter((r) => (r.snapshot_time / 60_000) % every === 0) };
  }
  return batch;
};

export function liveDay(seed: number, scenario: ScenarioName = 'random', how: Poorer = {}): LivedDay {
  const { read, apply, close } = memoryStore();
  const instant = (minute: number): number => instantOf(DATE, minute, ZONE);
  const { behaviour = {} } = how;
  const options = { seed, scenario, zone: ZONE, startDate: DATE, behaviour };
  const quiet = createSite({ ...options, logs: { perMinute: 0, unknownErrors: 0 } });
  for (const part of [quiet.master(), quiet.history(7), quiet.until(instant(1260))])
    for (const whole of part) {
      const batch = poorer(whole, how);
      if (batch.table !== 'system_logs')
        apply([upsert(batch.table, columnNames(batch.table), null, batch.rows)]);
    }
  const logs = (): CompanyRow<'system_logs'>[] =>
    how.unlogged
      ? []
      : [...createSite(options).until(instant(1260))].flatMap((b) =>
          b.table === 'system_logs' ? b.rows : [],
        );
  let now = instant(480);
  const clock: Clock = { now: () => now, every: () => () => {} };
  const store = { read } as Parameters<typeof createAnalytics>[0]['store'];
  const analytics = createAnalytics({
    store,
    clock,
    zone: () => ZONE,
    freshness: () => ({
      source: 'demo',
      dataAt: now,
      syncedAt: now,
      online: true,
      stale: false,
      failing: [],
    }),
  });
  const company = makeCompany(seed, behaviour);
  return {
    seed,
    every: how.every ?? 2,
    analytics,
    logs,
    company,
    plan: planDay(company, seed, DATE, scenario),
    instant,
    go: (minute) => {
      now = instant(minute);
    },
    close,
  };
}

/** What is behind each cell's deadline, as far as it has happened by a minute: outages and work to come are nobody's evidence. */
function truthAt(day: LivedDay): (minute: number) => ReadonlyMap<string, readonly VerdictSide[] | null> {
  const kept = new Map<number, ReadonlyMap<string, readonly VerdictSide[] | null>>();
  return (minute) => {
    const incidents = day.plan.incidents.filter((i) => i.kind === 'people' || i.from <= minute);
    const known = kept.get(incidents.length);
    if (known) return known;
    const truth = new Map(
      findOutcomes(day.company, { ...day.plan, incidents }, day.instant).map((o) => [
        `${o.location}\u001f${o.businessId}\u001f${o.process} ${o.deadline}`,
        o.why,
      ]),
    );
    kept.set(incidents.length, truth);
    return truth;
  };
}

/** Each moment, of those looked at, at which a cell was in danger over two snapshots, by the product's own risk. */
export function* moments(day: LivedDay, minutes: readonly number[]): Generator<Moment> {
  const truth = truthAt(day);
  const seen = new Set<string>();
  for (const minute of minutes) {
    const danger = (at: number): Map<string, number> => {
      day.go(at);
      return new Map(
        (day.analytics.risks()?.cells ?? []).flatMap((view) => {
          const worst = view.deadlines.reduce<(typeof view.deadlines)[number] | null>(
            (most, d) => (d.pMiss > (most?.pMiss ?? 0) ? d : most),
            null,
          );
          return worst && worst.pMiss >= DANGER ? [[view.cell.cellId, worst.deadline] as const] : [];
        }),
      );
    };
    const now = danger(minute);
    if (now.size === 0) continue;
    const before = danger(minute - day.every);
    day.go(minute);
    for (const [cellId, deadline] of now) {
      if (!before.has(cellId)) continue;
      const key = `${cellId} ${deadline}`;
      const why = truth(minute).get(key);
      yield { minute, cellId, deadline, first: !seen.has(key), truth: why ?? 'in-time' };
      seen.add(key);
    }
  }
}

/** The day's log as the product would have counted it: mined line by line, added up by the minute. */
export function logView(day: LivedDay): (minute: number) => LogView {
  const miner = new Miner();
  const cells = new Map<string, LogMinute & { lines: number }>();
  for (const row of day.logs()) {
    const level = levelOf(row.level ?? '');
    const { template } = miner.add(row.message ?? '', level ?? undefined);
    const at = Math.floor(row.logged_at / 60_000) * 60_000;
    const key = `${at} ${template} ${row.service} ${level}`;
    const known = cells.get(key);
    if (known) known.lines++;
    else cells.set(key, { at, service: row.service ?? '', level, template, lines: 1 });
  }
  const all = [...cells.values()].map((c) => ({ ...c, template: miner.resolve(c.template) }));
  const firstAt = new Map<number, number>();
  for (const c of all) firstAt.set(c.template, Math.min(firstAt.get(c.template) ?? c.at, c.at));
  return (minute) => {
    const until = day.instant(minute);
    return {
      minutes: all.filter((c) => c.at < until && c.at >= until - 8 * 3_600_000),
      textOf: (id) => templateText(miner.template(id)),
      isNew: (id, since) => (firstAt.get(id) ?? 0) >= since,
      incidents: [],
    };
  };
}
const levelOf = (level: string): LogMinute['level'] =>
  (({ DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' }) as const)[level as 'INFO'] ?? null;

/** What kinds of incident touch the processes that lead to a cell, as far as they have happened. */
export function kindsAround(day: LivedDay, cellId: string, minute: number): Set<VerdictSide> {
  const target = day.company.cells.find(
    (c) => [c.location, c.businessId, c.process].join('\u001f') === cellId,
  );
  const line =
    day.company.lines[target?.line ?? -1]?.cells.filter((c) => c.index <= (target?.index ?? -1)) ?? [];
  const kinds = new Set<VerdictSide>();
  for (const i of day.plan.incidents)
    if (i.from <= minute && i.cells.some((c) => line.some((l) => l.index === c))) kinds.add(i.kind);
  if (
    day.company.operators.some(
      (o) => line.some((l) => l.index === o.cell) && day.plan.attendance[o.index] === 'absent',
    )
  )
    kinds.add('people');
  return kinds;
}
