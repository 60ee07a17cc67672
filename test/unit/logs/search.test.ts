import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRows } from '../../../main/logs/search/find-rows.ts';
import { fieldOf, LineMatch } from '../../../main/logs/search/line-match.ts';
import { parseWords, WordMatcher } from '../../../main/logs/search/words.ts';
import { Block } from '../../../main/logs/store/block.ts';
import { readFilter } from '../../../main/logs/store/block-format.ts';
import { encodeBlock } from '../../../main/logs/store/encode-block.ts';
import { foldWords } from '../../../main/logs/store/fold-words.ts';
import type { LogRecord } from '../../../main/logs/store/records.ts';
import { RecordLines } from '../../../main/logs/store/tail.ts';
import { mayHold } from '../../../main/logs/store/word-filter.ts';
import { foldText } from '../../../main/vectors/index.ts';

const recordsOf = (texts: readonly string[]): LogRecord[] =>
  texts.map((text, i) => ({
    id: i + 1,
    at: 1_763_650_000_000 + 250 * i,
    atGuessed: false,
    level: null,
    service: null,
    host: null,
    template: 1 + (i % 3),
    text,
    ending: 'lf',
    lines: 1,
    attributes: '',
    raw: null,
  }));
const encode = (records: readonly LogRecord[]) => encodeBlock({ sourceId: 's', encoding: 'utf-8', records });

const piece = fc.oneof(
  fc.constantFrom(
    'timeout',
    'ab',
    'node',
    'ＡＢ１２',
    '１２',
    '①',
    'サーバー',
    'ｻｰﾊﾞ',
    '認証',
    ' ',
    '  ',
    '-',
    '.',
    ':',
    '=',
    '_',
    'ー',
    '"',
    '\n',
    '16T00',
    '30ms',
    'subdir63',
    'beef',
    '10.2.3.45',
    '9f4ef63',
    '00:05:09',
    '523201',
    '54321',
    '3c:22:fb:0a:1B:9d',
    '：',
    '．',
    'aa-bb-cc-dd-ee-ff',
    '0007',
    '7128370237687728475',
    'İ',
    'ß',
    '゛',
  ),
  fc.integer({ min: 0, max: 10_000_000 }).map(String),
  fc.integer({ min: 0, max: 0xffffff }).map((n) => n.toString(16)),
  fc.string({ maxLength: 3 }),
);
const short = fc.array(piece, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(''));
const text = fc.oneof(
  { weight: 12, arbitrary: short },
  { weight: 1, arbitrary: fc.tuple(short, short).map(([a, b]) => `${a}${'ー-x '.repeat(4096)}${b}`) },
  { weight: 1, arbitrary: fc.tuple(short, short).map(([a, b]) => `${a}${' 7 サ'.repeat(100)}${b}`) },
);

describe('a search in a block or a tail', () => {
  it('finds what is in the lines, no more and no less, and the filter never says no to it', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1, 12),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 20 }), fc.boolean()), {
          minLength: 1,
          maxLength: 3,
        }),
        (texts, copies, cuts) => {
          // few rows of a kind are kept one by one, many in columns
          const records = recordsOf(Array.from({ length: copies }, () => texts).flat());
          const words = cuts.map(([which, from, length, not]) => {
            const whole = foldWords(texts[which % texts.length] ?? '').replaceAll('"', '');
            const start = from % Math.max(1, whole.length);
            return `${not ? '-' : ''}"${whole.slice(start, start + 1 + length)}"`;
          });
          const query = words.join(' ');
          const match = new LineMatch({ text: query });
          const parsed = parseWords(query).map((word) => new WordMatcher(word));
          const expected = records
            .filter((r) => parsed.every((word) => word.isIn(foldWords(r.text)) !== word.word.not))
            .map((r) => r.id);
          for (const lines of [new Block(encode(records).bytes), new RecordLines(records)]) {
            const rows: number[] = [];
            findRows(lines, match, { newest: false, first: 0, last: records.length - 1 }, (row) => {
              rows.push(lines.id[row] ?? 0);
              return true;
            });
            expect(rows).toEqual(expected);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
  it('passes a block by only when none of its lines holds the word', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        fc.nat({ max: 25 }),
        (texts, which, from, length) => {
          const records = recordsOf(Array.from({ length: 12 }, () => texts).flat());
          const whole = foldWords(texts[which % texts.length] ?? '');
          const start = from % Math.max(1, whole.length);
          const word = {
            text: whole.slice(start, start + 1 + length),
            not: false,
            openStart: false,
            openEnd: false,
          };
          const matcher = new WordMatcher(word);
          fc.pre(word.text !== '' && records.some((r) => matcher.isIn(foldWords(r.text))));
          const filter = readFilter(encode(records).bytes);
          const missed = matcher.hashes.filter(
            ({ hash, digits }) =>
              filter && !((filter.unindexed >>> digits) & 1) && !mayHold(filter.bits, hash),
          );
          expect({ texts, word: word.text, missed }).toMatchObject({ missed: [] });
        },
      ),
      { numRuns: 150, examples: [[['10.2.3.450G① 1000000'], 0, 3, 9]] },
    );
  });
  it('folds words as know-how and chat fold them', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(piece, fc.constantFrom('髙橋', 'サービス', 'ヴ', 'エントリー１', '㈱', 'Ａ')), {
            maxLength: 8,
          })
          .map((p) => p.join('x')),
        (given) => {
          const clean = given.replace(/[\p{M}\uff9e\uff9f\s]/gu, '');
          expect(foldWords(clean).trim()).toBe(foldText(clean));
        },
      ),
    );
  });
});

describe('a field of a line', () => {
  const of = (key: string, line: string): string | null =>
    fieldOf(
      key,
      line,
      () => null,
      () => '',
    );
  it('is read as its writers write it', () => {
    expect(of('a', 'a=1 b=2')).toBe('1');
    expect(of('b', 'xb=0 b="two \\"words\\"" c')).toBe('two "words"');
    expect(of('id', '(id: 77), x')).toBe('77');
    expect(of('k', '{"k":[1,2]}')).toBe('[1,2]');
    expect(of('k', '{broken "k": 3')).toBe('3');
    expect(of('k', 'no such')).toBe(null);
  });
});
