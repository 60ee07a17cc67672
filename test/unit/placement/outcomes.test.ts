import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hitRate } from '../../../main/placement/contract/hit-rate.ts';
import { wordCellOutcome, wordOutcome, wordRate } from '../../../main/placement/contract/outcome-words.ts';
import type {
  CellOutcome,
  OutcomeCheck,
  ProposalOutcome,
} from '../../../main/placement/contract/placement.ts';
import { outcomeNotices } from '../../../main/placement/outcomes/word-outcome.ts';

const ZONE = 'Asia/Tokyo';
const at = (hour: number, minute = 0): number => Date.UTC(2026, 10, 20, hour - 9, minute);
const cell = (o: Partial<CellOutcome> = {}): CellOutcome => ({
  cell: { cellId: 'a', location: '札幌', businessId: '523201', businessName: 'SS', process: 'エントリ1' },
  role: 'target',
  predicted: { low: 280, mean: 350, high: 420 },
  actual: 310,
  verdict: 'as-predicted',
  why: null,
  arrived: { predicted: 100, actual: 100 },
  finished: { predicted: 200, actual: 240 },
  deadline: null,
  ...o,
});
const due = (
  met: boolean | null,
  o: Partial<CellOutcome> = {},
  p: { pWithout: number; pWith: number } = { pWithout: 0.03, pWith: 0.91 },
): CellOutcome => cell({ ...o, deadline: { ...p, met, lateItems: met === null ? null : met ? 0 : 38 } });
const outcome = (checks: Partial<OutcomeCheck>[], undone = false): ProposalOutcome => ({
  proposalId: 'SGT20261120-00000001',
  decisionId: 'd',
  decidedAt: at(14),
  undone,
  checks: checks.map((check) => ({ kind: 'after', at: at(14, 30), minutes: 30, cells: null, ...check })),
});
const say = (o: ProposalOutcome, lang: 'ja' | 'en' = 'en', now = at(16)) =>
  wordOutcome(o, { lang, zone: ZONE, now });

describe('a hit rate', () => {
  test('of one case is far from certain', () => {
    const { estimate, low, high } = hitRate(1, 1);
    // Beta(2, 1): mean 2/3, quantiles are the square roots of 5 % and 95 %
    expect([estimate, low, high]).toEqual([
      expect.closeTo(2 / 3, 9),
      expect.closeTo(Math.sqrt(0.05), 6),
      expect.closeTo(Math.sqrt(0.95), 6),
    ]);
    expect(wordRate(hitRate(1, 1), 'en')).toBe('1 of 1 (estimated 67%, 90% interval 22%–97%)');
    expect(wordRate(hitRate(0, 0), 'ja')).toBeNull();
  });
  test('agrees with the tables: Beta(10, 4) has its middle 90 % between 50.5 % and 88.7 %', () => {
    const { low, high } = hitRate(9, 12);
    expect([low, high]).toEqual([expect.closeTo(0.505, 3), expect.closeTo(0.887, 3)]);
  });
  test('never reaches 0 or 100 %, holds its estimate, is symmetric, and narrows with every case', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (of, share) => {
          const hits = Math.round(of * share);
          const rate = hitRate(hits, of);
          expect(rate.low).toBeGreaterThan(0);
          expect(rate.high).toBeLessThan(1);
          expect(rate.estimate).toBeGreaterThan(rate.low);
          expect(rate.estimate).toBeLessThan(rate.high);
          const mirrored = hitRate(of - hits, of);
          expect(mirrored.high).toBeCloseTo(1 - rate.low, 6);
          const twice = hitRate(2 * hits, 2 * of);
          if (of > 0) expect(twice.high - twice.low).toBeLessThan(rate.high - rate.low);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('in words', () => {
  test('a worse backlog names what it comes from, the larger part of it', () => {
    const worse = { verdict: 'worse' as const, actual: 520 };
    expect(wordCellOutcome(cell({ ...worse, arrived: { predicted: 100, actual: 230 } }), 'en')).toBe(
      'Worse than predicted, because 130 more items came in than expected',
    );
    expect(wordCellOutcome(cell({ ...worse, finished: { predicted: 200, actual: 30 } }), 'ja')).toBe(
      '見込みより悪い結果です。処理した件数が見込みより170件少なかったためです',
    );
    expect(
      wordCellOutcome(
        cell({ verdict: 'better', actual: 100, finished: { predicted: 200, actual: 450 } }),
        'ja',
      ),
    ).toBe('見込みより良い結果です。処理した件数が見込みより250件多かったためです');
    const unknown = { arrived: { predicted: 100, actual: null }, finished: { predicted: 200, actual: null } };
    expect(wordCellOutcome(cell({ ...worse, ...unknown }), 'en')).toBe('Worse than predicted');
  });
  test('the whole says deadlines, backlogs and what comes next', () => {
    const o = outcome([
      { cells: [cell(), cell({ verdict: 'worse', cell: { ...cell().cell, cellId: 'b' } })] },
      { kind: 'deadline', at: at(15, 50), cells: [due(true)] },
      { kind: 'deadline', at: at(17) },
    ]);
    expect(say(o)).toEqual({
      tone: 'watch',
      text: 'Met its deadline. Backlog as predicted in 1 of 2 processes. Next check at 17:00.',
    });
    expect(say(o, 'ja').text).toBe(
      '納期に間に合いました。残件が見込みどおりだったのは2工程のうち1工程です。次の確認は17:00です。',
    );
    expect(say(o, 'en', at(17, 1)).text).toContain('as soon as the progress data arrive');
  });
  test('a missed deadline is the worst of all, also where people came from', () => {
    expect(say(outcome([{ cells: [due(false)] }]))).toEqual({
      tone: 'danger',
      text: 'Missed its deadline. Backlog as predicted in 1 of 1 process.',
    });
    const harmed = outcome([{ cells: [due(true), due(false, { role: 'source' })] }]);
    expect(say(harmed).tone).toBe('danger');
    expect(say(harmed, 'ja').text).toContain('応援を出した工程が納期1件に遅れました。');
  });
  test('what cannot be measured says why and claims nothing', () => {
    const nothing = { verdict: 'not-measurable' as const, actual: null };
    expect(say(outcome([{ cells: [cell({ ...nothing, why: 'undone' })] }], true))).toEqual({
      tone: 'plain',
      text: 'The approval was undone, so there is nothing to compare.',
    });
    expect(say(outcome([{ cells: [cell({ ...nothing, why: 'no-snapshot' })] }]), 'ja').text).toBe(
      'この時刻の進捗データがないため、比べられません。',
    );
    expect(say(outcome([{}]), 'ja', at(14)).text).toBe('次の確認は14:30です。');
  });
});

describe('people are told', () => {
  const told = (cells: CellOutcome[], now = at(16)) =>
    outcomeNotices('SGT20261120-00000001', { at: at(16), cells }, { now, zone: ZONE });
  test('of a deadline that was met because of the moves', () => {
    expect(told([due(true)])).toEqual([
      {
        kind: 'outcome',
        subject: 'SGT20261120-00000001',
        severity: 'info',
        title: {
          ja: '札幌 SS エントリ1 は納期 16:00 に間に合いました',
          en: '札幌 SS エントリ1 met its 16:00 deadline',
        },
        text: {
          ja: '承認した配置変更が効きました。間に合う見込みは、動かさなければ3%、動かせば91%でした。',
          en: 'The approved moves helped: it was 3% likely to be on time without them, 91% with them.',
        },
      },
    ]);
    expect(told([due(true)], at(40))[0]?.title.ja).toBe(
      '札幌 SS エントリ1 は納期 11月20日 16:00 に間に合いました',
    );
  });
  test('of one that was missed in spite of them, there and where people came from', () => {
    const [target, source] = told([
      due(false),
      due(false, { role: 'source' }, { pWithout: 0.99, pWith: 0.95 }),
    ]);
    expect(target).toMatchObject({
      severity: 'watch',
      title: { en: '札幌 SS エントリ1 missed its 16:00 deadline' },
    });
    expect(target?.text.ja).toContain('38件が残りました');
    expect(source?.text.en).toBe(
      '38 items were left where people had been sent from. It was 99% likely to be on time before they left, 95% after.',
    );
  });
  test('of nothing else: what would have been met anyway, what nobody knows, what another decision changed', () => {
    expect(
      told([
        due(true, {}, { pWithout: 0.8, pWith: 0.95 }),
        due(null),
        due(false, { verdict: 'not-measurable', why: 'other-decision' }),
        due(true, { role: 'source' }),
        cell({ verdict: 'worse' }),
      ]),
    ).toEqual([]);
  });
});
