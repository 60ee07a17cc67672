// A process that takes its standard input into the store until it is killed; it says when something is in it.
import { openChildLogs } from './child-logs.ts';

const [dataDir = ''] = process.argv.slice(2);
await (await openChildLogs(dataDir)).ingest({ file: '-' });
