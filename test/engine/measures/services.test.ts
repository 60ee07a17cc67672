// What can be asked of a service: figures of the log lines that it wrote, over real stored lines.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import type { Query } from '../../../main/measures/contract/measures.ts';
import { asking } from '../../helpers/measures/open-measures.ts';

const BEGIN = Date.parse('2026-11-20T00:00:00Z');
const MINUTE = 60_000;
const clock = new ManualClock(BEGIN + 90 * MINUTE);
const told = (at: number, level: string, service: string, message: string): string =>
  JSON.stringify({ time: new Date(at).toISOString(), message, service, level });

let dir: string;
let engine: Engine;
const query = (given: Partial<Query> & Pick<Query, 'measures'>) =>
  engine.services.measures.query(asking({ by: ['service'], ...given }));
const between = (from: number, to: number): Query['window'] => ({
  days: { kind: 'between', from: BEGIN + from * MINUTE, to: BEGIN + to * MINUTE },
  from: null,
  until: null,
  at: null,
});
const byService = async (given: Partial<Query> & Pick<Query, 'measures'>) =>
  Object.fromEntries(
    (await query(given)).table.rows.map(({ service, ...row }) => [service, row[given.measures[0] ?? '']]),
  );

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'toride-services-'));
  // each minute of the first hour shop answers in 1 to 60 ms, from the second on in whole seconds; mail tells no time
  const lines = Array.from({ length: 80 }, (_, i) => [
    told(
      BEGIN + i * MINUTE,
      'info',
      'shop',
      `order ${4000 + i} answered in ${i < 60 ? `${i + 1}ms` : `${i}s`}`,
    ),
    told(BEGIN + i * MINUTE + 5, 'error', 'mail', `delivery of ${7000 + i} failed, no route`),
  ]).flat();
  const many = Array.from({ length: 60 }, (_, i) =>
    told(BEGIN + 85 * MINUTE + i, 'info', `worker-${i}`, 'idle'),
  );
  writeFileSync(path.join(dir, 'app.log'), `${[...lines, ...many].join('\n')}\n`);
  engine = await startEngine({ dataDir: path.join(dir, 'data'), wall: clock, schedule: false });
  await engine.services.logs.ingest({ file: path.join(dir, 'app.log') });
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('a service', () => {
  it('took so long, as its lines of that time say, whatever their unit', async () => {
    const first = { window: between(0, 60), where: [] };
    expect(await byService({ measures: ['duration-p50'], ...first })).toEqual({ shop: 30 });
    expect(await byService({ measures: ['duration-p95'], ...first })).toEqual({ shop: 57 });
    expect(await byService({ measures: ['duration-p95'], window: between(60, 80) })).toEqual({
      shop: 78_000,
    });
  });
  it('opens the very durations', async () => {
    const rows = await engine.services.measures.rows({
      query: asking({ measures: ['duration-p95'], window: between(58, 61) }),
      group: { service: 'shop' },
    });
    expect(rows.rows.map((row) => row['duration-p95'])).toEqual([59, 60, 60_000]);
  });
  it('is known though it is the last of many, and though it wrote but one line', async () => {
    const lines = await byService({ measures: ['log-lines'], window: between(0, 90) });
    expect(Object.keys(lines)).toHaveLength(62);
    expect(lines).toMatchObject({ mail: 80, 'worker-59': 1 });
    expect(await byService({ measures: ['last-line'] })).toMatchObject({
      shop: BEGIN + 79 * MINUTE,
      'worker-59': BEGIN + 85 * MINUTE + 59,
    });
  });
  it('has no open incident', async () => {
    expect(await byService({ measures: ['incidents'] })).toMatchObject({ shop: 0, mail: 0 });
  });
});
