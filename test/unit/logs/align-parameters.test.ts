import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Miner, readQuantity } from '../../../main/logs/index.ts';
import { parametersOf } from '../../../main/logs/mine/align-parameters.ts';
import { hasLoghub, LOGHUB_SYSTEMS, loghub } from '../../helpers/logs/grouping.ts';
import { contentsOf } from '../../helpers/logs/parsed-lines.ts';
import { linesOf, STYLES } from './styles.ts';

/** The values found in a raw line whose content is the last of the `contents` mined. */
function values(contents: readonly string[], raw?: string): string[] {
  const miner = new Miner();
  const ids = contents.map((content) => miner.add(content).template);
  const line = raw ?? contents.at(-1) ?? '';
  return parametersOf(miner.partsOf(ids.at(-1) ?? 1), line).map(([start, end]) => line.slice(start, end));
}

describe('where values stand in a raw line', () => {
  test('after a header of any kind', () => {
    const content = 'took 31 ms for page 7 of /a/b';
    for (const header of [
      '',
      '2026-11-21 14:03:05,120 INFO [main] com.example.Main: ',
      '<34>1 2026-11-21T14:03:05Z host app 12 - - ',
      '081109 203615 148 INFO dfs.DataNode: ',
    ])
      expect(values([content], header + content)).toEqual(['31 ms', '7', '/a/b']);
  });
  test('several words in a parameter, lists, quotes, quantities', () => {
    expect(values(['delete blk_1 blk_2, blk_3 from it'])).toEqual(['blk_1 blk_2, blk_3']);
    expect(values(['name="A B" sent 10547 bytes (10.2 KB)'])).toEqual(['"A B"', '10547 bytes (10.2 KB)']);
    expect(values(['open "x 1" now'])).toEqual(['x 1']);
  });
  test('Japanese without spaces', () => {
    expect(values(['拠点「札幌」の残件が１２３件を超えました'])).toEqual(['札幌', '１２３']);
    const raw = '2026-11-21 14:03:05 [警告] 担当者 佐藤 がログアウトしました';
    const names = ['田中', '鈴木', '佐藤'].map((name) => `担当者 ${name} がログアウトしました`);
    expect(values(names, raw)).toEqual(['佐藤']);
  });
  test.each([
    ['last', (message: string) => JSON.stringify({ level: 'info', message })],
    ['first', (message: string) => JSON.stringify({ message, level: 'info', took: 'answered' })],
  ])('what a JSON record says is cut at the end of its text: %s', (_, record) => {
    const said = ['order 7 answered in 12ms', 'order 8 answered in 340ms'];
    expect(values(said, record('order 8 answered in 340ms'))).toEqual(['8', '340ms']);
  });
  test('a line read before the template was widened has its value too', () => {
    const miner = new Miner();
    const line = (user: string) => `session opened for user ${user} again`;
    for (const user of ['alice', 'bob']) miner.add(line(user));
    const raw = `Nov 21 14:03:05 host sshd[12]: ${line('alice')}`;
    expect(parametersOf(miner.partsOf(1), raw).map(([s, e]) => raw.slice(s, e))).toEqual(['alice']);
  });
  test('only the first of joined lines has values; what is not there has end 0', () => {
    expect(values(['job 7 failed'], 'ERROR job 7 failed\n\tat a.B.c(D.java:14)')).toEqual(['7']);
    const miner = new Miner();
    miner.add('job 7 failed');
    expect(parametersOf(miner.partsOf(1), 'something else')).toEqual([[0, 0]]);
  });
  test('inside JSON the words between the parameters are searched for', () => {
    expect(
      values(
        ['job 7 of "a" failed after 31 ms'],
        '{"level":"error","msg":"job 7 of \\"a\\" failed after 31 ms"}',
      ).at(0),
    ).toBe('7');
  });
});

test('in every line of our styles, the parts and the values make up the line', () => {
  const miner = new Miner();
  const lines = Object.values(STYLES).flatMap((cases) => linesOf(cases, 4).map((l) => l.line));
  const ids = lines.map((line) => miner.add(line).template);
  for (const [i, line] of lines.entries()) {
    const parts = miner.partsOf(ids[i] ?? 0);
    const header = '2026-11-21 14:03:05,120 INFO [main] com.example.Main: ';
    for (const [raw, content] of [
      [line, line],
      [header + line, line],
    ] as const) {
      const spans = parametersOf(parts, raw, content);
      expect(spans.every(([, end]) => end > 0)).toBe(true);
      let at = 0;
      for (const [start, end] of spans) {
        expect(start >= at && end >= start && end <= raw.length).toBe(true);
        at = end;
      }
    }
  }
});

test('any text in, no throw, spans inside the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      (a, b) => {
        const miner = new Miner();
        const { template } = miner.add(a);
        for (const text of [a, b, b + a, a + b])
          for (const [start, end] of parametersOf(miner.partsOf(template), text))
            expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      },
    ),
    { numRuns: 500, seed: 5 },
  );
});

describe.skipIf(!hasLoghub)('public lines', () => {
  test('the values are found in the raw lines, as the miner saw them', () => {
    for (const system of LOGHUB_SYSTEMS) {
      const raw = readFileSync(loghub(system).log, 'utf8').split(/\r?\n/).filter(Boolean);
      const contents = contentsOf(raw);
      const miner = new Miner();
      const lines = raw.map((line, i) => ({ line, content: contents[i] ?? line }));
      const ids = lines.map(({ content }) => miner.add(content).template);
      let [found, same, parameters] = [0, 0, 0];
      for (const [i, { line, content }] of lines.entries()) {
        const parts = miner.partsOf(ids[i] ?? 0);
        const exact = parametersOf(parts, line, content);
        const blind = parametersOf(parts, line);
        parameters += exact.length;
        found += exact.filter(([, end]) => end > 0).length;
        same += exact.filter(([start, end], h) => blind[h]?.[0] === start && blind[h]?.[1] === end).length;
      }
      expect({ system, found: found / parameters }).toEqual({ system, found: 1 });
      expect(same / parameters, system).toBeGreaterThan(0.97);
    }
  });
});

test.each([
  ['31 ms', true, 31, 'ms'],
  ['1.5 seconds', true, 1500, 'ms'],
  ['00:02', true, 2000, 'ms'],
  ['<1 sec', true, 1000, 'ms'],
  ['64MB', false, 64 * 1024 ** 2, 'B'],
  ['10547 bytes (10.2 KB)', false, 10547, 'B'],
  ['1,234', false, 1234, null],
  ['１２３', false, 123, null],
  ['-5', false, -5, null],
  ['98.5%', false, 98.5, '%'],
  ['980 JPY', false, 980, 'JPY'],
])('%s is a quantity', (text, isDuration, value, unit) => {
  expect(readQuantity(text, isDuration)).toEqual({ value, unit });
});
test.each(['blk_-12', '10.0.0.1', '2026-11-21', '12:30:01', '/a/1', 'abc', '1.2.3', '7f3a', ''])(
  '%s is none',
  (text) => {
    expect(readQuantity(text, false)).toBeNull();
  },
);
