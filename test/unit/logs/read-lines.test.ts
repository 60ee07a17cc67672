import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectEncoding } from '../../../main/kernel/encoding.ts';
import { continues } from '../../../main/logs/index.ts';
import { LineSplitter, MAX_LINE_CHARS } from '../../../main/logs/read/read-lines.ts';

const split = (pieces: readonly string[]): string[] => {
  const splitter = new LineSplitter();
  return [...pieces.flatMap((piece) => splitter.take(piece)), ...splitter.finish()];
};

test('the same lines however the text arrives', () => {
  const text = fc
    .array(fc.constantFrom('a', 'あ', '\n', '\r', ' ', 'bc'), { maxLength: 40 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(40)), (whole, cuts) => {
      const places = [0, ...cuts.map((c) => Math.min(c, whole.length)), whole.length].sort((a, b) => a - b);
      const pieces = places.slice(1).map((to, i) => whole.slice(places[i], to));
      expect(split(pieces)).toEqual(split([whole]));
    }),
  );
  expect(split(['a\r\nb\r\r\n', '\nc'])).toEqual(['a', 'b', '', 'c']);
  expect(split(['a\n'])).toEqual(['a']);
  expect(split([])).toEqual([]);
});

test('a line without an end is cut and counted, and the next line is whole', () => {
  const splitter = new LineSplitter();
  const piece = 'x'.repeat(400_000);
  for (let i = 0; i < 10; i++) splitter.take(piece);
  const [long, next] = [...splitter.take('\nnext\n')];
  expect([long?.length, next, splitter.cut]).toEqual([MAX_LINE_CHARS, 'next', 1]);
});

test('what a file is written in is told from its bytes', () => {
  const japanese = {
    'utf-8': 'e38388e383a9e383bc0a',
    shift_jis: '83678389815b90da91b1',
    'euc-jp': 'a5c8a5e9a1bcc0dcc2b3',
  };
  for (const [encoding, hex] of Object.entries(japanese))
    expect(detectEncoding(Buffer.from(hex, 'hex'))).toBe(encoding);
  expect(detectEncoding(Buffer.from('\ufeffa', 'utf16le'))).toBe('utf-16le');
  expect(detectEncoding(Buffer.from('plain line\n'.repeat(9), 'utf16le'))).toBe('utf-16le');
  expect(detectEncoding(Buffer.from('plain'))).toBe('utf-8');
  expect(detectEncoding(new Uint8Array())).toBe('utf-8');
});

test('stack traces and indented lines continue the line before, sentences do not', () => {
  const trace = [
    '\tat a.B.c(B.java:1)',
    'at a.B.c(B.java:1)',
    'Caused by: java.io.IOException: x',
    '... 14 more',
    'java.lang.IllegalStateException: no',
    'Traceback (most recent call last):',
    '  File "a.py", line 3',
    'ValueError: bad',
  ];
  expect(trace.filter((line) => !continues(line))).toEqual([]);
  expect(['server ready', 'Error opening file', 'at noon', '12 more'].filter(continues)).toEqual(['at noon']);
});
