import { cellIdOf } from '../../api/contract/common.ts';
import { dateIn, instantOf } from '../../clock.ts';
import type { Reader } from '../../store/index.ts';
import { finishedPerInterval } from '../finished.ts';
import {
  type CellKey,
  type DaySnapshot,
  daySnapshots,
  deadlinesSeen,
  newestSnapshotAt,
  snapshotsSince,
} from '../site-queries.ts';
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
type CellDay = {
  readonly flows: readonly Flow[];
  readonly seen: readonly DeadlineSeen[];
  readonly opening: Opening | null;
};
type Draft = {
  opening: Opening | null;
  readonly flows: Flow[];
  /** the latest rows: what came of them is not known before the next one */
  rows: readonly DaySnapshot[];
  readonly seen: Map<number, number | null>;
};
/** Everything up to `until` (epoch ms) has been read; `mark` tells what has been written since. */
type Kept = { readonly midnight: number; until: number; mark: number; readonly cells: Map<string, Draft> };
const kept = new WeakMap<Reader, Kept>();

const draftOf = (cells: Map<string, Draft>, id: string): Draft => {
  const known = cells.get(id) ?? {
    opening: null,
    flows: [],
    rows: [],
    seen: new Map<number, number | null>(),
  };
  cells.set(id, known);
  return known;
};
function noteDeadlines(read: Reader, cells: Map<string, Draft>, from: number, to: number): void {
  for (const row of deadlinesSeen(read, from, to)) {
    const { seen } = draftOf(cells, idOf(row));
    const before = seen.get(row.deadline);
    seen.set(row.deadline, before ?? row.opened);
  }
}
/** Reads on in (from, to]. */
function readOn(read: Reader, cells: Map<string, Draft>, from: number, to: number): void {
  for (const [id, rows] of Map.groupBy(daySnapshots(read, from + 1, to), idOf)) {
    const draft = draftOf(cells, id);
    const [first] = rows;
    if (first) draft.opening ??= { at: first.at, stock: first.backlog + (first.done ?? 0) };
    const all = [...draft.rows, ...rows];
    const flows = flowsOf(all).filter((flow) => flow.at < (all.at(-1)?.at ?? 0));
    draft.flows.push(...flows);
    const settled = flows.at(-1)?.at ?? 0;
    draft.rows = all.filter((row) => row.at >= settled);
  }
  noteDeadlines(read, cells, from + 1, to);
}
function begin(read: Reader, midnight: number): Kept {
  const cells = new Map<string, Draft>();
  const { mark } = snapshotsSince(read, 0);
  const last = newestSnapshotAt(read, midnight - 1);
  if (last !== null && last >= midnight - FLOW.days * DAY)
    noteDeadlines(read, cells, last - DAY, midnight - 1);
  return { midnight, until: midnight - 1, mark, cells };
}

/**
 * What the snapshots of the day of `now` (epoch ms) tell up to then, by cell id. What is older than sync reads again is kept and read once;
 * rows that are written later for an earlier instant, or another day, begin it anew.
 */
export function readDay(read: Reader, now: number, zone: string): Map<string, CellDay> {
  const midnight = instantOf(dateIn(now, zone), 0, zone);
  let known = kept.get(read);
  if (known) {
    const written = snapshotsSince(read, known.mark);
    if (written.mark < known.mark || (written.oldest ?? now) <= known.until) {
      kept.delete(read);
      known = undefined;
    } else known.mark = written.mark;
  }
  const day = known?.midnight === midnight && now >= known.until ? known : begin(read, midnight);
  const settled = now - FLOW.againMinutes * MINUTE;
  if (settled - day.until > FLOW.againMinutes * MINUTE) {
    readOn(read, day.cells, day.until, settled);
    day.until = settled;
  }
  // a look back, or at a day to come, leaves the day of the newest data in place
  if (midnight > (known?.midnight ?? 0) && (newestSnapshotAt(read, now) ?? 0) >= midnight)
    kept.set(read, day);
  const cells = new Map<string, CellDay>();
  const tail = new Map<string, Draft>();
  const { until } = day;
  for (const [id, draft] of day.cells) tail.set(id, { ...draft, flows: [], seen: new Map(draft.seen) });
  readOn(read, tail, until, now);
  for (const [id, draft] of tail)
    cells.set(id, {
      opening: draft.opening,
      flows: [...(day.cells.get(id)?.flows ?? []), ...draft.flows, ...flowsOf(draft.rows)],
      seen: [...draft.seen]
        .map(([deadline, opened]) => ({ deadline, opened }))
        .sort((a, b) => a.deadline - b.deadline),
    });
  return cells;
}
