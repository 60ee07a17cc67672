import type { CellDay, WorkDay } from '../analytics/types.ts';
import { formatTemplate } from '../api/contract/format.ts';
import { JUDGE } from './config.ts';
import { findRises, findSilent, type LogMinute } from './find-rises.ts';
import { findSlow } from './find-slow.ts';
import type { Evidence, KnownIncident, OtherSlow } from './judge.ts';
import { workedOf, workLine } from './work-line.ts';

const MINUTE = 60_000;

/** What the logs say of the hours before an instant. */
export type LogView = {
  /** roll-ups, templates as they are counted now; empty: nothing was logged */
  readonly minutes: readonly LogMinute[];
  readonly textOf: (template: number) => string;
  /** a template was not seen before `since` (epoch ms) */
  readonly isNew: (template: number, since: number) => boolean;
  readonly incidents: readonly (KnownIncident & { readonly templates: readonly number[] })[];
};

/**
 * The evidence for one cell as the day stood at `day.at`. `deadline` says which of the cell's deadlines is meant; without it the
 * likeliest to be missed. Pure; null when the cell is not among the day's.
 */
export function gatherEvidence(
  day: WorkDay,
  cellId: string,
  o: {
    logs: LogView;
    deadline?: number | undefined;
    slowOf?: (cell: CellDay) => ReturnType<typeof findSlow>;
  },
): Evidence | null {
  const target = day.cells.find((c) => c.cell.cellId === cellId);
  if (!target) return null;
  const deadline = o.deadline ?? target.deadline;
  const line = deadline === null ? null : workLine(day.cells, target, deadline);
  const inLine = new Set(line?.cells.map((c) => c.day.cell.cellId));
  const slowOf = o.slowOf ?? ((cell) => findSlow(workedOf(cell), cell.usual));
  const others = day.cells
    .filter((c) => !inLine.has(c.cell.cellId))
    .flatMap((c): OtherSlow[] => slowOf(c).slow.map((stretch) => ({ cell: c.cell, stretch })));
  const falls = (line?.cells ?? [])
    .flatMap((c) => c.pace.slow)
    .sort((a, b) => b.usual - b.items - (a.usual - a.items));
  // errors are looked for around the fall that cost most; without one, of late
  const around = falls[0]?.from ?? day.at - JUDGE.leadMinutes * MINUTE;
  return {
    cell: target.cell,
    asOf: day.at,
    deadline,
    pMiss: target.pMiss,
    line,
    others,
    logs: o.logs.minutes.length === 0 ? null : logsAround(o.logs, around, day.at),
  };
}

function logsAround(logs: LogView, around: number, until: number): NonNullable<Evidence['logs']> {
  const incidents = logs.incidents.filter(
    (i) => i.from <= until && (i.to ?? until) >= around - JUDGE.leadMinutes * MINUTE,
  );
  return {
    rises: findRises(logs.minutes, { around, until, isNew: logs.isNew }).map((rise) => ({
      ...rise,
      text: formatTemplate(logs.textOf(rise.templateId)),
      incidentId: incidents.find((i) => i.templates.includes(rise.templateId))?.id ?? null,
    })),
    silent: findSilent(logs.minutes, until),
    incidents,
  };
}
