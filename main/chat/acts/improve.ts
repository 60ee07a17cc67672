import type { Alert } from '../../alerts/contract/alerts.ts';
import type { SituationRow } from '../../analytics/contract/situation.ts';
import type { Bilingual } from '../../api/contract/common.ts';
import { formatCell, partDue } from '../../api/contract/format.ts';
import { dateIn, instantOf } from '../../kernel/clock.ts';
import type { Window } from '../../measures/contract/measures.ts';
import type { Move, Proposal } from '../../placement/contract/placement.ts';
import { sayVerdict } from '../compose-verdict.ts';
import type { ChatEvent } from '../contract/chat.ts';
import { both } from '../facts.ts';
import { situationTable } from '../situation-table.ts';
import type { ActContext, ActRun } from './act.ts';
import { fits, placeWords, scopeOf } from './places.ts';
import {
  askForApproval,
  movesTable,
  sayBadge,
  sayBlocks,
  sayGiving,
  sayHelped,
  sayImpossible,
  sayMissed,
  sayMoves,
  sayStandstill,
} from './plan-words.ts';
import { likeliest } from './propose.ts';
import { type Outcome, sayRefusal, shared, solve } from './solve.ts';
import { advise, distinct, figure, type Late, lateOf } from './why.ts';
import sentences from './words/improve.json' with { type: 'json' };

const MINUTE = 60_000;
const DAY = 86_400_000;
const LOOK_AGAIN_MS = 30 * MINUTE;
const LISTED = 3;
const WEEKS = 4;
/** The chance of being on time that a plan aims at. */
const GOAL = 0.8;
/** Productivity has fallen from this share of the week before on. */
const FELL = 0.98;

/** The parts of an improvement plan, in their order; the keys are the contract. */
const TITLES = {
  priority_analysis: both('優先順位の分析', 'Priorities'),
  action_plan: both('対策', 'What to do'),
  quantitative_forecast: both('数値の見通し', 'What it should bring'),
  implementation_schedule: both('進め方', 'Schedule'),
  supporting_data: both('裏付けのデータ', 'Supporting data'),
  next_monitoring: both('次の確認', 'What to watch next'),
} satisfies Record<string, Bilingual>;

/** What attendance and pace of the last weeks say of a place. */
type Habits = {
  /** absences of the last weeks, and of today; the weekday with the most, 0 (Sunday) to 6 */
  readonly absences: number | null;
  readonly today: number | null;
  readonly weekday: { readonly name: string | number; readonly n: number } | null;
  /** items per person-hour this week and the week before, and the process that fell most */
  readonly pace: { readonly is: number; readonly was: number | null } | null;
  readonly fell: { readonly process: string; readonly is: number; readonly was: number } | null;
};
type Given = {
  readonly name: Bilingual;
  readonly rows: readonly SituationRow[];
  readonly alerts: readonly Alert[];
  readonly late: readonly Late[];
  readonly habits: Habits;
  readonly proposal: Proposal | null;
};

/** A plan in six parts: what comes first, what to do, what it brings and costs, when, on what grounds, what to look at next. */
export const improve: ActRun<'improve'> = async function* (plan, context): AsyncGenerator<ChatEvent, void> {
  const { means, draft, state } = context;
  const { rows: cells } = means.analytics.situation();
  const rows = cells.filter((row) => fits(row, plan.where));
  const name = placeWords(context, plan.where);
  const late = lateOf(context, rows);
  const ids = new Set(rows.map((row) => row.cellId));
  const alerts = means.tools
    .openAlerts()
    .filter((open) => (open.cell ? ids.has(open.cell.cellId) : plan.where.length === 0));
  state.body.alertIds = [...new Set([...state.body.alertIds, ...alerts.map((open) => open.id)])];
  const habits = await habitsOf(context, plan.where);
  const solved = yield* solveFor(context, { rows, cells, late, where: plan.where });
  const given: Given = {
    name,
    rows,
    alerts,
    late,
    habits,
    proposal: solved && 'proposal' in solved ? solved.proposal : null,
  };
  const part = (key: keyof typeof TITLES): void => void draft.section(key, TITLES[key]);

  part('priority_analysis');
  sayPriorities(context, given, plan.measure);
  part('action_plan');
  if (solved && 'refusal' in solved) sayRefusal(draft, solved.refusal);
  await sayActions(context, given);
  part('quantitative_forecast');
  sayForecast(context, given);
  part('implementation_schedule');
  saySchedule(context, given);
  part('supporting_data');
  sayData(context, given);
  part('next_monitoring');
  sayWatch(context, given);
  draft.section(null);
};

/** A plan of moves where something is late: the alert's own where it was made for just that. */
async function* solveFor(
  context: ActContext,
  o: {
    rows: readonly SituationRow[];
    cells: readonly SituationRow[];
    late: readonly Late[];
    where: Parameters<typeof scopeOf>[1];
  },
): AsyncGenerator<ChatEvent, Outcome | null> {
  const [first, ...others] = o.late;
  if (!first) return null;
  const solvedId = others.length === 0 ? first.alert?.proposalId : null;
  const known = solvedId ? context.means.tools.proposal(solvedId) : null;
  if (known && known.status === 'open' && !known.stale) return yield* shared(known, context);
  const { location, businessId, process } = first.verdict.cell;
  const scope = others.length === 0 ? { location, businessId, process } : scopeOf(o.cells, o.where);
  return yield* solve(
    { ...scope, ...(others.length === 0 && first.alert ? { alertId: first.alert.id } : {}) },
    context,
  );
}

const weeks = (): Window => ({
  days: { kind: 'last-days', days: WEEKS * 7 },
  from: null,
  until: null,
  at: null,
});
const week = (offset: number): Window => ({
  days: { kind: 'week', offset },
  from: null,
  until: null,
  at: null,
});
async function habitsOf(context: ActContext, where: Parameters<typeof scopeOf>[1]): Promise<Habits> {
  const places = where.filter(({ dimension }) =>
    ['location', 'business', 'process', 'cell'].includes(dimension),
  );
  const plain = where.filter(({ dimension }) => ['location', 'process'].includes(dimension));
  const most = { measure: null, first: 'most' } as const;
  const paced = { where: plain, window: week(0), compare: { kind: 'window', window: week(-1) } } as const;
  const [absent, today, pace, byProcess] = await Promise.all([
    figure(context, { measures: ['absent'], where: places, window: weeks(), by: ['weekday'], order: most }),
    figure(context, { measures: ['absent'], where: places }),
    figure(context, { measures: ['productivity'], ...paced }),
    figure(context, { measures: ['productivity'], ...paced, by: ['process'] }),
  ]);
  const [day] = absent?.rows ?? [];
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  const [fell] = (byProcess?.rows ?? [])
    .flatMap((row) => {
      const [is, was] = [number(row['productivity']), number(row['productivity:compared'])];
      return is !== null && was !== null && is < was * FELL
        ? [{ process: String(row['process']), is, was }]
        : [];
    })
    .sort((x, y) => x.is / x.was - y.is / y.was);
  return {
    absences: absent?.value ?? null,
    today: today?.value ?? null,
    weekday:
      day && number(day['absent'])
        ? { name: day['weekday:id'] ?? day['weekday'] ?? '', n: Number(day['absent']) }
        : null,
    pace: pace ? { is: pace.value, was: pace.compared } : null,
    fell: fell ?? null,
  };
}

function sayPriorities(context: ActContext, given: Given, measure: string | null): void {
  // what was asked about comes first
  const parts = [sayAlerts, sayHabits];
  if (measure !== null && HABITS.has(measure)) parts.reverse();
  for (const [i, say] of parts.entries()) {
    if (i > 0) context.draft.paragraph();
    say(context, given);
  }
}
const HABITS: ReadonlySet<string> = new Set([
  'absent',
  'present',
  'late-people',
  'productivity',
  'throughput',
  'hours',
]);
function sayAlerts({ draft, book }: ActContext, { name, rows, alerts, late }: Given): void {
  const count = book.count(alerts.length, 'alerts', both('未対応のアラート', 'Open alerts'), null);
  if (alerts.length > 0) draft.tell(sentences['alerts-open'], { name, count });
  else draft.tell(sentences['no-alerts'], { name });
  const [first] = late;
  if (first) {
    const cell = book.cell(first.verdict.cell);
    const p = first.alert?.evidence?.pMiss ?? 1 - (first.row?.pOnTime ?? 1);
    const chance = book.percent(p, both('間に合わない確率', 'P(late)'), null);
    draft.tell(sentences.first, { cell, chance });
    for (const { verdict } of distinct(late).slice(0, LISTED)) {
      draft.paragraph();
      sayVerdict(draft, verdict);
    }
  } else {
    const worst = likeliest(rows);
    if (worst?.pOnTime !== null && worst) {
      const p = book.percent(worst.pOnTime, both('間に合う確率', 'P(on time)'), null);
      draft.tell(sentences['nothing-late'], { cell: book.cell(worst), p });
    }
  }
}
function sayHabits({ draft, book }: ActContext, { name, habits }: Given): void {
  const { absences, weekday, pace, fell } = habits;
  if (absences !== null) {
    const n = book.people(absences, both('直近の欠勤（延べ）', 'Absences lately'), null);
    const span = book.words(both(`${WEEKS}週間`, `${WEEKS} weeks`), both('見た期間', 'Time looked at'));
    const day = weekday
      ? book.words(
          WEEKDAYS[Number(weekday.name)] ?? both(String(weekday.name), String(weekday.name)),
          both('曜日', 'Weekday'),
        )
      : null;
    const often = weekday
      ? book.people(weekday.n, both('その曜日の欠勤（延べ）', 'Absences on that weekday'), null)
      : null;
    draft.say(
      `${name.ja}の勤怠では、直近${span}の欠勤は延べ${n}${day && often ? `で、最も多いのは${day}（${often}）` : ''}です。`,
      `Attendance at ${name.en}: ${n} absent in the last ${span} (in person-days)${day && often ? `, most of them on ${day} (${often})` : ''}.`,
    );
  }
  if (!pace) return;
  const rate = (value: number, ja: string, en: string): string => book.score(value, 1, both(ja, en), null);
  const is = rate(pace.is, '生産性（件/人時）', 'Items per person-hour');
  const was =
    pace.was === null
      ? null
      : rate(pace.was, '前の週の生産性（件/人時）', 'Items per person-hour, the week before');
  const part = fell && {
    process: book.name(fell.process, both('工程', 'Process')),
    is: rate(fell.is, `${fell.process} の生産性（件/人時）`, `Items per person-hour of ${fell.process}`),
    was: rate(
      fell.was,
      `前の週の${fell.process}の生産性`,
      `Items per person-hour of ${fell.process}, the week before`,
    ),
  };
  draft.say(
    `生産性は人時あたり${is}件${was ? `（前の週は${was}件）` : ''}${part ? `で、最も下がったのは${part.process}（${part.was}件から${part.is}件）` : ''}です。`,
    `Productivity is ${is} items per person-hour${was ? ` (${was} the week before)` : ''}${part ? `; ${part.process} fell most, from ${part.was} to ${part.is}` : ''}.`,
  );
}
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'].map((ja, i) =>
  both(
    `${ja}曜日`,
    ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays'][i] ?? '',
  ),
);

async function sayActions(context: ActContext, { late, habits, proposal }: Given): Promise<void> {
  const { draft, book } = context;
  await advise(
    context,
    late.filter(({ verdict }) => verdict.sides.some((side) => side !== 'people')),
  );
  if (proposal && proposal.moves.length > 0) {
    const people = book.people(
      proposal.moves.length,
      both('動かす人数', 'People to move'),
      book.table(movesTable(proposal)),
    );
    draft.tell(sentences.moves, { people });
    sayStandstill(draft, proposal);
    sayBadge(draft, proposal);
    sayMoves(draft, proposal);
  } else if (proposal) {
    draft.tell(sentences['no-moves']);
    sayStandstill(draft, proposal);
    sayBlocks(draft, proposal);
  }
  if (habits.weekday) {
    const day = book.words(WEEKDAYS[Number(habits.weekday.name)] ?? both('', ''), both('曜日', 'Weekday'));
    draft.item(sentences.attendance, { day });
  }
  if (habits.fell) {
    const process = book.name(habits.fell.process, both('工程', 'Process'));
    draft.item(sentences.productivity, { process });
  }
  if (!proposal && !habits.weekday && !habits.fell) draft.tell(sentences['nothing-to-do']);
  draft.paragraph();
}

/** What the plan brings, and what it costs. */
function sayForecast({ draft, book }: ActContext, { rows, proposal }: Given): void {
  if (proposal && proposal.moves.length > 0) {
    sayMissed(draft, proposal);
    sayHelped(draft, proposal);
    sayGiving(draft, proposal);
    const table = book.table(movesTable(proposal));
    const hours = proposal.moves.reduce(
      (sum, move) => sum + (move.endsAt - move.startsAt) / (60 * MINUTE),
      0,
    );
    const lost = proposal.moves.reduce((sum, move) => sum + move.switchMinutes, 0);
    const cost = book.personHours(hours, both('応援に充てる時間', 'Time lent'), table);
    const way = book.personHours(lost / 60, both('うち切り替えの時間', 'Of that, switching'), table);
    draft.tell(sentences.costs, { cost, way });
  } else {
    const worst = likeliest(rows);
    if (worst && worst.pOnTime !== null && worst.deadline !== null) {
      const deadline = book.instant(worst.deadline, both('納期', 'Deadline'), null);
      const p = book.percent(worst.pOnTime, both('間に合う確率', 'P(on time)'), null);
      draft.tell(sentences['chance-stays'], { cell: book.cell(worst), deadline, p });
    } else draft.tell(sentences['no-chance']);
    draft.tell(sentences['no-costs']);
  }
  if (proposal) sayImpossible(draft, proposal);
}

/** By the clock today, then by days. */
function saySchedule(context: ActContext, { habits, proposal }: Given): void {
  const { draft, book, means } = context;
  if (proposal && proposal.moves.length > 0) sayMoveTimes(context, proposal);
  else draft.tell(sentences['no-schedule']);
  const today = instantOf(dateIn(means.now, means.zone), 12 * 60, means.zone);
  const day = (n: number, ja: string, en: string): string => book.date(today + n * DAY, both(ja, en), null);
  draft.item(sentences.today, { day: day(0, '当日', 'Today') });
  draft.item(sentences['check-daily'], { day: day(1, '次の日', 'Next day') });
  if (habits.weekday || habits.fell)
    draft.item(sentences.review, { day: day(7, '一週間後', 'After a week') });
  draft.item(sentences.goal, { day: day(14, '二週間後', 'After two weeks') });
  draft.paragraph();
  if (proposal && proposal.moves.length > 0) askForApproval(draft);
}
/** Who moves and who is done at each time, in the order of the clock. */
function sayMoveTimes({ draft, book }: ActContext, proposal: Proposal): void {
  const table = book.table(movesTable(proposal));
  const told = (moves: readonly Move[], label: Bilingual) => {
    const names = moves.slice(0, LISTED).map((move) => book.name(move.name, both('担当者', 'Person')));
    const rest = moves.length - names.length;
    const more = rest > 0 ? book.people(rest, both('ほかの人数', 'Other people'), table) : null;
    return {
      people: book.people(moves.length, label, table),
      cells: [...new Set(moves.map((move) => book.cell(move.to)))].join('、'),
      ja: `${names.map((name) => `${name}さん`).join('、')}${more ? `、ほか${more}` : ''}`,
      en: `${names.join(', ')}${more ? `, another ${more}` : ''}`,
    };
  };
  const starting = Map.groupBy(proposal.moves, (move) => move.startsAt);
  const ending = Map.groupBy(proposal.moves, (move) => move.endsAt);
  for (const at of [...new Set([...starting.keys(), ...ending.keys()])].sort((a, b) => a - b)) {
    const [ends, starts] = [ending.get(at), starting.get(at)];
    if (ends) {
      const time = book.instant(at, both('配置変更の終わる時刻', 'Time a move ends'), table);
      const s = told(ends, both('その時刻に終える人数', 'People who finish then'));
      draft.entry(
        `${time}：${s.people}が${s.cells}での作業を終えます（${s.ja}）`,
        `${time}: ${s.people} ${ends.length === 1 ? 'finishes' : 'finish'} at ${s.cells} (${s.en})`,
      );
    }
    if (starts) {
      const time = book.instant(at, both('移る時刻', 'Time of the move'), table);
      const s = told(starts, both('その時刻に移る人数', 'People who move then'));
      draft.entry(
        `${time}：${s.people}が${s.cells}へ移ります（${s.ja}）`,
        `${time}: ${s.people} to ${s.cells} (${s.en})`,
      );
    }
  }
}

function sayData({ draft, book, means }: ActContext, { rows, late, habits }: Given): void {
  const situation = means.analytics.situation();
  const table = book.table(situationTable(situation, rows, {}));
  const ids = new Set(late.map(({ verdict }) => verdict.cell.cellId));
  const shown = [...rows].sort(
    (a, b) => Number(ids.has(b.cellId)) - Number(ids.has(a.cellId)) || (a.pOnTime ?? 1) - (b.pOnTime ?? 1),
  );
  for (const row of shown.slice(0, LISTED)) {
    const of = (ja: string, en: string): Bilingual =>
      both(`${formatCell(row)} の${ja}`, `${en} of ${formatCell(row)}`);
    const part = partDue(row);
    const due =
      part === null ? null : book.items(part, of('納期までの件数', 'Items due by the deadline'), table);
    const backlog = book.items(row.backlog, of('残件', 'Backlog'), table);
    const people = book.people(row.people, of('人数', 'People'), table);
    const pace =
      row.throughput === null ? null : book.rate(row.throughput, of('処理速度', 'Throughput'), table);
    const needed =
      row.required === null
        ? null
        : book.rate(row.required, of('必要な処理速度', 'Required throughput'), table);
    draft.entry(
      `${book.cell(row)}：残件${backlog}${due ? `（納期まで${due}）` : ''}、${people}${pace ? `、処理速度${pace}` : ''}${needed ? `（必要${needed}）` : ''}`,
      `${book.cell(row)}: ${backlog} waiting${due ? ` (${due} to be done by the deadline)` : ''}, ${people}${pace ? `, running at ${pace}` : ''}${needed ? ` (${needed} needed)` : ''}`,
    );
  }
  draft.paragraph();
  if (habits.today !== null) {
    const n = book.people(habits.today, both('当日の欠勤者', 'Absent today'), null);
    draft.tell(sentences['goal-absent'], { n });
  }
  const asOf = book.instant(situation.asOf, both('数字の時刻', 'Time of the numbers'), null);
  draft.tell(sentences['as-of'], { asOf });
}

/** When each late queue should be looked at again, and when the plan has succeeded. */
function sayWatch({ draft, book, means }: ActContext, { rows, late, habits }: Given): void {
  for (const { alert, row, verdict } of late.slice(0, LISTED)) {
    const deadline = alert?.evidence?.deadline ?? row?.deadline ?? null;
    if (deadline === null) continue;
    const cell = formatCell(verdict.cell);
    const due = book.instant(deadline, both(`${cell} の納期`, `Deadline of ${cell}`), null);
    const again = deadline - LOOK_AGAIN_MS;
    if (again <= means.now) {
      draft.item(sentences.watch, { cell: book.cell(verdict.cell), due });
      continue;
    }
    const look = book.instant(again, both(`${cell} を見直す時刻`, `Time to look at ${cell} again`), null);
    draft.item(sentences['check-pace'], { cell: book.cell(verdict.cell), look, due });
  }
  if (late.length > 0) draft.paragraph();
  const goal = book.words(
    both('80%以上', '80% or more'),
    both('成功の基準（間に合う確率）', 'Goal (P(on time))'),
  );
  const fewer =
    habits.absences === null
      ? null
      : book.people(habits.absences, both('直近の欠勤（延べ）', 'Absences lately'), null);
  draft.say(
    `成功の基準は、どの納期も間に合う確率が${goal}であること${fewer ? `と、欠勤が直近の延べ${fewer}より減ること` : ''}です。`,
    `The goal: every deadline ${goal} likely to be met${fewer ? `, and fewer absences than the ${fewer} of late` : ''}.`,
  );
  const below = rows.filter((row) => row.pOnTime !== null && row.pOnTime < GOAL).length;
  const n = book.count(below, 'cells', both('基準に届かない工程', 'Queues below the goal'), null);
  draft.say(
    below > 0 ? `いま基準に届かないのは${n}です。` : 'いまはどの工程も基準を満たしています。',
    below > 0 ? `Below it just now: ${n}.` : 'Every queue meets it just now.',
  );
  draft.tell(sentences['alerts-follow']);
}
