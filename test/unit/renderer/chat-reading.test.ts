import { describe, expect, it } from 'vitest';
import { type Chip, Plan, type Span } from '../../../main/questions/contract/questions.ts';
import { changePlans, cutAtLeft, replaceSpan } from '../../../renderer/screens/chat/plan-edit.ts';

const plans = [
  Plan.parse({
    act: 'measure',
    query: {
      measures: ['backlog'],
      where: [
        { dimension: 'location', values: ['札幌'] },
        { dimension: 'process', values: ['エントリ1'] },
      ],
      compare: { kind: 'forecast' },
    },
  }),
  Plan.parse({ act: 'help' }),
];
const chip = (path: string): Chip => ({ path, about: '', text: '', choices: [] });
const query = (changed: readonly Plan[]) => {
  const [first] = changed;
  if (first?.act !== 'measure') throw new Error('the plan is another');
  return first.query;
};

describe('a chip', () => {
  it('exchanges its part of its plan and leaves the rest as it was', () => {
    const changed = changePlans(plans, chip('0.query.where.0.values'), ['盛岡']);
    expect(query(changed).where).toEqual([
      { dimension: 'location', values: ['盛岡'], not: false },
      { dimension: 'process', values: ['エントリ1'], not: false },
    ]);
    expect(changed[1]).toEqual(plans[1]);
    expect(query(plans).where[0]?.values).toEqual(['札幌']);
  });
  it('taken away leaves a list shorter and a field empty', () => {
    expect(query(changePlans(plans, chip('0.query.where.0'), null)).where).toHaveLength(1);
    expect(query(changePlans(plans, chip('0.query.compare'), null)).compare).toBeNull();
  });
  it('of a whole plan takes that plan away', () => {
    expect(changePlans(plans, chip('1'), null)).toEqual([plans[0]]);
  });
  it('that leads nowhere changes nothing', () => {
    expect(changePlans(plans, chip('0.query.nothing.0'), 'x')).toEqual(plans);
    expect(changePlans(plans, chip('7'), 'x')).toEqual(plans);
  });
});

describe('words not understood', () => {
  const text = '札幌の残建は？';
  const left: Span = {
    start: 3,
    end: 5,
    text: '残建',
    state: 'not-understood',
    field: null,
    nearest: ['残件'],
  };
  const used: Span = { start: 0, end: 2, text: '札幌', state: 'used', field: 'query.where.0', nearest: [] };
  it('are marked where they stand in the question', () => {
    expect(cutAtLeft(text, [left, used]).map((piece) => [piece.text, piece.left !== null])).toEqual([
      ['札幌の', false],
      ['残建', true],
      ['は？', false],
    ]);
  });
  it('outside of the question are passed over, never the question itself', () => {
    expect(cutAtLeft('短い', [left]).map((piece) => piece.text)).toEqual(['短い']);
  });
  it('give way to the word that was picked', () => {
    expect(replaceSpan(text, left, '残件')).toBe('札幌の残件は？');
  });
});
