import type { CellDay, TeamStint, WorkDay } from '../analytics/types.ts';
import type { Incident } from '../api/contract/anomalies.ts';
import type { Bilingual, Freshness } from '../api/contract/common.ts';
import type { LogCounts, LogLevel } from '../api/contract/logs.ts';
import type { Timeline } from '../api/contract/timeline.ts';
import { LOOK } from './config.ts';

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

type Change = { readonly at: number; readonly change: number; readonly why: keyof typeof WORDS };
/** What `n` people did; shifts that begin and end as planned, and everything else. */
const WORDS = {
  began: { ja: (n: number) => `${n}名が始業`, en: (n: number) => `${n} began` },
  ended: { ja: (n: number) => `${n}名が終業`, en: (n: number) => `${n} ended` },
  joined: { ja: (n: number) => `${n}名が応援に入る`, en: (n: number) => `${n} came to support` },
  returned: { ja: (n: number) => `${n}名の応援が終わる`, en: (n: number) => `support of ${n} ended` },
  left: { ja: (n: number) => `${n}名が早退`, en: (n: number) => `${n} left early` },
  moved: { ja: (n: number) => `${n}名が応援に出る`, en: (n: number) => `${n} sent elsewhere` },
  absent: { ja: (n: number) => `${n}名が欠勤`, en: (n: number) => `${n} absent` },
  cancelled: { ja: (n: number) => `${n}名の配置が取消`, en: (n: number) => `${n} taken off` },
} as const;

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
      const words: Bilingual = {
        ja: WORDS[first.why].ja(group.length),
        en: WORDS[first.why].en(group.length),
      };
      return [{ at: first.at, change: group.reduce((sum, c) => sum + c.change, 0), words }];
    })
    .sort((a, b) => a.at - b.at || a.change - b.change);
}
