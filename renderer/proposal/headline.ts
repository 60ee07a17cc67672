import type { Proposal } from '../../main/placement/contract/placement.ts';
import type { Format } from '../use-format.ts';
import type { Translate } from '../words.ts';

/** The proposal in one sentence. */
export function headlineOf(proposal: Proposal, t: Translate<'proposals'>, format: Format): string {
  const { impact, moves, badge } = proposal;
  const words = t('headline.moves', { count: moves.length });
  if (badge.kind === 'nothing-needed') return t('headline.nothing');
  if (moves.length === 0) return t(standsStill(proposal) ? 'headline.standsStill' : 'headline.noneHelps');
  if (impact.missedAfter === 0 && impact.missedBefore > 0)
    return impact.missedBefore === 1
      ? t('headline.fixesOne', { moves: words })
      : t('headline.fixesAll', { moves: words, count: impact.missedBefore });
  if (impact.missedAfter < impact.missedBefore)
    return t('headline.fixes', {
      moves: words,
      before: format.number(impact.missedBefore),
      after: format.number(impact.missedAfter),
    });
  if (impact.shortHoursAfter < impact.shortHoursBefore - 0.05)
    return t('headline.helps', {
      moves: words,
      before: format.number(impact.shortHoursBefore, 1),
      after: format.number(impact.shortHoursAfter, 1),
    });
  return t('headline.secures', { moves: words });
}

/** All that stays missed is missed where work stands still. */
function standsStill({ standstills = [], notPossible }: Proposal): boolean {
  const still = new Set(standstills.map(({ cell }) => cell.cellId));
  return notPossible.length > 0 && notPossible.every(({ cell }) => still.has(cell.cellId));
}

type Scope = {
  readonly location?: string | undefined;
  readonly businessId?: string | undefined;
  readonly process?: string | undefined;
  readonly horizon?: Proposal['scope']['horizon'] | undefined;
};
/** What it was asked for: 札幌 SS エントリ1, all sites, next day. `businesses`: their names, a number stands for one that is gone. */
export function scopeOf(
  { location, businessId, process, horizon }: Scope,
  businesses: readonly { readonly id: string; readonly name: string }[],
  t: Translate<'proposals'>,
): string {
  const business = businesses.find(({ id }) => id === businessId)?.name ?? businessId;
  const place = [location, business, process].filter((part) => part !== undefined).join(' ') || t('scopeAll');
  return horizon === 'next-day' ? `${place} (${t('nextDay')})` : place;
}
