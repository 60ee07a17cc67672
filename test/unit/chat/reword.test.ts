import { describe, expect, test } from 'vitest';
import type { Line } from '../../../main/chat/draft.ts';
import { both, FactBook } from '../../../main/chat/facts.ts';
import { batchesOf, reword } from '../../../main/chat/reword.ts';
import { fillLines, joinLines } from '../../../main/chat/word-answer.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import type { TextModel } from '../../../main/llm/types.ts';
import { at, NOW, SAPPORO, ZONE } from '../../helpers/hand-made-site.ts';
import { rewriting, writer } from '../../helpers/stand-in-models.ts';

const clock = new ManualClock(NOW);
const book = new FactBook(NOW, ZONE);
const label = both('値', 'value');
const cell = book.cell(SAPPORO);
const backlog = book.items(1240, label, 0);
const due = book.instant(at('16:00'), label, 0);
const lines: readonly Line[] = [
  { before: '', text: `${cell}の残件は${backlog}です。` },
  { before: '', text: `納期は${due}です。` },
];
const COMPOSED = '札幌 SS エントリ1の残件は1,240件です。納期は16:00です。';

const word = async (model: TextModel, signal = new AbortController().signal) => {
  const { log, lines: logged } = memoryLog(clock);
  const names = { people: ['佐藤 花子'], places: ['盛岡'] };
  const worded = fillLines({ lines, facts: book.facts, lang: 'ja', names, log });
  const input = { lines, facts: book.facts, lang: 'ja' as const, names, model, seed: 1, clock, log, signal };
  for await (const { index, filled } of reword({ ...input, patienceMs: 1000 })) {
    const old = worded[index];
    if (old && filled) worded[index] = { ...old, ...filled, by: 'model' };
  }
  const whole = worded.filter((line) => line !== null);
  return { ...joinLines(whole), by: whole.map((line) => line.by), logged };
};
const says = (text: string): TextModel => writer(() => text);
/** a model that answers nothing and hears nothing */
const silent = (told?: () => void): TextModel => ({
  modelId: 'silent',
  write(_request, signal) {
    signal.addEventListener('abort', () => told?.());
    const never = {
      next: () => new Promise<never>(() => {}),
      return: () => new Promise<never>(() => {}),
      throw: () => new Promise<never>(() => {}),
      [Symbol.asyncIterator]: () => never,
      [Symbol.asyncDispose]: () => new Promise<void>(() => {}),
    };
    return never;
  },
});

describe('a model may word an answer, and nothing more', () => {
  test('an obedient wording takes the place of the composed lines, its slots filled by code, however it is cut', async () => {
    const answer = await word(
      says(`1: 今、${cell}の残件は${backlog}です。\n2: 納期は${due}となっています。`),
    );
    expect(answer).toMatchObject({
      text: '今、札幌 SS エントリ1の残件は1,240件です。納期は16:00となっています。',
      by: ['model', 'model'],
    });
    expect(answer.marks.map((mark) => answer.text.slice(mark.start, mark.end))).toEqual([
      '札幌 SS エントリ1',
      '1,240件',
      '16:00',
    ]);
  });
  test('lines without numbers are taken in their order, one that is missing stays the composer’s', async () => {
    expect((await word(says(`${cell}の残件は、${backlog}です。`))).by).toEqual(['model', 'composer']);
    const second = await word(says(`2: 納期は、${due}です。\n7: 納期は、${due}です。`));
    expect(second.by).toEqual(['composer', 'model']);
  });
  test.each([
    ['a number of its own', `${cell}の残件は${backlog}、実は9,999件です。`],
    ['a spelt-out number', `${cell}の残件は${backlog}、三千件に届きます。`],
    ['its own fact spelt out', `${cell}の残件は${backlog}、1,240件です。`],
    ['another line’s fact written out', `${cell}の残件は${backlog}、16:00まで。`],
    ['a person', `${cell}の残件は${backlog}で、佐藤さんが担当です。`],
    ['a place', `${cell}の残件は${backlog}で、盛岡も同じです。`],
    ['a fact left out', `${cell}の残件は多いです。`],
    ['a fact of another line', `${cell}の残件は${backlog}、納期は${due}です。`],
    ['a slot that does not exist', `${cell}の残件は{{f77}}です。`],
    ['a bent fact', `${cell}の残件は${backlog}以上です。`],
    ['a denial', `${cell}の残件は${backlog}ではありません。`],
    ['a promise', `${cell}の残件は${backlog}で、遅れません。`],
    ['a cause', `${cell}の残件は${backlog}で、原因は怠慢です。`],
    ['an order', `${cell}の残件は${backlog}です。今すぐ承認してください。`],
    ['another unit', `${cell}の残件は${backlog}分です。`],
    ['another language', `${cell} has ${backlog} waiting.`],
    ['markup', `${cell}の残件は<b>${backlog}</b>です。`],
  ])('where it lies (%s) the composer’s line stands', async (_, lie) => {
    const answer = await word(says(`1: ${lie}\n2: 納期は、${due}です。`));
    expect(answer.text).toBe('札幌 SS エントリ1の残件は1,240件です。納期は、16:00です。');
    expect(answer.by).toEqual(['composer', 'model']);
  });
  test('an empty wording, and one that breaks off, leave the rest to the composer', async () => {
    expect((await word(says(''))).text).toBe(COMPOSED);
    const answer = await word({
      modelId: 'broken',
      async *write() {
        yield `1: 今、${cell}の残件は${backlog}です。\n`;
        throw new Error('out of memory');
      },
    });
    expect(answer.text).toBe('今、札幌 SS エントリ1の残件は1,240件です。納期は16:00です。');
    expect(answer.logged.some((line) => line.level === 'warn')).toBe(true);
  });
  test('a wording that falls silent is not waited for, and is told to stop', async () => {
    let told = false;
    const answer = word(
      silent(() => {
        told = true;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    clock.advance(1000);
    expect((await answer).text).toBe(COMPOSED);
    expect(told).toBe(true);
  });
  test('an abort does not wait for it either', async () => {
    const abort = new AbortController();
    const answer = word(silent(), abort.signal);
    setTimeout(() => abort.abort(), 5);
    await expect(answer).rejects.toBeInstanceOf(Cancelled);
  });
  test('it never sees a value, a name or a quotation: only sentences with slots, and what kind each slot is', async () => {
    const model = rewriting((line) => line);
    await word(model);
    const { system, user } = model.writes[0] ?? { system: '', user: '' };
    expect(user).toBe(`印: f1=名前や引用、f2=件数、f3=時刻\n1: ${lines[0]?.text}\n2: ${lines[1]?.text}`);
    for (const secret of ['1,240', '1240', '16:00', '札幌']) expect(system + user).not.toContain(secret);
  });
  test('the constant part comes first and is the same for every answer in a language', async () => {
    const model = rewriting((line) => line);
    await word(model);
    await word(model);
    expect(new Set(model.writes.map((request) => request.system)).size).toBe(1);
    expect(model.writes.every((request) => request.temperature <= 0.3)).toBe(true);
  });
});

describe('how much is asked at once', () => {
  const long = (n: number, text = '納期は{{f3}}です。'): Line[] =>
    Array.from({ length: n }, () => ({ before: '\n' as const, text }));
  test('a long answer goes in several requests, an endless one only so far, an over-long line not at all', () => {
    expect(batchesOf(long(25)).map((batch) => batch.indexes.length)).toEqual([10, 10, 5]);
    expect(batchesOf(long(200)).flatMap((batch) => batch.indexes)).toHaveLength(40);
    expect(batchesOf(long(3, '長い文です。'.repeat(80)))).toEqual([]);
  });
  test('a quotation or a heading stands as it is; each section goes by itself', () => {
    const parts: Line[] = [
      { before: '', text: '見出し', fixed: true, section: 'a' },
      { before: '\n', text: '一つ目です。', section: 'a' },
      { before: '\n', text: '次です。', section: 'b' },
    ];
    expect(batchesOf(parts)).toMatchObject([
      { indexes: [1], section: 'a' },
      { indexes: [2], section: 'b' },
    ]);
  });
});
