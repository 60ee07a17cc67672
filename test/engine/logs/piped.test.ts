// What comes through standard input, also beside another process that reads the logs.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { pipesOf } from '../../../main/logs/sources/pipes/pipe-files.ts';
import { openLogs, storedBytes } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

const line = (i: number): string =>
  `2026-11-21 14:${String(Math.floor(i / 60) % 60).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} INFO [w-${i % 7}] com.example.Job: job ${i} took ${i * 3} ms\n`;
const text = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');
const kept = (data: string): string[] =>
  existsSync(pipesOf(data))
    ? readdirSync(pipesOf(data), { recursive: true, encoding: 'utf8' }).filter((f) => f.includes(path.sep))
    : [];

test('beside a process that follows the logs it is read by that one, to the byte, and nothing is left behind', async () => {
  const data = path.join(tempDir(), 'data');
  const app = await openLogs(data);
  await app.logs.settle();
  onTestFinished(app.logs.start());
  const cli = await openLogs(data);
  const input = Readable.from([Buffer.from(text(0, 250)), Buffer.from(`${text(250, 400)}no end of line`)]);
  const source = await cli.logs.ingest({ file: '-', input, rules: { service: 'batch' } });
  expect(source).toMatchObject({
    kind: 'stdin',
    lines: 401,
    service: 'batch',
    usedFormats: [{ format: 'general' }],
  });
  expect(storedBytes(app.store, data, source.id).toString()).toBe(`${text(0, 400)}no end of line`);
  // two at once, one of them empty
  const [a, b] = await Promise.all([
    cli.logs.ingest({ file: '-', input: Readable.from([Buffer.from(text(0, 30))]) }),
    cli.logs.ingest({ file: '-', input: Readable.from([]) }),
  ]);
  expect([a.id, b.id, cli.logs.sources().find((s) => s.id === a.id)?.lines]).toEqual([
    source.id,
    source.id,
    431,
  ]);
  expect(cli.logs.accounting()).toMatchObject({ lines: 431, addsUp: true });
  expect(kept(data)).toEqual([]);
});

test('the one that reads ends in the middle: the other one reads on, every line once', async () => {
  const data = path.join(tempDir(), 'data');
  const app = await openLogs(data);
  await app.logs.settle();
  const stop = app.logs.start();
  const cli = await openLogs(data);
  const input = new PassThrough();
  const ingested = cli.logs.ingest({ file: '-', input });
  input.write(text(0, 100));
  // shown while more is still to come: no need to wait for the end of a pipe that has none
  await expect.poll(() => app.logs.accounting().lines).toBeGreaterThan(90);
  stop();
  await app.close();
  input.end(text(100, 300));
  const source = await ingested;
  expect(storedBytes(cli.store, data, source.id).toString()).toBe(text(0, 300));
  expect(cli.logs.accounting()).toMatchObject({ lines: 300, addsUp: true });
  expect(kept(data)).toEqual([]);
});

const child = (data: string): ChildProcess => {
  const script = path.join(import.meta.dirname, '../../helpers/logs/pipe-child.ts');
  const process_ = spawn(process.execPath, [script, data], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void process_.kill('SIGKILL'));
  return process_;
};

test('the command killed in the middle: what it had taken is there once, what comes afterwards too', async () => {
  const data = path.join(tempDir(), 'data');
  const cli = child(data);
  cli.stdin?.write(text(0, 5000));
  cli.stdin?.write('2026-11-21 15:00:00 INFO [w] com.exam');
  const taken = (): number => Number(kept(data).some((f) => f.endsWith('.piece')));
  await expect.poll(() => taken()).toBe(1);
  await once(cli.stdout ?? cli, 'data'); // some of it is in the store already
  cli.kill('SIGKILL');
  await once(cli, 'exit');
  const { logs, store } = await openLogs(data);
  await logs.settle();
  const [source] = logs.sources().filter((s) => s.kind === 'stdin');
  const stored = storedBytes(store, data, source?.id ?? '').toString();
  expect(`${text(0, 5000)}2026-11-21 15:00:00 INFO [w] com.exam`.startsWith(stored)).toBe(true);
  expect(stored.length).toBeGreaterThan(line(0).length * 100);
  expect(kept(data)).toEqual([]);
  await logs.ingest({ file: '-', input: Readable.from([Buffer.from('one more\n')]) });
  expect(storedBytes(store, data, source?.id ?? '').toString()).toBe(`${stored}one more\n`);
  expect(logs.accounting()).toMatchObject({ addsUp: true });
});

test('the source is paused while it comes: the command says so, and goes on when it is resumed', async () => {
  const data = path.join(tempDir(), 'data');
  const { logs, store } = await openLogs(data);
  const input = new PassThrough();
  const said: string[] = [];
  const ingested = logs.ingest({ file: '-', input, waits: ({ code }) => said.push(code) });
  input.write(text(0, 10));
  await expect.poll(() => logs.accounting().lines).toBeGreaterThan(5);
  const [source] = logs.sources().filter(({ kind }) => kind === 'stdin');
  await logs.updateSource(source?.id ?? '', { paused: true });
  input.end(text(10, 20));
  await expect.poll(() => said).toContain('logs.paused');
  expect(logs.accounting().lines).toBeLessThan(20);
  await expect(logs.ingest({ file: '-', input: Readable.from([]) })).rejects.toMatchObject({
    code: 'logs.paused',
    params: { name: 'stdin' },
  });
  await logs.updateSource(source?.id ?? '', { paused: false });
  const { id } = await ingested;
  expect(storedBytes(store, data, id).toString()).toBe(text(0, 20));
});

test('the source is taken away while it comes: the command says so, and nothing of it stays', async () => {
  const data = path.join(tempDir(), 'data');
  const { logs } = await openLogs(data);
  const input = new PassThrough();
  const ingested = logs.ingest({ file: '-', input });
  const refused = expect(ingested).rejects.toMatchObject({ code: 'not-found' });
  input.write(text(0, 10));
  const idOf = () => logs.sources().find((s) => s.kind === 'stdin')?.id;
  await expect.poll(idOf).toBeDefined();
  await logs.removeSource(idOf() ?? '');
  await refused;
  expect(kept(data)).toEqual([]);
  rmSync(data, { recursive: true, force: true, maxRetries: 3 });
});
