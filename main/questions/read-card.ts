import type { CardAsk, Plan } from '../api/contract/questions.ts';
import { type Placed, valuesOf } from './places.ts';
import { limitsOf } from './read-propose.ts';
import type { ReadContext } from './types.ts';
import type { Words } from './words.ts';

type Card = Extract<Plan, { act: 'about-card' }>;
const card = (ask: CardAsk): Card => ({ act: 'about-card', ask });

/** What is asked of the proposal that the conversation is about; null where it is not about it. */
export function readCard(w: Words, names: readonly Placed[], context: ReadContext): Card | null {
  const [newest] = context.proposals;
  const points = w.all('card:this').filter((t) => !t.roles.has('empty') || w.tokens.length < 8);
  const refers = w.all('ref:person');
  const elsewhere = names.some((n) => n.place === 'location' || n.place === 'business');
  const decide = decision(w);
  if (decide && (newest || points.length > 0)) return decide;
  if (!newest && !points.some((t) => !t.roles.has('empty'))) return null;
  const people = [
    ...new Set([
      ...valuesOf(names, 'person', 'where', 'not', 'notFrom'),
      ...(refers.length > 0 ? (newest?.people ?? []) : []),
    ]),
  ];
  const out =
    names.some((n) => n.side === 'not' || n.side === 'notFrom') ||
    w.all('not', 'fewer', 'keep').some((t) => !w.isUsed(t) && people.length > 0 && !t.roles.has('empty')) ||
    (people.length > 0 && w.flagged('neg', 'moved').length > 0);
  const done = (ask: CardAsk, ...roles: readonly string[]): Card => {
    w.takeAll(
      'ask',
      ...roles,
      'card:this',
      'ask:what',
      'ask:which',
      'ask:person',
      'w:proposals',
      'proposal',
      'propose-verb',
      'can',
      'expect',
      'ref:prev',
      'now',
      'if',
      'ok',
      'may',
    );
    for (const t of w.flagged('if')) w.take('ask', t);
    return card(ask);
  };
  if (people.length > 0 && out && !elsewhere) {
    w.take('ask', ...refers);
    const limits = limitsOf(w, names, false);
    return done(
      { kind: 'change', limits: { ...limits, keep: [...new Set([...limits.keep, ...people])] } },
      'not',
      'fewer',
      'keep',
      'moved',
      'propose',
      'm:p-late',
      'end',
      'right',
      'card:other',
      'm:shortage',
      'w:present',
      'only',
      'need',
      'help-verb',
      'm:absent',
      'dim:person',
      'm:finish',
      'situation',
      'w:free',
      'nanto',
      'm:deadline',
    );
  }
  const givers =
    names.every((n) => n.place === 'location' && n.side === 'where') &&
    !targets(context).some((s) => names.some((n) => n.values.includes(s)));
  if (
    elsewhere &&
    (points.length > 0 || (newest && givers)) &&
    w.has('ok', 'bad', 'm:p-late', 'm:shortage', 'card:effect')
  )
    return done(
      { kind: 'source' },
      'bad',
      'ok',
      'm:p-late',
      'end',
      'm:shortage',
      'card:effect',
      'run',
      'moved',
    );
  if (elsewhere) return null;
  if (
    w.has('card:compare') &&
    w.has('cmp', 'ask:which', 'most', 'than', 'high', 'right', 'ok', 'card:compare') &&
    !w.has('m:backlog') &&
    (context.proposals.length > 1 || w.has('cmp'))
  )
    if (w.has('cmp', 'ask:which') || w.all('card:compare').some((t) => /which|どちら|どっち/.test(t.text)))
      return done(
        { kind: 'compare', proposalIds: context.proposals.slice(0, 2).map((p) => p.id) },
        'card:compare',
        'cmp',
        'most',
        'than',
        'high',
        'low',
        'right',
        'card:effect',
        'least',
        'and',
        'propose',
        'dim:location',
        'improve',
      );
  if (
    w.has('why') &&
    (people.length > 0 ||
      points.length > 0 ||
      w.has('proposal', 'w:proposals') ||
      w.tokens.every((t) => t.roles.has('why') || w.isUsed(t) || t.roles.has('empty')))
  ) {
    w.take('ask', ...refers);
    return done(
      { kind: 'why', people },
      'why',
      'most',
      'optimal',
      'propose',
      'moved',
      'dim:person',
      'w:present',
      'right',
    );
  }
  if (w.has('card:source'))
    return done(
      { kind: 'source' },
      'card:source',
      'ok',
      'bad',
      'card:effect',
      'm:p-late',
      'm:shortage',
      'dim:process',
      'dim:location',
      'm:finish',
      'end',
      'm:free',
      'w:free',
      'situation',
      'm:deadline',
      'w:present',
      'occur',
      'dim:person',
      'likely',
      'm:backlog',
      'dim:cell',
      'w:p-late',
      'from',
      'moved',
      'm:moves',
    );
  const limits = limitsOf(w, names, false);
  const limited =
    limits.people !== null ||
    limits.overtimeMinutes !== null ||
    limits.keepSkillFrom !== null ||
    limits.nearby ||
    limits.leastSkill !== null ||
    limits.keepNovices ||
    limits.until !== null;
  if (limited && !w.has('m:backlog', 'm:arrivals', 'm:finished', 'm:errors', 'm:absent', 'm:alerts'))
    return done(
      { kind: 'change', limits },
      'moved',
      'propose',
      'm:p-late',
      'end',
      'cap',
      'only',
      'help-verb',
      'unit',
      'extra',
      'dim:person',
      'right',
      'm:finish',
      'need',
      'situation',
      'card:effect',
      'w:present',
      'limit',
      'm:shortage',
      'fewer',
      'optimal',
      'm:deadline',
    );
  if (newest && w.has('low', 'fewer') && w.has('dim:person', 'm:present', 'w:present', 'howmany:people'))
    return done(
      { kind: 'change', limits: { ...limits, people: Math.max(1, newest.people.length - 1) } },
      'low',
      'fewer',
      'dim:person',
      'm:present',
      'w:present',
      'howmany:people',
      'most',
      'more',
      'propose',
      'moved',
      'm:p-late',
      'cap',
    );
  if (w.has('card:other'))
    return done(
      { kind: 'other' },
      'card:other',
      'propose',
      'moved',
      'dim:person',
      'optimal',
      'w:present',
      'none',
      'more',
      'occur',
      'not',
      'help-verb',
      'also',
      'w:free',
      'm:free',
      'most',
    );
  if (w.has('card:effect') && !w.has('m:absent', 'm:backlog'))
    return done(
      { kind: 'effect' },
      'card:effect',
      'howmany:any',
      'm:p-late',
      'occur',
      'high',
      'more',
      'fewer',
      'likely',
      'howmany:items',
      'howmany:percent',
      'propose',
      'w:p-late',
      'propose',
      'help-verb',
      'moved',
      'improve',
      'm:moves',
      'most',
      'm:productivity',
    );
  if (w.has('card:when') || (w.has('ask:when') && w.all('moved', 'card:when', 'm:moves').length > 0))
    return done(
      { kind: 'when' },
      'card:when',
      'ask:when',
      'moved',
      'propose',
      'dim:person',
      'ref:person',
      'need',
      'from',
      'fewer',
      'm:moves',
      'start',
    );
  if (w.has('card:count') || (w.has('howmany:people') && w.all('moved', 'm:moves', 'propose').length > 0))
    return done(
      { kind: 'count' },
      'card:count',
      'howmany:people',
      'moved',
      'm:moves',
      'propose',
      'howmany:any',
      'need',
      'dim:person',
    );
  if (w.has('card:who') || (w.has('ask:person') && w.all('moved', 'm:moves', 'propose').length > 0))
    return done(
      { kind: 'who' },
      'card:who',
      'ask:person',
      'moved',
      'm:moves',
      'propose',
      'dim:person',
      'ref:person',
    );
  if (points.length > 0 && w.has('m:p-late', 'end', 'ok', 'right', 'm:finish', 'm:shortage'))
    return done(
      { kind: 'effect' },
      'm:p-late',
      'end',
      'ok',
      'right',
      'm:finish',
      'm:shortage',
      'moved',
      'propose',
      'if',
      'may',
      'run',
      'm:deadline',
    );
  return null;
}

/** the sites that the proposal asked for last sends people to */
const targets = ({ previous }: ReadContext): readonly string[] =>
  (previous?.plans ?? []).flatMap((p) =>
    p.act === 'propose' ? p.where.filter((f) => f.dimension === 'location').flatMap((f) => f.values) : [],
  );

/** 承認して, go ahead: not what was decided before. */
function decision(w: Words): Card | null {
  for (const [role, kind] of [
    ['decided:approve', 'approve'],
    ['decided:reject', 'reject'],
  ] as const) {
    const [t] = w.all(role);
    if (
      !t ||
      t.flags.has('past') ||
      /(?:ed|als?|ions?|済み?|した)$/.test(t.text) ||
      w.has('howmany:items', 'ask:person', 'ask:when', 'if') ||
      w.tokens.some((x) => x.day)
    )
      continue;
    if (t.roles.has('thanks') && w.tokens.length < 3) continue;
    w.takeAll(
      'ask',
      role,
      'card:this',
      'proposal',
      'w:proposals',
      'decided',
      'now',
      'propose',
      'all',
      'ref:person',
      'may',
      'moved',
      'help-verb',
      'w:present',
      'ok',
      'card:compare',
    );
    return card({ kind });
  }
  return null;
}
