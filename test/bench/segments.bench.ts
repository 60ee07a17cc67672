import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { systemClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { Tasks } from '../../main/kernel/task.ts';
import { detectFormat, Miner } from '../../main/logs/index.ts';
import { createLogs } from '../../main/logs/logs.ts';
import type { LogRecord } from '../../main/logs/pipeline-types.ts';
import { levelOf } from '../../main/logs/read/levels.ts';
import { TimeReader } from '../../main/logs/read/read-time.ts';
import { mergeSegments, planCompaction, planOldDays, planTails } from '../../main/logs/segments/compact.ts';
import { Segment } from '../../main/logs/segments/decode-segment.ts';
import { encodeSegment, SEGMENT_RECORDS } from '../../main/logs/segments/encode-segment.ts';
import { SegmentFiles } from '../../main/logs/segments/segment-files.ts';
import { readHead, SMALL_RECORDS } from '../../main/logs/segments/segment-format.ts';
import { removeSegments, segmentStatement } from '../../main/logs/segments/segment-rows.ts';
import { createSite } from '../../main/simulator/index.ts';
import { openStore, type Store, sql } from '../../main/store/index.ts';
import { drawFrom, linesOf, STYLES } from '../unit/logs/styles.ts';
import { boundOf } from './entropy-bound.ts';

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
  const { format } = detectFormat(lines);
  const miner = new Miner();
  const times = new TimeReader({ zone: 'UTC', skewMs: 0, reference: END });
  let at = END - 86_400_000;
  return lines.map((text, i): LogRecord => {
    const parsed = format.parse(text);
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
  for (let from = 0; from < records.length; from += SEGMENT_RECORDS)
    blocks.push(records.slice(from, from + SEGMENT_RECORDS));
  const encode = () =>
    blocks.map((part) =>
      encodeSegment({ sourceId: 's', partition: '2026-11-21', encoding: 'utf-8', records: part }),
    );
  const segments = encode();
  const stored = segments.reduce((sum, s) => sum + s.bytes.length + s.meta.length, 0);
  const raw = Buffer.from(records.map((r) => `${r.text}\n`).join(''));
  const writing = cpuMs(encode);
  const reading = cpuMs(() => {
    for (const s of segments) {
      const segment = new Segment(s.bytes, s.checksum);
      for (let row = 0; row < segment.records; row++) segment.text(row);
    }
  });
  const kinds = cpuMs(() => {
    for (const s of segments) void new Segment(s.bytes, s.checksum).rows;
  });
  const gzip = gzipSync(raw, { level: 6 }).length;
  const zstd = zstdCompressSync(raw).length;
  const times = (bytes: number): string => `${(raw.length / bytes).toFixed(1)} ×`;
  print(
    `segments: ${name.padEnd(22)} ${times(stored)} smaller than raw (gzip -6 ${times(gzip)}, zstd ${times(zstd)}), ${(stored / records.length).toFixed(1)} of ${Math.round(raw.length / records.length)} B a line; ${Math.round(records.length / writing)}k lines/CPU-s in, ${Math.round(records.length / reading)}k out, what kind each is ${Math.round(records.length / kinds)}k`,
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
  const sizes = [SEGMENT_RECORDS, SMALL_RECORDS, 512, 64].map((size) => {
    let stored = 0;
    for (let from = 0; from < records.length; from += size) {
      const { bytes, meta } = encodeSegment({
        sourceId: 's',
        partition: '2026-11-21',
        encoding: 'utf-8',
        records: records.slice(from, from + size),
      });
      stored += bytes.length + meta.length;
    }
    return `${Math.min(size, records.length)} rows a block ${(raw / stored).toFixed(1)} × (${(stored / records.length).toFixed(0)} B a row)`;
  });
  print(`segments: ${name}, ${Math.round(raw / records.length)} B a row: ${sizes.join(', ')}`);
}

const PARTS = ['filter', 'layouts', 'kinds of lines', 'instants', 'rest', 'rare kinds', 'columns'];
/** What the bytes of one small block are spent on, and how few they could be. */
function account(name: string, records: readonly LogRecord[], print: (line: string) => void): void {
  const { bytes, meta } = encodeSegment({
    sourceId: 's',
    partition: '2026-11-21',
    encoding: 'utf-8',
    records,
  });
  const head = readHead(bytes);
  if (!head) throw new RangeError('no head');
  const sizes = head.parts.map(({ packed, coded }) => packed + coded);
  const fixed = bytes.length - sizes.reduce((sum, size) => sum + size, 0) + meta.length;
  const spent = [
    ['head and row', fixed] as const,
    ...sizes.map((size, i) => [PARTS[i] ?? 'columns', size] as const),
  ];
  const raw = records.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
  const stored = bytes.length + meta.length;
  const bounds = boundOf(new Segment(bytes), sizes[5] ?? 0).sort((a, b) => b.bits - a.bits);
  const bound = bounds.reduce((sum, { bits }) => sum + bits, 0) / 8;
  const text = stored - fixed - (sizes[0] ?? 0);
  print(`segments: ${name}, ${stored} B: ${spent.map(([what, size]) => `${what} ${size}`).join(', ')}`);
  print(
    `segments: ${name}, bytes ÷ entropy bound ${(text / bound).toFixed(2)} (${text} B of lines, bound ${Math.round(bound)} B); with what they are found by ${(stored / bound).toFixed(2)}; the bound itself is ${(raw / bound).toFixed(1)} × smaller than raw`,
  );
  const largest = bounds
    .slice(0, 8)
    .map(
      ({ what, rows, bits }) =>
        `${what} ${Math.round(bits / 8)} B${rows ? ` (${(bits / rows).toFixed(1)} bits a row)` : ''}`,
    );
  print(`segments: ${name}, the most of the bound: ${largest.join('; ')}`);
}

const DAY = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const bytesOf = (records: readonly LogRecord[]): number =>
  records.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
/** Blocks, what their rows say of them, and lines that could not be read. */
const storedIn = (store: Store): { blocks: number; bytes: number } =>
  store.read.get(
    sql`SELECT count(*) AS blocks, COALESCE(sum(bytes + length(meta)), 0)
      + (SELECT COALESCE(sum(length(raw)), 0) FROM log_dead_letters) AS bytes FROM log_segments`,
  ) ?? { blocks: 0, bytes: 0 };
const inFolder = async <T>(work: (dir: string) => Promise<T>): Promise<T> => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-segments-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** What an imported file takes in the store, beside one block of all its lines. */
const imported = (name: string, file: string, records: readonly LogRecord[], print: (line: string) => void) =>
  inFolder(async (dir) => {
    const store = await openStore(dir);
    const tasks = new Tasks(systemClock, silentLog);
    const log = silentLog;
    const logs = createLogs({ store, dataDir: dir, clock: systemClock, zone: () => 'UTC', tasks, log });
    await logs.ingest({ file });
    const { blocks, bytes } = storedIn(store);
    await logs.close();
    await store.close();
    const one = encodeSegment({ sourceId: 's', partition: '2026-11', encoding: 'utf-8', records });
    const days = new Set(records.map((r) => dayOf(r.at))).size;
    print(
      `segments: ${name}, imported: ${(statSync(file).size / bytes).toFixed(1)} × smaller than the file in ${blocks} ${blocks === 1 ? 'block' : 'blocks'} of ${days} days; as one block ${(bytesOf(records) / (one.bytes.length + one.meta.length)).toFixed(1)} ×`,
    );
  });

/** A source of so many days is a tail of few lines a day. */
const TAIL_DAYS = 30;
/** The same as a tail that is followed: each line written when it comes, blocks merged every day. */
const followed = (name: string, records: readonly LogRecord[], print: (line: string) => void) =>
  inFolder(async (dir) => {
    const days = [...Map.groupBy(records, (r) => dayOf(r.at))].sort(([a], [b]) => (a < b ? -1 : 1));
    if (days.length < TAIL_DAYS) return;
    const store = await openStore(dir);
    const files = SegmentFiles.open(dir, []);
    const left: ReadonlySet<number> = new Set();
    let rewritten = 0;
    let raw = 0;
    const smaller: number[] = [];
    const tidy = async (day: string, now: number): Promise<void> => {
      const before = Date.parse(day) - DAY;
      for (;;) {
        const crowded = planCompaction(store.read, left);
        const tails = crowded ? [crowded] : planTails(store.read, { since: before, now, left });
        const plans = tails.length ? tails : planOldDays(store.read, { before, left, most: 20 });
        if (!plans.length) return;
        for (const rows of plans) {
          const { placed, merged } = mergeSegments(files, rows, dayOf);
          await store.write([removeSegments(merged), ...placed.map(segmentStatement)]);
          files.free(merged);
          rewritten += placed.reduce((sum, p) => sum + p.records, 0);
        }
      }
    };
    for (const [day, lines] of days) {
      for (const record of lines) {
        const block = encodeSegment({ sourceId: 's', partition: day, encoding: 'utf-8', records: [record] });
        await store.write([segmentStatement(files.append(block))]);
        await tidy(day, record.at);
      }
      raw += bytesOf(lines);
      await tidy(day, Date.parse(day) + DAY);
      smaller.push(raw / storedIn(store).bytes);
    }
    const { blocks, bytes } = storedIn(store);
    files.close();
    await store.close();
    const later = smaller.slice(days.length >> 1);
    const first = smaller.findLastIndex((times) => times < 10) + 1;
    print(
      `segments: ${name}, followed over ${days.length} days of lines: ${(raw / bytes).toFixed(1)} × smaller in ${blocks} blocks; on the mean of the second half ${(later.reduce((a, b) => a + b, 0) / later.length).toFixed(1)} ×, at least ${Math.min(...later).toFixed(1)}; ten times and more on every day after ${first}; a line rewritten ${(rewritten / records.length).toFixed(1)} times`,
    );
  });

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
      drawn.slice(0, 4 * SEGMENT_RECORDS).map((line, i) => `${stamp(i)} INFO [main] app.Main: ${line}`),
    ),
    print,
  );
  measureTable('a company log table', tableRows(false), print);
  measureTable('the same with names of people', tableRows(true), print);
  if (!existsSync(DATA)) return print('segments: no public lines here (../shared/data/loghub)');
  for (const system of readdirSync(DATA)) {
    const file = path.join(DATA, system, `${system}_2k.log`);
    if (!existsSync(file)) continue;
    const lines = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean);
    const records = recordsOf(lines);
    measure(`${system}, 2,000 lines`, records, print);
    account(system, records, print);
    await imported(system, file, records, print);
    await followed(system, records, print);
    const { format } = detectFormat(lines);
    const header = lines.map((line) => line.length - (format.parse(line)?.content.length ?? line.length));
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
