import type { Alert, AlertMute } from '../api/contract/alerts.ts';

/**
 * Whether a mute covers an alert at a minute of the local day: every field it has must match; hours may go over midnight. Alerts about
 * alerting itself have no cell: only a mute of their very kind covers them.
 */
export function isMuted(
  { cell, kind }: Pick<Alert, 'cell' | 'kind'>,
  mutes: readonly AlertMute[],
  minute: number,
): boolean {
  return mutes.some((mute) => {
    if (mute.kind !== undefined ? mute.kind !== kind : cell === null) return false;
    if (mute.location !== undefined && mute.location !== cell?.location) return false;
    if (mute.businessId !== undefined && mute.businessId !== cell?.businessId) return false;
    if (mute.process !== undefined && mute.process !== cell?.process) return false;
    const { from, to } = mute;
    if (from === undefined || to === undefined || from === to) return true;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
  });
}
