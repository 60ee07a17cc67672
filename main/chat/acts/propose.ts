import type { SituationRow } from '../../analytics/contract/situation.ts';
import type { Bilingual } from '../../api/contract/common.ts';
import { minuteOfDay } from '../../kernel/clock.ts';
import { type Proposal, type ProposalScope, sameScope } from '../../placement/contract/placement.ts';
import { wordDayMinute } from '../../placement/contract/what-if-words.ts';
import { ProposeLimits } from '../../questions/contract/questions.ts';
import type { ChatEvent } from '../contract/chat.ts';
import type { Draft } from '../draft.ts';
import { both, same } from '../facts.ts';
import type { ActContext, ActRun } from './act.ts';
import { fits, peopleIn, placeWords, scopeOf } from './places.ts';
import {
  askForApproval,
  helped,
  limitsOf,
  sayBadge,
  sayBlocks,
  sayGiving,
  sayHelped,
  sayImpossible,
  sayMissed,
  sayMoves,
  sayStandstill,
} from './plan-words.ts';
import { sayRefusal, shared, solve } from './solve.ts';
import { sayOvertime } from './suppose.ts';
import sentences from './words/propose.json' with { type: 'json' };

const EMPTY = JSON.stringify(ProposeLimits.parse({}));
export const hasLimits = (limits: ProposeLimits): boolean => JSON.stringify(limits) !== EMPTY;
export const nameOfPerson = ({ means }: Pick<ActContext, 'means'>, id: string): string =>
  means.master().operators.find((operator) => operator.id === id)?.name ?? id;
export const limitWords = (context: ActContext, scope: Pick<ProposalScope, 'limits' | 'drop'>): Bilingual =>
  listed(limitsOf(context.draft, scope, (id) => nameOfPerson(context, id)));
const listed = (words: readonly Bilingual[]): Bilingual =>
  both(words.map((w) => w.ja).join('、'), words.map((w) => w.en).join('; '));

/** That no progress is known of there: nothing can be said of it. */
export function sayNoRows({ draft }: Pick<ActContext, 'draft'>, name: Bilingual): void {
  draft.tell(sentences['no-rows'], { name });
}

/** Who should move where so that the deadlines are met, within every limit asked for. */
export const propose: ActRun<'propose'> = async function* (plan, context): AsyncGenerator<ChatEvent, void> {
  const { means, draft, state, carried } = context;
  const { rows: cells } = means.analytics.situation();
  const rows = cells.filter((row) => fits(row, plan.where));
  const name = placeWords(context, plan.where, both('遅れそうな工程', 'the queues likely to be late'));
  const limits: ProposeLimits = {
    ...plan.limits,
    keep: [...plan.limits.keep, ...peopleIn(plan.where, true)],
  };
  if (rows.length === 0) return sayNoRows(context, name);
  if (limits.until !== null && limits.until <= minuteOfDay(means.now, means.zone))
    return sayPassed(draft, name, limits.until);
  const target = likeliest(rows);
  const pin = peopleIn(plan.where, false).flatMap((operatorId) =>
    target ? [{ operatorId, cellId: target.cellId }] : [],
  );
  const scope = {
    ...scopeOf(cells, plan.where),
    ...(hasLimits(limits) ? { limits } : {}),
    ...(pin.length > 0 ? { pin } : {}),
  };
  const ids = new Set(rows.map((row) => row.cellId));
  const alerts = means.tools
    .openAlerts()
    .filter((open) => open.kind === 'delay' && open.cell && ids.has(open.cell.cellId));
  state.body.alertIds = [...new Set([...state.body.alertIds, ...alerts.map((open) => open.id)])];
  // a plan within limits of this conversation is no answer to the alert
  const own = alerts.find(
    (open) => open.cell && sameScope(scope, scopeOf(cells, [cellFilter(open.cell.cellId)])),
  );
  const about = carried.alert && own && carried.alert.id !== own.id ? carried.alert : own;
  const solved = about?.proposalId ? means.tools.proposal(about.proposalId) : null;
  const isSame = solved && solved.status === 'open' && !solved.stale && sameScope(solved.scope, scope);
  const outcome = isSame
    ? yield* shared(solved, context)
    : yield* solve({ ...scope, ...(own ? { alertId: own.id } : {}) }, context);
  if ('refusal' in outcome) return sayRefusal(draft, outcome.refusal);
  await sayPlan(context, outcome.proposal, { name, rows });
};
const cellFilter = (cellId: string) => ({ dimension: 'cell' as const, values: [cellId], not: false });
export const likeliest = (rows: readonly SituationRow[]): SituationRow | undefined =>
  [...rows].sort((a, b) => (a.pOnTime ?? 1) - (b.pOnTime ?? 1) || (b.due ?? 0) - (a.due ?? 0))[0];

function sayPassed(draft: Draft, name: Bilingual, until: number): void {
  const time = draft.book.words(same(wordDayMinute(until)), both('ご指定の時刻', 'Time as asked'));
  draft.tell(sentences.passed, { time, name });
}

type Told = { readonly name: Bilingual; readonly rows: readonly SituationRow[] };
/** A plan in sentences: what is proposed or why nothing is, within which limits, what it does, what stays impossible. */
export async function sayPlan(context: ActContext, proposal: Proposal, { name, rows }: Told): Promise<void> {
  const { draft, state } = context;
  const { book } = draft;
  const told = limitWords(context, proposal.scope);
  if (proposal.moves.length === 0) {
    sayNoMoves(draft, proposal, { name, rows, told });
    await sayOvertime(context, proposal);
    sayImpossible(draft, proposal);
    return;
  }
  const people = book.people(proposal.moves.length, both('動かす人数', 'People to move'), null);
  draft.say(
    `${told.ja ? `${told.ja}という条件で、` : ''}${name.ja}の応援に${people}の配置変更を提案します。`,
    `I propose moving ${people} to help ${name.en}${told.en ? ` (${told.en})` : ''}.`,
  );
  sayMissed(draft, proposal);
  sayInexact(draft, proposal);
  sayStandstill(draft, proposal);
  sayMoves(draft, proposal);
  draft.paragraph();
  sayHelped(draft, proposal);
  sayGiving(draft, proposal);
  sayBadge(draft, proposal);
  await sayOvertime(context, proposal);
  sayImpossible(draft, proposal);
  draft.paragraph();
  askForApproval(draft);
  const first = proposal.moves[0]?.name ?? '';
  state.body.next = [
    both(`なぜ${first}さん？`, `Why ${first}?`),
    both('人を出す側は大丈夫？', 'Are the sources still on time?'),
    both(`${first}さん以外だと？`, `Somebody else instead of ${first}`),
  ];
}
function sayInexact(draft: Draft, { scope: { limits }, moves }: Proposal): void {
  if (!limits?.exactly || limits.people === null || limits.people === moves.length) return;
  draft.tell(sentences['not-exactly']);
}

function sayNoMoves(draft: Draft, proposal: Proposal, o: Told & { told: Bilingual }): void {
  const { name, rows, told } = o;
  const { book } = draft;
  const condition = told.ja
    ? both(`${told.ja}という条件では、`, ` within these limits (${told.en})`)
    : both('', '');
  if (proposal.standstills?.length) {
    draft.tell(sentences['no-plan'], { condition, name });
    sayStandstill(draft, proposal);
    return;
  }
  if (proposal.badge.kind === 'no-move-helps' || proposal.notPossible.length > 0) {
    draft.say(
      `${condition.ja || '今のルールの中では、'}${name.ja}のために動かして間に合う納期を増やせる人はいません。`,
      `Nobody’s move would save a further deadline of ${name.en}${condition.en || ' under the current rules'}.`,
    );
    sayBlocks(draft, proposal);
    return;
  }
  const worst = likeliest(rows);
  const at = worst?.deadline
    ? both(
        `最も余裕の少ない${book.cell(worst)}が${book.instant(worst.deadline, both('納期', 'Deadline'), null)}`,
        `${book.cell(worst)}, the tightest, to make ${book.instant(worst.deadline, both('納期', 'Deadline'), null)}`,
      )
    : null;
  const p =
    worst && worst.pOnTime !== null
      ? book.percent(worst.pOnTime, both('間に合う確率', 'P(on time)'), null)
      : null;
  const isThin = rows.some((row) => row.risk === 'danger' || row.risk === 'watch');
  draft.say(
    `${name.ja}は今の配置のままで納期に間に合う見込みなので、人を動かす必要はありません${told.ja ? `（条件：${told.ja}）` : ''}。`,
    `${name.en.charAt(0).toUpperCase()}${name.en.slice(1)} should make its deadlines as it stands, so nobody needs to be moved${told.en ? ` (${told.en})` : ''}.`,
  );
  if (at && p)
    draft.say(
      `${at.ja}に間に合う確率は${p}です${isThin ? '。余裕は小さいので、進み具合を見ていてください' : ''}。`,
      `The chance for ${at.en} is ${p}${isThin ? '; the margin is thin, so keep an eye on it' : ''}.`,
    );
}

/** How much the deadline that a plan helps most gains: `12%から95%`; null where it helps none. */
export function gainOf(draft: Draft, proposal: Proposal): { before: string; after: string } | null {
  const [best] = helped(proposal);
  if (!best) return null;
  return {
    before: draft.book.percent(best.before.pOnTime, both('提案前の間に合う確率', 'P(on time) before'), null),
    after: draft.book.percent(best.after.pOnTime, both('提案後の間に合う確率', 'P(on time) after'), null),
  };
}
