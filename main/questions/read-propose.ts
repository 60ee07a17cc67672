import type { Plan, ProposeLimits } from '../api/contract/questions.ts';
import { ProposeLimits as Limits } from '../api/contract/questions.ts';
import { filtersOf, type Placed, valuesOf } from './places.ts';
import type { Token } from './tokens.ts';
import { isAhead, windowOf } from './windows.ts';
import { couldGo, isGoingOn, type Words } from './words.ts';

type Propose = Extract<Plan, { act: 'propose' }>;
type Tomorrow = Extract<Plan, { act: 'tomorrow' }>;

/** ベテラン: people of this skill level and above. */
const VETERAN = 4;
/** The limits that a clause names; each word that sets one is used. */
export function limitsOf(w: Words, names: readonly Placed[], ahead: boolean): ProposeLimits {
  const limits: { -readonly [K in keyof ProposeLimits]: ProposeLimits[K] } = Limits.parse({});
  const overtime = w.all('m:overtime')[0];
  const isCap = (t: Token): boolean => ['cap', 'only', 'exactly', 'thr:<=', 'to'].some((r) => t.roles.has(r));
  const isNo = (t: Token): boolean =>
    ['not', 'none'].some((r) => t.roles.has(r)) || (t.flags.has('neg') && !t.roles.has('m:shortage'));
  for (const t of w.tokens) {
    const n = t.number;
    if (!n || w.isUsed(t)) continue;
    const caps = w.tokens.filter((x) => isCap(x) && Math.abs(w.index(x) - w.index(t)) <= 3);
    const skill =
      n.unit === 'plain'
        ? w.near(t, (x) => x.roles.has('m:skills') || x.roles.has('w:skills'), 2, 'before')
        : undefined;
    if (skill) {
      const least = w.tokens.find(
        (x) => ['thr:>=', 'thr:>'].some((r) => x.roles.has(r)) && Math.abs(w.index(x) - w.index(t)) <= 3,
      );
      limits.leastSkill = Math.min(
        5,
        n.value + (least?.roles.has('thr:>') && !least.roles.has('thr:>=') ? 1 : 0),
      );
      w.take('limits', t, skill, least, ...w.all('dim:person', 'only'), ...caps);
      continue;
    }
    if ((n.unit === 'minutes' || n.unit === 'hours') && overtime) {
      limits.overtimeMinutes = Math.round(n.value * (n.unit === 'hours' ? 60 : 1));
      w.take('limits', t, overtime, ...caps);
    } else if (n.unit === 'people' || ((n.unit === 'plain' || n.unit === 'places') && caps.length > 0)) {
      limits.people = n.value;
      limits.exactly = caps.some((x) => x.roles.has('exactly'));
      w.take('limits', t, ...caps, ...w.all('dim:person', 'unit', 'extra'));
    }
  }
  if (overtime && limits.overtimeMinutes === null) {
    const no =
      w.near(overtime, isNo, 3, w.ja ? 'after' : 'both') ??
      (overtime.flags.has('neg') ? overtime : undefined);
    if (no) {
      limits.overtimeMinutes = 0;
      w.take('limits', overtime, no);
    }
  }
  const stays = (t: Token): boolean =>
    t.roles.has('keep') || isNo(t) || t.roles.has('not') || (t.flags.has('neg') && t.roles.has('moved'));
  for (const [role, set] of [
    ['veteran', () => (limits.keepSkillFrom = VETERAN)],
    ['novice', () => (limits.keepNovices = true)],
  ] as const)
    for (const t of w.all(role)) {
      const mark = w.near(t, stays, 4, w.ja ? 'after' : 'both');
      if (!mark) {
        // ベテランだけで: only people of that level
        if (role === 'veteran' && w.near(t, (x) => x.roles.has('only') || x.roles.has('from'), 3)) {
          limits.leastSkill = VETERAN;
          w.take('limits', t, ...w.all('only'));
        }
        continue;
      }
      set();
      w.take('limits', ...w.all('keep').filter((x) => Math.abs(w.index(x) - w.index(t)) <= 4));
      w.take('limits', t, mark, ...w.all('m:skills').filter((x) => w.near(x, (y) => y === t, 1)));
    }
  if (w.has('near')) {
    limits.nearby = true;
    w.takeAll('limits', 'near', 'only');
    for (const t of w.all('near'))
      w.take(
        'limits',
        w.near(t, (x) => x.roles.has('dim:location') || x.roles.has('from'), 2),
      );
    w.take('limits', ...w.all('dim:location', 'from'));
  }
  limits.keep = valuesOf(names, 'person', 'not', 'notFrom');
  limits.from = valuesOf(names, 'location', 'from');
  limits.notFrom = valuesOf(names, 'location', 'notFrom', 'not');
  limits.fromProcesses = valuesOf(names, 'process', 'from');
  limits.notFromProcesses = valuesOf(names, 'process', 'notFrom', 'not');
  if (names.some((n) => n.side === 'notFrom' || n.side === 'not')) w.takeAll('limits', 'keep');
  if (w.has('samesite')) {
    limits.from = valuesOf(names, 'location', 'where', 'to');
    w.takeAll('limits', 'samesite', 'only', 'inside');
  }
  const window = windowOf(w, { ahead, timed: true });
  limits.until = window.until ?? window.at;
  return limits;
}

const HELP = ['propose', 'help-verb', 'moved', 'nanto', 'what-to-do', 'optimal'];
const asksHelp = (w: Words): boolean => {
  if (w.all('propose', 'nanto').some((t) => !t.roles.has('end') || w.index(t) === 0))
    if (w.ja || !/^(?:who|how many)\b.*\b(?:was|were|been|did)\b/i.test(w.text)) return true;
  if (!w.ja && /\b(?:was|were|did|has|have|been)\b/i.test(w.text)) return false;
  if (w.flagged('want', 'end', 'm:p-late').length > 0) return true;
  if (w.has('what-to-do') && w.has('end', 'm:p-late', 'm:deadline') && !w.has('when-cond')) return true;
  if (
    w
      .all('help-verb')
      .some(
        (t) => !t.flags.has('past') && !/^helped$/i.test(t.text) && (!t.roles.has('end') || w.index(t) === 0),
      )
  )
    return true;
  const told = w
    .all('moved')
    .some(
      (t) =>
        (t.flags.has('ask') ||
          (t.flags.has('te') && !isGoingOn(w, t)) ||
          t.flags.has('want') ||
          (!w.ja && w.index(t) === 0)) &&
        !t.flags.has('neg'),
    );
  // 品川に2人まで回せる: to a place of ours; 3人回せる拠点は asks which place has them
  const able =
    w.flagged('can', 'moved').length > 0 &&
    w.tokens.some((t) => t.name?.place === 'location') &&
    !w.has('dim:location', 'ask:location');
  if (couldGo(w)) return true;
  if ((told || able) && (w.tokens.some((t) => t.number?.unit === 'people') || w.has('dim:person')))
    return true;
  if (
    w
      .all('moved')
      .some((t) => (!t.flags.has('past') && !t.flags.has('neg') && !isGoingOn(w, t)) || t.flags.has('ask')) &&
    w.has('ask:person', 'dim:person', 'howmany:people')
  )
    return true;
  return false;
};
const COMPANY = [
  'propose',
  'propose-verb',
  'proposal',
  'help-verb',
  'moved',
  'nanto',
  'optimal',
  'what-to-do',
  'need',
  'w:proposals',
  'm:p-late',
  'w:p-late',
  'm:shortage',
  'ask:person',
  'dim:person',
  'end',
  'm:deadline',
  'occur',
  'can',
  'card:other',
  'ok',
  'bad',
  'w:present',
  'all',
  'may',
  'likely',
  'if',
  'm:finish',
  'extra',
  'now',
  'improve-verb',
  'howmany:people',
  'tomorrow-plan',
  'm:backlog',
  'w:backlog',
  'ask:what',
  'w:free',
  'ref:prev',
  'only',
  'm:moves',
  'more',
  'fixed',
  'w:shortage',
  'use',
  'thr:<=',
  'cap',
  'team-word',
  'high',
  'm:free',
  'dim:cell',
  'unit',
  'm:present',
  'howto',
  'priority',
  'expect',
];

export function readPropose(w: Words, names: readonly Placed[]): Propose | null {
  if (!asksHelp(w)) return null;
  if (w.flagged('past', 'moved', 'decided:approve', 'decided:reject').length > 0 && !w.has('propose'))
    return null;
  const limits = limitsOf(w, names, false);
  const where = filtersOf(
    names.filter((n) => n.place !== 'person'),
    ['where', 'to'],
  ).filter((f) => !f.not);
  // a site that only gives people is no target
  w.takeAll('act', ...COMPANY.filter((r) => !['m:overtime'].includes(r)));
  for (const n of names) if (n.place === 'person' && n.side === 'where') w.used.delete(n.token);
  for (const t of w.tokens)
    if (t.roles.has('dim:process') || t.roles.has('dim:location') || t.roles.has('dim:business'))
      w.take('where', t);
  w.take('act', ...w.all(...HELP));
  return { act: 'propose', where, limits };
}

export function readTomorrow(w: Words, names: readonly Placed[]): Tomorrow | null {
  const ahead = w.tokens.some(
    (t) =>
      t.day &&
      (isAhead(t.day.days) || (t.day.next !== null && !w.has('m:absent') && w.flagged('past').length === 0)),
  );
  if (!ahead) return null;
  const plans =
    w.has('tomorrow-plan', 'optimal', 'propose', 'nanto', 'm:shortage', 'w:shortage') ||
    w.all('help-verb', 'moved', 'propose-verb').length > 0 ||
    (w.has('need') && w.has('howmany:people')) ||
    (w.has('ask:person') && w.has('ask:location')) ||
    (w.has('ok') && !w.has('m:')) ||
    (!w.ja && w.tokens[0]?.roles.has('planword') === true) ||
    (w.has('planword') &&
      w.like('howmany:').length + w.like('ask:').length === 0 &&
      w.like('m:').length === 0);
  if (
    !plans ||
    w.has('m:forecast') ||
    (w.has('w:forecast', 'm:arrivals') && !w.has('tomorrow-plan', 'optimal')) ||
    (w.has('m:planned') &&
      !w.tokens.some((t) => /^(?:build|create|make|prepare|draft|set up)$/i.test(t.text)))
  )
    return null;
  const absent = names.filter((n) => n.place === 'person');
  for (const n of absent)
    for (const t of w.tokens)
      if (
        (t.roles.has('m:absent') || t.roles.has('fewer') || t.roles.has('not')) &&
        w.index(t) !== w.index(n.token)
      )
        w.take('limits', t);
  const limits = limitsOf(w, names, true);
  const window = windowOf(w, { ahead: true, timed: true });
  const where = filtersOf(
    names.filter((n) => n.place !== 'person'),
    ['where', 'to'],
  ).filter((f) => !f.not);
  w.takeAll(
    'act',
    ...COMPANY,
    'm:present',
    'w:planned',
    'planword',
    'ask:location',
    'unit',
    'm:skills',
    'dim:process',
    'dim:location',
    'dim:business',
    'situation',
    'w:absent',
    'm:planned',
    'm:alerts',
    'all',
    'work-verb',
    'w:forecast',
    'than',
    'decided',
  );
  if (absent.length > 0) w.takeAll('act', 'if', 'm:absent');
  return {
    act: 'tomorrow',
    window: { ...window, from: window.from, until: window.until, at: window.at },
    where,
    limits: {
      ...limits,
      keep: [...new Set([...limits.keep, ...absent.flatMap((n) => n.values)])],
      until: null,
    },
  };
}
