// Run once when the way lines are kept changes: `node test/legacy/make-logs-folder.ts` writes logs-NNNN.json.gz, a data folder with
// lines of several formats as the newest schema keeps them, and what was read to make it. Such a file is never made again: it is what that
// version left on people's disks.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { ManualClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { Tasks } from '../../main/kernel/task.ts';
import { createLogs } from '../../main/logs/index.ts';
import { encodeText } from '../../main/logs/read/encode-text.ts';
import { openStore } from '../../main/store/index.ts';
import { drawFrom, linesOf, STYLES } from '../unit/logs/styles.ts';

const NOW = Date.UTC(2026, 10, 21, 6, 0, 0);
const DAY = 86_400_000;
const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-logs-'));
const data = path.join(dir, 'data');
mkdirSync(data);
const draw = drawFrom(21);
const bodies = linesOf(Object.values(STYLES).flat(), 5).map((l) => l.line);
const stamp = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().replace('T', ' ').slice(0, 23);
const joined = (lines: readonly string[], end = '\n'): string => lines.map((line) => line + end).join('');

const files: Record<string, Buffer> = {
  // a full block: over 4,096 records of one day
  'app.log': Buffer.from(
    joined(
      Array.from({ length: 5000 }, (_, i) => {
        const at = NOW - 5 * 3_600_000 + i * 3000;
        const head = `${stamp(at).replace('.', ',')} ${draw.pick(['INFO', 'INFO', 'WARN', 'ERROR'])} [main] com.example.${draw.pick(['Import', 'Entry', 'Pool'])}:`;
        const line = `${head} ${bodies[draw.int(0, bodies.length - 1)]?.replace(/\d{2,}/, () => String(draw.int(10, 99_999)))}`;
        return i % 90 === 7 ? `${line}\n\tat com.example.Main.run(Main.java:${i})\n\tat com.example.Main.main(Main.java:9)` : line;
      }),
    ),
  ),
  // several quiet days in one block
  'quiet.log': Buffer.from(
    joined(
      Array.from({ length: 400 }, (_, i) => {
        const at = NOW - 40 * DAY + i * (DAY / 10);
        return `${stamp(at)} INFO [batch] 夜間バッチ ${i} が ${draw.int(1, 5000)} ms で終了しました (job-${draw.hex(8)}, 10.2.${draw.int(0, 3)}.${draw.int(1, 254)})`;
      }),
      '\r\n',
    ),
  ),
  'sjis.log': Buffer.concat(
    Array.from({ length: 300 }, (_, i) =>
      i % 50 === 49
        ? Buffer.from([0x80, 0xff, 0xfe, 10])
        : Buffer.concat([encodeText(`${stamp(NOW - DAY + i * 60_000)} ERROR 受付${draw.int(1, 9)}の応答が${draw.int(100, 9000)}ミリ秒ありません\n`, 'shift_jis') ?? Buffer.alloc(0)]),
    ),
  ),
  'syslog.log': Buffer.from(
    joined(
      Array.from({ length: 600 }, (_, i) => {
        const text = new Date(NOW - DAY + i * 60_000 + 9 * 3_600_000).toUTCString();
        const at = `${text.slice(8, 11)} ${text.slice(5, 7).replace(/^0/, ' ')} ${text.slice(17, 25)}`;
        return `${at} host${draw.int(1, 4)} sshd[${draw.int(100, 9999)}]: Failed password for ${draw.pick(['root', 'aya', 'ken'])} from ${draw.ip()} port ${draw.int(1024, 65_000)} ssh2`;
      }),
    ),
  ),
};
const store = await openStore(data, { now: NOW });
const clock = new ManualClock(NOW);
const logs = createLogs({
  ...{ store, dataDir: data, clock, zone: () => 'Asia/Tokyo', log: silentLog },
  tasks: new Tasks(clock, silentLog),
});
for (const [name, bytes] of Object.entries(files)) {
  writeFileSync(path.join(dir, name), bytes);
  await logs.ingest({ file: path.join(dir, name), rules: name === 'sjis.log' ? { encoding: 'shift_jis' } : {} });
}
await store.write([
  {
    text: 'INSERT INTO system_logs (log_id, logged_at, service, level, message, trace_id, host, attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    rows: Array.from({ length: 500 }, (_, i) => [
      ...[`L${i}`, NOW - 3_600_000 + i * 1000, draw.pick(['web-entry', 'ocr']), 'ERROR', `保存に失敗しました 受付 ${i}`, draw.hex(16), 'ap-1'],
      JSON.stringify({ code: draw.int(1, 9), who: draw.pick(['佐藤', '高橋']), took: draw.int(1, 900) }),
    ]),
  },
]);
await logs.settle();
const lines: string[] = [];
for await (const page of logs.scan({ noise: true }))
  for (const { id, at, atGuessed, service, level, host, templateId, text, lines: n, attributes } of page)
    lines.push(JSON.stringify([id, at, atGuessed, service, level, host, templateId, text, n, attributes]));
const { lines: counted, templated, unparsed } = logs.accounting();
const names = Object.fromEntries(logs.sources().map((s) => [s.path === null ? '' : path.basename(s.path), s.id]));
await logs.close();
await store.close();
const db = new Database(path.join(data, 'toride.db'));
const newest = db.prepare<[], { id: number }>('SELECT max(id) AS id FROM migrations').get()?.id ?? 0;
db.exec('VACUUM');
db.close();
const kept = Object.fromEntries(
  ['toride.db', ...readdirSync(path.join(data, 'log-segments')).map((name) => `log-segments/${name}`)].map((name) => [
    name,
    readFileSync(path.join(data, name)).toString('base64'),
  ]),
);
const whole = {
  now: NOW,
  files: kept,
  sources: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, { id: names[name], digest: createHash('sha256').update(bytes).digest('hex') }])),
  counted: { lines: counted, templated, unparsed },
  // of every line as a page gives it, oldest first
  digest: createHash('sha256').update(lines.join('\n')).digest('hex'),
  records: lines.length,
};
rmSync(dir, { recursive: true });
const file = path.join(import.meta.dirname, `logs-${String(newest).padStart(4, '0')}.json.gz`);
if (existsSync(file)) throw new Error(`${file} is there already: a released fixture is never made again`);
writeFileSync(file, gzipSync(JSON.stringify(whole), { level: 9 }));
console.log(file, lines.length, whole.counted, Object.keys(kept));
