// P(miss) against what then happened: Brier score of the risk against the rule "required > current", on simulated
// shifts (the lab's world: rates off plan by 12 %, drifting, over-dispersed, a break, people leaving); and what a situation
// costs at 1,000,000 snapshot rows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAnalytics } from '../../main/analytics/index.ts';
import { instantOf, ManualClock } from '../../main/kernel/clock.ts';
import { learnLines, readLines } from '../../main/placement/flow/learn-lines.ts';
import { plainLines } from '../../main/placement/flow/plain-lines.ts';
import { readDay } from '../../main/placement/flow/read-day.ts';
import { PLANNED_PACE, readPaces } from '../../main/placement/flow/read-pace.ts';
import { walkLine } from '../../main/placement/flow/walk-line.ts';
import { assess, currentRules, DEFAULT_RULES, loadPicture } from '../../main/placement/index.ts';
import { processSequence } from '../../main/placement/read/site-queries.ts';
import type { Instance, PlacementCell, PlacementOperator } from '../../main/placement/types.ts';
import { openStore, type Statement, upsert } from '../../main/store/index.ts';

const BIN = 5;
const HORIZON = 240;
const SHIFTS = 2000;
const LEFT = [120, 60, 30] as const;

/** mulberry32 */
const uniform = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};
const random = uniform(20260101);
const normal = (): number => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
/** Gamma variate, Marsaglia & Tsang 2000 */
function gamma(shape: number): number {
  if (shape < 1) return gamma(shape + 1) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

type Shift = {
  readonly speed: number;
  readonly waiting: number;
  readonly people: readonly number[];
  readonly items: readonly number[];
};
/** One team over four hours: some leave at a time that the roster knows. */
function simulate(): Shift {
  const team = 2 + Math.floor(random() * 14);
  const speed = [90, 90, 45, 160, 30][Math.floor(random() * 5)] ?? 90;
  const bias = Math.exp(0.12 * normal());
  const leaveAt = random() < 0.25 ? Math.floor(random() * (HORIZON / BIN)) : Number.POSITIVE_INFINITY;
  const leaving = 1 + Math.floor(random() * Math.max(1, team * 0.3));
  let drift = 0;
  const people: number[] = [];
  const items: number[] = [];
  for (let bin = 0; bin < HORIZON / BIN; bin++) {
    drift += 0.1 * Math.sqrt(BIN / 60) * normal();
    const there = bin >= leaveAt ? Math.max(1, team - leaving) : team;
    people.push(there);
    const mean = (speed / 60) * bias * Math.exp(drift) * there * BIN;
    items.push(gamma(mean / 1.5) * 1.5);
  }
  const planned = people.reduce((sum, n) => sum + (speed / 60) * n * BIN, 0);
  return { speed, people, items, waiting: planned * (0.78 + 0.42 * random()) };
}

/** The shift as the product sees it with `left` minutes to go. */
function asSeen(shift: Shift, left: number): Instance | null {
  const bins = (HORIZON - left) / BIN;
  const now = Date.UTC(2026, 10, 20, 5, 0);
  const done = shift.items.slice(0, bins).reduce((sum, n) => sum + n, 0);
  const waiting = shift.waiting - done;
  if (waiting <= 0) return null;
  let backlog = shift.waiting;
  const observed = shift.items.slice(0, bins).map((items, k) => {
    const personMinutes = (shift.people[k] ?? 0) * BIN;
    backlog -= items;
    return {
      at: now - (bins - 1 - k) * BIN * 60_000,
      items,
      personMinutes,
      planned: (personMinutes * shift.speed) / 60,
      backlog,
    };
  });
  const most = Math.max(...shift.people.slice(bins));
  const operators = Array.from({ length: most }, (_, i): PlacementOperator => {
    const stays = shift.people.slice(bins).filter((n) => n > i).length;
    return {
      id: `${i}`,
      name: `${i}`,
      site: 0,
      cell: 0,
      skill: [3],
      experience: [30],
      speed: [shift.speed],
      knows: [true],
      from: -1,
      until: stays * BIN,
      breaks: [],
      movesToday: 0,
      movedBy: null,
    };
  });
  const cell: PlacementCell = {
    cell: { cellId: 'c', location: 'l', businessId: 'b', businessName: 'b', process: 'p' },
    site: 0,
    business: 0,
    process: 0,
    lots: [{ deadline: left, items: waiting }],
    minSkill: 1,
    minStaff: 0,
    minStaffAtCheckpoint: 0,
    seniors: 0,
    priority: 1,
    pace: readPaces([observed], now)[0] ?? PLANNED_PACE,
    observed,
    backlog: waiting,
  };
  return {
    now,
    sites: ['l'],
    distance: [[0]],
    processes: ['p'],
    businesses: ['b'],
    cells: [cell],
    operators,
    lines: plainLines([cell]),
    movesFrom: 0,
    rules: DEFAULT_RULES,
  };
}

function brierScores(print: (line: string) => void): void {
  const shifts = Array.from({ length: SHIFTS }, simulate);
  for (const left of LEFT) {
    let ours = 0;
    let rule = 0;
    let n = 0;
    for (const shift of shifts) {
      const seen = asSeen(shift, left);
      const [cell] = seen?.cells ?? [];
      if (!seen || !cell) continue;
      const missed = shift.items.reduce((sum, items) => sum + items, 0) < shift.waiting ? 1 : 0;
      const current = ((shift.people[(HORIZON - left) / BIN - 1] ?? 0) * shift.speed) / 60;
      ours += ((assess(seen)[0]?.pMiss ?? 0) - missed) ** 2;
      rule += ((cell.backlog / left > current ? 1 : 0) - missed) ** 2;
      n++;
    }
    print(
      `risk, ${left} min before the deadline (${n} shifts): Brier ${(ours / n).toFixed(3)} against ${(rule / n).toFixed(3)} for required > current: ${(rule / ours).toFixed(1)}x better`,
    );
  }
}

const ROWS = 1_000_000;
const SNAPSHOT_MS = 120_000;
const SITES = ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'];
const PROCESSES = ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'];
const BUSINESSES = ['523201', '523202', '600100', '700300'];
const SNAPSHOT_COLUMNS = [
  'snapshot_id',
  'snapshot_time',
  'location_name',
  'business_id',
  'process_name',
  'expected_completion_time',
  'total_waiting',
  'entry_count',
  'correction_waiting',
] as const;

/** The snapshot of an instant, `back` snapshots before `end`: 6 sites × 5 processes × 4 businesses, two deadlines each. */
const snapshotAt = (end: number, back: number): Record<string, unknown>[] =>
  SITES.flatMap((location) =>
    BUSINESSES.flatMap((business) =>
      PROCESSES.flatMap((process) =>
        [1, 3].map((hours) => ({
          snapshot_id: `${back} ${location} ${business} ${process} ${hours}`,
          snapshot_time: end - back * SNAPSHOT_MS,
          location_name: location,
          business_id: business,
          process_name: process,
          expected_completion_time: end + hours * 3_600_000,
          total_waiting: 300,
          entry_count: Math.max(0, 4000 - back * 6),
          correction_waiting: 3,
        })),
      ),
    ),
  );
const written = (rows: readonly Record<string, unknown>[]): Statement =>
  upsert('progress_snapshots', SNAPSHOT_COLUMNS, null, rows);

/** A snapshot every two minutes, and 600 people. */
function* millionRows(end: number, date: string): Generator<Statement> {
  const rows: Record<string, unknown>[] = [];
  for (let back = 0, n = 0; n < ROWS; back++) {
    const snapshot = snapshotAt(end, back);
    n += snapshot.length;
    rows.push(...snapshot);
    if (rows.length >= 20_000) yield written(rows.splice(0));
  }
  yield written(rows);
  yield upsert(
    'processes',
    ['process_id', 'business_id', 'process_name', 'sequence'],
    null,
    BUSINESSES.flatMap((business_id) =>
      PROCESSES.map((process_name, i) => ({
        process_id: `${business_id}-${i}`,
        business_id,
        process_name,
        sequence: i + 1,
      })),
    ),
  );
  const people = Array.from({ length: 600 }, (_, i) => ({ id: `E${i}`, i, site: SITES[i % 6] }));
  yield upsert(
    'operators',
    ['operator_id', 'operator_name', 'location_name', 'is_valid'],
    null,
    people.map(({ id, site }) => ({ operator_id: id, operator_name: id, location_name: site, is_valid: 1 })),
  );
  yield upsert(
    'operator_process_capabilities',
    ['capability_id', 'operator_id', 'process_name', 'skill_level', 'average_speed'],
    null,
    people.flatMap(({ id, i }) =>
      PROCESSES.map((process, p) => ({
        capability_id: `${id}-${p}`,
        operator_id: id,
        process_name: process,
        skill_level: 1 + ((i + p) % 5),
        average_speed: 60 + (i % 30),
      })),
    ),
  );
  const assigned = Array.from({ length: 60 }, (_, back) => {
    const day = new Date(Date.parse(`${date}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10);
    return people.map(({ id, i, site }) => ({
      assignment_id: `${id}-${day}`,
      assignment_date: day,
      operator_id: id,
      location_name: site,
      business_id: BUSINESSES[Math.floor(i / 6) % 4],
      process_name: PROCESSES[Math.floor(i / 24) % 5],
      start_time: 540,
      end_time: 1080,
    }));
  }).flat();
  yield upsert('daily_assignments', Object.keys(assigned[0] ?? {}), null, assigned);
}

/** CPU of this thread in ms: other work on the machine does not count */
const threadMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.threadCpuUsage(since);
  return (user + system) / 1000;
};
/** What some work costs in CPU, and the most of it that others had to wait for at once; ms. */
async function costOf(work: () => Promise<unknown>): Promise<{ whole: number; longest: number }> {
  const began = process.threadCpuUsage();
  let longest = 0;
  let last = process.threadCpuUsage();
  let open = true;
  const look = (): void => {
    longest = Math.max(longest, threadMs(last));
    last = process.threadCpuUsage();
    if (open) setImmediate(look);
  };
  setImmediate(look);
  await work();
  look();
  open = false;
  return { whole: threadMs(began), longest };
}
const middle = (values: readonly number[]): string =>
  (values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(0);

async function situationCost(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'toride-bench-'));
  const date = '2026-11-20';
  const end = instantOf(date, 15 * 60, 'Asia/Tokyo');
  const store = await openStore(dir, { now: 0 });
  try {
    for (const statement of millionRows(end, date)) await store.write([statement]);
    const clock = new ManualClock(end);
    const analytics = createAnalytics({
      store,
      clock,
      zone: () => 'Asia/Tokyo',
      freshness: () => ({
        source: 'mysql',
        dataAt: clock.now(),
        syncedAt: clock.now(),
        online: true,
        stale: false,
        failing: [],
      }),
    });
    const timed = (work: () => unknown): number => {
      const began = process.threadCpuUsage();
      work();
      return threadMs(began);
    };
    const { read } = store;
    const { rules } = currentRules(read);
    const situation = async (): Promise<void> => {
      await analytics.prepare();
      analytics.situation();
    };
    const first = await costOf(situation);
    const costs: Awaited<ReturnType<typeof costOf>>[] = [];
    const parts = { reading: [], pace: [], learning: [], paths: [] } as Record<string, number[]>;
    for (let k = 1; k <= 7; k++) {
      await store.write([written(snapshotAt(end, -k))]);
      clock.advance(SNAPSHOT_MS);
      costs.push(await costOf(situation));
      let instance: Instance | undefined;
      const whole = timed(() => {
        instance = loadPicture(read, clock.now(), { zone: 'Asia/Tokyo', rules })?.instance;
      });
      if (!instance) continue;
      const { cells, lines, now } = instance;
      const order = processSequence(read);
      const days = readDay(read, now, 'Asia/Tokyo');
      const pace = timed(() =>
        readPaces(
          cells.map((cell) => cell.observed),
          now,
        ),
      );
      const learning = timed(() =>
        learnLines(readLines(read, cells, { now, zone: 'Asia/Tokyo', order, days }), {
          now,
          zone: 'Asia/Tokyo',
        }),
      );
      parts['pace']?.push(pace);
      parts['learning']?.push(learning);
      parts['reading']?.push(whole - pace - learning);
      parts['paths']?.push(
        timed(() => {
          for (const line of lines) walkLine(instance as Instance, line);
        }),
      );
    }
    const again = timed(() => analytics.situation());
    const { rows } = analytics.situation();
    print(
      `situation of ${rows.length} cells, 600 people, at ${ROWS.toLocaleString('en')} snapshot rows, ms of CPU: nothing read before ${first.whole.toFixed(0)}, one snapshot new ${middle(costs.map((c) => c.whole))}, unchanged ${again.toFixed(2)}; a cell's detail ${timed(() => analytics.cell(rows[0]?.cellId ?? '')).toFixed(0)}`,
    );
    print(
      `of it, medians: ${Object.entries(parts)
        .map(([name, list]) => `${name} ${middle(list)}`)
        .join(', ')}`,
    );
    print(
      `others wait for at most: nothing read before ${first.longest.toFixed(0)} ms, one snapshot new ${Math.max(...costs.map((c) => c.longest)).toFixed(0)} ms`,
    );
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** About twenty seconds. */
export async function run(print: (line: string) => void): Promise<void> {
  if (!process.env['TORIDE_COST']) brierScores(print);
  await situationCost(print);
}
