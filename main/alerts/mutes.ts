import type { Cell } from '../api/contract/common.ts';
import type { AlertKind, AlertMute } from './contract/alerts.ts';

/**
 * Whether mutes cover an alert at a minute of the local day: each cell it names is covered by one. Every field a mute has must match; hours
 * may go over midnight. Alerts about alerting itself have no cell: only a mute of their very kind covers them.
 */
export function isMuted(
  { cells, kind }: { readonly cells: readonly Cell[]; readonly kind: AlertKind },
  mutes: readonly AlertMute[],
  minute: number,
): boolean {
  const covers = (mute: AlertMute, cell: Cell | null): boolean => {
    if (mute.kind !== undefined ? mute.kind !== kind : cell === null) return false;
    if (mute.location !== undefined && mute.location !== cell?.location) return false;
    if (mute.businessId !== undefined && mute.businessId !== cell?.businessId) return false;
    if (mute.process !== undefined && mute.process !== cell?.process) return false;
    const { from, to } = mute;
    if (from === undefined || to === undefined || from === to) return true;
    return from < to ? minute >= from && minute < to : minute >= from || minute < to;
  };
  return (cells.length > 0 ? cells : [null]).every((cell) => mutes.some((mute) => covers(mute, cell)));
}
