// The mark beside a piece of evidence and its sentence say the same, for every kind of evidence there is.
import { expect, it } from 'vitest';
import type { WorkDay } from '../../../main/analytics/types.ts';
import {
  EVIDENCE,
  type EvidenceKind,
  type VerdictEvidence,
} from '../../../main/timeline/contract/timeline.ts';
import { gatherEvidence, type LogView } from '../../../main/timeline/gather-evidence.ts';
import { wordVerdict } from '../../../main/timeline/word-verdict.ts';
import words from '../../../renderer/locales/verdict.json' with { type: 'json' };
import { at, madeCell, madeDay, madeLogs, NO_LOGS, ZONE } from './made-line.ts';

const evidenceOf = (day: WorkDay, logs: LogView = NO_LOGS): VerdictEvidence[] => {
  const evidence = gatherEvidence(day, day.cells[0]?.cell.cellId ?? '', { logs });
  if (!evidence) throw new Error('no such cell');
  return wordVerdict(evidence, ZONE).evidence;
};
const slow =
  (share: number) =>
  (minute: number): number =>
    minute >= 600 ? share : 1;
const down = madeCell({ items: 3100, now: 720, pace: slow(0.1), expected: 3000 });
const short = madeCell({ items: 2800, now: 700, absent: 2, leaves: { n: 2, at: 660 }, expected: 2000 });
const silent: LogView = {
  ...madeLogs(720),
  minutes: madeLogs(720).minutes.flatMap((m) =>
    m.at < at(600) ? [m, { ...m, service: 'queue', template: 9 }] : [m],
  ),
};
const PIECES = [
  ...evidenceOf(madeDay(short), madeLogs(700, { at: 655, lines: 9 })),
  ...evidenceOf(madeDay(short)),
  ...evidenceOf(madeDay(down), madeLogs(720, { at: 598, lines: 8 })),
  ...evidenceOf(madeDay(down), madeLogs(720, { at: 598, lines: 8, isNew: false })),
  ...evidenceOf(madeDay(down), silent),
  ...evidenceOf(madeDay(down, madeCell({ items: 3000, now: 720, location: '盛岡', pace: slow(0.1) }))),
  ...evidenceOf(madeDay(madeCell({ items: 3000, now: 760, pace: slow(0.6) })), madeLogs(760)),
];
/** What a sentence says when something is out of the ordinary, and when it is not. */
const TROUBLE =
  /落ちました|来ていません|抜け|増えています|出ています。$|起きています|止まっています|遅くなって|多くなって/;
const CALM = /予定どおり|落ちていません|増加はありません|範囲内/;
const ABOUT = {
  people: /人員|名が|処理速度/,
  system: /処理速度|『|ログ|ほかの/,
  volume: /件数/,
};

it('is told for every kind, in these days', () => {
  expect([...new Set(PIECES.map(({ kind }) => kind))].sort()).toEqual(Object.keys(EVIDENCE).sort());
});

it('speaks for its side exactly where its sentence tells of trouble, and clears it exactly where all is as usual', () => {
  for (const { kind, words } of PIECES) {
    const [side, speaks] = EVIDENCE[kind];
    expect([kind, words.ja]).toEqual([kind, expect.stringMatching(ABOUT[side])]);
    expect([kind, CALM.test(words.ja)]).toEqual([kind, speaks === 'against']);
    expect([kind, TROUBLE.test(words.ja)]).toEqual([kind, speaks === 'for']);
  }
});

it('is marked in words that say the same, in both languages', () => {
  for (const kind of Object.keys(EVIDENCE) as EvidenceKind[]) {
    const [side, speaks] = EVIDENCE[kind];
    const { ja, en } = words.mark[side][speaks];
    if (speaks === 'neither') expect([ja, en]).toEqual(['参考', 'context']);
    else {
      expect(ja).toContain(words.sides[side].ja);
      expect(en).toContain(words.sides[side].en);
    }
    expect(/予定どおり|平常|想定内/.test(ja)).toBe(speaks === 'against');
    expect(/as planned|as usual|as expected/.test(en)).toBe(speaks === 'against');
  }
});

it('names the site in every sentence about a process', () => {
  for (const { cell, words } of PIECES)
    if (cell)
      for (const text of [words.ja, words.en])
        expect(text).toContain(`${cell.location} ${cell.businessName} ${cell.process}`);
});
