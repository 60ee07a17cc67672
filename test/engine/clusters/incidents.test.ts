import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { ClusterMap, ClusterRun } from '../../../main/clusters/contract/clusters.ts';
import { pointsOf } from '../../../main/clusters/contract/map-points.ts';
import { createClusters, type GroupedIncident } from '../../../main/clusters/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { openStore } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';
import { type Made, madeLogs } from './made-logs.ts';
import { openClusters } from './open-clusters.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SITE: readonly Made[] = [
  { id: 1, text: 'connection pool timeout after <*> ms', service: 'db' },
  { id: 2, text: 'connection pool timeout, <*> waiting', service: 'db' },
  { id: 3, text: 'スキャナの紙詰まりを検知しました <*>', service: 'ocr' },
];
const RESTART = { id: 'r-1', title: '接続プールを再起動する' };
const WIPE = { id: 'r-2', title: '夜間バッチを止める' };

/** The `i`-th hour's incident, `minutes` long; null: it goes on. */
const made = (i: number, about: string, minutes: number | null): GroupedIncident => ({
  id: `inc-${i}`,
  title: { ja: `「${about}」が急増`, en: `“${about}” rose suddenly` },
  severity: i % 2 ? 'medium' : 'high',
  services: [about.includes('pool') ? 'db' : 'ocr'],
  from: i * HOUR,
  to: minutes === null ? null : i * HOUR + minutes * MINUTE,
  lastAt: i * HOUR + MINUTE,
  lines: 10 * i,
  about: [about],
  remedies: [],
});
const POOL = [
  made(1, 'connection pool timeout after <*> ms', 10),
  made(2, 'connection pool timeout after <*> ms, <*> waiting', 20),
  made(5, 'connection pool timeout on <*>', null),
];
const PAPER = [
  made(3, 'スキャナの紙詰まりを検知しました <*>', 4),
  made(4, 'スキャナの紙詰まりを解消しました <*>', 6),
];
const ALONE = made(6, 'kernel panic', 1);
const ALL = [...POOL, ...PAPER, ALONE];

async function desk(first: readonly GroupedIncident[] = ALL, dir = tempDir()) {
  let incidents = first;
  const opened = await openClusters({ logs: madeLogs(SITE).logs, incidents: async () => incidents, dir });
  return Object.assign(opened, {
    happen(next: readonly GroupedIncident[]): void {
      incidents = next;
    },
  });
}
/** Which incidents are in which cluster: their ids by the cluster's. */
const partition = (run: ClusterRun): Map<number, string[]> => {
  const ids = new Map(run.incidents.map(({ number, id }) => [number, id]));
  return new Map(run.clusters.map((c) => [c.id, c.members.map((m) => ids.get(m) ?? '').sort()]));
};
const ofPool = (run: ClusterRun) => run.clusters.find((c) => c.services.includes('db'));

describe('incidents', () => {
  it('of two kinds are two clusters with names of what happened; what is like nothing else stays outside', async () => {
    const { clusters } = await desk();
    const run = await clusters.run({}, 'incident');
    expect(ClusterRun.parse(run)).toEqual(run);
    expect([...partition(run).values()].sort()).toEqual([
      ['inc-1', 'inc-2', 'inc-5'],
      ['inc-3', 'inc-4'],
    ]);
    expect(run.clusters.map((c) => c.name.ja).join('\n')).toMatch(/connection pool timeout/);
    expect(run.clusters.map((c) => c.name.ja).join('\n')).toMatch(/紙詰/);
    expect(run.outliers.map((n) => run.incidents.find((i) => i.number === n)?.id)).toEqual(['inc-6']);
    expect(await clusters.current('incident')).toEqual(run);
    expect(await clusters.current()).toBeNull();
  });

  it('that come again in the same words are with those that say it otherwise, however often each came', async () => {
    const WORDS = [
      [
        'connection pool timeout after <*> ms',
        'connection pool timeout, <*> waiting',
        'pool connection timeout',
      ],
      ['スキャナの紙詰まりを検知しました <*>', 'スキャナの紙詰まりが続いています <*>'],
      ['disk of volume <*> is nearly full', 'disk volume <*> is full'],
    ];
    const often = WORDS.flatMap((kind, k) =>
      Array.from({ length: 40 }, (_, i) => made(1 + 3 * i + k, kind[i % kind.length] ?? '', 10)),
    );
    const { clusters } = await desk(often);
    const run = await clusters.run({}, 'incident');
    expect(run.clusters.map((c) => c.members.length)).toEqual([40, 40, 40]);
    expect(run.params.minPoints).toBe(2);
    const same = await desk(often.filter(({ about }) => about[0] === WORDS[0]?.[0]));
    expect((await same.clusters.run({}, 'incident')).clusters).toHaveLength(1);
    expect(pointsOf(await same.clusters.draw('incident'))).toHaveLength(14);
  });

  it('by the thousand are grouped while the engine goes on with other work', async () => {
    const words = 'pool disk scanner queue mail vpn gateway heap relay image login certificate shard'.split(
      ' ',
    );
    const word = (n: number): string => words[n % words.length] ?? '';
    const many = Array.from({ length: 2_000 }, (_, i) =>
      made(i, `${word(i)} ${word(i >> 3)} ${word(i >> 5)} of kind${i % 700} failed <*>`, 10),
    );
    const { clusters } = await desk(many);
    // a clock by which every piece of work has taken its turn
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    const turns = vi.spyOn(globalThis, 'setImmediate');
    const run = await clusters.run({}, 'incident');
    expect(run.items).toBe(2_000);
    expect(turns.mock.calls.length).toBeGreaterThan(2 * run.clusters.length);
    clock.mockRestore();
    turns.mockRestore();
  });

  it('tell of a cluster how often, when last, how long as a rule, and what worked', async () => {
    const [a, b, c] = POOL.map((incident, i) => ({
      ...incident,
      remedies: [{ ...WIPE, worked: i === 2 }, ...(i === 0 ? [] : [{ ...RESTART, worked: true }])],
    }));
    if (!a || !b || !c) throw new Error('three are made');
    const { clusters } = await desk([a, b, c, ...PAPER]);
    const pool = ofPool(await clusters.run({}, 'incident'));
    expect(pool).toMatchObject({ lines: 80, worst: null, firstAt: HOUR });
    expect(pool?.record).toEqual({
      severity: 'high',
      lastBegan: 5 * HOUR,
      open: 1,
      usualMs: 15 * MINUTE,
      remedies: [
        { ...RESTART, worked: 2, tried: 2 },
        { ...WIPE, worked: 1, tried: 3 },
      ],
    });
  });

  it('keep their clusters, ids and names over runs, a restart and newcomers', async () => {
    const site = await desk();
    const run = await site.clusters.run({}, 'incident');
    const id = ofPool(run)?.id ?? 0;
    await site.clusters.rename(id, 'プール枯渇');
    await site.clusters.pin(id, true);
    await site.restart();
    site.happen([...ALL, made(9, 'connection pool timeout (<*> of <*>)', 3)]);
    const later = await site.clusters.run({}, 'incident');
    expect([...partition(later).keys()].sort()).toEqual([...partition(run).keys()].sort());
    expect(partition(later).get(id)).toEqual(['inc-1', 'inc-2', 'inc-5', 'inc-9']);
    expect(ofPool(later)).toMatchObject({ name: { ja: 'プール枯渇' }, renamed: true, pinned: true });
    // one that is gone is missed by nobody
    site.happen(ALL.filter(({ id: gone }) => gone !== 'inc-1'));
    expect(partition(await site.clusters.run({}, 'incident')).get(id)).toEqual(['inc-2', 'inc-5']);
  });

  it('stand on a map of their own, with what they are', async () => {
    const { clusters } = await desk();
    await clusters.run({}, 'incident');
    const map = await clusters.draw('incident');
    expect(ClusterMap.parse(map)).toEqual(map);
    expect(pointsOf(map)).toHaveLength(ALL.length);
    const last = pointsOf(map).find((p) => p.lines === 60);
    expect(last).toMatchObject({ severity: 'high', level: null, lines: 60, novelty: 1, clusterId: null });
    expect(pointsOf(await clusters.map())).toEqual([]);
    await clusters.draw();
    expect(await clusters.map('incident')).toEqual(map);
  });

  it('and templates do not get in the way of each other', async () => {
    const { clusters } = await desk();
    const incidents = await clusters.run({}, 'incident');
    const templates = await clusters.run({});
    expect(await clusters.current('incident')).toEqual(incidents);
    const [own] = templates.clusters;
    const [other] = incidents.clusters;
    if (!own || !other) throw new Error('both kinds have clusters');
    expect(incidents.clusters.map((c) => c.id)).not.toContain(own.id);
    expect((await clusters.pin(own.id, true)).of).toBe('template');
    await expect(clusters.merge(own.id, [other.id])).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that are like nothing else are in no cluster, however few there are', async () => {
    const unlike = [ALONE, made(7, '気温が上がっています', 2), made(8, 'license expires in <*>', 2)];
    for (const some of [
      unlike,
      [...POOL.slice(0, 2), ...unlike],
      [...POOL.slice(0, 2), ...PAPER, ...unlike],
    ]) {
      const { clusters } = await desk(some);
      const run = await clusters.run({}, 'incident');
      expect(run.outliers).toHaveLength(unlike.length);
    }
  });

  it('none, or one, are no cluster', async () => {
    for (const some of [[], [ALONE]]) {
      const { clusters } = await desk(some);
      expect(await clusters.run({}, 'incident')).toMatchObject({ clusters: [], items: some.length });
      expect(pointsOf(await clusters.draw('incident'))).toHaveLength(some.length);
    }
  });
});

it('clusters and places of an earlier version are there after its store was opened', async () => {
  const dir = tempDir();
  const db = new Database(path.join(dir, 'toride.db'));
  db.exec(readFileSync(path.resolve(import.meta.dirname, '../../legacy/0080.sql'), 'utf8'));
  const kept = db.prepare<[], { members: string }>('SELECT members FROM clusters WHERE in_run = 1').all();
  const places = db.prepare<[], { template_id: number }>('SELECT template_id FROM cluster_places').all();
  db.close();
  const ids = new Set([
    ...kept.flatMap(({ members }) => JSON.parse(members) as number[]),
    ...places.map((p) => p.template_id),
  ]);
  const store = await openStore(dir);
  const clock = new ManualClock(0);
  const clusters = createClusters({
    store,
    logs: madeLogs([...ids].map((id) => ({ id, text: `message ${id}` }))).logs,
    dataDir: dir,
    clock,
    tasks: new Tasks(clock, silentLog),
    log: silentLog,
    findable: () => [],
  });
  expect((await clusters.current())?.clusters).toHaveLength(kept.length);
  expect(pointsOf(await clusters.map())).toHaveLength(places.length);
  expect(await clusters.current('incident')).toBeNull();
  await clusters.close();
  await store.close();
});
