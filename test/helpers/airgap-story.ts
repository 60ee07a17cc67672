// The core story of the app in one process, for a test that takes its network away: what it did, and what it tried to open.
import dgram from 'node:dgram';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { localClient } from '../../main/api/index.ts';
import { startEngine } from '../../main/engine.ts';
import { startWorker, Thread } from '../../main/kernel/thread.ts';
import { forkModels } from '../../main/llm/process/fork-models.ts';
import { ModelsLink } from '../../main/llm/runtime/models-link.ts';

const [dataDir = ''] = process.argv.slice(2);
const engine = await startEngine({ dataDir, schedule: true, demoWhenEmpty: true });
const { services } = engine;
const client = localClient({ services, host: 'cli' });
const { rows } = await client.situation.list({});
const late = rows.find((row) => row.risk === 'danger') ?? rows[0];
let answer = '';
for await (const event of await client.chat.send({ text: '札幌のエントリ1工程が遅延しています', lang: 'ja' }))
  if (event.kind === 'answered') answer = event.message.text;
let id = '';
for await (const event of await client.placement.propose({ location: late?.location ?? '' }))
  if (event.kind === 'proposal') id = event.proposal.id;
const decision = await client.approvals.approve({ id, actor: '佐藤' });
const quiet = await client.reach.read();

// what has no business on the network is refused before the system is asked: in the engine …
const refused = await fetch('http://192.0.2.1:8080/').catch((error: unknown) => (error as Error).cause);
const datagram = await new Promise<unknown>((resolve) => {
  const socket = dgram.createSocket('udp4');
  socket.send('x', 53, '192.0.2.2', (error) => socket.close(() => resolve(error)));
});
// … in a thread, even while a library of it is being loaded …
const planted = (name: string, code: string): URL => {
  const file = path.join(dataDir, name);
  writeFileSync(file, code);
  return pathToFileURL(file);
};
const library = planted('library.mjs', "await fetch('http://192.0.2.3:8080/').catch(() => {});");
const threads = new URL('../../main/kernel/thread.ts', import.meta.url);
const file = planted(
  'worker.mjs',
  `import '${library.href}'; import { serveThread } from '${threads.href}'; serveThread({ hello: () => null });`,
);
const thread = new Thread<{ hello: { in: null; out: null } }>(startWorker(file));
await thread.call('hello', null);
await thread.stop();
// … and in the models process
const inside = planted(
  'inside.mjs',
  "process.once('message', () => void fetch('http://192.0.2.4:8080/').catch(() => {}));",
);
process.env['NODE_OPTIONS'] = `--import=${inside.href}`;
const models = new ModelsLink({ spawn: forkModels, clock: services.clock, log: services.log });
await models.run({ kind: 'machine', backend: 'cpu' }, undefined);
while ((await client.reach.read()).tried.length < 4) await delay(10);
await models.close();
const after = await client.reach.read();
await engine.close();
console.log(
  JSON.stringify({
    rows: rows.length,
    answer,
    decision: decision.action,
    quiet,
    refused: [refused, datagram].map((error) => (error as { code?: string }).code),
    after,
  }),
);
process.exit(0);
