import type { Bilingual } from '../../api/contract/common.ts';
import type { MeasureInfo, Query } from '../../measures/contract/measures.ts';
import { wordNote } from '../../measures/contract/words.ts';
import type { Plan } from '../../questions/contract/questions.ts';
import { both, same } from '../facts.ts';
import type { ActContext } from './act.ts';
import { describeQueue } from './describe-queue.ts';
import { listAlerts } from './list-alerts.ts';
import { listIncidents } from './list-incidents.ts';
import { isSize, listed, lower, type Phrases, phrasesOf, type Row, Telling } from './telling.ts';

const LISTED = 10;
const INLINE = 3;
const MONTH_DAYS = 30;
const NONE = both('', '');
const TIMES: readonly string[] = ['half-hour', 'hour', 'weekday', 'day'];

/** One question of numbers: what was asked first, with its scope and its figure; the table holds everything. */
export const measure = async (
  plan: Extract<Plan, { act: 'measure' }>,
  context: ActContext,
): Promise<void> => {
  const { measures } = context.means;
  const infoOf = (id: string | undefined): MeasureInfo | undefined =>
    measures.list().find((info) => info.id === id);
  const answered = await measures.query(shaped(plan.query, infoOf(plan.query.measures[0])));
  const telling = new Telling(context, answered);
  if (answered.chart !== 'number' && answered.chart !== 'table')
    context.state.body.charts.push({ table: telling.table, kind: answered.chart });
  if (telling.query.by.length === 0) await sayWhole(telling);
  else sayRows(telling);
  const [info] = telling.infos;
  for (const note of answered.notes) {
    if (note.code === 'level-with-last' && info && (isMostOfNothing(telling, info) || isLevel(telling, info)))
      continue;
    const said = context.book.words(both(wordNote(note, 'ja'), wordNote(note, 'en')), both('注記', 'Note'));
    context.draft.say(said, said);
  }
};

/** The table that answers best what was asked. */
function shaped(query: Query, info: MeasureInfo | undefined): Query {
  const named = query.where.filter((f) => !f.not);
  const [by] = query.by.length === 1 ? query.by : [];
  // what somebody can do is told process by process
  if (info?.id === 'skills' && query.by.length === 0 && named.some((f) => f.dimension === 'person'))
    return { ...query, by: ['process'] };
  // how likely a step is late differs from site to site: asked which, the queues are told, the likeliest first
  if (info?.id === 'p-late' && (by === 'process' || (query.by.length === 0 && query.order)))
    return { ...query, by: ['cell'], order: query.order ?? { measure: null, first: 'most' } };
  const sides = named.filter((f) => f.dimension === by).map((f) => f.values.length);
  // one name alone is no choice
  if (by && query.order && sides.includes(1))
    return { ...query, by: [], order: null, limit: null, rank: null };
  // asked which of a few named ones is ahead, each of them is told
  if (query.limit === 1 && query.rank === null && sides.some((n) => n > 1 && n <= INLINE))
    return { ...query, limit: null };
  // nobody is absent twice on one day
  const isOften = query.thresholds.some((t) => t.value > 1 || (t.value === 1 && t.is === '>'));
  if (by === 'person' && isOften && info?.past && info.unit === 'people' && query.window.days.kind === 'now')
    return { ...query, window: { ...query.window, days: { kind: 'last-days', days: MONTH_DAYS } } };
  return query;
}

// One figure

async function sayWhole(telling: Telling): Promise<void> {
  const { infos, answered, context, query } = telling;
  const hasOwnWords = (info: MeasureInfo): boolean => {
    const own = phrasesOf(info);
    return Boolean(own.value || own.verdict || (own.person && isOfOne(query))) || !answered.totals[info.id];
  };
  if (query.compare) for (const info of infos) sayCompared(telling, info);
  else if (infos.length > 1 && !infos.some(hasOwnWords)) {
    const [first] = infos;
    const parts = infos.map((info) =>
      telling.worded('part', {
        ...telling.named(info),
        value: telling.value(info, answered.totals[info.id] ?? 0),
      }),
    );
    telling.say('together', { of: first ? telling.ofAll(first) : NONE, parts: joined(parts) });
  } else
    for (const info of infos) {
      const { verdict } = phrasesOf(info);
      if (verdict) await sayVerdict(telling, info, verdict);
      else sayOne(telling, info);
      if (info.id === 'alerts') listAlerts(context, answered, telling.table);
      if (info.id === 'incidents' && answered.totals[info.id]) {
        const span = { from: answered.from, to: answered.until };
        const told = await context.means.tools.logs({ words: null, span });
        listIncidents(context, told, telling.table);
      }
    }
}
/** Whether a question is about one person. */
const isOfOne = ({ where }: Query): boolean => {
  const people = where.filter((f) => f.dimension === 'person' && !f.not);
  return people.length === 1 && people[0]?.values.length === 1;
};

function sayOne(telling: Telling, info: MeasureInfo): void {
  const { answered, query, scope, time } = telling;
  const value = answered.totals[info.id] ?? null;
  const own = phrasesOf(info);
  const limited = telling.limitOf(info);
  const slots = {
    ...telling.named(info),
    of: telling.ofAll(info),
    scope: scope.bare,
    time: both(time.ja && `${time.ja}、`, time.en && ` ${time.en}`),
    limit: both(limited ? `${limited}で` : '', limited ? ` ${limited}` : ''),
  };
  const zero = own.zero ?? (info.unit === 'people' ? 'nobody' : null);
  if (own.person && isOfOne(query)) telling.say(value ? own.person.yes : own.person.no, slots);
  else if (value === null) telling.say(own.none ?? 'unknown', slots);
  else if (value === 0 && zero) telling.say(zero, slots);
  else {
    const ages = info.unit === 'instant' ? ageOf(telling, info, value) : {};
    telling.say(own.value ?? 'value', { ...slots, ...ages, value: telling.value(info, value) });
  }
}
/** An instant with how far it lies from now. */
function ageOf(
  { answered, words, table }: Telling,
  info: MeasureInfo,
  at: number,
): Record<'until' | 'ago', string> {
  const minutes = Math.round(Math.abs(at - answered.asOf) / 60_000);
  const label = both('今からの時間', 'Time from now');
  const length = words.value({ ...info, unit: 'minutes' }, minutes, label, table, 'minutes');
  return { until: length, ago: length };
}

function sayCompared(telling: Telling, info: MeasureInfo): void {
  const { answered } = telling;
  const value = answered.totals[info.id] ?? null;
  const than = answered.compared?.[info.id] ?? null;
  const slots = { ...telling.named(info), of: telling.ofAll(info), other: telling.against };
  if (value === null) {
    telling.say('compare-nothing', slots);
    return;
  }
  const figure = { ...slots, value: telling.value(info, value) };
  const apart = than === null ? null : telling.apart(info, value, than);
  if (than === null) telling.say('compare-unknown', figure);
  else
    telling.say(apart ? 'compare' : 'compare-same', {
      ...figure,
      than: telling.other(info, than),
      ...(apart && { apart }),
    });
}

/** Where one figure would hide which queue it comes from: good or bad news first, then the worst of the queues. */
async function sayVerdict(
  telling: Telling,
  info: MeasureInfo,
  verdict: NonNullable<Phrases['verdict']>,
): Promise<void> {
  const { answered, scope, query, context } = telling;
  const value = answered.totals[info.id] ?? null;
  if (value === null) {
    sayOne(telling, info);
    return;
  }
  const order = { measure: info.id, first: 'most' } as const;
  const each = new Telling(
    context,
    await context.means.measures.query({ ...query, measures: [info.id], by: ['cell'], order }),
  );
  const rows = each.rows.filter((row) => each.valueIn(info, row) !== null);
  const bad = rows.filter((row) => (each.valueIn(info, row) ?? 0) >= verdict.from);
  const [worst] = rows;
  const one = rows.length < 2 || !worst;
  const pattern =
    value >= verdict.from ? (one ? verdict.badOne : verdict.bad) : one ? verdict.goodOne : verdict.good;
  const { window } = query;
  telling.say(pattern, {
    scope: scope.bare,
    of: scope.of,
    due: each.words.due(window),
    count: bad.length > 0 ? each.count(bad.length, ['cell']) : '',
    ...(worst ? each.told(info, worst) : {}),
    ...(one ? { value: telling.value(info, value) } : {}),
  });
  if (bad.length > 1) list(each, bad, [info]);
  // it tells of the next deadline
  if (info.id === 'p-late' && window.at === null && window.until === null)
    await describeQueue(context, query.where);
}

// Rows

function sayRows(telling: Telling): void {
  const { query, infos, rows } = telling;
  const [info] = infos;
  if (!info) return;
  const limited = telling.limitOf(info);
  const isDays = query.by.join() === 'day' && rows.length > 1 && !query.order;
  if (rows.length === 0 || (!limited && isMostOfNothing(telling, info))) sayNone(telling, info, limited);
  else if (query.compare) sayComparedRows(telling, info, limited);
  else if (isBesides(query) && rows.length > 1 && rows.length <= INLINE) saySides(telling, info);
  else if (query.order && !limited && (query.limit === 1 || query.rank !== null)) sayFirst(telling, info);
  else if (limited) sayLimited(telling, info, limited);
  else if (isPeople(telling, info)) sayPeople(telling, info);
  else if (!isDays || !sayTrend(telling, info)) sayList(telling, info);
}
/** A few are named to be set side by side. */
const isBesides = ({ by, where }: Query): boolean =>
  by.length === 1 &&
  where.some((f) => f.dimension === by[0] && !f.not && f.values.length > 1 && f.values.length <= INLINE);
/** People of whom it is only told that they are it. */
const isPeople = ({ query, answered, rows }: Telling, info: MeasureInfo): boolean =>
  query.by.includes('person') &&
  query.order === null &&
  info.unit === 'people' &&
  rows.every((row) => row[info.id] === 1 || answered.units[info.id] === 'score');
/** What has the most of something that nobody has. */
const isMostOfNothing = (telling: Telling, info: MeasureInfo): boolean =>
  telling.query.order?.first === 'most' && isSize(info) && telling.valueIn(info, telling.rows[0]) === 0;
/** So many share the first place that they are counted. */
const isLevel = (telling: Telling, info: MeasureInfo): boolean =>
  telling.query.limit === 1 && levelWithFirst(telling, info).length > INLINE;
const levelWithFirst = (telling: Telling, info: MeasureInfo): readonly Row[] =>
  telling.rows.filter((row) => telling.valueIn(info, row) === telling.valueIn(info, telling.rows[0]));
/** Which way a comparison was asked to have gone; null: any. */
const wayAsked = (telling: Telling, info: MeasureInfo): Bilingual | null => {
  const change = telling.query.thresholds.find((t) => t.of === 'change' && t.value === 0)?.is;
  return change === '<' ? telling.way(info).less : change === '>' ? telling.way(info).more : null;
};

function sayNone(telling: Telling, info: MeasureInfo, limit: string | null): void {
  const { query, answered, words } = telling;
  const none = query.by.includes('person') ? 'いません' : 'ありません';
  const slots = { ...telling.named(info), group: words.groupName(query.by), none: same(none) };
  const of = telling.ofAll(info);
  const isUnknown = answered.notes.some(({ code }) => code.startsWith('no-data'));
  const way = wayAsked(telling, info);
  const other = telling.against;
  if (query.compare && answered.compared?.[info.id] === null)
    telling.say('compare-missing', { ...slots, other });
  else if (isUnknown || info.adds === 'ratio') telling.say('unknown', { ...slots, of });
  else if (query.compare && way) telling.say('none-changed', { ...slots, way, other });
  else if (limit) telling.say('none-limited', { ...slots, limit });
  else telling.say(phrasesOf(info).none ?? (info.unit === 'people' ? 'nobody' : 'nothing'), { ...slots, of });
}

function sayFirst(telling: Telling, info: MeasureInfo): void {
  const { query, words, rows, context } = telling;
  const { order, rank } = query;
  const [first] = rows;
  if (!first || !order || telling.valueIn(info, first) === null) return;
  const isRanked = rank !== null && rank > 1;
  const told = both(`${rank}番目に`, `number ${rank}`);
  const ranked = isRanked ? context.book.words(told, both('順位', 'Place in the order')) : '';
  const level = levelWithFirst(telling, info);
  const slots = {
    ...telling.named(info),
    ...telling.told(info, first),
    group: words.groupName(query.by),
    way: telling.way(info)[order.first],
    place: isRanked ? both(ranked, `, ${ranked},`) : both('最も', ''),
  };
  if (isLevel(telling, info)) {
    telling.say('first-many', { ...slots, count: telling.count(level.length) });
    list(telling, level, [info], false);
    return;
  }
  const names = listed(level.slice(0, LISTED).map((row) => same(telling.rowName(row))));
  telling.say('first', { ...slots, names, each: level.length > 1 ? both('いずれも', '') : NONE });
}

function saySides(telling: Telling, info: MeasureInfo): void {
  const { query, rows, words } = telling;
  const rest = words.scope(query.where.filter((f) => f.dimension !== query.by[0]));
  const value = (row: Row): number => telling.valueIn(info, row) ?? 0;
  const sorted = [...rows].sort((a, b) => value(b) - value(a));
  const told = sorted.map((row) => telling.told(info, row));
  const [first, second] = sorted;
  const isKnown = sorted.every((row) => telling.valueIn(info, row) !== null);
  const apart =
    first && second && sorted.length === 2 && isKnown
      ? telling.apart(info, value(first), value(second))
      : null;
  const slots = {
    ...telling.named(info),
    of: words.of(rest, telling.time),
    told: listed(told.map((side) => telling.worded('side', side))),
  };
  if (apart) telling.say('sides-apart', { ...slots, apart, first: told[0]?.row ?? '' });
  else telling.say('sides', slots);
}

/** Of a measure with words of its own: so many people fit. */
function sayOwn(telling: Telling, info: MeasureInfo, limited: string | null, count: string): boolean {
  const own = phrasesOf(info).value;
  if (!own || !telling.query.by.includes('person')) return false;
  const limit = both(limited ? `${limited}で` : '', limited ? ` ${limited}` : '');
  telling.say(own, { scope: telling.scope.bare, limit, value: count });
  return true;
}
function sayLimited(telling: Telling, info: MeasureInfo, limit: string): void {
  const { words, query, answered, rows, infos } = telling;
  const count = telling.count(answered.table.total);
  const top = rows.length > 1 ? topOf(telling, info) : null;
  if (!sayOwn(telling, info, limit, count))
    telling.say('limited', {
      ...telling.named(info),
      limit,
      count,
      group: words.groupName(query.by),
      top: top ? telling.worded('limited-top', top) : NONE,
    });
  list(telling, rows, infos);
}
/** the row that stands out, and which way; null: nothing is known of any */
function topOf(telling: Telling, info: MeasureInfo): { row: string; value: string; way: Bilingual } | null {
  const first = telling.query.order?.first ?? 'most';
  const sign = first === 'most' ? -1 : 1;
  const [top] = telling.rows
    .filter((row) => telling.valueIn(info, row) !== null)
    .sort((a, b) => sign * ((telling.valueIn(info, a) ?? 0) - (telling.valueIn(info, b) ?? 0)));
  return top ? { ...telling.told(info, top), way: telling.way(info)[first] } : null;
}

function sayPeople(telling: Telling, info: MeasureInfo): void {
  const { answered, rows } = telling;
  const { total } = answered.table;
  const count = telling.count(total, ['person']);
  const few = total <= INLINE;
  const leveled = answered.units[info.id] === 'score';
  if (leveled && sayOwn(telling, info, null, count)) {
    list(telling, rows, [info]);
    return;
  }
  const names = listed(rows.map((row) => same(telling.rowName(row))));
  telling.say('people', {
    ...telling.named(info),
    count,
    names: few ? telling.worded('names', { names }) : NONE,
  });
  if (!few || leveled) list(telling, rows, [info], leveled);
}

/** False where too little is known for it. */
function sayTrend(telling: Telling, info: MeasureInfo): boolean {
  const { rows, words, answered } = telling;
  const all = rows.filter((row) => telling.valueIn(info, row) !== null);
  // what has come by now is no whole day to be compared with others
  const underWay = info.adds === 'additive' ? all.find((row) => row['day'] === telling.today) : undefined;
  const known = all.filter((row) => row !== underWay);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || first === last) return false;
  const [from, to] = [telling.told(info, first), telling.told(info, last)];
  const [before, after] = [telling.valueIn(info, first) ?? 0, telling.valueIn(info, last) ?? 0];
  telling.say('trend', {
    ...telling.named(info),
    of: words.of(telling.scope, NONE),
    from: from.row,
    a: from.value,
    to: to.row,
    b: to.value,
    apart: telling.apart(info, after, before, 'since') ?? telling.worded('no-change'),
  });
  const total = info.adds === 'additive' ? (answered.totals[info.id] ?? null) : null;
  if (total !== null) telling.say('total', { value: telling.value(info, total) });
  if (underWay) telling.say('so-far', telling.told(info, underWay));
  list(telling, rows, telling.infos);
  return true;
}

function sayList(telling: Telling, info: MeasureInfo): void {
  const { query, answered, rows, infos } = telling;
  const count = telling.count(answered.table.total);
  const top = topOf(telling, info);
  const slots = { ...telling.named(info), ...top, count };
  const { verdict } = phrasesOf(info);
  const isOverTime = query.by.some((d) => TIMES.includes(d));
  const totals = infos.flatMap((i) => {
    const total = answered.totals[i.id] ?? null;
    return total === null || i.adds === 'none' || (i.adds === 'semi-additive' && isOverTime)
      ? []
      : [{ info: i, value: telling.value(i, total) }];
  });
  const sums = totals.filter((t) => t.info.adds !== 'ratio');
  if (query.order && query.limit !== null && top) {
    sayRanked(telling, info);
    return;
  }
  if (verdict && query.by.join() === 'cell' && top) {
    sayLateOnes(telling, info, verdict.from);
    return;
  }
  if (rows.length === 1 && top && infos.length === 1) telling.say('only', slots);
  else if (sums.length > 0)
    telling.say(top && infos.length === 1 ? 'sums-top' : 'sums', {
      ...slots,
      sums: joined(sums.map((t) => telling.worded('sum', { ...telling.named(t.info), value: t.value }))),
    });
  else if (!top) telling.say('list-none', slots);
  else if (totals[0]?.info === info) telling.say('list-whole', { ...slots, whole: totals[0].value });
  else telling.say('list', slots);
  // of more than are shown the largest are
  const isCut = rows.length > LISTED && !query.order && !isOverTime;
  list(
    telling,
    isCut ? rows.toSorted((a, b) => amountOf(telling, info, b) - amountOf(telling, info, a)) : rows,
    infos,
  );
}
const amountOf = (telling: Telling, info: MeasureInfo, row: Row): number =>
  telling.valueIn(info, row) ?? Number.NEGATIVE_INFINITY;
/** The first few in their order. */
function sayRanked(telling: Telling, info: MeasureInfo): void {
  const { rows, query, infos } = telling;
  const few = rows.length <= INLINE && infos.length === 1;
  const named = rows
    .slice(0, few ? INLINE : 1)
    .filter((row) => telling.valueIn(info, row) !== null)
    .map((row) => telling.worded('ranked-row', telling.told(info, row)));
  telling.say(few ? 'ranked' : 'ranked-first', {
    ...telling.named(info),
    way: telling.way(info)[query.order?.first ?? 'most'],
    count: telling.count(rows.length),
    rows: listed(named),
  });
  if (!few) list(telling, rows, infos);
}
/** Of queues and how likely each is late: how many are expected to be, and which; the others are in the table. */
function sayLateOnes(telling: Telling, info: MeasureInfo, from: number): void {
  const { words, scope, query, answered, rows } = telling;
  const { total } = answered.table;
  const late = rows.filter((row) => (telling.valueIn(info, row) ?? 0) >= from);
  const slots = {
    ...topOf(telling, info),
    of: scope.of,
    due: words.due(query.window),
    count: telling.count(total),
  };
  if (late.length === 0) telling.say('late-none', slots);
  else if (late.length === total && total > 1) telling.say('late-all', slots);
  else telling.say('late', { ...slots, late: telling.count(late.length, ['cell']) });
  if (late.length > 0) list(telling, late, [info]);
}

function sayComparedRows(telling: Telling, info: MeasureInfo, limit: string | null): void {
  const { answered, query, words, rows, context } = telling;
  const other = telling.against;
  const way = wayAsked(telling, info);
  const slots = {
    ...telling.named(info),
    other,
    group: words.groupName(query.by),
    count: telling.count(answered.table.total),
  };
  const isKnown = typeof answered.totals[info.id] === 'number';
  if (way) telling.say('changed', { ...slots, way });
  else if (limit) telling.say('changed-limited', { ...slots, limit });
  else if (isKnown && typeof answered.compared?.[info.id] === 'number') sayCompared(telling, info);
  else telling.say('compared-rows', slots);
  const shown = rows.slice(0, LISTED);
  for (const row of shown) {
    const than = row[`${info.id}:compared`];
    const value = telling.valueIn(info, row);
    const apart = value === null || typeof than !== 'number' ? null : telling.apart(info, value, than);
    const { ja, en } = telling.worded(apart ? 'compared-row-apart' : 'compared-row', {
      ...telling.told(info, row),
      other,
      than: typeof than === 'number' ? telling.other(info, than) : '—',
      ...(apart && { apart }),
    });
    context.draft.entry(ja, en);
  }
  sayMore(telling, answered.table.total - shown.length);
}

const joined = (parts: readonly Bilingual[]): Bilingual =>
  both(parts.map((part) => part.ja).join('、'), parts.map((part) => part.en).join(', '));

/** `valued`: with their figures, where these say anything. */
function list(telling: Telling, rows: readonly Row[], infos: readonly MeasureInfo[], valued = true): void {
  const { draft } = telling.context;
  const bare =
    !valued || infos.every((info) => isPeople(telling, info) && telling.answered.units[info.id] !== 'score');
  for (const row of rows.slice(0, LISTED)) {
    const name = telling.rowName(row);
    const values = infos.map((info) => {
      const { value } = telling.told(info, row);
      return infos.length > 1
        ? both(`${info.name.ja} ${value}`, `${lower(info.name).en} ${value}`)
        : same(value);
    });
    const { ja, en } = bare ? same(name) : telling.worded('row', { row: name, values: joined(values) });
    draft.entry(ja, en);
  }
  sayMore(telling, Math.max(telling.answered.table.total, rows.length) - Math.min(rows.length, LISTED));
}
function sayMore(telling: Telling, more: number): void {
  if (more <= 0) return;
  telling.context.draft.paragraph();
  telling.say('more', { count: telling.count(more) });
}
