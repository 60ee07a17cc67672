// Logs in the company's ClickHouse against the same lines on this computer: 20 million (TORIDE_BENCH_LINES). Needs clickhouse-server.
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { systemClock } from '../../main/kernel/clock.ts';
import { memoryLog } from '../../main/kernel/log.ts';
import { Tasks } from '../../main/kernel/task.ts';
import type { Logs } from '../../main/logs/index.ts';
import { createLogs } from '../../main/logs/logs.ts';
import { openStore } from '../../main/store/index.ts';
import { launchClickHouse, PASSWORD } from '../helpers/logs/clickhouse.ts';
import { drawFrom } from '../unit/logs/styles.ts';

const LINES = Number(process.env['TORIDE_BENCH_LINES'] ?? 20_000_000);
const FROM = Date.now() - 30 * 86_400_000;
const LOOKS = 5;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};
async function median(work: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < LOOKS; i++) all.push(await timed(work));
  return all.sort((a, b) => a - b)[LOOKS >> 1] ?? 0;
}

/** Thirty days of three services; one line in a thousand is an error. */
async function writeLog(file: string): Promise<void> {
  const draw = drawFrom(11);
  const out = createWriteStream(file);
  const step = (30 * 86_400_000) / LINES;
  for (let i = 0; i < LINES; ) {
    let text = '';
    for (const end = Math.min(LINES, i + 10_000); i < end; i++) {
      const at = new Date(FROM + i * step).toISOString();
      const service = draw.pick(['wms', 'ocr', 'gate']);
      text +=
        draw.int(1, 1000) === 1
          ? `${at} ERROR ${service}: connection to db-${draw.int(1, 9)} timed out after ${draw.int(1, 9000)} ms\n`
          : `${at} INFO ${service}: request ${i} of user u${draw.int(1, 5000)} took ${draw.int(1, 900)} ms at 10.0.${draw.int(1, 9)}.${draw.int(1, 250)}\n`;
    }
    if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  }
  out.end();
  await finished(out);
}
async function sizeOf(dir: string): Promise<number> {
  const names = await readdir(dir, { recursive: true });
  const sizes = await Promise.all(names.map((name) => stat(path.join(dir, name)).catch(() => null)));
  return sizes.reduce((sum, one) => sum + (one?.isFile() ? one.size : 0), 0);
}

export async function run(print: (line: string) => void): Promise<void> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'toride-bench-'));
  const { servers, close } = await launchClickHouse(1);
  const [server] = servers;
  const data = path.join(root, 'data');
  const store = await openStore(data);
  const { log } = memoryLog(systemClock);
  const logs: Logs = createLogs({
    store,
    dataDir: data,
    clock: systemClock,
    zone: () => 'Asia/Tokyo',
    tasks: new Tasks(systemClock, log),
    log,
    clickHouse: {
      place: { url: server?.url ?? '', user: 'toride', database: 'logs_of_site', shards: [] },
      password: async () => PASSWORD,
    },
  });
  try {
    const file = path.join(root, 'site.log');
    await writeLog(file);
    const raw = statSync(file).size;
    const speed = (seconds: number): string => `${Math.round(LINES / seconds).toLocaleString('en')} lines/s`;
    const read = await timed(() => logs.ingest({ file }));
    rmSync(file);
    const looks = async () => ({
      page: await median(() => logs.lines({ filter: {}, limit: 200 })),
      errors: await median(() => logs.lines({ filter: { levels: ['error'], text: 'db-7' }, limit: 200 })),
      rare: await median(() => logs.lines({ filter: { text: `"request ${LINES >> 1} "` }, limit: 200 })),
      counts: await median(async () => logs.counts({ filter: {}, by: 'level', buckets: 60 })),
    });
    const here = await looks();
    const blocks = await sizeOf(path.join(data, 'log-blocks'));
    const shipped = await timed(() => logs.ship({ file: null }));
    const there = await looks();
    const rolledUp = await median(
      () =>
        server?.ask(
          'SELECT level, service, sum(lines) FROM logs_of_site.toride_minutes GROUP BY level, service',
        ) ?? Promise.resolve(''),
    );
    const far = await sizeOf(server?.dir ?? '');
    const kept = await sizeOf(data);
    print(`${LINES.toLocaleString('en')} lines, ${(raw / 1e9).toFixed(2)} GB of text`);
    print(
      `read into the store ${speed(read)}; shipped ${speed(shipped)}, ${(read / shipped).toFixed(2)} of that`,
    );
    for (const [what, name] of [
      ['page', 'first page'],
      ['errors', 'errors with a word'],
      ['rare', 'one line of all'],
      ['counts', 'counts (roll-ups kept here)'],
    ] as const)
      print(
        `${name}: here ${(here[what] * 1000).toFixed(0)} ms, there ${(there[what] * 1000).toFixed(0)} ms, ${(there[what] / here[what]).toFixed(1)} times`,
      );
    print(`sums over the roll-ups of the materialised view, asked there: ${(rolledUp * 1000).toFixed(0)} ms`);
    const mb = (bytes: number): string => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
    print(
      `on disk: blocks here ${mb(blocks)} (${(blocks / raw).toFixed(3)} of the text), there ${mb(far)} (${(far / raw).toFixed(3)}), and here after that ${mb(kept)}`,
    );
  } finally {
    await logs.close();
    await store.close();
    await close();
    rmSync(root, { recursive: true, force: true });
  }
}
