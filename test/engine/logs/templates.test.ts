import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { Emitter } from '../../../main/kernel/events.ts';
import { openLog } from '../../../main/kernel/log.ts';
import { type Level, type LogsChange, type LogTemplates, Miner } from '../../../main/logs/index.ts';
import type { TemplateCount } from '../../../main/logs/manage/keep-templates.ts';
import {
  countStatements,
  savedTemplates,
  templateStatements,
  uncountStatements,
} from '../../../main/logs/manage/keep-templates.ts';
import type { RunSplit } from '../../../main/logs/manage/split-job.ts';
import { createTemplates } from '../../../main/logs/manage/templates.ts';
import { parametersOf } from '../../../main/logs/mine/align-parameters.ts';
import { openStore, run, type Store, sql } from '../../../main/store/index.ts';
import { foldText } from '../../../main/vectors/index.ts';
import { tempDir } from '../../helpers/temp.ts';

type Line = { readonly text: string; readonly level: Level | null; readonly service: string };
type Kept = Line & { template: number; readonly at: number };

/** Ingest without files: lines stay in memory, what is known of their templates goes through the real store. */
class Site {
  readonly store: Store;
  readonly clock = new ManualClock(1_000_000);
  readonly changed = new Emitter<LogsChange>();
  readonly templates: LogTemplates;
  readonly lines: Kept[];
  private miner: Miner;
  private readonly services = new Map<string, number>();

  constructor(store: Store, dir: string, lines: Kept[] = []) {
    this.store = store;
    this.lines = lines;
    const { saved, rules } = savedTemplates(store.read);
    this.miner = new Miner(undefined, saved);
    this.miner.setRules(rules);
    this.templates = createTemplates({
      store,
      clock: this.clock,
      log: openLog(path.join(dir, 'logs'), this.clock),
      changed: this.changed,
      fold: foldText,
      rules: async (given) => this.miner.setRules(given),
      split: this.split,
    });
  }
  async take(lines: readonly (string | Partial<Line>)[]): Promise<number[]> {
    const kept = lines.map((given): Kept => {
      const line = {
        level: null,
        service: 'entry',
        text: '',
        ...(typeof given === 'string' ? { text: given } : given),
      };
      this.clock.advance(1000);
      const { template } = this.miner.add(line.text, line.level ?? undefined);
      return { ...line, template, at: this.clock.now() };
    });
    this.lines.push(...kept);
    await this.store.write([
      ...[...new Set(kept.map((l) => l.service))].map((name) =>
        run(sql`INSERT OR IGNORE INTO log_names (name_id, name) VALUES (${this.service(name)}, ${name})`),
      ),
      ...templateStatements(this.miner.takeChanges(), this.clock.now()),
      ...countStatements(kept.map((l) => this.count(l, l.template))),
    ]);
    return kept.map((l) => l.template);
  }
  private readonly split: RunSplit = async (job) => {
    const made = this.miner.split(job.id, job.parameter, job.values);
    const targets = new Map(job.values.map((value, i) => [value, made[i] ?? job.id]));
    const sorter = (text: string): number | null => {
      const [start, end] = parametersOf(job.parts, text, text)[job.parameter] ?? [0, 0];
      return targets.get(text.slice(start, end)) ?? null;
    };
    const moved = this.lines.flatMap((line) => {
      const to = job.family.includes(line.template) ? sorter(line.text) : null;
      return to === null ? [] : [{ line, to }];
    });
    await this.store.write([
      ...templateStatements(this.miner.takeChanges(), this.clock.now()),
      ...moved.flatMap(({ line }) => uncountStatements([this.count(line, line.template)])),
      ...countStatements(moved.map(({ line, to }) => this.count(line, to))),
      ...job.statements(made),
    ]);
    for (const { line, to } of moved) line.template = to;
    return made;
  };
  private service(name: string): number {
    if (!this.services.has(name)) this.services.set(name, this.services.size + 1);
    return this.services.get(name) ?? 0;
  }
  private count({ level, service, at }: Kept, template: number): TemplateCount {
    return { template, sourceId: 's', service: this.service(service), level, lines: 1, minAt: at, maxAt: at };
  }
  /** Lines by the template they are counted under, from the lines themselves. */
  recount(): Map<number, number> {
    const counts = new Map<number, number>();
    for (const { template } of this.lines) {
      const root = this.templates.resolve(template);
      counts.set(root, (counts.get(root) ?? 0) + 1);
    }
    return counts;
  }
  listed(): Map<number, number> {
    return new Map(this.templates.list({ noise: true }).templates.map((t) => [t.id, t.lines]));
  }
  texts(): string[] {
    return this.templates.list({ sort: 'id' }).templates.map((t) => t.text);
  }
}
async function site(): Promise<Site> {
  const dir = tempDir();
  return new Site(await openStore(dir), dir);
}
const door = (name: string, state: string): string => `door ${name} of hall 3 is now ${state}`;

test('templates are listed with their exact counts, services, level and times', async () => {
  const { take, templates } = bound(await site());
  await take([
    { text: 'session opened for user alice', service: 'auth', level: 'info' },
    { text: 'session opened for user bob', service: 'portal', level: 'info' },
    { text: 'session opened for user carol', service: 'portal', level: 'info' },
    { text: 'disk 4 is full', service: 'store', level: 'error' },
  ]);
  expect(templates.list()).toMatchObject({
    total: 2,
    templates: [
      {
        id: 1,
        text: 'session opened for user <*>',
        lines: 3,
        services: ['portal', 'auth'],
        level: 'info',
        firstAt: 1_001_000,
        lastAt: 1_003_000,
      },
      { text: 'disk <*> is full', lines: 1, services: ['store'], level: 'error' },
    ],
  });
  expect(templates.list({ services: ['auth'] }).total).toBe(1);
  expect(templates.list({ levels: ['error'] }).templates[0]?.text).toBe('disk <*> is full');
  expect(templates.list({ sort: 'rarest', limit: 1 })).toMatchObject({ total: 2, templates: [{ lines: 1 }] });
  // an absorbed number gives the template it belongs to
  expect(templates.get(2)?.id).toBe(1);
  expect(templates.get(99)).toBeNull();
});

test('while lines come in, one template is told exactly without counting all of them afresh', async () => {
  const s = await site();
  const [saved = 0] = await s.take(['page 1 of the list was saved', 'page 2 of the list was saved']);
  const [wants = 0] = await s.take(['printer 7 wants paper now']);
  await s.templates.merge(saved, [wants], 'sato');
  const everything = vi.spyOn(s.store.read, 'iterate');
  for (const lines of [4, 5, 6]) {
    await s.take([`printer ${lines} wants paper now`]);
    expect(s.templates.get(saved)).toMatchObject({ lines, services: ['entry'], lastAt: s.clock.now() });
  }
  expect(everything).not.toHaveBeenCalled();
  expect(s.listed().get(saved)).toBe(6);
});

test('search folds width, case and kana; noise is hidden until asked for', async () => {
  const { take, templates } = bound(await site());
  const [printer = 0] = await take([
    'プリンターが応答しません',
    'Database TIMEOUT after 31 ms',
    'heartbeat ok from here',
  ]);
  expect(templates.list({ text: 'ぷりんたー' }).templates.map((t) => t.id)).toEqual([printer]);
  expect(templates.list({ text: 'ｔｉｍｅｏｕｔ database' }).total).toBe(1);
  await templates.mark(3, 'noise', 'mori');
  expect(templates.list().total).toBe(2);
  expect(templates.list({ noise: true }).total).toBe(3);
  expect(templates.list({ mark: 'noise' }).templates.map((t) => t.id)).toEqual([3]);
  await templates.rename(2, 'DB の待ち', 'mori');
  expect(
    templates.list({ text: 'dbの待ち' }).total + templates.list({ text: 'DB の待ち' }).total,
  ).toBeGreaterThan(0);
});

test('a merge moves counts at once, can be taken back, and nothing it does ends in a circle', async () => {
  const s = await site();
  const { take, templates } = bound(s);
  const [a = 0, b = 0, c = 0] = await take([
    'GET the page of orders',
    'POST the page of orders',
    'PUT the page of orders',
  ]);
  await take(['POST the page of orders', 'PUT the page of orders']);
  expect(await templates.merge(a, [b], 'mori')).toMatchObject({ id: a, lines: 3, merged: [b] });
  expect([templates.textOf(b), templates.textOf(4711)]).toEqual(['POST the page of orders', '']);
  expect(await templates.merge(c, [a], 'mori')).toMatchObject({ id: c, lines: 5 });
  // all are one already
  expect(await templates.merge(b, [c, a], 'mori')).toMatchObject({ id: c, lines: 5 });
  expect(templates.resolve(b)).toBe(c);
  expect([...templates.family(b)].sort()).toEqual([a, b, c]);
  expect(s.listed()).toEqual(s.recount());
  expect(await templates.unmerge(a, 'mori')).toMatchObject({ id: a, lines: 3 });
  expect(await templates.unmerge(b, 'mori')).toMatchObject({ id: b, lines: 2 });
  expect(s.listed()).toEqual(s.recount());
  expect(templates.history(b).map((h) => [h.what, h.others, h.actor])).toEqual([
    ['unmerged', [a], 'mori'],
    ['merged', [a], 'mori'],
    ['created', [], null],
  ]);
});

test('a locked template is neither widened nor absorbed, over restarts too', async () => {
  const s = await site();
  const { take, templates } = bound(s);
  const [locked = 0] = await take(['session opened for user root']);
  await templates.lock(locked, true, 'mori');
  await take([
    'session opened for user alice',
    'session opened for user bob',
    'session opened for user carol',
  ]);
  await take(['session opened for user root']);
  expect(s.texts()).toEqual(['session opened for user root', 'session opened for user <*>']);
  expect(s.listed()).toEqual(
    new Map([
      [locked, 2],
      [2, 3],
    ]),
  );
  const again = new Site(s.store, tempDir(), s.lines);
  expect(await again.take(['session opened for user root', 'session opened for user dave'])).toEqual([
    locked,
    2,
  ]);
  await again.templates.lock(locked, false, 'mori');
  await again.take(['session opened for user eve']);
  expect(again.listed()).toEqual(again.recount());
});

test('digits in the words of a locked template stay as they are', async () => {
  const { take, templates } = bound(await site());
  const [eth0 = 0] = await take(['link eth0 is up now']);
  await templates.lock(eth0, true, 'mori');
  const [eth1 = 0, again = 0, eth2 = 0] = await take([
    'link eth1 is up now',
    'link eth0 is up now',
    'link eth2 is up now',
  ]);
  expect(again).toBe(eth0);
  expect(eth1).not.toBe(eth0);
  expect(eth2).toBe(eth1);
  expect([templates.get(eth0)?.text, templates.get(eth1)?.text]).toEqual([
    'link eth0 is up now',
    'link eth<*> is up now',
  ]);
});

test('a split gives values templates of their own: stored lines move, new ones follow, counts stay exact', async () => {
  const s = await site();
  const { take, templates } = bound(s);
  await take(['gate', 'east', 'west', 'roof', 'back', 'side', 'main'].map((name) => door(name, 'shut')));
  const id = templates.list().templates[0]?.id ?? 0;
  expect(s.texts()).toEqual(['door <*> of hall <*> is now shut']);
  const made = await templates.split(id, 0, ['roof', 'main'], 'mori');
  expect(made.map((t) => [t.text, t.lines])).toEqual([
    ['door <*> of hall <*> is now shut', 5],
    ['door roof of hall <*> is now shut', 1],
    ['door main of hall <*> is now shut', 1],
  ]);
  const [, roof] = made;
  expect(await take([door('roof', 'shut'), door('attic', 'shut')])).toEqual([roof?.id, id]);
  expect(s.listed()).toEqual(s.recount());
  // again after a restart, and a part of a part
  const again = new Site(s.store, tempDir(), s.lines);
  expect(await again.take([door('roof', 'shut')])).toEqual([roof?.id]);
  const [, third] = await again.templates.split(roof?.id ?? 0, 0, ['3'], 'mori');
  expect(third).toMatchObject({ text: 'door roof of hall 3 is now shut', lines: 3 });
  expect(await again.take([door('roof', 'shut')])).toEqual([third?.id]);
  expect(again.listed()).toEqual(again.recount());
  await expect(templates.split(id, 7, ['x'], 'mori')).rejects.toMatchObject({
    code: 'logs.no-such-parameter',
  });
  await expect(templates.rename(4711, 'x', 'mori')).rejects.toMatchObject({ code: 'not-found' });
});

test('a split taken back is one template again, with all its lines and those that come later', async () => {
  const s = await site();
  const { take, templates } = bound(s);
  await take(['gate', 'east', 'west', 'roof', 'back', 'side', 'main'].map((name) => door(name, 'shut')));
  const id = templates.list().templates[0]?.id ?? 0;
  const parts = (await templates.split(id, 0, ['roof', 'main'], 'mori'))
    .map((made) => made.id)
    .filter((made) => made !== id);
  await templates.merge(id, parts, 'mori');
  await take([door('roof', 'shut'), door('attic', 'shut')]);
  expect(templates.list().templates).toMatchObject([{ id, lines: 9 }]);
  expect(s.listed()).toEqual(s.recount());
});

test('what changed is told once, and decisions reach everybody who asks', async () => {
  const s = await site();
  const { take, templates } = bound(s);
  const told: LogsChange[] = [];
  s.changed.on((change) => told.push(change));
  const [id = 0] = await take(['the gate was left open']);
  await templates.mark(id, 'known', 'mori');
  expect(told).toEqual([{ kind: 'templates', ids: [id] }]);
  expect(templates.get(id)).toMatchObject({ mark: 'known', name: null });
});

/** The two most used, so that tests read easily. */
function bound(s: Site): { take: Site['take']; templates: LogTemplates } {
  return { take: (lines) => s.take(lines), templates: s.templates };
}
