// The whole engine with its clock follows a file that grows: 600,000 lines (TORIDE_BENCH_LINES) at 3,000 a second (TORIDE_BENCH_RATE).
// Prints the most memory the process held, and what of it are mapped pages of files, which the system takes back when it needs them.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleDir, bundled } from '../helpers/bundle.ts';
import { drawFrom } from '../unit/logs/styles.ts';

const LINES = Number(process.env['TORIDE_BENCH_LINES'] ?? 600_000);
const RATE = Number(process.env['TORIDE_BENCH_RATE'] ?? 3_000);
const SAMPLE_MS = 1_000;
const TICK_MS = 100;

export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-memory-'));
  const file = path.join(dir, 'app.log');
  writeFileSync(file, '');
  const bundle = bundleDir();
  await bundled(bundle, { follow: 'test/helpers/logs/follow-child.ts' });
  const child = spawn(process.execPath, [path.join(bundle, 'follow.js'), path.join(dir, 'data'), file], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // as the app and the browser host start it
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  try {
    await said(child);
    const draw = drawFrom(7);
    let written = 0;
    let most = { total: 0, mapped: 0 };
    let sampled = 0;
    const began = performance.now();
    while (written < LINES) {
      const due = Math.min(LINES, Math.floor(((performance.now() - began) / 1000) * RATE));
      let text = '';
      for (; written < due; written++) text += `${lineOf(draw, written)}\n`;
      appendFileSync(file, text);
      if (performance.now() - sampled > SAMPLE_MS) {
        sampled = performance.now();
        const now = held(child);
        if (now.total > most.total) most = now;
      }
      await sleep(TICK_MS);
    }
    let state = { lines: 0, heapUsed: 0, cpu: 0 };
    while (state.lines < LINES) {
      child.stdin?.write('?');
      state = JSON.parse(await said(child)) as typeof state;
      const now = held(child);
      if (now.total > most.total) most = now;
      await sleep(SAMPLE_MS);
    }
    const end = held(child);
    print(
      `memory: ${LINES} lines at ${RATE}/s: most ${mb(most.total)} MB (${mb(most.mapped)} of files), at the end ${mb(end.total)} (${mb(end.mapped)}); the engine's own heap ${mb(state.heapUsed)}; ${Math.round(state.cpu / 1e6)} s of processor time`,
    );
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(bundle, { recursive: true, force: true });
    rmSync(dir, { recursive: true, force: true });
  }
}

const mb = (bytes: number): number => Math.round(bytes / 1e6);
const said = async (child: ChildProcess): Promise<string> =>
  String((await once(child.stdout ?? child, 'data'))[0]);
/** Bytes of a process in memory. */
function held({ pid }: ChildProcess): { total: number; mapped: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name: string): number =>
    1024 * Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return { total: of('VmRSS'), mapped: of('RssFile') };
}

type Draw = ReturnType<typeof drawFrom>;
const SERVICES = ['wms', 'ocr', 'entry', 'billing', 'gateway', 'scheduler'];
function lineOf(draw: Draw, i: number): string {
  const at = new Date(Date.now()).toISOString();
  const service = SERVICES[draw.int(0, SERVICES.length - 1)];
  const id = draw.int(1, 1e9).toString(36);
  const says = [
    () => `INFO request ${id} GET /api/orders/${draw.int(1, 99_999)} 200 in ${draw.int(1, 900)} ms`,
    () => `INFO 注文 ${draw.int(1, 999_999)} を保存しました (担当 ${id})`,
    () => `WARN slow query took ${draw.int(500, 9000)} ms on host db-${draw.int(1, 8)} trace=${id}`,
    () =>
      `INFO job ${id} finished, ${draw.int(1, 5000)} rows from 10.0.${draw.int(0, 9)}.${draw.int(1, 250)}`,
    () => `ERROR OCR結果の読み込みに失敗しました: /data/scan/${id}.tif code=${draw.int(1, 40)}`,
    () => `DEBUG cache ${i % 2 ? 'hit' : 'miss'} key=${id} size=${draw.int(1, 9999)}B`,
  ];
  return `${at} [${service}] ${says[draw.int(0, says.length - 1)]?.()}`;
}
