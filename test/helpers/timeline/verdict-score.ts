// How good verdicts are, counted at the moments alerts would fire.

import type { ScenarioName } from '../../../main/simulator/index.ts';
import type { VerdictSide } from '../../../main/timeline/contract/timeline.ts';
import { gatherEvidence } from '../../../main/timeline/gather-evidence.ts';
import { type Judgement, judge } from '../../../main/timeline/judge.ts';
import {
  kindsAround,
  type LivedDay,
  liveDay,
  logView,
  looks,
  type Moment,
  moments,
  type Poorer,
} from './verdict-days.ts';

export type Judged = Moment & {
  readonly seed: number;
  readonly said: readonly VerdictSide[];
  readonly confidence: number;
  readonly judgement: Judgement;
  /** incidents that touch the line so far, ordinary absences among them */
  readonly kinds: ReadonlySet<VerdictSide>;
};
export type Score = {
  readonly moments: number;
  /** `strict`: another side than the truth; `lenient`: where one of several sides is named rightly, it counts as half right */
  readonly strict: number;
  readonly lenient: number;
  readonly unknown: number;
  /** truth → said → how often */
  readonly table: ReadonlyMap<string, number>;
};

type Looking = { readonly all?: boolean; readonly minutes?: readonly number[] };
/** The verdicts of one day, looked at in these minutes: when each cell and deadline first was in danger, and (`all`) every look after it. */
export function judgeDay(day: LivedDay, { all = false, minutes = looks() }: Looking = {}): Judged[] {
  const found: Judged[] = [];
  let logs: ReturnType<typeof logView> | null = null;
  for (const moment of moments(day, minutes)) {
    if (!moment.first && !all) continue;
    logs ??= logView(day);
    const work = day.analytics.day(day.instant(moment.minute));
    const evidence =
      work && gatherEvidence(work, moment.cellId, { logs: logs(moment.minute), deadline: moment.deadline });
    if (!evidence) continue;
    const judgement = judge(evidence);
    found.push({
      ...moment,
      seed: day.seed,
      said: judgement.sides,
      confidence: judgement.confidence,
      judgement,
      kinds: kindsAround(day, moment.cellId, moment.minute),
    });
  }
  return found;
}
export function judgeSeed(
  seed: number,
  scenario: ScenarioName = 'random',
  o: Looking & Poorer = {},
): Judged[] {
  const day = liveDay(seed, scenario, o);
  try {
    return judgeDay(day, o);
  } finally {
    day.close();
  }
}

/**
 * Is a verdict false? One that names no side never is. Where the deadline was missed, the truth is what it would have been met without;
 * where that is nothing, naming a side is false. Where it was met in the end (an outage that passed), a side is false when nothing of its
 * kind had happened to the line.
 */
export function isFalse({ truth, said, kinds }: Judged, how: 'strict' | 'lenient'): boolean {
  if (said.length === 0) return false;
  if (truth === 'in-time') return said.some((side) => !kinds.has(side));
  if (said.join() === truth.join()) return false;
  return how === 'strict' || !said.some((side) => truth.includes(side));
}
export const sidesText = (sides: Moment['truth']): string =>
  sides === 'in-time' ? sides : sides.join('+') || 'none';
export function scoreOf(judged: readonly Judged[]): Score {
  const table = new Map<string, number>();
  for (const { truth, said } of judged) {
    const key = `${sidesText(truth)} → ${sidesText(said)}`;
    table.set(key, (table.get(key) ?? 0) + 1);
  }
  return {
    moments: judged.length,
    strict: judged.filter((j) => isFalse(j, 'strict')).length,
    lenient: judged.filter((j) => isFalse(j, 'lenient')).length,
    unknown: judged.filter((j) => j.said.length === 0).length,
    table,
  };
}
