// A process of its own that follows a log table until it is killed. Run: node table-child.ts '{"dir":…,"url":…,"table":…}'
import { suggested, tableSite } from './log-tables.ts';

const job = JSON.parse(process.argv[2] ?? '') as { dir: string; url: string; table: string };
const { logs } = await tableSite(job.url, { dir: job.dir, everySeconds: 0.05, batchRecords: 100 });
logs.start();
if (!logs.sources().some((s) => s.kind === 'table'))
  await logs.addTable({ table: await suggested(logs, job.table) });
process.send?.({ ready: true });
