import type { CellDay, TeamStint, WorkDay } from '../analytics/types.ts';
import type { Incident } from '../anomalies/contract/anomalies.ts';
import type { Freshness } from '../api/contract/common.ts';
import { wordsOf } from '../kernel/words.ts';
import type { LogCounts, LogLevel } from '../logs/contract/logs.ts';
import { LOOK } from './config.ts';
import type { Timeline } from './contract/timeline.ts';
import words from './words.json' with { type: 'json' };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
type Lane = Timeline['lanes'][number];

/** Lanes of the cells that match, beside what the systems did in the same time. */
export function viewDay(
  day: WorkDay | null,
  o: {
    readonly location?: string | undefined;
    readonly businessId?: string | undefined;
    readonly process?: string | undefined;
    readonly from: number;
    readonly to: number;
    readonly freshness: Freshness;
    readonly incidents: readonly Incident[];
    readonly counts: (levels?: LogLevel[]) => LogCounts;
  },
): Timeline {
  const cells = (day?.cells ?? []).filter(
    ({ cell }) =>
      (o.location === undefined || cell.location === o.location) &&
      (o.businessId === undefined || cell.businessId === o.businessId) &&
      (o.process === undefined || cell.process === o.process),
  );
  const lines = o.counts();
  const errors = new Map(o.counts(['error', 'fatal']).series.map((s) => [s.key, s.counts]));
  return {
    from: o.from,
    to: o.to,
    freshness: o.freshness,
    lanes: cells.map((cell) => laneOf(cell, o)),
    incidents: o.incidents.map(({ id, from, to, severity, title, services }) => ({
      id,
      from,
      to,
      severity,
      title,
      services: [...services],
    })),
    logs: {
      bucketMs: lines.bucketMs,
      services: lines.series.map(({ key, counts }) => ({
        service: key,
        lines: counts,
        errors: counts.map((_, i) => errors.get(key)?.[i] ?? 0),
      })),
    },
  };
}

function laneOf(day: CellDay, { from, to }: { from: number; to: number }): Lane {
  const here = day.team.filter((stint) => stint.missing === null);
  return {
    cell: day.cell,
    points: day.snapshots
      .filter((row) => row.at >= from && row.at <= to)
      .map((row) => ({
        at: row.at,
        backlog: row.backlog,
        throughput: throughputAt(day, row.at),
        people:
          day.team.length === 0 ? null : here.filter((s) => s.from <= row.at && row.at < s.until).length,
      })),
    staffing: staffingOf(day.team, from, to),
    deadlines: [...new Set(day.lots.map((lot) => lot.deadline))].filter((at) => at >= from),
  };
}

/** items/hour over the last minutes before an instant; null while no two snapshots with a counter fall into them */
function throughputAt(day: CellDay, at: number): number | null {
  const since = at - LOOK.viewMinutes * MINUTE;
  const inside = day.finished.filter((i) => i.at <= at && i.at > since);
  const first = inside[0];
  if (!first) return null;
  const items = inside.reduce((sum, i) => sum + i.items, 0);
  return (items / Math.max(1, at - first.from)) * HOUR;
}

type Change = { readonly at: number; readonly change: number; readonly why: keyof typeof words.staffing };
/** What `n` people did; shifts that begin and end as planned, and everything else. */
const say = wordsOf(words.staffing);

function staffingOf(team: readonly TeamStint[], from: number, to: number): Lane['staffing'] {
  const leaves = new Set(
    team.filter((s) => s.missing === 'left' || s.missing === 'moved').map((s) => `${s.operatorId} ${s.from}`),
  );
  const changes = team.flatMap((s): Change[] => {
    if (s.missing === 'absent' || s.missing === 'cancelled')
      return [{ at: s.from, change: 0, why: s.missing }];
    if (s.missing !== null) return [{ at: s.from, change: -1, why: s.missing }];
    const begin: Change = { at: s.from, change: 1, why: s.movedBy === null ? 'began' : 'joined' };
    if (leaves.has(`${s.operatorId} ${s.until}`)) return [begin];
    return [begin, { at: s.until, change: -1, why: s.movedBy === null ? 'ended' : 'returned' }];
  });
  const groups = Map.groupBy(
    changes.filter((c) => c.at >= from && c.at <= to),
    (c) => `${c.at} ${c.why}`,
  );
  return [...groups.values()]
    .flatMap((group): Lane['staffing'] => {
      const [first] = group;
      if (!first) return [];
      const change = group.reduce((sum, c) => sum + c.change, 0);
      return [{ at: first.at, change, words: say(first.why, { n: group.length }) }];
    })
    .sort((a, b) => a.at - b.at || a.change - b.change);
}
