// What the detectors say on simulated days: false anomalies on quiet ones, what is found of outages and when, and what a look costs.

import { Incidents } from '../../main/anomalies/group-incidents.ts';
import { Conditions, MinuteWatch } from '../../main/anomalies/index.ts';
import type { AnomalyRow } from '../../main/anomalies/types.ts';
import type { MinuteCount } from '../../main/logs/index.ts';
import type { ScenarioName } from '../../main/simulator/index.ts';
import { type CountedLog, simulatedLog } from '../helpers/logs/log-counts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONE = 'Asia/Tokyo';
const FIRST = '2026-11-02';
const dateOf = (at: number): string => new Date(at + 9 * HOUR).toISOString().slice(0, 10);

type Seen = {
  readonly rows: AnomalyRow[];
  readonly raised: readonly { id: string; at: number }[];
  readonly incidents: number;
};
function watchAll(log: CountedLog, from: number, to: number): Seen {
  const fact = (id: number) => log.fact(id);
  const watch = new MinuteWatch({
    read: (o) => log.read(o),
    fact,
    novelty: () => null,
    noise: () => new Set(),
    // a silence of the whole log is news too
    followed: () => 'company',
  });
  const conditions = new Conditions([], []);
  const grouping = new Incidents({ incidents: [], anomalies: [], fact });
  const rows = new Map<string, AnomalyRow>();
  const raised: { id: string; at: number }[] = [];
  const incidents = new Set<string>();
  for (const { at, findings, recent } of watch.run(from, to)) {
    const changed = conditions.step(at, findings, recent);
    const grouped = grouping.step(at, changed, recent);
    for (const row of changed) rows.set(row.id, row);
    for (const row of grouped.anomalies) {
      rows.set(row.id, row);
      conditions.replace(row);
    }
    for (const id of grouped.raised) raised.push({ id, at });
    for (const { id } of grouped.incidents) incidents.add(id);
  }
  return { rows: [...rows.values()], raised, incidents: incidents.size };
}

/** Days on which nothing happens but errors seen every day, and now and then one never seen before (which is to be found). */
function quietDays(print: (line: string) => void): void {
  const days = 8;
  const sums = { days: 0, firstWrong: 0, wrong: 0, incidents: 0, unknown: 0, found: 0 };
  const wrong: string[] = [];
  for (const seed of [11, 12, 13]) {
    const { log, site, start } = simulatedLog({
      seed,
      scenario: 'normal',
      zone: ZONE,
      startDate: FIRST,
      days,
    });
    const { rows, incidents } = watchAll(log, start, start + days * DAY);
    const unknown = new Set<string>();
    for (let day = 0; day < days; day++)
      for (const id of site.truth(dateOf(start + day * DAY)).unknownErrorIds) unknown.add(id);
    const news = new Set(log.lines.filter((l) => unknown.has(l.id)).map((l) => log.resolve(l.template)));
    const isNews = (row: AnomalyRow): boolean => row.templateId !== null && news.has(row.templateId);
    const later = (at: number): boolean => at >= start + DAY;
    sums.days += days;
    sums.incidents += incidents;
    for (const row of rows.filter((r) => !isNews(r))) {
      if (later(row.at)) sums.wrong++;
      else sums.firstWrong++;
      wrong.push(`${row.kind} ${row.severity} ${row.words.en}`);
    }
    const firsts = [...news].filter((id) => later(log.fact(id).firstAt ?? 0));
    sums.unknown += firsts.length;
    sums.found += firsts.filter((id) => rows.some((r) => r.templateId === id)).length;
  }
  print(
    `anomalies: ${sums.days} quiet days: ${(sums.wrong / (sums.days - 3)).toFixed(2)} false a day (${sums.firstWrong} on the 3 first days, while learning), ${sums.incidents} incidents; ${sums.found} of ${sums.unknown} errors never seen before found`,
  );
  for (const line of wrong.slice(0, 8)) print(`anomalies:   false: ${line}`);
}

/** Days with outages: is there an incident, how long after the first error line, and how many more than there should be. */
function outageDays(print: (line: string) => void, scenario: ScenarioName, days: number): void {
  const delays: number[] = [];
  let outages = 0;
  let more = 0;
  let all = 0;
  for (const seed of [21, 22, 23]) {
    const { log, site, start } = simulatedLog({ seed, scenario, zone: ZONE, startDate: FIRST, days });
    const { rows, raised } = watchAll(log, start, start + days * DAY);
    const at = new Map(log.lines.map((l) => [l.id, l]));
    const used = new Set<string>();
    for (let day = 0; day < days; day++)
      for (const incident of site.truth(dateOf(start + day * DAY)).incidents) {
        const lines = incident.logIds.flatMap((id) => at.get(id) ?? []);
        const first = Math.min(...lines.map((l) => l.at));
        if (lines.length === 0) continue;
        outages++;
        const templates = new Set(lines.map((l) => log.resolve(l.template)));
        const mine = rows.filter(
          (r) =>
            r.incidentId !== null &&
            r.templateId !== null &&
            templates.has(r.templateId) &&
            r.at <= incident.to &&
            r.lastAt >= first,
        );
        for (const row of mine) used.add(row.incidentId ?? '');
        const told = raised.filter((r) => mine.some((row) => row.incidentId === r.id) && r.at >= first);
        if (mine.length === 0) continue;
        // one that follows on another belongs to the same incident
        delays.push(Math.max(0, (told[0]?.at ?? first) - first));
      }
    const ids = new Set(rows.flatMap((r) => r.incidentId ?? []));
    all += ids.size;
    more += [...ids].filter((id) => !used.has(id)).length;
  }
  delays.sort((a, b) => a - b);
  const minutes = (q: number): string =>
    ((delays[Math.floor(q * (delays.length - 1))] ?? 0) / MINUTE).toFixed(1);
  print(
    `anomalies: ${scenario}: ${delays.length} of ${outages} outages found, ${minutes(0.5)} min after the first error line (median; 90 % within ${minutes(0.9)}); ${all} incidents, ${more} of them about bursts of other errors or nothing`,
  );
}

/** Roll-ups of 90 days with 20,000 templates: 400 of them in any hour, 60 in any minute. */
function manyRollups(): {
  read: (o: { from: number; to: number; unit: 'minute' | 'hour' }) => Generator<MinuteCount>;
  end: number;
} {
  const end = Date.parse('2026-11-22T10:00:00Z');
  const start = end - 90 * DAY;
  const mix = (a: number, b: number): number => {
    let x = Math.imul(a ^ (b * 0x9e3779b1), 0x85ebca6b);
    x ^= x >>> 13;
    x = Math.imul(x, 0xc2b2ae35);
    return (x ^ (x >>> 16)) >>> 0;
  };
  return {
    end,
    *read({ from, to, unit }) {
      const size = unit === 'hour' ? HOUR : MINUTE;
      for (let at = Math.max(start, Math.floor(from / size) * size); at < Math.min(to, end); at += size) {
        const count = unit === 'hour' ? 400 : 60;
        const hour = Math.floor(at / HOUR);
        for (let i = 0; i < count; i++) {
          // the first hundred come all the time, the others now and then
          const template = i < 100 ? i + 1 : 101 + (mix(hour, i) % 19_900);
          const lines = 1 + (mix(Math.floor(at / size), i) % 5) * (unit === 'hour' ? 30 : 1);
          yield {
            at,
            sourceId: 's',
            service: `service-${template % 40}`,
            level: i % 20 === 0 ? 'error' : 'info',
            template,
            lines,
          };
        }
      }
    },
  };
}
function lookCost(print: (line: string) => void): void {
  const { read, end } = manyRollups();
  let rows = 0;
  const watch = new MinuteWatch({
    *read(o) {
      for (const cell of read(o)) {
        rows++;
        yield cell;
      }
    },
    fact: (id) => ({
      id,
      text: `template ${id}`,
      level: id % 20 === 0 ? 'error' : 'info',
      mark: 'none',
      firstAt: end - 80 * DAY,
    }),
    novelty: () => null,
    noise: () => new Set(),
  });
  const time = (from: number, to: number): string => {
    rows = 0;
    const at = performance.now();
    let findings = 0;
    for (const seen of watch.run(from, to)) findings += seen.findings.length;
    return `${Math.round(performance.now() - at)} ms, ${rows} roll-up rows read, ${findings} findings`;
  };
  print(
    `anomalies: a look after a restart, 90 days of roll-ups, 20,000 templates: ${time(end - 2 * HOUR - MINUTE, end - 2 * HOUR)}`,
  );
  print(`anomalies: the next minute: ${time(end - 2 * HOUR, end - 2 * HOUR + MINUTE)}`);
  print(
    `anomalies: the next hour, its close included: ${time(end - 2 * HOUR + MINUTE, end - HOUR + MINUTE)}`,
  );
}

export async function run(print: (line: string) => void): Promise<void> {
  quietDays(print);
  outageDays(print, 'outage', 1);
  outageDays(print, 'random', 6);
  lookCost(print);
}
