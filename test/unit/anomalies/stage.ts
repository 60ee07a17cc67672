import { Incidents } from '../../../main/anomalies/group-incidents.ts';
import { Conditions, MinuteWatch } from '../../../main/anomalies/index.ts';
import type { AnomalyRow, Finding, IncidentRow } from '../../../main/anomalies/types.ts';
import { CountedLog } from '../../helpers/logs/log-counts.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** a Monday, midnight UTC */
export const START = Date.parse('2026-11-02T00:00:00Z');

/** A repeatable stream of numbers in [0, 1). */
export function chance(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 1 | state);
    state ^= state + Math.imul(state ^ (state >>> 7), 61 | state);
    return ((state ^ (state >>> 14)) >>> 0) / 4294967296;
  };
}
/** A Poisson draw (Knuth). */
export function poisson(mean: number, next: () => number): number {
  const least = Math.exp(-mean);
  let n = 0;
  for (let p = next(); p > least; p *= next()) n++;
  return n;
}

type What = {
  template: number;
  service: string;
  level: 'info' | 'warn' | 'error';
  text: string;
  source?: string;
  /** mean lines in the minute that begins at `at` */
  rate: (at: number) => number;
};
/** Roll-ups of templates that come by chance at given rates, from START on. */
export function logOf(whats: readonly What[], days: number, seed = 1): CountedLog {
  const log = new CountedLog();
  const next = chance(seed);
  for (let at = START; at < START + days * DAY; at += MINUTE)
    for (const what of whats) {
      const rate = what.rate(at);
      const lines = rate >= 0 ? poisson(rate, next) : -rate;
      if (lines > 0) log.count(what.template, { ...what, at, lines });
    }
  return log;
}
/** Always there, so that there is something to compare with. */
export const TRAFFIC: What = {
  template: 1,
  service: 'web',
  level: 'info',
  text: 'request <*> served in <*> ms',
  rate: () => 6,
};

/** What comes of a log from `from` on: anomalies in order of time, incidents, and the raw findings. */
export function watchAll(
  log: CountedLog,
  o: {
    from?: number;
    to: number;
    novelty?: (id: number) => number | null;
    pieces?: readonly number[];
    followed?: string;
  },
): { rows: AnomalyRow[]; incidents: IncidentRow[]; findings: Finding[] } {
  const fact = (id: number) => log.fact(id);
  const watch = (): MinuteWatch =>
    new MinuteWatch({
      read: (r) => log.read(r),
      fact,
      novelty: o.novelty ?? (() => null),
      noise: () => log.noise(),
      followed: (source) => (source === 'company' ? (o.followed ?? null) : null),
    });
  const conditions = new Conditions([], []);
  const grouping = new Incidents({ incidents: [], anomalies: [], fact });
  const rows = new Map<string, AnomalyRow>();
  const incidents = new Map<string, IncidentRow>();
  const findings: Finding[] = [];
  const stops = [...(o.pieces ?? []), o.to].sort((a, b) => a - b);
  let from = o.from ?? START;
  for (const to of stops) {
    // a new watch for every piece, as after a restart
    for (const seen of watch().run(from, to)) {
      findings.push(...seen.findings);
      const changed = conditions.step(seen.at, seen.findings, seen.recent);
      const grouped = grouping.step(seen.at, changed, seen.recent);
      for (const row of changed) rows.set(row.id, row);
      for (const row of grouped.anomalies) {
        rows.set(row.id, row);
        conditions.replace(row);
      }
      for (const incident of grouped.incidents) incidents.set(incident.id, incident);
    }
    from = to;
  }
  return {
    rows: [...rows.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    incidents: [...incidents.values()].sort((a, b) => a.from - b.from),
    findings,
  };
}
