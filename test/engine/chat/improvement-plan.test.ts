// improve_alerts as a plan in six parts: with no model, and arranged by one.
import { afterEach, describe, expect, test } from 'vitest';
import type { Message } from '../../../main/chat/contract/chat.ts';
import type { ChoiceModel } from '../../../main/llm/types.ts';
import { connecting, sentencesOf } from '../../helpers/llm/stand-in-models.ts';
import { answerTo, type Opened, openChat } from './open-chat.ts';

const ALERTS = 'アラートを解消したい';
const questions = { [ALERTS]: { act: 'improve' as const, measure: null, where: [] } };
const KEYS = [
  'priority_analysis',
  'action_plan',
  'quantitative_forecast',
  'implementation_schedule',
  'supporting_data',
  'next_monitoring',
] as const;
const LANGS = ['ja', 'en'] as const;

let opened: Opened | null = null;
const open = async (wording: ChoiceModel | null): Promise<Opened> => {
  opened = await openChat({ questions, models: { wording: () => wording } });
  return opened;
};
afterEach(async () => opened?.close());

describe('the improvement plan', () => {
  test.each(LANGS)('has all its parts with no model, in %s', async (lang) => {
    const { chat } = await open(null);
    const { text, body } = await answerTo(chat, ALERTS, lang);
    expect(body.sections?.map((section) => section.key)).toEqual(KEYS);
    for (const { start, end, bodyEnd } of body.sections ?? []) {
      expect(text.slice(start, end)).toMatch(/^\S.{1,30}$/);
      expect(text.slice(end, bodyEnd).trim().length).toBeGreaterThan(10);
    }
  });
  test('a model arranges each part by itself; headings and lists stay', async () => {
    const model = connecting('あわせて、');
    const { chat } = await open(model);
    const { text, body } = await answerTo(chat, ALERTS);
    expect(model.choices.length).toBeGreaterThan(1);
    expect(model.choices.flatMap(sentencesOf).filter((line) => line.startsWith('・'))).toEqual([]);
    expect(body.sections?.map((section) => text.slice(section.start, section.end))).toEqual([
      '優先順位の分析',
      '対策',
      '数値の見通し',
      '進め方',
      '裏付けのデータ',
      '次の確認',
    ]);
    expect(body.wordedBy).toBe('model');
    expect(text).toContain('。あわせて、');
  });
  test('leaves as Markdown under its headings', async () => {
    const { chat } = await open(null);
    const { sessionId } = await answerTo(chat, ALERTS);
    const { text } = chat.export(sessionId, 'markdown');
    for (const heading of ['優先順位の分析', '対策', '次の確認'])
      expect(text).toContain(`\n### ${heading}\n`);
  });

  /** the text of an answer without what its facts wrote, and without its headings */
  const barePart = ({ text, body }: Message, part: { end: number; bodyEnd: number }): string => {
    let bare = '';
    let from = part.end;
    for (const mark of body.marks.filter((m) => m.start >= part.end && m.end <= part.bodyEnd)) {
      bare += `${text.slice(from, mark.start)}▢`;
      from = mark.end;
    }
    return bare + text.slice(from, part.bodyEnd);
  };
  const NUMERAL = /[\p{N}%]|[〇一二三四五六七八九十百千万億数半](?=[件名人分時日割倍工])/u;

  test.each(LANGS)('every number of each part is a fact of its own id, in %s', async (lang) => {
    const { chat } = await open(null);
    const answer = await answerTo(chat, ALERTS, lang);
    const { text, body } = answer;
    const byId = new Map(body.facts.map((fact) => [fact.id, fact]));
    expect(byId.size).toBe(body.facts.length);
    for (const { start, end, fact } of body.marks) {
      expect(text.slice(start, end)).toBe(byId.get(fact)?.text[lang]);
      const table = byId.get(fact)?.table ?? null;
      if (table !== null) expect(body.tables[table]).toBeDefined();
    }
    expect(body.sections?.map((part) => part.key)).toEqual(KEYS);
    for (const part of body.sections ?? []) {
      const bare = barePart(answer, part);
      expect([part.key, NUMERAL.exec(bare)]).toEqual([part.key, null]);
      // and it does tell some
      const marks = body.marks.filter((mark) => mark.start >= part.end && mark.end <= part.bodyEnd);
      expect(marks.length).toBeGreaterThan(0);
    }
  });
});
