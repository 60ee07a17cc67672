import type { AskBack, Plan, Reading, Span } from '../api/contract/questions.ts';
import { PLAN_VERSION } from '../api/contract/questions.ts';
import { createFindNames, type FindNames } from './find-names.ts';
import { overlaid, readFollowUp } from './follow-up.ts';
import { createLexicon } from './lexicon.ts';
import { type Places, placesOf } from './places.ts';
import { readCard } from './read-card.ts';
import { type Means, readMeasure } from './read-measure.ts';
import {
  readDecisions,
  readHelp,
  readHowTo,
  readImprove,
  readLogs,
  readOutOfScope,
  readSmallTalk,
  readWhy,
} from './read-others.ts';
import { readPropose, readTomorrow } from './read-propose.ts';
import { readSuppose } from './read-suppose.ts';
import { type Token, tokensOf } from './tokens.ts';
import type { MeasureWords, Names, ReadContext, Reader } from './types.ts';
import { isNeutral, Words } from './words.ts';

type Attempt = {
  readonly plan: Plan;
  readonly w: Words;
  readonly asks: readonly AskBack[];
  readonly left: number;
};
type Clause = { readonly tokens: readonly Token[]; readonly attempt: Attempt | null };
/** A reading of a clause: `w` with the words it uses, the names placed; null where the clause is nothing of its kind. */
type Try = {
  readonly moving: boolean;
  readonly price: number;
  read(w: Words, places: Places, means: Means, context: ReadContext, previous: Plan | null): Plan | null;
};

/** Every way to read a clause. That which leaves the fewest words wins; where several leave as few, the dearer price loses. */
const TRIES: readonly Try[] = [
  { moving: false, price: 0.1, read: (w) => readHelp(w) },
  { moving: true, price: 0.15, read: (w, p, _, c) => readCard(w, p.names, c) },
  { moving: true, price: 0.2, read: (w, p) => readSuppose(w, p.names, false) },
  { moving: false, price: 0.25, read: (w, _, m) => readWhy(w, m) },
  { moving: false, price: 0.3, read: (w, p) => readLogs(w, p.names) },
  { moving: true, price: 0.32, read: (w, p) => readTomorrow(w, p.names) },
  { moving: false, price: 0.34, read: (w, _, m) => readImprove(w, m) },
  { moving: false, price: 0.4, read: (w, p) => readDecisions(w, p.names) },
  { moving: false, price: 0.45, read: (w, p) => readHowTo(w, p.names) },
  { moving: true, price: 0.5, read: (w, p) => readPropose(w, p.names) },
  { moving: false, price: 0.42, read: (w, _, m) => readMeasure(w, m) },
  { moving: true, price: 0.6, read: (w, _, m, c, previous) => readFollowUp(w, m, c, previous) },
  { moving: false, price: 0.7, read: (w) => readSmallTalk(w) },
  { moving: false, price: 0.8, read: (w) => readOutOfScope(w) },
];

export function createReader(options: { readonly vocabulary: readonly MeasureWords[] }): Reader {
  const lexicon = createLexicon(options.vocabulary);
  const measures = new Map(options.vocabulary.map((m) => [m.id, m]));
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
      const tokens = tokensOf(text, {
        findNames: findIn(context.names),
        lexicon,
        today: context.today,
        minute: context.minute,
      });
      const ja = isJapanese(text, tokens, context.lang);
      const attemptAt = (part: readonly Token[], previous: Plan | null): Attempt | null =>
        best(part, ja, text, measures, context, previous);
      const last = context.previous?.plans.at(-1) ?? null;
      const clauses = clausesOf(tokens, last, attemptAt);
      return readingOf(text, ja ? 'ja' : 'en', clauses, tokens, context);
    },
  };
}

function isJapanese(text: string, tokens: readonly Token[], lang: 'ja' | 'en'): boolean {
  let rest = text;
  for (const t of [...tokens].reverse()) if (t.name) rest = rest.slice(0, t.from) + rest.slice(t.to);
  if (/[ぁ-んァ-ヶ\p{Script=Han}]/u.test(rest)) return true;
  return /[a-z]{2}/i.test(rest) ? false : lang === 'ja';
}

function best(
  part: readonly Token[],
  ja: boolean,
  text: string,
  measures: Means['measures'],
  context: ReadContext,
  previous: Plan | null,
): Attempt | null {
  let winner: (Attempt & { price: number }) | null = null;
  const own = part.length > 0 ? text.slice(part[0]?.from ?? 0, part.at(-1)?.to ?? 0) : '';
  for (const { moving, price, read } of TRIES) {
    const w = new Words(part, ja, text);
    const places = placesOf(w, moving, context);
    const plan = read(w, places, { measures, names: places.names }, context, previous);
    if (!plan) continue;
    const left = w.left().length;
    if (winner && left + price >= winner.left + winner.price) continue;
    winner = {
      plan: plan.act === 'how-to' ? { ...plan, topic: own.slice(0, 400) } : plan,
      w,
      asks: places.asks,
      left,
      price,
    };
  }
  return winner;
}

/** Parts the question where both sides ask something of their own; a later part takes over the places of the one before. */
function clausesOf(
  tokens: readonly Token[],
  previous: Plan | null,
  attemptAt: (part: readonly Token[], previous: Plan | null) => Attempt | null,
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
    if (!first || !second || !asksAlone(first) || !asksAlone(second)) continue;
    const left = first.left + second.left;
    const strong = tokens[cut]?.after === 'end';
    const fewer =
      whole === null ||
      left < whole.left ||
      (left === whole.left && strong && differs(first.plan, second.plan)) ||
      (left === whole.left && worthTwo(first.plan, second.plan, whole.plan));
    if (!fewer || (found && found.left <= left)) continue;
    found = {
      clauses: [
        { tokens: tokens.slice(0, cut), attempt: first },
        {
          tokens: tokens.slice(cut),
          attempt: { ...second, plan: inherited(second.plan, first.plan, tokens.slice(cut)) },
        },
      ],
      left,
    };
  }
  return found?.clauses ?? [{ tokens, attempt: whole }];
}
const asksAlone = ({ plan, w }: Attempt): boolean => {
  if (plan.act === 'measure')
    return w.like('m:').length + w.like('w:').length > 0 || w.has('end', 'howmany:people', 'can');
  return (
    plan.act !== 'small-talk' && plan.act !== 'out-of-scope' && plan.act !== 'how-to' && plan.act !== 'help'
  );
};
const differs = (a: Plan, b: Plan): boolean => JSON.stringify(a) !== JSON.stringify(b);
/** Two questions of different acts, or of different days, are no single question. */
const worthTwo = (a: Plan, b: Plan, whole: Plan): boolean => {
  if (a.act !== b.act)
    return (
      whole.act !== 'what-if' &&
      whole.act !== 'why' &&
      whole.act !== 'propose' &&
      whole.act !== 'about-card' &&
      whole.act !== 'tomorrow'
    );
  if (a.act !== 'measure' || b.act !== 'measure' || whole.act !== 'measure' || whole.query.compare)
    return false;
  const days =
    JSON.stringify(a.query.window) !== JSON.stringify(b.query.window) ||
    JSON.stringify(a.query.by) !== JSON.stringify(b.query.by);
  return a.query.measures[0] !== b.query.measures[0] && days && whole.query.measures.length > 1;
};
function inherited(plan: Plan, before: Plan, tokens: readonly Token[]): Plan {
  const where = 'query' in before ? before.query.where : 'where' in before ? before.where : [];
  const places = where.filter((f) => ['location', 'business', 'process'].includes(f.dimension) && !f.not);
  if (places.length === 0 || tokens.some((t) => t.roles.has('all'))) return plan;
  const own = 'query' in plan ? plan.query.where : 'where' in plan ? plan.where : null;
  if (!own || own.some((f) => ['location', 'business', 'process', 'person', 'service'].includes(f.dimension)))
    return plan;
  if (plan.act === 'measure')
    return ['errors', 'log-lines', 'incidents', 'last-line', 'proposals', 'decisions', 'hit-rate'].includes(
      plan.query.measures[0] ?? '',
    )
      ? plan
      : { ...plan, query: { ...plan.query, where: overlaid(places, own) } };
  return plan.act === 'logs' || plan.act === 'decisions'
    ? plan
    : ({ ...plan, where: overlaid(places, own) } as Plan);
}

function readingOf(
  text: string,
  lang: 'ja' | 'en',
  clauses: readonly Clause[],
  tokens: readonly Token[],
  context: ReadContext,
): Reading {
  const plans = clauses.flatMap((c) => (c.attempt ? [c.attempt.plan] : []));
  const asks: AskBack[] = clauses.flatMap((c) => [...(c.attempt?.asks ?? [])]);
  const account = accountOf(text, clauses, tokens, context.names);
  const lost = account.some((s) => s.state === 'not-understood');
  if (plans.length === 0 && !lost)
    asks.push({
      start: 0,
      end: text.length,
      about: 'measure',
      choices: [{ label: lang === 'ja' ? '残件' : 'backlog', text: lang === 'ja' ? '残件' : 'backlog' }],
    });
  return {
    version: PLAN_VERSION,
    text,
    lang,
    plans: plans.slice(0, 4),
    account,
    asks,
    outcome: asks.length > 0 ? 'ask' : lost ? 'not-understood' : 'plan',
    by: 'grammar',
    at: context.at,
  };
}

/** Every stretch of the question, in order and without overlap: used, neutral, or not understood. */
function accountOf(text: string, clauses: readonly Clause[], tokens: readonly Token[], names: Names): Span[] {
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
  for (const t of tokens) {
    push(at, t.from, 'neutral', null);
    const clause = clauses.find((c) => c.tokens.includes(t));
    const field = clause?.attempt?.w.used.get(t);
    if (
      t.unknown &&
      !(
        field === 'topic' ||
        field === 'words' ||
        (field === 'act' && clause?.attempt?.plan.act === 'out-of-scope')
      )
    )
      push(t.from, t.to, 'not-understood', t.name ? `no-such-${t.name.place}` : null, t.name?.nearest ?? []);
    else if (field) push(t.from, t.to, 'used', field);
    else if (isNeutral(t)) push(t.from, t.to, 'neutral', null);
    else push(t.from, t.to, 'not-understood', clause?.attempt ? 'no-use' : null);
    at = t.to;
  }
  push(at, text.length, 'neutral', null);
  void names;
  return spans;
}
