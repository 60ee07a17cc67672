// Run once when a schema is released: `node test/legacy/make-fixture.ts` writes NNNN.sql, a small database of the newest schema as SQL text.
// Such a file is never made again: it is what that version left on people's disks.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { startEngine } from '../../main/engine.ts';
import { writeModel } from '../helpers/llm/gguf/make-model.ts';

const KEEP_ROWS = 20;
const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-legacy-'));
const engine = await startEngine({ dataDir: dir, schedule: false });
const { demo, alerts, placement, approvals, chat, knowledge, settings, logs, clusters, anomalies, reports, models } = engine.services;
await demo.start({ seed: 1, scenario: 'shortage' });
await logs.settle();
// two of each kind, so that there are incidents and clusters of them
const HOUR = 3_600_000;
const begin = Math.floor(Date.now() / 60_000) * 60_000 - 9 * HOUR;
const said: (readonly [number, string])[] = Array.from({ length: 3000 }, (_, i) => [begin + i * 10_000, `INFO [web] site.Http - GET /lots/${i} 200`]);
const failures = ['connection pool timeout after', 'paper jam in tray', 'connection pool timeout, waiting', 'paper jam not removed from tray'];
failures.forEach((text, f) => {
  for (let i = 0; i < 60; i++) said.push([begin + 2 * (f + 0.9) * HOUR + i * 7000, `ERROR [${f % 2 ? 'ocr' : 'db'}] site.Main - ${text} ${3000 + i}`]);
});
const stamp = (at: number): string => new Date(at).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
const failing = path.join(dir, 'failing.log');
writeFileSync(failing, said.sort((a, b) => a[0] - b[0]).map(([at, text]) => `${stamp(at)} ${text}\n`).join(''));
await logs.ingest({ file: failing });
await logs.settle();
await clusters.refresh();
await clusters.run({});
await anomalies.look();
await clusters.run({}, 'incident');
await clusters.draw('incident');
await settings.set({ userName: '佐藤 花子' });
await alerts.check();
let proposal = '';
for await (const event of placement.propose({ location: '札幌' })) if (event.kind === 'proposal') proposal = event.proposal.id;
await approvals.approve({ id: proposal, actor: '佐藤 花子' });
for await (const _ of chat.send({ text: '札幌の残件は？', lang: 'ja' }));
await knowledge.add({ title: '応援の順番', text: '札幌が遅れたら、まず盛岡に応援を頼む。', tags: ['応援'], source: 'typed' });
await anomalies.saveRemedy({ title: 'DB を再起動する', steps: '情報システム部に連絡する。' });
await logs.save('エラー', { levels: ['error'] });
await reports.make();
writeModel(path.join(dir, 'tiny.gguf'), 'qwen2-tiny');
const model = await models.import({ path: path.join(dir, 'tiny.gguf'), mode: 'link' });
await models.assign('intent', model.id);
await engine.close();

const db = new Database(path.join(dir, 'toride.db'), { readonly: true });
const literal = (value: unknown): string =>
  value === null ? 'NULL' : Buffer.isBuffer(value) ? `X'${value.toString('hex')}'` : typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
const lines = ['PRAGMA foreign_keys = OFF;'];
const objects = db.prepare<[], { type: string; name: string; sql: string | null }>("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type DESC, rowid").all();
for (const { type, name, sql } of objects) {
  if (sql) lines.push(`${sql};`);
  if (type !== 'table') continue;
  const every = ['migrations', 'settings'].includes(name);
  for (const row of db.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}" ${every ? '' : `LIMIT ${KEEP_ROWS}`}`).iterate())
    lines.push(`INSERT INTO "${name}" VALUES (${Object.values(row).map(literal).join(', ')});`);
}
const newest = db.prepare<[], { id: number }>('SELECT max(id) AS id FROM migrations').get()?.id ?? 0;
db.close();
rmSync(dir, { recursive: true });
const file = path.join(import.meta.dirname, `${String(newest).padStart(4, '0')}.sql`);
if (existsSync(file)) throw new Error(`${file} is there already: a released fixture is never made again`);
writeFileSync(file, `${lines.join('\n')}\n`);
console.log(file);
