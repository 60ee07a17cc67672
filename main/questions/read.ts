import type { Filter, MeasureInfo } from '../measures/contract/measures.ts';
import { OTHERS, type Parts, withoutAsides } from './asides.ts';
import type { AskBack, Plan, Reading, Span } from './contract/questions.ts';
import { PLAN_VERSION } from './contract/questions.ts';
import { createFindNames, type FindNames } from './find-names.ts';
import { overlaid, readFollowUp } from './follow-up.ts';
import { FORM_TRIES, type Seen, type Try } from './forms.ts';
import kinds from './grammar/kinds.json' with { type: 'json' };
import { createLexicon } from './lexicon.ts';
import { createLikely, type Likely, type LikelyOf, SURE, UNTOLD } from './likely.ts';
import { filtersOf, placesOf } from './places.ts';
import { readLogs } from './read-logs.ts';
import { isDim, type Means, readMeasure } from './read-measure.ts';
import { readSuppose } from './read-suppose.ts';
import { type Spoken, spokenOf } from './spoken.ts';
import { plainWords, type Token, tokensOf } from './tokens.ts';
import type { Names, ReadContext, Reader } from './types.ts';
import { isNeutral, Words } from './words.ts';

type Attempt = {
  readonly plan: Plan;
  readonly w: Words;
  readonly asks: readonly AskBack[];
  readonly left: number;
  /** how likely the examples ask for this */
  readonly chance: number;
  /** only examples ask for it, no word of the tables */
  readonly heard: boolean;
  /** readings that are nearly as good, of something else */
  readonly rivals: readonly Attempt[];
};
/** the field of words that only examples hold */
const HEARD = 'examples';
type Clause = { readonly tokens: readonly Token[]; readonly attempt: Attempt | null };
const one = (
  price: number,
  moving: boolean,
  read: (seen: Seen, previous: Plan | null) => Plan | null,
): Try => ({
  moving,
  read(seen, previous) {
    const plan = read(seen, previous);
    return plan ? [{ plan, w: seen.w, price }] : [];
  },
});
/** the words of a follow-up say little of what is asked: how likely it is does not count */
const FOLLOW_UP = 0.6;
/** what a reading costs that the examples speak against, beside a word left over */
const WEIGHT = 0.35;
/** know-how takes every word: so much it costs where the examples surely ask for something else */
const OVERRULED = 2;
/** so much costs any other reading then */
const UNLIKE = 1;
/** what examples say so surely, no rule says better */
const CERTAIN = 0.9;
/** two readings compete that are so near, or where the examples speak for the other, at least this surely */
const NEAR = 0.3;
const NEAR_IF_LIKELIER = 1;
const RIVALS = 3;
/** nobody is helped by these instead of an answer */
const NO_RIVAL: ReadonlySet<Plan['act']> = new Set(['small-talk', 'out-of-scope']);
/** Every way to read a clause: the forms of the table, and those whose plan is made of quantities. */
const TRIES: readonly Try[] = [
  ...FORM_TRIES,
  one(0.2, true, ({ w, means, likely }) =>
    readSuppose(w, means.names, { carried: false, heard: likely.chance('what-if') >= AGREED }),
  ),
  one(0.3, false, ({ w, means, likely }) =>
    readLogs(w, means.names, likely.chance('logs') >= AGREED && !w.has('most', 'least', 'by')),
  ),
  one(0.42, false, ({ w, means }) => readMeasure(w, means)),
  {
    moving: false,
    read: ({ w, means, likely }) =>
      likely.of
        .filter(({ chance }) => chance >= SURE)
        .flatMap(({ label, chance }) => {
          const [act, id = 'p-late'] = label.split(':');
          const own = w.copy();
          const plan = act === 'measure' || act === 'situation' ? readMeasure(own, means, [id]) : null;
          return plan ? [{ plan, w: own, price: UNTOLD + (1 - chance) / 2, heard: true }] : [];
        }),
  },
  one(FOLLOW_UP, true, ({ w, means, context }, previous) => readFollowUp(w, means, context, previous)),
];

export function createReader(options: { readonly measures: readonly MeasureInfo[] }): Reader {
  const vocabulary = spokenOf(options.measures);
  const lexicon = createLexicon(vocabulary);
  const measures = new Map(vocabulary.map((m) => [m.id, m]));
  const likelyOf = createLikely((text) => kindsOf(plainWords(text, lexicon)));
  let known: { readonly names: Names; readonly key: string; readonly find: FindNames } | null = null;
  const findIn = (names: Names): FindNames => {
    if (known?.names === names) return known.find;
    const key = JSON.stringify(names);
    if (known?.key !== key) known = { names, key, find: createFindNames(names) };
    else known = { ...known, names };
    return known.find;
  };

  return {
    read(text, context) {
      const tokens = kindsOf(
        tokensOf(text, {
          findNames: findIn(context.names),
          lexicon,
          today: context.today,
          minute: context.minute,
        }),
      );
      const ja = isJapanese(text, tokens, context.lang);
      const attemptAt = (part: readonly Token[], previous: Plan | null): Attempt | null =>
        best({ part, ja, text, measures, context, previous, likelyOf });
      const last = context.previous?.plans.at(-1) ?? null;
      const whole = clausesOf(tokens, last, attemptAt, measures);
      const sides = withoutAsides(tokens, text, ja);
      const chosen = sides
        ? withAsides(whole, sides, clausesOf(sides.core, last, attemptAt, measures), context)
        : { clauses: whole, aside: [] };
      const clauses = chosen.clauses.map(
        ({ tokens: part, attempt }, i): Clause => ({
          tokens: part,
          attempt: attempt && i === 0 ? carried(attempt, last, context, part) : attempt,
        }),
      );
      for (const { tokens: part, attempt } of clauses)
        if (attempt) forgive(attempt, likelyOf(part, text, ja));
      const asks = clauses.flatMap(
        ({ tokens: part, attempt }) =>
          attempt?.asks ?? placesOf(new Words(part, ja, text), false, context).asks,
      );
      return readingOf({
        text,
        lang: ja ? 'ja' : 'en',
        clauses,
        tokens,
        asks,
        context,
        vocabulary,
        aside: chosen.aside,
      });
    },
  };
}

const KINDS = Object.entries(kinds).map(([role, written]) => [role, new RegExp(written, 'i')] as const);
/** Words told apart by how they are written; 回しています is going on, as one verb would be. */
const kindsOf = (tokens: readonly Token[]): Token[] =>
  tokens.map((t, i) => {
    if (isOccasion(tokens, i)) {
      const { from, to, text, after, used } = t;
      return { from, to, text, after, used, unknown: false, roles: EMPTY, flags: NO_FLAGS };
    }
    const more =
      t.roles.size > 0 ? KINDS.filter(([, written]) => written.test(t.text)).map(([role]) => role) : [];
    const goesOn = t.flags.has('te') && /^い(?:る|ま|て)/.test(tokens[i + 1]?.text ?? '');
    if (more.length === 0 && !goesOn) return t;
    return {
      ...t,
      roles: new Set([...t.roles, ...more]),
      flags: goesOn ? new Set([...t.flags, 'prog']) : t.flags,
    };
  });

const EMPTY: ReadonlySet<string> = new Set(['empty']);
const NO_FLAGS: ReadonlySet<string> = new Set();
/** What a question is for asks nothing: a part before its last one that tells of a meeting or a report, and the time of one. */
function isOccasion(tokens: readonly Token[], i: number): boolean {
  const t = tokens[i];
  if (!t || t.name || t.unknown) return false;
  if (t.time && tokens[i + 1]?.roles.has('event')) return true;
  const end = tokens.findIndex((x, n) => n > i && x.after !== null);
  if (end < 0) return false;
  const start = tokens.findLastIndex((x, n) => n <= i && x.after !== null);
  return tokens.slice(Math.max(0, start), end).some((x) => x.roles.has('event'));
}

function isJapanese(text: string, tokens: readonly Token[], lang: 'ja' | 'en'): boolean {
  let rest = text;
  for (const t of [...tokens].reverse()) if (t.name) rest = rest.slice(0, t.from) + rest.slice(t.to);
  if (/[ぁ-んァ-ヶ\p{Script=Han}]/u.test(rest)) return true;
  return /[a-z]{2}/i.test(rest) ? false : lang === 'ja';
}

function best(o: {
  readonly part: readonly Token[];
  readonly ja: boolean;
  readonly text: string;
  readonly measures: Means['measures'];
  readonly context: ReadContext;
  readonly previous: Plan | null;
  readonly likelyOf: LikelyOf;
}): Attempt | null {
  const { part, ja, text, measures, context, previous } = o;
  const tried: (Attempt & { readonly price: number; readonly told: string })[] = [];
  const own = part.length > 0 ? text.slice(part[0]?.from ?? 0, part.at(-1)?.to ?? 0) : '';
  const seen = [false, true].map((moving) => {
    const w = new Words(part, ja, text);
    return { w, places: placesOf(w, moving, context) };
  });
  const likely = o.likelyOf(part, text, ja);
  for (const { moving, read } of TRIES) {
    const { w: placed, places } = seen[moving ? 1 : 0] as (typeof seen)[number];
    const means = { measures, names: places.names };
    for (const { plan, w, price: base, heard = false } of read(
      { w: placed.copy(), means, context, likely },
      previous,
    )) {
      takeHeard(w, plan, likely);
      const labels = labelsOf(plan);
      const chance = likely.chance(...labels);
      const left =
        w.left().length +
        (clashes(plan, measures) || (base !== FOLLOW_UP && isOneOf(plan, w, likely)) ? 1 : 0);
      // the examples know nothing of the proposal that is talked about
      const ofCard = plan.act === 'about-card' && context.proposals.length > 0;
      const against = base === FOLLOW_UP || ofCard ? 0 : -Math.log(chance + 0.02);
      const [top] = likely.of;
      const unlike = top !== undefined && top.chance >= CERTAIN && !labels.includes(top.label) && against > 0;
      const overruled = !unlike ? 0 : plan.act === 'how-to' ? OVERRULED : UNLIKE;
      tried.push({
        plan: plan.act === 'how-to' ? { ...plan, topic: own.slice(0, 400) } : plan,
        w,
        asks: places.asks,
        left,
        rivals: [],
        price: left + (base + WEIGHT * against) + overruled,
        told: labels.join(),
        chance,
        heard,
      });
    }
  }
  // of equals the first
  const [winner, ...others] = tried.sort((a, b) => a.price - b.price);
  if (!winner) return null;
  const near = others.filter(
    (o) =>
      o.left <= winner.left &&
      !NO_RIVAL.has(o.plan.act) &&
      o.price - winner.price <= (o.chance >= winner.chance ? NEAR_IF_LIKELIER : NEAR),
  );
  const rivals = [...Map.groupBy(near, ({ told }) => told)].flatMap(([told, [first]]) =>
    first && told !== winner.told ? [first] : [],
  );
  return { ...winner, rivals: rivals.slice(0, RIVALS) };
}

const labelsOf = (plan: Plan): string[] =>
  plan.act === 'measure'
    ? plan.query.measures.flatMap((m) =>
        // lateness that is told brings a proposal as well
        m === 'p-late' ? ['measure:p-late', 'situation', 'propose'] : [`measure:${m}`],
      )
    : [plan.act];
/** Two measures that nothing joins are one, where the examples say so: the overtime that has piled up. */
const isOneOf = (plan: Plan, w: Words, likely: Likely): boolean =>
  plan.act === 'measure' &&
  plan.query.measures.length === 2 &&
  !w.has(...JOINING) &&
  !w.tokens.some((t, i) => i > 0 && t.after !== null && w.used.get(t) === 'measures') &&
  (likely.of[0]?.chance ?? 0) >= AGREED &&
  plan.query.measures.some((m) => likely.of[0]?.label === `measure:${m}`);
const JOINING = ['and', 'split', 'also', 'cmp', 'than', 'thr:>', 'thr:<'];
/** roles that say how a figure is cut or what may not be done: no example stands in for them */
const CUTS =
  /^(?:cmp|than|thr|most|least|top|bottom|not|none|only|cap|exactly|veteran|novice|near|keep|by|each|from|to|more|fewer|high|low|trend|if|and|or|split|ref|rankword|samesite|card|narrow)(?::|$)/;
/** a name, a quantity, a not: nothing stands in for it */
const isFixed = (t: Token): boolean => !!(t.name || t.number || t.time || t.day || t.flags.has('neg'));
const cuts = (t: Token, labels: readonly string[], certain = false): boolean =>
  [...t.roles].some(
    (r) => CUTS.test(r) || (!certain && /^[mp]:/.test(r) && !labels.includes(`measure:${r.slice(2)}`)),
  );
/** what a figure is to be split by, where it is not */
const isSplit = (t: Token, plan: Plan): boolean =>
  plan.act === 'measure' && plan.query.by.length === 0 && isDim(t) !== null;
/** Words left over that the examples of what is asked hold, and small words that are in examples of everything. */
function takeHeard(w: Words, plan: Plan, likely: Likely): void {
  const labels = labelsOf(plan);
  const certain = plan.act === 'measure' && !w.has(...JOINING) && likely.chance(...labels) >= AGREED;
  for (const t of w.left()) {
    if (isFixed(t) || cuts(t, labels, certain) || (t.unknown && narrows(t, w))) continue;
    if (isSplit(t, plan)) continue;
    const small = t.roles.size === 0 && likely.isFiller(t);
    if (small || likely.support(t, labels[0] ?? '') > 0) w.take(HEARD, t);
  }
}

/** Tables and examples agree on what is asked from this chance on: verbs beside that nobody knows are forgiven. */
const AGREED = 0.6;
/** an act other than a figure asks for no more than itself */
const LEANS = 0.4;
const BE = /(?:^|\s|')(?:is|are|was|were|be|been|being|s|re)$/i;
const BEFORE_VERB = /(?:^|\s)(?:i|we|you|they|to|can|could|should|would|will|did|does|do|please)$/i;
/**
 * An unknown verb says how something is, an unknown noun or property what is asked of: 積んである, Morioka struggled; but not 特急の分,
 * refrigerated items. Told by the ending and by what stands beside.
 */
function saysHow(t: Token, w: Words): boolean {
  if (w.ja) return /[ぁ-ん]{2}(?<![のな])$|\p{Script=Han}[ぁ-ん](?<![のな])$/u.test(t.text);
  const [before, after] = [w.at(w.index(t) - 1), w.at(w.index(t) + 1)];
  const ends = !after || after.after !== null || after.roles.has('empty');
  if (/ly$/.test(t.text)) return true;
  if (!ends) return false;
  if (/ing$/.test(t.text)) return true;
  if (/ed$/.test(t.text)) return before !== undefined && !BE.test(before.text);
  return !before || BEFORE_VERB.test(before.text);
}
/** Whether an unknown word stands where it would narrow a noun of ours: urgent items, 特急の分. */
function narrows(t: Token, w: Words): boolean {
  const after = w.at(w.index(t) + 1);
  if (!after || after.after !== null) return false;
  if (/^[のな]$/.test(after.text)) return true;
  return [...after.roles].some((r) => /^(?:[mwp]:|dim:|unit$)/.test(r));
}
/** mail-gateway: a name, of nothing here */
const OF_A_SYSTEM = /^[a-z]+(?:-[a-z]+)+$/i;
/** roles of words that say how a figure comes about, and are no figure of their own; beside another act there is no more to ask */
const SAYS_HOW =
  /^(?:moved|help-verb|propose-verb|improve-verb|occur|arrive-verb|work-verb|fixed|ok|bad|situation|extra|unit|end|can|need|actual|expect|likely|may|but|ref:prev|alive|propose|define)$/;
/** a plan that moves people keeps its limits, whatever else is said of it */
const BOUNDS =
  /^(?:not|none|only|cap|exactly|veteran|novice|near|keep|samesite|narrow|[mp]:.*|thr:.*|more|fewer|most|least)$/;
/** these tell what is written or known of a place: what else is said of it narrows nothing */
const TELLS: ReadonlySet<Plan['act']> = new Set(['why', 'improve', 'logs', 'decisions', 'help']);
/** What nobody took of the reading that won, where tables and examples agree on what is asked. */
function forgive({ w, plan }: Attempt, likely: Likely): void {
  const figure = plan.act === 'measure';
  const tells = TELLS.has(plan.act);
  // of these some may be meant, or the most frequent
  const listed = plan.act === 'logs' || plan.act === 'decisions';
  const labels = labelsOf(plan);
  const chance = likely.chance(...labels);
  if (chance < (figure ? AGREED : LEANS)) return;
  const certain = chance >= CERTAIN;
  const holds = (t: Token): boolean =>
    tells
      ? t.roles.has('not') ||
        t.roles.has('only') ||
        t.roles.has('narrow') ||
        (listed && cuts(t, labels, true))
      : figure || plan.act === 'what-if'
        ? cuts(t, labels, certain)
        : [...t.roles].some((r) => BOUNDS.test(r));
  for (const t of w.left()) {
    if (isFixed(t) || holds(t) || (t.unknown && OF_A_SYSTEM.test(t.text)) || (certain && isSplit(t, plan)))
      continue;
    const small = !figure || [...t.roles].every((r) => SAYS_HOW.test(r)) || (certain && !narrows(t, w));
    const strange = saysHow(t, w) || ((tells ? certain : likely.isHeard(t)) && !narrows(t, w));
    if (t.unknown ? strange : small) w.take(HEARD, t);
  }
}

const OF_LOGS: ReadonlySet<string> = new Set(['service', 'level']);
/**
 * Several measures of which one cannot be split or narrowed as asked are questions of their own; warnings of a service are no
 * alerts, which have none.
 */
const clashes = (plan: Plan, measures: Means['measures']): boolean =>
  plan.act === 'measure' &&
  plan.query.measures.some((m) =>
    [...plan.query.by, ...plan.query.where.map((f) => f.dimension)].some(
      (d) =>
        (plan.query.measures.length > 1 || OF_LOGS.has(d)) &&
        measures.get(m)?.dimensions.includes(d) === false,
    ),
  );

/** Parts the question where both sides ask something of their own; a later part takes over the places of the one before. */
function clausesOf(
  tokens: readonly Token[],
  previous: Plan | null,
  attemptAt: (part: readonly Token[], previous: Plan | null) => Attempt | null,
  measures: Means['measures'],
): Clause[] {
  const whole = attemptAt(tokens, previous);
  const cuts = tokens.flatMap((t, i) =>
    i > 0 &&
    (t.after !== null ||
      t.roles.has('split') ||
      t.roles.has('and') ||
      tokens[i - 1]?.roles.has('split') ||
      (tokens[i - 1]?.flags.has('te') && t.after === 'comma'))
      ? [i]
      : [],
  );
  let found: { clauses: Clause[]; left: number } | null = null;
  for (const cut of cuts) {
    const first = attemptAt(tokens.slice(0, cut), previous);
    const second = attemptAt(tokens.slice(cut), first?.plan ?? null);
    const alone =
      second && (asksAlone(second) || (first && asked(tokens, cut) && asksOfNames(second, first.plan)));
    if (!first || !second || first.heard || second.heard || !asksAlone(first) || !alone) continue;
    const left = first.left + second.left;
    const strong = tokens[cut]?.after === 'end';
    const fewer =
      whole === null ||
      left < whole.left ||
      (left === whole.left &&
        strong &&
        differs(first.plan, second.plan) &&
        // 人のせい？システムのせい？ is one question
        !(whole.plan.act === 'why' && second.plan.act === 'why' && whereOf(second.plan)?.length === 0)) ||
      (left === whole.left && worthTwo(first, second, whole));
    if (!fewer || (found && found.left <= left)) continue;
    const [a, b] = [tokens.slice(0, cut), tokens.slice(cut)];
    const joint = ofTheFirst(first, second, measures);
    if (joint) {
      for (const [t, field] of second.w.used) first.w.used.set(t, field);
      found = { clauses: [{ tokens, attempt: { ...first, plan: joint, left, rivals: [] } }], left };
      continue;
    }
    const later = splitAlike(inherited(second.plan, first.plan, b), first.plan, asked(tokens, cut));
    // how many are present and how many were planned in Osaka: the place is of both
    const and = tokens[cut]?.after !== 'end' && first.plan.act === 'measure' && second.plan.act === 'measure';
    const plan =
      and && (whereOf(first.plan)?.length ?? 0) === 0 ? inherited(first.plan, second.plan, a) : first.plan;
    found = {
      clauses: [
        { tokens: a, attempt: { ...first, plan } },
        { tokens: b, attempt: { ...second, plan: later } },
      ],
      left,
    };
  }
  return found?.clauses ?? [{ tokens, attempt: whole }];
}
/** acts whose limits may be told in any part of the sentence */
const LIMITED: ReadonlySet<Plan['act']> = new Set(['propose', 'tomorrow', 'about-card', 'what-if']);
/** acts that any words may ask for */
const OF_ANY: ReadonlySet<Plan['act']> = new Set(['how-to', 'out-of-scope', 'small-talk']);
const leftOf = (clauses: readonly Clause[], of?: readonly Token[]): number =>
  clauses.reduce(
    (n, { tokens, attempt }) =>
      n + (attempt ? attempt.w.left() : tokens).filter((t) => !of || of.includes(t)).length,
    0,
  );
type Asked = { readonly clauses: readonly Clause[]; readonly aside: readonly Token[] };
/** The whole question, or only the part of it that asks, where that is understood better; names told beside it stand for both. */
function withAsides(
  whole: readonly Clause[],
  { core, aside }: Parts,
  asked: readonly Clause[],
  context: ReadContext,
): Asked {
  const unchanged = { clauses: whole, aside: [] };
  const [{ attempt: all } = { attempt: null }] = whole;
  const [{ attempt: first, tokens } = { attempt: null, tokens: [] }, ...more] = asked;
  if (!first || OF_ANY.has(first.plan.act) || !asksAlone(first)) return unchanged;
  if (all && whole.length === 1 && all.plan.act === first.plan.act && LIMITED.has(all.plan.act))
    return leftOf(whole, core) <= leftOf(asked) ? { clauses: whole, aside } : unchanged;
  const figures = all?.plan.act === 'measure' ? all.plan.query.measures : [];
  const own = first.plan.act === 'measure' ? first.plan.query.measures : [];
  const told = new Words(aside, first.w.ja, first.w.text);
  const where = filtersOf(placesOf(told, false, context).names);
  // それ以外, the other sites: all but those told beside
  const others = where.length
    ? core.filter((t) => OTHERS.test(t.text) || (t.roles.has('not') && !first.w.isUsed(t)))
    : [];
  const better =
    others.length > 0 ||
    leftOf(asked) < leftOf(whole) ||
    whole.length > asked.length ||
    (own.length > 0 && figures.some((m) => !own.includes(m))) ||
    (all && (OF_ANY.has(all.plan.act) || all.plan.act === 'logs'));
  if (!better) return unchanged;
  first.w.take('not', ...others);
  const plan =
    others.length > 0
      ? placedAt(first.plan, [...(whereOf(first.plan) ?? []), ...where.map((f) => ({ ...f, not: true }))])
      : inherited(first.plan, { act: 'improve', measure: null, where }, core);
  return { clauses: [{ tokens, attempt: { ...first, plan } }, ...more], aside };
}
/** the same plan, of other places */
const placedAt = (plan: Plan, where: readonly Filter[]): Plan =>
  plan.act === 'measure'
    ? { ...plan, query: { ...plan.query, where: [...where] } }
    : 'where' in plan
      ? ({ ...plan, where: [...where] } as Plan)
      : plan;

/** a question mark before the cut */
const asked = (tokens: readonly Token[], cut: number): boolean => tokens[cut]?.after === 'end';
/** 横浜は？ after a question: nothing but other names */
const asksOfNames = ({ w, plan }: Attempt, before: Plan): boolean =>
  plan.act === 'measure' &&
  w.tokens.some((t) => t.name && whereOf(before)?.some((f) => f.dimension === t.name?.place)) &&
  w.tokens.every((t) => t.name || t.roles.has('ref:prev') || isNeutral(t));
/** The site with the largest backlog, and how many are there: both of the one that is found. */
function ofTheFirst(a: Attempt, b: Attempt, measures: Means['measures']): Plan | null {
  const [first, second] = [a.plan, b.plan];
  // who turned it down and why
  if (first.act === 'decisions' && second.act === 'why' && second.where.length === 0) return first;
  // three leave early: when does it end?
  if (first.act === 'what-if' && second.act === 'measure' && second.query.where.length === 0) return first;
  // people are often absent there. What can be done?
  if (first.act === 'measure' && MEANT.has(second.act) && isTold(a))
    return inherited(second, first, b.w.tokens);
  // Help for Sapporo? At most three: one proposal within the limit
  if (first.act === second.act && (second.act === 'propose' || second.act === 'tomorrow'))
    return JSON.stringify(whereOf(first)) === JSON.stringify(second.where) ? second : null;
  if (first.act !== 'measure' || second.act !== 'measure') return null;
  const { query } = first;
  const { query: also } = second;
  const plain =
    also.where.length === 0 &&
    also.by.length === 0 &&
    also.order === null &&
    also.thresholds.length === 0 &&
    also.compare === null &&
    also.window.days.kind === 'now';
  if (query.order === null || query.limit !== 1 || !plain || query.compare) return null;
  if (!also.measures.every((m) => query.by.every((d) => measures.get(m)?.dimensions.includes(d))))
    return null;
  const all = [...new Set([...query.measures, ...also.measures])].slice(0, 6);
  const order = { ...query.order, measure: query.order.measure ?? query.measures[0] ?? null };
  return { ...first, query: { ...query, measures: all, order } };
}
const MEANT: ReadonlySet<Plan['act']> = new Set(['why', 'propose', 'improve']);
/** a sentence that asks nothing */
const isTold = (a: Attempt): boolean =>
  !asksByWord(a) && !asksOutright(a) && /^\s*[.。!！\n]/.test(a.w.text.slice(a.w.tokens.at(-1)?.to));
/** どの拠点が遅れていて、何人足りない: as the first is split, so is the second that names nothing */
function splitAlike(plan: Plan, before: Plan, apart: boolean): Plan {
  if (apart || plan.act !== 'measure' || before.act !== 'measure' || before.query.order) return plan;
  const [d] = before.query.by;
  const places = ['location', 'process', 'business', 'cell'];
  if (!d || !places.includes(d) || before.query.by.length > 1) return plan;
  const { query } = plan;
  const bare = query.where.length === 0 && query.by.length === 0 && query.order === null;
  return bare &&
    query.window.days.kind === 'now' &&
    ['shortage', 'present', 'backlog', 'p-late'].includes(query.measures[0] ?? '')
    ? { ...plan, query: { ...query, by: [d] } }
    : plan;
}
/** leaves out or limits, and asks nothing itself */
const LIMITS = /^(?:not|all|only|cap|keep|by|each)$/;
const asksAlone = ({ plan, w }: Attempt): boolean => {
  const asks = (t: Token): boolean =>
    !t.name && !t.number && !t.time && !t.day && !isNeutral(t) && [...t.roles].some((r) => !LIMITS.test(r));
  if (!w.tokens.some(asks)) return false;
  if (plan.act === 'measure')
    return (
      w.like('m:').length + w.like('w:').length > 0 ||
      w.has('end', 'howmany:people', 'can', 'situation', 'ok')
    );
  return (
    plan.act !== 'small-talk' && plan.act !== 'out-of-scope' && plan.act !== 'how-to' && plan.act !== 'help'
  );
};
const differs = (a: Plan, b: Plan): boolean => JSON.stringify(a) !== JSON.stringify(b);
const ASKS = /教えて|見せて|知りたい|いつ|何時|show|tell|list|[?？]/i;
const WHEN_OR_HOW_MANY = /いつ|何時|何[件人]|\b(?:when|how (?:many|much|long))\b/i;
const OF_ITS_OWN = /^(?:and )?(?:is|are|was|were|will|does|do|did|can|has|have)\b/i;
const ownText = ({ w }: Attempt): string => w.text.slice(w.tokens[0]?.from ?? 0, w.tokens.at(-1)?.to ?? 0);
const asksOutright = ({ w }: Attempt): boolean =>
  w.like('howmany:').length + w.like('ask:').length > 0 ||
  w.tokens.some((t) => ASKS.test(t.text)) ||
  /^(?:and )?(?:is|are|will|does|do|can|has|have|what|how|when|where|which|who)\b/i.test(
    ownText({ w } as Attempt),
  );
const named = (plan: Plan): boolean =>
  plan.act === 'measure' &&
  (plan.query.where.length > 0 || plan.query.by.length > 0 || plan.query.window.days.kind !== 'now');
/** Two questions of different acts, or each with its own place or day, are no single question. */
const worthTwo = (a: Attempt, b: Attempt, { plan: whole, chance, left: lost }: Attempt): boolean => {
  const outright = (asksByWord(a) || asksOutright(a)) && (asksByWord(b) || asksOutright(b));
  if (
    lost === 0 &&
    chance >= CERTAIN &&
    whole.act === 'measure' &&
    whole.query.measures.length === 1 &&
    !outright
  )
    return false;
  const [first, second] = [a.plan, b.plan];
  if (first.act !== second.act) {
    if (whole.act === 'what-if')
      return first.act === 'measure' && second.act === 'what-if' && asksOutright(a);
    if (whole.act === 'propose')
      return first.act === 'measure' && second.act === 'propose' && asksOutright(a);
    // the reason and what to do about it
    if (whole.act === 'why')
      return (
        first.act === 'why' &&
        (['propose', 'improve'].includes(second.act) ||
          (second.act === 'measure' && WHEN_OR_HOW_MANY.test(ownText(b)))) &&
        !b.w.has('why')
      );
    return !['about-card', 'tomorrow', 'how-to', 'improve', 'decisions'].includes(whole.act);
  }
  if (first.act !== 'measure' || second.act !== 'measure' || whole.act !== 'measure' || whole.query.compare)
    return false;
  if (first.query.measures[0] === second.query.measures[0]) return false;
  // each with places of its own, or each with a question word of its own
  const placed =
    first.query.where.length > 0 &&
    second.query.where.length > 0 &&
    !second.query.where.every((g) =>
      first.query.where.some((f) => g.dimension === f.dimension && sameValues(f, g)),
    );
  const days =
    JSON.stringify(first.query.window) !== JSON.stringify(second.query.window) &&
    second.query.window.days.kind !== 'now';
  // list the alerts and tell me yesterday's hit rate; how many are in, and is it on schedule?
  const own = asksByWord(b) || (asksOutright(b) && (days || OF_ITS_OWN.test(ownText(b))));
  if (placed || ((asksByWord(a) || asksOutright(a)) && own)) return true;
  const split =
    JSON.stringify(first.query.by) !== JSON.stringify(second.query.by) &&
    (first.query.by.length > 0 || !endsByGroup(b));
  return (days || split) && named(first) && named(second);
};
const sameValues = (f: Filter, g: Filter): boolean => JSON.stringify(f.values) === JSON.stringify(g.values);
const asksByWord = ({ w }: Attempt): boolean => w.like('howmany:').length + w.like('ask:').length > 0;
/** 欠勤者数と残業時間を拠点別に: the split at the end is of all before it */
const endsByGroup = ({ w }: Attempt): boolean =>
  w.tokens.some((t) => t.roles.has('by') || /別に?$|ごとに?$/.test(t.text)) && !asksByWord({ w } as Attempt);
const LOGGED = ['errors', 'log-lines', 'incidents', 'last-line', 'proposals', 'decisions', 'hit-rate'];
const whereOf = (plan: Plan): readonly Filter[] | null =>
  plan.act === 'measure' ? plan.query.where : 'where' in plan ? plan.where : null;
const ITS = /^(?:its|it|the same|その|それ|同じ|そのサービス)$/i;
/** A later part is about the places of the one before, as far as it names none of that kind. */
function inherited(plan: Plan, before: Plan, tokens: readonly Token[]): Plan {
  const own = whereOf(plan);
  if (!own || tokens.some((t) => t.roles.has('all'))) return plan;
  if (plan.act === 'logs' || plan.act === 'decisions') return plan;
  if (plan.act === 'measure' && LOGGED.includes(plan.query.measures[0] ?? '')) {
    // its last line: of the service named before
    const of = (whereOf(before) ?? []).filter((f) => f.dimension === 'service' && !f.not);
    const none = own.length === 0 && plan.query.by.length === 0 && tokens.some((t) => ITS.test(t.text));
    return none && of.length > 0 ? placedAt(plan, of) : plan;
  }
  const has = (...dimensions: readonly string[]): boolean =>
    own.some((f) => dimensions.includes(f.dimension));
  const places = (whereOf(before) ?? []).filter(
    (f) =>
      !f.not &&
      // by site: of all of them
      !(plan.act === 'measure' && plan.query.by.includes(f.dimension)) &&
      ((f.dimension === 'location' && !has('location', 'person', 'service')) ||
        (f.dimension === 'business' && !has('location', 'business', 'person')) ||
        (f.dimension === 'process' && !has('location', 'business', 'process', 'person'))),
  );
  if (places.length === 0) return plan;
  const where = overlaid(places, own);
  return placedAt(plan, where);
}

const LATENESS = ['p-late', 'shortage', 'finish', 'deadline'];
const ANAPHORIC: ReadonlySet<Plan['act']> = new Set(['why', 'propose', 'improve', 'what-if']);
const carried = (
  attempt: Attempt,
  last: Plan | null,
  context: ReadContext,
  part: readonly Token[],
): Attempt => ({
  ...attempt,
  plan: carriedOver(attempt.plan, last, context, part),
  rivals: attempt.rivals.map((rival) => carried(rival, last, context, part)),
});
/** A why or a proposal without a place is of what was asked before, or of the alert it is asked from. */
function carriedOver(
  plan: Plan,
  previous: Plan | null,
  { alert }: ReadContext,
  tokens: readonly Token[],
): Plan {
  const own = whereOf(plan);
  if (!own || own.length > 0) return plan;
  const weak = plan.act === 'measure' && !tokens.some((t) => [...t.roles].some((r) => r.startsWith('m:')));
  const both = [plan, previous].every(
    (p) => p?.act === 'measure' && LATENESS.includes(p.query.measures[0] ?? ''),
  );
  const linked = tokens[0]?.roles.has('ref:prev') === true || tokens[0]?.roles.has('split') === true;
  const goesOn = ANAPHORIC.has(plan.act) || weak || both || linked;
  if (previous && goesOn) return inherited(plan, previous, tokens);
  const late =
    plan.act === 'measure' &&
    ['p-late', 'shortage', 'finish', 'backlog', 'deadline'].includes(plan.query.measures[0] ?? '');
  if (!alert || !(ANAPHORIC.has(plan.act) || late)) return plan;
  const where: Filter[] = [
    { dimension: 'location', values: [alert.location], not: false },
    { dimension: 'business', values: [alert.businessId], not: false },
    { dimension: 'process', values: [alert.process], not: false },
  ];
  return placedAt(plan, where);
}

type Read = {
  readonly text: string;
  readonly lang: 'ja' | 'en';
  readonly clauses: readonly Clause[];
  readonly tokens: readonly Token[];
  readonly asks: readonly AskBack[];
  readonly context: ReadContext;
  readonly vocabulary: readonly Spoken[];
  /** what is told beside the question */
  readonly aside: readonly Token[];
};
/** Measures that a bare "how many?" may mean. */
const COUNTED = ['backlog', 'arrivals', 'finished', 'present', 'absent', 'alerts', 'errors'];
function readingOf({ text, lang, clauses, tokens, asks: named, context, vocabulary, aside }: Read): Reading {
  const plans = clauses.flatMap((c) => (c.attempt ? [c.attempt.plan] : []));
  const strange = tokens.some((t) => t.unknown);
  const asks = [...named];
  if (plans.length === 0 && asks.length === 0 && !strange && tokens.length > 0) {
    const choices = vocabulary
      .filter((m) => COUNTED.includes(m.id))
      .map((m) => ({ label: m.name[lang], text: m.name[lang] }));
    if (choices.length > 0) asks.push({ start: 0, end: 0, about: 'measure', choices });
  }
  const account = accountOf(text, clauses, tokens, aside, plans.length === 0 && (asks.length > 0 || strange));
  const lost = account.some((s) => s.state === 'not-understood');
  const [only, ...more] = clauses;
  const rivals = asks.length > 0 || more.length > 0 ? [] : (only?.attempt?.rivals ?? []);
  return {
    version: PLAN_VERSION,
    text,
    lang,
    plans: plans.slice(0, 4),
    account,
    asks: asks.slice(0, 4),
    outcome: asks.length > 0 ? 'ask' : lost ? 'not-understood' : 'plan',
    by: 'grammar',
    rivals: rivals.map((attempt) => ({
      plans: [attempt.plan],
      account: accountOf(text, [{ tokens, attempt }], tokens, aside, false),
    })),
    at: context.at,
  };
}

/** Every stretch of the question, in order and without overlap: used, neutral, or not understood. */
function accountOf(
  text: string,
  clauses: readonly Clause[],
  tokens: readonly Token[],
  aside: readonly Token[],
  asking: boolean,
): Span[] {
  const spans: Span[] = [];
  let at = 0;
  const push = (
    start: number,
    end: number,
    state: Span['state'],
    field: string | null,
    nearest: readonly string[] = [],
  ): void => {
    if (end > start)
      spans.push({ start, end, text: text.slice(start, end), state, field, nearest: [...nearest] });
  };
  for (const token of tokens) {
    // one character may fold into several words (㌀): the first has it
    const t = token.from < at ? { ...token, from: at } : token;
    if (t.to <= t.from) continue;
    push(at, t.from, 'neutral', null);
    const clause = clauses.find((c) => c.tokens.includes(token));
    const field = clause?.attempt?.w.used.get(token);
    if (!field && aside.includes(token) && t.name?.values.length !== 0) {
      push(t.from, t.to, 'used', t.name ? 'where' : 'aside');
      at = t.to;
      continue;
    }
    if (
      t.unknown &&
      !(
        field === 'topic' ||
        clause?.attempt?.plan.act === 'how-to' ||
        field === HEARD ||
        (field === 'not' && !t.name) ||
        field === 'words' ||
        (field === 'act' && clause?.attempt?.plan.act === 'out-of-scope')
      )
    )
      push(t.from, t.to, 'not-understood', t.name ? `no-such-${t.name.place}` : null, t.name?.nearest ?? []);
    else if (field) push(t.from, t.to, 'used', field);
    else if (isNeutral(t)) push(t.from, t.to, 'neutral', null);
    else if (asking && !t.unknown) push(t.from, t.to, 'used', 'asks');
    else push(t.from, t.to, 'not-understood', clause?.attempt ? 'no-use' : null);
    at = t.to;
  }
  push(at, text.length, 'neutral', null);
  return spans;
}
