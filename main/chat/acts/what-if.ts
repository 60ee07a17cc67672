import type { SituationRow } from '../../analytics/contract/situation.ts';
import type { Bilingual, Table } from '../../api/contract/common.ts';
import { formatCell, formatMinutes, formatPercent } from '../../api/contract/format.ts';
import type { Change, Comparison, SideCell } from '../../placement/contract/what-if.ts';
import { wordChange, wordDayMinute } from '../../placement/contract/what-if-words.ts';
import { ProposeLimits } from '../../questions/contract/questions.ts';
import type { ChatEvent } from '../contract/chat.ts';
import { enumerate } from '../draft.ts';
import { both, same } from '../facts.ts';
import type { ActContext, ActRun } from './act.ts';
import { fits, isSaid, placeWords } from './places.ts';
import { likeliest, nameOfPerson, sayNoRows } from './propose.ts';
import { changesOf, OUTAGE_MINUTES, type Scenario } from './suppose.ts';
import { planDay } from './tomorrow.ts';
import sentences from './words/what-if.json' with { type: 'json' };

const LISTED = 10;
const SAFE = 0.8;
const VISIBLE = 0.005;

type Deadline = SideCell['deadlines'][number];
/** One deadline of a queue, with and without the changes; none where nothing waiting there has one. */
type Pair = {
  readonly cell: Comparison['cells'][number];
  readonly before: SideCell;
  readonly after: SideCell;
  readonly was: Deadline | undefined;
  readonly is: Deadline | undefined;
};
function pairsOf({ cells, base, scenarios }: Comparison): Pair[] {
  return cells.flatMap((cell, i) => {
    const [before, after] = [base.cells[i], scenarios[0]?.cells[i]];
    if (!before || !after) return [];
    const due: readonly (Deadline | undefined)[] = after.deadlines.length > 0 ? after.deadlines : [undefined];
    return due.map((is) => ({
      cell,
      before,
      after,
      was: before.deadlines.find((one) => one.original === is?.original),
      is,
    }));
  });
}
const gain = ({ was, is }: Pair): number => (is?.pOnTime ?? 1) - (was?.pOnTime ?? 1);
const change = (pair: Pair): number => Math.abs(gain(pair));
/** Whether what is written of the chance differs. */
const isSeen = ({ was, is }: Pair): boolean =>
  formatPercent(was?.pOnTime ?? 1, 'en') !== formatPercent(is?.pOnTime ?? 1, 'en');
const MISSED = 0.5;
/**
 * What is told first. Where things get better: the deadline that is still the likeliest to be missed, since help is enough only
 * when all are met. Else the one that changes most.
 */
function leadOf(pairs: readonly Pair[]): Pair | undefined {
  const most = pairs.toSorted((a, b) => change(b) - change(a))[0];
  if (!most || gain(most) <= 0) return most;
  const worst = pairs.toSorted((a, b) => (a.is?.pOnTime ?? 1) - (b.is?.pOnTime ?? 1))[0];
  return worst?.is && worst.is.pOnTime < MISSED ? worst : most;
}

const tableOf = (told: Comparison, pairs: readonly Pair[]): Table => ({
  title: both('試算', 'What-if'),
  query: 'what-if',
  slots: {},
  columns: [
    { key: 'cell', label: both('対象', 'Queue'), kind: 'text' },
    { key: 'deadline', label: both('納期', 'Deadline'), kind: 'instant' },
    { key: 'pBefore', label: both('間に合う確率 (今)', 'P(on time), now'), kind: 'percent' },
    { key: 'pAfter', label: both('間に合う確率 (試算)', 'P(on time), what-if'), kind: 'percent' },
    { key: 'shortBefore', label: both('不足 (今)', 'Missing, now'), kind: 'number' },
    { key: 'shortAfter', label: both('不足 (試算)', 'Missing, what-if'), kind: 'number' },
    { key: 'finishBefore', label: both('完了見込み (今)', 'Finish, now'), kind: 'instant' },
    { key: 'finishAfter', label: both('完了見込み (試算)', 'Finish, what-if'), kind: 'instant' },
    { key: 'peopleBefore', label: both('人数 (今)', 'People, now'), kind: 'number' },
    { key: 'peopleAfter', label: both('人数 (試算)', 'People, what-if'), kind: 'number' },
  ],
  rows: pairs.flatMap(({ cell, before, after, was, is }) =>
    is
      ? [
          {
            cell: formatCell(cell),
            deadline: is.deadline,
            pBefore: was?.pOnTime ?? null,
            pAfter: is.pOnTime,
            shortBefore: was?.shortItems ?? null,
            shortAfter: is.shortItems,
            finishBefore: was?.finishAt ?? null,
            finishAfter: is.finishAt,
            peopleBefore: before.people,
            peopleAfter: after.people,
          },
        ]
      : [],
  ),
  total: pairs.filter(({ is }) => is !== undefined).length,
  asOf: told.asOf,
});

/** What would become of the deadlines asked about, then of everything else that changes. Stores nothing, moves nobody. */
export const whatIf: ActRun<'what-if'> = async function* (plan, context): AsyncGenerator<ChatEvent, void> {
  const { means, draft, book } = context;
  const { rows } = means.analytics.situation();
  const asked = rows.filter((row) => fits(row, plan.where));
  const name = placeWords(context, plan.where);
  if (asked.length === 0) return sayNoRows(context, name);
  const { days } = plan.window;
  if (!(days.kind === 'now' || (days.kind === 'day' && days.offset === 0)))
    return yield* planDay({ ...plan, limits: ProposeLimits.parse({}) }, context, plan.suppose);
  const scenario = changesOf(plan.suppose, { where: plan.where, window: plan.window, rows, means });
  if (scenario.changes.length === 0) return sayAsItIs(context, name, plan.where);
  const told = await means.tools.compare(scenario.changes, means.signal);
  const pairs = pairsOf(told);
  const table = book.table(tableOf(told, pairs));
  const nobody = nobodyTaken(context, scenario, told);
  if (nobody) return;
  const lead = leadOf(pairs.filter(({ cell }) => fits(cell, plan.where)));
  const condition = conditionOf(context, scenario, name);
  const isNamed =
    plan.where.length === 0 || isSaid(context, name, condition.ja, lead ? book.cell(lead.cell) : '');
  const names = isNamed ? both('', '') : both(`${name.ja}では、`, ` (${name.en})`);
  if (!lead) saySame(context, likeliest(asked), { condition, names });
  else sayLead(context, lead, { condition, table, names });
  sayAssumed(context, scenario, lead);
  const rest = pairs.filter((pair) => pair !== lead && isSeen(pair)).sort((a, b) => change(b) - change(a));
  for (const pair of rest.slice(0, LISTED)) sayEntry(context, pair, table);
  if (rest.length > 0) draft.paragraph();
  for (const [left, unit, label] of [
    [rest.length - LISTED, 'deadlines', both('ほかに変わる納期', 'More deadlines that change')],
    [told.left, 'cells', both('ほかに変わる工程', 'More queues that change')],
  ] as const)
    if (left > 0) {
      const more = book.count(left, unit, label, table);
      draft.tell(sentences.more, { more });
    }
  sayTotal(context, told, table);
  draft.tell(sentences['calculation-only']);
  context.state.body.next = [
    both(
      `${draft.pick(name) === '全体' ? '遅れそうな工程' : plain(context, name.ja, 'ja')}の応援案を出して`,
      `Propose help for ${plain(context, name.en, 'en')}`,
    ),
  ];
};
const plain = ({ book }: ActContext, text: string, lang: 'ja' | 'en'): string =>
  text.replace(/\{\{(f\d+)\}\}/g, (_, id: string) => book.get(id)?.text[lang] ?? '');

/** What is supposed, in words that 場合 follows; a verbal noun takes した, another の. */
function conditionOf({ book, means }: ActContext, { told }: Scenario, name: Bilingual): Bilingual {
  const business = (id: string): string => means.master().businesses.find((b) => b.id === id)?.name ?? id;
  const own = (minutes: number, ja: string, en: string): Bilingual => {
    const slot = book.words(both(formatMinutes(minutes, 'ja'), `${minutes} min`), both('仮定', 'Supposed'));
    return both(`${name.ja}の${ja.replace('{t}', slot)}`, `${en.replace('{t}', slot)} at ${name.en}`);
  };
  const ENDS: Partial<Record<Change['kind'], string>> = {
    move: '移した',
    deadline: 'した',
    overtime: 'した',
  };
  const words = told.flatMap(({ wish, changes }): Bilingual[] => {
    if (wish.what === 'outage')
      return [own(wish.minutes ?? OUTAGE_MINUTES, '作業が{t}停止した', 'work stands still for {t}')];
    if (wish.what === 'overtime' && wish.minutes !== null)
      return [own(wish.minutes, '全員が{t}残業した', 'overtime of {t} by everybody')];
    if (wish.what === 'absence') {
      const names = wish.people.map((id) => book.name(nameOfPerson({ means }, id), both('担当者', 'Person')));
      const [first] = changes;
      const minute = first?.kind === 'absence' ? first.from : undefined;
      const at =
        minute === undefined
          ? ''
          : book.words(same(wordDayMinute(minute)), both('ご指定の時刻', 'Time as asked'));
      return [
        both(
          `${at && `${at}から`}${names.map((n) => `${n}さん`).join('、')}がいない`,
          `${enumerate(names, 'en')} ${names.length === 1 ? 'is' : 'are'} absent${at && ` from ${at}`}`,
        ),
      ];
    }
    return changes.map((one) => {
      const text = both(wordChange(one, 'ja', { business }), wordChange(one, 'en', { business }));
      const slot = book.words(text, both('仮定', 'Supposed'));
      return both(`${slot}${ENDS[one.kind] ?? 'の'}`, slot);
    });
  });
  return both(
    words
      .map((w) => w.ja)
      .join('うえ、')
      .replaceAll('のうえ、', '、'),
    words.map((w) => w.en).join(' and '),
  );
}

/** Where a change finds nobody to take: who was named is not there today. */
function nobodyTaken({ draft, book }: ActContext, { changes }: Scenario, told: Comparison): boolean {
  const applied = told.scenarios[0]?.applied ?? [];
  const named = changes.flatMap((one, i) =>
    'who' in one && one.who.kind === 'named' && applied[i]?.people.length === 0 ? one.who.people : [],
  );
  if (named.length === 0 || changes.length > 1) return false;
  const names = named.map((person) => book.name(person.name, both('担当者', 'Person')));
  draft.say(
    `${names.map((n) => `${n}さん`).join('、')}は、これからの勤務に入っていない（欠勤か勤務外）ため、いなくても納期に間に合う確率は変わりません。`,
    `${names.join(', ')} is not at work from now on (absent or off), so the chances of being on time stay as they are without them.`,
  );
  return true;
}

function slotsOf({ book }: ActContext, { cell, was, is }: Pair, table: number) {
  const name = formatCell(cell);
  const of = (ja: string, en: string): Bilingual => both(`${name} の${ja}`, `${en} of ${name}`);
  const given = <T>(value: T | null | undefined, write: (value: T) => string): string | null =>
    value === null || value === undefined ? null : write(value);
  return {
    cell: book.cell(cell),
    deadline: given(is?.deadline, (at) => book.instant(at, of('納期', 'Deadline'), table)),
    p: given(was?.pOnTime, (p) => book.percent(p, of('今の間に合う確率', 'P(on time) now'), table)),
    q: given(is?.pOnTime, (p) =>
      book.percent(p, of('試算の間に合う確率', 'P(on time) in the what-if'), table),
    ),
    end: given(was?.finishAt, (at) => book.instant(at, of('今の完了見込み', 'Finish now'), table)),
    later: given(is?.finishAt, (at) =>
      book.instant(at, of('試算の完了見込み', 'Finish in the what-if'), table),
    ),
    short: given(is && is.shortItems >= 0.5 ? is.shortItems : null, (n) =>
      book.items(n, of('試算の不足', 'Missing in the what-if'), table),
    ),
  };
}
/** Nothing of what was asked about changes: how it stands. */
function saySame(
  { draft, book }: ActContext,
  worst: SituationRow | undefined,
  { condition, names }: { condition: Bilingual; names: Bilingual },
): void {
  if (!worst || worst.deadline === null || worst.pOnTime === null) {
    draft.tell(sentences['same-unknown'], { condition, names });
    return;
  }
  const cell = book.cell(worst);
  const deadline = book.instant(worst.deadline, both('納期', 'Deadline'), null);
  const p = book.percent(worst.pOnTime, both('間に合う確率', 'P(on time)'), null);
  const isLate = worst.pOnTime < 0.5;
  draft.say(
    `${condition.ja}場合でも変わらず、${names.ja}${cell}が${deadline}の納期に間に合う確率は${p}のままです${isLate ? '（間に合わない見込み）' : '（間に合う見込み）'}。`,
    `Suppose ${condition.en}${names.en}: nothing changes, and the chance that ${cell} makes its ${deadline} deadline stays at ${p} (${isLate ? 'probably late' : 'on time'}).`,
  );
}
function sayLead(
  context: ActContext,
  pair: Pair,
  { condition, table, names }: { condition: Bilingual; table: number; names: Bilingual },
): void {
  const { draft } = context;
  const s = slotsOf(context, pair, table);
  if (!s.deadline || !s.q) {
    draft.tell(sentences['no-deadline'], { condition, names, cell: s.cell });
    return;
  }
  const up = gain(pair) > 0;
  const outcome =
    s.p && change(pair) >= VISIBLE && s.p !== s.q
      ? both(
          `${s.p}から${s.q}に${up ? '上がります' : '下がります'}`,
          `${up ? 'rises' : 'falls'} from ${s.p} to ${s.q}`,
        )
      : both(`${s.q}のままです`, `stays at ${s.q}`);
  draft.tell(sentences.lead, {
    condition,
    names,
    cell: s.cell,
    deadline: s.deadline,
    outcome,
  });
  const q = pair.is?.pOnTime ?? 0;
  draft.say(
    q >= SAFE
      ? 'この条件でも、納期は守れる見込みです。'
      : q >= MISSED
        ? '間に合う見込みですが、確実ではありません。'
        : 'この条件では、納期に間に合わない見込みです。',
    q >= SAFE
      ? 'Even so, the deadline should be met.'
      : q >= MISSED
        ? 'It should just about be met, but not surely.'
        : 'The deadline would probably be missed.',
  );
  const shift = Math.abs((pair.is?.finishAt ?? 0) - (pair.was?.finishAt ?? 0));
  if (s.end && s.later && shift >= 60_000) draft.tell(sentences['due-done'], { end: s.end, later: s.later });
  else if (s.end && !s.later) draft.tell(sentences['not-today']);
  if (s.short) draft.tell(sentences['left-over'], { short: s.short });
}
function sayEntry(context: ActContext, pair: Pair, table: number): void {
  const s = slotsOf(context, pair, table);
  if (!s.deadline || !s.q) return;
  context.draft.entry(
    `${s.cell}：${s.deadline}の納期に間に合う確率は${s.p ? `${s.p}から` : ''}${s.q}`,
    `${s.cell}: the chance of making ${s.deadline} goes ${s.p ? `from ${s.p} ` : ''}to ${s.q}`,
  );
}

function sayAssumed({ draft, book }: ActContext, { assumed }: Scenario, lead: Pair | undefined): void {
  if (assumed.includes('likeliest') && lead) draft.tell(sentences.likeliest, { cell: book.cell(lead.cell) });
  if (assumed.includes('service-everywhere')) draft.tell(sentences['service-everywhere']);
  if (assumed.includes('outage-hour')) {
    const hour = book.minutes(
      OUTAGE_MINUTES,
      both('止まる時間（仮定）', 'Length of the outage (assumed)'),
      null,
    );
    draft.tell(sentences['outage-hour'], { hour });
  }
}
function sayTotal({ draft, book }: ActContext, told: Comparison, table: number): void {
  const [before, after] = [told.base.missed, told.scenarios[0]?.missed ?? told.base.missed];
  const count = (n: number, ja: string, en: string): string =>
    book.count(n, 'deadlines', both(ja, en), table);
  const was = count(before, '今のままで間に合わない納期', 'Deadlines missed now');
  if (before === after) return;
  const is = count(after, '試算で間に合わない納期', 'Deadlines missed in the what-if');
  draft.tell(sentences.missed, { was, is });
}

/** Nothing is done: how it stands, and what becomes of it. */
function sayAsItIs(context: ActContext, name: Bilingual, where: Parameters<typeof placeWords>[1]): void {
  const { draft, book, means } = context;
  const rows = means.analytics.situation().rows.filter((row) => fits(row, where));
  const worst = likeliest(rows);
  if (!worst || worst.deadline === null || worst.pOnTime === null) {
    draft.tell(sentences['as-is-nothing-due'], { name });
    return;
  }
  const cell = book.cell(worst);
  const deadline = book.instant(worst.deadline, both('納期', 'Deadline'), null);
  const p = book.percent(worst.pOnTime, both('間に合う確率', 'P(on time)'), null);
  draft.say(
    `何もしない場合、${name.ja}では${cell}が${deadline}の納期に間に合う確率は${p}${worst.pOnTime >= 0.5 ? 'で、間に合う見込みです' : 'で、間に合わない見込みです'}。`,
    `If nothing is done at ${name.en}, the chance that ${cell} makes its ${deadline} deadline is ${p}: it ${worst.pOnTime >= 0.5 ? 'should be on time' : 'will probably be late'}.`,
  );
  if (worst.shortItems >= 0.5) {
    const short = book.items(worst.shortItems, both('納期時点の不足', 'Missing at the deadline'), null);
    draft.tell(sentences['left-over'], { short });
  }
  if (worst.dueFinishAt !== null) {
    const end = book.instant(worst.dueFinishAt, both('納期分の完了見込み', 'Due work done by'), null);
    draft.tell(sentences['as-is-done'], { end });
  }
}
