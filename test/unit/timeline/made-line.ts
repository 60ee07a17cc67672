// A line of two processes made by hand: eight people who do an item a minute each, from 9:00 on.
import type { CellDay, TeamStint, WorkDay } from '../../../main/analytics/types.ts';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { instantOf } from '../../../main/kernel/clock.ts';
import type { LogView } from '../../../main/timeline/gather-evidence.ts';

export const ZONE = 'Asia/Tokyo';
const MINUTE = 60_000;
const MIDNIGHT = instantOf('2026-11-20', 0, ZONE);
export const at = (minute: number): number => MIDNIGHT + minute * MINUTE;
export const OPEN = 540;

export type Made = {
  readonly process?: string;
  readonly sequence?: number;
  readonly location?: string;
  /** minute of the day the numbers hold for */
  readonly now: number;
  /** share of the pace in a minute */
  readonly pace?: (minute: number) => number;
  readonly people?: number;
  /** of them, who leaves when, and who never came */
  readonly leaves?: { readonly n: number; readonly at: number };
  readonly absent?: number;
  readonly deadline?: number;
  /** items waiting at the beginning, all due by the deadline */
  readonly items: number;
  readonly pMiss?: number;
  /** items forecast to have come in by an hour after the start; absent: there is no forecast */
  readonly expected?: number;
};

export function madeCell(o: Made): CellDay {
  const { people = 8, leaves = { n: 0, at: 0 }, absent = 0, deadline = 960, pace = () => 1 } = o;
  const end = 1080;
  const stint = (i: number, from: number, until: number, missing: TeamStint['missing']): TeamStint => ({
    operatorId: `${o.process ?? 'エントリ1'}${i}`,
    name: `担当${i}`,
    from: at(from),
    until: at(until),
    breaks: [],
    speed: 60,
    movedBy: null,
    missing,
  });
  const team = Array.from({ length: people }, (_, i): TeamStint[] => {
    if (i < absent) return [stint(i, OPEN, end, 'absent')];
    if (i < absent + leaves.n) return [stint(i, OPEN, leaves.at, null), stint(i, leaves.at, end, 'left')];
    return [stint(i, OPEN, end, null)];
  }).flat();
  const snapshots: { at: number; backlog: number; done: number }[] = [
    { at: at(OPEN), backlog: o.items, done: 0 },
  ];
  let waiting = o.items;
  let done = 0;
  let carry = 0;
  for (let minute = OPEN; minute < o.now; minute++) {
    const here = team.filter(
      (s) => s.missing === null && s.from <= at(minute) && s.until > at(minute),
    ).length;
    carry += here * pace(minute);
    const items = Math.min(waiting, Math.floor(carry));
    carry -= items;
    waiting -= items;
    done += items;
    if ((minute - OPEN) % 2 === 1) snapshots.push({ at: at(minute + 1), backlog: waiting, done });
  }
  const location = o.location ?? '札幌';
  const process = o.process ?? 'エントリ1';
  return {
    cell: {
      cellId: cellIdOf(location, '523201', process),
      location,
      businessId: '523201',
      businessName: 'SS',
      process,
    },
    sequence: o.sequence ?? 1,
    snapshots,
    finished: snapshots.slice(1).map((row, i) => ({
      from: row.at - 2 * MINUTE,
      at: row.at,
      items: row.done - (snapshots[i]?.done ?? 0),
      certain: true,
    })),
    lots: waiting > 0 ? [{ deadline: at(deadline), items: waiting }] : [],
    usual: 1,
    expected:
      o.expected === undefined
        ? null
        : {
            basis: 'forecast',
            points: [
              { at: at(OPEN), items: 0 },
              { at: at(OPEN + 60), items: o.expected },
            ],
          },
    team,
    deadline: at(deadline),
    pMiss: o.pMiss ?? 0.95,
  };
}
export const madeDay = (...cells: CellDay[]): WorkDay => ({
  at: cells[0]?.snapshots.at(-1)?.at ?? 0,
  cells,
});

export const NO_LOGS: LogView = { minutes: [], textOf: String, isNew: () => false, incidents: [] };
/** Ordinary traffic with an error now and then, and `rise` lines of a database error from a minute on. */
export function madeLogs(now: number, rise?: { at: number; lines: number; isNew?: boolean }): LogView {
  const minutes = Array.from({ length: now - 480 }, (_, i) => [
    { at: at(480 + i), service: 'web', level: 'info' as const, template: 1, lines: 12 },
    ...(i % 9 === 0
      ? [{ at: at(480 + i), service: 'web', level: 'error' as const, template: 2, lines: 1 }]
      : []),
    ...(rise?.isNew === false && i % 20 === 0
      ? [{ at: at(480 + i), service: 'db', level: 'error' as const, template: 3, lines: 1 }]
      : []),
    ...(rise && 480 + i >= rise.at
      ? [{ at: at(480 + i), service: 'db', level: 'error' as const, template: 3, lines: rise.lines }]
      : []),
  ]).flat();
  return {
    minutes,
    textOf: (id) => (id === 3 ? 'connection pool timeout after <*> ms' : `template ${id}`),
    isNew: (id, since) => id === 3 && rise?.isNew !== false && at(rise?.at ?? 0) >= since,
    incidents: [],
  };
}
