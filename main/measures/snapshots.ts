// What the snapshots say at given instants. Only the snapshots that are asked for are read, through the index, however many there are.
import { cellIdOf } from '../api/contract/common.ts';
import { finishedPerInterval } from '../placement/index.ts';
import { progressRows, type Reader, sql } from '../store/index.ts';
import type { Place } from './measure.ts';

/** Every cell that ever had a snapshot, in the order of sites, businesses and steps: from one to the next through the index, not through all rows. */
export function placesKnown(read: Reader): Place[] {
  const rows = read.all<{ l: string; b: string; p: string; sequence: number | null }>(sql`
    WITH RECURSIVE
    sites (l) AS (SELECT min(location_name) FROM progress_snapshots
      UNION ALL SELECT (SELECT min(location_name) FROM progress_snapshots WHERE location_name > sites.l) FROM sites WHERE l IS NOT NULL),
    lines (l, b) AS (
      SELECT l, (SELECT min(business_id) FROM progress_snapshots WHERE location_name = l) FROM sites WHERE l IS NOT NULL
      UNION ALL SELECT l, (SELECT min(business_id) FROM progress_snapshots WHERE location_name = lines.l AND business_id > lines.b)
        FROM lines WHERE b IS NOT NULL),
    cells (l, b, p) AS (
      SELECT l, b, (SELECT min(process_name) FROM progress_snapshots WHERE location_name = l AND business_id = b)
        FROM lines WHERE b IS NOT NULL
      UNION ALL SELECT l, b, (SELECT min(process_name) FROM progress_snapshots
          WHERE location_name = cells.l AND business_id = cells.b AND process_name > cells.p) FROM cells WHERE p IS NOT NULL)
    SELECT l, b, p,
      (SELECT min(sequence) FROM processes WHERE business_id = cells.b AND process_name = cells.p) AS sequence
    FROM cells WHERE p IS NOT NULL
    ORDER BY (SELECT min(location_id) FROM locations WHERE location_name = cells.l), l, b, sequence, p`);
  return rows.map(({ l, b, p, sequence }) => ({
    cellId: cellIdOf(l, b, p),
    location: l,
    business: b,
    process: p,
    sequence,
  }));
}

export type Bound = {
  readonly since: number;
  readonly at: number;
  /** the first snapshot since then instead of the last */ first?: boolean;
};
export type Level = { readonly at: number; readonly waiting: number; readonly done: number | null };

const places = (some: readonly Place[]): string =>
  JSON.stringify(some.map((p) => [p.location, p.business, p.process]));
const bounded = (bounds: readonly Bound[]): string =>
  JSON.stringify(bounds.map((b) => [b.since, b.at, b.first ? 1 : 0]));
/** The instant of each cell's last (or first) snapshot in each [since, at]. */
const moments = (some: readonly Place[], bounds: readonly Bound[]) => sql`
  SELECT c.key AS cell, b.key AS bound, c.value->>0 AS l, c.value->>1 AS b, c.value->>2 AS p,
    (SELECT CASE b.value->>2 WHEN 1 THEN min(snapshot_time) ELSE max(snapshot_time) END FROM progress_snapshots
      WHERE location_name = c.value->>0 AND business_id = c.value->>1 AND process_name = c.value->>2
        AND snapshot_time BETWEEN b.value->>0 AND b.value->>1) AS at
  FROM json_each(${places(some)}) c, json_each(${bounded(bounds)}) b`;

/** Of each cell, what stood in its last snapshot of each bound; null where it has none. */
export function levelsAt(read: Reader, some: readonly Place[], bounds: readonly Bound[]): (Level | null)[][] {
  const found: (Level | null)[][] = some.map(() => bounds.map(() => null));
  const rows = read.all<Level & { cell: number; bound: number }>(sql`
    WITH m AS MATERIALIZED (${moments(some, bounds)})
    SELECT cell, bound, at, sum(max(total_waiting, 0)) AS waiting, max(entry_count) AS done FROM (
      SELECT DISTINCT cell, bound, at, expected_completion_time, total_waiting, entry_count, correction_waiting
      FROM m JOIN progress_snapshots s ON s.location_name = m.l AND s.business_id = m.b AND s.process_name = m.p
        AND s.snapshot_time = m.at)
    GROUP BY cell, bound`);
  for (const { cell, bound, at, waiting, done } of rows) {
    const own = found[cell];
    if (own) own[bound] = { at, waiting, done };
  }
  return found;
}

export type Waiting = {
  readonly cell: number;
  readonly bound: number;
  readonly deadline: number | null;
  readonly waiting: number;
};
/** The same by deadline. */
export const lotsAt = (read: Reader, some: readonly Place[], bounds: readonly Bound[]): Waiting[] =>
  read.all(sql`
    WITH m AS MATERIALIZED (${moments(some, bounds)})
    SELECT cell, bound, expected_completion_time AS deadline, sum(max(total_waiting, 0)) AS waiting FROM (
      SELECT DISTINCT cell, bound, expected_completion_time, total_waiting, entry_count, correction_waiting
      FROM m JOIN progress_snapshots s ON s.location_name = m.l AND s.business_id = m.b AND s.process_name = m.p
        AND s.snapshot_time = m.at)
    GROUP BY cell, bound, expected_completion_time`);

/** Items finished in (from, until] counted interval by interval: right across a counter that began anew. */
export function finishedThrough(read: Reader, place: Place, from: number, until: number): number {
  const rows = read.all<{ at: number; backlog: number; done: number | null }>(sql`
    SELECT snapshot_time AS at, sum(max(total_waiting, 0)) AS backlog, max(entry_count) AS done
    FROM ${progressRows(sql`location_name = ${place.location} AND business_id = ${place.business}
      AND process_name = ${place.process} AND snapshot_time BETWEEN ${from} AND ${until}`)}
    GROUP BY snapshot_time ORDER BY snapshot_time`);
  return finishedPerInterval(rows).reduce((sum, interval) => sum + interval.items, 0);
}
