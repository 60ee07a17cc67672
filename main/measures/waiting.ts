// What waits: now as every screen shows it, else from the snapshots at the ends of what is asked.
import { instantOf, minuteOfDay } from '../kernel/clock.ts';
import { names, type Piece, placed, type Scope } from './measure.ts';
import { type Bound, levelsAt, lotsAt } from './snapshots.ts';
import { dated, passed, timed } from './window.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** The instants asked for: one, or with hours the beginning of each, with days the end of each, none of them to come. */
function boundsOf(scope: Scope): (Bound & { readonly day: string })[] {
  const { now, zone } = scope;
  const span = passed(scope.span, now);
  const minutes = names(scope, 'half-hour') ? 30 : names(scope, 'hour') ? 60 : null;
  const last = scope.span.at ?? (scope.span.due !== null && scope.span.due <= now ? scope.span.due : null);
  const all = span.days.flatMap((day, i) => {
    const [from, until] = span.intervals[i] ?? [0, 0];
    const since = instantOf(day, 0, zone);
    if (minutes === null) return [{ since, at: Math.min(now, until), day }];
    const bounds: { since: number; at: number; day: string }[] = [];
    for (let at = since; at <= Math.min(now, until); at += minutes * MINUTE)
      if (at >= from) bounds.push({ since, at, day });
    return bounds;
  });
  if (minutes !== null || names(scope, 'day', 'weekday')) return all;
  return all.slice(-1).map((bound) => ({ ...bound, at: Math.min(now, last ?? bound.at) }));
}
/** What is due: the instant, where the window ends in time to come. */
const dueOf = ({ span, now }: Scope): number | null => {
  const due = span.due ?? span.at;
  return due !== null && due > now ? due : null;
};
const dueAt = (deadline: number | null, zone: string, midnight: number): { deadline?: string } =>
  deadline === null
    ? {}
    : { deadline: String(minuteOfDay(deadline, zone) + (deadline >= midnight + DAY * MINUTE ? DAY : 0)) };

export function waitingPieces(scope: Scope): Piece[] {
  const due = dueOf(scope);
  const bounds = boundsOf(scope);
  const isTimed = names(scope, 'half-hour', 'hour', 'day', 'weekday');
  const isByLot = due !== null || names(scope, 'deadline');
  const [only] = bounds;
  if (!isTimed && only && only.at >= scope.now) return now(scope, { due, isByLot, midnight: only.since });
  const stamp = (bound: (typeof bounds)[number], at: number) => ({
    ...(names(scope, 'half-hour', 'hour') ? timed(bound.at, scope.zone) : dated(bound.day)),
    at,
  });
  const cells = scope.placesWanted;
  if (isByLot)
    return lotsAt(scope.means.read, cells, bounds).flatMap((lot): Piece[] => {
      const place = cells[lot.cell];
      const bound = bounds[lot.bound];
      if (!place || !bound) return [];
      const { cell: _, bound: __, ...row } = lot;
      return [
        {
          ...placed(place),
          ...dueAt(row.deadline, scope.zone, bound.since),
          ...stamp(bound, bound.at),
          one: place.cellId,
          n: row.waiting,
        },
      ];
    });
  return levelsAt(scope.means.read, cells, bounds).flatMap((levels, c) =>
    levels.flatMap((level, b): Piece[] => {
      const place = cells[c];
      const bound = bounds[b];
      return place && bound && level
        ? [{ ...placed(place), ...stamp(bound, bound.at), one: place.cellId, n: level.waiting }]
        : [];
    }),
  );
}
/** As every other screen shows it. */
const now = (scope: Scope, o: { due: number | null; isByLot: boolean; midnight: number }): Piece[] =>
  scope.means.situation().rows.flatMap((row): Piece[] => {
    const cell = { location: row.location, business: row.businessId, process: row.process, cell: row.cellId };
    const one = { one: row.cellId, at: scope.now, ...dated(scope.span.days.at(-1) ?? '') };
    if (!o.isByLot) return [{ ...cell, ...one, n: row.backlog }];
    return row.lots
      .filter((lot) => o.due === null || lot.deadline <= o.due)
      .map((lot) => ({ ...cell, ...one, ...dueAt(lot.deadline, scope.zone, o.midnight), n: lot.items }));
  });
