import { describe, expect, test } from 'vitest';
import { gateCases } from '../../helpers/gate-answers.ts';
import { BY_HAND, BY_HAND_FREE, BY_HAND_LATER, HAND_FACTS } from '../../helpers/gate-answers-by-hand.ts';
import { HOSTILE, HOSTILE_FACTS } from '../../helpers/gate-answers-hostile.ts';
import { SLY } from '../../helpers/gate-answers-sly.ts';
import { casesByHand, isRefused } from '../../helpers/judge-gate.ts';

/** A small share of what `npm run bench -- gate` measures on thousands. */
describe('the gate in front of a model’s words', () => {
  const { honest, planted } = gateCases(4711, 300);
  test('refuses every answer with something false planted in it', () => {
    expect(planted).toHaveLength(300);
    expect(planted.filter((c) => !isRefused(c)).map((c) => [c.planted, c.draft, c.worded])).toEqual([]);
  });
  test('sees a unit that makes another word with what follows', () => {
    const [fact] = HAND_FACTS;
    const draft = 'その{{f1}}前から、普段より増えています。';
    const facts = fact ? [{ ...fact, unit: 'minutes' as const, text: { ja: '30分', en: '30 minutes' } }] : [];
    const judged = (worded: string): boolean => isRefused({ worded, draft, facts, lang: 'ja' });
    expect(judged('その{{f1}}名前から、普段より増えています。')).toBe(true);
    expect(judged('その{{f1}}前から、普段よりも増えています。')).toBe(false);
  });
  test('sees a second mark of an entry within a line', () => {
    const [fact] = HAND_FACTS;
    const entry = { draft: '・{{f1}}：納期どおり', facts: fact ? [fact] : [], lang: 'ja' as const };
    expect(isRefused({ ...entry, worded: '・なお、・{{f1}}：納期どおり' })).toBe(true);
    expect(isRefused({ ...entry, worded: '・なお、{{f1}}：納期どおり' })).toBe(false);
  });
  test('every kind of falsehood is among them, in both languages', () => {
    expect(new Set(planted.map((c) => c.planted)).size).toBeGreaterThanOrEqual(22);
    for (const lang of ['ja', 'en']) expect(planted.filter((c) => c.lang === lang)).toHaveLength(150);
  });
  test('lets honest rewordings through, all but two in a hundred at most', () => {
    const refused = honest.filter(isRefused).length;
    expect(honest).toHaveLength(300);
    expect(refused).toBeLessThanOrEqual(6);
  });
  test('refuses every lie written by hand', () => {
    const { planted: lies } = casesByHand([...BY_HAND, ...BY_HAND_LATER, ...BY_HAND_FREE]);
    expect(lies).toHaveLength(99);
    expect(lies.filter((c) => !isRefused(c)).map((c) => c.worded)).toEqual([]);
  });
  test('lets honest sentences written by hand through, but for those that add a judgement or blur a number', () => {
    const { honest: free } = casesByHand([...BY_HAND, ...BY_HAND_LATER, ...BY_HAND_FREE]);
    expect(free).toHaveLength(58);
    expect(free.filter(isRefused).map((c) => c.worded)).toEqual([
      '{{f1}}については、このまま進むと{{f3}}の納期に間に合わない確率が{{f4}}と高くなっています。',
      '{{f1}} currently runs a {{f4}} risk of missing its {{f3}} deadline.',
      'The chance that {{f1}} makes {{f3}} improves from {{f4}} to {{f5}}.',
      'From {{f4}}, the chance of {{f1}} making {{f3}} goes up to {{f5}}.',
    ]);
  });
  describe('sentences written to get past it', () => {
    const { planted: lies, honest: free } = casesByHand([...HOSTILE, ...SLY], HOSTILE_FACTS);
    test('are all refused', () => {
      expect(lies.length).toBeGreaterThan(500);
      expect(lies.filter((c) => !isRefused(c)).map((c) => c.worded)).toEqual([]);
    });
    test('and of honest ones on the same lines at most seven in a hundred', () => {
      expect(free.length).toBeGreaterThan(150);
      expect(free.filter(isRefused).length).toBeLessThanOrEqual(0.07 * free.length);
    });
  });
});
