import type { Bilingual } from '../api/contract/common.ts';
import type { ActMeans } from './acts/act.ts';
import { both } from './facts.ts';

const EXAMPLES = 3;

/** Questions that make sense right now, made from the situation, the most urgent first. */
export function examplesNow({ analytics, tools }: Pick<ActMeans, 'analytics' | 'tools'>): Bilingual[] {
  const { rows } = analytics.situation();
  const [worst] = [...rows].sort((a, b) => (a.pOnTime ?? 1) - (b.pOnTime ?? 1));
  const [biggest] = [...rows].sort((a, b) => b.backlog - a.backlog);
  const late = worst && (worst.risk === 'danger' || worst.risk === 'watch') ? worst : null;
  const examples = [
    ...(late
      ? [
          both(
            `${late.location}の${late.process}に応援を出す案を出して`,
            `Propose help for ${late.process} in ${late.location}`,
          ),
        ]
      : []),
    both('納期に遅れそうな工程は？', 'Which processes are likely to be late?'),
    ...(tools.openAlerts().length > 0 ? [both('いまのアラートは何件？', 'How many alerts are open?')] : []),
    ...(biggest ? [both(`${biggest.location}の残件は？`, `Backlog in ${biggest.location}?`)] : []),
    both('今日の欠勤は誰？', 'Who is absent today?'),
  ];
  return examples.slice(0, EXAMPLES);
}
