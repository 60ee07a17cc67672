import { at } from '../arithmetic.ts';
import type { Applied, Change } from '../contract/what-if.ts';
import { withComing } from '../flow/expect-due.ts';
import type { Line } from '../flow/types.ts';
import type { Instance, PlacementCell } from '../types.ts';
import { absence, extra, move, overtime } from './change-people.ts';
import { indexesIn, minuteAt, type Result, type Step } from './scope.ts';

/** Deadlines are told by the minute. */
const SAME_MINUTE = 1;
/** What arrives before the instant is there already. */
const ARRIVES = 1;

const noPeople = (cells: number): Applied => ({ people: [], wanted: null, cells });

function speed(instance: Instance, { where, factor }: Step<'speed'>): Result {
  const scope = new Set(indexesIn(instance, where));
  const cells = instance.cells.map((cell, c) =>
    scope.has(c) ? { ...cell, pace: { ...cell.pace, mean: cell.pace.mean * factor } } : cell,
  );
  return { instance: { ...instance, cells }, applied: noPeople(scope.size) };
}

/** The lines that a scope touches, changed, and the cells with what comes to them worked out again. */
function withLines(
  instance: Instance,
  scope: ReadonlySet<number>,
  o: { cell?: (cell: PlacementCell, c: number) => PlacementCell; line: (line: Line) => Line },
): Instance {
  const cells = instance.cells.map((cell, c) => (scope.has(c) && o.cell ? o.cell(cell, c) : cell));
  const lines = instance.lines.map((line) => (line.cells.some((c) => scope.has(c)) ? o.line(line) : line));
  const touched = lines.filter((line, i) => line !== instance.lines[i]);
  return { ...instance, lines, cells: withComing(cells, touched) };
}

function volume(instance: Instance, { where, factor, of, items }: Step<'volume'>): Result {
  const scope = new Set(indexesIn(instance, where));
  if (items !== undefined) return arriving(instance, scope, items);
  if (of === 'coming')
    return {
      instance: withLines(instance, scope, { line: (line) => scaled(line, scope, factor) }),
      applied: noPeople(scope.size),
    };
  const changed = withLines(instance, scope, {
    cell: (cell) => ({
      ...cell,
      backlog: cell.backlog * factor,
      lots: cell.lots.map((lot) => ({ ...lot, items: lot.items * factor })),
    }),
    line(line) {
      const { arrivals } = scaled(line, scope, factor);
      const first = line.cells.findIndex((c) => scope.has(c));
      // what the first step concerned hands on is more already for those after it
      const routing = line.routing.map((row) =>
        row.map((share, s) => (s === first ? share * factor : share)),
      );
      return { ...line, arrivals, routing };
    },
  });
  return { instance: changed, applied: noPeople(scope.size) };
}

/** Arrivals at the steps in scope, times a factor. */
const scaled = (line: Line, scope: ReadonlySet<number>, factor: number): Line => ({
  ...line,
  arrivals: line.arrivals.map((a) =>
    scope.has(line.cells[a.step ?? 0] ?? -1) ? { ...a, items: a.items * factor } : a,
  ),
});
/** More items come in at once, at the first step in scope of each line; fewer are taken from what is still to come. */
function arriving(instance: Instance, scope: ReadonlySet<number>, items: number): Result {
  const lines = instance.lines.filter((line) => line.cells.some((c) => scope.has(c)));
  const share = items / Math.max(1, lines.length);
  const changed = withLines(instance, scope, {
    line(line) {
      const coming = line.arrivals
        .filter((a) => scope.has(line.cells[a.step ?? 0] ?? -1))
        .reduce((sum, a) => sum + a.items, 0);
      if (share < 0) return coming > 0 ? scaled(line, scope, Math.max(0, 1 + share / coming)) : line;
      const step = line.cells.findIndex((c) => scope.has(c));
      const more = { minute: ARRIVES, items: share / (line.arrivalScale.mean || 1), step };
      return { ...line, arrivals: [...line.arrivals, more].sort((a, b) => a.minute - b.minute) };
    },
  });
  return { instance: changed, applied: noPeople(scope.size) };
}

function deadline(instance: Instance, change: Step<'deadline'>): Result {
  const scope = new Set(indexesIn(instance, change.where));
  const wanted = change.deadline === undefined ? null : minuteAt(instance, change.deadline);
  const moved = new Map<number, Map<number, number>>();
  for (const c of scope) {
    const open = at(instance.cells, c).lots.map((lot) => lot.deadline);
    const line = instance.lines.find((l) => l.cells.includes(c));
    const known = line ? line.lots.map((lot) => lot[line.cells.indexOf(c)] ?? 0) : open;
    const { shift } = change;
    const which =
      wanted !== null
        ? known.filter((minute) => Math.abs(minute - wanted) < SAME_MINUTE)
        : shift.kind === 'by'
          ? known
          : open.filter((minute) => minute > 0).slice(0, 1);
    const become = (minute: number): number =>
      shift.kind === 'by' ? minute + shift.minutes : minuteAt(instance, shift.at);
    if (which.length > 0) moved.set(c, new Map(which.map((minute) => [minute, become(minute)])));
  }
  const newOf = (c: number, minute: number): number => moved.get(c)?.get(minute) ?? minute;
  const changed = withLines(instance, new Set(moved.keys()), {
    cell: (cell, c) => ({
      ...cell,
      lots: cell.lots
        .map((lot) => ({ ...lot, deadline: newOf(c, lot.deadline) }))
        .sort((a, b) => a.deadline - b.deadline),
    }),
    line(line) {
      // work to come stays booked onto the lot it was expected for
      const lots = line.lots.map((lot, k) => ({
        deadlines: lot.map((minute, s) => newOf(line.cells[s] ?? -1, minute)),
        bookedBy: line.bookedBy?.[k] ?? lot[0] ?? 0,
      }));
      const sum = (minutes: readonly number[]): number => minutes.reduce((a, b) => a + b, 0);
      lots.sort((a, b) => sum(a.deadlines) - sum(b.deadlines));
      return { ...line, lots: lots.map((lot) => lot.deadlines), bookedBy: lots.map((lot) => lot.bookedBy) };
    },
  });
  return { instance: changed, applied: noPeople(moved.size) };
}

/**
 * An instance as it would be under changes, one after the other, and what each of them took hold of. Pure: the instance given stays as it
 * is, and without a change it is the one returned. Refuses a cell that is not there (`not-found`).
 */
export function applyChanges(
  instance: Instance,
  changes: readonly Change[],
): { readonly instance: Instance; readonly applied: readonly Applied[] } {
  const applied: Applied[] = [];
  let changed = instance;
  for (const change of changes) {
    const result = applyOne(changed, change);
    changed = result.instance;
    applied.push(result.applied);
  }
  return { instance: changed, applied };
}

function applyOne(instance: Instance, change: Change): Result {
  switch (change.kind) {
    case 'move':
      return move(instance, change);
    case 'absence':
      return absence(instance, change);
    case 'extra':
      return extra(instance, change);
    case 'volume':
      return volume(instance, change);
    case 'speed':
      return speed(instance, change);
    case 'deadline':
      return deadline(instance, change);
    case 'overtime':
      return overtime(instance, change);
  }
}
