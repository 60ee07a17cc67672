import type { Bilingual, Table } from '../../api/contract/common.ts';
import { formatCell } from '../../api/contract/format.ts';
import { wordOutcome } from '../../placement/contract/outcome-words.ts';
import type { Decision } from '../../placement/contract/placement.ts';
import type { Plan } from '../../questions/contract/questions.ts';
import { both } from '../facts.ts';
import { QueryWords } from '../query-words.ts';
import type { Decided } from '../types.ts';
import type { ActContext, ActRun } from './act.ts';
import sentences from './words/decisions.json' with { type: 'json' };

const LISTED = 5;
type DecisionsPlan = Extract<Plan, { act: 'decisions' }>;
const STATE: Readonly<Record<'approve' | 'reject' | 'undo', Decision['action']>> = {
  approve: 'approved',
  reject: 'rejected',
  undo: 'undone',
};
const DONE: Readonly<Record<Decision['action'] | 'all', Bilingual>> = {
  approved: both('承認', 'approved'),
  rejected: both('却下', 'rejected'),
  modified: both('修正', 'modified'),
  undone: both('取り消し', 'taken back'),
  all: both('判断', 'decided'),
};

/** What was decided, by whom, and what came of it. Decides nothing. */
export const decisions: ActRun<'decisions'> = async (plan, context) => {
  const { draft, book, means } = context;
  const words = new QueryWords(book, means);
  const { from, until, query } = await means.measures.query({
    measures: ['decisions'],
    where: [],
    by: [],
    order: null,
    limit: null,
    rank: null,
    thresholds: [],
    window: plan.window,
    compare: null,
  });
  const all = means.tools.decisions(from, until).filter((d) => fits(d, plan));
  const time = words.time(query.window, { from, until });
  const scope = words.scope(plan.where);
  const done = DONE[plan.action === null ? 'all' : STATE[plan.action]];
  const of = both(`${scope.of.ja}${time.ja && `${time.ja}、`}`, words.of(scope, time).en);
  if (all.length === 0) {
    draft.say(
      `${of.ja}${done.ja}した提案はありません。${plan.outcome ? 'そのため、結果を確かめられるものもまだありません。' : ''}`,
      `No proposal was ${done.en}${of.en}.${plan.outcome ? ' So there is no outcome to look at yet.' : ''}`,
    );
    return;
  }
  const table = book.table(decidedTable(all, context));
  const count = book.count(
    all.length,
    'proposals',
    both(`${done.ja}した提案`, `Proposals ${done.en}`),
    table,
  );
  draft.say(
    `${of.ja}${done.ja}した提案は${count}です。`,
    `${count} ${all.length === 1 ? 'was' : 'were'} ${done.en}${of.en}.`,
  );
  if (plan.outcome) sayRight(all, context, table);
  for (const decided of all.slice(0, LISTED)) sayDecided(decided, context, table);
  const more = all.length - LISTED;
  if (more > 0) {
    const rest = book.count(more, 'proposals', both('ほかの提案', 'Other proposals'), table);
    draft.paragraph();
    draft.tell(sentences.more, { rest });
  }
};

function fits({ decision, target }: Decided, { action, where }: DecisionsPlan): boolean {
  if (action !== null && decision.action !== STATE[action]) return false;
  return where.every(({ dimension, values, not }) => {
    const value =
      dimension === 'location'
        ? target?.location
        : dimension === 'business'
          ? target?.businessId
          : dimension === 'process'
            ? target?.process
            : dimension === 'actor'
              ? decision.actor
              : undefined;
    return value === undefined || values.includes(value) !== not;
  });
}

/** Of those whose end is known, how many went as predicted. */
function sayRight(all: readonly Decided[], { draft, book }: ActContext, table: number): void {
  const judged = all.flatMap(({ outcome }) =>
    (outcome?.checks ?? []).flatMap(({ cells }) => (cells ?? []).filter((cell) => cell.why === null)),
  );
  const label = both('見込みと比べた結果', 'Outcomes compared with the prediction');
  if (judged.length === 0) {
    draft.tell(sentences['no-outcome']);
    return;
  }
  const right = judged.filter(({ verdict }) => verdict === 'as-predicted' || verdict === 'better');
  const count = (n: number): string => book.count(n, 'outcomes', label, table);
  draft.tell(sentences.held, { of: count(judged.length), held: count(right.length) });
}

function sayDecided(
  { decision, target, people, outcome }: Decided,
  { draft, book, means: { zone, now } }: ActContext,
  table: number,
): void {
  const at = book.instant(decision.at, both('判断の時刻', 'Time of the decision'), table);
  const actor = book.name(decision.actor, both('判断した人', 'Decided by'));
  const cell = target ? book.cell(target) : null;
  const moved = people > 0 ? book.people(people, both('動いた人', 'People moved'), table) : null;
  const done = DONE[decision.action];
  const came = outcome
    ? book.words(
        both(
          wordOutcome(outcome, { lang: 'ja', zone, now }).text,
          wordOutcome(outcome, { lang: 'en', zone, now }).text,
        ),
        both('結果', 'Outcome'),
        table,
      )
    : null;
  draft.entry(
    `${at} ${actor}が${done.ja}${cell ? `：${cell}${moved ? `へ${moved}` : ''}` : ''}${came ? `。${came}` : ''}`,
    `${at} ${done.en} by ${actor}${cell ? `: ${cell}${moved ? `, ${moved}` : ''}` : ''}${came ? `. ${came}` : ''}`,
  );
}

const decidedTable = (all: readonly Decided[], { means: { now }, lang }: ActContext): Table => ({
  title: both('判断', 'Decisions'),
  query: 'decisions',
  slots: {},
  columns: [
    { key: 'at', label: both('時刻', 'Time'), kind: 'instant' },
    { key: 'action', label: both('判断', 'Decision'), kind: 'text' },
    { key: 'actor', label: both('判断した人', 'Decided by'), kind: 'text' },
    { key: 'target', label: both('対象', 'Queue'), kind: 'text' },
    { key: 'people', label: both('人数', 'People'), kind: 'number' },
  ],
  rows: all.map(({ decision, target, people }) => ({
    at: decision.at,
    action: DONE[decision.action][lang],
    actor: decision.actor,
    target: target ? formatCell(target) : null,
    people,
  })),
  total: all.length,
  asOf: now,
});
