// An engine with its clock that follows one file; told anything, it says what it holds.
import { startEngine } from '../../../main/engine.ts';

const [, , dataDir = '', file = ''] = process.argv;
const engine = await startEngine({ dataDir, schedule: true, demoWhenEmpty: true });
await engine.services.logs.addSource({ kind: 'file', path: file, rules: {} });
console.log('following');
process.stdin.on('data', () =>
  console.log(
    JSON.stringify({
      lines: engine.services.logs.accounting().lines,
      heapUsed: process.memoryUsage().heapUsed,
      cpu: process.cpuUsage().user + process.cpuUsage().system,
    }),
  ),
);
