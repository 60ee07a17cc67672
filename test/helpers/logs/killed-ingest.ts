// Kills a process that ingests a growing, rotating file, again and again, and says what is stored at the end.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdirSync, renameSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { drawFrom } from '../../unit/logs/styles.ts';
import { bundled } from '../bundle.ts';

const CHILDREN = { child: 'test/helpers/logs/ingest-child.ts', keeper: 'test/helpers/logs/keeping-child.ts' };

/** Children loaded ahead of their turn. */
const AHEAD = 2;

async function loaded(script: string, dataDir: string, file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, dataDir, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout ?? child, 'data');
  return child;
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type KillRun = {
  readonly written: string;
  readonly lines: number;
  readonly dead: number;
  readonly kills: number;
  readonly rotations: number;
};

/**
 * Between kills the file grows, is sometimes renamed and sometimes emptied after a copy. Returns everything that was ever written
 * to it, in order. The same seed writes the same lines.
 */
export async function killAgainAndAgain(o: {
  readonly dir: string;
  /** where the child is built; inside the repository, so that it finds its packages */
  readonly bundle: string;
  readonly kills: number;
  readonly seed: number;
  readonly note?: (done: number) => void;
}): Promise<KillRun> {
  const draw = drawFrom(o.seed);
  const dataDir = path.join(o.dir, 'data');
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(o.dir, 'app.log');
  const script = path.join(await bundled(o.bundle, CHILDREN), 'child.js');
  const parts: Buffer[] = [];
  let lines = 0;
  let dead = 0;
  let rotations = 0;
  const write = (): void => {
    const more: Buffer[] = [];
    for (let i = draw.int(20, 160); i > 0; i--) {
      const at = new Date(Date.UTC(2026, 10, 21) + lines * 977)
        .toISOString()
        .replace('T', ' ')
        .replace('Z', '');
      const kind = draw.int(0, 40);
      lines++;
      if (kind === 0) more.push(Buffer.from([0x80 + draw.int(0, 60), 0xff, 0xfe, 10]));
      else if (kind === 1) more.push(Buffer.from('\n'));
      else if (kind === 2)
        more.push(Buffer.from(`\tat com.example.Main.run(Main.java:${draw.int(1, 900)})\r\n`));
      else if (kind === 3)
        more.push(Buffer.from(`${at} WARN 注文 ${draw.int(1, 9999)} の保存が遅れています\n`));
      else
        more.push(
          Buffer.from(
            `${at} INFO [w-${draw.int(1, 9)}] com.example.Job: job ${lines} took ${draw.int(1, 5000)} ms\n`,
          ),
        );
      if (kind === 0) dead++;
    }
    const all = Buffer.concat(more);
    parts.push(all);
    appendFileSync(file, all);
  };
  write();
  const waiting = Array.from({ length: AHEAD }, () => loaded(script, dataDir, file));
  for (let kill = 1; kill <= o.kills; kill++) {
    const child = await (waiting.shift() as Promise<ChildProcess>);
    if (kill + AHEAD <= o.kills) waiting.push(loaded(script, dataDir, file));
    child.stdin?.write('go\n');
    // anywhere: opening the store, or (three times in four) reading, writing a block, inside a transaction
    const early = sleep(draw.int(5, 200));
    await (draw.int(0, 3) === 0 ? early : Promise.race([once(child.stdout ?? child, 'data'), sleep(5000)]));
    write();
    await sleep(draw.int(0, 60));
    child.kill('SIGKILL');
    await once(child, 'exit');
    if (kill % 9 === 0) {
      renameSync(file, path.join(o.dir, `app.log.${kill}`));
      rotations++;
      write();
    } else if (kill % 13 === 0) {
      copyFileSync(file, path.join(o.dir, `app.log.${kill}`));
      truncateSync(file, 0);
      rotations++;
      write();
    }
    o.note?.(kill);
  }
  return { written: Buffer.concat(parts).toString('latin1'), lines, dead, kills: o.kills, rotations };
}

/** Days kept by the child that drops old ones, and how many it goes on by itself. */
export const KEPT_DAYS = 20;
export const DAYS_AHEAD = 4;
const DAY_MS = 86_400_000;

export type Kept = { readonly at: number; readonly text: string };
/**
 * A file of few lines a day grows, a few days at a time, by the child's own clock; the child merges blocks of old days, cuts
 * those over the time to live and drops what is before, day after day, until it is killed. Returns all lines and the last
 * instant a child may have come to.
 */
export async function killWhileKeeping(o: {
  readonly dir: string;
  readonly bundle: string;
  readonly kills: number;
  readonly seed: number;
}): Promise<{ readonly lines: readonly Kept[]; readonly now: number }> {
  const draw = drawFrom(o.seed);
  const dataDir = path.join(o.dir, 'data');
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(o.dir, 'quiet.log');
  const script = path.join(await bundled(o.bundle, CHILDREN), 'keeper.js');
  const lines: Kept[] = [];
  let now = Date.UTC(2026, 2, 1);
  const grow = (): void => {
    const more: Kept[] = [];
    for (let day = 0; day < DAYS_AHEAD; day++, now += DAY_MS)
      for (let i = draw.int(0, 12); i > 0; i--) {
        const at = now + draw.int(0, DAY_MS / 1000 - 1) * 1000;
        const stamp = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
        more.push({
          at,
          text: `${stamp} INFO job ${lines.length + more.length} took ${draw.int(1, 5000)} ms\n`,
        });
      }
    lines.push(...more);
    appendFileSync(file, more.map((line) => line.text).join(''));
  };
  grow();
  const waiting = Array.from({ length: AHEAD }, () => loaded(script, dataDir, file));
  for (let kill = 1; kill <= o.kills; kill++) {
    const child = await (waiting.shift() as Promise<ChildProcess>);
    if (kill + AHEAD <= o.kills) waiting.push(loaded(script, dataDir, file));
    child.stdin?.write(`${now}\n`);
    // anywhere: reading, or (three times in four) merging, cutting, dropping
    const early = sleep(draw.int(5, 200));
    await (draw.int(0, 3) === 0 ? early : Promise.race([once(child.stdout ?? child, 'data'), sleep(5000)]));
    await sleep(draw.int(0, 120));
    child.kill('SIGKILL');
    await once(child, 'exit');
    now += DAYS_AHEAD * DAY_MS;
    grow();
  }
  return { lines, now };
}
