/** Composed answers of simulated situations (test/golden/drafted-answers.jsonl), drawn by a seeded chance. */
import { readFileSync } from 'node:fs';
import type { Fact, Lang } from '../../main/api/contract/common.ts';
import { slotsOf } from '../../main/chat/facts.ts';

export type DraftLine = {
  readonly lang: Lang;
  readonly text: string;
  /** of the whole answer */
  readonly facts: readonly Fact[];
  /** slots of the answer's other lines */
  readonly others: readonly string[];
};
/** 0–1, the same for the same seed (mulberry32, T. Ettinger, public domain) */
export const randomFrom = (seed: number): (() => number) => {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
export const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)] as T;
export const whole = (random: () => number, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

type Drafted = { readonly lang: Lang; readonly lines: readonly string[]; readonly facts: readonly Fact[] };
const ANSWERS = readFileSync(new URL('../golden/drafted-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Drafted);

/** The composed lines of one simulated answer. */
export function simulatedDraft(random: () => number, lang: Lang): DraftLine[] {
  const { lines, facts } = pick(
    ANSWERS.filter((answer) => answer.lang === lang),
    random,
  );
  return lines.map((text, i) => ({
    lang,
    text,
    facts,
    others: lines.filter((_, j) => j !== i).flatMap(slotsOf),
  }));
}
