import type { Bilingual } from '../../api/contract/common.ts';
import { formatCell } from '../../api/contract/format.ts';
import type { Proposal, ProposalStatus, Reason } from '../../placement/contract/placement.ts';
import { wordReason } from '../../placement/contract/words.ts';
import { ProposeLimits } from '../../questions/contract/questions.ts';
import type { ChatEvent } from '../contract/chat.ts';
import { enumerate } from '../draft.ts';
import { both } from '../facts.ts';
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

const REASONS = 4;

/** What a person wants of the plan this conversation is about: explained, compared or solved again. Words decide nothing. */
export const aboutCard: ActRun<'about-card'> = async function* (
  { ask },
  context,
): AsyncGenerator<ChatEvent, void> {
  const { draft, carried } = context;
  const [card] = carried.proposals;
  if (!card) {
    draft.say(
      'この会話では、まだ配置変更の提案をしていません。',
      'No moves have been proposed in this conversation yet.',
    );
    draft.say(
      '「遅れそうな工程の応援案を出して」のようにお尋ねいただくと、案を作ります。',
      'Ask “Propose help for what is going to be late” to get a plan.',
    );
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
    draft.say(
      `${what.ja}できません。この提案のカードはすでに「${is.ja}」です。`,
      `It is too late to ${what.en} it: this card is already ${is.en}.`,
    );
    return;
  }
  state.body.focus = button;
  draft.say(
    `${what.ja}するには、提案カードの「${what.ja}」ボタンを押してください。言葉だけでは何も決まりません。`,
    `To ${what.en} it, press the ${what.en} button on the card. Words alone decide nothing.`,
  );
  if (card.stale)
    draft.say(
      'この案は数字が古くなっているので、先に解き直すことをお勧めします。',
      'Its numbers have moved on since, so it should be solved again before that.',
    );
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
    if (move)
      draft.say(`${name}さんを選んだのは、次の理由からです。`, `${name} was picked because of what follows.`);
    else
      draft.say(
        `${name}さんは、次の理由からこの案に入っていません。`,
        `${name} is not in this plan because of what follows.`,
      );
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
    draft.say(
      'この案が誰も動かさないのは、動かしても間に合う納期が増えないか、今のままで間に合う見込みだからです。',
      'This plan moves nobody because no move would save a deadline, or because everything should be on time as it is.',
    );
    sayBlocks(draft, card);
    return;
  }
  const people = book.people(
    card.moves.length,
    both('動かす人数', 'People to move'),
    book.table(movesTable(card)),
  );
  draft.say(
    `${people}を動かすこの案にしたのは、間に合わない納期を最も減らせるからです。`,
    `This plan moves ${people} because that saves the most of what would be late.`,
  );
  sayMissed(draft, card);
  sayBadge(draft, card);
  sayMoves(draft, card);
}

function sayEffect({ draft, state }: ActContext, card: Proposal): void {
  const [best, ...more] = helped(card);
  if (!best) {
    draft.say(
      'この案では、納期に間に合う確率はほとんど変わりません。',
      'With this plan the chances of being on time hardly change.',
    );
    sayImpossible(draft, card);
    return;
  }
  const s = effectSlots(draft, card, best);
  draft.say(
    `この案で、${s.cell}が${s.deadline}に間に合う確率は${s.before}から${s.after}に上がります。`,
    `With this plan, the chance that ${s.cell} makes ${s.deadline} goes from ${s.before} to ${s.after}.`,
  );
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
    draft.say(
      '人を出す側の工程に、納期の決まった残りはないため、影響はありません。',
      'Nothing is due at the queues that give people up, so they are not affected.',
    );
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
    draft.entry(
      `${e.cell}：${e.deadline}に間に合う確率は${e.before}から${e.after}`,
      `${e.cell}: the chance of making ${e.deadline} goes from ${e.before} to ${e.after}`,
    );
  }
}

function sayWho({ draft, book, means }: ActContext, card: Proposal, kind: 'who' | 'count' | 'when'): void {
  if (card.moves.length === 0) {
    draft.say('この案では、動く人はいません。', 'Nobody moves in this plan.');
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
    draft.say(`切り替えには、長い人で${minutes}かかります。`, `Switching takes ${minutes} at the longest.`);
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
  const [was, is] = [card, proposal].map((p, i) => {
    const effect = helped(card)[0] ?? helped(proposal)[0];
    const own = p.effects.find(
      (e) => e.cell.cellId === effect?.cell.cellId && e.deadline === effect.deadline,
    );
    const chance = own?.after.pOnTime ?? effect?.before.pOnTime;
    const label =
      i === 0 ? both('前の案の間に合う確率', 'P(on time), plan before') : both('間に合う確率', 'P(on time)');
    return chance === undefined ? null : book.percent(chance, label, table);
  });
  const target = helped(card)[0] ?? helped(proposal)[0];
  if (proposal.moves.length === 0) {
    draft.say(
      `${told.ja}という条件で解き直すと、納期に間に合わせられる人は見つかりません。`,
      `Solved again (${told.en}): nobody’s move helps, so there is no plan within that limit.`,
    );
    sayBlocks(draft, proposal);
  } else {
    const people = book.people(proposal.moves.length, both('動かす人数', 'People to move'), table);
    draft.say(
      `${told.ja}という条件で解き直しました。${people}を動かす案です。`,
      `Solved again (${told.en}): this plan moves ${people}.`,
    );
  }
  if (target && was && is) {
    const deadline = book.instant(target.deadline, both('納期', 'Deadline'), table);
    draft.say(
      `${book.cell(target.cell)}が${deadline}に間に合う確率は${is}です（前の案では${was}）。`,
      `The chance that ${book.cell(target.cell)} makes ${deadline} is ${is} (${was} with the plan before).`,
    );
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
    both('さっきの案とどっちがいい？', 'Which of the plans is better?'),
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
    draft.say(
      'この会話の提案は今の案だけなので、比べられません。',
      'There is only the present plan in this conversation, so there is nothing to compare it with.',
    );
    return;
  }
  const worth = (p: Proposal): number =>
    1000 * (p.impact.missedBefore - p.impact.missedAfter) +
    100 * (p.impact.shortHoursBefore - p.impact.shortHoursAfter) -
    p.moves.length;
  const [better, other] = worth(a) >= worth(b) ? [a, b] : [b, a];
  const tell = (p: Proposal): Bilingual => {
    const [best] = helped(p);
    const target = best?.cell ?? p.effects.find((e) => e.role === 'target')?.cell ?? p.moves[0]?.to;
    const name = book.name(target ? formatCell(target) : p.id, both('案の対象', 'Plan for'));
    const people = book.people(
      p.moves.length,
      both(`${p.id} の人数`, `People of ${p.id}`),
      book.table(movesTable(p)),
    );
    if (!best)
      return both(
        `${name}の案は${people}を動かし、間に合う確率はほとんど変わりません`,
        `the plan for ${name} moves ${people} and hardly changes the chances`,
      );
    const s = effectSlots(draft, p, best);
    return both(
      `${name}の案は${people}を動かし、${s.deadline}に間に合う確率を${s.before}から${s.after}に上げます`,
      `the plan for ${name} moves ${people} and raises the chance of making ${s.deadline} from ${s.before} to ${s.after}`,
    );
  };
  const [first, second] = [tell(better), tell(other)];
  draft.say(`効果の大きい順に、${first.ja}。`, `The greater help: ${first.en}.`);
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
  } else if (isApart)
    draft.say(
      '助ける工程が別なので、どちらか片方を選ばず、両方を進めることもできます。',
      'They help different queues, so you need not choose: both can be done.',
    );
}
