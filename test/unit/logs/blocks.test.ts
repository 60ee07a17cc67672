import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Miner } from '../../../main/logs/index.ts';
import { Block } from '../../../main/logs/store/block.ts';
import { BLOCK_RECORDS, DamagedBlock, guarded } from '../../../main/logs/store/block-format.ts';
import { encodeBlock } from '../../../main/logs/store/encode-block.ts';
import { decodeOldBlock } from '../../../main/logs/store/old-block/decode.ts';
import type { LogRecord } from '../../../main/logs/store/records.ts';
import { createSite } from '../../../main/simulator/index.ts';
import { drawFrom, linesOf, STYLES } from './styles.ts';

const inOrder = (records: readonly LogRecord[]): LogRecord[] =>
  [...records].sort((a, b) => a.at - b.at || a.id - b.id);
const encode = (records: readonly LogRecord[]) => encodeBlock({ sourceId: 's', encoding: 'utf-8', records });
const decodeRecords = (bytes: Uint8Array, checksum?: number): LogRecord[] =>
  guarded(() => {
    const block = new Block(bytes, checksum);
    return Array.from({ length: block.records }, (_, row) => block.record(row));
  });

const fragment = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)), maxLength: 20 }),
  fc.constantFrom(
    'user=',
    ' ',
    '\n\tat com.example.Main.run(Main.java:14)',
    '２０２６',
    'サーバー',
    '-beef-',
    ':ff:',
    '16T00',
    '30ms',
    'subdir63',
    '0',
    '007',
    '9007199254740993',
    '1'.repeat(40),
    'deadbeef01',
    'req-38101a0b-2096-447d-96ea-a692162415ae',
    '2026-11-21 14:03:05,120',
    '\ud800',
    '\udc00',
    '"',
    '<*>',
    '\0',
    '💡',
  ),
  fc.integer().map(String),
  fc.nat().map((n) => n.toString(16)),
);
const text = fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join(''));
const record: fc.Arbitrary<LogRecord> = fc.record({
  id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  at: fc.oneof(
    fc.integer({ min: 1_763_650_000_000, max: 1_763_660_000_000 }),
    fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }),
  ),
  atGuessed: fc.boolean(),
  level: fc.constantFrom(null, 'trace', 'debug', 'info', 'warn', 'error', 'fatal'),
  service: fc.option(fc.constantFrom('', 'web', '受付', 'a'.repeat(100))),
  host: fc.option(fc.oneof(fc.constantFrom('h1', 'h2', ''), fragment)),
  template: fc.nat({ max: 5 }),
  text,
  ending: fc.constantFrom('lf', 'crlf', 'none'),
  lines: fc.integer({ min: 1, max: 1000 }),
  attributes: fc.oneof(fc.constantFrom('', '{"a":1}'), fc.json(), text),
  raw: fc.option(fc.uint8Array({ maxLength: 20 }), { freq: 10 }),
});

/** Of a table so many rows are enough for a tenth. */
const LEAST_OF_TABLE = 4096;
const LEGACY = path.join(import.meta.dirname, '../../legacy');
const plainRecord = (i: number, at: number, line: string): LogRecord => ({
  id: i + 1,
  at,
  atGuessed: false,
  level: 'info',
  service: null,
  host: null,
  template: 1,
  text: line,
  ending: 'lf',
  lines: 1,
  attributes: '',
  raw: null,
});

describe('a block', () => {
  it('gives back the records it was made of, whatever they hold, in order of time and id', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(record, { selector: (r) => r.id, minLength: 1, maxLength: 60 }),
        (records) => {
          const block = encode(records);
          expect(decodeRecords(block.bytes, block.checksum)).toEqual(inOrder(records));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives back the attributes of many lines, words, ids and times that vary or not, JSON or not', () => {
    const wording = fc.oneof(
      fc.constantFrom('入力', 'save', 'a "quoted" one', 'b\\\\', '10.0.0.7', '12', ''),
      text,
    );
    const attributes = fc.oneof(
      {
        arbitrary: fc.record({
          who: wording,
          state: wording,
          took: fc.nat(),
          at: fc.date({ noInvalidDate: true }),
        }),
        weight: 8,
      },
      { arbitrary: fc.dictionary(fc.constantFrom('who', 'b', 'ö'), fc.jsonValue()), weight: 1 },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ arbitrary: attributes.map((a) => JSON.stringify(a)), weight: 9 }, text), {
          minLength: 32,
          maxLength: 120,
          size: 'max',
        }),
        (list) => {
          const records = list.map((attributes, i) => ({
            ...plainRecord(i, 1_763_650_000_000 + i * 31, `job ${i}`),
            attributes,
          }));
          const { bytes, checksum } = encode(records);
          expect(decodeRecords(bytes, checksum)).toEqual(records);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the rows of a log table, attributes and all, in less than a tenth of their bytes, whatever words vary in them', () => {
    const site = createSite({ seed: 1, scenario: 'normal', zone: 'Asia/Tokyo', startDate: '2026-11-20' });
    const rows = [...site.until(Date.parse('2026-11-20T18:00:00+09:00'))].flatMap((batch) =>
      batch.table === 'system_logs' ? batch.rows : [],
    );
    expect(rows.length).toBeGreaterThan(LEAST_OF_TABLE);
    const draw = drawFrom(5);
    const name = (): string =>
      `${'佐鈴高田伊渡山中小加'.charAt(draw.int(0, 9))}藤 ${'健大美陽翔直恵愛'.charAt(draw.int(0, 7))}`;
    for (const more of [() => ({}), () => ({ operator: name(), approver: name() })])
      for (const most of [LEAST_OF_TABLE, rows.length]) {
        const records = rows.slice(0, most).map(
          (row, i): LogRecord => ({
            ...plainRecord(i, row.logged_at, row.message),
            service: row.service,
            host: row.host,
            attributes: JSON.stringify({
              trace: row.trace_id,
              ...JSON.parse(row.attributes ?? '{}'),
              ...more(),
            }),
          }),
        );
        const raw = records.reduce(
          (sum, r) => sum + Buffer.byteLength([r.text, r.attributes, r.service, r.host].join('')),
          0,
        );
        const { bytes, meta } = encode(records);
        expect(raw / (bytes.length + meta.length)).toBeGreaterThan(10);
        expect(decodeRecords(bytes)).toEqual(inOrder(records));
      }
  });

  it('gives back every line of many styles, with times in the text or without', () => {
    const lines = Object.values(STYLES).flatMap((cases) => linesOf(cases, 7).map((l) => l.line));
    const start = Date.UTC(2026, 10, 21, 3, 0, 0);
    const records = lines.map((line, i): LogRecord => {
      const at = start + i * 137;
      const stamp = new Date(at + 9 * 3_600_000).toISOString().replace('T', ' ').replace('Z', '');
      return {
        id: 100 + i,
        at,
        atGuessed: false,
        level: i % 7 ? 'info' : 'error',
        service: `svc-${i % 3}`,
        host: null,
        template: 1 + (i % 40),
        text: i % 5 ? `${stamp} [worker-${i % 4}] ${line}` : line,
        ending: 'lf',
        lines: 1,
        attributes: '',
        raw: null,
      };
    });
    const block = encode(records);
    expect(decodeRecords(block.bytes, block.checksum)).toEqual(records);
    expect(block).toMatchObject({
      firstId: 100,
      lastId: 99 + lines.length,
      records: lines.length,
      minAt: start,
    });
    expect(block.rawBytes).toBe(records.reduce((sum, r) => sum + Buffer.byteLength(r.text) + 1, 0));
  });

  it('gives back numbers however large, signed or padded, and addresses', () => {
    const whole = fc.oneof(
      fc.maxSafeNat(),
      fc.nat({ max: 300 }),
      fc.constantFrom(0, 2 ** 49 + 1, 2 ** 50, 2 ** 53 - 1),
    );
    const byte = fc.nat({ max: 300 }).map(String);
    const value = fc.oneof(
      whole.map(String),
      whole.map((n) => `-${n}`),
      fc.bigInt({ min: 0n, max: 10n ** 27n }).map(String),
      whole.map((n) => String(n).padStart(12, '0')),
      fc.tuple(byte, byte, byte, byte).map((quad) => quad.join('.')),
    );
    const at = Date.UTC(2026, 10, 21);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value, value), { minLength: 4, maxLength: 300 }),
        fc.boolean(),
        (drawn, many) => {
          const rows = many
            ? Array.from({ length: 5000 }, (_, i) => drawn[i % drawn.length] ?? drawn[0])
            : drawn;
          const records = rows.map(
            (values, i): LogRecord =>
              plainRecord(
                i,
                at + i * 977,
                `${Math.floor((at + i * 977) / 1000) + (i > 100 ? 3600 : 0)} took ${values?.join(' of ')}`,
              ),
          );
          const block = encode(records);
          expect(decodeRecords(block.bytes, block.checksum)).toEqual(records);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('is read as ever where it was written before, in each version there was', () => {
    const versions = readdirSync(LEGACY).filter((name) => /^segment-\d+\.json$/.test(name));
    expect(versions).not.toEqual([]);
    for (const name of versions) {
      const kept = JSON.parse(readFileSync(path.join(LEGACY, name), 'utf8')) as {
        checksum: number;
        bytes: string;
        records: (Omit<LogRecord, 'raw'> & { raw: string | null })[];
      };
      const records = kept.records.map(
        (r): LogRecord => ({ ...r, raw: r.raw === null ? null : new Uint8Array(Buffer.from(r.raw, 'hex')) }),
      );
      const bytes = new Uint8Array(Buffer.from(kept.bytes, 'base64'));
      expect(decodeOldBlock(bytes, kept.checksum)).toEqual({ encoding: 'utf-8', records });
      bytes[60] = (bytes[60] ?? 0) ^ 1;
      expect(() => decodeOldBlock(bytes, kept.checksum)).toThrow(DamagedBlock);
    }
  });

  it('of sixteen thousand lines is less than a twelfth of them, found by its words and all', () => {
    const draw = drawFrom(5);
    const bodies = Object.values(STYLES).flatMap((cases) => linesOf(cases, 5).map((l) => l.line));
    const miner = new Miner();
    let at = Date.UTC(2026, 2, 28);
    const records = Array.from({ length: BLOCK_RECORDS }, (_, i): LogRecord => {
      at += draw.int(0, 40);
      const text = draw.pick(bodies).replace(/\d{2,}/, () => String(draw.int(10, 99_999)));
      const stamp = new Date(at).toISOString().slice(0, 23).replace('T', ' ');
      return {
        ...plainRecord(i, at, `${stamp} INFO [main] com.example.Job: ${text}`),
        template: miner.add(text).template,
      };
    });
    const { bytes, rawBytes, meta } = encode(records);
    expect(rawBytes / (bytes.length + meta.length)).toBeGreaterThan(12);
    expect(decodeRecords(bytes)).toEqual(records);
  });

  it('gives back any of its lines, whichever are asked for first', () => {
    const word = fc.oneof(
      fc.constantFrom('web', '受付', 'a b'),
      fc.nat().map(String),
      fc.bigInt({ min: 1n << 40n, max: 1n << 70n }).map(String),
      fc.uuid(),
      fc.ipV4(),
    );
    const row = fc.tuple(fc.nat({ max: 6 }), fc.array(word, { minLength: 8, maxLength: 8 }));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 900, maxLength: 1500 }),
        fc.infiniteStream(fc.nat()),
        (rows, chosen) => {
          const records = rows.map(([template, [a, ...words]], i) => ({
            ...plainRecord(i, 1_763_650_000_000 + 977 * i, `${a}: step ${template} of ${words.join(' | ')}`),
            template,
          }));
          const { bytes, checksum } = encode(records);
          const block = new Block(bytes, checksum);
          for (const n of [...chosen.take(40)].map((n) => n % records.length))
            expect(block.record(n)).toEqual(records[n]);
          expect(decodeRecords(bytes, checksum)).toEqual(records);
        },
      ),
      { numRuns: 12 },
    );
  });
  it('holds a line of a million characters, with more numbers than columns', () => {
    const long = `${'x'.repeat(500_000)} ${Array.from({ length: 60_000 }, (_, i) => i).join(' ')}`;
    const drawn = drawFrom(3);
    const records = Array.from(
      { length: 50 },
      (_, i): LogRecord => ({
        id: i + 1,
        at: i,
        atGuessed: true,
        level: null,
        service: null,
        host: null,
        template: 1,
        text: i % 10 === 0 ? `${drawn.int(1, 1e9)} ${long}` : `short ${i}`,
        ending: 'none',
        lines: 1,
        attributes: '',
        raw: null,
      }),
    );
    const block = encode(records);
    expect(decodeRecords(block.bytes, block.checksum)).toEqual(records);
  });

  it('is refused as damaged when any byte of it changed or was cut off', () => {
    const records = Array.from(
      { length: 200 },
      (_, i): LogRecord => ({
        id: i + 1,
        at: i * 1000,
        atGuessed: false,
        level: 'info',
        service: 'a',
        host: null,
        template: 1,
        text: `job ${i} of ${i * 31} done in ${i % 17}ms by 9f${i}c`,
        ending: 'lf',
        lines: 1,
        attributes: JSON.stringify({ who: `clerk ${'abcdefgh'.charAt(i % 8)}`, took: i % 31 }),
        raw: null,
      }),
    );
    const block = encode(records);
    fc.assert(
      fc.property(fc.nat({ max: block.bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = block.bytes.slice();
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        expect(() => decodeRecords(bytes, block.checksum)).toThrow(DamagedBlock);
        expect(() => decodeRecords(block.bytes.subarray(0, at), block.checksum)).toThrow(DamagedBlock);
        // without the row's checksum: an error value or other records, never a crash
        try {
          decodeRecords(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedBlock);
        }
      }),
      { numRuns: 300 },
    );
  });
});
