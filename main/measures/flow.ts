// Items that came into a cell or left it, from the differences between snapshots: by the step where steps are asked for, else by the line.
import { addDays, dateIn, instantOf } from '../kernel/clock.ts';
import { names, type Piece, type Place, placed, type Scope } from './measure.ts';
import { type Bound, finishedThrough, type Level, levelsAt, lotsAt } from './snapshots.ts';
import { dated, passed, timed } from './window.ts';

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
/** What was left over is looked for in the days since the one before, over a long weekend. */
const CARRIED_DAYS = 5;
const LEARNT_DAYS = 14;
/** A step that sees less than this of what the first one sees is passed by a part only: the line ends before it. */
const MOST_OF_IT = 0.6;

const lineOf = (place: Place): string => `${place.location}\u001f${place.business}`;
const linesOf = (scope: Scope): Place[][] => [...Map.groupBy(scope.placesWanted, lineOf).values()];
export const isByStep = (scope: Scope): boolean => names(scope, 'process', 'cell');

/** Where work comes into its line. */
export const firstSteps = (scope: Scope): Place[] =>
  linesOf(scope).flatMap((line) => line.reduce((a, b) => ((b.sequence ?? 0) < (a.sequence ?? 0) ? b : a)));

/** Where whole items leave their line: its last step through which most of them pass. */
export function lastSteps(scope: Scope): Place[] {
  const today = dateIn(scope.now, scope.zone);
  const bounds = Array.from({ length: LEARNT_DAYS }, (_, i): Bound => {
    const day = addDays(today, -i);
    return {
      since: instantOf(day, 0, scope.zone),
      at: Math.min(scope.now, instantOf(day, DAY_MINUTES, scope.zone) - 1),
    };
  });
  const levels = levelsAt(scope.means.read, scope.placesWanted, bounds);
  const seen = new Map(
    scope.placesWanted.map((place, i) => [
      place.cellId,
      (levels[i] ?? []).reduce((sum, level) => sum + (level?.done ?? 0), 0),
    ]),
  );
  return linesOf(scope).flatMap((line) => {
    const steps = line.toSorted((a, b) => (b.sequence ?? 0) - (a.sequence ?? 0));
    const all = Math.max(...steps.map((p) => seen.get(p.cellId) ?? 0));
    return steps.find((p) => (seen.get(p.cellId) ?? 0) >= MOST_OF_IT * all) ?? [];
  });
}

type Part = {
  readonly from: number;
  readonly until: number;
  readonly day: string;
  readonly midnight: number;
};
/** The parts of the window that are counted apart: its days, or their hours or half hours. */
function partsOf(scope: Scope): Part[] {
  const minutes =
    scope.by.has('half-hour') || names(scope, 'half-hour') ? 30 : names(scope, 'hour') ? 60 : null;
  const { days, intervals } = passed(scope.span, scope.now);
  return days.flatMap((day, i) => {
    const [from, until] = intervals[i] ?? [0, 0];
    const midnight = instantOf(day, 0, scope.zone);
    if (minutes === null) return [{ from, until, day, midnight }];
    const parts: Part[] = [];
    for (let at = midnight; at < until; at += minutes * MINUTE)
      if (at + minutes * MINUTE > from)
        parts.push({
          from: Math.max(from, at),
          until: Math.min(until, at + minutes * MINUTE),
          day,
          midnight,
        });
    return parts;
  });
}

/**
 * What came in or was finished. A day begins with nothing finished; what was there at its first snapshot came in at a time nobody knows, so
 * it is counted to the day and to no hour.
 */
export function flowPieces(scope: Scope, what: 'arrivals' | 'finished'): Piece[] {
  const { read } = scope.means;
  const cells = isByStep(scope)
    ? scope.placesWanted
    : what === 'arrivals'
      ? firstSteps(scope)
      : lastSteps(scope);
  const parts = partsOf(scope);
  if (cells.length === 0 || parts.length === 0) return [];
  const isByHour = names(scope, 'hour', 'half-hour');
  // neighbouring hours share their ends: each snapshot is read once
  const bounds: Bound[] = [];
  const known = new Map<string, number>();
  const place = (bound: Bound): number => {
    const key = `${bound.since} ${bound.at} ${bound.first ?? ''}`;
    const index = known.get(key) ?? bounds.push(bound) - 1;
    known.set(key, index);
    return index;
  };
  const ends = parts.map(({ from, until, midnight }) => [
    place({ since: midnight, at: from }),
    place({ since: midnight, at: until }),
    ...(isByHour ? [place(firstOf(midnight))] : []),
  ]);
  const levels = levelsAt(read, cells, bounds);
  const carried = what === 'arrivals' && !isByHour ? leftOver(scope, cells, parts) : null;
  return cells.flatMap((cell, c) =>
    parts.flatMap((part, i): Piece[] => {
      const [before = null, after = null, first = null] = (ends[i] ?? []).map((b) => levels[c]?.[b] ?? null);
      // before the first snapshot nothing is known of an hour
      if (!after || (before === null && after.at === first?.at)) return [];
      const morning = { at: part.midnight, waiting: carried?.(c, part.midnight) ?? 0, done: 0 };
      const n = between(scope, cell, before ?? first ?? morning, after, what);
      if (n === null) return [];
      return [{ ...placed(cell), ...(isByHour ? timed(part.from, scope.zone) : dated(part.day)), n }];
    }),
  );
}
const firstOf = (midnight: number): Bound => ({
  since: midnight,
  at: midnight + DAY_MINUTES * MINUTE,
  first: true,
});
function between(scope: Scope, place: Place, from: Level, until: Level, what: string): number | null {
  if (until.done === null) return null;
  const steady = until.done - (from.done ?? 0);
  const finished = steady >= 0 ? steady : finishedThrough(scope.means.read, place, from.at, until.at);
  return what === 'finished' ? finished : finished + until.waiting - from.waiting;
}
/** What each cell had in the morning already the evening before: as much as waits for the same deadline in both. */
function leftOver(
  scope: Scope,
  cells: readonly Place[],
  parts: readonly Part[],
): (cell: number, midnight: number) => number {
  const mornings = [...new Set(parts.map((part) => part.midnight))];
  const lots = lotsAt(
    scope.means.read,
    cells,
    mornings.flatMap((midnight) => [
      { since: midnight - CARRIED_DAYS * DAY_MINUTES * MINUTE, at: midnight - 1 },
      firstOf(midnight),
    ]),
  );
  const waiting = new Map(lots.map((lot) => [`${lot.cell} ${lot.bound} ${lot.deadline}`, lot.waiting]));
  const sums = new Map<string, number>();
  for (const lot of lots) {
    if (lot.bound % 2 === 1) continue;
    const still = Math.min(lot.waiting, waiting.get(`${lot.cell} ${lot.bound + 1} ${lot.deadline}`) ?? 0);
    const key = `${lot.cell} ${mornings[lot.bound / 2]}`;
    sums.set(key, (sums.get(key) ?? 0) + still);
  }
  return (cell, midnight) => sums.get(`${cell} ${midnight}`) ?? 0;
}
