import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../main/logs/pipeline-types.ts';
import { decodeRecords } from '../../../main/logs/segments/decode-segment.ts';
import { encodeSegment } from '../../../main/logs/segments/encode-segment.ts';
import { DamagedSegment } from '../../../main/logs/segments/segment-format.ts';
import { drawFrom, linesOf, STYLES } from './styles.ts';

const inOrder = (records: readonly LogRecord[]): LogRecord[] =>
  [...records].sort((a, b) => a.at - b.at || a.id - b.id);
const encode = (records: readonly LogRecord[]) =>
  encodeSegment({ sourceId: 's', day: '2026-11-21', encoding: 'utf-8', records });

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
  attributes: fc.constantFrom('', '{"a":1}'),
  raw: fc.option(fc.uint8Array({ maxLength: 20 }), { freq: 10 }),
});

describe('a segment', () => {
  it('gives back the records it was made of, whatever they hold, in order of time and id', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(record, { selector: (r) => r.id, minLength: 1, maxLength: 60 }),
        (records) => {
          const segment = encode(records);
          expect(decodeRecords(segment.bytes, segment.checksum)).toEqual(inOrder(records));
        },
      ),
      { numRuns: 300 },
    );
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
    const segment = encode(records);
    expect(decodeRecords(segment.bytes, segment.checksum)).toEqual(records);
    expect(segment).toMatchObject({
      firstId: 100,
      lastId: 99 + lines.length,
      records: lines.length,
      minAt: start,
    });
    expect(segment.rawBytes).toBe(records.reduce((sum, r) => sum + Buffer.byteLength(r.text) + 1, 0));
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
    const segment = encode(records);
    expect(decodeRecords(segment.bytes, segment.checksum)).toEqual(records);
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
        attributes: '',
        raw: null,
      }),
    );
    const segment = encode(records);
    fc.assert(
      fc.property(fc.nat({ max: segment.bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = segment.bytes.slice();
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        expect(() => decodeRecords(bytes, segment.checksum)).toThrow(DamagedSegment);
        expect(() => decodeRecords(segment.bytes.subarray(0, at), segment.checksum)).toThrow(DamagedSegment);
        // without the row's checksum: an error value or other records, never a crash
        try {
          decodeRecords(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DamagedSegment);
        }
      }),
      { numRuns: 300 },
    );
  });
});
