import { expect, test } from 'vitest';
import { detectEncoding } from '../../../main/kernel/encoding.ts';
import { continues } from '../../../main/logs/read/join-lines.ts';

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
