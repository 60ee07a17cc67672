import type { Alert } from '../../alerts/contract/alerts.ts';
import type { SituationRow } from '../../analytics/contract/situation.ts';
import type { Bilingual } from '../../api/contract/common.ts';
import { Cancelled } from '../../kernel/errors.ts';
import { NOW, type Query, Query as QueryOf, type Window } from '../../measures/contract/measures.ts';
import type { Proposal } from '../../placement/contract/placement.ts';
import { isOnly, type Verdict, type VerdictSide } from '../../timeline/contract/timeline.ts';
import { wordSides } from '../../timeline/contract/words.ts';
import { sayWhatHelped } from '../compose-remedies.ts';
import { sayEvidence } from '../compose-verdict.ts';
import { enumerate } from '../draft.ts';
import { both } from '../facts.ts';
import { QueryWords } from '../query-words.ts';
import { sayWhy } from './about-card.ts';
import type { ActContext, ActRun } from './act.ts';
import { fits, isSaid, peopleIn, placeWords } from './places.ts';
import { likeliest, nameOfPerson, sayNoRows } from './propose.ts';
import sentences from './words/why.json' with { type: 'json' };

const TOLD = 3;
const PLACES = ['location', 'business', 'process', 'cell'];
const PEOPLE: ReadonlySet<string> = new Set(['present', 'planned', 'absent', 'late-people', 'free']);
const LATENESS: ReadonlySet<string> = new Set([
  'p-late',
  'finish',
  'shortage',
  'backlog',
  'alerts',
  'deadline',
]);
const SYSTEM: ReadonlySet<string> = new Set(['errors', 'incidents', 'log-lines', 'last-line']);

/** A queue that is going to be late, and what precedes that. */
export type Late = {
  readonly row: SituationRow | null;
  readonly alert: Alert | null;
  readonly verdict: Verdict;
};

/** What is late among queues, worst first, with its verdict: of its alert, or judged now. */
export function lateOf({ means }: Pick<ActContext, 'means'>, rows: readonly SituationRow[]): Late[] {
  const ids = new Set(rows.map((row) => row.cellId));
  const alerts = means.tools
    .openAlerts()
    .filter((open) => open.kind === 'delay' && open.cell)
    .filter((open) =>
      [open.cell, ...open.deadlines.map((d) => d.cell)].some((cell) => cell && ids.has(cell.cellId)),
    );
  const covered = new Set(
    alerts.flatMap((open) => [open.cell?.cellId, ...open.deadlines.map((d) => d.cell.cellId)]),
  );
  const risky = rows.filter((row) => row.risk === 'danger' && !covered.has(row.cellId));
  const cells = [
    ...new Set([...alerts.flatMap((open) => open.cell?.cellId ?? []), ...risky.map((r) => r.cellId)]),
  ];
  const verdicts = means.tools.verdicts(
    cells.filter((id) => !alerts.some((a) => a.verdict && a.cell?.cellId === id)),
  );
  const rowOf = (cellId: string): SituationRow | null => rows.find((row) => row.cellId === cellId) ?? null;
  return cells.flatMap((cellId) => {
    const alert = alerts.find((open) => open.cell?.cellId === cellId) ?? null;
    const verdict = alert?.verdict ?? verdicts.find((v) => v.cell.cellId === cellId);
    return verdict ? [{ row: rowOf(cellId), alert, verdict }] : [];
  });
}
/** Without the queues down the line of one that is told already, late for the same. */
export const distinct = (late: readonly Late[]): Late[] =>
  late.filter((one, i) => {
    const line = ({ verdict: { cell, sides } }: Late): string =>
      `${cell.location} ${cell.businessId} ${sides.join()}`;
    return late.findIndex((other) => line(other) === line(one)) === i;
  });

/** Why something is late, slow, short of people or full of errors: the sides first, then what shows it. */
export const why: ActRun<'why'> = async (plan, context) => {
  const { means, state, carried } = context;
  // "why not" negates the plan's choice, not the person
  const people = [...peopleIn(plan.where, false), ...peopleIn(plan.where, true)];
  if (people.length > 0) {
    // of a person there is only a plan to ask about: this conversation's, else what the worst alert came with
    const card = carried.proposals[0] ?? solvedAlert(context, plan.where);
    if (card) return sayWhy(context, card, people);
    return sayNoReason(context, people);
  }
  const rows = means.analytics.situation().rows.filter((row) => fits(row, plan.where));
  const name = placeWords(context, plan.where);
  if (rows.length === 0) return sayNoRows(context, name);
  const late = distinct(lateOf(context, rows));
  state.body.alertIds = [
    ...new Set([...state.body.alertIds, ...late.flatMap(({ alert }) => alert?.id ?? [])]),
  ];
  const { measure } = plan;
  if (!isNow(plan.window) && (measure === null || LATENESS.has(measure)))
    return sayPast(context, plan, { name, supposed: plan.supposed });
  if (measure === 'productivity' || measure === 'throughput') await sayPace(context, plan, name);
  if (measure !== null && PEOPLE.has(measure)) await sayPeople(context, plan, name);
  const isSystem = measure !== null && SYSTEM.has(measure);
  if (isSystem) await sayErrors(context);
  const told = isSystem ? late.filter(({ verdict }) => verdict.sides.includes('system')) : late;
  if (told.length > 0) await sayLate(context, told, { name, supposed: plan.supposed });
  else if (!isSystem) sayOnTime(context, rows, name);
};
/** Of a time that is over: the delays that became alerts then, with the verdict of that time. */
async function sayPast(
  context: ActContext,
  { where, window }: Asked,
  o: { name: Bilingual; supposed: VerdictSide | null },
): Promise<void> {
  const { draft, means, book } = context;
  const query = QueryOf.parse({ measures: ['alerts'], where: narrowed(where, ...PLACES), window });
  const answered = await means.measures.query(query);
  const told = new QueryWords(book, means).time(window, answered);
  const late = means.tools
    .alertsOf(answered.from, answered.until)
    .filter(({ kind, cell }) => kind === 'delay' && cell && fits(cell, where))
    .flatMap((alert) => (alert.verdict ? [{ row: null, alert, verdict: alert.verdict }] : []));
  if (late.length === 0) {
    draft.tell(sentences['no-alert-then'], { told, name: o.name });
    draft.tell(sentences['reasons-known']);
    context.state.body.next = [both('今遅れそうな理由は？', 'Why is it late now?')];
    return;
  }
  draft.tell(sentences['as-of-alerts'], { told });
  sayFirst(context, distinct(late), o);
  for (const { verdict } of distinct(late).slice(0, TOLD)) {
    draft.paragraph();
    sayEvidence(draft, verdict);
  }
}
function solvedAlert({ means, state }: ActContext, where: Query['where']): Proposal | null {
  for (const { cell, proposalId } of means.tools.openAlerts()) {
    const card = proposalId === null || !cell || !fits(cell, where) ? null : means.tools.proposal(proposalId);
    if (!card) continue;
    state.body.proposalId = card.id;
    return card;
  }
  return null;
}
function sayNoReason(context: ActContext, people: readonly string[]): void {
  const names = people.map((id) => context.book.name(nameOfPerson(context, id), both('担当者', 'Person')));
  context.draft.say(
    `${names.map((name) => `${name}さん`).join('、')}についての理由は、記録にありません。`,
    `There is no reason on record about ${enumerate(names, 'en')}.`,
  );
}
async function sayLate(
  context: ActContext,
  late: readonly Late[],
  o: { name: Bilingual; supposed: VerdictSide | null },
): Promise<void> {
  const { draft, state } = context;
  sayFirst(context, late, o);
  for (const [i, { verdict }] of late.slice(0, TOLD).entries()) {
    if (i > 0) draft.paragraph();
    sayEvidence(draft, verdict);
  }
  draft.paragraph();
  await advise(context, late);
  const [worst] = late;
  if (!worst) return;
  const { location, process } = worst.verdict.cell;
  state.body.next = [
    both(`${location}の${process}の応援案を出して`, `Propose help for ${location} ${process}`),
    both(`${location}に応援を出さなかったらどうなる？`, `What becomes of ${location} if nobody helps?`),
    both(`${location}の改善計画を立てて`, `Make an improvement plan for ${location}`),
  ];
}

const all = (name: Bilingual): boolean => name.ja === '全体';
function sayOnTime({ draft, book, state }: ActContext, rows: readonly SituationRow[], name: Bilingual): void {
  draft.say(
    `${name.ja}に、いま遅れの見込みはありません。`,
    all(name)
      ? 'Nothing is late at the moment.'
      : `There is no delay at ${name.en}: nothing there is likely to be late.`,
  );
  state.body.next = [both('明日は人手足りる？', 'Are there enough people tomorrow?')];
  const worst = likeliest(rows);
  if (!worst || worst.deadline === null || worst.pOnTime === null) return;
  const deadline = book.instant(worst.deadline, both('納期', 'Deadline'), null);
  const p = book.percent(worst.pOnTime, both('間に合う確率', 'P(on time)'), null);
  draft.tell(sentences.tightest, { cell: book.cell(worst), deadline, p });
}

/** Yes or no to the cause somebody supposes, and which sides precede what is late. */
function sayFirst(
  context: ActContext,
  late: readonly Late[],
  { name, supposed }: { name: Bilingual; supposed: VerdictSide | null },
): void {
  const { draft, book } = context;
  const [first] = late;
  if (!first) return;
  const sides = first.verdict.sides;
  const of = all(name) ? both('', '') : name;
  const isSo = supposed !== null && sides.includes(supposed);
  const begin =
    supposed === null
      ? both('', '')
      : isSo && sides.length === 1
        ? both('はい、', 'Yes: ')
        : isSo
          ? both('それだけではなく、', 'Not only that: ')
          : both(
              `いいえ、${wordSides([supposed], 'ja')}ではなく、`,
              `No, it is not ${wordSides([supposed], 'en')}: `,
            );
  const whatOf = (verdict: Verdict): Bilingual =>
    verdict.sides.length > 0
      ? both(wordSides(verdict.sides, 'ja'), wordSides(verdict.sides, 'en'))
      : both(
          '人員・システム・件数のどれでも説明できないこと',
          'something that neither people, system nor volume explains',
        );
  const p = first.alert?.evidence
    ? first.alert.evidence.pMiss
    : first.row?.pOnTime === null || first.row === null
      ? null
      : 1 - first.row.pOnTime;
  const due = first.alert?.evidence?.deadline ?? first.row?.deadline ?? null;
  const chance =
    p === null || due === null
      ? both('', '')
      : both(
          `（${book.instant(due, both('納期', 'Deadline'), null)}の納期に間に合わない確率${book.percent(p, both('間に合わない確率', 'P(late)'), null)}）`,
          ` (${book.percent(p, both('間に合わない確率', 'P(late)'), null)} likely to miss ${book.instant(due, both('納期', 'Deadline'), null)})`,
        );
  const cell = (one: Late): string => book.cell(one.verdict.cell);
  const what = whatOf(first.verdict);
  const scope =
    of.ja && !isSaid(context, of, cell(first))
      ? both(`${of.ja}の遅れ、つまり`, ` at ${of.en}`)
      : both('', '');
  draft.say(
    `${begin.ja}${scope.ja}${cell(first)}の遅れは、${what.ja}が先に起きています${chance.ja}。`,
    `${begin.en}${begin.en ? 'what' : 'What'} precedes the delay${scope.en} of ${cell(first)} is ${what.en}${chance.en}.`,
  );
  for (const other of late.slice(1, TOLD)) {
    const so = whatOf(other.verdict);
    draft.tell(sentences.other, { cell: cell(other), so });
  }
  if (late.length > TOLD) {
    const more = book.count(late.length - TOLD, 'cells', both('ほかの遅れ', 'More that are late'), null);
    draft.tell(sentences.more, { more });
  }
}
/** What to do while the system or the volume has a part in it, and what helped before. */
export async function advise({ draft, means }: ActContext, late: readonly Late[]): Promise<void> {
  const beyond = late.find(({ verdict }) => verdict.sides.some((side) => side !== 'people'));
  if (!beyond) return;
  const { verdict } = beyond;
  if (isOnly(verdict, 'system')) draft.tell(sentences['system-only']);
  else if (verdict.sides.includes('system')) draft.tell(sentences['system-too']);
  else draft.tell(sentences.volume);
  if (verdict.sides.includes('system')) {
    const logs = await means.tools.logs({ words: null, span: null }).catch((thrown: unknown) => {
      if (thrown instanceof Cancelled) throw thrown;
      return null;
    });
    if (logs) sayWhatHelped(draft, logs, verdict.incidents);
  }
}

type Asked = { readonly where: Query['where']; readonly window: Window };
const isNow = ({ days }: Window): boolean =>
  days.kind === 'now' || (days.kind === 'day' && days.offset === 0);
/** One figure of the measures, and what it is compared with; null where they have none. */
export async function figure(
  { means }: Pick<ActContext, 'means'>,
  query: Partial<Query> & Pick<Query, 'measures'>,
): Promise<{
  value: number;
  compared: number | null;
  rows: readonly Record<string, string | number | null>[];
} | null> {
  try {
    const answered = await means.measures.query({
      where: [],
      by: [],
      order: null,
      limit: null,
      rank: null,
      thresholds: [],
      window: NOW,
      compare: null,
      ...query,
    } as Query);
    const id = query.measures[0] ?? '';
    const value = answered.totals[id] ?? null;
    return value === null
      ? null
      : { value, compared: answered.compared?.[id] ?? null, rows: answered.table.rows };
  } catch (thrown) {
    if (thrown instanceof Cancelled) throw thrown;
    means.log.warn('a figure is left out', thrown);
    return null;
  }
}
const span = (kind: 'week' | 'day', offset: number): Window => ({
  days: { kind, offset },
  from: null,
  until: null,
  at: null,
});
/** What a measure can be narrowed by. */
const narrowed = (where: Query['where'], ...dimensions: readonly string[]): Query['where'] =>
  where.filter(({ dimension }) => dimensions.includes(dimension));

async function sayPace(context: ActContext, { where, window }: Asked, name: Bilingual): Promise<void> {
  const { draft, book } = context;
  const found = await figure(context, {
    measures: ['productivity'],
    where: narrowed(where, 'location', 'process'),
    window: isNow(window) ? span('week', 0) : window,
    compare: { kind: 'window', window: span('week', -1) },
  });
  if (!found || found.compared === null) return;
  const rate = (value: number, ja: string, en: string): string => book.score(value, 1, both(ja, en), null);
  const [is, was] = [
    rate(found.value, '生産性（件/人時）', 'Items per person-hour'),
    rate(found.compared, '前の週の生産性（件/人時）', 'Items per person-hour, the week before'),
  ];
  if (found.value >= found.compared * 0.98) draft.tell(sentences['pace-kept'], { name, is, was });
  else draft.tell(sentences['pace-fell'], { name, was, is });
}

async function sayPeople(context: ActContext, { where, window }: Asked, name: Bilingual): Promise<void> {
  const { draft, book } = context;
  const places = narrowed(where, ...PLACES);
  const [present, absent] = await Promise.all([
    figure(context, { measures: ['present'], where: places, window, compare: { kind: 'plan' } }),
    figure(context, { measures: ['absent'], where: places, window: isNow(window) ? span('day', 0) : window }),
  ]);
  if (!present) return;
  const people = (n: number, ja: string, en: string): string => book.people(n, both(ja, en), null);
  const here = people(present.value, '出勤人数', 'People at work');
  const plan = present.compared === null ? null : people(present.compared, '予定人数', 'People planned');
  const away = people(absent?.value ?? 0, '欠勤者', 'Absent');
  if (plan && present.compared !== null && present.compared > present.value)
    draft.tell(sentences['people-short'], { name, plan, here, away });
  else draft.tell(sentences['people-as-planned'], { name, here, away });
}

async function sayErrors({ draft, book, means }: ActContext): Promise<void> {
  const logs = await means.tools.logs({ words: null, span: null }).catch((thrown: unknown) => {
    if (thrown instanceof Cancelled) throw thrown;
    return null;
  });
  if (!logs) return;
  const now = logs.services.reduce((sum, service) => sum + service.now, 0);
  const before = logs.services.reduce((sum, service) => sum + service.before, 0);
  const count = (n: number, ja: string, en: string): string => book.count(n, 'errors', both(ja, en), null);
  const [is, was] = [
    count(now, '直近のエラー', 'Errors lately'),
    count(before, 'その前のエラー', 'Errors before that'),
  ];
  const top = logs.services[0];
  draft.tell(sentences.errors, { is, was });
  if (top && top.now > 0) {
    const service = book.name(top.service, both('サービス', 'Service'));
    const n = count(top.now, `${top.service} のエラー`, `Errors of ${top.service}`);
    draft.tell(sentences['errors-most'], { service, n });
  }
  const open = logs.incidents.find(({ incident }) => incident.to === null);
  if (open) {
    const title = book.words(open.incident.title, both('続いている障害', 'Incident going on'));
    draft.tell(sentences.incident, { title });
    sayWhatHelped(draft, logs, [open.incident.id]);
  }
  draft.paragraph();
}
