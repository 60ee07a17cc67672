import type { Fact } from '../../main/api/contract/common.ts';
import { refusalOf } from '../../main/chat/word-answer.ts';
import { type Case, NAMES } from './gate-answers.ts';
import { type ByHand, HAND_FACTS } from './gate-answers-by-hand.ts';

export const isRefused = ({ worded, draft, facts, lang }: Omit<Case, 'planted'>): boolean =>
  refusalOf(worded, draft, { facts, lang, names: NAMES }) !== null;

/** Hand-written sentences as cases. */
export const casesByHand = (
  rows: readonly ByHand[],
  facts: readonly Fact[] = HAND_FACTS,
): { honest: Case[]; planted: Case[] } => {
  const cases = (row: ByHand, texts: readonly string[], planted: string | null): Case[] =>
    texts.map((worded) => ({ lang: row.lang, draft: row.draft, worded, facts, planted }));
  return {
    honest: rows.flatMap((row) => cases(row, row.honest, null)),
    planted: rows.flatMap((row) => cases(row, row.lies, 'by hand')),
  };
};
