import type { Bilingual } from '../../api/contract/common.ts';
import { formatCell } from '../../api/contract/format.ts';
import type { Proposal, ProposalStatus, Reason } from '../../placement/contract/placement.ts';
import { wordReason } from '../../placement/contract/words.ts';
import { type Plan, ProposeLimits } from '../../questions/contract/questions.ts';
import type { ChatEvent } from '../contract/chat.ts';
import { enumerate } from '../draft.ts';
import { both, type FactBook } from '../facts.ts';
import type { ActContext, ActRun } from './act.ts';
import {
  askForApproval,
  effectSlots,
  giving,
  helped,
  isVisible,
  movesTable,
  sayBadge,
  sayBlocks,
  sayGiving,
  sayHelped,
  sayImpossible,
  sayMissed,
  sayMoves,
} from './plan-words.ts';
import { limitWords, nameOfPerson } from './propose.ts';
import { sayRefusal, solve } from './solve.ts';
import sentences from './words/about-card.json' with { type: 'json' };

const COMPARE: Plan = { act: 'about-card', ask: { kind: 'compare', proposalIds: [] } };
const REASONS = 4;
const VISIBLE = 0.01;

/** What a person wants of the plan this conversation is about: explained, compared or solved again. Words decide nothing. */
export const aboutCard: ActRun<'about-card'> = async function* (
  { ask },
  context,
): AsyncGenerator<ChatEvent, void> {
  const { draft, carried } = context;
  const [card] = carried.proposals;
  if (!card) {
    draft.tell(sentences['no-card']);
    draft.tell(sentences['how-to-get-one']);
    context.state.body.next = [both('遅れそうな工程の応援案を出して', 'Help every late process')];
    return;
  }
  switch (ask.kind) {
    case 'why':
      return ask.people.length > 0 ? sayWhy(context, card, ask.people) : sayWhyPlan(context, card);
    case 'effect':
      return sayEffect(context, card);
    case 'source':
      return saySource(context, card);
    case 'who':
    case 'count':
    case 'when':
      return sayWho(context, card, ask.kind);
    case 'change':
      return yield* solveAgain(context, card, ask.limits);
    case 'other': {
      const keep = card.moves.map((move) => move.operatorId);
      return yield* solveAgain(context, card, ProposeLimits.parse({ keep }));
    }
    case 'compare':
      return sayCompared(context, ask.proposalIds);
    case 'approve':
    case 'reject':
      return focus(context, card, ask.kind);
  }
};

/** Where the button is; it is focused, and nothing is decided. */
function focus({ draft, state }: ActContext, card: Proposal, button: 'approve' | 'reject'): void {
  state.body.proposalId = card.id;
  const what = button === 'approve' ? both('承認', 'approve') : both('却下', 'reject');
  if (card.status !== 'open') {
    const is = STATUS[card.status];
    draft.tell(sentences['decided-already'], { what, is });
    return;
  }
  state.body.focus = button;
  draft.tell(sentences['press-button'], { what });
  if (card.stale) draft.tell(sentences.stale);
}
const STATUS: Readonly<Record<ProposalStatus, Bilingual>> = {
  open: both('未決', 'open'),
  approved: both('承認済み', 'approved'),
  rejected: both('却下済み', 'rejected'),
  superseded: both('新しい案に置き換え済み', 'replaced by a newer plan'),
  undone: both('取り消し済み', 'undone'),
};

const reasonWords = ({ book, means }: ActContext, reason: Reason): string =>
  book.words(
    both(wordReason(reason, 'ja', means.zone), wordReason(reason, 'en', means.zone)),
    both('理由', 'Reason'),
  );

/** Why people are in a plan, or are not. */
export async function sayWhy(context: ActContext, card: Proposal, people: readonly string[]): Promise<void> {
  const { draft, book, means } = context;
  for (const [i, id] of people.entries()) {
    if (i > 0) draft.paragraph();
    const move = card.moves.find((m) => m.operatorId === id);
    const reasons = move?.reasons ?? (await means.tools.whyNot(card.id, id, means.signal)).reasons;
    const name = book.name(nameOfPerson(context, id), both('担当者', 'Person'));
    if (move) draft.tell(sentences.picked, { name });
    else draft.tell(sentences['not-picked'], { name });
    for (const reason of reasons.slice(0, REASONS)) {
      const words = reasonWords(context, reason);
      draft.say(`${words}。`, `${words}.`);
    }
  }
  const others =
    card.moves.find((move) => !people.includes(move.operatorId))?.name ?? card.moves[0]?.name ?? '';
  context.state.body.next = [
    both('効果はどれくらい？', 'How much does it help?'),
    ...(others ? [both(`なぜ${others}さん？`, `Why ${others}?`)] : []),
    both('ほかの人だとどうなる？', 'What about somebody else?'),
  ];
}

function sayWhyPlan(context: ActContext, card: Proposal): void {
  const { draft, book } = context;
  if (card.moves.length === 0) {
    draft.tell(sentences['why-nobody']);
    sayBlocks(draft, card);
    return;
  }
  const people = book.people(
    card.moves.length,
    both('動かす人数', 'People to move'),
    book.table(movesTable(card)),
  );
  draft.tell(sentences['why-plan'], { people });
  sayMissed(draft, card);
  sayBadge(draft, card);
  sayMoves(draft, card);
}

function sayEffect({ draft, state }: ActContext, card: Proposal): void {
  const [best, ...more] = helped(card);
  if (!best) {
    draft.tell(sentences['no-effect']);
    sayImpossible(draft, card);
    return;
  }
  const s = effectSlots(draft, card, best);
  draft.tell(sentences.effect, {
    cell: s.cell,
    deadline: s.deadline,
    before: s.before,
    after: s.after,
  });
  sayMissed(draft, card);
  sayHelped(draft, { ...card, effects: more });
  sayGiving(draft, card);
  sayImpossible(draft, card);
  state.body.next = [
    both('人を出す側は大丈夫？', 'Are the sources still on time?'),
    both('誰が動く？', 'Who is moving?'),
  ];
}

function saySource({ draft }: ActContext, card: Proposal): void {
  const sources = giving(card);
  const [worst] = sources;
  if (!worst) {
    draft.tell(sentences['no-source']);
    return;
  }
  const s = effectSlots(draft, card, worst);
  const isSafe = worst.after.pOnTime >= 0.5;
  const change = isVisible(worst)
    ? both(`${s.before}から${s.after}になりますが`, `goes from ${s.before} to ${s.after}`)
    : both(`${s.after}のままで`, `stays at ${s.after}`);
  draft.say(
    `人を出す側で最も余裕が減るのは${s.cell}で、${s.deadline}に間に合う確率は${change.ja}、${isSafe ? '納期は守れる見込みです' : '納期に間に合わない恐れがあります'}。`,
    `Of the queues that give people up, ${s.cell} is affected most: its chance of making ${s.deadline} ${change.en}, so it ${isSafe ? 'should still be met' : 'may still be missed'}.`,
  );
  for (const effect of sources.slice(1)) {
    const e = effectSlots(draft, card, effect);
    draft.item(sentences['source-row'], {
      cell: e.cell,
      deadline: e.deadline,
      before: e.before,
      after: e.after,
    });
  }
}

function sayWho({ draft, book, means }: ActContext, card: Proposal, kind: 'who' | 'count' | 'when'): void {
  if (card.moves.length === 0) {
    draft.tell(sentences['nobody-moves']);
    return;
  }
  const table = book.table(movesTable(card));
  const people = book.people(card.moves.length, both('動かす人数', 'People to move'), table);
  const names = card.moves.map((move) => book.name(move.name, both('担当者', 'Person')));
  if (kind === 'when') {
    const [first, ...later] = [...Map.groupBy(card.moves, (move) => move.startsAt)].sort(
      (a, b) => a[0] - b[0],
    );
    if (!first) return;
    const time = (at: number): string => book.instant(at, both('移動の開始', 'Start of the move'), table);
    const group = (moves: Proposal['moves']): string[] =>
      moves.map((m) => book.name(m.name, both('担当者', 'Person')));
    const [at, who] = first;
    draft.say(
      `${time(at)}に${group(who)
        .map((n) => `${n}さん`)
        .join('、')}が元の工程を離れます。`,
      `${enumerate(group(who), 'en')} ${who.length === 1 ? 'has' : 'have'} to leave at ${time(at)}.`,
    );
    for (const [then, others] of later)
      draft.entry(
        `${time(then)}：${group(others)
          .map((n) => `${n}さん`)
          .join('、')}`,
        `${time(then)}: ${enumerate(group(others), 'en')}`,
      );
    const lost = Math.max(...card.moves.map((move) => move.switchMinutes));
    const minutes = book.minutes(lost, both('切り替えにかかる時間', 'Time to switch'), table);
    if (later.length > 0) draft.paragraph();
    draft.tell(sentences.switching, { minutes });
    return;
  }
  const ja = names.map((name) => `${name}さん`).join('、');
  draft.say(`動かすのは${people}で、${ja}です。`, `${people} would move: ${enumerate(names, 'en')}.`);
  if (kind === 'who' && means) sayMoves(draft, card);
}

const union = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Set([...a, ...b])];
/** New limits beside those that the plan had already. */
function merged(old: ProposeLimits, wanted: ProposeLimits): ProposeLimits {
  const parts = Object.entries(wanted).map(([key, value]) => {
    const had = old[key as keyof ProposeLimits];
    if (Array.isArray(value)) return [key, union(had as string[], value as string[])];
    return [key, value === null || value === false ? had : value];
  });
  return ProposeLimits.parse(Object.fromEntries(parts));
}

/** Within other limits: the new plan takes the place of the one before, unless that is the alert's or decided already. */
async function* solveAgain(
  context: ActContext,
  card: Proposal,
  wanted: ProposeLimits,
): AsyncGenerator<ChatEvent, void> {
  const { draft, book } = context;
  const limits = merged(ProposeLimits.parse(card.scope.limits ?? {}), wanted);
  const pin = card.scope.pin.filter((one) => !limits.keep.includes(one.operatorId));
  const replaces = card.status === 'open' && card.alertId === null;
  const outcome = yield* solve(
    { ...card.scope, limits, pin, ...(replaces ? { supersedes: card.id } : {}) },
    context,
  );
  if ('refusal' in outcome) return sayRefusal(draft, outcome.refusal);
  const { proposal } = outcome;
  const told = limitWords(context, { drop: [], limits: wanted });
  const table = book.table(movesTable(proposal));
  const target = mostApart(card, proposal) ?? helped(card)[0] ?? helped(proposal)[0];
  const [was, is] = [card, proposal].map((p, i) => {
    const chance = target && (effectAt(p, target)?.after.pOnTime ?? target.before.pOnTime);
    const label =
      i === 0 ? both('前の案の間に合う確率', 'P(on time), plan before') : both('間に合う確率', 'P(on time)');
    return chance === undefined ? null : book.percent(chance, label, table);
  });
  if (proposal.moves.length === 0) {
    draft.tell(sentences['solved-nobody'], { told });
    sayBlocks(draft, proposal);
  } else {
    const people = book.people(proposal.moves.length, both('動かす人数', 'People to move'), table);
    draft.tell(sentences.solved, { told, people });
  }
  if (target && was && is) {
    const deadline = book.instant(target.deadline, both('納期', 'Deadline'), table);
    draft.tell(sentences['chance-beside'], { cell: book.cell(target.cell), deadline, is, was });
  }
  sayMissed(draft, proposal);
  if (proposal.moves.length > 0) sayMoves(draft, proposal);
  draft.paragraph();
  sayGiving(draft, proposal);
  sayImpossible(draft, proposal);
  if (proposal.moves.length === 0) return;
  draft.paragraph();
  askForApproval(draft);
  context.state.body.next = [
    { ...both('さっきの案とどっちがいい？', 'Which of the plans is better?'), plans: [COMPARE] },
    both('効果はどれくらい？', 'How much does it help?'),
  ];
}

/** Two plans of this conversation side by side: what each costs and wins, and whether both can be done. */
function sayCompared(context: ActContext, ids: readonly string[]): void {
  const { draft, book, carried, means } = context;
  const named = ids.flatMap((id) => means.tools.proposal(id) ?? []);
  const plans = named.length > 1 ? named : carried.proposals.slice(0, 2);
  const [a, b] = plans;
  if (!a || !b) {
    draft.tell(sentences['one-plan']);
    return;
  }
  const worth = (p: Proposal): number =>
    1000 * (p.impact.missedBefore - p.impact.missedAfter) +
    100 * (p.impact.shortHoursBefore - p.impact.shortHoursAfter) +
    10 * p.effects.reduce((sum, e) => sum + e.after.pOnTime - e.before.pOnTime, 0) -
    p.moves.length;
  const [better, other] = worth(a) >= worth(b) ? [a, b] : [b, a];
  const isOfSame = targetOf(a) === targetOf(b);
  const apart = isOfSame ? mostApart(a, b) : null;
  const tell = (p: Proposal): Bilingual => {
    const table = book.table(movesTable(p));
    const name = isOfSame
      ? p.id === carried.proposals[0]?.id
        ? both('今の案', 'the present plan')
        : both('前の案', 'the plan before')
      : nameOfPlan(book, p);
    const people = book.people(p.moves.length, both(`${p.id} の人数`, `People of ${p.id}`), table);
    const best = apart ? effectAt(p, apart) : helped(p)[0];
    if (!best)
      return both(
        `${name.ja}は${people}を動かし、間に合う確率はほとんど変わりません`,
        `${name.en} moves ${people} and hardly changes the chances`,
      );
    const s = effectSlots(draft, p, best);
    return both(
      `${name.ja}は${people}を動かし、${s.cell}が${s.deadline}に間に合う確率を${s.before}から${s.after}にします`,
      `${name.en} moves ${people} and takes the chance that ${s.cell} makes ${s.deadline} from ${s.before} to ${s.after}`,
    );
  };
  const [first, second] = [tell(better), tell(other)];
  draft.tell(sentences['better-plan'], { first });
  draft.say(`${second.ja}。`, `${second.en.charAt(0).toUpperCase()}${second.en.slice(1)}.`);
  const shared = better.moves.filter((m) => other.moves.some((n) => n.operatorId === m.operatorId));
  const targets = (p: Proposal) => new Set(p.moves.map((m) => m.to.cellId));
  const isApart = targets(better).isDisjointFrom(targets(other));
  if (shared.length > 0) {
    const names = shared.map((m) => book.name(m.name, both('担当者', 'Person')));
    draft.say(
      `${names.map((n) => `${n}さん`).join('、')}はどちらの案でも動くため、両方は承認できません。`,
      `${enumerate(names, 'en')} would move in either, so they cannot both be approved.`,
    );
  } else if (isApart) draft.tell(sentences['both-can-be']);
}
type Effect = Proposal['effects'][number];
const targetOf = (p: Proposal): string | undefined => helped(p)[0]?.cell.cellId;
const effectAt = (p: Proposal, { cell, deadline }: Effect): Effect | undefined =>
  p.effects.find((e) => e.cell.cellId === cell.cellId && e.deadline === deadline);
/** The deadline whose chance differs most between two plans; null: none does. */
function mostApart(a: Proposal, b: Proposal): Effect | null {
  const apart = (e: Effect): number => {
    const other = effectAt(b, e);
    return other ? Math.abs(e.after.pOnTime - other.after.pOnTime) : 0;
  };
  const [most] = a.effects.toSorted((x, y) => apart(y) - apart(x));
  return most && apart(most) >= VISIBLE ? most : null;
}
const nameOfPlan = (book: FactBook, p: Proposal): Bilingual => {
  const cell = helped(p)[0]?.cell ?? p.effects.find((e) => e.role === 'target')?.cell ?? p.moves[0]?.to;
  const name = book.name(cell ? formatCell(cell) : p.id, both('案の対象', 'Plan for'));
  return both(`${name}の案`, `the plan for ${name}`);
};
