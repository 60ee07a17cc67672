import { expect, test } from 'vitest';
import { detectFormat, FORMATS } from '../../../main/logs/index.ts';
import { SAMPLES } from '../../../main/logs/read/formats.ts';
import { parserOf } from './parsing.ts';

test('every format says what its own samples mean', () => {
  for (const { format, line, fields } of SAMPLES)
    expect({ format, line, fields: parserOf(format)(line) }).toEqual({ format, line, fields });
});

test('every format has samples, a title in both languages and a name of its own', () => {
  expect(new Set(FORMATS.map((f) => f.name)).size).toBe(FORMATS.length);
  for (const format of FORMATS) {
    expect(SAMPLES.filter((s) => s.format === format.name).length, format.name).toBeGreaterThan(0);
    expect(format.title.ja && format.title.en).toBeTruthy();
  }
});

test('a source is recognised by its lines', () => {
  const wrong = SAMPLES.filter(
    ({ format, line }) => detectFormat(`${line}\n${line}\n${line}`.split('\n')).format.name !== format,
  );
  expect(wrong.map(({ format, line }) => `${format}: ${line}`)).toEqual([]);
});

test('a few lines of another look change nothing, mostly other lines make it plain text', () => {
  const line = '2026-11-21 14:03:05,120 INFO [main] com.example.Main: ready';
  const trace = '\tat com.example.Main.run(Main.java:14)';
  expect(detectFormat([...Array<string>(8).fill(line), 'hello', trace, trace]).format.name).toBe('general');
  expect(detectFormat([line, 'one', 'two', 'three', 'four']).format.name).toBe('plain');
  expect(detectFormat([]).format.name).toBe('plain');
});

test('lines of traces are not held against a format, however many there are', () => {
  const java = [
    '2026-11-20 10:00:00,123 ERROR [main] com.acme.Foo - Failed order 0',
    'java.lang.RuntimeException: boom 0',
    '\tat com.acme.Foo.bar(Foo.java:0)',
    'Caused by: java.io.IOException: x',
    '\t... 12 more',
  ];
  const python = [
    '2026-11-20 10:00:00,123 - app.mod - ERROR - Failed order 0',
    'Traceback (most recent call last):',
    '  File "/a/b.py", line 0, in f',
    '    g()',
    'ValueError: bad 0',
  ];
  expect(detectFormat([...java, ...java, ...java]).format.name).toBe('general');
  expect(detectFormat([...python, ...python]).format.name).toBe('python-logging');
  expect(detectFormat(python.slice(1)).format.name).toBe('plain');
});

test('a broken or hostile line is of no format and does not take long', () => {
  const lines = [
    '{"a":',
    '{',
    '[[[[',
    '\u0000\u0001',
    '<999999999999>1 ',
    `Jan  1 ${'a'.repeat(50_000)}`,
    `${'[x]'.repeat(20_000)}:`,
  ];
  for (const format of FORMATS)
    for (const line of lines) {
      const parsed = format.parse(line);
      if (parsed) expect(line.endsWith(parsed.content)).toBe(true);
    }
});
