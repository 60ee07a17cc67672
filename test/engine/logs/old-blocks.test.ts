// A data folder as it was before lines were kept in blocks and tails: every line is there at once, and is written anew.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import type { Logs } from '../../../main/logs/index.ts';
import { createLogs } from '../../../main/logs/index.ts';
import { Ingest } from '../../../main/logs/ingest/ingest.ts';
import { openStore, type Store, sql } from '../../../main/store/index.ts';
import { storedBytes } from '../../helpers/logs/open-logs.ts';
import { byTemplate, rollUps, storedLines } from '../../helpers/logs/recounted-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

type Kept = {
  readonly now: number;
  readonly files: Readonly<Record<string, string>>;
  readonly sources: Readonly<Record<string, { readonly id: string; readonly digest: string }>>;
  readonly counted: { readonly lines: number; readonly templated: number; readonly unparsed: number };
  readonly digest: string;
  readonly records: number;
};
const kept = JSON.parse(
  gunzipSync(readFileSync(path.join(import.meta.dirname, '../../legacy/logs-0190.json.gz'))).toString(),
) as Kept;
const digestOf = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

function unpacked(): string {
  const dir = tempDir();
  for (const [name, bytes] of Object.entries(kept.files)) {
    const file = path.join(dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(bytes, 'base64'));
  }
  return dir;
}
async function opened(dataDir: string) {
  const clock = new ManualClock(kept.now);
  const { log, lines: said } = memoryLog(clock);
  const store = await openStore(dataDir, { now: kept.now });
  const shared = { store, dataDir, clock, zone: () => 'Asia/Tokyo', log };
  const logs = createLogs({ ...shared, tasks: new Tasks(clock, log) });
  const ingest = new Ingest(shared);
  const close = async (): Promise<void> => {
    await ingest.close();
    await logs.close();
    await store.close();
  };
  return { store, logs, ingest, said, close };
}
async function expectAllThere(dataDir: string, { store, logs }: { store: Store; logs: Logs }): Promise<void> {
  const lines: string[] = [];
  for await (const page of logs.scan({ noise: true }))
    for (const { id, at, atGuessed, service, level, host, templateId, text, lines: n, attributes } of page)
      lines.push(JSON.stringify([id, at, atGuessed, service, level, host, templateId, text, n, attributes]));
  expect([lines.length, digestOf(lines.join('\n'))]).toEqual([kept.records, kept.digest]);
  for (const [name, { id, digest }] of Object.entries(kept.sources))
    expect([name, digestOf(storedBytes(store, dataDir, id))]).toEqual([name, digest]);
  expect(logs.accounting()).toMatchObject({ ...kept.counted, addsUp: true, damaged: [] });
  const stored = storedLines(store, dataDir);
  const counts = rollUps(store, stored);
  expect(counts.kept).toEqual(counts.counted);
  const seen = await byTemplate(logs, stored);
  expect([seen.listed, seen.charted, seen.scanned]).toEqual([seen.counted, seen.counted, seen.counted]);
  const found = await logs.lines({ filter: { text: '"夜間バッチ 123"' } });
  expect(found.lines.map((line) => line.text.includes('夜間バッチ 123 が'))).toEqual([true]);
}
const filesIn = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir) : []);

test('every line of an old folder is there when it is opened, and after its blocks were written anew, in as many goes as it takes', async () => {
  const dir = unpacked();
  const first = await opened(dir);
  onTestFinished(first.close);
  await expectAllThere(dir, first);
  // stopped after one of them
  expect(await first.ingest.ask('convert', null)).toEqual({ more: true });
  await first.close();

  const second = await opened(dir);
  onTestFinished(second.close);
  await expectAllThere(dir, second);
  await second.ingest.convert();
  await expectAllThere(dir, second);
  expect(filesIn(path.join(dir, 'log-segments'))).toEqual([]);
  expect(
    second.store.read.all(
      sql`SELECT file IS NULL AS isTail, sum(records) AS records FROM log_blocks GROUP BY source_id, isTail ORDER BY 2 DESC`,
    ),
  ).toEqual([
    { isTail: 0, records: 5000 },
    { isTail: 1, records: 600 },
    { isTail: 1, records: 500 },
    { isTail: 1, records: 400 },
    { isTail: 1, records: 294 },
  ]);
  expect([...first.said, ...second.said]).toEqual([]);
});

test('an old block that is damaged stays, is said, and holds nothing up', async () => {
  const dir = unpacked();
  const file = path.join(dir, 'log-segments', '2026-10.seg');
  const bytes = readFileSync(file);
  bytes.fill(0, 100, 200);
  writeFileSync(file, bytes);
  const { store, logs, ingest, close } = await opened(dir);
  onTestFinished(close);
  await ingest.convert();
  const page = await logs.lines({ filter: {}, limit: 10_000 });
  expect(page.leftOut.reduce((sum, block) => sum + block.lines, 0)).toBeGreaterThan(0);
  expect(logs.accounting()).toMatchObject({ ...kept.counted, addsUp: true });
  expect(store.read.all(sql`SELECT DISTINCT file FROM log_blocks WHERE file LIKE 'log-segments/%'`)).toEqual([
    { file: 'log-segments/2026-10.seg' },
  ]);
  expect(filesIn(path.join(dir, 'log-segments'))).toEqual(['2026-10.seg']);
});
