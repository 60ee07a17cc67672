import type { Bilingual, Table } from '../../api/contract/common.ts';
import { dateIn } from '../../kernel/clock.ts';
import { fillBoth } from '../../kernel/words.ts';
import type { Answered, Dimension, MeasureInfo, Query } from '../../measures/contract/measures.ts';
import { wordNote } from '../../measures/contract/words.ts';
import type { Plan } from '../../questions/contract/questions.ts';
import { enumerate } from '../draft.ts';
import { both } from '../facts.ts';
import { QueryWords, type ScopeWords } from '../query-words.ts';
import type { ActContext } from './act.ts';
import { describeQueue } from './describe-queue.ts';
import { listAlerts } from './list-alerts.ts';
import { listIncidents } from './list-incidents.ts';
import phrases from './phrases.json' with { type: 'json' };

/** How one measure is told where the general sentence does not fit; all optional. */
type Phrases = {
  readonly value?: Bilingual;
  readonly zero?: Bilingual;
  readonly none?: Bilingual;
  /** of one person: whether it holds */
  readonly person?: { readonly yes: Bilingual; readonly no: Bilingual };
  /** from what value on it is bad news, said before the figure */
  readonly verdict?: { readonly from: number } & Readonly<
    Record<'bad' | 'badOne' | 'good' | 'goodOne', Bilingual>
  >;
};
const PHRASES: Readonly<Record<string, Phrases>> = phrases.measures;
type Way = Readonly<Record<'more' | 'less' | 'most' | 'least' | 'up' | 'down', Bilingual>>;
const WAYS: Readonly<Record<string, Way>> = phrases.more;

const LISTED = 10;
const INLINE = 3;
type Row = Table['rows'][number];
const CELL = ['location', 'business', 'process'] as const satisfies readonly Dimension[];

/** What is being told: one query answered, its table kept as the rows behind every figure. */
class Telling {
  readonly query: Query;
  readonly answered: Answered;
  readonly words: QueryWords;
  readonly table: number;
  readonly scope: ScopeWords;
  readonly time: Bilingual;
  private readonly context: ActContext;
  private readonly catalogue: ReadonlyMap<string, MeasureInfo>;
  constructor(context: ActContext, answered: Answered) {
    this.context = context;
    this.answered = answered;
    this.query = answered.query;
    this.words = new QueryWords(context.book, context.means);
    this.table = context.book.table(answered.table);
    this.catalogue = new Map(context.means.measures.list().map((info) => [info.id, info]));
    this.scope = this.words.scope(this.query.where);
    // of records that are made once a day the last week is told, where no time was asked for
    const isOfWeek = answered.notes.some(({ code }) => code === 'last-week');
    this.time = isOfWeek
      ? this.words.time({ ...this.query.window, days: { kind: 'last-days', days: 7 } }, null)
      : this.words.time(this.query.window, answered);
  }
  get draft() {
    return this.context.draft;
  }
  get infos(): MeasureInfo[] {
    return this.query.measures.flatMap((id) => this.catalogue.get(id) ?? []);
  }
  get of(): Bilingual {
    return this.words.of(this.scope, this.time);
  }
  /** 全体の / of all, where the question names no place that the measure knows */
  ofAll(info: MeasureInfo): Bilingual {
    const of = this.of;
    const anywhere = this.query.where.every((f) => !(CELL as readonly string[]).includes(f.dimension));
    return anywhere && info.dimensions.includes('location') && !this.query.where.length
      ? both(`全体の${of.ja}`, `${of.en}`)
      : of;
  }
  /** what a value counts: of one person days or a level */
  unitOf(info: MeasureInfo): string {
    return asUnit(this.answered, info);
  }
  name(row: Row): string {
    const { book } = this.context;
    const dimensions = this.query.by.flatMap((d) => (d === 'cell' ? CELL : [d]));
    return dimensions
      .map((dimension) => {
        const id = row[`${dimension}:id`] ?? row[dimension];
        const shown = row[dimension];
        const told =
          dimension === 'template' || dimension === 'actor' || id === null || id === undefined
            ? both(String(shown ?? '—'), String(shown ?? '—'))
            : this.words.nameOf(dimension, String(id));
        return book.words(told, both('対象', 'of'));
      })
      .join(' ');
  }
  label(info: MeasureInfo, of: Bilingual = both('', '')): Bilingual {
    const plain = this.context.book.facts;
    const shown = (text: string, lang: 'ja' | 'en'): string =>
      text.replace(/\{\{(f\d+)\}\}/g, (_, id: string) => plain.find((f) => f.id === id)?.text[lang] ?? '');
    const all = this.of;
    return both(
      `${shown(all.ja, 'ja')}${shown(of.ja, 'ja')}${of.ja ? 'の' : ''}${info.name.ja}`,
      `${info.name.en}${shown(all.en, 'en')}${of.en ? `, ${shown(of.en, 'en')}` : ''}`,
    );
  }
  value(info: MeasureInfo, value: number, of?: string): string {
    return this.words.value(
      info,
      value,
      this.label(info, of === undefined ? undefined : both(of, of)),
      this.table,
      this.unitOf(info),
    );
  }
  /** the day that is still under way */
  get today(): string {
    return dateIn(this.answered.asOf, this.context.means.zone);
  }
  row(info: MeasureInfo, row: Row): number | null {
    const value = row[info.id];
    return typeof value === 'number' ? value : null;
  }
}
/** Of one person a count of people is a count of days, and a score a level of skill. */
const asUnit = ({ query, units }: Answered, info: MeasureInfo): string => {
  const unit = units[info.id] ?? info.unit;
  if (unit === 'score' && info.unit === 'people') return 'level';
  return unit === 'people' && query.by.includes('person') ? 'days' : unit;
};
const wayOf = (info: MeasureInfo): Way =>
  (info.unit === 'instant'
    ? WAYS['time']
    : ['items', 'people', 'count', 'hours', 'person-hours'].includes(info.unit)
      ? WAYS['size']
      : WAYS['height']) as Way;

/** One question of numbers: what was asked first, with its scope and its figure; the table holds everything. */
export const measure = async (
  plan: Extract<Plan, { act: 'measure' }>,
  context: ActContext,
): Promise<void> => {
  const asked = bothSides(plan.query);
  const answered = await context.means.measures.query(asked);
  const telling = new Telling(context, answered);
  if (answered.chart !== 'number' && answered.chart !== 'table')
    context.state.body.charts.push({ table: telling.table, kind: answered.chart });
  if (asked.by.length === 0) await sayWhole(telling, context);
  else sayRows(telling);
  for (const note of answered.notes) {
    if (note.code === 'level-with-last' && isMostOfNothing(telling)) continue;
    const said = context.book.words(both(wordNote(note, 'ja'), wordNote(note, 'en')), both('注記', 'Note'));
    context.draft.say(said, said);
  }
};

/** Asked which of a few named ones is ahead, each of them is told; what somebody can do is told process by process. */
function bothSides(query: Query): Query {
  const ofSomebody = query.where.some((f) => f.dimension === 'person' && !f.not);
  if (query.measures[0] === 'skills' && ofSomebody && query.by.length === 0)
    return { ...query, by: ['process'] };
  // how likely a step is late differs from site to site: asked which, the queues are told, the likeliest first
  if (
    query.measures[0] === 'p-late' &&
    (query.by.join() === 'process' || (query.by.length === 0 && query.order))
  )
    return { ...query, by: ['cell'], order: query.order ?? { measure: null, first: 'most' } };
  const few = query.by.some((d) =>
    query.where.some((f) => f.dimension === d && !f.not && f.values.length > 1 && f.values.length <= INLINE),
  );
  return few && query.by.length === 1 && query.limit === 1 && query.rank === null
    ? { ...query, limit: null }
    : query;
}

// One figure

async function sayWhole(telling: Telling, context: ActContext): Promise<void> {
  const { infos, answered } = telling;
  const plain = infos.filter((info) => !hasOwnWords(info, telling));
  if (answered.query.compare) for (const info of infos) sayCompared(telling, info);
  else if (plain.length > 1 && plain.length === infos.length) sayTogether(telling, plain);
  else
    for (const info of infos) {
      const verdict = PHRASES[info.id]?.verdict;
      if (verdict) await sayVerdict(telling, context, info, verdict);
      else sayOne(telling, info);
      if (info.id === 'alerts') listAlerts(context, answered, telling.table);
      if (info.id === 'incidents' && answered.totals[info.id]) {
        const span = { from: answered.from, to: answered.until };
        const told = await context.means.tools.logs({ words: null, span });
        listIncidents(context, told, telling.table);
      }
    }
}
const hasOwnWords = (info: MeasureInfo, telling: Telling): boolean => {
  const own = PHRASES[info.id];
  return (
    Boolean(own?.value || own?.verdict) ||
    (personOf(telling.query) !== null && own?.person !== undefined) ||
    !telling.answered.totals[info.id]
  );
};
/** the one person a question is about */
const personOf = (query: Query): string | null => {
  const people = query.where.filter((f) => f.dimension === 'person' && !f.not);
  const [only] = people;
  return people.length === 1 && only?.values.length === 1 ? (only.values[0] ?? null) : null;
};

function sayOne(telling: Telling, info: MeasureInfo): void {
  const { draft, answered, scope, time } = telling;
  const value = answered.totals[info.id] ?? null;
  const own = PHRASES[info.id] ?? {};
  const of = telling.ofAll(info);
  const limited = conditionOf(telling, info);
  const slots = {
    of,
    scope: scope.bare,
    time: both(time.ja && `${time.ja}、`, time.en && ` ${time.en}`),
    limit: both(limited ? `${limited}で` : '', limited ? ` ${limited}` : ''),
  };
  if (own.person && personOf(telling.query) !== null) {
    const said = fillBoth(value ? own.person.yes : own.person.no, slots);
    draft.say(said.ja, said.en);
    return;
  }
  if (value === null) {
    const said = fillBoth(own.none ?? NO_DATA, { ...slots, name: info.name });
    draft.say(said.ja, said.en);
    return;
  }
  const zero = own.zero ?? (info.unit === 'people' ? NOBODY : undefined);
  if (value === 0 && zero) {
    const said = fillBoth(zero, { ...slots, name: info.name });
    draft.say(said.ja, said.en);
    return;
  }
  const said = fillBoth(own.value ?? PLAIN, {
    ...slots,
    name: info.name,
    value: telling.value(info, value),
    ...(info.unit === 'instant' ? agesOf(telling, value) : {}),
  });
  draft.say(said.ja, said.en);
}
const PLAIN = both('{of}{name}は{value}です。', '{name}{of}: {value}.');
const NOTHING = both('{of}{name}はありません。', '{name}{of}: none.');
const NOBODY = both('{of}{name}はいません。', '{name}{of}: nobody.');
const NO_DATA = both('{of}{name}のデータはありません。', 'There are no data for {name}{of}.');

/** An instant with how far it lies from now. */
function agesOf(telling: Telling, at: number): Record<'until' | 'ago', string> {
  const minutes = Math.round(Math.abs(at - telling.answered.asOf) / 60_000);
  const length = telling.words.value(
    { ...(telling.infos[0] as MeasureInfo), unit: 'minutes' },
    minutes,
    both('今からの時間', 'Time from now'),
    telling.table,
    'minutes',
  );
  return { until: length, ago: length };
}

function sayTogether(telling: Telling, infos: readonly MeasureInfo[]): void {
  const of = telling.ofAll(infos[0] as MeasureInfo);
  const parts = infos.map((info) => ({
    name: info.name,
    value: telling.value(info, telling.answered.totals[info.id] ?? 0),
  }));
  telling.draft.say(
    `${of.ja}${parts.map((p) => `${p.name.ja}は${p.value}`).join('、')}です。`,
    `${parts.map((p, i) => `${i ? p.name.en.toLowerCase() : p.name.en} ${p.value}`).join(', ')}${of.en}.`,
  );
}

function sayCompared(telling: Telling, info: MeasureInfo): void {
  const { answered, draft, words } = telling;
  const of = telling.ofAll(info);
  const value = answered.totals[info.id] ?? null;
  const than = answered.compared?.[info.id] ?? null;
  const other = otherOf(telling);
  if (value === null || than === null) {
    const told = value === null ? null : telling.value(info, value);
    draft.say(
      `${of.ja}${info.name.ja}は${told ? `${told}です。${other.ja}の` : ''}データがないため、比べられません。`,
      `${info.name.en}${of.en}: ${told ?? 'no data'}; there is nothing to compare it with (${other.en}).`,
    );
    return;
  }
  const told = telling.value(info, value);
  const otherTold = words.value(
    info,
    than,
    both(`${info.name.ja}（比較）`, `${info.name.en}, compared`),
    telling.table,
  );
  const apart = apartOf(telling, info, value, than);
  if (apart === null) {
    draft.say(
      `${of.ja}${info.name.ja}は${told}で、${other.ja}（${otherTold}）と同じです。`,
      `${info.name.en}${of.en}: ${told}, the same as ${other.en} (${otherTold}).`,
    );
    return;
  }
  draft.say(
    `${of.ja}${info.name.ja}は${told}で、${other.ja}の${otherTold}より${apart.ja}です。`,
    `${info.name.en}${of.en}: ${told}, ${apart.en} than the ${otherTold} of ${other.en}.`,
  );
}
/** `440件（12%）多い` / `440 items (12%) more`; null where both are level as written */
function apartOf(
  telling: Telling,
  info: MeasureInfo,
  value: number,
  than: number,
  as: 'beside' | 'since' = 'beside',
): Bilingual | null {
  const { words, table } = telling;
  const [up, down] = as === 'beside' ? (['more', 'less'] as const) : (['up', 'down'] as const);
  const way = wayOf(info)[value > than ? up : down];
  const digits = info.unit === 'percent' ? 2 : info.unit === 'instant' ? -4 : info.digits;
  const written = (n: number): number => Math.round(n * 10 ** digits) / 10 ** digits;
  if (written(value) === written(than)) return null;
  const label = both(`${info.name.ja}の差`, `Difference of ${info.name.en}`);
  const gap = Math.abs(written(value) - written(than));
  const apart =
    info.unit === 'percent'
      ? words.value(info, gap * 100, label, table, 'points')
      : info.unit === 'instant'
        ? words.value(info, gap / 60_000, label, table, 'minutes')
        : words.value(info, gap, label, table, telling.unitOf(info));
  const share =
    info.unit === 'percent' || info.unit === 'instant' || than <= 0
      ? null
      : words.value(
          info,
          Math.abs(value - than) / than,
          both(`${label.ja}の割合`, `${label.en}, share`),
          table,
          'percent',
        );
  return both(
    `${apart}${share ? `（${share}）` : ''}${way.ja}`,
    `${apart}${share ? ` (${share})` : ''} ${way.en}`,
  );
}
function otherOf({ query, words }: Pick<Telling, 'query' | 'words'>): Bilingual {
  if (query.compare?.kind === 'forecast') return both('予測', 'the forecast');
  if (query.compare?.kind === 'plan') return both('予定', 'the plan');
  if (!query.compare) return both('', '');
  const told = words.time(query.compare.window, null);
  return told.ja ? told : both('現在', 'now');
}

/** Where one figure would hide which queue it comes from: good or bad news first, then the worst of the queues. */
async function sayVerdict(
  telling: Telling,
  context: ActContext,
  info: MeasureInfo,
  verdict: NonNullable<Phrases['verdict']>,
): Promise<void> {
  const { draft, answered, scope } = telling;
  const value = answered.totals[info.id] ?? null;
  if (value === null) {
    sayOne(telling, info);
    return;
  }
  const cells = await context.means.measures.query({
    ...telling.query,
    measures: [info.id],
    by: ['cell'],
    order: { measure: info.id, first: 'most' },
  });
  const each = new Telling(context, cells);
  const rows = cells.table.rows.filter((row) => each.row(info, row) !== null);
  const bad = rows.filter((row) => (each.row(info, row) ?? 0) >= verdict.from);
  const [worst] = rows;
  const one = rows.length < 2 || !worst;
  const pattern =
    value >= verdict.from ? (one ? verdict.badOne : verdict.bad) : one ? verdict.goodOne : verdict.good;
  const row = worst ? each.name(worst) : '';
  const { window } = telling.query;
  const said = fillBoth(pattern, {
    scope: scope.bare,
    of: scope.of,
    due: each.words.due(window),
    count: bad.length > 0 ? each.words.groups(bad.length, ['cell'], each.table) : '',
    row,
    value: one || !worst ? telling.value(info, value) : each.value(info, each.row(info, worst) ?? value, row),
  });
  draft.say(said.ja, upper(said.en));
  if (bad.length > 1) list(each, bad, [info]);
  // it tells of the next deadline
  if (info.id === 'p-late' && window.at === null && window.until === null)
    await describeQueue(context, telling.query.where);
}
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

// Rows

function sayRows(telling: Telling): void {
  const { answered, query, infos, words } = telling;
  const [info] = infos;
  if (!info) return;
  const rows = answered.table.rows;
  const limited = conditionOf(telling, info);
  const group = words.groupName(query.by);
  if (rows.length === 0 || (!limited && isMostOfNothing(telling))) {
    const of = telling.ofAll(info);
    const people = query.by.includes('person');
    if (limited)
      telling.draft.say(
        `${telling.of.ja}${info.name.ja}が${limited}の${group.ja}は${people ? 'いません' : 'ありません'}。`,
        `There is no ${group.en} with ${lower(info.name.en)} ${limited}${of.en}.`,
      );
    else {
      const said = fillBoth(info.unit === 'people' ? NOBODY : NOTHING, { of, name: info.name });
      telling.draft.say(said.ja, said.en);
    }
    return;
  }
  if (query.compare) sayComparedRows(telling, info);
  else if (sidesOf(query) && rows.length > 1 && rows.length <= INLINE) saySides(telling, info, rows);
  else if (query.order && !limited && (query.limit === 1 || query.rank !== null))
    sayFirst(telling, info, rows);
  else if (limited) sayLimited(telling, info, limited, rows);
  else if (isPeople(telling, info)) sayPeople(telling, info, rows);
  else if (query.by[0] === 'day' && query.by.length === 1 && rows.length > 1 && !query.order)
    sayTrend(telling, info, rows);
  else sayList(telling, infos, rows);
}
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const conditionOf = ({ query, words, infos, answered }: Telling, info: MeasureInfo): string | null => {
  const slots = query.thresholds.flatMap((t) => {
    const of = infos.find((i) => i.id === t.measure) ?? info;
    const as = t.of === 'change' ? 'percent' : asUnit(answered, of);
    return words.threshold(of, t.is, t.value, as);
  });
  return slots.length === 0 ? null : slots.join('・');
};
/** A few are named to be set side by side. */
const sidesOf = ({ by, where }: Query): boolean =>
  by.length === 1 &&
  where.some((f) => f.dimension === by[0] && !f.not && f.values.length > 1 && f.values.length <= INLINE);
/** People of whom it is only told that they are it. */
const isPeople = ({ query, answered }: Telling, info: MeasureInfo): boolean =>
  query.by.length === 1 &&
  query.by[0] === 'person' &&
  query.order === null &&
  info.unit === 'people' &&
  answered.table.rows.every((row) => row[info.id] === 1 || answered.units[info.id] === 'score');

const sameAs = (telling: Telling, info: MeasureInfo, a: Row, b: Row): boolean =>
  telling.row(info, a) === telling.row(info, b);

/** What has the most of something that nobody has. */
function isMostOfNothing(telling: Telling): boolean {
  const { query, infos, answered } = telling;
  const [info, first] = [infos[0], answered.table.rows[0]];
  if (!info || !first || query.order?.first !== 'most' || wayOf(info) !== WAYS['size']) return false;
  return telling.row(info, first) === 0;
}
function sayFirst(telling: Telling, info: MeasureInfo, rows: readonly Row[]): void {
  const { query, words, draft } = telling;
  const [first] = rows;
  const value = first ? telling.row(info, first) : null;
  if (!first || value === null || !query.order) return;
  const level = rows.filter((row) => sameAs(telling, info, row, first)).slice(0, LISTED);
  const names = level.map((row) => telling.name(row));
  const told = telling.value(info, value, names[0]);
  const of = telling.of;
  const group = words.groupName(query.by);
  const way = wayOf(info)[query.order.first];
  const place =
    query.rank === null || query.rank === 1
      ? null
      : telling.draft.book.words(
          both(`${query.rank}番目に`, `number ${query.rank}`),
          both('順位', 'Place in the order'),
        );
  draft.say(
    `${of.ja}${info.name.ja}が${place ?? '最も'}${way.ja}${group.ja}は${names.join('、')}（${level.length > 1 ? 'いずれも' : ''}${told}）です。`,
    place
      ? `The ${group.en} with the ${way.en} ${lower(info.name.en)}${of.en}, ${place}: ${enumerate(names, 'en')} (${told}).`
      : `The ${group.en} with the ${way.en} ${lower(info.name.en)}${of.en} is ${enumerate(names, 'en')} (${told}).`,
  );
}

function saySides(telling: Telling, info: MeasureInfo, rows: readonly Row[]): void {
  const { draft, query } = telling;
  const rest = telling.words.scope(query.where.filter((f) => f.dimension !== query.by[0]));
  const of = telling.words.of(rest, telling.time);
  const sorted = [...rows].sort((a, b) => (telling.row(info, b) ?? 0) - (telling.row(info, a) ?? 0));
  const told = sorted.map((row) => {
    const name = telling.name(row);
    return {
      name,
      value: telling.row(info, row),
      slot: telling.value(info, telling.row(info, row) ?? 0, name),
    };
  });
  const [first, second] = told;
  const apart =
    told.length === 2 && first && second && first.value !== null && second.value !== null
      ? apartOf(telling, info, first.value, second.value)
      : null;
  draft.say(
    `${of.ja}${info.name.ja}は、${told.map((t) => `${t.name}が${t.slot}`).join('、')}${apart ? `で、${first?.name}が${apart.ja}です` : 'です'}。`,
    `${info.name.en}${of.en}: ${enumerate(
      told.map((t) => `${t.name} ${t.slot}`),
      'en',
    )}${apart ? `; ${first?.name} is ${apart.en}` : ''}.`,
  );
}

/** Of a measure with words of its own: so many people fit. */
function sayOwn(telling: Telling, info: MeasureInfo, limited: string | null, count: string): boolean {
  const own = PHRASES[info.id]?.value;
  if (!own || !telling.query.by.includes('person')) return false;
  const said = fillBoth(own, {
    of: telling.of,
    scope: telling.scope.bare,
    limit: both(limited ? `${limited}で` : '', limited ? ` ${limited}` : ''),
    value: count,
  });
  telling.draft.say(said.ja, said.en);
  return true;
}
function sayLimited(telling: Telling, info: MeasureInfo, limited: string, rows: readonly Row[]): void {
  const { draft, words, query, answered } = telling;
  const of = telling.of;
  const group = words.groupName(query.by);
  const count = words.groups(answered.table.total, query.by, telling.table);
  const top = topOf(telling, info, rows);
  if (!sayOwn(telling, info, limited, count))
    draft.say(
      `${of.ja}${info.name.ja}が${limited}の${group.ja}は${count}です${rows.length > 1 && top ? `（最も${top.way.ja}のは${top.name}の${top.value}）` : ''}。`,
      `${count} with ${lower(info.name.en)} ${limited}${of.en}${rows.length > 1 && top ? `; the ${top.way.en} is ${top.name} with ${top.value}` : ''}.`,
    );
  list(telling, rows, telling.infos);
}
function topOf(
  telling: Telling,
  info: MeasureInfo,
  rows: readonly Row[],
): { name: string; value: string; way: Bilingual } | null {
  const first = telling.query.order?.first ?? 'most';
  const sign = first === 'most' ? -1 : 1;
  const [top] = rows
    .filter((row) => telling.row(info, row) !== null)
    .sort((a, b) => sign * ((telling.row(info, a) ?? 0) - (telling.row(info, b) ?? 0)));
  const value = top ? telling.row(info, top) : null;
  if (!top || value === null) return null;
  const name = telling.name(top);
  return { name, value: telling.value(info, value, name), way: wayOf(info)[first] };
}

function sayPeople(telling: Telling, info: MeasureInfo, rows: readonly Row[]): void {
  const { draft, words, answered } = telling;
  const of = telling.of;
  const count = words.groups(answered.table.total, ['person'], telling.table);
  const few = answered.table.total <= INLINE;
  const names = few ? rows.map((row) => telling.name(row)) : [];
  const leveled = answered.units[info.id] === 'score';
  if (leveled && sayOwn(telling, info, null, count)) {
    list(telling, rows, [info]);
    return;
  }
  draft.say(
    `${of.ja}${info.name.ja}は${count}です${few ? `（${names.join('、')}）` : ''}。`,
    `${info.name.en}${of.en}: ${count}${few ? ` (${enumerate(names, 'en')})` : ''}.`,
  );
  if (!few || leveled) list(telling, rows, [info], leveled);
}

function sayTrend(telling: Telling, info: MeasureInfo, rows: readonly Row[]): void {
  const { draft } = telling;
  const all = rows.filter((row) => telling.row(info, row) !== null);
  // what has come by now is no whole day to be compared with others
  const underWay = info.adds === 'additive' ? all.find((row) => row['day'] === telling.today) : undefined;
  const known = all.filter((row) => row !== underWay);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || first === last) {
    sayList(telling, telling.infos, rows);
    return;
  }
  const [from, to] = [telling.row(info, first) ?? 0, telling.row(info, last) ?? 0];
  const [firstName, lastName] = [telling.name(first), telling.name(last)];
  const [a, b] = [telling.value(info, from, firstName), telling.value(info, to, lastName)];
  const apart = apartOf(telling, info, to, from, 'since');
  const scope = telling.words.of(telling.scope, both('', ''));
  const total = info.adds === 'additive' ? (telling.answered.totals[info.id] ?? null) : null;
  const sum = total === null ? null : telling.value(info, total);
  draft.say(
    `${scope.ja}${info.name.ja}は、${firstName}の${a}から${lastName}の${b}へ${apart ? `${apart.ja}` : '、変わっていません'}。${sum ? `合計は${sum}です。` : ''}`,
    `${info.name.en}${scope.en} went from ${a} (${firstName}) to ${b} (${lastName})${apart ? `, ${apart.en}` : ', no change'}.${sum ? ` In all ${sum}.` : ''}`,
  );
  if (underWay) {
    const soFar = telling.value(info, telling.row(info, underWay) ?? 0, telling.name(underWay));
    draft.say(`今日はここまでで${soFar}です。`, `Today so far: ${soFar}.`);
  }
  list(telling, rows, telling.infos);
}

function sayList(telling: Telling, infos: readonly MeasureInfo[], rows: readonly Row[]): void {
  const { draft, words, query, answered } = telling;
  const [info] = infos;
  if (!info) return;
  const of = telling.of;
  const count = words.groups(answered.table.total, query.by, telling.table);
  const top = topOf(telling, info, rows);
  const sums = infos.flatMap((i) => {
    const total = answered.totals[i.id] ?? null;
    return total === null || i.adds === 'none' || i.adds === 'ratio'
      ? []
      : [{ info: i, slot: telling.value(i, total) }];
  });
  if (query.order && query.limit !== null && top) {
    const few = rows.length <= INLINE && infos.length === 1;
    const named = rows.slice(0, few ? INLINE : 1).flatMap((row) => {
      const value = telling.row(info, row);
      const name = telling.name(row);
      return value === null ? [] : [`${name} (${telling.value(info, value, name)})`];
    });
    const shown = words.groups(rows.length, query.by, telling.table);
    const ja = named.map((n) => n.replace(' (', '（').replace(/\)$/, '）'));
    draft.say(
      `${of.ja}${info.name.ja}が${top.way.ja}順の${shown}は、${ja.join('、')}${few ? 'です' : 'から始まります'}。`,
      `${shown} with the ${top.way.en} ${lower(info.name.en)}${of.en}: ${enumerate(named, 'en')}${few ? '' : ' comes before the others'}.`,
    );
    if (!few) list(telling, rows, infos);
    return;
  }
  const verdict = PHRASES[info.id]?.verdict;
  if (verdict && query.by.join() === 'cell' && top) {
    sayLateOnes(telling, info, {
      rows: rows.filter((r) => (telling.row(info, r) ?? 0) >= verdict.from),
      count,
      top,
    });
    return;
  }
  draft.say(
    sums.length > 0
      ? `${of.ja}${sums.map((s) => `${s.info.name.ja}は合計${s.slot}`).join('、')}（${count}）${top && infos.length === 1 ? `で、最も${top.way.ja}のは${top.name}の${top.value}` : ''}です。`
      : `${of.ja}${info.name.ja}は${count}のうち${top ? `${top.name}の${top.value}が最も${top.way.ja}です` : 'どれもデータがありません'}。`,
    sums.length > 0
      ? `${sums.map((s, i) => `${i ? lower(s.info.name.en) : s.info.name.en}${i ? '' : of.en}: ${s.slot} in all`).join(', ')} (${count})${top && infos.length === 1 ? `; the ${top.way.en} is ${top.name} with ${top.value}` : ''}.`
      : `${info.name.en}${of.en}, ${count}: ${top ? `the ${top.way.en} is ${top.name} with ${top.value}` : 'no data'}.`,
  );
  list(telling, rows, infos);
}

/** Of queues and how likely each is late: how many are expected to be, and which; the others are in the table. */
function sayLateOnes(
  telling: Telling,
  info: MeasureInfo,
  { rows, count, top }: { rows: readonly Row[]; count: string; top: { name: string; value: string } },
): void {
  const { draft, words, scope, query } = telling;
  const [of, due] = [scope.of, words.due(query.window)];
  if (rows.length === 0) {
    draft.say(
      `${of.ja}${due.ja}に遅れる見込みの工程は、${count}のうちありません。遅れる確率が最も高いのは${top.name}で、${top.value}です。`,
      `Expected to be late${due.en}${of.en}: none of ${count}. The likeliest is ${top.name} with ${top.value}.`,
    );
    return;
  }
  const late = words.groups(rows.length, ['cell'], telling.table);
  draft.say(
    `${of.ja}${due.ja}に遅れる見込みなのは${count}のうち${late}で、遅れる確率が最も高いのは${top.name}の${top.value}です。`,
    `Expected to be late${due.en}${of.en}: ${late} of ${count}; the likeliest is ${top.name} with ${top.value}.`,
  );
  list(telling, rows, [info]);
}

function sayComparedRows(telling: Telling, info: MeasureInfo): void {
  const { answered, draft, words, query } = telling;
  const rows = answered.table.rows;
  const limited = conditionOf(telling, info);
  const other = otherOf(telling);
  const of = telling.of;
  const count = words.groups(answered.table.total, query.by, telling.table);
  const total = answered.totals[info.id] ?? null;
  const than = answered.compared?.[info.id] ?? null;
  const [change] = query.thresholds.filter((t) => t.of === 'change' && t.value === 0);
  const way = change?.is === '<' ? wayOf(info).less : change?.is === '>' ? wayOf(info).more : null;
  if (way)
    draft.say(
      `${of.ja}${info.name.ja}が${other.ja}より${way.ja}${words.groupName(query.by).ja}は${count}です。`,
      `${info.name.en}${of.en} is ${way.en} than ${other.en} in ${count}.`,
    );
  else if (limited)
    draft.say(
      `${of.ja}${info.name.ja}の${other.ja}からの変化が${limited}の${words.groupName(query.by).ja}は${count}です。`,
      `${count} whose ${lower(info.name.en)}${of.en} differs from ${other.en} by ${limited}.`,
    );
  else if (total !== null && than !== null) sayCompared(telling, info);
  else
    draft.say(
      `${of.ja}${info.name.ja}を${other.ja}と比べました（${count}）。`,
      `${info.name.en}${of.en} beside ${other.en} (${count}):`,
    );
  const shown = rows.slice(0, LISTED);
  for (const row of shown) {
    const name = telling.name(row);
    const value = telling.row(info, row);
    const compared = row[`${info.id}:compared`];
    const own = value === null ? '—' : telling.value(info, value, name);
    const theirs =
      typeof compared === 'number'
        ? words.value(
            info,
            compared,
            both(`${info.name.ja}（比較）`, `${info.name.en}, compared`),
            telling.table,
          )
        : '—';
    const apart =
      value === null || typeof compared !== 'number' ? null : apartOf(telling, info, value, compared);
    draft.entry(
      `${name}：${own}（${other.ja}${theirs}${apart ? `、${apart.ja}` : ''}）`,
      `${name}: ${own} (${other.en} ${theirs}${apart ? `, ${apart.en}` : ''})`,
    );
  }
  sayMore(telling, answered.table.total - shown.length);
}

function list(telling: Telling, rows: readonly Row[], infos: readonly MeasureInfo[], valued = true): void {
  const { draft } = telling;
  const bare =
    !valued || infos.every((info) => isPeople(telling, info) && telling.answered.units[info.id] !== 'score');
  for (const row of rows.slice(0, LISTED)) {
    const name = telling.name(row);
    const values = infos.map((info) => {
      const value = telling.row(info, row);
      const told = value === null ? '—' : telling.value(info, value, name);
      return infos.length > 1
        ? both(`${info.name.ja} ${told}`, `${lower(info.name.en)} ${told}`)
        : both(told, told);
    });
    draft.entry(
      bare ? name : `${name}：${values.map((v) => v.ja).join('、')}`,
      bare ? name : `${name}: ${values.map((v) => v.en).join(', ')}`,
    );
  }
  sayMore(telling, Math.max(telling.answered.table.total, rows.length) - Math.min(rows.length, LISTED));
}
function sayMore(telling: Telling, more: number): void {
  if (more <= 0) return;
  const count = telling.words.groups(more, telling.query.by, telling.table);
  telling.draft.paragraph();
  telling.draft.say(`ほかの${count}は表にあります。`, `The table holds ${count} more.`);
}
