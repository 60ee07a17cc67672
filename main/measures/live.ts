// What is true of the cells now: the figures of the situation, so that every screen shows the same.

import type { SituationRow } from '../analytics/contract/situation.ts';
import { minuteOfDay } from '../kernel/clock.ts';
import { sql } from '../store/index.ts';
import { names, type Piece, type Scope } from './measure.ts';
import { dated } from './window.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** What a person does in an hour is looked up over so many days, where nobody works who could be measured. */
const PACE_DAYS = 28;

const cellOf = (row: SituationRow): Pick<Piece, 'location' | 'business' | 'process' | 'cell'> => ({
  location: row.location,
  business: row.businessId,
  process: row.process,
  cell: row.cellId,
});
/** A figure of each cell; one that is not known is left out, or makes the whole unknown. */
export const livePieces = (
  scope: Scope,
  n: (row: SituationRow) => number | null,
  o: { keepUnknown?: boolean } = {},
): Piece[] =>
  scope.means.situation().rows.flatMap((row): Piece[] => {
    const value = n(row);
    return value === null && !o.keepUnknown
      ? []
      : [{ ...cellOf(row), ...dated(scope.span.days.at(-1) ?? ''), n: value, one: row.cellId }];
  });

/**
 * The instant of today that is asked about, if any, and which deadlines that means: "the 18:00 deadline" those of that minute, where there
 * are any; "until 18:00" all up to it.
 */
function deadlinesAsked({ span, now, means }: Scope): {
  readonly instant: number;
  readonly isAsked: (d: { readonly deadline: number }) => boolean;
} | null {
  const instant = span.due ?? span.at;
  if (instant === null || instant <= now) return null;
  const isThen = (d: { readonly deadline: number }): boolean => Math.abs(d.deadline - instant) < MINUTE;
  const isOfThen = span.due === null && means.risks()?.cells.some((cell) => cell.deadlines.some(isThen));
  return { instant, isAsked: isOfThen ? isThen : (d) => d.deadline <= instant };
}
const dueMinute = (deadline: number, { zone, now }: Scope): string => {
  const minute = minuteOfDay(deadline, zone);
  return String(deadline - now > (DAY - minuteOfDay(now, zone)) * MINUTE ? minute + DAY : minute);
};

/** P(late): of each cell's worst deadline; by deadline, of those of a time or until one, of these. */
export function latePieces(scope: Scope): Piece[] {
  const asked = deadlinesAsked(scope);
  if (asked === null && !names(scope, 'deadline'))
    return livePieces(scope, (row) => (row.pOnTime === null ? null : 1 - row.pOnTime));
  return (scope.means.risks()?.cells ?? []).flatMap(({ cell, deadlines }) =>
    deadlines
      .filter((d) => asked === null || asked.isAsked(d))
      .map((d) => ({
        location: cell.location,
        business: cell.businessId,
        process: cell.process,
        cell: cell.cellId,
        deadline: dueMinute(d.deadline, scope),
        one: cell.cellId,
        n: d.pMiss,
      })),
  );
}

/** The next deadline of each cell that has not passed. */
export const deadlinePieces = (scope: Scope): Piece[] =>
  livePieces(scope, (row) => {
    const open = [row.deadline, ...row.lots.map((lot) => lot.deadline)].filter(
      (at): at is number => at !== null && at > scope.now,
    );
    return open.length ? Math.min(...open) : null;
  });

/** items/hour of one person of a process over the last weeks */
function usualPace(scope: Scope, process: string): number | null {
  const row = scope.means.read.get<{ pace: number | null }>(
    sql`SELECT sum(items_done) / nullif(sum(hours_worked), 0) AS pace FROM productivity_records
      WHERE process_name = ${process} AND record_date >= (SELECT date(max(record_date), ${`-${PACE_DAYS} days`}) FROM productivity_records)`,
  );
  return row?.pace ?? null;
}
/**
 * How many more people a cell needs at the pace its people work, to make the deadline it will miss; with a time asked for, to have done by
 * then what is due by then (all that waits, where nothing is).
 */
export function shortPieces(scope: Scope): Piece[] {
  const asked = deadlinesAsked(scope);
  const risks = asked && scope.means.risks();
  return livePieces(scope, (row) => {
    const needed = asked ? neededBy(row, asked) : row.shortItems >= 1 ? row.required : null;
    const each =
      row.throughput !== null && row.throughput > 0 && row.people > 0
        ? row.throughput / row.people
        : usualPace(scope, row.process);
    if (needed === null || !each) return 0;
    return Math.max(0, Math.ceil((needed - each * row.people) / each - 1e-9));
  });
  /** of the deadlines asked about, the one that takes the most people: who makes a later one may still miss it */
  function neededBy(row: SituationRow, { instant, isAsked }: NonNullable<typeof asked>): number | null {
    const lots = (risks?.cells.find((c) => c.cell.cellId === row.cellId)?.deadlines ?? []).filter(isAsked);
    if (lots.length > 0) return Math.max(...lots.map((lot) => lot.required ?? 0));
    return row.backlog / ((instant - scope.now) / (60 * MINUTE));
  }
}
