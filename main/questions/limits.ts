import type { ProposeLimits } from './contract/questions.ts';
import { ProposeLimits as Limits } from './contract/questions.ts';
import { type Placed, valuesOf } from './places.ts';
import type { Token } from './tokens.ts';
import { windowOf } from './windows.ts';
import type { Words } from './words.ts';

/** ベテラン: people of this skill level and above. */
export const VETERAN = 4;
/** The limits that a clause names; each word that sets one is used. */
export function limitsOf(w: Words, names: readonly Placed[], ahead: boolean): ProposeLimits {
  const limits: { -readonly [K in keyof ProposeLimits]: ProposeLimits[K] } = Limits.parse({});
  const overtime = w.all('m:overtime')[0];
  const isCap = (t: Token): boolean => ['cap', 'only', 'exactly', 'thr:<=', 'to'].some((r) => t.roles.has(r));
  const isNo = (t: Token): boolean =>
    ['not', 'none'].some((r) => t.roles.has(r)) || (t.flags.has('neg') && !t.roles.has('m:shortage'));
  // need 3 for Sapporo: people, where nothing else is counted
  const isWanted = (t: Token): boolean =>
    w.near(t, (x) => ['need', 'propose', 'moved', 'help-verb'].some((r) => x.roles.has(r)), 1, 'before') !==
    undefined;
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
    } else if (
      n.unit === 'people' ||
      ((n.unit === 'plain' || n.unit === 'places') && (caps.length > 0 || isWanted(t)))
    ) {
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
      const mark = w.near(t, stays, w.ja ? 7 : 4, w.ja ? 'after' : 'both');
      if (!mark) {
        // ベテランだけで: only people of that level
        if (role === 'veteran' && w.near(t, (x) => x.roles.has('only') || x.roles.has('from'), 3)) {
          limits.leastSkill = VETERAN;
          w.take('limits', t, ...w.all('only'));
        }
        continue;
      }
      set();
      w.take('limits', ...w.all('keep').filter((x) => Math.abs(w.index(x) - w.index(t)) <= 7));
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
