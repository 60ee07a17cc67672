// Kills a process that backs up, and one that restores, again and again, and looks at what is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readArchive, restoreBackup } from '../../../main/backup/index.ts';
import { startEngine } from '../../../main/engine.ts';
import { drawFrom } from '../../unit/logs/styles.ts';
import { bundled } from '../bundle.ts';

const LINES = 20_000;

export type Killed = {
  readonly kills: number;
  /** backups whose every file is as its manifest says; each that has a backup's name has to be one */
  readonly whole: number;
  /** restored folders that were there after a kill; each has to be whole */
  readonly restored: number;
  readonly lines: number;
  readonly entries: number;
};

/** @throws where anything was lost */
export async function killBackups(o: {
  dir: string;
  bundle: string;
  kills: number;
  seed: number;
}): Promise<Killed> {
  const draw = drawFrom(o.seed);
  const script = path.join(
    await bundled(o.bundle, { backup: 'test/helpers/backup/backup-child.ts' }),
    'backup.js',
  );
  const data = path.join(o.dir, 'data');
  const log = path.join(o.dir, 'app.log');
  const line = (i: number): string => `2026-11-21T05:30:00Z INFO job ${i} took ${draw.int(1, 5000)} ms\n`;
  writeFileSync(log, Array.from({ length: LINES }, (_, i) => line(i)).join(''));
  const first = await startEngine({ dataDir: data, schedule: false });
  await first.services.logs.ingest({ file: log });
  const { file } = await first.services.backups.create({ folder: path.join(o.dir, 'kept') });
  await first.close();
  const killed = async (args: readonly string[], withinMs: number): Promise<void> => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(child, 'exit');
    await Promise.race([once(child.stdout, 'data'), gone]);
    await sleep(draw.int(0, withinMs));
    child.kill('SIGKILL');
    await gone;
  };
  const folder = path.join(data, 'backups');
  const backups = (): string[] => readdirSync(folder).filter((name) => name.startsWith('toride-'));
  const seen = new Set<string>();
  let restored = 0;
  for (let kill = 0; kill < o.kills; kill++) {
    const target = path.join(o.dir, `restored-${kill}`);
    if (kill % 2 === 0) await killed(['backup', data], 800);
    else await killed(['restore', file, target], 200);
    for (const name of backups()) {
      if (seen.has(name)) continue;
      await readArchive({ file: path.join(folder, name), passphrase: null });
      seen.add(name);
    }
    if (existsSync(target)) {
      await linesIn(target);
      restored++;
    } else if (kill % 2 === 1) {
      // the next try is not in the way of what was left
      await restoreBackup({ file, dir: target, passphrase: null });
      await linesIn(target);
    }
    rmSync(target, { recursive: true, force: true });
    rmSync(`${target}.restoring`, { recursive: true, force: true });
  }
  const { lines, entries } = await linesIn(data);
  return { kills: o.kills, whole: seen.size, restored, lines, entries };
}
/** @throws where a line or an entry is missing */
async function linesIn(dir: string): Promise<{ lines: number; entries: number }> {
  const engine = await startEngine({ dataDir: dir, schedule: false });
  const { approvals, logs } = engine.services;
  const { lines, addsUp } = logs.accounting();
  const { intact, head } = approvals.audit(1);
  await engine.close();
  if (lines !== LINES || !addsUp || !intact)
    throw new Error(`${dir}: ${lines} lines, record whole: ${intact}`);
  return { lines, entries: head?.seq ?? 0 };
}
