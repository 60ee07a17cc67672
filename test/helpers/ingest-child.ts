// A process that follows one log file until it is killed. It loads everything first, then waits for a line on standard input, so
// that many can be killed in a row without each kill costing a start.
import { once } from 'node:events';
import { systemClock } from '../../main/clock.ts';
import { silentLog } from '../../main/log.ts';
import { createLogs } from '../../main/logs/logs.ts';
import { openStore } from '../../main/store/index.ts';
import { Tasks } from '../../main/task.ts';

const [dataDir = '', file = ''] = process.argv.slice(2);
process.stdout.write('loaded\n');
await once(process.stdin, 'data');
const store = await openStore(dataDir);
const logs = createLogs({
  store,
  dataDir,
  clock: systemClock,
  zone: () => 'Asia/Tokyo',
  tasks: new Tasks(systemClock, silentLog),
  log: silentLog,
  tuning: { pollMs: 5, batchRecords: 40, chunkBytes: 2000 },
});
await logs.addSource({ kind: 'file', path: file });
logs.changed.on(({ kind }) => {
  if (kind === 'lines') process.stdout.write('read\n');
});
logs.start();
