// What incidents say of scripted faults, hour by hour, on months of different sites; and of the same months without faults.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Anomaly, Incident } from '../../main/anomalies/contract/anomalies.ts';
import { createAnomalies } from '../../main/anomalies/index.ts';
import { ManualClock } from '../../main/kernel/clock.ts';
import { isDayOff } from '../../main/kernel/holidays.ts';
import { memoryLog } from '../../main/kernel/log.ts';
import { openStore } from '../../main/store/index.ts';
import { PLAIN_MONTH } from '../helpers/anomalies/month.ts';
import { OFFICE_MONTH } from '../helpers/anomalies/office.ts';
import { readMonths } from '../helpers/anomalies/read-months.ts';
import { DAY, type Fault, HOUR, MINUTE } from '../helpers/anomalies/scripted-log.ts';
import type { Month } from '../helpers/anomalies/site.ts';
import { readMonth } from '../helpers/anomalies/written-month.ts';

const MONTHS: Readonly<Record<string, Month>> = {
  plain: PLAIN_MONTH,
  office: OFFICE_MONTH,
  ...readMonths(),
};
/** the months' lines are written to files and read by the real logs, instead of counted by the script */
const IS_WRITTEN = process.env['TORIDE_WRITTEN'] === '1';
const NO_CLUSTERS = {
  refresh: async () => {},
  novelty: () => ({ nearest: null }),
  similarity: () => 0,
  search: async () => [],
} as unknown as Parameters<typeof createAnomalies>[0]['clusters'];
/** the first week is for learning */
const judgedFrom = (month: Month): number => month.start + 7 * DAY;

/** an incident may be told so long after its fault began, and closed so long after it ended, without being wrong about an hour */
const TELL_MS = 60 * MINUTE;
const CLOSE_MS = 60 * MINUTE;

type Lived = {
  readonly faults: readonly Fault[];
  readonly incidents: readonly Incident[];
  /** ids of those open at each full hour */
  readonly openAt: ReadonlyMap<number, readonly string[]>;
  /** first hour at which each was there */
  readonly firstSeen: ReadonlyMap<string, number>;
  readonly listed: readonly Anomaly[];
  /** anomalies about nothing from the second week on */
  readonly stray: readonly Anomaly[];
};

async function live(script: Month, o: { seed: number; quiet?: boolean; stepMs?: number }): Promise<Lived> {
  const month = script.make({ ...o, isWritten: IS_WRITTEN });
  const dataDir = mkdtempSync(path.join(tmpdir(), 'toride-month-'));
  const clock = new ManualClock(script.start);
  const store = await openStore(dataDir);
  const { log } = memoryLog(clock);
  const real = IS_WRITTEN ? await readMonth(month, { store, dataDir, clock, log }) : null;
  const anomalies = createAnomalies({
    store,
    logs: real?.logs ?? (month.logs as unknown as Parameters<typeof createAnomalies>[0]['logs']),
    clusters: real?.clusters ?? NO_CLUSTERS,
    clock,
    isDayOff,
    zone: () => 'Asia/Tokyo',
    log,
    know: async () => ({ id: '' }),
  });
  const openAt = new Map<number, readonly string[]>();
  const firstSeen = new Map<string, number>();
  const stepMs = o.stepMs ?? 10 * MINUTE;
  try {
    for (let at = script.start + stepMs; at <= script.start + script.days * DAY; at += stepMs) {
      clock.advance(stepMs);
      await anomalies.look(at);
      const open = anomalies.incidents({ states: ['open', 'acknowledged'], limit: 500 }).map((i) => i.id);
      for (const id of open) if (!firstSeen.has(id)) firstSeen.set(id, at);
      if (at % HOUR === 0) openAt.set(at, open);
    }
    const incidents = anomalies.incidents({ limit: 5_000 });
    const listed = anomalies.list({ limit: 5_000 });
    const loud = listed.filter(
      (a) => !month.faults.some((f) => a.at >= f.from - HOUR && a.at < f.to + 2 * HOUR),
    );
    return {
      // the real logs number their templates themselves
      faults: real ? month.faults.map((f) => ({ ...f, templates: [] })) : month.faults,
      incidents,
      openAt,
      firstSeen,
      listed,
      stray: loud.filter((a) => a.at >= judgedFrom(script)),
    };
  } finally {
    await anomalies.close();
    await real?.close();
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const closedBy = (fault: Fault): number => Math.max(fault.to, fault.openUntil ?? 0) + CLOSE_MS;
const isAbout = (incident: Incident, fault: Fault): boolean =>
  incident.from >= fault.from - 30 * MINUTE &&
  incident.from <= fault.to + CLOSE_MS &&
  (fault.services.length === 0 ||
    incident.services.some((s) => fault.services.includes(s)) ||
    incident.templates.some((t) => fault.templates.includes(t)));

export type Tally = {
  readonly kind: string;
  n: number;
  found: number;
  delays: number[];
  hours: number;
  right: number;
};
async function score(month: Month, seeds: readonly number[], print: (line: string) => void): Promise<void> {
  const tallies = new Map<string, Tally>();
  let told = 0;
  let about = 0;
  let hours = 0;
  let right = 0;
  for (const seed of seeds) {
    const { faults, incidents, openAt, firstSeen, listed } = await live(month, { seed });
    const mine = new Map(faults.map((f) => [f, incidents.filter((i) => isAbout(i, f))]));
    const judged = incidents.filter((i) => i.from >= judgedFrom(month));
    told += judged.length;
    about += judged.filter((i) => faults.some((f) => isAbout(i, f))).length;
    if (process.env['TORIDE_VERBOSE'] === '1')
      for (const i of judged)
        if (!faults.some((f) => isAbout(i, f)))
          print(
            `  false (${seed}): ${new Date(i.from + 9 * HOUR).toISOString().slice(5, 16)} ${i.title.en} ${i.anomalies.map((a) => `\n    ${a.severity} ${a.words.en}`).join('')}`,
          );
    for (const fault of faults) {
      const tally = tallies.get(fault.kind) ?? {
        kind: fault.kind,
        n: 0,
        found: 0,
        delays: [],
        hours: 0,
        right: 0,
      };
      tallies.set(fault.kind, tally);
      const ours = mine.get(fault) ?? [];
      tally.n++;
      if (ours.length > 0) {
        tally.found++;
        tally.delays.push(
          Math.max(0, Math.min(...ours.map((i) => firstSeen.get(i.id) ?? i.from)) - fault.tellable),
        );
      } else if (process.env['TORIDE_VERBOSE'] === '1')
        print(
          `  missed (${seed}): ${fault.kind} ${new Date(fault.from + 9 * HOUR).toISOString().slice(5, 16)} to ${new Date(fault.to + 9 * HOUR).toISOString().slice(5, 16)}${listed
            .filter((a) => (a.until ?? fault.to) >= fault.from && a.at < closedBy(fault))
            .map((a) => `\n    ${a.severity} ${a.incidentId ?? ''} ${a.words.en}`)
            .join('')}`,
        );
      const ids = new Set(ours.map((i) => i.id));
      for (const [at, open] of openAt) {
        const isOpen = open.some((id) => ids.has(id));
        if (at >= fault.tellable + TELL_MS && at < fault.to) {
          tally.hours++;
          if (isOpen) tally.right++;
          else if (process.env['TORIDE_VERBOSE'] === '1')
            print(
              `  not open (${seed}): ${fault.kind} at ${new Date(at + 9 * HOUR).toISOString().slice(5, 16)}`,
            );
        } else if (at >= closedBy(fault) && at < closedBy(fault) + 6 * HOUR) {
          tally.hours++;
          if (!isOpen) tally.right++;
          else if (process.env['TORIDE_VERBOSE'] === '1')
            print(
              `  still open (${seed}): ${fault.kind} at ${new Date(at + 9 * HOUR).toISOString().slice(5, 16)}`,
            );
        }
      }
    }
    // the state of the whole at each hour of the judged weeks: everything open is about a fault of now, every fault is open
    for (const [at, open] of openAt) {
      if (at < judgedFrom(month)) continue;
      hours++;
      const now = faults.filter((f) => at >= f.from && at < closedBy(f));
      const due = faults.filter((f) => at >= f.tellable + TELL_MS && at < f.to);
      const stray = open.some((id) => !now.some((f) => mine.get(f)?.some((i) => i.id === id)));
      const lacking = due.some((f) => !mine.get(f)?.some((i) => open.includes(i.id)));
      if (!stray && !lacking) right++;
      else if (process.env['TORIDE_VERBOSE'] === '1')
        for (const id of open)
          if (!now.some((f) => mine.get(f)?.some((i) => i.id === id)))
            print(
              `  open about nothing (${seed}): ${new Date(at + 9 * HOUR).toISOString().slice(5, 16)} ${incidents.find((i) => i.id === id)?.title.en}`,
            );
    }
  }
  print(
    `\n${'kind'.padEnd(20)}${'n'.padStart(4)}${'found'.padStart(7)}${'first word'.padStart(12)}${'state right'.padStart(13)}`,
  );
  let n = 0;
  let found = 0;
  for (const kind of month.kinds) {
    const t = tallies.get(kind);
    if (!t) continue;
    n += t.n;
    found += t.found;
    t.delays.sort((a, b) => a - b);
    const delay = t.delays[t.delays.length >> 1];
    print(
      `${kind.padEnd(20)}${String(t.n).padStart(4)}${String(t.found).padStart(7)}${(delay === undefined ? '–' : `${Math.round(delay / MINUTE)} min`).padStart(12)}${`${((100 * t.right) / Math.max(1, t.hours)).toFixed(0)} % of ${t.hours}`.padStart(13)}`,
    );
  }
  print(
    `recall ${(found / n).toFixed(2)}, precision ${(about / Math.max(1, told)).toFixed(2)} (${told - about} of ${told} incidents about nothing), state right ${((100 * right) / hours).toFixed(1)} % of ${hours} hours`,
  );
}

async function quietWeeks(
  month: Month,
  seeds: readonly number[],
  print: (line: string) => void,
): Promise<void> {
  const days = (month.days - 7) * seeds.length;
  let incidents = 0;
  let anomalies = 0;
  for (const seed of seeds) {
    const quiet = await live(month, { seed: seed + 1000, quiet: true, stepMs: HOUR });
    const false_ = quiet.incidents.filter((i) => i.from >= judgedFrom(month));
    incidents += false_.length;
    anomalies += quiet.stray.length;
    if (process.env['TORIDE_VERBOSE'] !== '1') continue;
    for (const a of quiet.stray)
      print(
        `  stray (${seed}): ${new Date(a.at + 9 * HOUR).toISOString().slice(5, 16)} ${a.severity} ${a.words.en}`,
      );
    for (const i of false_)
      print(`  quiet (${seed}): ${new Date(i.from + 9 * HOUR).toISOString().slice(5, 16)} ${i.title.en}`);
  }
  print(
    `quiet weeks: ${(anomalies / days).toFixed(2)} false anomalies a day, ${((7 * incidents) / days).toFixed(2)} false incidents a week`,
  );
}

/**
 * TORIDE_SEEDS=1-4: other seeds; TORIDE_MONTH=plain: that month alone; TORIDE_QUIET=0: no quiet weeks; TORIDE_VERBOSE=1 names what was wrong;
 * TORIDE_WRITTEN=1: through files and the real logs. */
export async function run(print: (line: string) => void): Promise<void> {
  const [first = 1, last = 4] = (process.env['TORIDE_SEEDS'] ?? '1-4').split('-').map(Number);
  const seeds = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  for (const [name, month] of Object.entries(MONTHS)) {
    if ((process.env['TORIDE_MONTH'] ?? name) !== name) continue;
    print(
      `incidents: month ${name}, ${month.days} days, faults from the second week on, seeds ${first}–${last}`,
    );
    await score(month, seeds, print);
    if (process.env['TORIDE_QUIET'] !== '0') await quietWeeks(month, seeds, print);
  }
}
