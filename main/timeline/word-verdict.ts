import type { Bilingual, Cell } from '../api/contract/common.ts';
import type { Verdict } from '../api/contract/timeline.ts';
import { JUDGE } from './config.ts';
import { type Evidence, type Judgement, judge } from './judge.ts';
import { wordCalm, wordFall } from './word-fall.ts';
import { wordPeople, wordVolume } from './word-people.ts';

const MINUTE = 60_000;

/** The verdict with its evidence in words: what came before what, never what caused what. */
export function wordVerdict(evidence: Evidence, zone: string): Verdict {
  const judgement = judge(evidence);
  const [fall] = judgement.falls;
  const work = fall ? wordFall(fall, evidence, zone) : wordCalm(evidence, zone);
  const people = wordPeople(judgement, evidence, zone);
  const pieces = [
    ...(judgement.because === 'volume' ? wordVolume(evidence, zone) : []),
    ...(judgement.kind === 'people' ? [...people, ...work] : [...work, ...people]),
    ...(judgement.because === 'volume' ? [] : wordVolume(evidence, zone)),
  ];
  const first = Math.min(evidence.asOf, ...pieces.flatMap((p) => (p.at === null ? [] : [p.at])));
  return {
    kind: judgement.kind,
    confidence: judgement.confidence,
    cell: evidence.cell,
    asOf: evidence.asOf,
    from: first - JUDGE.windowMinutes * MINUTE,
    words: sentence(judgement, evidence.cell),
    evidence: pieces,
    incidents: [
      ...new Set(
        judgement.falls.flatMap((f) => [
          ...f.incidents.map((i) => i.id),
          ...f.rises.flatMap((r) => (r.incidentId === null ? [] : [r.incidentId])),
        ]),
      ),
    ],
  };
}

function sentence({ kind, because }: Judgement, cell: Cell): Bilingual {
  const name = cell.process;
  switch (kind) {
    case 'system':
      return {
        ja: `${name} の遅れは、システムの異常が先に起きています。`,
        en: `What precedes the delay of ${name} is trouble in the system.`,
      };
    case 'people':
      return {
        ja: `${name} の遅れは、人員の不足が先に起きています。`,
        en: `What precedes the delay of ${name} is a shortage of people.`,
      };
    case 'both':
      return {
        ja: `${name} の遅れは、人員の不足とシステムの異常の両方が先に起きています。`,
        en: `What precedes the delay of ${name} is both a shortage of people and trouble in the system.`,
      };
    case 'unknown':
      return {
        'in-time': {
          ja: `${name} に、いま遅れの心配はありません。`,
          en: `${name} is in no danger of being late now.`,
        },
        'no-data': {
          ja: `${name} の遅れを判断できる実績がありません。`,
          en: `There are no figures to judge a delay of ${name} by.`,
        },
        neither: {
          ja: `${name} の遅れは、人員の不足でもシステムの異常でも説明できません。`,
          en: `Neither a shortage of people nor trouble in the system explains the delay of ${name}.`,
        },
        volume: {
          ja: `${name} の遅れは、予測より多い件数が先に入っています。`,
          en: `What precedes the delay of ${name} is more work than was forecast.`,
        },
        sides: {
          ja: `${name} の遅れについて、はっきりしたことは言えません。`,
          en: `Nothing clear can be said about the delay of ${name}.`,
        },
      }[because];
  }
}
