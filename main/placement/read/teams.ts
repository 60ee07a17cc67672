import { addDays, dateIn, instantOf } from '../../kernel/clock.ts';
import type { Reader } from '../../store/index.ts';
import type { Rules } from '../contract/placement.ts';
import { LEFT_MINUTES, type MissingStint, readRosters } from './read-rosters.ts';
import { usualEnds } from './site-queries.ts';

const MINUTE = 60_000;
const USUAL_DAYS = 14;

/** Whose days usually end where today's does has not left, whatever their shift says. */
export function reallyMissing(
  read: Reader,
  { at, zone }: { at: number; zone: string },
): (stint: MissingStint) => MissingStint[] {
  const today = dateIn(at, zone);
  let ends: ReadonlyMap<string, number> | null = null;
  return (stint) => {
    if (stint.why !== 'left') return [stint];
    ends ??= usualEnds(read, addDays(today, -USUAL_DAYS), today);
    const usual = ends.get(stint.operatorId);
    const until =
      usual === undefined
        ? stint.until
        : Math.min(stint.until, (instantOf(today, usual, zone) - at) / MINUTE);
    return until - stint.from >= LEFT_MINUTES ? [{ ...stint, until }] : [];
  };
}

/** A person's time in a cell (epoch ms); `missing` null: they are there. */
export type TeamTime = {
  readonly cellId: string;
  readonly operatorId: string;
  readonly from: number;
  readonly until: number;
  readonly missing: MissingStint['why'] | null;
};
/** Who works where around an instant and who was down for it and does not: the rosters of a picture, without its work. */
export function teamsAt(read: Reader, at: number, o: { zone: string; rules: Rules }): TeamTime[] {
  const { stints, missing } = readRosters(read, at, { ...o, movesFrom: 0 });
  const instant = (minute: number): number => Math.round(at + minute * MINUTE);
  const isReally = reallyMissing(read, { at, zone: o.zone });
  return [
    ...stints.map((s) => ({ ...s, missing: null })),
    ...missing.flatMap(isReally).map((s) => ({ ...s, missing: s.why })),
  ].map((s) => ({
    cellId: s.cellId,
    operatorId: s.operatorId,
    from: instant(s.from),
    until: instant(s.until),
    missing: s.missing,
  }));
}
