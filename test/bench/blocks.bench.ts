import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { systemClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { Tasks } from '../../main/kernel/task.ts';
import { createLogs, Miner } from '../../main/logs/index.ts';
import { levelOf } from '../../main/logs/read/levels.ts';
import { TimeReader } from '../../main/logs/read/read-time.ts';
import { Block } from '../../main/logs/store/block.ts';
import { BLOCK_RECORDS } from '../../main/logs/store/block-format.ts';
import { encodeBlock } from '../../main/logs/store/encode-block.ts';
import type { LogRecord } from '../../main/logs/store/records.ts';
import { createSite } from '../../main/simulator/index.ts';
import { openStore } from '../../main/store/index.ts';
import { contentsOf, parsedLines } from '../helpers/logs/parsed-lines.ts';
import { drawFrom, linesOf, STYLES } from '../unit/logs/styles.ts';

const DATA = path.join(import.meta.dirname, '../../../shared/data/loghub');
const COPIES = 8;
const ROUNDS = 5;
const END = Date.UTC(2026, 10, 21, 6, 0, 0);

const cpuMs = (work: () => void): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
};

/** Lines read as ingest reads them: format, time, template. */
function recordsOf(lines: readonly string[]): LogRecord[] {
  const read = parsedLines(lines);
  const miner = new Miner();
  const times = new TimeReader({ zone: 'UTC', skewMs: 0, reference: END });
  let at = END - 86_400_000;
  return lines.map((text, i): LogRecord => {
    const parsed = read[i];
    const own = parsed?.time ? times.read(parsed.time) : null;
    at = own ?? at;
    const template = miner.add(parsed?.content ?? text, parsed?.level).template;
    return {
      id: i + 1,
      at,
      atGuessed: own === null,
      level: parsed?.level ?? null,
      service: parsed?.service ?? null,
      host: parsed?.host ?? null,
      template,
      text,
      ending: 'lf',
      lines: 1,
      attributes: '',
      raw: null,
    };
  });
}

/** A copy as another day might have it: every number of four digits and more and every id is another one, the same wherever it stands. */
function varied(text: string, header: number, copy: number): string {
  const draw = (c: string, i: number, word: string): string => {
    let h = 2166136261 ^ copy;
    for (let k = 0; k < word.length; k++) h = Math.imul(h ^ word.charCodeAt(k), 16777619);
    h = Math.imul(h ^ i, 0x85ebca6b) >>> 8;
    return /[0-9]/.test(c) ? String(i === 0 ? 1 + (h % 9) : h % 10) : String.fromCharCode(97 + (h % 6));
  };
  return (
    text.slice(0, header) +
    text
      .slice(header)
      .replace(/\b[0-9]{4,}\b|\b(?=[0-9a-f]*[0-9])[0-9a-f]{6,}\b/g, (word) =>
        [...word].map((c, i) => draw(c, i, word)).join(''),
      )
  );
}

function measure(name: string, records: readonly LogRecord[], print: (line: string) => void): void {
  const blocks: LogRecord[][] = [];
  for (let from = 0; from < records.length; from += BLOCK_RECORDS)
    blocks.push(records.slice(from, from + BLOCK_RECORDS));
  const encode = () => blocks.map((part) => encodeBlock({ sourceId: 's', encoding: 'utf-8', records: part }));
  const made = encode();
  const stored = made.reduce((sum, s) => sum + s.bytes.length + s.meta.length, 0);
  const raw = Buffer.from(records.map((r) => `${r.text}\n`).join(''));
  const writing = cpuMs(encode);
  const reading = cpuMs(() => {
    for (const s of made) {
      const block = new Block(s.bytes, s.checksum);
      for (let row = 0; row < block.records; row++) block.text(row);
    }
  });
  const kinds = cpuMs(() => {
    for (const s of made) void new Block(s.bytes, s.checksum).kindOf;
  });
  const gzip = gzipSync(raw, { level: 6 }).length;
  const zstd = zstdCompressSync(raw).length;
  const times = (bytes: number): string => `${(raw.length / bytes).toFixed(1)} ×`;
  print(
    `blocks: ${name.padEnd(22)} ${times(stored)} smaller than raw (gzip -6 ${times(gzip)}, zstd ${times(zstd)}), ${(stored / records.length).toFixed(1)} of ${Math.round(raw.length / records.length)} B a line; ${Math.round(records.length / writing)}k lines/CPU-s in, ${Math.round(records.length / reading)}k out, what kind each is ${Math.round(records.length / kinds)}k`,
  );
}

const SURNAMES = ['佐藤', '鈴木', '高橋', '田中', '伊藤', '渡辺', '山本', '中村'];
/** A day of the simulator's log table; `named`: with two columns of people's names more. */
function tableRows(isNamed: boolean): LogRecord[] {
  const site = createSite({ seed: 1, scenario: 'normal', zone: 'UTC', startDate: '2026-11-20' });
  const rows = [...site.until(END)].flatMap((batch) => (batch.table === 'system_logs' ? batch.rows : []));
  const draw = drawFrom(3);
  const name = (): string => `${draw.pick(SURNAMES)} ${draw.pick(SURNAMES)}`;
  const miner = new Miner();
  return rows.map((row, i) => ({
    id: i + 1,
    at: row.logged_at,
    atGuessed: false,
    level: levelOf(row.level ?? '') ?? null,
    service: row.service,
    host: row.host,
    template: miner.add(row.message, levelOf(row.level ?? '')).template,
    text: row.message,
    ending: 'none',
    lines: 1,
    attributes: JSON.stringify({
      trace: row.trace_id,
      ...(JSON.parse(row.attributes ?? '{}') as object),
      ...(isNamed ? { operator: name(), approver: name() } : {}),
    }),
    raw: null,
  }));
}
/** Rows of a table in blocks of several sizes: text, attributes, service and host, as the sources screen counts them. */
function measureTable(name: string, records: readonly LogRecord[], print: (line: string) => void): void {
  const raw = records.reduce(
    (sum, { text, attributes, service, host }) =>
      sum + Buffer.byteLength([text, attributes, service, host].join('')),
    0,
  );
  const sizes = [BLOCK_RECORDS, 4096, 512].map((size) => {
    let stored = 0;
    for (let from = 0; from < records.length; from += size) {
      const { bytes, meta } = encodeBlock({
        sourceId: 's',
        encoding: 'utf-8',
        records: records.slice(from, from + size),
      });
      stored += bytes.length + meta.length;
    }
    return `${Math.min(size, records.length)} rows a block ${(raw / stored).toFixed(1)} × (${(stored / records.length).toFixed(0)} B a row)`;
  });
  print(`blocks: ${name}, ${Math.round(raw / records.length)} B a row: ${sizes.join(', ')}`);
}

/** What an imported file takes in the store, blocks and young lines together. */
async function imported(name: string, file: string, print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-blocks-'));
  try {
    const store = await openStore(dir);
    const tasks = new Tasks(systemClock, silentLog);
    const log = silentLog;
    const logs = createLogs({ store, dataDir: dir, clock: systemClock, zone: () => 'UTC', tasks, log });
    const { storedBytes, bytes } = await logs.ingest({ file });
    await logs.close();
    await store.close();
    print(`blocks: ${name}, imported: ${(bytes / storedBytes).toFixed(1)} × smaller than the file`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export async function run(print: (line: string) => void): Promise<void> {
  const draw = drawFrom(20261121);
  const cases = Object.values(STYLES).flat();
  const drawn = Array.from({ length: 12 }, () =>
    linesOf(cases, draw.int(1, 1 << 30)).map((l) => l.line),
  ).flat();
  const stamp = (i: number): string =>
    new Date(END - 3_600_000 + i * 61).toISOString().slice(0, 23).replace('T', ' ');
  measure(
    'our own mixed lines',
    recordsOf(
      drawn.slice(0, 4 * BLOCK_RECORDS).map((line, i) => `${stamp(i)} INFO [main] app.Main: ${line}`),
    ),
    print,
  );
  measureTable('a company log table', tableRows(false), print);
  measureTable('the same with names of people', tableRows(true), print);
  if (!existsSync(DATA)) return print('blocks: no public lines here (../shared/data/loghub)');
  for (const system of readdirSync(DATA)) {
    const file = path.join(DATA, system, `${system}_2k.log`);
    if (!existsSync(file)) continue;
    const lines = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean);
    const records = recordsOf(lines);
    measure(`${system}, 2,000 lines`, records, print);
    await imported(system, file, print);
    const contents = contentsOf(lines);
    const header = lines.map((line, i) => line.length - (contents[i]?.length ?? line.length));
    const copies = Array.from({ length: COPIES }, (_, copy) =>
      records.map((r, i) => ({
        ...r,
        id: copy * records.length + r.id,
        text: copy === 0 ? r.text : varied(r.text, header[i] ?? 0, copy),
      })),
    ).flat();
    measure(`${system}, varied × ${COPIES}`, copies, print);
  }
}
