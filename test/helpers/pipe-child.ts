// A process that takes its standard input into the store until it is killed; it says when something is in it.
import { systemClock } from '../../main/clock.ts';
import { silentLog } from '../../main/log.ts';
import { createLogs } from '../../main/logs/logs.ts';
import { openStore } from '../../main/store/index.ts';
import { Tasks } from '../../main/task.ts';

const [dataDir = ''] = process.argv.slice(2);
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
await logs.ingest({ file: '-' });
