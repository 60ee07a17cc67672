import { systemClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import type { Logs } from '../../../main/logs/index.ts';
import { createLogs } from '../../../main/logs/index.ts';
import { openStore } from '../../../main/store/index.ts';

/** Logs of a process that is going to be killed, in small batches; it says `read` when lines are in the store. */
export async function openChildLogs(dataDir: string): Promise<Logs> {
  const logs = createLogs({
    store: await openStore(dataDir),
    dataDir,
    clock: systemClock,
    zone: () => 'Asia/Tokyo',
    tasks: new Tasks(systemClock, silentLog),
    log: silentLog,
    tuning: { pollMs: 5, batchRecords: 40, chunkBytes: 2000 },
  });
  logs.changed.on(({ kind }) => {
    if (kind === 'lines') process.stdout.write('read\n');
  });
  return logs;
}
