import type { Bilingual, Table } from '../api/contract/common.ts';
import { formatCell, formatPercent } from '../api/contract/format.ts';
import type { Effect, Move, Proposal, Reason, Relaxation } from '../api/contract/placement.ts';
import { wordBlocks } from '../api/contract/words-placement.ts';
import type { Draft } from './draft.ts';
import { both } from './facts.ts';

const LISTED = 6;

/** The proposal as the tables behind its numbers. */
export const movesTable = (proposal: Proposal): Table => ({
  title: both(`提案 ${proposal.id} の配置変更`, `Moves of proposal ${proposal.id}`),
  query: 'proposal.moves',
  slots: { proposalId: proposal.id },
  columns: [
    { key: 'name', label: both('担当者', 'Person'), kind: 'text' },
    { key: 'from', label: both('現在', 'From'), kind: 'text' },
    { key: 'to', label: both('変更後', 'To'), kind: 'text' },
    { key: 'startsAt', label: both('開始', 'Starts'), kind: 'instant' },
    { key: 'endsAt', label: both('終了', 'Ends'), kind: 'instant' },
    { key: 'skill', label: both('スキル', 'Skill'), kind: 'number' },
    { key: 'speed', label: both('速度 (件/時)', 'Speed (items/h)'), kind: 'number' },
    { key: 'items', label: both('見込み件数', 'Expected items'), kind: 'number' },
    { key: 'deadline', label: both('対象の納期', 'For the deadline'), kind: 'instant' },
    { key: 'switchMinutes', label: both('切替 (分)', 'Switch (min)'), kind: 'number' },
  ],
  rows: proposal.moves.map((move) => ({
    name: move.name,
    from: formatCell(move.from),
    to: formatCell(move.to),
    startsAt: move.startsAt,
    endsAt: move.endsAt,
    skill: move.skill,
    speed: move.speed,
    items: move.items,
    deadline: move.deadline ?? null,
    switchMinutes: move.switchMinutes,
  })),
  total: proposal.moves.length,
  asOf: proposal.asOf,
});
const effectsTable = (proposal: Proposal): Table => ({
  title: both(`提案 ${proposal.id} の効果`, `Effects of proposal ${proposal.id}`),
  query: 'proposal.effects',
  slots: { proposalId: proposal.id },
  columns: [
    { key: 'cell', label: both('対象', 'Queue'), kind: 'text' },
    { key: 'deadline', label: both('納期', 'Deadline'), kind: 'instant' },
    { key: 'due', label: both('納期分の件数', 'Items due'), kind: 'number' },
    { key: 'pBefore', label: both('間に合う確率 (前)', 'P(on time), before'), kind: 'percent' },
    { key: 'pAfter', label: both('間に合う確率 (後)', 'P(on time), after'), kind: 'percent' },
    { key: 'shortBefore', label: both('不足 (前)', 'Missing, before'), kind: 'number' },
    { key: 'shortAfter', label: both('不足 (後)', 'Missing, after'), kind: 'number' },
    { key: 'peopleBefore', label: both('人数 (前)', 'People, before'), kind: 'number' },
    { key: 'peopleAfter', label: both('人数 (後)', 'People, after'), kind: 'number' },
  ],
  rows: proposal.effects.map((effect) => ({
    cell: formatCell(effect.cell),
    deadline: effect.deadline,
    due: effect.due,
    pBefore: effect.before.pOnTime,
    pAfter: effect.after.pOnTime,
    shortBefore: effect.before.shortItems,
    shortAfter: effect.after.shortItems,
    peopleBefore: effect.before.people,
    peopleAfter: effect.after.people,
  })),
  total: proposal.effects.length,
  asOf: proposal.asOf,
});

/** The reasons that say why this person; what goes without saying (a locked rule, a plain count) is left to the card. */
const REASONS: Partial<Record<Reason['code'], Bilingual>> = {
  'highest-contribution': both('最も効果が大きいため', 'contributes the most'),
  'spare-at-source': both('元の工程に余裕があるため', 'can be spared there'),
  'same-site': both('同じ拠点のため', 'works at the same site'),
  'near-site': both('近くの拠点のため', 'works at a nearby site'),
  'knows-business': both('業務の経験があるため', 'knows the business'),
  'same-process': both('同じ工程の経験者のため', 'does the same process'),
  experienced: both('経験が長いため', 'is experienced'),
  senior: both('熟練者のため', 'is a senior'),
  pinned: both('ご指定のため', 'was picked by you'),
  chain: both('玉突きで空いた分を埋めるため', 'fills the gap another move leaves'),
};
const REASON_ORDER: readonly Reason['code'][] = [
  'pinned',
  'chain',
  'spare-at-source',
  'highest-contribution',
  'senior',
  'experienced',
  'same-process',
  'knows-business',
  'same-site',
  'near-site',
];
const whyThem = (move: Move): Bilingual | null => {
  const code = REASON_ORDER.find((candidate) => move.reasons.some((reason) => reason.code === candidate));
  return (code && REASONS[code]) ?? null;
};

const RULE_NAMES: Record<Relaxation['rule'], Bilingual> = {
  skill: both('必要スキルの下限', 'minimum skill'),
  cooldown: both('同じ人を動かす回数の上限', 'limit on moving the same person again'),
  experience: both('必要な経験月数', 'required experience'),
  overtime: both('残業をしない決まり', 'no-overtime rule'),
  release: both('出し元から出せる人数の上限', 'limit on people released by a source'),
  maxMoves: both('動かせる人数の上限', 'limit on the number of moves'),
};

/** The plan in sentences: who moves, what it does, what stays impossible and which rule to relax. */
export function composePlan(
  draft: Draft,
  proposal: Proposal,
  { planFor, atRisk }: { planFor: 'now' | 'next-day'; atRisk: boolean },
): void {
  if (proposal.moves.length === 0) {
    withoutMoves(draft, proposal, planFor, atRisk);
  } else {
    announce(draft, proposal, planFor);
    sayStandstill(draft, proposal);
    sayMissed(draft, proposal);
    sayBadge(draft, proposal);
    sayMoves(draft, proposal);
    draft.paragraph();
    sayEffects(draft, proposal);
  }
  sayLowest(draft, proposal);
  sayImpossible(draft, proposal);
  if (proposal.moves.length > 0) {
    draft.paragraph();
    askForApproval(draft);
  }
}
/** Of a plan for a day: which day, and its deadline least likely to be met. */
function sayLowest(draft: Draft, proposal: Proposal): void {
  const lowest = proposal.day?.lowest?.after;
  if (!lowest) return;
  const { book } = draft;
  const table = book.table(effectsTable(proposal));
  const day = book.date(lowest.deadline, both('計画の日', 'Day of the plan'), table);
  const deadline = book.instant(
    lowest.deadline,
    both('達成確率が最も低い納期', 'Deadline least likely to be met'),
    table,
  );
  const p = book.percent(lowest.pOnTime, both('最も低い達成確率', 'Lowest chance of the day'), table);
  draft.say(
    `${day}の計画で、最も低い達成確率は${book.cell(lowest.cell)}の${deadline}の${p}です。`,
    `Of the plan for ${day} the lowest chance is ${p}: ${book.cell(lowest.cell)}, due ${deadline}.`,
  );
}
export const askForApproval = (draft: Draft): void =>
  void draft.say(
    '内容をご確認のうえ、よろしければ提案カードから承認してください。承認するまで何も変わりません。',
    'Please look it over and approve it on the card if you agree. Nothing changes until you do.',
  );

/** Who moves, the first few by name. */
export function sayMoves(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  const table = book.table(movesTable(proposal));
  for (const move of proposal.moves.slice(0, LISTED)) sayMove(draft, move, table);
  if (proposal.moves.length <= LISTED) return;
  const more = book.people(
    proposal.moves.length - LISTED,
    both('ほかの対象者', 'More people to move'),
    table,
  );
  draft.entry(`ほか${more}（一覧は提案カードにあります）`, `Another ${more}, listed on the card`);
}

export function withoutMoves(
  draft: Draft,
  proposal: Proposal,
  planFor: 'now' | 'next-day',
  atRisk: boolean,
): void {
  if (proposal.standstills?.length) sayStandstill(draft, proposal);
  else if (proposal.badge.kind === 'no-move-helps' || proposal.notPossible.length > 0) {
    draft.say(
      '今のルールの中では、人を動かしても間に合う納期は増えません。',
      'Under the current rules, moving people would not save any further deadline.',
    );
    sayBlocks(draft, proposal);
  } else if (planFor === 'next-day')
    draft.say(
      '今の割り当てのままで、すべての納期に間に合う見込みです。組み替えは必要ありません。',
      'With the present assignments every deadline should be met, so nothing needs to be changed.',
    );
  else if (atRisk)
    draft.say(
      '計算のうえでは今の配置で納期分を処理できるため、動かす提案はありません。ただし余裕は小さいので、進み具合を見ていてください。',
      'On paper the present placement gets it done, so there is no move to propose. The margin is thin, though: keep an eye on it.',
    );
  else
    draft.say(
      '今の配置のままで納期に間に合う見込みのため、人を動かす必要はありません。',
      'The present placement should make it, so nobody needs to be moved.',
    );
}

function sayBlocks(draft: Draft, { blocks = [] }: Proposal): void {
  const [ja, en] = [wordBlocks(blocks, 'ja'), wordBlocks(blocks, 'en')];
  if (ja === null || en === null) return;
  const words = draft.book.words(both(ja, en), both('動かせない理由', 'What keeps people where they are'));
  draft.say(`${words}。`, `${words}.`);
}

/** The processes that stand still: nobody's move makes them faster until they go on. */
export function sayStandstill(draft: Draft, { standstills = [] }: Proposal): void {
  const { book } = draft;
  for (const { cell, since } of standstills.slice(0, 3)) {
    const name = formatCell(cell);
    const time = book.instant(since, both(`${name} が止まった時刻`, `Time ${name} came to a halt`), null);
    draft.say(
      `${book.cell(cell)}は${time}頃からほぼ止まっているため、動き出すまでは人を動かしても速くなりません。`,
      `${book.cell(cell)} has nearly stood still since about ${time}: until it moves again, moving people does not make it faster.`,
    );
  }
}

export function announce(draft: Draft, proposal: Proposal, planFor: 'now' | 'next-day'): void {
  const { book } = draft;
  const table = book.table(movesTable(proposal));
  const people = book.people(proposal.moves.length, both('動かす人数', 'People to move'), table);
  const [first] = proposal.moves;
  if (planFor === 'now' || !first)
    draft.say(`${people}の配置変更を提案します。`, `I propose moving ${people}.`);
  else {
    const day = book.date(first.startsAt, both('計画の日', 'Day of the plan'), table);
    draft.say(
      `${day}の割り当てを${people}分変える案です。`,
      `This plan for ${day} changes the assignment of ${people}.`,
    );
  }
}

/** How many deadlines the plan saves, and how much is still short. */
export function sayMissed(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  const { missedBefore, missedAfter } = proposal.impact;
  const effects = book.table(effectsTable(proposal));
  const before = book.count(
    missedBefore,
    'deadlines',
    both('今のままで間に合わない納期', 'Deadlines missed without the plan'),
    effects,
  );
  const after = book.count(
    missedAfter,
    'deadlines',
    both('提案後も間に合わない納期', 'Deadlines missed with the plan'),
    effects,
  );
  if (missedBefore > 0 && missedAfter === 0)
    draft.say(
      missedBefore === 1
        ? 'このままでは間に合わない納期が、間に合う見込みになります。'
        : `このままでは間に合わない納期${before}が、すべて間に合う見込みになります。`,
      missedBefore === 1
        ? 'The deadline that would be missed should then be met.'
        : `All ${before} that would be missed should then be met.`,
    );
  else if (missedAfter < missedBefore)
    draft.say(
      `間に合わない納期は、${before}から${after}に減ります。`,
      `What would be missed falls from ${before} to ${after}.`,
    );
  const short = (value: number, ja: string, en: string): string =>
    book.personHours(value, both(ja, en), effects);
  if (missedAfter > 0 && proposal.impact.shortHoursAfter < proposal.impact.shortHoursBefore - 0.05)
    draft.say(
      `不足は${short(proposal.impact.shortHoursBefore, '提案前の不足', 'Shortage before')}から${short(proposal.impact.shortHoursAfter, '提案後の不足', 'Shortage after')}になります。`,
      `The shortage goes from ${short(proposal.impact.shortHoursBefore, '提案前の不足', 'Shortage before')} to ${short(proposal.impact.shortHoursAfter, '提案後の不足', 'Shortage after')}.`,
    );
}

export function sayBadge(draft: Draft, { badge }: Proposal): void {
  if (badge.kind === 'optimal')
    draft.say(
      '今のルールの中で最適であることを計算で確かめています。',
      'The solver proved that no plan does better under the current rules.',
    );
  else if (badge.kind === 'gap' && badge.gap !== null) {
    const gap = draft.book.percent(badge.gap, both('最善との差の上限', 'Proven gap to the best'), null);
    draft.say(
      `最善の案との差は、大きくても${gap}です。`,
      `It is proven to be within ${gap} of the best possible plan.`,
    );
  } else
    draft.say(
      '時間内に見つかった案で、最適かどうかは確かめられていません。',
      'It is the best plan found in the time given; whether it is optimal was not proved.',
    );
}

function sayMove(draft: Draft, move: Move, table: number): void {
  const { book } = draft;
  const label = (ja: string, en: string): Bilingual =>
    both(`${move.name}さんの${ja}`, `${en} of ${move.name}`);
  const name = book.name(move.name, both('担当者', 'Person'));
  const starts = book.instant(move.startsAt, label('開始', 'Start'), table);
  const ends = book.instant(move.endsAt, label('終了', 'End'), table, move.startsAt);
  const why = whyThem(move);
  draft.entry(
    `${name}さん：${book.cell(move.from)}から${book.cell(move.to)}へ、${starts}から${ends}まで${why ? `（${why.ja}）` : ''}`,
    `${name}: from ${book.cell(move.from)} to ${book.cell(move.to)}, ${starts} to ${ends}${why ? ` (${why.en})` : ''}`,
  );
}

export function sayEffects(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  const table = book.table(effectsTable(proposal));
  const slots = (effect: Effect) => {
    const cell = formatCell(effect.cell);
    const p = (value: number, ja: string, en: string): string =>
      book.percent(value, both(`${cell} の${ja}`, `${en} of ${cell}`), table);
    return {
      cell: book.cell(effect.cell),
      deadline: book.instant(effect.deadline, both(`${cell} の納期`, `Deadline of ${cell}`), table),
      before: p(effect.before.pOnTime, '提案前の間に合う確率', 'P(on time) before'),
      after: p(effect.after.pOnTime, '提案後の間に合う確率', 'P(on time) after'),
    };
  };
  const gain = (effect: Effect): number => effect.after.pOnTime - effect.before.pOnTime;
  const visible = ({ before, after }: Effect): boolean =>
    formatPercent(before.pOnTime, 'en') !== formatPercent(after.pOnTime, 'en');
  const targets = proposal.effects
    .filter((effect) => effect.role !== 'source' && gain(effect) > 0 && visible(effect))
    .sort((a, b) => gain(b) - gain(a))
    .slice(0, 3);
  for (const effect of targets) {
    const s = slots(effect);
    draft.say(
      `${s.cell}が${s.deadline}に間に合う確率は、${s.before}から${s.after}に上がります。`,
      `For ${s.cell}, the chance of making ${s.deadline} goes up from ${s.before} to ${s.after}.`,
    );
  }
  const sources = proposal.effects.filter((effect) => effect.role === 'source');
  const worst = sources.sort((a, b) => gain(a) - gain(b))[0];
  if (!worst) return;
  if (gain(worst) >= 0 || !visible(worst)) {
    draft.say(
      '人を出す側の納期には、ほとんど影響しません。',
      'The queues that give people up are hardly affected.',
    );
    return;
  }
  const s = slots(worst);
  if (worst.after.pOnTime >= 0.5)
    draft.say(
      `人を出す側で最も余裕が減るのは${s.cell}ですが、${s.deadline}に間に合う確率は${s.before}から${s.after}で、守れる見込みです。`,
      `Of the queues that give people up, ${s.cell} loses the most: its chance of making ${s.deadline} goes from ${s.before} to ${s.after}, so it should still be met.`,
    );
  else
    draft.say(
      `ただし、人を出す${s.cell}が${s.deadline}に間に合う確率は、${s.before}から${s.after}に下がります。`,
      `However, ${s.cell}, which gives people up, drops from ${s.before} to ${s.after} for ${s.deadline}.`,
    );
}

export function sayImpossible(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  if (proposal.notPossible.length > 0) {
    const table = book.table({
      title: both(
        `提案 ${proposal.id} でも間に合わない納期`,
        `Deadlines still missed with proposal ${proposal.id}`,
      ),
      query: 'proposal.notPossible',
      slots: { proposalId: proposal.id },
      columns: [
        { key: 'cell', label: both('対象', 'Queue'), kind: 'text' },
        { key: 'deadline', label: both('納期', 'Deadline'), kind: 'instant' },
        { key: 'shortItems', label: both('不足', 'Missing items'), kind: 'number' },
        { key: 'shortHours', label: both('不足 (人時)', 'Missing person-hours'), kind: 'number' },
      ],
      rows: proposal.notPossible.map((miss) => ({ ...miss, cell: formatCell(miss.cell) })),
      total: proposal.notPossible.length,
      asOf: proposal.asOf,
    });
    draft.paragraph();
    for (const miss of proposal.notPossible.slice(0, 3)) {
      const cell = formatCell(miss.cell);
      const deadline = book.instant(miss.deadline, both(`${cell} の納期`, `Deadline of ${cell}`), table);
      const short = book.items(
        miss.shortItems,
        both(`${cell} に残る不足`, `Still missing at ${cell}`),
        table,
      );
      draft.say(
        `それでも${book.cell(miss.cell)}は、${deadline}の時点で${short}が残る見込みです。`,
        `Even so, ${book.cell(miss.cell)} would still have ${short} left at ${deadline}.`,
      );
    }
  }
  const best = proposal.relaxations[0];
  if (!best || best.after >= best.before) return;
  const before = book.personHours(
    best.before,
    both('ルールを緩める前の不足', 'Shortage before relaxing the rule'),
    null,
  );
  const after = book.personHours(
    best.after,
    both('ルールを緩めた後の不足', 'Shortage after relaxing the rule'),
    null,
  );
  const people = book.people(
    best.people,
    both('緩めるルールにかかわる人数', 'People concerned by the relaxed rule'),
    null,
  );
  const rule = RULE_NAMES[best.rule];
  if (best.rule === 'overtime')
    draft.say(
      `${people}に残業をお願いできれば、不足は${before}から${after}に減ります。`,
      `If ${people} can work overtime, the shortage falls from ${before} to ${after}.`,
    );
  else
    draft.say(
      `「${rule.ja}」を緩めると、不足は${before}から${after}に減ります（${people}が対象）。`,
      `Relaxing the ${rule.en} would cut the shortage from ${before} to ${after} (${people} concerned).`,
    );
}
