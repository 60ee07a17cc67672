import type { Applied, Change, ChangeScope } from '../../api/contract/what-if.ts';
import { AppError } from '../../errors.ts';
import { at, startIn } from '../arithmetic.ts';
import { withComing } from '../flow/expect-due.ts';
import type { Line } from '../flow/types.ts';
import { tidy } from '../read-rosters.ts';
import type { Instance, PlacementCell, PlacementOperator } from '../types.ts';
import { helpfulFirst, typicalFirst, typicalPerson, wantedOf } from './choose-people.ts';

const MINUTE = 60_000;
/** Deadlines are told by the minute. */
const SAME_MINUTE = 1;

type Step<K extends Change['kind']> = Extract<Change, { kind: K }>;
type Result = { readonly instance: Instance; readonly applied: Applied };

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

/** minutes from the instance's instant to a local minute of its day */
function minuteAt(instance: Instance, dayMinute: number): number {
  if (instance.minuteOfDay === undefined)
    throw new RangeError('an instance from before it knew its local time');
  return dayMinute - instance.minuteOfDay - (instance.now % MINUTE) / MINUTE;
}
const indexesIn = (instance: Instance, where: ChangeScope): number[] =>
  instance.cells.flatMap(({ cell }, c) =>
    (where.location === undefined || cell.location === where.location) &&
    (where.businessId === undefined || cell.businessId === where.businessId) &&
    (where.process === undefined || cell.process === where.process)
      ? [c]
      : [],
  );
const cellIndex = (instance: Instance, cellId: string): number => {
  const index = instance.cells.findIndex(({ cell }) => cell.cellId === cellId);
  if (index < 0) throw new AppError('not-found', { what: cellId });
  return index;
};
const noPeople = (cells: number): Applied => ({ people: [], wanted: null, cells });
const took = (people: readonly PlacementOperator[], wanted: number): Applied => ({
  people: people.map(({ id, name }) => ({ operatorId: id, name })),
  wanted,
  cells: new Set(people.map((person) => person.cell)).size,
});

/** Whom a change takes, of those there. `order`: in which order when they are not named. */
function taken(
  instance: Instance,
  { where, who }: Pick<Step<'move'>, 'where' | 'who'>,
  order: (people: readonly PlacementOperator[]) => readonly PlacementOperator[],
): { readonly chosen: readonly PlacementOperator[]; readonly wanted: number } {
  if (who.kind === 'named') {
    const named = new Set(who.operatorIds);
    return { chosen: instance.operators.filter(({ id }) => named.has(id)), wanted: named.size };
  }
  const cells = new Set(indexesIn(instance, where));
  const there = instance.operators.filter((person) => cells.has(person.cell) && person.until > 0);
  const wanted = wantedOf(who, there.length);
  return { chosen: order(there).slice(0, wanted), wanted };
}
/** The people with each of the chosen ones in their new way; none: they are not there at all. */
const withEach = (
  instance: Instance,
  chosen: readonly PlacementOperator[],
  become: (person: PlacementOperator) => readonly PlacementOperator[],
): Instance => {
  const set = new Set(chosen);
  return {
    ...instance,
    operators: instance.operators.flatMap((person) => (set.has(person) ? become(person) : [person])),
  };
};

function move(instance: Instance, change: Step<'move'>): Result {
  const target = cellIndex(instance, change.toCellId);
  const { chosen, wanted } = taken(instance, change, (people) => helpfulFirst(instance, people, target));
  const from = change.from === undefined ? instance.movesFrom : minuteAt(instance, change.from);
  const going = chosen.filter((person) => person.cell !== target && person.until > from);
  const moved = withEach(instance, going, (person) => {
    // the way and what is new there count as in a plan that moves them then
    const starts = startIn({ ...instance, movesFrom: Math.max(instance.movesFrom, from) }, person, target);
    const { rampUntil: _, ...stays } = person;
    const isNew = at(instance.cells, person.cell).process !== at(instance.cells, target).process;
    const there: PlacementOperator = {
      ...stays,
      cell: target,
      from: starts,
      movesToday: person.movesToday + 1,
      ...(isNew && { rampUntil: starts + instance.rules.rampMinutes }),
    };
    const before = from > Math.max(0, person.from) ? [{ ...person, until: from }] : [];
    return starts < person.until ? [...before, there] : before;
  });
  const applied = took(going, wanted);
  return { instance: moved, applied: { ...applied, cells: applied.cells + (going.length > 0 ? 1 : 0) } };
}

/** A person without [from, until): gone, later, shorter, or with one more pause. */
function without(person: PlacementOperator, from: number, until: number): PlacementOperator[] {
  if (from >= person.until || until <= Math.max(0, person.from)) return [person];
  const starts = from <= Math.max(0, person.from);
  const ends = until >= person.until;
  if (starts) return ends ? [] : [{ ...person, from: until }];
  if (ends) return [{ ...person, until: from }];
  return [{ ...person, breaks: tidy([...person.breaks, [from, until]]) }];
}
function absence(instance: Instance, change: Step<'absence'>): Result {
  const { chosen, wanted } = taken(instance, change, (people) => typicalFirst(instance, people));
  const from = change.from === undefined ? 0 : minuteAt(instance, change.from);
  const until = change.until === undefined ? Number.POSITIVE_INFINITY : minuteAt(instance, change.until);
  const missing = chosen.filter((person) => until > from && from < person.until);
  return {
    instance: withEach(instance, missing, (person) => without(person, from, until)),
    applied: took(missing, wanted),
  };
}

function extra(instance: Instance, change: Step<'extra'>): Result {
  const c = cellIndex(instance, change.cellId);
  const { process } = at(instance.cells, c);
  const trained = instance.operators.filter((person) => at(person.speed, process) > 0);
  const team = trained.filter((person) => person.cell === c);
  const like = typicalPerson(instance, team.length > 0 ? team : trained);
  if (!like) return { instance, applied: { people: [], wanted: change.count, cells: 0 } };
  const from =
    change.from === undefined ? Math.min(0, like.from) : Math.max(0, minuteAt(instance, change.from));
  const until = change.until === undefined ? like.until : minuteAt(instance, change.until);
  const more = Array.from({ length: change.count }, (_, i): PlacementOperator => {
    const { rampUntil: __, ...settled } = like;
    return { ...settled, cell: c, id: `${like.id}+${i + 1}`, name: '', from, until, movedBy: null };
  });
  const come = until > Math.max(0, from) ? more : [];
  return {
    instance: { ...instance, operators: [...instance.operators, ...come] },
    applied: {
      people: come.map(({ id, name }) => ({ operatorId: id, name })),
      wanted: change.count,
      cells: 1,
    },
  };
}

function overtime(instance: Instance, change: Step<'overtime'>): Result {
  const { chosen, wanted } = taken(instance, change, (people) => typicalFirst(instance, people));
  const until = minuteAt(instance, change.until);
  const staying = chosen.filter((person) => person.until < until);
  return {
    instance: withEach(instance, staying, (person) => [{ ...person, until }]),
    applied: took(staying, wanted),
  };
}

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

function volume(instance: Instance, { where, factor }: Step<'volume'>): Result {
  const scope = new Set(indexesIn(instance, where));
  const changed = withLines(instance, scope, {
    cell: (cell) => ({
      ...cell,
      backlog: cell.backlog * factor,
      lots: cell.lots.map((lot) => ({ ...lot, items: lot.items * factor })),
    }),
    line(line) {
      const first = line.cells.findIndex((c) => scope.has(c));
      if (first === 0)
        return { ...line, arrivals: line.arrivals.map((a) => ({ ...a, items: a.items * factor })) };
      // what the first step concerned hands on is more already for those after it
      const routing = line.routing.map((row) =>
        row.map((share, s) => (s === first ? share * factor : share)),
      );
      return { ...line, routing };
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
