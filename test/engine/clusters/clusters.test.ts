import { describe, expect, it } from 'vitest';
import type { ClusterRun } from '../../../main/clusters/contract/clusters.ts';
import {
  ClusterMap,
  IndexStatus,
  LogHit,
  ClusterRun as RunSchema,
} from '../../../main/clusters/contract/clusters.ts';
import { pointsOf } from '../../../main/clusters/contract/map-points.ts';
import { createClusters, type Findable } from '../../../main/clusters/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { openStore } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';
import { type Made, madeLogs } from './made-logs.ts';
import { openClusters } from './open-clusters.ts';

/** Six messages of a site's systems, each in several wordings, and some that are like nothing else. */
const KINDS: readonly (readonly string[])[] = [
  [
    'connection pool timeout after <*>',
    'connection pool timeout, <*> waiting',
    'connection pool timeout on <*>',
    'connection pool timeout: retry <*>',
  ],
  [
    'authentication failure for <*>',
    'authentication failure; rhost=<*>',
    'authentication failure from <*> port <*>',
    'Kerberos authentication failure <*>',
  ],
  [
    'スキャナの紙詰まりを検知しました <*>',
    'スキャナの紙詰まりを解消しました <*>',
    'スキャナの紙詰まり: トレイ <*>',
  ],
  [
    'checkpoint complete: wrote <*> buffers',
    'checkpoint complete in <*>',
    'checkpoint complete, <*> buffers recycled',
  ],
  [
    '夜間バッチの集計を開始しました <*>',
    '夜間バッチの集計が完了しました <*>',
    '夜間バッチの集計が中断しました <*>',
  ],
  ['hash table entries <*> order <*>', 'inode hash table entries <*>', 'dentry hash table entries <*> bytes'],
];
const ALONE = ['kernel panic', '気温が上がっています <*>', 'license expires in <*>'];
const SERVICES = ['db-main', 'auth', 'ocr', 'db-main', 'batch', 'kernel'];
const SITE: readonly Made[] = [
  ...KINDS.flatMap((texts, kind) => texts.map((text) => ({ text, service: SERVICES[kind] ?? '' }))),
  ...ALONE.map((text) => ({ text, service: 'other' })),
].map((made, i) => ({ ...made, id: i + 1, lines: 10 * (i + 1), level: i % 4 === 0 ? 'error' : 'info' }));
const kindOf = (text: string): number => KINDS.findIndex((texts) => texts.includes(text));

async function desk(site: readonly Made[] = SITE, findable: readonly Findable[] = [], dir = tempDir()) {
  const made = madeLogs(site);
  const opened = await openClusters({ logs: made.logs, findable: () => findable, dir });
  return Object.assign(opened, made);
}
const named = (run: ClusterRun): Map<number, string> => new Map(run.clusters.map((c) => [c.id, c.name.en]));

describe('a run', () => {
  it('puts what is alike together, names it, and leaves the rest outside', async () => {
    const { clusters } = await desk();
    expect(await clusters.current()).toBeNull();
    const run = await clusters.run({ minPoints: 3 });
    expect(RunSchema.parse(run)).toEqual(run);
    const text = new Map(SITE.map((made) => [made.id, made.text]));
    for (const { members } of run.clusters)
      expect(new Set(members.map((id) => kindOf(text.get(id) ?? ''))).size).toBe(1);
    expect(run.clusters.length).toBeGreaterThanOrEqual(5);
    expect([...named(run).values()].join('\n')).toMatch(/connection pool timeout/);
    expect(run.clusters.map((c) => c.name.ja).join('\n')).toMatch(/紙詰/);
    expect(run.outliers.length + run.clusters.reduce((sum, c) => sum + c.members.length, 0)).toBe(
      SITE.length,
    );
    expect(await clusters.current()).toEqual(run);
  });

  it('tells of each cluster what its templates are: lines, services, the worst level, first and last', async () => {
    const { clusters } = await desk();
    const run = await clusters.run({ minPoints: 3 });
    const pool = run.clusters.find((c) => c.name.en.includes('pool'));
    expect(pool).toMatchObject({
      members: [1, 2, 3, 4],
      lines: 100,
      services: ['db-main'],
      worst: 'error',
      firstAt: 1_000,
      lastAt: 2_000_000,
    });
    expect(pool?.spread).toBeGreaterThan(0);
    expect(pool?.spread).toBeLessThan(0.5);
  });

  it('shows the k-distance curve, its knee, the eps used, and how far both methods agree', async () => {
    const { clusters } = await desk();
    const run = await clusters.run({ minPoints: 3 });
    expect(run.kDistance).toHaveLength(SITE.length);
    expect([...run.kDistance]).toEqual([...run.kDistance].sort((a, b) => a - b));
    expect(run.eps).toBeGreaterThan(0);
    expect(run.knee).toBeGreaterThan(0);
    expect(run.agreement).toBeGreaterThan(0.5);
    const given = await clusters.run({ minPoints: 3, eps: 0.001 });
    expect(given).toMatchObject({ eps: 0.001, clusters: [] });
    expect(given.params).toEqual({ method: 'dbscan', eps: 0.001, minPoints: 3 });
    expect((await clusters.run({ method: 'hdbscan', minPoints: 3 })).clusters.length).toBeGreaterThan(3);
  });

  it('is the same whatever order templates are listed in', async () => {
    const partition = async (site: readonly Made[]): Promise<string[]> =>
      (await (await desk(site)).clusters.run({ minPoints: 3 })).clusters
        .map((c) => `${c.name.ja} ${c.members}`)
        .sort();
    expect(await partition([...SITE].reverse())).toEqual(await partition(SITE));
  });

  it('copes with no template, one, all the same, all noise', async () => {
    const one = SITE[0]!;
    const same = Array.from({ length: 12 }, (_, i) => ({ ...one, id: i + 1 }));
    for (const [site, clusters] of [
      [[], 0],
      [[one], 0],
      [same, 1],
      [same.map((made) => ({ ...made, noise: true })), 0],
    ] as const) {
      const { clusters: door } = await desk(site);
      const run = await door.run({});
      expect(run.clusters).toHaveLength(clusters);
      expect(pointsOf(await door.draw())).toHaveLength(run.items);
      expect(RunSchema.parse(run)).toEqual(run);
    }
  });

  it('can be stopped; what was there before stays', async () => {
    const many = Array.from({ length: 2_500 }, (_, i) => ({
      id: i + 1,
      text: `message of kind ${(i * 7919) % 2_500} and part ${i}`,
    }));
    const { clusters, tasks } = await desk(many);
    const running = clusters.run({});
    const stop = tasks.changed.on((task) => {
      if (task.state === 'running' && task.stage === 'neighbours') tasks.cancel(task.id);
    });
    await expect(running).rejects.toBeInstanceOf(Cancelled);
    stop();
    expect(await clusters.current()).toBeNull();
    expect(tasks.list()[0]).toMatchObject({ kind: 'clusters', state: 'cancelled' });
    expect((await clusters.run({ eps: 0.1 })).items).toBe(2_500);
  });
});

describe('from run to run', () => {
  it('ids and names stay when one in twenty templates is new', async () => {
    const site = await desk();
    const before = named(await site.clusters.run({ minPoints: 3 }));
    site.put(
      { id: 100, text: 'connection pool timeout (<*> of <*>)' },
      { id: 101, text: '夜間バッチの集計を再開しました <*>' },
    );
    const run = await site.clusters.run({ minPoints: 3 });
    for (const [id, name] of before) expect(named(run).get(id)).toBe(name);
    expect(run.clusters.find((c) => c.members.includes(100))?.name.en).toMatch(/connection pool/);
  });

  it('all is kept over a restart', async () => {
    const site = await desk();
    const run = await site.clusters.run({ minPoints: 3 });
    const map = await site.clusters.draw();
    await site.restart();
    expect(await site.clusters.current()).toEqual(run);
    expect(await site.clusters.map()).toEqual(map);
    expect((await site.clusters.run({ minPoints: 3 })).clusters.map((c) => c.id)).toEqual(
      run.clusters.map((c) => c.id),
    );
  });

  it('a template that was absorbed since is counted where it is now', async () => {
    const site = await desk();
    await site.clusters.run({ minPoints: 3 });
    site.absorb(4, 1);
    const pool = (await site.clusters.current())?.clusters.find((c) => c.name.en.includes('pool'));
    expect(pool?.members).toEqual([1, 2, 3]);
  });
});

describe('what a person decides', () => {
  it('a name given wins, stays in later runs, and can be taken back', async () => {
    const site = await desk();
    const { id, name } = (await site.clusters.run({ minPoints: 3 })).clusters[0]!;
    const renamed = (await site.clusters.rename(id, '  プール枯渇 ')).clusters.find((c) => c.id === id);
    expect(renamed).toMatchObject({ name: { ja: 'プール枯渇', en: 'プール枯渇' }, renamed: true });
    const later = (await site.clusters.run({ minPoints: 3 })).clusters.find((c) => c.id === id);
    expect(later?.name.ja).toBe('プール枯渇');
    expect((await site.clusters.rename(id, null)).clusters.find((c) => c.id === id)).toMatchObject({
      name,
      renamed: false,
    });
  });

  it('a pinned cluster is there in later runs even when nothing is found', async () => {
    const site = await desk();
    const { id, members } = (await site.clusters.run({ minPoints: 3 })).clusters[0]!;
    await site.clusters.pin(id, true);
    const later = await site.clusters.run({ minPoints: 3, eps: 0.001 });
    expect(later.clusters.map((c) => [c.id, c.members, c.pinned])).toEqual([[id, members, true]]);
    await site.clusters.pin(id, false);
    expect((await site.clusters.run({ minPoints: 3, eps: 0.001 })).clusters).toEqual([]);
  });

  it('merged clusters are one, now and in later runs', async () => {
    const site = await desk();
    const run = await site.clusters.run({ minPoints: 3 });
    const [a, b, c] = run.clusters;
    const merged = await site.clusters.merge(a!.id, [b!.id, c!.id]);
    const whole = [...a!.members, ...b!.members, ...c!.members].sort((x, y) => x - y);
    expect(merged.clusters.find((x) => x.id === a!.id)?.members).toEqual(whole);
    expect(merged.clusters).toHaveLength(run.clusters.length - 2);
    const later = await site.clusters.run({ minPoints: 3 });
    expect(later.clusters.find((x) => x.id === a!.id)?.members).toEqual(whole);
    await expect(site.clusters.rename(b!.id, 'gone')).rejects.toMatchObject({ code: 'not-found' });
    // weeks later it can still be told what was merged, and each taken out
    expect(later.clusters.find((x) => x.id === a!.id)).toMatchObject({
      parts: [c, b].map((x) => ({ id: x!.id, name: x!.name, members: x!.members.length })),
      history: [{ what: 'merged', others: [b!.name, c!.name] }],
    });
    // undone: each is what it was
    const undone = await site.clusters.unmerge([
      { id: b!.id, pinned: false },
      { id: c!.id, pinned: true },
    ]);
    const seen = (x: { id: number; members: readonly number[]; pinned: boolean }) => [
      x.id,
      x.members,
      x.pinned,
    ];
    expect(undone.clusters.map(seen).sort()).toEqual(
      run.clusters.map((x) => seen(x.id === c!.id ? { ...x, pinned: true } : x)).sort(),
    );
    expect(undone.clusters.find((x) => x.id === a!.id)).toMatchObject({
      parts: [],
      history: [{ what: 'merged' }, { what: 'unmerged', others: [b!.name, c!.name] }],
    });
    await expect(site.clusters.unmerge([{ id: a!.id, pinned: false }])).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('of a cluster that is not there is refused', async () => {
    const site = await desk();
    await site.clusters.run({ minPoints: 3 });
    await expect(site.clusters.pin(999, true)).rejects.toMatchObject({ code: 'not-found' });
    await expect(site.clusters.merge(999, [1])).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the map', () => {
  it('has every template with what it is, in 0…1, and stays when some are new', async () => {
    const site = await desk();
    await site.clusters.run({ minPoints: 3 });
    const map = await site.clusters.draw();
    expect(ClusterMap.parse(map)).toEqual(map);
    expect(pointsOf(map)).toHaveLength(SITE.length);
    expect(
      pointsOf(map).every(
        (p) => p.x >= 0 && p.x <= 1 && p.y >= 0 && p.y <= 1 && p.novelty >= 0 && p.novelty <= 1,
      ),
    ).toBe(true);
    expect(pointsOf(map).find((p) => p.id === 1)).toMatchObject({
      service: 'db-main',
      level: 'error',
      lines: 10,
    });
    expect(pointsOf(map).some((p) => p.clusterId !== null)).toBe(true);
    site.put({ id: 100, text: 'connection pool timeout again <*>' });
    const later = await site.clusters.draw();
    const moved = pointsOf(map).map((p) => {
      const q = pointsOf(later).find((other) => other.id === p.id);
      return Math.hypot(p.x - (q?.x ?? 9), p.y - (q?.y ?? 9));
    });
    expect(moved.sort((a, b) => a - b)[moved.length >> 1]).toBeLessThan(0.1);
  });

  it('shows what is new and like nothing else as novel', async () => {
    const site = await desk([
      ...SITE,
      { id: 500, text: 'unexpected quorum loss in shard <*>', firstAt: 2_000_000 },
    ]);
    const map = await site.clusters.draw();
    const novelty = (id: number): number => pointsOf(map).find((p) => p.id === id)?.novelty ?? -1;
    expect(novelty(500)).toBeGreaterThan(novelty(1));
    expect(novelty(500)).toBeGreaterThan(0.7);
  });
});

describe('search', () => {
  const incidents: readonly Findable[] = [
    {
      id: 'inc-1',
      title: { ja: 'プール枯渇', en: 'プール枯渇' },
      text: 'データベースの接続プールが枯渇した',
      service: 'db-main',
      at: 5_000,
    },
    {
      id: 'inc-2',
      title: { ja: '紙詰まり', en: '紙詰まり' },
      text: '紙詰まりが続いた',
      service: 'ocr',
      at: 9_000,
    },
  ];

  it('finds by words and by what they mean, across languages', async () => {
    const { clusters } = await desk();
    const { hits } = await clusters.search({ text: 'connection pool' });
    for (const hit of hits) expect(LogHit.parse(hit)).toEqual(hit);
    expect(
      hits
        .slice(0, 4)
        .map((h) => h.id)
        .sort(),
    ).toEqual(['1', '2', '3', '4']);
    expect(hits[0]).toMatchObject({ kind: 'template', lexicalRank: expect.any(Number) });
    const { hits: crossed, widened } = await clusters.search({ text: '認証の失敗' });
    expect(crossed[0]?.text).toMatch(/authentication failure/);
    expect(widened[0]?.found).toContain('authentication');
    expect((await clusters.search({ text: '集計' })).hits[0]?.text).toMatch(/夜間バッチ/);
  });

  it('finds incidents beside templates', async () => {
    const { clusters } = await desk(SITE, incidents);
    const { hits } = await clusters.search({ text: '紙詰まり', limit: 5 });
    expect(hits.some((h) => h.kind === 'incident' && h.id === 'inc-2' && h.lastAt === 9_000)).toBe(true);
    expect(
      (await clusters.search({ text: '紙詰まり', to: 8_000 })).hits.some((h) => h.kind === 'incident'),
    ).toBe(false);
    expect(
      (await clusters.search({ text: '紙詰まり', services: ['db-main'] })).hits.map((h) => h.id),
    ).not.toContain('inc-2');
  });

  it('keeps to service, level, source and time through the roll-ups', async () => {
    const { clusters, asked } = await desk();
    const { hits } = await clusters.search({
      text: 'connection pool timeout',
      services: ['db-main'],
      levels: ['error'],
      sources: ['a'],
      from: 1,
      to: 2,
    });
    expect(asked).toEqual([{ services: ['db-main'], levels: ['error'], sources: ['a'], from: 1, to: 2 }]);
    expect(hits.map((h) => h.id)).toContain('1');
    expect(hits.map((h) => h.id)).not.toContain('2');
    expect(hits.every((h) => h.service === 'db-main')).toBe(true);
  });

  it('finds a name a person gave, and what came a moment ago; hides noise and what is gone', async () => {
    const site = await desk();
    expect((await site.clusters.search({ text: 'ハンコ' })).hits).toEqual([]);
    site.put({ id: 100, text: 'stamp <*> missing', name: 'ハンコ待ち' });
    expect((await site.clusters.search({ text: 'ハンコ' })).hits.map((h) => h.id)).toEqual(['100']);
    site.put({ id: 100, text: 'stamp <*> missing', name: 'ハンコ待ち', noise: true });
    expect((await site.clusters.search({ text: 'ハンコ' })).hits).toEqual([]);
    site.remove(1, 2, 3, 4);
    expect((await site.clusters.search({ text: 'connection pool' })).hits.map((h) => h.id)).not.toContain(
      '1',
    );
  });

  it('answers nothing to nothing', async () => {
    const { clusters } = await desk();
    expect((await clusters.search({ text: '   ' })).hits).toEqual([]);
    expect((await clusters.search({ text: '!!!' })).hits).toEqual([]);
    expect((await clusters.search({ text: 'zzzzqqqq' })).hits).toEqual([]);
    expect((await clusters.search({ text: 'pool', limit: 2 })).hits).toHaveLength(2);
  });
});

describe('novelty and likeness', () => {
  it('of a template is how far the nearest older ones are', async () => {
    const { clusters } = await desk();
    await clusters.refresh();
    expect(clusters.novelty(1)).toEqual({ distance: null, nearest: null });
    const like = clusters.novelty(4);
    const unlike = clusters.novelty(SITE.length);
    expect(like.nearest?.templateId).toBeLessThan(4);
    expect(like.distance).toBeLessThan(0.5);
    expect(unlike.distance).toBeGreaterThan(0.6);
    expect(clusters.novelty(12_345)).toEqual({ distance: null, nearest: null });
  });

  it('of two sets is the cosine of their mean vectors', async () => {
    const { clusters } = await desk();
    await clusters.refresh();
    expect(clusters.similarity([1, 2], [3, 4])).toBeGreaterThan(0.7);
    expect(clusters.similarity([1, 2], [8, 9])).toBeLessThan(0.4);
    expect(clusters.similarity([1, 2], [1, 2])).toBeCloseTo(1, 5);
    expect(clusters.similarity([], [1])).toBe(0);
  });

  it('are known before the first refresh too', async () => {
    const { clusters } = await desk();
    expect(clusters.similarity([1, 2], [3, 4])).toBeGreaterThan(0.7);
  });
});

describe('the indexes', () => {
  it('say what they hold, who answers, and how many embeddings came from the cache', async () => {
    const site = await desk();
    expect(site.clusters.indexes()[0]).toMatchObject({ vectors: 0, cacheHitRate: null });
    await site.clusters.refresh();
    const [templates, incidents] = site.clusters.indexes().map((status) => IndexStatus.parse(status));
    expect(templates).toEqual({
      name: 'templates',
      embedder: 'hashed-concepts-2',
      dimensions: 384,
      vectors: SITE.length,
      mode: 'exact',
      state: 'ready',
      cacheHitRate: 0,
      recall: null,
      fileBytes: null,
    });
    expect(incidents).toMatchObject({ name: 'incidents', vectors: 0 });
    await site.restart();
    await site.clusters.refresh();
    expect(site.clusters.indexes()[0]?.cacheHitRate).toBe(1);
    expect(await site.clusters.rebuild('templates')).toMatchObject({ state: 'ready', vectors: SITE.length });
    await expect(site.clusters.rebuild('nothing')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('hold past incidents soon after the start, and newer ones once they are looked for or the index is made anew', async () => {
    const incident = (n: number): Findable => ({
      id: `inc-${n}`,
      title: { ja: `障害 ${n}`, en: `incident ${n}` },
      text: `接続プールが枯渇した ${n}`,
      service: 'db-main',
      at: n,
    });
    const past = [incident(1), incident(2)];
    const site = await desk(SITE, past);
    site.clock.advance(2_000);
    await expect.poll(() => site.clusters.indexes()[1]?.vectors).toBe(2);
    past.push(incident(3));
    expect(await site.clusters.rebuild('incidents')).toMatchObject({ vectors: 3, state: 'ready' });
  });

  it('hold past incidents also where they could not be had at first', async () => {
    let asked = 0;
    let isBroken = true;
    const past: Findable = {
      id: 'inc-1',
      title: { ja: '障害', en: 'incident' },
      get text() {
        asked++;
        if (isBroken) throw new Error('not now');
        return '接続プールが枯渇した';
      },
      service: 'db-main',
      at: 1,
    };
    const site = await desk(SITE, [past]);
    site.clock.advance(2_000);
    await expect.poll(() => asked).toBeGreaterThan(0);
    isBroken = false;
    await expect
      .poll(() => {
        site.clock.advance(2_000);
        return site.clusters.indexes()[1]?.vectors;
      })
      .toBe(1);
  });

  it('take up changes by themselves', async () => {
    const site = await desk();
    site.clock.advance(2_000);
    await expect.poll(() => site.clusters.indexes()[0]?.vectors).toBe(SITE.length);
    site.put({ id: 100, text: 'something new <*>' });
    site.clock.advance(2_000);
    await expect.poll(() => site.clusters.indexes()[0]?.vectors).toBe(SITE.length + 1);
  });

  it('work with another embedder, of another length', async () => {
    const dir = tempDir();
    const store = await openStore(dir);
    const clock = new ManualClock(0);
    const clusters = createClusters({
      store,
      logs: madeLogs(SITE).logs,
      dataDir: dir,
      clock,
      tasks: new Tasks(clock, silentLog),
      log: silentLog,
      findable: () => [],
      embedder: {
        id: 'letters',
        dimensions: 26,
        embed: async (texts) =>
          texts.map((text) => {
            const counts = new Float32Array(26);
            for (const c of text.toLowerCase()) {
              const i = c.charCodeAt(0) - 97;
              if (i >= 0 && i < 26) counts[i] = (counts[i] ?? 0) + 1;
            }
            const length = Math.hypot(...counts) || 1;
            return counts.map((x) => x / length);
          }),
      },
    });
    expect(await clusters.run({})).toMatchObject({ embedder: 'letters', items: SITE.length });
    expect(clusters.indexes()[0]).toMatchObject({ embedder: 'letters', dimensions: 26 });
    await clusters.close();
    await store.close();
  });
});
