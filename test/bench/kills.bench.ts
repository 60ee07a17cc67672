// A process that reads a growing, rotating file is killed 1,000 times (TORIDE_BENCH_KILLS: so many): every line once, and the sum
// exact.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { Tasks } from '../../main/kernel/task.ts';
import { createLogs } from '../../main/logs/index.ts';
import { openStore } from '../../main/store/index.ts';
import { bundleDir } from '../helpers/bundle.ts';
import { killAgainAndAgain } from '../helpers/logs/killed-ingest.ts';

const KILLS = Number(process.env['TORIDE_BENCH_KILLS'] ?? 1000);
/** how often it says how far it is */
const NOTE = 100;

export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-kills-'));
  const bundle = bundleDir();
  try {
    const started = performance.now();
    const killed = path.join(dir, 'killed');
    const note = (done: number): void => {
      if (done % NOTE === 0 && done < KILLS) print(`kills: ${done} of ${KILLS}`);
    };
    const run = await killAgainAndAgain({ dir: killed, bundle, kills: KILLS, seed: 3, note });
    const store = await openStore(path.join(killed, 'data'));
    const logs = createLogs({
      store,
      dataDir: path.join(killed, 'data'),
      clock: systemClock,
      zone: () => 'Asia/Tokyo',
      tasks: new Tasks(systemClock, silentLog),
      log: silentLog,
    });
    await logs.settle();
    const sum = logs.accounting();
    await logs.close();
    await store.close();
    const isExact = sum.addsUp && sum.lines === run.lines && sum.unparsed === run.dead;
    print(
      `kills: killed ${run.kills} times, ${run.rotations} rotations, ${run.lines} lines: ${isExact ? 'every line once' : `WRONG: ${sum.lines} lines`} (${((performance.now() - started) / 1000 / run.kills).toFixed(2)} s a kill)`,
    );
    if (!isExact) throw new Error('a line was lost or read twice');
  } finally {
    rmSync(bundle, { recursive: true, force: true });
    rmSync(dir, { recursive: true, force: true });
  }
}
