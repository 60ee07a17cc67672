import type { TFunction } from 'i18next';
import type { Proposal } from '../../main/api/contract/placement.ts';
import type { Format } from '../use-format.ts';

/** The proposal in one sentence. */
export function headlineOf(proposal: Proposal, t: TFunction<'proposals'>, format: Format): string {
  const { impact, moves, badge } = proposal;
  const words = t('headline.moves', { count: moves.length });
  if (badge.kind === 'nothing-needed') return t('headline.nothing');
  if (moves.length === 0) return t('headline.noneHelps');
  if (impact.missedAfter === 0 && impact.missedBefore > 0)
    return t('headline.fixesAll', { moves: words, count: impact.missedBefore });
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

/** What it was asked for: 札幌 エントリ1, all sites, next day. */
export function scopeOf(proposal: Proposal, t: TFunction<'proposals'>): string {
  const { location, businessId, process, horizon } = proposal.scope;
  const place =
    [location, businessId, process].filter((part) => part !== undefined).join(' ') || t('scopeAll');
  return horizon === 'next-day' ? `${place} (${t('nextDay')})` : place;
}
