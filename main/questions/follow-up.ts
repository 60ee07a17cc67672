import type { Filter, Query } from '../measures/contract/measures.ts';
import type { Plan } from './contract/questions.ts';
import { limitsOf } from './limits.ts';
import { filtersOf, valuesOf } from './places.ts';
import { isDim, type Means, readMeasure } from './read-measure.ts';
import { readSuppose } from './read-suppose.ts';
import type { ReadContext } from './types.ts';
import { windowOf } from './windows.ts';
import type { Words } from './words.ts';

/** ref:set: 「その中で」 is of those that were asked for before, with what is asked now beside it */
const amongThem = (query: Query, said: Query): string[] => [
  ...new Set([...query.measures, ...said.measures]),
];
/** What is named now takes the place of what was named of that kind before. */
export function overlaid(before: readonly Filter[], now: readonly Filter[]): Filter[] {
  const said = new Set(now.map((f) => f.dimension));
  return [...before.filter((f) => !said.has(f.dimension)), ...now];
}

const SMALL = [
  'ref:prev',
  'only',
  'ref:place',
  'ref:set',
  'if',
  'now',
  'latest',
  'all',
  'ask:what',
  'situation',
  'ok',
  'dim:person',
  'dim:location',
  'dim:process',
  'dim:business',
  'card:this',
  'unit',
  'w:present',
  'can',
  'occur',
  'also',
  'expect',
  'w:proposals',
  'proposal',
  'planword',
];

const PLACE = /^(?:とこ|ところ|箇所)/;

/** じゃあ横浜は？, and yesterday?, 3名以内で: the question before with what is said now in its place. */
export function readFollowUp(
  w: Words,
  means: Means,
  context: ReadContext,
  previous: Plan | null,
): Plan | null {
  if (!previous) return null;
  const { names } = means;
  const small = (): void => {
    w.takeAll('carried', ...SMALL);
    for (const t of w.flagged('if')) w.take('carried', t);
  };
  // what can we do about it? of what is late
  if (w.has('what-to-do') && ['measure', 'why', 'what-if'].includes(previous.act)) {
    const late =
      previous.act !== 'measure' ||
      ['p-late', 'shortage', 'finish', 'backlog'].includes(previous.query.measures[0] ?? '');
    const before =
      previous.act === 'measure' ? previous.query.where : 'where' in previous ? previous.where : [];
    if (late && before.some((f) => f.dimension === 'location' && !f.not)) {
      small();
      w.takeAll('act', 'what-to-do', 'm:p-late', 'end', 'card:this', 'bad');
      return { act: 'propose', where: overlaid(before, filtersOf(names)), limits: limitsOf(w, names, false) };
    }
  }
  switch (previous.act) {
    case 'measure': {
      const { query } = previous;
      const among = w.has('ref:set');
      const fresh = among ? readMeasure(w, means) : null;
      const now = fresh ?? readMeasure(w, means, query.measures.slice());
      if (!now) return null;
      small();
      const said = now.query;
      const order = said.order ?? query.order;
      // the place with the most: of those told before
      const anyPlace = said.by.length === 1 && said.by[0] === 'cell' && query.by.length > 0;
      const asksOnlyWho = said.by.length > 0 && !(anyPlace && w.tokens.some((t) => PLACE.test(t.text)));
      // a rank or a superlative alone is of the same groups
      const next: Query = {
        ...query,
        measures: fresh ? amongThem(query, fresh.query).slice(0, 6) : query.measures,
        // by site, after one site: of all of them
        where: overlaid(
          query.where.filter((f) => f.not || f.values.length > 1 || !said.by.includes(f.dimension)),
          said.where,
        ),
        by: asksOnlyWho ? said.by : query.by,
        order,
        limit: said.order ? said.limit : query.limit,
        rank: said.order ? said.rank : query.rank,
        thresholds:
          said.thresholds.length > 0
            ? said.thresholds.map((t) => ({ ...t, measure: query.thresholds[0]?.measure ?? t.measure }))
            : query.thresholds,
        window:
          w.tokens.some((t) => t.day || t.time) || w.like('part:').length > 0
            ? { ...said.window, days: said.window.days.kind === 'now' ? query.window.days : said.window.days }
            : query.window,
        compare: said.compare ?? (w.tokens.some((t) => t.day) ? null : query.compare),
      };
      const plain =
        said.where.length > 0 ||
        asksOnlyWho ||
        said.order !== null ||
        said.thresholds.length > 0 ||
        said.compare !== null ||
        JSON.stringify(next.window) !== JSON.stringify(query.window) ||
        w.has('ref:prev') ||
        // how many is that? of those told before
        (w.like('howmany:').length > 0 && w.has('card:this', 'ref:set'));
      return plain ? { act: 'measure', query: next } : null;
    }
    case 'why': {
      const where = filtersOf(names);
      const window = windowOf(w, { ahead: false, timed: true });
      small();
      return where.length > 0 || w.tokens.some((t) => t.day)
        ? {
            ...previous,
            where: overlaid(previous.where, where),
            window: w.tokens.some((t) => t.day || t.time) ? window : previous.window,
          }
        : null;
    }
    case 'improve':
    case 'how-to': {
      const where = filtersOf(names);
      small();
      return where.length > 0 ? { ...previous, where: overlaid(previous.where, where) } : null;
    }
    case 'propose':
    case 'tomorrow': {
      const refers = w.all('ref:person');
      const people = [
        ...valuesOf(names, 'person', 'where', 'not', 'notFrom'),
        ...(refers.length > 0 ? (context.proposals[0]?.people ?? []) : []),
      ];
      w.take('limits', ...refers);
      const limits = limitsOf(w, names, previous.act === 'tomorrow');
      const where = filtersOf(
        names.filter((n) => n.place !== 'person'),
        ['where', 'to'],
      ).filter((f) => !f.not);
      const days =
        previous.act === 'tomorrow' && w.tokens.some((t) => t.day)
          ? windowOf(w, { ahead: true, timed: true })
          : null;
      w.takeAll(
        'limits',
        'not',
        'moved',
        'propose',
        'keep',
        'fewer',
        'm:p-late',
        'end',
        'help-verb',
        'card:other',
      );
      small();
      const merged = { ...previous.limits };
      for (const [key, value] of Object.entries(limits) as [keyof typeof limits, never][])
        if (Array.isArray(value) ? (value as unknown[]).length > 0 : value) merged[key] = value;
      merged.keep = [...new Set([...previous.limits.keep, ...limits.keep, ...people])];
      const changed =
        where.length > 0 || days !== null || JSON.stringify(merged) !== JSON.stringify(previous.limits);
      if (!changed) return null;
      return previous.act === 'tomorrow'
        ? {
            ...previous,
            where: overlaid(previous.where, where),
            limits: merged,
            window: days ?? previous.window,
          }
        : { ...previous, where: overlaid(previous.where, where), limits: merged };
    }
    case 'what-if': {
      const now = readSuppose(w, names, { carried: true, heard: false });
      const where = filtersOf(
        names.filter((n) => n.place !== 'person'),
        ['where', 'to'],
      );
      small();
      const count = now ? null : w.tokens.find((t) => t.number && !w.isUsed(t));
      const [first] = previous.suppose;
      const [said] = now?.suppose ?? [];
      // 3人なら？: as many of what was supposed before
      const bare = !w.has('more', 'fewer', 'm:absent', 'moved', 'extra', 'minus');
      if (bare && first && said && 'amount' in first && 'amount' in said && first.what === said.what)
        return {
          ...previous,
          suppose: [{ ...first, amount: Math.sign(first.amount) * Math.abs(said.amount) }],
          where: overlaid(previous.where, where),
        };
      if (count?.number && first && 'amount' in first) {
        w.take('suppose', count);
        const amount =
          Math.sign(first.amount) *
          (count.number.unit === 'percent' ? count.number.value / 100 : count.number.value);
        return { ...previous, suppose: [{ ...first, amount }], where: overlaid(previous.where, where) };
      }
      if (!now && where.length === 0) return null;
      return {
        ...previous,
        suppose: now?.suppose ?? previous.suppose,
        where: overlaid(previous.where, where),
      };
    }
    case 'logs':
    case 'decisions': {
      const where = filtersOf(names);
      const window = windowOf(w, { ahead: false, timed: true });
      const days = w.tokens.some((t) => t.day || t.time);
      small();
      return where.length > 0 || days
        ? { ...previous, where: overlaid(previous.where, where), window: days ? window : previous.window }
        : null;
    }
    default:
      return null;
  }
}
export { isDim };
