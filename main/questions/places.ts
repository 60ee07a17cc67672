import type { Dimension, Filter } from '../measures/contract/measures.ts';
import type { AskBack } from './contract/questions.ts';
import type { Token } from './tokens.ts';
import type { Names, Place, ReadContext } from './types.ts';
import type { Words } from './words.ts';

/** A name of the clause with what stands beside it. */
export type Placed = {
  readonly token: Token;
  readonly place: Place;
  readonly values: readonly string[];
  readonly side: 'where' | 'not' | 'from' | 'notFrom' | 'to';
};
export type Places = { readonly names: readonly Placed[]; readonly asks: readonly AskBack[] };

const JOINS = ['and', 'or', 'also'];
/** names side by side of one kind, joined by "and" or a comma, share what is said of them */
function groupsOf(w: Words): Token[][] {
  const groups: Token[][] = [];
  let last: Token | null = null;
  for (const t of w.tokens) {
    if (!t.name) continue;
    const between = last ? w.tokens.slice(w.index(last) + 1, w.index(t)) : [];
    const joined =
      last?.name?.place === t.name.place &&
      between.length <= 2 &&
      (between.length > 0 || t.after !== null || /[・、,&＆\s]/.test(w.text.slice(last.to, t.from))) &&
      between.every((b) => JOINS.some((r) => b.roles.has(r)) || b.roles.has(`dim:${t.name?.place}`));
    if (joined) groups.at(-1)?.push(t);
    else groups.push([t]);
    last = t;
  }
  return groups;
}

const isGap = (t: Token): boolean =>
  t.roles.has('empty') ||
  ['also', 'to', 'from'].some((r) => t.roles.has(r)) ||
  [...t.roles].some((r) => r.startsWith('dim:') || r === 'only' || r === 'all' || r === 'unit');
/** what help is called, between where it comes from and the word that refuses it (大阪からの応援は避けて) */
const ofHelp = (t: Token): boolean =>
  isGap(t) || ['moved', 'propose', 'help-verb', 'ask:person', 'm:moves', 'run'].some((r) => t.roles.has(r));
/** the first word beside a group that is no particle and no noun of its own */
function beside(
  w: Words,
  group: readonly Token[],
  fits: (t: Token) => boolean,
  side: 'before' | 'after',
  reach: number,
  over: (t: Token) => boolean = isGap,
): Token | undefined {
  const step = side === 'after' ? 1 : -1;
  const edge = side === 'after' ? group.at(-1) : group[0];
  if (!edge) return undefined;
  for (let i = w.index(edge) + step, n = 0; n < reach; i += step, n++) {
    const t = w.at(i);
    if (!t || t.name || (side === 'after' ? t.after === 'end' : w.at(i + 1)?.after === 'end'))
      return undefined;
    if (fits(t)) return t;
    if (!over(t)) return undefined;
  }
  return undefined;
}
/** "but" leaves out only after "everything"; elsewhere it joins */
const negates = (w: Words, t: Token): boolean =>
  t.roles.has('not') &&
  !t.roles.has('right') &&
  (!/^but$/i.test(t.text) || w.at(w.index(t) - 1)?.roles.has('all') === true);
const keeps = (t: Token): boolean =>
  (t.roles.has('keep') && (t.flags.has('neg') || !t.flags.has('ask') || t.roles.has('keep'))) ||
  (t.roles.has('moved') && t.flags.has('neg') && !t.flags.has('can'));

/** "two people leave Sapporo": somebody leaves, nobody is told to leave it alone */
const subjectOf = (w: Words, t: Token): boolean => {
  const before = w.at(w.index(t) - 1);
  return (
    /^leaves?$/i.test(t.text) && (before?.number !== undefined || before?.roles.has('dim:person') === true)
  );
};
/** said after the name: Morioka aside */
const AFTER = /^(?:aside|excluded|excepted)$/i;
/** said after the name: keep Morioka untouched */
const STAYS = /untouched|alone|in place|where|stay|as is|as it is/i;

/** Which side each name is on. `moving`: から and from tell where help comes from. */
export function placesOf(w: Words, moving: boolean, context: ReadContext): Places {
  const asks: AskBack[] = [];
  const names: Placed[] = [];
  const groups = groupsOf(w);
  const sites = groups
    .flat()
    .filter((t) => t.name?.place === 'location')
    .flatMap((t) => t.name?.values ?? []);
  for (const group of groups) {
    const last = group.at(-1);
    if (!last?.name) continue;
    const unable = w.ja
      ? beside(w, group, (t) => t.roles.has('can') && t.flags.has('neg'), 'after', 3)
      : undefined;
    const away = w.ja
      ? beside(w, group, (t) => t.roles.has('from') && /から|より/.test(t.text), 'after', 3)
      : beside(w, group, (t) => t.roles.has('from'), 'before', 2);
    const refused =
      moving && away && last.name.place !== 'person'
        ? beside(w, group, (t) => negates(w, t), w.ja ? 'after' : 'before', 6, ofHelp)
        : undefined;
    const not = w.ja
      ? (beside(w, group, (t) => negates(w, t), 'after', 4) ??
        (moving ? beside(w, group, keeps, 'after', 5) : undefined) ??
        unable ??
        refused)
      : (beside(w, group, (t) => negates(w, t) && !AFTER.test(t.text), 'before', 4) ??
        beside(w, group, (t) => AFTER.test(t.text), 'after', 2) ??
        (moving
          ? (beside(w, group, (t) => t.roles.has('keep') && !subjectOf(w, t), 'before', 3) ??
            beside(
              w,
              group,
              (t) => t.roles.has('keep') && STAYS.test(t.text) && !/^stays$/i.test(t.text),
              'after',
              2,
            ))
          : undefined) ??
        refused);
    const toward = w.ja
      ? beside(w, group, (t) => t.roles.has('to') && /へ|に/.test(t.text), 'after', 2)
      : beside(w, group, (t) => t.roles.has('to'), 'before', 2);
    const place = last.name.place;
    // could Morioka lend somebody to Sapporo?
    const gives =
      moving && !w.ja && place === 'location'
        ? beside(w, group, (t) => /^(?:lend|spare|give|send)s?$/i.test(t.text), 'after', 1)
        : undefined;
    // 大阪の人だけで: only they give people
    const own =
      moving &&
      w.ja &&
      (place === 'location' || place === 'process') &&
      beside(w, group, (t) => t.roles.has('dim:person'), 'after', 2)
        ? beside(w, group, (t) => t.roles.has('only'), 'after', 4)
        : undefined;
    const side = not
      ? moving && place !== 'person' && (keeps(not) || not.roles.has('keep') || away)
        ? 'notFrom'
        : 'not'
      : moving && (away || own || gives)
        ? 'from'
        : moving && toward
          ? 'to'
          : 'where';
    w.take(side, not);
    // leaving auth out
    const out = w.at(w.index(last) + 1);
    if (not && /^(?:leav|keep|tak)/i.test(not.text) && out && /^(?:out|aside|off)$/i.test(out.text))
      w.take(side, out);
    if (moving) w.take(side, away, toward);
    for (const token of group) {
      const values = resolved(token, sites, context, asks);
      w.take(side, token);
      if (values.length > 0) names.push({ token, place, values, side });
      for (const t of w.tokens)
        if (
          nounOf(t, place) &&
          [w.index(token) - 1, w.index(token) + 1, w.index(token) - 2].includes(w.index(t)) &&
          !t.flags.size
        ) {
          const other = w.index(t) === w.index(token) - 2 && !w.at(w.index(token) - 1)?.roles.has('empty');
          if (!other && !w.has('by')) w.take(side, t);
        }
    }
  }
  for (const { token, value } of w.like('level:')) {
    w.take('where', token);
    const not = beside(w, [token], (t) => negates(w, t), w.ja ? 'after' : 'before', 3);
    w.take('not', not);
    names.push({ token, place: 'level', values: [value], side: not ? 'not' : 'where' });
  }
  return { names, asks };
}
const nounOf = (t: Token, place: Place): boolean =>
  t.roles.has(`dim:${place}`) || (place === 'service' && t.roles.has('dim:service'));

/** One person where a family name has several: the one of the named site, or the one the proposals move. Else it is asked. */
function resolved(
  token: Token,
  sites: readonly string[],
  context: ReadContext,
  asks: AskBack[],
): readonly string[] {
  const { name } = token;
  if (!name || name.values.length < 2 || name.stem) return name?.values ?? [];
  if (name.place === 'person') {
    const moved = context.proposals[0]?.people ?? [];
    for (const fits of [
      (id: string) => moved.includes(id),
      (id: string) => sites.includes(personOf(context.names, id)?.site ?? ''),
    ]) {
      const some = name.values.filter(fits);
      if (some.length === 1) return some;
    }
  }
  const label = (value: string): string =>
    name.place === 'person'
      ? (personOf(context.names, value)?.name ?? value)
      : name.place === 'business'
        ? businessName(context.names, value)
        : value;
  asks.push({
    start: token.from,
    end: token.to,
    about: name.place,
    choices: name.values.slice(0, 12).map((v) => ({ label: label(v), text: label(v) })),
  });
  return [];
}
export const personOf = (names: Names, id: string): Names['people'][number] | undefined =>
  names.people.find((p) => p.id === id);
export const businessName = (names: Names, id: string): string =>
  names.businesses.find((b) => b.id === id)?.name ?? id;

/** The filters of a clause: values of one dimension together, the excluded ones apart. */
export function filtersOf(
  places: readonly Placed[],
  sides: readonly Placed['side'][] = ['where', 'to', 'from'],
): Filter[] {
  const filters: Filter[] = [];
  for (const not of [false, true])
    for (const dimension of ['location', 'business', 'process', 'person', 'service', 'level'] as const) {
      const of = (wanted: readonly Placed['side'][]): string[] =>
        places.filter((p) => p.place === dimension && wanted.includes(p.side)).flatMap((p) => p.values);
      // Sasebo, no, not Sasebo, Sapporo: taken back
      const out = of(['not']);
      const values = [...new Set(not ? out : of(sides).filter((v) => !out.includes(v)))];
      if (values.length > 0) filters.push({ dimension: dimension as Dimension, values, not });
    }
  return filters;
}
export const valuesOf = (
  places: readonly Placed[],
  place: Place,
  ...sides: readonly Placed['side'][]
): string[] => [
  ...new Set(places.filter((p) => p.place === place && sides.includes(p.side)).flatMap((p) => p.values)),
];
