import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Encoding } from '../../../main/kernel/encoding.ts';
import { encodeText } from '../../../main/logs/read/encode-text.ts';
import { LineCutter, MAX_LINE_BYTES, type RawLine } from '../../../main/logs/sources/cut-lines.ts';
import { matcher } from '../../../main/logs/sources/folder.ts';
import { isRotatedName } from '../../../main/logs/sources/plain-file.ts';

const cut = (pieces: readonly Buffer[], encoding: Encoding, isGuess = false): RawLine[] => {
  const lines: RawLine[] = [];
  const cutter = new LineCutter({ encoding, isGuess, atStart: true });
  for (const piece of pieces) {
    // the reader uses its buffer again
    const own = Buffer.from(piece);
    cutter.take(own, lines);
    own.fill(0xff);
  }
  cutter.finish(lines);
  return lines;
};
const pieces = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const places = [0, ...cuts.map((c) => c % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((to, i) => bytes.subarray(places[i], to));
};
const ENCODINGS: readonly Encoding[] = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-jp',
  'windows-1252',
];

test('any bytes in any pieces: the same lines, every byte of them accounted for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(10, 13, 0, 65, 0x82, 0xa0, 0xe3), fc.integer({ min: 0, max: 255 })), {
        maxLength: 60,
      }),
      fc.array(fc.nat(60), { maxLength: 6 }),
      fc.constantFrom(...ENCODINGS),
      (codes, cuts, encoding) => {
        const bytes = Buffer.from(codes);
        const whole = cut([bytes], encoding);
        expect(cut(pieces(bytes, cuts), encoding)).toEqual(whole);
        expect(whole.reduce((sum, l) => sum + l.bytes, 0)).toBe(bytes.length);
      },
    ),
    { numRuns: 500 },
  );
});

test('text in any encoding comes back byte for byte', () => {
  const char = fc.constantFrom(
    'a',
    'Z',
    '9',
    ' ',
    '接',
    '続',
    'エ',
    'ｴ',
    '、',
    '「',
    '①',
    '～',
    '\r',
    '\n',
    '\t',
  );
  fc.assert(
    fc.property(fc.array(char, { maxLength: 40 }), fc.constantFrom(...ENCODINGS), (chars, encoding) => {
      const bytes = encodeText(chars.join(''), encoding);
      if (!bytes) return;
      const back = cut([bytes], encoding).map((l) =>
        Buffer.concat([
          l.raw ?? encodeText(l.text, encoding) ?? Buffer.alloc(0),
          encodeText({ lf: '\n', crlf: '\r\n', none: '' }[l.ending], encoding) ?? Buffer.alloc(0),
        ]),
      );
      expect(Buffer.concat(back).equals(bytes)).toBe(true);
    }),
  );
});

test('a byte order mark is no part of the text, and is kept', () => {
  expect(cut([Buffer.from('\ufeffa\nb\n')], 'utf-8')).toMatchObject([
    { text: 'a', raw: Buffer.from('\ufeffa') },
    { text: 'b', raw: null },
  ]);
});

test('a line too long is counted, not kept, and the next one is whole', () => {
  const long = Buffer.alloc(3 * MAX_LINE_BYTES, 120);
  const lines = cut(
    pieces(Buffer.concat([long, Buffer.from('\nnext\n')]), [70_000, 900_000, 2_000_000]),
    'utf-8',
  );
  expect(lines.map((l) => [l.text, l.dead?.reason ?? null, l.bytes])).toEqual([
    ['', 'too-long', long.length + 1],
    ['next', null, 5],
  ]);
  expect(lines[0]?.dead?.raw.length).toBe(65_536);
});

test('Japanese that comes after a long stretch of ASCII is recognised when it comes', () => {
  const sjis = Buffer.from('90da91b183478389815b', 'hex');
  const lines = cut([Buffer.from('ok\n'.repeat(10)), sjis, Buffer.from('\nend\n')], 'utf-8', true);
  expect(lines.at(-2)?.text).toBe('接続エラー');
});

test('names of rotated files, and patterns of a folder', () => {
  const rotated = ['app.log.1', 'app.log-20261121', 'app-20261121.log', 'app.2.log', 'app.log.2026-11-21'];
  expect(rotated.filter((name) => !isRotatedName(name, 'app.log'))).toEqual([]);
  expect(
    ['app.log', 'app-web.log', 'application.log', 'app.log.gz', 'app.txt'].filter((n) =>
      isRotatedName(n, 'app.log'),
    ),
  ).toEqual([]);
  expect(['a.log', 'B.LOG', 'c.txt', 'd.log.1'].filter(matcher('*.log, c.*'))).toEqual([
    'a.log',
    'B.LOG',
    'c.txt',
  ]);
  // as Finder writes it
  expect(matcher('データ*.log')('データ1.log'.normalize('NFD'))).toBe(true);
});
