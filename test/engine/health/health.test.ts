// How the engine fares: sizes and their growth, when the disk is full, what took long; and a text for support that names nobody.
import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { wordFull, wordHealth } from '../../../main/health/contract/words.ts';
import { redact } from '../../../main/health/redact.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { tempDir } from '../../helpers/temp.ts';

const NOW = Date.UTC(2026, 10, 21, 5, 30);
const HOUR = 3_600_000;
/** the row that the first look at the sizes writes */
const keptSizes = (engine: Engine): number =>
  new Database(path.join(engine.services.dataDir, 'toride.db'), { readonly: true })
    .prepare("SELECT count(*) FROM settings WHERE key = 'sizes'")
    .pluck()
    .get() as number;

async function open(): Promise<{ engine: Engine; wall: ManualClock; dir: string }> {
  const wall = new ManualClock(NOW);
  const dir = tempDir();
  const engine = await startEngine({ dataDir: dir, schedule: false, wall });
  onTestFinished(() => engine.close());
  return { engine, wall, dir };
}

it('measures what lies in the data folder, and says from its growth when the disk is full', async () => {
  const { engine, wall, dir } = await open();
  onTestFinished(engine.services.health.start());
  const file = path.join(dir, 'models');
  const first = await engine.services.health.read();
  expect(first.stores.find((s) => s.name === 'wal')?.bytes).toBeGreaterThan(100_000);
  expect(first.disk).toMatchObject({ perDay: null, fullAt: null });
  expect(wordFull(first, 'ja', 'Asia/Tokyo')).toContain('6 時間');
  await expect.poll(() => keptSizes(engine)).toBe(1);
  const grown = first.disk.free / 1000;
  writeFileSync(file, '');
  truncateSync(file, Math.round(grown)); // a thousandth of what is free, in twelve hours: full in 500 days
  wall.advance(12 * HOUR);
  const then = await engine.services.health.read();
  expect(then.stores.find((s) => s.name === 'models')?.perDay).toBeCloseTo(grown * 2, -1);
  const days = ((then.disk.fullAt ?? 0) - then.at) / (24 * HOUR);
  expect(days).toBeGreaterThan(400);
  expect(days).toBeLessThan(510);
  expect(wordHealth(then, 'en', 'Asia/Tokyo').join('\n')).toMatch(/full at .*2028/);
});

it('counts what waits, and notes how long the solver took', async () => {
  const { engine } = await open();
  const { demo, health, placement } = engine.services;
  await demo.start({ scenario: 'shortage', seed: 5 });
  const { location } = engine.services.analytics.situation({}).rows[0] ?? { location: '' };
  for await (const event of placement.propose({ location })) expect(event.kind).toBeDefined();
  const { solver, queues } = await health.read();
  expect(solver[0]).toMatchObject({ name: 'HiGHS' });
  expect(solver[0]?.worstMs).toBeGreaterThan(0);
  expect(queues.map((q) => q.name)).toEqual(['writes', 'tasks', 'outbox', 'outboxFailed', 'unreadBytes']);
});

it('names nobody in what goes to support, and keeps what helps', async () => {
  const { engine, dir } = await open();
  const { demo, settings, approvals, health, logs, log } = engine.services;
  await demo.start({ scenario: 'normal', seed: 5 });
  await approvals.judge(
    () => ({ actor: '秘密 花子', action: 'rules.changed', subject: '1', body: {} }),
    () => settings.set({ userName: '秘密 花子' }),
  );
  const source = path.join(tempDir(), 'payroll.log');
  appendFileSync(source, '2026-11-21T05:30:00Z INFO ok\n');
  await logs.ingest({ file: source });
  log.error(`秘密 花子 at 10.1.2.3 wrote to boss@example.co.jp about ${source} in ${dir}`, {
    password: 'hunter2',
  });
  const { text, name } = await health.diagnostics();
  expect(name).toBe('toride-diagnostics-2026-11-21.json');
  const sites = engine.services.analytics.lookup().locations;
  expect(sites.length).toBeGreaterThan(1);
  for (const hidden of ['秘密', '10.1.2.3', 'boss@', 'payroll', dir, os.homedir(), 'hunter2', ...sites])
    expect(text, hidden).not.toContain(hidden);
  expect(JSON.parse(text)).toMatchObject({ about: { version: expect.any(String) }, health: { disk: {} } });
  expect(text).toMatch(/<person-\d+> at <address-\d+> wrote to <mail-\d+> about <file-\d+> in <folder-\d+>/);
});

it('replaces the longest first, each value by one placeholder, also of a hundred thousand people', () => {
  const people = Array.from({ length: 100_000 }, (_, i) => `従業員${i}号`);
  expect(redact('従業員7号, 従業員77777号, 従業員7号', { person: people })).toBe(
    '<person-1>, <person-2>, <person-1>',
  );
  expect(redact('/a/b/c in /a/b', { folder: ['/a/b'], file: ['/a/b/c'] })).toBe('<file-1> in <folder-1>');
});
