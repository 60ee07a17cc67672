// Ingest from a file to durable rows with templates, roll-ups and compressed blocks: lines a second, as a ratio to reading and
// splitting the same file and to the goal of 100,000; memory over millions of lines. Kills are a bench of their own (kills.bench.ts).
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { Tasks } from '../../main/kernel/task.ts';
import { createLogs } from '../../main/logs/index.ts';
import { openStore } from '../../main/store/index.ts';
import { drawFrom, linesOf, STYLES } from '../unit/logs/styles.ts';

const LINES = Number(process.env['TORIDE_BENCH_LINES'] ?? 2_000_000);
const GOAL = 100_000;

/** Lines of many sorts, three a second at first, under a header of the usual kind. */
function writeLog(file: string, lines: number): number {
  const fd = openSync(file, 'w');
  const draw = drawFrom(11);
  const bodies = linesOf(Object.values(STYLES).flat(), 5).map((l) => l.line);
  const levels = ['INFO', 'INFO', 'INFO', 'INFO', 'WARN', 'ERROR', 'DEBUG'];
  const services = [
    'com.example.batch.Import',
    'com.example.web.Entry',
    'com.example.store.Pool',
    'com.example.net.Link',
  ];
  let bytes = 0;
  let at = Date.UTC(2026, 10, 1);
  for (let done = 0; done < lines; ) {
    let text = '';
    for (let i = 0; i < 5000 && done < lines; i++, done++) {
      at += draw.int(0, 40);
      const stamp = new Date(at).toISOString();
      const body = bodies[draw.int(0, bodies.length - 1)] ?? '';
      // numbers are drawn anew, so that no two lines are the same
      text += `${stamp.slice(0, 10)} ${stamp.slice(11, 19)},${stamp.slice(20, 23)} ${levels[draw.int(0, 6)]} [main] ${services[draw.int(0, 3)]}: ${body.replace(/\d{2,}/, () => String(draw.int(10, 99_999)))}\n`;
    }
    const buffer = Buffer.from(text);
    bytes += writeSync(fd, buffer);
  }
  closeSync(fd);
  return bytes;
}
/** Reading the file and cutting it into lines, nothing else. */
function readAndSplit(file: string): { seconds: number; lines: number } {
  const started = performance.now();
  const fd = openSync(file, 'r');
  const buffer = Buffer.alloc(1 << 18);
  let rest = '';
  let lines = 0;
  for (let n = readSync(fd, buffer); n > 0; n = readSync(fd, buffer)) {
    const parts = (rest + buffer.toString('utf8', 0, n)).split('\n');
    rest = parts.pop() ?? '';
    lines += parts.length;
  }
  closeSync(fd);
  return { seconds: (performance.now() - started) / 1000, lines };
}

export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-ingest-'));
  try {
    await throughput(dir, print);
    print('ingest: nothing is killed here; 1,000 kills: npm run bench -- kills');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
async function throughput(dir: string, print: (line: string) => void): Promise<void> {
  const file = path.join(dir, 'app.log');
  const bytes = writeLog(file, LINES);
  const plain = readAndSplit(file);
  const dataDir = path.join(dir, 'data');
  const store = await openStore(dataDir);
  const logs = createLogs({
    store,
    dataDir,
    clock: systemClock,
    zone: () => 'UTC',
    tasks: new Tasks(systemClock, silentLog),
    log: silentLog,
  });
  const memory: number[] = [];
  const timer = setInterval(() => memory.push(process.memoryUsage().rss), 500);
  const before = process.cpuUsage();
  const started = performance.now();
  const source = await logs.ingest({ file });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  clearInterval(timer);
  const sum = logs.accounting();
  await logs.close();
  await store.close();
  const rate = source.lines / seconds;
  const cpu = (user + system) / 1e6;
  const half = Math.floor(memory.length / 2);
  const most = (from: number, to: number): number => Math.max(0, ...memory.slice(from, to)) / 1e6;
  print(
    `ingest: ${source.lines} lines (${Math.round(bytes / 1e6)} MB) at ${(rate / GOAL).toFixed(2)} × the goal of 100,000 lines/s, ${(seconds / plain.seconds).toFixed(1)} × the time of reading and splitting them; ${(cpu / seconds).toFixed(2)} CPUs busy, ${Math.round(source.lines / cpu / 1000)}k lines per CPU second on this machine`,
  );
  print(
    `ingest: ${sum.templates} templates, blocks ${(bytes / sum.storedBytes).toFixed(1)} × smaller than the file, the sum ${sum.addsUp && sum.lines === LINES ? 'exact' : 'WRONG'}; memory at most ${Math.round(most(0, half))} MB in the first half, ${Math.round(most(half, memory.length))} MB in the second`,
  );
}
