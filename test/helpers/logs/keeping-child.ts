// A process that reads a file of few lines a day, then merges, cuts and drops blocks day after day until it is killed. It loads
// everything first, then waits for the time it is.
import { once } from 'node:events';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { Ingest } from '../../../main/logs/ingest/ingest.ts';
import { createSources } from '../../../main/logs/manage/create-sources.ts';
import { openStore } from '../../../main/store/index.ts';
import { DAYS_AHEAD, KEPT_DAYS } from './killed-ingest.ts';

const [dataDir = '', file = ''] = process.argv.slice(2);
process.stdout.write('loaded\n');
const [now] = await once(process.stdin, 'data');
const clock = new ManualClock(Number(String(now)));
const store = await openStore(dataDir);
const zone = (): string => 'UTC';
const ingest = new Ingest({
  ...{ store, dataDir, clock, zone, log: silentLog },
  tuning: { pollMs: 5, batchRecords: 25, chunkBytes: 1000 },
});
const tasks = new Tasks(clock, silentLog);
const sources = createSources({
  store,
  dataDir,
  clock,
  zone,
  tasks,
  log: silentLog,
  ingest,
  keepDays: KEPT_DAYS,
});
await sources.addSource({ kind: 'file', path: file });
await sources.settle();
process.stdout.write('keeping\n');
for (let day = 0; day < DAYS_AHEAD; day++, clock.advance(86_400_000)) {
  await sources.expire();
}
