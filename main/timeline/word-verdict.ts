import type { Bilingual } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import { JUDGE } from './config.ts';
import { EVIDENCE, type Verdict, type VerdictSide } from './contract/timeline.ts';
import { wordSides } from './contract/words.ts';
import { say } from './figures.ts';
import { type Evidence, type Judgement, judge } from './judge.ts';
import { wordCalm, wordFall } from './word-fall.ts';
import { wordCame, wordPeople } from './word-people.ts';

const MINUTE = 60_000;
/** Evidence of the sides named comes first, in this order; an error is told before who was missing. */
const TOLD: readonly VerdictSide[] = ['system', 'people', 'volume'];

/** The verdict with its evidence in words: what came before what, never what caused what. */
export function wordVerdict(evidence: Evidence, zone: string): Verdict {
  const judgement = judge(evidence);
  const { sides, falls, confidence } = judgement;
  const [fall] = falls;
  const pieces = [
    ...(fall ? wordFall(fall, evidence, zone) : wordCalm(evidence, zone)),
    ...wordPeople(judgement, evidence, zone),
    ...wordCame(evidence, zone),
  ];
  const ofSide = (side: VerdictSide) => pieces.filter(({ kind }) => EVIDENCE[kind][0] === side);
  const order = [...TOLD].sort((a, b) => Number(sides.includes(b)) - Number(sides.includes(a)));
  const told = order.flatMap(ofSide);
  const first = Math.min(evidence.asOf, ...pieces.flatMap((p) => (p.at === null ? [] : [p.at])));
  return {
    sides: [...sides],
    volume: sides.includes('volume') ? (evidence.line?.excess?.volume ?? null) : null,
    confidence,
    cell: evidence.cell,
    asOf: evidence.asOf,
    from: first - JUDGE.windowMinutes * MINUTE,
    words: sentence(judgement, formatCell(evidence.cell)),
    evidence: told,
    incidents: [
      ...new Set(
        falls.flatMap((f) => [
          ...f.incidents.map((i) => i.id),
          ...f.rises.flatMap((r) => (r.incidentId === null ? [] : [r.incidentId])),
        ]),
      ),
    ],
  };
}

function sentence({ sides, because }: Judgement, name: string): Bilingual {
  return say(because, { name, sides: { ja: wordSides(sides, 'ja'), en: wordSides(sides, 'en') } });
}
