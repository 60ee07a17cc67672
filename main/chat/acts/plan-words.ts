import type { Bilingual, Table } from '../../api/contract/common.ts';
import { formatCell, formatPercent } from '../../api/contract/format.ts';
import { fillBoth } from '../../kernel/words.ts';
import type {
  Effect,
  Move,
  Proposal,
  ProposalScope,
  Reason,
  Relaxation,
} from '../../placement/contract/placement.ts';
import { wordDayMinute } from '../../placement/contract/what-if-words.ts';
import { wordBlocks } from '../../placement/contract/words.ts';
import { ProposeLimits } from '../../questions/contract/questions.ts';
import type { Draft } from '../draft.ts';
import { both } from '../facts.ts';
import words from './plan-words.json' with { type: 'json' };

const LISTED = 10;
const EFFECTS = 3;
const column = (key: string, ja: string, en: string, kind: Table['columns'][number]['kind']) => ({
  key,
  label: both(ja, en),
  kind,
});

/** The proposal as the tables behind its numbers. */
export const movesTable = (proposal: Proposal): Table => ({
  title: both(`提案 ${proposal.id} の配置変更`, `Moves of proposal ${proposal.id}`),
  query: 'proposal.moves',
  slots: { proposalId: proposal.id },
  columns: [
    column('name', '担当者', 'Person', 'text'),
    column('from', '現在', 'From', 'text'),
    column('to', '変更後', 'To', 'text'),
    column('startsAt', '開始', 'Starts', 'instant'),
    column('endsAt', '終了', 'Ends', 'instant'),
    column('skill', 'スキル', 'Skill', 'number'),
    column('speed', '速度 (件/時)', 'Speed (items/h)', 'number'),
    column('items', '見込み件数', 'Expected items', 'number'),
    column('deadline', '対象の納期', 'For the deadline', 'instant'),
    column('switchMinutes', '切替 (分)', 'Switch (min)', 'number'),
  ],
  rows: proposal.moves.map(
    ({ name, from, to, startsAt, endsAt, skill, speed, items, deadline, switchMinutes }) => ({
      name,
      from: formatCell(from),
      to: formatCell(to),
      startsAt,
      endsAt,
      skill,
      speed,
      items,
      deadline: deadline ?? null,
      switchMinutes,
    }),
  ),
  total: proposal.moves.length,
  asOf: proposal.asOf,
});
export const effectsTable = (proposal: Proposal): Table => ({
  title: both(`提案 ${proposal.id} の効果`, `Effects of proposal ${proposal.id}`),
  query: 'proposal.effects',
  slots: { proposalId: proposal.id },
  columns: [
    column('cell', '対象', 'Queue', 'text'),
    column('deadline', '納期', 'Deadline', 'instant'),
    column('due', '納期分の件数', 'Items due', 'number'),
    column('pBefore', '間に合う確率 (前)', 'P(on time), before', 'percent'),
    column('pAfter', '間に合う確率 (後)', 'P(on time), after', 'percent'),
    column('shortBefore', '不足 (前)', 'Missing, before', 'number'),
    column('shortAfter', '不足 (後)', 'Missing, after', 'number'),
    column('peopleBefore', '人数 (前)', 'People, before', 'number'),
    column('peopleAfter', '人数 (後)', 'People, after', 'number'),
  ],
  rows: proposal.effects.map(({ cell, deadline, due, before, after }) => ({
    cell: formatCell(cell),
    deadline,
    due,
    pBefore: before.pOnTime,
    pAfter: after.pOnTime,
    shortBefore: before.shortItems,
    shortAfter: after.shortItems,
    peopleBefore: before.people,
    peopleAfter: after.people,
  })),
  total: proposal.effects.length,
  asOf: proposal.asOf,
});

const WHY: Readonly<Partial<Record<Reason['code'], Bilingual>>> = words.why;
/** The reason that says best why this person; in the order of the table. */
const whyThem = (move: Move): Bilingual | null => {
  const code = (Object.keys(WHY) as Reason['code'][]).find((c) => move.reasons.some((r) => r.code === c));
  return (code && WHY[code]) ?? null;
};
const RULES: Readonly<Record<Relaxation['rule'], Bilingual>> = words.rules;

/** Each limit of a plan as a fact of its own: a number beside its 以内 would be another number. Empty: no limits. */
export function limitsOf(
  { book }: Draft,
  { limits, drop }: Pick<ProposalScope, 'limits' | 'drop'>,
  nameOf: (operatorId: string) => string,
): Bilingual[] {
  const o = ProposeLimits.parse(limits ?? {});
  const told: Bilingual[] = [];
  const tell = (kind: keyof typeof words.limits, slots: Record<string, string | number> = {}): void => {
    const slot = book.words(fillBoth(words.limits[kind], slots), both('ご指定の条件', 'Limit as asked'));
    told.push(both(slot, slot));
  };
  if (o.people !== null) tell(o.exactly ? 'exactly' : o.people === 1 ? 'one' : 'people', { n: o.people });
  if (o.overtimeMinutes !== null)
    tell(o.overtimeMinutes === 0 ? 'noOvertime' : 'overtime', { n: o.overtimeMinutes });
  const kept = [...new Set([...drop, ...o.keep])].map(nameOf);
  if (kept.length > 0)
    tell('keep', { ja: kept.map((name) => `${name}さん`).join('、'), en: kept.join(', ') });
  if (o.keepSkillFrom !== null) tell('veterans', { n: o.keepSkillFrom });
  if (o.keepNovices) tell('novices');
  if (o.leastSkill !== null) tell('skill', { n: o.leastSkill });
  const names = (list: readonly string[]) => ({ ja: list.join('、'), en: list.join(', ') });
  if (o.from.length > 0) tell('from', names(o.from));
  if (o.notFrom.length > 0) tell('notFrom', names(o.notFrom));
  if (o.fromProcesses.length > 0) tell('from', names(o.fromProcesses));
  if (o.notFromProcesses.length > 0) tell('notFrom', names(o.notFromProcesses));
  if (o.nearby) tell('nearby');
  if (o.until !== null) tell('until', { t: wordDayMinute(o.until) });
  return told;
}

export const askForApproval = (draft: Draft): void =>
  void draft.say(
    '内容をご確認のうえ、よろしければ提案カードから承認してください。承認するまで何も変わりません。',
    'Please look it over and approve it on the card if you agree. Nothing changes until you do.',
  );

/** Who moves, by name. */
export function sayMoves(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  const table = book.table(movesTable(proposal));
  for (const move of proposal.moves.slice(0, LISTED)) {
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
  const rest = proposal.moves.length - LISTED;
  if (rest <= 0) return;
  const more = book.people(rest, both('ほかの対象者', 'More people to move'), table);
  draft.entry(`ほか${more}（一覧は提案カードにあります）`, `Another ${more}, listed on the card`);
}

/** The processes that stand still: nobody's move makes them faster until they go on. */
export function sayStandstill(draft: Draft, { standstills = [] }: Proposal): void {
  const { book } = draft;
  for (const { cell, since } of standstills.slice(0, EFFECTS)) {
    const name = formatCell(cell);
    const time = book.instant(since, both(`${name} が止まった時刻`, `Time ${name} came to a halt`), null);
    draft.say(
      `${book.cell(cell)}は${time}頃からほぼ止まっているため、動き出すまでは人を動かしても速くなりません。`,
      `${book.cell(cell)} has nearly stood still since about ${time}: until it moves again, moving people does not make it faster.`,
    );
  }
}
export function sayBlocks(draft: Draft, { blocks = [] }: Proposal): void {
  const [ja, en] = [wordBlocks(blocks, 'ja'), wordBlocks(blocks, 'en')];
  if (ja === null || en === null) return;
  const slot = draft.book.words(both(ja, en), both('動かせない理由', 'What keeps people where they are'));
  draft.say(`${slot}。`, `${slot}.`);
}

/** How many deadlines a plan saves, and how much is still short. */
export function sayMissed(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  const { missedBefore, missedAfter, shortHoursBefore, shortHoursAfter } = proposal.impact;
  const table = book.table(effectsTable(proposal));
  const count = (n: number, ja: string, en: string): string =>
    book.count(n, 'deadlines', both(ja, en), table);
  const before = count(missedBefore, '今のままで間に合わない納期', 'Deadlines missed without the plan');
  const after = count(missedAfter, '提案後も間に合わない納期', 'Deadlines missed with the plan');
  if (missedBefore > 0 && missedAfter === 0)
    draft.say(
      `このままでは間に合わない納期${before}が、間に合う見込みになります。`,
      missedBefore === 1
        ? `The ${before} that would be missed should then be met.`
        : `All ${before} that would be missed should then be met.`,
    );
  else if (missedAfter < missedBefore)
    draft.say(
      `間に合わない納期は、${before}から${after}に減ります。`,
      `What would be missed falls from ${before} to ${after}.`,
    );
  else if (missedAfter > 0)
    draft.say(`それでも間に合わない納期が${after}残ります。`, `Even so, ${after} would still be missed.`);
  if (missedAfter === 0 || shortHoursAfter >= shortHoursBefore - 0.05) return;
  const short = (hours: number, ja: string, en: string): string =>
    book.personHours(hours, both(ja, en), table);
  const [was, is] = [
    short(shortHoursBefore, '提案前の不足', 'Shortage before'),
    short(shortHoursAfter, '提案後の不足', 'Shortage after'),
  ];
  draft.say(`不足は${was}から${is}になります。`, `The shortage goes from ${was} to ${is}.`);
}

export function sayBadge(draft: Draft, { badge }: Proposal): void {
  if (badge.kind === 'optimal')
    draft.say(
      '今のルールと条件の中で最適であることを計算で確かめています。',
      'The solver proved that no plan does better under the current rules and limits.',
    );
  else if (badge.kind === 'gap' && badge.gap !== null) {
    const gap = draft.book.percent(badge.gap, both('最善との差の上限', 'Proven gap to the best'), null);
    draft.say(
      `最善の案との差は、大きくても${gap}です。`,
      `It is proven to be within ${gap} of the best possible plan.`,
    );
  } else if (badge.kind === 'searched')
    draft.say(
      '調べた応援の中で最良であることを計算で確かめています。調べていない組み合わせは残っています。',
      'The solver proved that none of the loans looked at makes a better plan; other combinations were not looked at.',
    );
  else
    draft.say(
      '時間内に見つかった案で、最適かどうかは確かめられていません。',
      'It is the best plan found in the time given; whether it is optimal was not proved.',
    );
}

const gain = (effect: Effect): number => effect.after.pOnTime - effect.before.pOnTime;
export const isVisible = ({ before, after }: Effect): boolean =>
  formatPercent(before.pOnTime, 'en') !== formatPercent(after.pOnTime, 'en');
/** The deadlines a plan helps, the most first; of work that has become due at the same time, what is likeliest late. */
export const helped = ({ effects }: Proposal): Effect[] => {
  const same = Map.groupBy(effects, ({ cell, deadline }) => `${cell.cellId} ${deadline}`);
  return [...same.values()]
    .flatMap((group) => group.toSorted((a, b) => a.after.pOnTime - b.after.pOnTime).slice(0, 1))
    .filter((effect) => effect.role !== 'source' && gain(effect) > 0 && isVisible(effect))
    .sort((a, b) => gain(b) - gain(a));
};
/** The deadlines of those who give people, the one that loses the most first. */
export const giving = ({ effects }: Proposal): Effect[] =>
  effects.filter((effect) => effect.role === 'source').sort((a, b) => gain(a) - gain(b));

/** A deadline's names and chances as slots. */
export function effectSlots({ book }: Draft, proposal: Proposal, effect: Effect) {
  const table = book.table(effectsTable(proposal));
  const cell = formatCell(effect.cell);
  const p = (value: number, ja: string, en: string): string =>
    book.percent(value, both(`${cell} の${ja}`, `${en} of ${cell}`), table);
  return {
    cell: book.cell(effect.cell),
    deadline: book.instant(effect.deadline, both(`${cell} の納期`, `Deadline of ${cell}`), table),
    before: p(effect.before.pOnTime, '提案前の間に合う確率', 'P(on time) before'),
    after: p(effect.after.pOnTime, '提案後の間に合う確率', 'P(on time) after'),
  };
}
export function sayHelped(draft: Draft, proposal: Proposal): void {
  for (const effect of helped(proposal).slice(0, EFFECTS)) {
    const s = effectSlots(draft, proposal, effect);
    draft.say(
      `${s.cell}が${s.deadline}に間に合う確率は、${s.before}から${s.after}に上がります。`,
      `For ${s.cell}, the chance of making ${s.deadline} goes up from ${s.before} to ${s.after}.`,
    );
  }
}
export function sayGiving(draft: Draft, proposal: Proposal): void {
  const [worst] = giving(proposal);
  if (!worst) return;
  if (gain(worst) >= 0 || !isVisible(worst)) {
    draft.say(
      '人を出す側の納期には、ほとんど影響しません。',
      'The queues that give people up are hardly affected.',
    );
    return;
  }
  const s = effectSlots(draft, proposal, worst);
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

/** What stays missed, and the rule that would win the most if it were relaxed. */
export function sayImpossible(draft: Draft, proposal: Proposal): void {
  const { book } = draft;
  const table = book.table({
    title: both(
      `提案 ${proposal.id} でも間に合わない納期`,
      `Deadlines still missed with proposal ${proposal.id}`,
    ),
    query: 'proposal.notPossible',
    slots: { proposalId: proposal.id },
    columns: [
      column('cell', '対象', 'Queue', 'text'),
      column('deadline', '納期', 'Deadline', 'instant'),
      column('shortItems', '不足', 'Missing items', 'number'),
      column('shortHours', '不足 (人時)', 'Missing person-hours', 'number'),
    ],
    rows: proposal.notPossible.map((miss) => ({ ...miss, cell: formatCell(miss.cell) })),
    total: proposal.notPossible.length,
    asOf: proposal.asOf,
  });
  if (proposal.notPossible.length > 0) draft.paragraph();
  for (const miss of proposal.notPossible.slice(0, EFFECTS)) {
    const cell = formatCell(miss.cell);
    const deadline = book.instant(miss.deadline, both(`${cell} の納期`, `Deadline of ${cell}`), table);
    const short = book.items(miss.shortItems, both(`${cell} に残る不足`, `Still missing at ${cell}`), table);
    draft.say(
      `それでも${book.cell(miss.cell)}は、${deadline}の時点で${short}が残る見込みです。`,
      `Even so, ${book.cell(miss.cell)} would still have ${short} left at ${deadline}.`,
    );
  }
  const best = proposal.relaxations[0];
  if (!best || best.after >= best.before) return;
  const hours = (value: number, ja: string, en: string): string =>
    book.personHours(value, both(ja, en), null);
  const before = hours(best.before, 'ルールを緩める前の不足', 'Shortage before relaxing the rule');
  const after = hours(best.after, 'ルールを緩めた後の不足', 'Shortage after relaxing the rule');
  const people = book.people(
    best.people,
    both('緩めるルールにかかわる人数', 'People concerned by the relaxed rule'),
    null,
  );
  const rule = RULES[best.rule];
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
