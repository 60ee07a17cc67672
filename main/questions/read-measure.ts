import {
  type Compare,
  type Dimension,
  NOW,
  type Query,
  type Threshold,
} from '../measures/contract/measures.ts';
import type { Plan } from './contract/questions.ts';
import hints from './grammar/hints.json' with { type: 'json' };
import { VETERAN } from './limits.ts';
import { type Facts, factsOf, holds, wordsOf } from './patterns.ts';
import { filtersOf, type Placed } from './places.ts';
import type { Spoken } from './spoken.ts';
import type { Token } from './tokens.ts';
import { daysOf, isAhead, windowOf } from './windows.ts';
import { couldGo, type Words } from './words.ts';

export type Means = {
  readonly measures: ReadonlyMap<string, Spoken>;
  readonly names: readonly Placed[];
};
type MeasurePlan = Extract<Plan, { act: 'measure' }>;

export const isDim = (t: Token): Dimension | null => {
  const role = [...t.roles].find((r) => r.startsWith('dim:'));
  return role ? (role.slice(4) as Dimension) : null;
};
const strongOf = (t: Token): string[] =>
  [...t.roles].filter((r) => r.startsWith('m:')).map((r) => r.slice(2));
const weakOf = (t: Token): string[] => [...t.roles].filter((r) => r.startsWith('w:')).map((r) => r.slice(2));

/** Which ends first, which last: 'least' is the earliest. */
const endsAt = (w: Words): 'most' | 'least' | null => {
  if (!w.has('most', 'least', 'top', 'bottom', 'next', 'latest')) return null;
  return w.has('k:first') ? 'least' : w.has('k:last') ? 'most' : null;
};

/** A row of grammar/hints.json: what the words beside a measure's own make of it. */
type Hint = {
  readonly when: string;
  readonly add?: string;
  readonly drop?: string;
  readonly takes?: string;
};
/** What no role says: what stands beside what. */
function cluesOf(w: Words, means: Means): Facts {
  const near = (role: string, fits: (t: Token) => boolean, reach: number): boolean =>
    w.all(role).some((t) => w.near(t, fits, reach, role === 'dim:hour' ? 'before' : 'both') !== undefined);
  const ends = endsAt(w);
  return factsOf(w, means.names, {
    people:
      w.has('howmany:people', 'dim:person', 'ask:person') ||
      w.tokens.some((t) => t.number?.unit === 'people') ||
      means.names.some((n) => n.place === 'person'),
    heads: w.has('howmany:people') || w.tokens.some((t) => t.number?.unit === 'people'),
    due: near('m:deadline', (x) => x.time !== undefined, 1),
    ends: ends !== null,
    'per-hour': w.tokens.some(
      (t) =>
        t.number?.unit === 'hours' &&
        t.number.value === 1 &&
        w.near(
          t,
          (x) => x.number?.unit === 'items' || x.roles.has('howmany:items') || x.roles.has('howmany:any'),
          2,
          'after',
        ) !== undefined,
    ),
    process:
      !w.ja &&
      w.tokens.some(
        (t) => t.roles.has('k:process') && (w.index(t) > 2 || w.at(w.index(t) - 1)?.name !== undefined),
      ),
    cmp: w.has('cmp', 'than', 'thr:>', 'thr:<') || w.like('cmp:').length > 0,
    alone: w.tokens.filter((t) => weakOf(t).length > 0).length === 1,
    expecting:
      w.has('w:forecast') &&
      w.tokens.every(
        (t) =>
          weakOf(t).length === 0 || weakOf(t).some((id) => ['forecast', 'planned', 'arrivals'].includes(id)),
      ),
    single: w.tokens.length === 1,
    hinted: w.tokens.some((t) => weakOf(t).length > 0),
    today: w.tokens.every((t) => !t.day || (t.day.days.kind === 'day' && t.day.days.offset === 0)),
    // 横浜どう？: of a place nothing but how it is
    'asked-how':
      w.has('k:how') &&
      w.tokens.some((t) => t.name) &&
      w.tokens.every(
        (t) =>
          t.name ||
          t.day ||
          t.roles.has('empty') ||
          t.roles.has('k:how') ||
          t.roles.has('now') ||
          w.isUsed(t),
      ),
    how: !w.ja && /^(?:and |so )?how\b/i.test(w.text),
  });
}

/** The measures asked for; each word that names one is used. */
export function measuresOf(w: Words, means: Means): string[] {
  const found: string[] = [];
  const clues = cluesOf(w, means);
  const facts = (): Facts =>
    new Set([
      ...clues,
      ...found.map((id) => `=${id}`),
      found.length === 0 ? ':none' : found.length === 1 ? ':one' : ':several',
      ...(found.length === 1 ? [`==${found[0]}`] : []),
    ]);
  const apply = (hints: readonly Hint[]): void => {
    for (const { when, add, drop = '', takes = '' } of hints) {
      if (!holds(when, w, facts())) continue;
      for (const id of drop.split(' ')) if (found.includes(id)) found.splice(found.indexOf(id), 1);
      if (add && !found.includes(add)) found.push(add);
      w.take('measures', ...wordsOf(w, takes));
    }
  };
  apply(hints.before);
  for (const t of w.tokens) {
    const [id] = t.roles.has('p:p-late') ? ['p-late'] : strongOf(t);
    if (id === undefined || w.isUsed(t)) continue;
    w.take('measures', t);
    if (!found.includes(id)) found.push(id);
  }
  apply(hints.strong);
  // 到着と処理: what a measure is joined to is one as well
  for (const t of w.tokens) {
    const [id] = weakOf(t);
    const joined = [-1, 1].some(
      (d) =>
        w.at(w.index(t) + d)?.roles.has('and') &&
        w.used.get(w.at(w.index(t) + 2 * d) as Token) === 'measures',
    );
    if (!joined || w.isUsed(t) || !['finished', 'backlog', 'arrivals'].includes(id ?? '')) continue;
    w.take('measures', t);
    found.push(id as string);
  }
  apply(hints.around);
  const weak = w.tokens.filter((t) => !w.isUsed(t) && weakOf(t).length > 0);
  if (found.length === 0) {
    for (const { id, weakly } of means.measures.values()) {
      const token = weak.find((t) => weakOf(t).includes(id));
      if (found.length > 0 || !token || !holds(weakly, w, facts())) continue;
      found.push(id);
      w.take('measures', token);
    }
    apply(hints.weak);
  }
  const of = (id: string): Spoken | undefined => means.measures.get(id);
  const absorbed = new Set(found.flatMap((id) => of(id)?.absorbs ?? []));
  const cmp = clues.has(':cmp');
  const kept = found.filter((id) => !absorbed.has(id) || (cmp && (id === 'planned' || id === 'arrivals')));
  // いる, 来ている, 人数 beside another measure say how it is counted, not that attendance is asked for too
  const attendance = w.all('m:present').some(
    (t) =>
      t.roles.has('k:attending') ||
      (t.roles.has('k:heads') &&
        // 欠勤の人数: how many are absent
        !w.near(
          t,
          (x) => strongOf(x).some((id) => id !== 'present' && of(id)?.as.has('people')),
          2,
          'before',
        ) &&
        (w.near(t, (x) => x.roles.has('and'), 1) !== undefined ||
          w.all('howmany:people').length > 1 ||
          kept.every((id) => id === 'present' || !of(id)?.as.has('people')))),
  );
  if (kept.length > 1 && kept.includes('present') && !attendance && !(cmp && kept.includes('planned')))
    kept.splice(kept.indexOf('present'), 1);
  for (const t of weak) if (weakOf(t).some((id) => kept.includes(id))) w.take('measures', t);
  return kept;
}

/** The whole question of numbers, or null where no measure is asked for. */
export function readMeasure(w: Words, means: Means, given: readonly string[] = []): MeasurePlan | null {
  // エントリ2の人だけで手伝える: asks for help, within a limit
  const capped = w.has('only') || (w.has('cap') && w.tokens.some((t) => t.number?.unit === 'people'));
  if (given.length === 0 && capped && w.flagged('can', 'help-verb', 'moved').length > 0) return null;
  // 大阪に回せる人は誰: who could go there, not who is free there
  if (given.length === 0 && couldGo(w)) return null;
  // 18時までに終わらせたい: wants it done
  if (given.length === 0 && w.flagged('want', 'end', 'm:p-late').length > 0) return null;
  const compareTokens = compareWords(w, means, given.length > 0);
  let measures = given.length > 0 ? [...given] : measuresOf(w, means);
  if (measures.length === 0) return null;
  const by: Dimension[] = [];
  let compare = compareTokens.compare;
  // warnings are no errors: lines of that level
  const levels = means.names
    .filter((n) => n.place === 'level' && n.side === 'where')
    .flatMap((n) => n.values);
  if (levels.length > 0 && !levels.includes('ERROR') && measures.includes('errors'))
    measures = [...new Set(measures.map((m) => (m === 'errors' ? 'log-lines' : m)))];
  if (
    measures.includes('planned') &&
    measures.includes('present') &&
    (w.has('cmp', 'than') || w.like('cmp:').length > 0)
  ) {
    measures = ['present'];
    compare = { kind: 'plan' };
    w.takeAll('compare', 'cmp', 'than', 'actual');
  }
  // fewer than the shift plan: who came, against it
  if (
    measures.length === 1 &&
    measures[0] === 'planned' &&
    !compare &&
    w.has('than', 'thr:<', 'thr:>') &&
    !w.tokens.some((t) => t.number)
  ) {
    measures = ['present'];
    compare = { kind: 'plan' };
    w.takeAll('compare', 'than', 'thr:<', 'thr:>', 'low', 'high', 'fewer', 'more');
  }
  // 昨日の今ごろ: a state then, or what had come by then
  const adds = means.measures.get(measures[0] ?? '')?.adds === 'additive';
  if (adds && compare?.kind === 'window' && compare.window.at !== null)
    compare = { ...compare, window: { ...compare.window, until: compare.window.at, at: null } };
  const positive = w.has('p:p-late');
  const several = severalOf(w, means.names, measures);
  if (
    several &&
    (w.has('cmp', 'than', 'ask:which') ||
      (w.has('thr:>', 'thr:<') && !w.tokens.some((t) => t.number)) ||
      w.has('most', 'high', 'low', 'least')) &&
    !compare &&
    !(w.has('by') && !w.has('cmp', 'than'))
  ) {
    by.push(several);
    w.takeAll('compare', 'cmp', 'than', 'ask:which');
    if (!w.tokens.some((t) => t.number)) w.takeAll('compare', 'thr:>', 'thr:<');
    for (const t of w.tokens) if (isDim(t) === several) w.take('by', t);
  }
  const thresholds = thresholdsOf(w, means, measures, positive, compare !== null);
  const cut = orderOf(w, means, measures, positive, by.length > 0 || compare !== null);
  for (const d of groupsAsked(w, means, measures, {
    cut: cut.order !== null || thresholds.length > 0,
    compared: compare !== null,
    several,
  }))
    if (!by.includes(d)) by.push(d);
  // the bottom five by productivity: of people where it is about them
  if (cut.order && by.length === 0 && !compare && given.length === 0) {
    const heads = w.tokens.some((t) => t.number?.unit === 'people' && w.used.get(t) === 'order');
    const d =
      heads ||
      ['productivity', 'skills', 'overtime', 'hours', 'absent', 'late-people'].includes(measures[0] ?? '')
        ? 'person'
        : measures.some((m) => ['errors', 'log-lines'].includes(m))
          ? 'service'
          : 'location';
    if (fits(means, measures, d)) by.push(d);
  }
  if (
    cut.limit !== null &&
    cut.limit > 1 &&
    by.length === 0 &&
    w.tokens.some((t) => t.number?.unit === 'people' && w.used.get(t) === 'order')
  )
    by.push('person');
  if (by.length === 0 && w.has('howmany:people') && ['overtime', 'hours'].includes(measures[0] ?? ''))
    by.push('person');
  const veterans = measures[0] === 'skills' ? w.all('veteran') : [];
  if (veterans.length > 0) {
    thresholds.push({ measure: 'skills', is: '>=', value: VETERAN, of: 'value' });
    w.take('thresholds', ...veterans);
  }
  // 札幌・盛岡の人数をそれぞれ
  if (several && by.length === 0 && w.has('apiece')) {
    by.push(several);
    w.takeAll('by', 'apiece');
  }
  // whose speed is down: the one that is kept, per person, this week against last
  const falling = [...w.flagged('prog', 'fewer', 'low'), ...w.all('slowing')];
  const slowed =
    falling.length > 0 &&
    !compare &&
    by.length > 0 &&
    thresholds.length === 0 &&
    SPEEDS.has(measures[0] ?? '');
  if (slowed) {
    measures = ['productivity'];
    compare = { kind: 'window', window: { ...NOW, days: { kind: 'week', offset: -1 } } };
    thresholds.push({ measure: 'productivity', is: '<', value: 0, of: 'change' });
    w.take('thresholds', ...falling);
  }
  // more than yesterday: of places those where it is so
  if (compare?.kind === 'window' && by.length > 0 && thresholds.length === 0 && !cut.order && !several) {
    const [up, down] = [w.all('more', 'high', 'thr:>'), w.all('fewer', 'low', 'thr:<')].map((side) =>
      side.some((t) => w.used.get(t) === 'compare'),
    );
    if (up !== down)
      thresholds.push({ measure: measures[0] ?? '', is: up ? '>' : '<', value: 0, of: 'change' });
  }
  // sites without an absence
  const nothing = w.all('none').filter((t) => !t.roles.has('empty') && !w.isUsed(t));
  if (nothing.length > 0 && by.length > 0 && thresholds.length === 0 && !compare && adds) {
    thresholds.push({ measure: measures[0] ?? '', is: '=', value: 0, of: 'value' });
    w.take('thresholds', ...nothing);
  }
  const trend = w.all('trend');
  const day = w.tokens.filter((t) => t.day && !compareTokens.days.includes(t));
  if (trend.length > 0 && !by.some((d) => ['day', 'hour', 'weekday', 'half-hour'].includes(d)) && !compare) {
    const today =
      day.some((t) => t.day?.days.kind === 'day') || (day.length === 0 && !allows(means, measures, 'day'));
    by.push(today && allows(means, measures, 'hour') ? 'hour' : 'day');
    w.take('by', ...trend);
  } else if (trend.length > 0 && (by.length > 0 || compare)) w.take('by', ...trend);
  const timed = measures.some((m) => isOf(means, m, 'timed'));
  const ahead = measures.some((m) => ['forecast', 'planned', 'shortage'].includes(m));
  const said = windowOf(w, { ahead, timed, except: compareTokens.days });
  // the 4 pm cut-off: what is due by then
  const due = said.at !== null && isOf(means, measures[0] ?? '', 'due');
  const window = due ? { ...said, until: said.at, at: null } : said;
  // who comes on a day ahead is who is planned
  if (isAhead(window.days) && measures[0] === 'present')
    measures = ['planned', ...measures.slice(1).filter((m) => m !== 'planned')];
  // a trend over no days in particular is over the last two weeks
  const spread = trend.length > 0 && by.includes('day') && window.days.kind === 'now';
  let days: Query['window']['days'] | null = spread
    ? { kind: 'last-days', days: 14 }
    : slowed && window.days.kind === 'now'
      ? { kind: 'week', offset: 0 }
      : null;
  // a day is compared with the same day of the other week, not with all of it; what adds up is told of this week then
  if (compare?.kind === 'window' && compare.window.days.kind === 'week') {
    const { offset } = compare.window.days;
    const sameDay = (day: number): Query['compare'] => ({
      kind: 'window',
      window: { ...NOW, days: { kind: 'day', offset: day + 7 * offset } },
    });
    const how = means.measures.get(measures[0] ?? '')?.adds;
    if (window.days.kind === 'day') compare = sameDay(window.days.offset);
    else if (window.days.kind === 'now' && how === 'semi-additive') compare = sameDay(0);
    else if (window.days.kind === 'now' && how === 'additive') days ??= { kind: 'week', offset: 0 };
  }
  const query: Query = {
    measures: measures.slice(0, 6),
    // errors are lines of that level
    where: filtersOf(means.names).filter(
      (f) => !(f.dimension === 'level' && measures[0] === 'errors' && f.values.includes('ERROR')),
    ),
    by: by.slice(0, 3),
    order: cut.order,
    limit: cut.limit,
    rank: cut.rank,
    thresholds,
    window: days ? { ...window, days } : window,
    compare,
  };
  license(w, means, measures, query);
  return { act: 'measure', query };
}
const allows = ({ measures }: Means, ids: readonly string[], d: Dimension): boolean =>
  ids.every((id) => measures.get(id)?.dimensions.includes(d) ?? true);

/** A kind of name of which several are asked for. */
function severalOf(w: Words, names: readonly Placed[], measures: readonly string[]): Dimension | null {
  for (const place of ['location', 'person', 'business', 'process', 'service'] as const) {
    const held = new Set(
      names.filter((n) => n.place === place && n.side === 'where').flatMap((n) => n.values),
    );
    if (
      held.size > 1 &&
      !(place === 'process' && measures.includes('skills') && !w.has('cmp')) &&
      !names.some((n) => n.token.name?.stem && n.place === place)
    )
      return place;
  }
  return null;
}

/** What is compared with, from the words beside the comparing word. */
function compareWords(
  w: Words,
  means: Means,
  given: boolean,
): { compare: Compare | null; days: readonly Token[] } {
  const none = { compare: null, days: [] };
  const days = w.tokens.filter((t) => t.day);
  const fixed = w.like('cmp:').map((x) => x.value);
  const offset = (n: number): Compare => ({
    kind: 'window',
    window: { ...NOW, days: { kind: 'day', offset: n } },
  });
  const asked =
    given ||
    w.has(
      'm:arrivals',
      'm:finished',
      'w:arrivals',
      'm:throughput',
      'm:present',
      'w:present',
      'howmany:people',
      'm:productivity',
      'w:finished',
    ) ||
    means.names.length > 0;
  for (const kind of fixed) {
    const tokens = w.all(`cmp:${kind}`);
    const beyond = w.tokens.some((t) => t.number)
      ? []
      : w.all('thr:>', 'thr:<', 'high', 'low', 'more', 'fewer');
    const takeAll = (): void => w.take('compare', ...tokens, ...w.all('cmp', 'than', 'actual'), ...beyond);
    if (kind === 'forecast' || kind === 'plan') {
      takeAll();
      return { compare: { kind }, days: [] };
    }
    takeAll();
    if (kind === 'week')
      return {
        compare: { kind: 'window', window: { ...NOW, days: { kind: 'week', offset: -1 } } },
        days: [],
      };
    if (kind === 'month')
      return {
        compare: { kind: 'window', window: { ...NOW, days: { kind: 'month', offset: -1 } } },
        days: [],
      };
    if (kind === 'weekday') {
      const last = days.filter((t) => t.day?.days.kind === 'week');
      w.take('compare', ...last);
      return { compare: offset(-7), days: last };
    }
    return { compare: offset(-1), days: [] };
  }
  const words = w.all('cmp', 'than', 'thr:>', 'thr:<', 'more', 'fewer').filter((t) => !w.isUsed(t));
  // yesterday's arrivals and today's forecast: each day has a measure of its own
  const [one, two] = days.map((t) => w.index(t));
  const asks = (part: readonly Token[]): string[] => part.flatMap((t) => [...strongOf(t), ...weakOf(t)]);
  const between = one === undefined || two === undefined ? [] : asks(w.tokens.slice(one, two));
  const apart =
    between.length > 0 &&
    [w.tokens.slice(0, one), w.tokens.slice(two)].some((part) => {
      const ids = asks(part);
      return ids.length > 0 && !ids.some((id) => between.includes(id));
    });
  if ((words.length === 0 && days.length < 2) || (apart && !w.has('cmp', 'than', 'thr:>', 'thr:<')))
    return none;
  const number = w.tokens.some((t) => t.number && t.number.unit !== 'percent');
  const forecast = w.all('w:forecast').concat(w.all('m:forecast'))[0];
  if (forecast && asked && (w.has('cmp', 'than') || (w.has('thr:>', 'thr:<') && !number))) {
    w.take(
      'compare',
      forecast,
      ...w.all('cmp', 'than', 'actual', 'expect'),
      ...(number ? [] : w.all('thr:>', 'thr:<')),
    );
    return { compare: { kind: 'forecast' }, days: [] };
  }
  const plan = w.all('planword', 'w:planned')[0];
  const beyond = !number && w.has('thr:>', 'thr:<');
  if (plan && (w.has('cmp', 'than') || beyond) && !w.has('m:planned')) {
    w.take(
      'compare',
      plan,
      ...w.all('cmp', 'than', 'actual', ...(beyond ? ['thr:>', 'thr:<', 'high', 'low'] : [])),
    );
    return { compare: { kind: 'plan' }, days: [] };
  }
  const compared = comparedDay(w, days);
  if (
    !compared ||
    !(
      w.has('cmp', 'than', 'thr:>', 'thr:<', 'more', 'fewer', 'high', 'low', 'most', 'least', 'trend') ||
      days.length > 1
    )
  )
    return none;
  let value = daysOf(compared, false);
  if (!value) return none;
  // better last week than the week before
  const same = days.some((t) => t !== compared && JSON.stringify(t.day?.days) === JSON.stringify(value));
  if (same && (value.kind === 'week' || value.kind === 'month' || value.kind === 'day'))
    value = { ...value, offset: value.offset - 1 };
  w.take(
    'compare',
    compared,
    ...w
      .all(
        'cmp',
        'than',
        'thr:>',
        'thr:<',
        'more',
        'fewer',
        'actual',
        'trend',
        'most',
        'least',
        'high',
        'low',
      )
      .filter((t) => ![...t.roles].some((r) => r.startsWith('m:'))),
  );
  // 昨日の今ごろ, yesterday at nine: the time of that day
  const times = w.tokens.filter((t) => isTime(t) && Math.abs(w.index(t) - w.index(compared)) <= 2);
  const time = times.find((t) => t.time)?.time;
  const [part = ''] = times.flatMap((t) => [...t.roles].filter((r) => r.startsWith('part:')));
  w.take('compare', ...times);
  const window = {
    days: value,
    from: time?.start ?? null,
    until: time?.end ?? null,
    at: time ? time.at : (PART_AT[part] ?? null),
  };
  return { compare: { kind: 'window', window }, days: [compared, ...times] };
}
const isTime = (t: Token): boolean => t.time !== undefined || [...t.roles].some((r) => r.startsWith('part:'));
/** 今朝より: a state at the beginning of that part of the day */
const PART_AT: Readonly<Record<string, number>> = {
  'part:am': 540,
  'part:noon': 720,
  'part:pm': 780,
  'part:eve': 1020,
};
/** Of two days the one that is compared with: before より and 比べ, after "than"; else the earlier. */
function comparedDay(w: Words, days: readonly Token[]): Token | null {
  const isCmp = (t: Token): boolean =>
    ['cmp', 'than'].some(
      (r) => t.roles.has(r) && !/^(?:over|above|below|under|or|which one)$/i.test(t.text),
    ) ||
    (['thr:>', 'thr:<'].some((r) => t.roles.has(r)) && /より|than/i.test(t.text));
  const beside = (t: Token): boolean => {
    const step = w.ja ? 1 : -1;
    for (let i = w.index(t) + step; ; i += step) {
      const next = w.at(i);
      if (!next || (!isCmp(next) && !isTime(next) && !next.roles.has('empty') && !next.roles.has('and')))
        return false;
      if (isCmp(next)) return true;
    }
  };
  const marked = days.find(beside);
  const between =
    days.length > 1 &&
    w.tokens.some(
      (t) =>
        t.roles.has('and') &&
        w.index(t) > w.index(days[0] as Token) &&
        w.index(t) < w.index(days[1] as Token),
    );
  if (days.length > 1 && between && (!marked || marked === days[1])) return earlier(days);
  if (marked) return marked;
  if (days.length > 1 && w.has('cmp', 'than')) return days[1] ?? null;
  return null;
}

const reach = (t: Token): number => {
  const d = t.day?.days;
  const unit = { day: 1, week: 7, month: 30 } as const;
  return !d
    ? 0
    : d.kind === 'day' || d.kind === 'week' || d.kind === 'month'
      ? d.offset * unit[d.kind]
      : d.kind === 'weekday'
        ? d.week * 7 - 1
        : -1;
};
/** Of two days side by side the one farther back is what is compared with. */
const earlier = (days: readonly Token[]): Token | null =>
  days.toSorted((a, b) => reach(a) - reach(b))[0] ?? null;

/** 500件以上, more than 500, between 10 and 100, 5人より少ない: of the first measure unless it is a level. */
function thresholdsOf(
  w: Words,
  means: Means,
  measures: readonly string[],
  positive: boolean,
  compared: boolean,
): Threshold[] {
  const out: Threshold[] = [];
  const [measure = 'backlog'] = measures;
  const signs = { '>=': '<=', '>': '<', '<=': '>=', '<': '>', '=': '=' } as const;
  const between = w.all('thr:between')[0];
  for (const t of w.tokens) {
    const n = t.number;
    if (!n || w.isUsed(t) || n.unit === 'rank') continue;
    // two people are no probability
    if (n.unit === 'people' && !isOf(means, measure, 'people')) continue;
    if (
      between &&
      (w.near(t, (x) => x === between, 1, 'before') ||
        w.near(
          t,
          (x) => x.number !== undefined && w.near(x, (y) => y === between, 1, 'before') !== undefined,
          2,
          'before',
        ))
    ) {
      out.push({ measure, is: out.length === 0 ? '>=' : '<=', value: share(n.value, n.unit), of: 'value' });
      w.take('thresholds', t, between, ...w.all('unit'));
      continue;
    }
    const sign = w.near(
      t,
      (x) => [...x.roles].some((r) => /^thr:[<>=]/.test(r)) && !(w.isUsed(x) && x.number),
      3,
      w.ja ? 'after' : 'both',
    );
    const role = [...(sign?.roles ?? [])].find((r) => /^thr:[<>=]/.test(r))?.slice(4);
    const adjective = role ? undefined : w.near(t, (x) => x.roles.has('than'), 1, 'after');
    const low = adjective && w.near(adjective, (x) => x.roles.has('low') || x.roles.has('high'), 2, 'after');
    // skill 5: just that level
    const level =
      measure === 'skills' &&
      n.unit === 'plain' &&
      w.near(t, (x) => x.roles.has('m:skills') || x.roles.has('w:skills'), 2, 'before');
    const is = (role ?? (level ? '=' : null) ?? (low ? (low.roles.has('low') ? '<' : '>') : null)) as
      | Threshold['is']
      | null;
    if (!is) continue;
    w.take('thresholds', t, sign, adjective, low);
    const flip = positive && measure === 'p-late';
    const value = share(n.value, n.unit);
    out.push({
      measure,
      is: flip ? signs[is] : is,
      value: flip ? Math.round((1 - value) * 1000) / 1000 : value,
      of: compared ? 'change' : 'value',
    });
  }
  return out;
}
const share = (value: number, unit: string): number => (unit === 'percent' ? value / 100 : value);

type Cut = { order: Query['order']; limit: number | null; rank: number | null };
function orderOf(
  w: Words,
  means: Means,
  measures: readonly string[],
  positive: boolean,
  comparing: boolean,
): Cut {
  const free = (...roles: readonly string[]): Token[] => w.all(...roles).filter((t) => !w.isUsed(t));
  const count = w.tokens.find(
    (t) =>
      t.number &&
      w.near(t, (x) => x.roles.has('cap') && !x.roles.has('top'), 1, 'before') === undefined &&
      !w.isUsed(t) &&
      ['plain', 'people', 'places', 'items'].includes(t.number.unit) &&
      ((isDim(w.at(w.index(t) + 1) ?? t) !== null || t.number.unit === 'people') &&
      !w.has('thr:>', 'thr:>=', 'thr:<', 'thr:<=') &&
      w.has('most', 'least', 'top', 'bottom')
        ? true
        : w.near(t, (x) => ['top', 'bottom', 'most', 'least'].some((r) => x.roles.has(r)), 2) !== undefined ||
          (w.ja && w.near(t, (x) => /順/.test(x.text), 2, 'before') !== undefined)),
  );
  const rankNumber = w.tokens.find((t) => t.number?.unit === 'rank' && !w.isUsed(t));
  const rankWord = free('rankword').find((t) => !t.roles.has('empty'));
  const comparative =
    /^(?:more|less|fewer|higher|lower|bigger|larger|smaller|greater|better|first|last|max|min)$/i;
  const outright = (t: Token): boolean =>
    comparing ||
    !comparative.test(t.text) ||
    (/^(?:first|last|max|min)$/i.test(t.text) && count !== undefined);
  // the slowest, the best at it: measure and order in one word
  const both = (role: string): Token[] =>
    w
      .all(role)
      .filter((t) => w.used.get(t) === 'measures' && [...t.roles].some((r) => /^[mw]:|^busy$/.test(r)));
  const most = [...free('most', 'top').filter(outright), ...both('most')];
  const least = [...free('least', 'bottom').filter(outright), ...both('least')];
  const adjectives = free('high', 'low', 'bad');
  const likely = free('likely');
  const superlative = most.length + least.length > 0 || rankNumber || rankWord;
  const [first = 'p-late'] = measures;
  const turn = first === 'finish' ? endsAt(w) : null;
  if (turn) {
    w.take('order', ...w.all('most', 'least', 'top', 'bottom', 'high', 'low', 'next', 'latest'), count);
    return { order: { measure: null, first: turn }, limit: count?.number?.value ?? 1, rank: null };
  }
  const sorted = adjectives.some((t) => w.near(t, (x) => /順/.test(x.text), 1, 'after'));
  if (!superlative && !sorted && !(comparing && adjectives.length > 0)) {
    if (adjectives.length > 0 || likely.length > 0) w.take('order', ...adjectives, ...likely);
    return { order: null, limit: null, rank: null };
  }
  const low =
    adjectives.some((t) => t.roles.has('low')) ||
    (most.length === 0 && least.length > 0 && !adjectives.some((t) => t.roles.has('high')));
  const worst =
    [...most, ...least].find((t) => /worst|ワースト|最悪|bad/i.test(t.text)) ??
    adjectives.find((t) => t.roles.has('bad'));
  const best = [...most].find((t) => /best|ベスト|優秀/i.test(t.text));
  let ends: 'most' | 'least' = low ? 'least' : 'most';
  if (worst && !adjectives.some((t) => t.roles.has('high') || t.roles.has('low')))
    ends = means.measures.get(first)?.worse === 'low' ? 'least' : 'most';
  if (best && !adjectives.some((t) => t.roles.has('low')))
    ends = means.measures.get(first)?.worse === 'low' ? 'most' : 'least';
  if (least.some((t) => /least|bottom|下位/.test(t.text)) && !worst) ends = 'least';
  if (first === 'p-late' && positive) ends = ends === 'most' ? 'least' : 'most';
  if (w.all('w:productivity').some((t) => /slow|遅/.test(t.text))) ends = 'least';
  w.take(
    'order',
    ...most,
    ...least,
    ...adjectives,
    ...likely,
    count,
    rankNumber,
    rankWord,
    ...w.all('top', 'bottom'),
  );
  const nth = rankNumber?.number?.value ?? (rankWord ? rankOf(rankWord.text) : null);
  if (nth !== null && nth > 0) return { order: { measure: null, first: ends }, limit: null, rank: nth };
  if (comparing && !count) return { order: { measure: null, first: ends }, limit: null, rank: null };
  const whole = sorted || w.tokens.some((t) => /順/.test(t.text) && t.roles.size > 0);
  return {
    order: { measure: null, first: ends },
    limit: count?.number?.value ?? (whole ? null : 1),
    rank: null,
  };
}
const rankOf = (word: string): number =>
  /^(second|2)|runner/.test(word.toLowerCase())
    ? 2
    : /^(third|3)/.test(word.toLowerCase())
      ? 3
      : /^(fourth|4)/.test(word.toLowerCase())
        ? 4
        : 5;

/** The dimensions that are asked for (どの拠点, by site, 100件以上の拠点). */
function groupsAsked(
  w: Words,
  means: Means,
  measures: readonly string[],
  o: { cut: boolean; compared: boolean; several: Dimension | null },
): Dimension[] {
  const asked: { d: Dimension; at: number; marked: boolean }[] = [];
  const add = (t: Token, d: Dimension, marked: boolean): void => {
    w.take('by', t);
    if (!asked.some((a) => a.d === d)) asked.push({ d, at: w.index(t), marked });
  };
  const last = w.tokens.filter((t) => isDim(t) && !w.isUsed(t)).at(-1);
  const end = w.tokens.findLast((t) => !t.roles.has('empty'));
  for (const t of w.tokens) {
    const d = isDim(t);
    if (!d || w.isUsed(t)) continue;
    const beside = (role: string, side: 'before' | 'after'): Token | undefined =>
      w.near(t, (x) => x.roles.has(role), 1, side);
    const by = w.ja
      ? (beside('by', 'after') ?? beside('each', 'before'))
      : (beside('by', 'before') ?? (t.roles.has('by') ? t : undefined));
    const which =
      beside('ask:which', 'before') ??
      (w.ja ? undefined : w.near(t, (x) => x.roles.has('ask:which'), 2, 'before')) ??
      (w.ja ? undefined : beside('ask:what', 'before'));
    const all = beside('all', 'before');
    const self = /別|ごと|毎|daily|hourly|by |each|per |曜日|日にち/.test(t.text);
    // fewer people than yesterday: people are what is counted, unless the question ends in them
    const heads =
      o.compared && measures.every((m) => ['present', 'planned', 'free'].includes(m)) && t !== end;
    const counted =
      d === 'person' && (heads || w.has('howmany:people') || measures.every((m) => m === 'shortage'));
    const own =
      means.names.some((n) => n.place === d && n.side === 'where') ||
      (d === 'cell' && means.names.some((n) => n.place === 'process'));
    w.take('by', by, which);
    // items per person per hour: what it is measured in
    if (
      d === 'hour' &&
      /^per hour$/i.test(t.text) &&
      measures.some((m) => ['productivity', 'throughput'].includes(m))
    )
      w.take('measures', t);
    else if (by || self) add(t, d, true);
    else if (all) w.take('by', t, all);
    else if (counted && !which) w.take('by', t);
    else if (which) add(t, d, true);
    else if (own && d !== 'person' && !o.several) w.take('where', t);
    else if (['hour', 'day'].includes(d) && !o.cut && measures.some((m) => ['hours', 'overtime'].includes(m)))
      w.take('by', t);
    else if ((o.cut || t === last || d === 'person') && fits(means, measures, d)) add(t, d, false);
  }
  for (const { token, value } of w.like('ask:')) {
    if (w.isUsed(token)) continue;
    // which error comes up most: which line of the logs
    const line =
      value === 'which' &&
      o.cut &&
      ['m:errors', 'm:log-lines'].some((r) => w.at(w.index(token) + 1)?.roles.has(r));
    if (line && fits(means, measures, 'template')) add(token, 'template', false);
    if (line) continue;
    if (value === 'person' && measures.some((m) => fits(means, [m], 'person'))) add(token, 'person', false);
    else if (
      value === 'location' &&
      !asked.some((a) => ['location', 'process', 'cell', 'business', 'service'].includes(a.d))
    )
      add(
        token,
        measures.some((m) => ['errors', 'log-lines', 'last-line'].includes(m))
          ? 'service'
          : measures.some((m) => ['p-late', 'shortage', 'finish', 'deadline'].includes(m)) ||
              (o.cut && means.names.some((n) => n.place === 'location'))
            ? 'cell'
            : 'location',
        false,
      );
    else if (value === 'location') w.take('by', token);
    else if (value === 'when' && o.cut)
      add(token, w.tokens.some((t) => t.day && t.day.days.kind !== 'day') ? 'day' : 'hour', false);
    else if (value === 'which' && (asked.length > 0 || o.several)) w.take('by', token);
    else if (
      value === 'what' ||
      (value === 'when' && measures.some((m) => ['deadline', 'finish', 'last-line'].includes(m)))
    )
      w.take('by', token);
  }
  // 休んでいる人は？, できる人は？: the word of the measure asks for people
  const people = w.tokens.find((t) => w.used.get(t) === 'measures' && /[人者]$/.test(t.text));
  if (
    people &&
    !w.has('howmany:people', 'howmany:any') &&
    asked.length === 0 &&
    fits(means, measures, 'person')
  )
    asked.push({ d: 'person', at: w.index(people), marked: false });
  // 休んでいる全員: by name
  if (asked.length === 0 && w.has('k:everyone') && w.like('howmany:').length === 0)
    if (measures.every((m) => isOf(means, m, 'people')) && fits(means, measures, 'person'))
      asked.push({ d: 'person', at: 0, marked: false });
  // what is counted is not what it is split by: the site with the fewest people
  const heads = asked.filter(
    (a) =>
      a.d !== 'person' ||
      !asked.some(
        (b) => b.d !== 'person' && (b.marked || o.cut) && !['day', 'hour', 'weekday'].includes(b.d),
      ) ||
      a.marked,
  );
  // of late work the process alone is no place: the line of work is
  return heads.map(({ d, marked }) =>
    d === 'process' &&
    !marked &&
    o.cut &&
    measures.some((m) => isOf(means, m, 'due') || LATE.has(m)) &&
    allows(means, measures, 'cell') &&
    !means.names.some((n) => n.place === 'business')
      ? 'cell'
      : d,
  );
}
const SPEEDS: ReadonlySet<string> = new Set(['throughput', 'productivity']);
const LATE: ReadonlySet<string> = new Set(['p-late', 'shortage', 'finish', 'backlog']);
const isOf = (means: Means, id: string, what: string): boolean =>
  means.measures.get(id)?.as.has(what) ?? false;
const fits = (means: Means, measures: readonly string[], d: Dimension): boolean =>
  measures.some((m) => means.measures.get(m)?.dimensions.includes(d) ?? true);

/** Small words that only go along with what is asked. */
function license(w: Words, means: Means, measures: readonly string[], query: Query): void {
  const with_ = (...roles: readonly string[]): void => w.takeAll('measures', ...roles);
  const any = (...ids: readonly string[]): boolean => measures.some((m) => ids.includes(m));
  for (const { token } of w.like('howmany:')) if (!token.roles.has('empty')) w.take('measures', token);
  if (any('productivity', 'throughput', 'hit-rate')) with_('avg');
  with_('sum', 'unit', 'situation', 'extra', 'ref:prev');
  if (query.by.length === 0 || w.has('each')) with_('all');
  with_('all');
  if (any('forecast', 'planned', 'finish', 'p-late', 'shortage', 'deadline') || isAhead(query.window.days))
    with_('expect', 'planword');
  if (any('shortage', 'planned', 'p-late', 'free')) with_('need', 'w:shortage', 'extra');
  if (query.compare || any('present', 'finished', 'arrivals', 'hours', 'productivity')) with_('actual');
  if (measures.some((m) => isOf(means, m, 'occurs'))) with_('occur', 'arrive-verb', 'level:none');
  if (any('p-late', 'shortage', 'finish', 'deadline', 'alerts'))
    with_('ok', 'bad', 'likely', 'end', 'team-word', 'm:deadline', 'may', 'next');
  if (any('free', 'skills', 'finished', 'p-late', 'finish', 'shortage', 'hours', 'present', 'moves'))
    with_('can');
  if (any('deadline', 'alerts')) with_('next', 'now');
  if (measures.some((m) => isOf(means, m, 'people'))) {
    with_('w:present', 'm:present', 'work-verb');
    // 何人で回していますか
    if (any('present')) for (const t of w.all('moved')) if (t.flags.has('prog')) w.take('measures', t);
    for (const t of w.all('dim:person', 'ask:person')) w.take('measures', t);
  }
  if (any('finished', 'throughput', 'productivity')) with_('w:finished', 'm:finished', 'w:productivity');
  if (any('arrivals', 'forecast')) with_('w:arrivals', 'arrive-verb', 'm:arrivals', 'extra');
  if (any('backlog')) with_('w:backlog', 'extra', 'ok', 'bad', 'm:backlog');
  if (any('proposals', 'decisions', 'hit-rate'))
    with_('w:backlog', 'm:backlog', 'proposal', 'w:proposals', 'm:proposals', 'decided', 'occur');
  if (any('errors', 'log-lines', 'last-line')) with_('m:log-lines', 'dim:template', 'alive');
  if (any('moves')) {
    with_('moved', 'm:moves', 'w:moves');
    for (const t of w.all('propose', 'help-verb'))
      if (/応援|help|support/i.test(t.text)) w.take('measures', t);
  }
  if (any('overtime', 'hours')) with_('m:hours', 'm:overtime');
  // these are named as well as counted
  if (any('alerts', 'incidents')) with_('ask:which', 'ask:what');
  if (any('incidents')) with_('dim:service', 'm:incidents', 'ok', 'bad', 'fixed');
  for (const t of w.all('none')) if (measures.length > 0 && !t.roles.has('not')) w.take('measures', t);
  with_('only', 'ref:place');
}
