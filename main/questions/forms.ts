import type { Filter } from '../measures/contract/measures.ts';
import type { CardAsk, Plan } from './contract/questions.ts';
import forms from './grammar/forms.json' with { type: 'json' };
import { type Likely, SURE, UNTOLD } from './likely.ts';
import { limitsOf } from './limits.ts';
import { factsOf, holds, wordsOf } from './patterns.ts';
import { filtersOf, type Placed, valuesOf } from './places.ts';
import { type Means, measuresOf } from './read-measure.ts';
import type { ReadContext } from './types.ts';
import { isAhead, windowOf } from './windows.ts';
import { couldGo, type Words } from './words.ts';

/** What a clause is read from: its words under one reading, the names on their sides. */
export type Seen = {
  readonly w: Words;
  readonly means: Means;
  readonly context: ReadContext;
  readonly likely: Likely;
};
type Form = {
  readonly fill?: string;
  readonly when: string;
  readonly takes?: string;
  readonly price?: number;
};
type Forms = {
  readonly act: string;
  readonly price: number;
  /** from and to tell where help comes from and goes */
  readonly moving?: boolean;
  readonly when?: string;
  readonly takes: string;
  readonly forms: readonly Form[];
};
type Clues = Readonly<Record<string, boolean>>;
/** An act: what its forms can ask about beside words, and the plan that its words make. */
type Act = {
  readonly clues?: (seen: Seen) => Clues;
  readonly fill: (seen: Seen, kind: string) => Plan;
};

/** A reading of a clause, with the words it uses; of two that leave as few words the dearer loses. */
export type Candidate = {
  readonly plan: Plan;
  readonly w: Words;
  readonly price: number;
  /** no word of the tables asks for it, only examples do */
  readonly heard?: boolean;
};
export type Try = {
  readonly moving: boolean;
  read(seen: Seen, previous: Plan | null): readonly Candidate[];
};

const names = ({ means }: Seen, ...places: readonly Placed['place'][]): Placed[] =>
  means.names.filter((n) => places.length === 0 || places.includes(n.place));
/** where people go: a place that only gives them is no target */
const targets = ({ means }: Seen): Filter[] =>
  filtersOf(
    means.names.filter((n) => n.place !== 'person'),
    ['where', 'to'],
  ).filter((f) => !f.not);

const cardAct: Act = {
  clues: (seen) => {
    const { w, context } = seen;
    const [newest] = context.proposals;
    const points = w.all('card:this').filter((t) => !t.roles.has('empty') || w.tokens.length < 8);
    if (!newest && points.length === 0) return {};
    const people = peopleOf(seen);
    const sent = (context.previous?.plans ?? []).flatMap((p) =>
      p.act === 'propose' ? p.where.filter((f) => f.dimension === 'location').flatMap((f) => f.values) : [],
    );
    const limits = limitsOf(w.copy(), seen.means.names, false);
    return {
      card: newest !== undefined,
      cards: context.proposals.length > 1,
      points: points.length > 0,
      mine: newest !== undefined || points.some((t) => !t.roles.has('empty')),
      elsewhere: names(seen, 'location', 'business').length > 0,
      people: people.length > 0,
      out:
        names(seen).some((n) => n.side === 'not' || n.side === 'notFrom') ||
        w.all('not', 'fewer', 'keep').some((t) => !w.isUsed(t) && !t.roles.has('empty')) ||
        w.flagged('neg', 'moved').length > 0,
      // only sites that may give people, none that gets them
      givers:
        newest !== undefined &&
        names(seen).every(
          (n) => n.place === 'location' && n.side === 'where' && !n.values.some((v) => sent.includes(v)),
        ),
      bare: w.tokens.every((t) => t.roles.has('why') || w.isUsed(t) || t.roles.has('empty')),
      limited:
        limits.people !== null ||
        limits.overtimeMinutes !== null ||
        limits.keepSkillFrom !== null ||
        limits.leastSkill !== null ||
        limits.until !== null ||
        limits.nearby ||
        limits.keepNovices,
    };
  },
  fill: (seen, kind) => ({ act: 'about-card', ask: cardAsk(seen, kind) }),
};
/** those named or pointed at (その人) */
const peopleOf = (seen: Seen): string[] => [
  ...new Set([
    ...valuesOf(seen.means.names, 'person', 'where', 'not', 'notFrom'),
    ...(seen.w.has('ref:person') ? (seen.context.proposals[0]?.people ?? []) : []),
  ]),
];
function cardAsk(seen: Seen, kind: string): CardAsk {
  const { w, context, means } = seen;
  const people = peopleOf(seen);
  if (kind === 'compare') return { kind, proposalIds: context.proposals.slice(0, 2).map((p) => p.id) };
  if (kind === 'why') return { kind, people };
  const limits = limitsOf(w, means.names, false);
  if (kind === 'keep')
    return { kind: 'change', limits: { ...limits, keep: [...new Set([...limits.keep, ...people])] } };
  if (kind === 'limits' || (kind === 'fewer' && limits.people !== null)) return { kind: 'change', limits };
  if (kind === 'fewer')
    return {
      kind: 'change',
      limits: { ...limits, people: Math.max(1, (context.proposals[0]?.people.length ?? 2) - 1) },
    };
  return { kind: kind as 'effect' };
}

const PEOPLE_CAUSE = 'm:absent dim:person m:shortage w:present m:present w:absent w:shortage none';
const SYSTEM_CAUSE = 'm:incidents dim:service m:errors';
const VOLUME_CAUSE = 'm:arrivals w:arrivals howmany:items unit';
const any = (roles: string): string => roles.replaceAll(' ', '|');
const whyClues = ({ w, means }: Pick<Seen, 'w' | 'means'>): Clues => {
  const facts = factsOf(w, means.names);
  const problem = w.all('k:problem')[0];
  const causes = new Set(wordsOf(w, `${PEOPLE_CAUSE} dim:service m:incidents m:arrivals w:arrivals`));
  return {
    because:
      w
        .all('k:because')
        .some((t) =>
          w.near(t, (x) => x.roles.has('m:p-late') || x.flags.has('past') || x.flags.has('neg'), 2),
        ) && w.has('m:p-late'),
    // is it the people or the system?
    sides:
      /システム|system|障害/i.test(w.text) &&
      /人の|人手|人か|人[?？]|人と|人員|people|staff/i.test(w.text) &&
      holds('or|dim:service|m:incidents !howmany:any !howmany:people !howto', w, facts),
    blamed:
      problem !== undefined && w.has('m:p-late') && w.near(problem, (t) => causes.has(t), 2) !== undefined,
  };
};
const whyAct: Act = {
  clues: whyClues,
  fill: ({ w, means }) => {
    const { because = false, blamed = false, sides = false } = whyClues({ w, means });
    const facts = factsOf(w, means.names);
    if (sides) w.take('supposed', ...wordsOf(w, `${PEOPLE_CAUSE} ${SYSTEM_CAUSE} ok cmp k:problem`));
    const late = w.has('m:p-late');
    const measures = measuresOf(w, means);
    const told = because || blamed || /reason|because|せい/.test(w.text);
    // asked which of two it is, neither is supposed
    const supposed = sides
      ? null
      : holds(any(SYSTEM_CAUSE), w, facts) &&
          (late || because) &&
          /せい|because|due|reason|cause|problem|問題|障害|システム|system/.test(w.text)
        ? 'system'
        : told && late && holds(any(VOLUME_CAUSE), w, facts)
          ? 'volume'
          : told && late && holds(any(PEOPLE_CAUSE), w, facts)
            ? 'people'
            : null;
    if (supposed)
      w.take(
        'supposed',
        ...wordsOf(w, `${PEOPLE_CAUSE} ${SYSTEM_CAUSE} ${VOLUME_CAUSE} k:problem occur arrive-verb`),
      );
    // why did it go so badly: nobody is moved
    const other = measures.find(
      (m) => !['p-late', 'finish', 'deadline'].includes(m) && (m !== 'moves' || w.has('m:moves')),
    );
    return {
      act: 'why',
      measure:
        late && (supposed || !other)
          ? 'p-late'
          : (other ?? measures.find((m) => m !== 'moves' || w.has('m:moves')) ?? null),
      where: filtersOf(means.names),
      window: windowOf(w, { ahead: false, timed: true }),
      supposed,
    };
  },
};

const improveAct: Act = {
  clues: ({ w, means }) => {
    const verbs = w.all('improve', 'improve-verb').filter((t) => !t.flags.has('past'));
    return {
      counted: w.tokens.some((t) => t.number && !t.name && t.number.unit !== 'items'),
      'plain-verb': verbs.some((t) => t.flags.size === 0),
      // 配置を見直して: another placement, a proposal
      placement:
        holds('propose|tomorrow-plan !m:*', w, factsOf(w, means.names)) &&
        verbs.every((t) => t.roles.has('k:review')),
    };
  },
  fill: ({ w, means }) => {
    const measures = measuresOf(w, means);
    windowOf(w, { ahead: true, timed: false });
    return { act: 'improve', measure: measures[0] ?? null, where: filtersOf(means.names) };
  },
};

const decidedBy = (w: Words): string[] =>
  w
    .like('decided')
    .filter(({ token }) => !token.roles.has('empty') && !(token.roles.has('not') && !token.flags.has('past')))
    // 通さなかった案: those turned down
    .map(({ token, value }) => (token.flags.has('neg') ? 'reject' : value.replace(/^:/, '')));
const decisionsAct: Act = {
  clues: ({ w }) => ({ decided: decidedBy(w).length > 0, right: /\b(?:did|has|have)\b/i.test(w.text) }),
  fill: ({ w, means }) => {
    const kinds = new Set(decidedBy(w));
    const [approve, reject] = [kinds.has('approve'), kinds.has('reject')];
    return {
      act: 'decisions',
      where: filtersOf(means.names),
      window: windowOf(w, { ahead: false, timed: true }),
      action: approve !== reject ? (approve ? 'approve' : 'reject') : kinds.has('undo') ? 'undo' : null,
      outcome: w.has('right', 'card:effect', 'm:hit-rate'),
    };
  },
};

const howToAct: Act = {
  clues: ({ w, means }) => {
    const facts = factsOf(w, means.names);
    const when = holds('when-cond|k:when|*+if', w, facts);
    return {
      when,
      // nothing of ours is named: how can we raise the quality of corrections
      strange: w.tokens.some((t) => t.unknown && !t.name) && holds('!@location !m:*', w, facts),
      // a queue of ours that is late now wants a plan, not a page
      stated: !when && holds('@location m:*', w, facts),
      done: !w.ja && /^how (?:is|are) .*\b(?:done|carried out|performed|handled)\b/i.test(w.text),
      'proposal-wanted': holds('propose-verb+k:propose+te|propose-verb+k:propose+ask', w, facts),
    };
  },
  fill: ({ w, means }) => ({
    act: 'how-to',
    topic: w.text.slice(0, 400),
    where: filtersOf(means.names.filter((n) => n.side !== 'not')),
  }),
};

const proposeAct: Act = {
  clues: ({ w, means }) => ({
    'could-go': couldGo(w),
    ordered: !w.ja && holds('^moved~neg', w, new Set()),
    // 品川に2人まで回せる: to a place of ours; 3人回せる拠点 asks which place has them
    able: holds('@location moved+can !dim:location !ask:location', w, factsOf(w, means.names)),
  }),
  fill: (seen) => {
    const limits = limitsOf(seen.w, seen.means.names, false);
    // a person named beside is not used by a proposal
    for (const n of names(seen, 'person')) if (n.side === 'where') seen.w.used.delete(n.token);
    return { act: 'propose', where: targets(seen), limits };
  },
};
const tomorrowAct: Act = {
  clues: ({ w }) => ({
    plannable: w.tokens.some(
      (t) =>
        t.day &&
        (isAhead(t.day.days) ||
          (t.day.next !== null && !w.has('m:absent') && w.flagged('past').length === 0)),
    ),
  }),
  fill: (seen) => {
    const { w, means } = seen;
    const absent = names(seen, 'person');
    if (absent.length > 0) w.takeAll('limits', 'm:absent', 'fewer', 'not', 'if');
    const limits = limitsOf(w, means.names, true);
    const keep = [...new Set([...limits.keep, ...absent.flatMap((n) => n.values)])];
    return {
      act: 'tomorrow',
      window: windowOf(w, { ahead: true, timed: true }),
      where: targets(seen),
      limits: { ...limits, keep, until: null },
    };
  },
};

/** 12 × 30 = ?: nothing but numbers and what joins them */
const isSum = (w: Words): boolean =>
  w.tokens.filter((t) => t.number).length > 1 &&
  /[×÷*+=/]|times|plus|minus|掛け|足す|引く|割る|かける/.test(w.text) &&
  w.tokens.every(
    (t) =>
      t.number ||
      ['empty', 'ask:what', 'and', 'minus', 'howmany:any', 'unit'].some((r) => t.roles.has(r)) ||
      /^[x×]$/.test(t.text),
  );
const outOfScopeAct: Act = {
  clues: ({ w }) => ({
    sum: isSum(w),
    // 台風で3人減ったら: the reason of what is supposed
    supposed: holds('# cause if|*+if', w, factsOf(w, [])),
  }),
  fill: () => ({ act: 'out-of-scope' }),
};
const helpAct: Act = {
  // What is throughput? without an article is nobody's figure
  clues: ({ w, means }) => {
    const asked = /^what(?:'s| is| are) (?:an? )?(.+?)\??$/i.exec(w.text.trim())?.[1];
    return {
      define:
        means.names.length === 0 &&
        !/\b(?:next|due)\b/i.test(asked ?? '') &&
        w.tokens.some((t) => t.text === asked && [...t.roles].some((r) => r.startsWith('m:'))),
    };
  },
  fill: ({ w }, kind) => {
    const [about] = kind === 'define' ? w.like('m:').concat(w.like('w:')) : [];
    w.take('about', about?.token);
    return { act: 'help', about: about?.value ?? null };
  },
};
const smallTalkAct: Act = {
  clues: ({ w }) => ({ alone: w.tokens.length === 1 }),
  fill: (_, kind) => ({ act: 'small-talk', kind: kind as 'thanks' }),
};

const ACTS: Readonly<Record<string, Act>> = {
  'about-card': cardAct,
  why: whyAct,
  improve: improveAct,
  decisions: decisionsAct,
  'how-to': howToAct,
  propose: proposeAct,
  tomorrow: tomorrowAct,
  'out-of-scope': outOfScopeAct,
  help: helpAct,
  'small-talk': smallTalkAct,
};

/** so surely the examples have to ask for what takes every word, or for a plan where lateness alone is told (which brings one as well) */
const AT_LEAST: Readonly<Record<string, number>> = { 'out-of-scope': 0.8, 'how-to': 0.6, propose: 0.9 };
/** a reading that no word of the tables asks for */
const LIKE_EXAMPLES: Form = { when: '', price: UNTOLD };

/** Every form of the table as a way to read a clause; where two leave as few words the earlier of an act, and the cheaper act, stands. */
export const FORM_TRIES: readonly Try[] = (forms as readonly Forms[]).map((group) => {
  const { clues, fill } = ACTS[group.act] as Act;
  return {
    moving: group.moving ?? false,
    read: (seen) => {
      const facts = factsOf(seen.w, seen.means.names, clues?.({ ...seen, w: seen.w.copy() }));
      if (!holds(group.when ?? '', seen.w, facts)) return [];
      const held = group.forms.filter((form) => holds(form.when, seen.w, facts));
      // no form of the table, but the examples ask for this act in such words
      const heard = group.forms.every((f) => f.fill === undefined || f.fill === 'define');
      const asked =
        held.length === 0 && heard && seen.likely.chance(group.act) >= (AT_LEAST[group.act] ?? SURE);
      return (asked ? [LIKE_EXAMPLES] : held).map((form, i) => {
        const w = seen.w.copy();
        const plan = fill({ ...seen, w }, form.fill ?? '');
        w.take(
          group.act === 'how-to' ? 'topic' : 'act',
          ...wordsOf(w, `${group.takes} ${form.takes ?? ''}`.trim()),
        );
        const unsure = form === LIKE_EXAMPLES ? (1 - seen.likely.chance(group.act)) / 2 : 0;
        const price = (form.price ?? group.price) + unsure + i / 1000;
        return { plan, w, price, heard: form === LIKE_EXAMPLES };
      });
    },
  };
});
