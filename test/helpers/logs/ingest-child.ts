// A process that follows one log file until it is killed. It loads everything first, then waits for a line on standard input, so
// that many can be killed in a row without each kill costing a start.
import { once } from 'node:events';
import { openChildLogs } from './child-logs.ts';

const [dataDir = '', file = ''] = process.argv.slice(2);
process.stdout.write('loaded\n');
await once(process.stdin, 'data');
const logs = await openChildLogs(dataDir);
await logs.addSource({ kind: 'file', path: file });
logs.start();
