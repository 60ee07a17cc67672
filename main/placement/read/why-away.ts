import { CELL_SEPARATOR } from '../../api/contract/common.ts';
import type { Reader } from '../../store/index.ts';
import type { Reason, Rules } from '../contract/placement.ts';
import { readRosters } from './read-rosters.ts';

const MINUTE = 60_000;

/**
 * Why somebody of the company is no part of what a plan was made from: marked absent, no assignment, one that was taken back, already
 * gone, at work where no progress is reported, or there as is known only since. `at`: the plan's instant; `cells`: those it was made of;
 * `roster`: whose assignments it used where not its own day's.
 */
export function whyAway(
  read: Reader,
  operatorId: string,
  {
    at,
    cells,
    ...o
  }: { at: number; zone: string; rules: Rules; roster?: string; cells: ReadonlySet<string> },
): Reason {
  const { attendance, stints, missing } = readRosters(read, at, { ...o, movesFrom: 0 });
  if (attendance.get(operatorId) === 'absent') return { code: 'absent', params: {} };
  const own = stints.filter((stint) => stint.operatorId === operatorId);
  const now = own.find((stint) => stint.until > 0);
  if (now) {
    const [location = '', , process = ''] = now.cellId.split(CELL_SEPARATOR);
    return { code: cells.has(now.cellId) ? 'known-since' : 'not-reported', params: { location, process } };
  }
  const last = Math.max(...own.map((stint) => stint.until));
  if (own.length > 0) return { code: 'gone', params: { until: Math.round(at + last * MINUTE) } };
  const isTakenOff = missing.some((stint) => stint.operatorId === operatorId);
  return { code: isTakenOff ? 'taken-off' : 'off-roster', params: {} };
}
