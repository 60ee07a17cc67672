// A process is killed 100 times (TORIDE_BENCH_KILLS: so many) while it backs up or restores: nothing is lost, and what has a backup's name
// is one.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { killBackups } from '../helpers/backup/killed-backup.ts';
import { bundleDir } from '../helpers/bundle.ts';

const KILLS = Number(process.env['TORIDE_BENCH_KILLS'] ?? 100);

export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-backup-kills-'));
  const bundle = bundleDir();
  try {
    const { kills, whole, restored, lines, entries } = await killBackups({
      dir,
      bundle,
      kills: KILLS,
      seed: 9,
    });
    print(
      `backup-kills: killed ${kills} times; ${whole} backups with a name, all whole; ${restored} folders restored before the kill, all whole; ${lines} lines and ${entries} audit entries, none lost`,
    );
  } finally {
    rmSync(bundle, { recursive: true, force: true });
    rmSync(dir, { recursive: true, force: true });
  }
}
