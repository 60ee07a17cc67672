import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkDay } from '../../../main/analytics/types.ts';
import { VerdictSide } from '../../../main/timeline/contract/timeline.ts';
import { gatherEvidence, type LogView } from '../../../main/timeline/gather-evidence.ts';
import { type Judgement, judge } from '../../../main/timeline/judge.ts';
import { replayLine } from '../../../main/timeline/replay-line.ts';
import { wordVerdict } from '../../../main/timeline/word-verdict.ts';
import { workLine } from '../../../main/timeline/work-line.ts';
import { at, madeCell, madeDay, madeLogs, NO_LOGS, ZONE } from './made-line.ts';

const evidenceOf = (day: WorkDay, logs: LogView = NO_LOGS, index = 0) => {
  const evidence = gatherEvidence(day, day.cells[index]?.cell.cellId ?? '', { logs });
  if (!evidence) throw new Error('no such cell');
  return evidence;
};
const verdictOf = (day: WorkDay, logs?: LogView, index?: number): Judgement =>
  judge(evidenceOf(day, logs, index));
const outage =
  (from: number, to = 2000) =>
  (minute: number) =>
    minute >= from && minute < to ? 0.1 : 1;

/** Eight people do 480 an hour; by 16:00 that is 3,360 items from 9:00 on. */
const SHORT = madeCell({ items: 2800, now: 700, leaves: { n: 4, at: 660 } });
const SLOW = madeCell({ items: 3100, now: 720, pace: outage(700) });
const MORE = madeCell({ items: 4200, now: 700, expected: 2900 });
const TWO = madeCell({ items: 3000, now: 720, absent: 2, pace: outage(600, 700) });

describe('the verdict on a late process', () => {
  it('is people when it would be met with those who left', () => {
    expect(verdictOf(madeDay(SHORT), madeLogs(700))).toMatchObject({ sides: ['people'], because: 'sides' });
  });
  it('is people too when ordinary errors, or even many, are logged while everybody works as usual', () => {
    expect(verdictOf(madeDay(SHORT), madeLogs(700, { at: 655, lines: 9 })).sides).toEqual(['people']);
  });
  it('is system when it would be met without the slow time that errors precede', () => {
    const verdict = verdictOf(madeDay(SLOW), madeLogs(720, { at: 698, lines: 8 }));
    expect(verdict.sides).toEqual(['system']);
    expect(verdict.confidence).toBeGreaterThan(0.7);
    expect(verdict.falls[0]?.rises).toMatchObject([{ templateId: 3, from: at(698) }]);
  });
  it('is system from production alone when all at once get a tenth done, and surer the more speaks for it', () => {
    const alone = verdictOf(madeDay(SLOW));
    const quiet = verdictOf(madeDay(SLOW), madeLogs(720));
    const company = verdictOf(
      madeDay(SLOW, madeCell({ items: 3000, now: 720, location: '盛岡', pace: outage(702) })),
    );
    const errors = verdictOf(madeDay(SLOW), madeLogs(720, { at: 698, lines: 8 }));
    const late = verdictOf(madeDay(SLOW), madeLogs(720, { at: 710, lines: 8 }));
    expect([alone, quiet, company, errors, late].map((v) => v.sides)).toEqual(Array(5).fill(['system']));
    expect(alone.confidence).toBeLessThan(company.confidence);
    expect(quiet.confidence).toBeLessThan(late.confidence);
    expect(late.confidence).toBeLessThan(errors.confidence);
  });
  it('is both when it takes both to meet it', () => {
    expect(verdictOf(madeDay(TWO), madeLogs(720, { at: 598, lines: 8 })).sides).toEqual(['people', 'system']);
  });
  it('is people when all are somewhat slower and nothing in the system moves', () => {
    const tired = madeCell({ items: 3000, now: 760, pace: (m) => (m >= 600 ? 0.6 : 1) });
    const verdict = verdictOf(madeDay(tired), madeLogs(760));
    expect(verdict.falls.map((f) => f.side)).toEqual(['people']);
    expect(verdict.sides).toEqual(['people']);
  });
  it('is volume when it would be met with the work that was forecast', () => {
    expect(verdictOf(madeDay(MORE), madeLogs(700))).toMatchObject({ sides: ['volume'], because: 'sides' });
    // as forecast, and more than can be done: nobody, and nothing, came first
    const busy = madeCell({ items: 5000, now: 700, expected: 4900 });
    for (const cell of [busy, { ...busy, expected: null }]) {
      expect(verdictOf(madeDay(cell), madeLogs(700))).toMatchObject({ sides: [], because: 'neither' });
      expect(verdictOf(madeDay(cell), madeLogs(700)).confidence).toBeLessThan(0.5);
    }
  });
  it('names volume beside people or the system where it takes both, or either would do', () => {
    // 3,360 items are possible; two of eight missing leave 2,520
    const together = madeCell({ items: 3900, now: 700, expected: 3100, absent: 2 });
    expect(verdictOf(madeDay(together), madeLogs(700)).sides).toEqual(['people', 'volume']);
    const either = madeCell({ items: 2900, now: 700, expected: 2000, absent: 2 });
    expect(verdictOf(madeDay(either), madeLogs(700)).sides).toEqual(['people', 'volume']);
    const all = madeCell({ items: 3700, now: 720, expected: 2500, absent: 2, pace: outage(600, 700) });
    expect(verdictOf(madeDay(all), madeLogs(720, { at: 598, lines: 8 })).sides).toEqual(VerdictSide.options);
  });
  it('is unknown, hardly sure, when nothing is late, and when nothing is known', () => {
    const fine = madeCell({ items: 1000, now: 700, pMiss: 0.02 });
    expect(verdictOf(madeDay(fine), madeLogs(700, { at: 690, lines: 20 }))).toMatchObject({
      sides: [],
      confidence: 0.1,
      because: 'in-time',
    });
    const nobody = { ...SHORT, team: [] };
    const uncounted = {
      ...SHORT,
      finished: [],
      snapshots: SHORT.snapshots.map((s) => ({ ...s, done: null })),
    };
    for (const cell of [nobody, uncounted, { ...SHORT, deadline: null, pMiss: null }])
      expect(verdictOf(madeDay(cell))).toMatchObject({ sides: [], because: 'no-data' });
  });
  it('finds what happened at an earlier process when the later one only waits for its work', () => {
    const first = madeCell({ items: 3100, now: 760, pace: outage(640), deadline: 930 });
    const second = madeCell({
      process: 'エントリ2',
      sequence: 2,
      items: 0,
      now: 760,
      deadline: 960,
    });
    // what the first finishes comes in at the second, which is quick enough to be done with it at once
    const fed = {
      ...second,
      snapshots: second.snapshots.map((row, i) => ({ ...row, done: first.snapshots[i]?.done ?? 0 })),
      finished: first.finished,
    };
    const verdict = verdictOf(madeDay(first, fed), madeLogs(760, { at: 638, lines: 8 }), 1);
    expect(verdict.sides).toEqual(['system']);
    expect(verdict.falls[0]?.cell.day.cell.process).toBe('エントリ1');
  });
});

describe('living through a day again', () => {
  it('with nothing taken away gives the same day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 4000 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 560, max: 900 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (items, absent, from, share) => {
          const cell = madeCell({
            items,
            now: 958,
            absent,
            pace: (m) => (m >= from && m < from + 80 ? share : 1),
          });
          const line = workLine([cell], cell, at(960));
          if (!line) throw new Error('no line');
          const left = cell.snapshots.at(-1)?.backlog ?? 0;
          const { short } = replayLine(line, {});
          // two minutes are still to come
          if (left > 20) expect(Math.abs(short - left)).toBeLessThanOrEqual(20);
        },
      ),
      { numRuns: 200 },
    );
  });
  it('never gets worse by taking trouble away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 4000 }),
        fc.integer({ min: 500, max: 4000 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 560, max: 700 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (items, expected, gone, from, share) => {
          const cell = madeCell({
            items,
            expected,
            now: 720,
            leaves: { n: gone, at: 600 },
            pace: (m) => (m >= from ? share : 1),
          });
          const line = workLine([cell], cell, at(960));
          if (!line) throw new Error('no line');
          const short = (...without: readonly VerdictSide[]): number =>
            replayLine(line, Object.fromEntries(without.map((side) => [side, true]))).short;
          const slack = 1e-6;
          const all = short(...VerdictSide.options);
          for (const side of VerdictSide.options) {
            expect(short(side)).toBeLessThanOrEqual(short() + slack);
            const others = VerdictSide.options.filter((other) => other !== side);
            expect(short(...others)).toBeLessThanOrEqual(Math.min(...others.map((o) => short(o))) + slack);
            expect(all).toBeLessThanOrEqual(short(...others) + slack);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('its words', () => {
  const cases: [readonly VerdictSide[], ReturnType<typeof evidenceOf>][] = [
    [['people'], evidenceOf(madeDay(SHORT), madeLogs(700))],
    [['system'], evidenceOf(madeDay(SLOW), madeLogs(720, { at: 698, lines: 8, isNew: false }))],
    [['people', 'system'], evidenceOf(madeDay(TWO), madeLogs(720, { at: 598, lines: 8 }))],
    [['volume'], evidenceOf(madeDay(MORE), madeLogs(700))],
    [[], evidenceOf(madeDay({ ...SHORT, team: [] }))],
  ];
  it('say what came first with its numbers', () => {
    const said = cases.map(([, evidence]) => wordVerdict(evidence, ZONE));
    expect(said.map((v) => [v.words.ja, ...v.evidence.map((e) => e.words.ja)])).toMatchInlineSnapshot(`
      [
        [
          "札幌 SS エントリ1 の遅れは、人員の不足が先に起きています。",
          "札幌 SS エントリ1 からは 11:00 に 4名が抜け、残りは 4名です。",
          "札幌 SS エントリ1 の一人あたりの処理速度は普段の 100% で、落ちていません。",
          "この時間のシステムログに、エラーの増加はありません。",
          "札幌 SS エントリ1 に入る件数には、予測も過去の記録もありません。",
        ],
        [
          "札幌 SS エントリ1 の遅れは、システムの異常が先に起きています。",
          "札幌 SS エントリ1 の処理速度は 11:40 に 480件/時 から 48件/時 に落ちました。",
          "その2分前（11:38）から、『connection pool timeout after … ms』が普段の 161倍（177行）に増えています。",
          "札幌 SS エントリ1 の人員は予定どおりの 8名です。",
          "札幌 SS エントリ1 に入る件数には、予測も過去の記録もありません。",
        ],
        [
          "札幌 SS エントリ1 の遅れは、人員の不足とシステムの異常が先に起きています。",
          "札幌 SS エントリ1 の処理速度は 10:00 に 360件/時 から 36件/時 に落ちました（11:40 に回復）。",
          "その2分前（09:58）から、これまでにない『connection pool timeout after … ms』が 256行出ています。",
          "札幌 SS エントリ1 では、予定の 8名のうち 2名が来ていません。",
          "札幌 SS エントリ1 に入る件数には、予測も過去の記録もありません。",
        ],
        [
          "札幌 SS エントリ1 の遅れは、件数の増加が先に起きています。",
          "札幌 SS エントリ1 に入った件数は、予測より45%多くなっています（2,900件の予測に対し4,200件）。",
          "札幌 SS エントリ1 の一人あたりの処理速度は普段の 100% で、落ちていません。",
          "この時間のシステムログに、エラーの増加はありません。",
          "札幌 SS エントリ1 の人員は予定どおりの 8名です。",
        ],
        [
          "札幌 SS エントリ1 の遅れを判断できる実績がありません。",
          "この時間のシステムログは届いていません。",
        ],
      ]
    `);
    expect(said.map((v) => [v.words.en, ...v.evidence.map((e) => e.words.en)])).toMatchInlineSnapshot(`
      [
        [
          "What precedes the delay of 札幌 SS エントリ1 is a shortage of people.",
          "4 people left 札幌 SS エントリ1 at 11:00; 4 people stayed.",
          "What each person of 札幌 SS エントリ1 gets done is at 100% of the usual: it has not fallen.",
          "The system logs of this time show no rise in errors.",
          "There is neither a forecast nor a record of what usually comes in to 札幌 SS エントリ1.",
        ],
        [
          "What precedes the delay of 札幌 SS エントリ1 is trouble in the system.",
          "The throughput of 札幌 SS エントリ1 fell from 480 items/h to 48 items/h at 11:40.",
          "From 2 min before (11:38), “connection pool timeout after … ms” is at 161 times its usual rate (177 lines).",
          "札幌 SS エントリ1 has the 8 people it was to have.",
          "There is neither a forecast nor a record of what usually comes in to 札幌 SS エントリ1.",
        ],
        [
          "What precedes the delay of 札幌 SS エントリ1 is a shortage of people and trouble in the system.",
          "The throughput of 札幌 SS エントリ1 fell from 360 items/h to 36 items/h at 10:00 (back at 11:40).",
          "From 2 min before (09:58), “connection pool timeout after … ms”, not seen before, appears in 256 lines.",
          "Of the 8 people planned for 札幌 SS エントリ1, 2 people did not come.",
          "There is neither a forecast nor a record of what usually comes in to 札幌 SS エントリ1.",
        ],
        [
          "What precedes the delay of 札幌 SS エントリ1 is more work than expected.",
          "What came in to 札幌 SS エントリ1 is 45% more than forecast (4,200 items against 2,900 items forecast).",
          "What each person of 札幌 SS エントリ1 gets done is at 100% of the usual: it has not fallen.",
          "The system logs of this time show no rise in errors.",
          "札幌 SS エントリ1 has the 8 people it was to have.",
        ],
        [
          "There are no figures to judge a delay of 札幌 SS エントリ1 by.",
          "There are no system logs of this time.",
        ],
      ]
    `);
  });
  it('name an incident that no named error belongs to, and let no text end its quotation', () => {
    const day = madeDay(SLOW);
    const logs: LogView = {
      ...madeLogs(720),
      incidents: [
        {
          id: 'i9',
          from: at(695),
          to: null,
          title: { ja: '応答『時間』が範囲の外', en: '“latency” out of range' },
          services: ['db'],
          templates: [],
        },
      ],
    };
    const verdict = wordVerdict(evidenceOf(day, logs), ZONE);
    expect(verdict).toMatchObject({ sides: ['system'], incidents: ['i9'] });
    expect(verdict.evidence[1]?.words).toEqual({
      ja: 'その5分前（11:35）から、障害『応答"時間"が範囲の外』が起きています。',
      en: 'From 5 min before (11:35), the incident “"latency" out of range” is under way.',
    });
  });
  it('write every number as one of the figures, and never say what caused what', () => {
    for (const [sides, evidence] of cases) {
      const verdict = wordVerdict(evidence, ZONE);
      expect(verdict.sides).toEqual(sides);
      for (const piece of verdict.evidence)
        for (const lang of ['ja', 'en'] as const) {
          let rest = piece.words[lang].replace(/『[^』]*』|“[^”]*”/g, '').replaceAll('札幌 SS エントリ1', '');
          for (const figure of [...piece.figures].sort((a, b) => b.text[lang].length - a.text[lang].length)) {
            expect(rest).toContain(figure.text[lang]);
            rest = rest.replace(figure.text[lang], '');
          }
          expect(rest).not.toMatch(/\p{N}|原因|のせい|caus|because|due to/iu);
        }
    }
  });
});
