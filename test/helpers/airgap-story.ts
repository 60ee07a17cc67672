// The core story of the app in one process, for a test that takes its network away: what it did, and what it tried to open.
import { localClient } from '../../main/api/index.ts';
import { startEngine } from '../../main/engine.ts';

const [dataDir = ''] = process.argv.slice(2);
const engine = await startEngine({ dataDir, schedule: true, demoWhenEmpty: true });
const client = localClient({ services: engine.services, host: 'cli' });
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
// something that has no business on the network: refused before the system is asked
const refused = await fetch('http://192.0.2.1:8080/').catch((error: unknown) => (error as Error).cause);
const after = await client.reach.read();
await engine.close();
console.log(
  JSON.stringify({
    rows: rows.length,
    answer,
    decision: decision.action,
    quiet,
    refused: (refused as { code?: string }).code,
    after,
  }),
);
process.exit(0);
