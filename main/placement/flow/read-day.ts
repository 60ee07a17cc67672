import { cellIdOf } from '../../api/contract/common.ts';
import { dateIn, instantOf } from '../../kernel/clock.ts';
import { yieldToEventLoop } from '../../kernel/task.ts';
import type { Reader } from '../../store/index.ts';
import { finishedPerInterval } from '../read/finished.ts';
import {
  type CellKey,
  type DaySnapshot,
  daySnapshots,
  deadlinesSeen,
  newestSnapshotAt,
  type SnapshotRow,
  snapshotsSince,
} from '../read/site-queries.ts';
import { FLOW } from './config.ts';
import type { Opening } from './expect-arrivals.ts';
import type { Flow } from './learn-routing.ts';
import type { DeadlineSeen } from './match-lots.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const idOf = (row: CellKey): string => cellIdOf(row.location_name, row.business_id, row.process_name);

/** What came in and went out between snapshots, oldest first. */
export function flowsOf(rows: readonly Pick<DaySnapshot, 'at' | 'backlog' | 'done'>[]): Flow[] {
  const before = new Map(rows.map((row, i) => [row.at, rows[i - 1]?.backlog ?? 0]));
  return finishedPerInterval(rows).map(({ from, at, items, backlog }) => ({
    from,
    at,
    items,
    arrived: Math.max(0, items + backlog - (before.get(at) ?? 0)),
  }));
}

/** What the snapshots of a day tell of one cell, and the deadlines of the last day before it that has any. */
export type CellDay = CellKey & {
  readonly flows: readonly Flow[];
  readonly seen: readonly DeadlineSeen[];
  readonly opening: Opening | null;
  /** the snapshots of the last hours (`FLOW.recentMinutes`), oldest first, those before midnight too */
  readonly recent: readonly SnapshotRow[];
};
type Draft = CellKey & {
  opening: Opening | null;
  readonly flows: Flow[];
  /** the latest rows; what came of those from `settled` on is not known before the next one */
  recent: readonly SnapshotRow[];
  settled: number;
  readonly seen: Map<number, number | null>;
};
/**
 * Everything up to `until` (epoch ms) has been read, and the deadlines up to `noted`, which begins a day earlier; `mark` tells what has
 * been written since.
 */
type Day = {
  readonly midnight: number;
  until: number;
  noted: number;
  mark: number;
  readonly cells: Map<string, Draft>;
};
const kept = new WeakMap<Reader, Day>();

const draftOf = (day: Day, row: CellKey): Draft => {
  const id = idOf(row);
  const { location_name, business_id, process_name } = row;
  const known = day.cells.get(id) ?? {
    location_name,
    business_id,
    process_name,
    opening: null,
    flows: [],
    recent: [],
    settled: day.midnight,
    seen: new Map<number, number | null>(),
  };
  day.cells.set(id, known);
  return known;
};
const openFlows = (draft: Draft): Flow[] => flowsOf(draft.recent.filter((row) => row.at >= draft.settled));

/** Notes the deadlines up to `to`. */
function noteDeadlines(read: Reader, day: Day, to: number): void {
  if (to <= day.noted) return;
  for (const row of deadlinesSeen(read, day.noted + 1, to)) {
    const { seen } = draftOf(day, row);
    seen.set(row.deadline, seen.get(row.deadline) ?? row.opened);
  }
  day.noted = to;
}
/** Reads on up to `to`. */
function readOn(read: Reader, day: Day, to: number): void {
  for (const rows of Map.groupBy(daySnapshots(read, day.until + 1, to), idOf).values()) {
    const [first] = rows;
    if (!first) continue;
    const draft = draftOf(day, first);
    const opening = draft.opening ? undefined : rows.find((row) => row.at >= day.midnight);
    if (opening) draft.opening = { at: opening.at, stock: opening.backlog + (opening.done ?? 0) };
    draft.recent = [
      ...draft.recent,
      ...rows.map(({ at, backlog, done, correction }) => ({ at, backlog, done, correction })),
    ];
    const last = draft.recent.at(-1)?.at ?? 0;
    const flows = openFlows(draft).filter((flow) => flow.at < last);
    draft.flows.push(...flows);
    draft.settled = flows.at(-1)?.at ?? draft.settled;
    const since = Math.min(draft.settled, last - FLOW.recentMinutes * MINUTE);
    draft.recent = draft.recent.filter((row) => row.at >= since);
  }
  day.until = to;
  noteDeadlines(read, day, to);
}
function begin(read: Reader, midnight: number): Day {
  const last = newestSnapshotAt(read, midnight - 1);
  const hasEarlier = last !== null && last >= midnight - FLOW.days * DAY;
  return {
    midnight,
    until: midnight - FLOW.recentMinutes * MINUTE - 1,
    noted: hasEarlier ? last - DAY - 1 : midnight - 1,
    mark: snapshotsSince(read, 0).mark,
    cells: new Map<string, Draft>(),
  };
}
/** The day of `now` as far as it has been read; rows that were written later for an earlier instant begin it anew. */
function dayOf(read: Reader, now: number, zone: string): Day {
  const midnight = instantOf(dateIn(now, zone), 0, zone);
  let known = kept.get(read);
  if (known) {
    const written = snapshotsSince(read, known.mark);
    if (written.mark < known.mark || (written.oldest ?? now) <= known.until) {
      kept.delete(read);
      known = undefined;
    } else known.mark = written.mark;
  }
  if (known?.midnight === midnight && now >= known.until) return known;
  const day = begin(read, midnight);
  // a look back, or at a day to come, leaves the day of the newest data in place
  if (midnight > (known?.midnight ?? 0) && (newestSnapshotAt(read, now) ?? 0) >= midnight)
    kept.set(read, day);
  return day;
}
/** Reads what of a day is older than sync reads again, in pieces. */
function* catchUp(read: Reader, day: Day, now: number): Generator<void> {
  const settled = now - FLOW.againMinutes * MINUTE;
  const piece = (from: number): number => from + FLOW.pieceMinutes * MINUTE;
  while (day.noted < day.midnight - 1) {
    noteDeadlines(read, day, Math.min(piece(day.noted), day.midnight - 1));
    yield;
  }
  if (settled - day.until <= FLOW.againMinutes * MINUTE) return;
  while (day.until < settled) {
    readOn(read, day, Math.min(piece(day.until), settled));
    yield;
  }
}

/** Reads the day of `now` (epoch ms) as far as `readDay` keeps it, and lets other work go on meanwhile. */
export async function readAhead(read: Reader, now: number, zone: string): Promise<void> {
  const turn = yieldToEventLoop();
  const day = dayOf(read, now, zone);
  for (const _ of catchUp(read, day, now)) {
    await turn();
    if (kept.get(read) !== day) return;
  }
}

/**
 * What the snapshots of the day of `now` (epoch ms) tell up to then, by cell id. What is older than sync reads again is kept and read once;
 * rows that are written later for an earlier instant, or another day, begin it anew.
 */
export function readDay(read: Reader, now: number, zone: string): Map<string, CellDay> {
  const day = dayOf(read, now, zone);
  for (const _ of catchUp(read, day, now));
  const cells = new Map<string, Draft>();
  for (const [id, draft] of day.cells) cells.set(id, { ...draft, flows: [], seen: new Map(draft.seen) });
  const tail = { ...day, cells };
  readOn(read, tail, now);
  const told = new Map<string, CellDay>();
  for (const [id, draft] of cells) {
    const { location_name, business_id, process_name, opening, recent } = draft;
    told.set(id, {
      location_name,
      business_id,
      process_name,
      opening,
      recent: recent.filter((row) => row.at > now - FLOW.recentMinutes * MINUTE),
      flows: [...(day.cells.get(id)?.flows ?? []), ...draft.flows, ...openFlows(draft)],
      seen: [...draft.seen]
        .map(([deadline, opened]) => ({ deadline, opened }))
        .sort((a, b) => a.deadline - b.deadline),
    });
  }
  return told;
}
