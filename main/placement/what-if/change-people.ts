import { at, contribution, lastDeadline, obstacles, shiftEnd, stintsOf } from '../arithmetic.ts';
import type { Applied, Who } from '../contract/what-if.ts';
import type { Instance, PlacementOperator, PlacementStint } from '../types.ts';
import { cellIndex, indexesIn, minuteAt, type Result, type Step } from './scope.ts';

/** items/hour where they are */
const speedOf = (instance: Instance, person: PlacementOperator): number =>
  at(person.speed, at(instance.cells, person.cell).process);

/** Those whose speed is nearest to the median of their team first, so that a guess at who it is errs to neither side. */
const mostUsual = (instance: Instance, team: readonly PlacementOperator[]): PlacementOperator[] => {
  const speeds = team.map((person) => speedOf(instance, person)).sort((a, b) => a - b);
  const median = speeds[Math.floor(speeds.length / 2)] ?? 0;
  const off = (person: PlacementOperator): number => Math.abs(speedOf(instance, person) - median);
  return [...team].sort((a, b) => off(a) - off(b) || (a.id < b.id ? -1 : 1));
};
const typicalPerson = (
  instance: Instance,
  team: readonly PlacementOperator[],
): PlacementOperator | undefined => mostUsual(instance, team)[0];

/**
 * People in the order in which an unnamed number of them is taken: from every team by its size (divisor method of Webster/Sainte-Laguë, so
 * that one more never lets another one off), the most usual of each team first.
 */
function typicalFirst(instance: Instance, people: readonly PlacementOperator[]): PlacementOperator[] {
  const ranked = [...Map.groupBy(people, (person) => person.cell).values()].flatMap((team) =>
    mostUsual(instance, team).map((person, rank) => ({ person, place: (rank + 0.5) / team.length })),
  );
  return ranked
    .sort(
      (a, b) => a.place - b.place || a.person.cell - b.person.cell || (a.person.id < b.person.id ? -1 : 1),
    )
    .map(({ person }) => person);
}

/** People whom no rule keeps from going to `target`, who bring the most by its last deadline first. */
function helpfulFirst(
  instance: Instance,
  people: readonly PlacementOperator[],
  target: number,
): PlacementOperator[] {
  const by = lastDeadline(at(instance.cells, target));
  return people
    .filter((person) => person.cell !== target && obstacles(instance, person, target).length === 0)
    .map((person) => ({ person, items: contribution(instance, person, target, by ?? person.until) }))
    .sort((a, b) => b.items - a.items || (a.person.id < b.person.id ? -1 : 1))
    .map(({ person }) => person);
}

/** How many are asked for. */
const wantedOf = (who: Who, there: number): number =>
  who.kind === 'named'
    ? who.people.length
    : who.kind === 'number'
      ? who.count
      : Math.round(who.share * there);

const took = (people: readonly PlacementOperator[], wanted: number): Applied => ({
  people: people.map(({ id, name }) => ({ operatorId: id, name })),
  wanted,
  cells: new Set(people.map((person) => person.cell)).size,
});

/** A person's day, stint by stint. */
const dayOf = (instance: Instance, person: PlacementOperator): PlacementStint[] =>
  stintsOf(instance, person, person.cell).toSorted((a, b) => a.from - b.from);
/** Where somebody is at a minute, or goes next. */
const stintAt = (instance: Instance, person: PlacementOperator, minute: number): PlacementStint | undefined =>
  dayOf(instance, person).find((stint) => stint.until > minute);
/** A person with another day; none: they are not there at all. */
function withDay(
  { movesFrom }: Instance,
  person: PlacementOperator,
  stints: readonly PlacementStint[],
): PlacementOperator[] {
  const day = stints.filter((stint) => stint.until > stint.from).sort((a, b) => a.from - b.from);
  const now = day.find((stint) => stint.until > movesFrom) ?? day.findLast((stint) => stint.until > 0);
  if (!now) return [];
  const { rampUntil: _, otherStints: __, ...self } = person;
  const otherStints = day.filter((stint) => stint !== now);
  return [{ ...self, ...now, ...(otherStints.length > 0 && { otherStints }) }];
}

/** Whom a change takes, of those who are in its scope at `minute` or go there next. `order`: in which order when they are not named. */
function taken(
  instance: Instance,
  { where, who }: Pick<Step<'move'>, 'where' | 'who'>,
  {
    minute,
    order,
  }: {
    readonly minute: number;
    readonly order: (people: readonly PlacementOperator[]) => readonly PlacementOperator[];
  },
): { readonly chosen: readonly PlacementOperator[]; readonly wanted: number } {
  if (who.kind === 'named') {
    const named = new Set(who.people.map((person) => person.operatorId));
    return { chosen: instance.operators.filter(({ id }) => named.has(id)), wanted: named.size };
  }
  const cells = new Set(indexesIn(instance, where));
  const there = instance.operators.filter((person) =>
    cells.has(stintAt(instance, person, minute)?.cell ?? -1),
  );
  const wanted = wantedOf(who, there.length);
  return { chosen: order(there).slice(0, wanted), wanted };
}
/** The people with each of the chosen ones in their new way. */
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

/** They leave when they are to, or as soon as a plan can; the way and what is new there count as in a plan that moves them then. */
export function move(instance: Instance, change: Step<'move'>): Result {
  const target = cellIndex(instance, change.toCellId);
  const asked = change.from === undefined ? 0 : minuteAt(instance, change.from);
  const movesFrom = Math.max(instance.movesFrom, asked);
  const { chosen, wanted } = taken(instance, change, {
    minute: movesFrom,
    order: (people) => helpfulFirst({ ...instance, movesFrom }, people, target),
  });
  const going = chosen.filter((person) => (stintAt(instance, person, movesFrom)?.cell ?? target) !== target);
  const moved = withEach(instance, going, (person) => {
    const [then] = withDay({ ...instance, movesFrom }, person, dayOf(instance, person));
    if (!then) return [person];
    const day = stintsOf({ ...instance, movesFrom }, then, target);
    return withDay(instance, { ...person, movesToday: person.movesToday + 1 }, day);
  });
  const applied = took(going, wanted);
  return { instance: moved, applied: { ...applied, cells: applied.cells + (going.length > 0 ? 1 : 0) } };
}

export function absence(instance: Instance, change: Step<'absence'>): Result {
  const from = change.from === undefined ? 0 : Math.max(0, minuteAt(instance, change.from));
  const until = change.until === undefined ? Number.POSITIVE_INFINITY : minuteAt(instance, change.until);
  const { chosen, wanted } = taken(instance, change, {
    minute: from,
    order: (people) => typicalFirst(instance, people),
  });
  const missing = chosen.filter((person) => until > from && shiftEnd(person) > from);
  const without = (stint: PlacementStint): PlacementStint[] =>
    until <= stint.from || from >= stint.until
      ? [stint]
      : [
          { ...stint, until: from },
          { ...stint, from: until },
        ];
  return {
    instance: withEach(instance, missing, (person) =>
      withDay(instance, person, dayOf(instance, person).flatMap(without)),
    ),
    applied: took(missing, wanted),
  };
}

/** Each like the typical person of the team, or of those trained for it where nobody is. */
export function extra(instance: Instance, change: Step<'extra'>): Result {
  const c = cellIndex(instance, change.cellId);
  const { process } = at(instance.cells, c);
  const trained = instance.operators.filter((person) => at(person.speed, process) > 0);
  const team = trained.filter((person) => person.cell === c);
  const like = typicalPerson(instance, team.length > 0 ? team : trained);
  if (!like) return { instance, applied: { people: [], wanted: change.count, cells: 0 } };
  const from =
    change.from === undefined ? Math.min(0, like.from) : Math.max(0, minuteAt(instance, change.from));
  const until = change.until === undefined ? shiftEnd(like) : minuteAt(instance, change.until);
  const more = Array.from({ length: change.count }, (_, i) => ({
    ...like,
    id: `${like.id}+${i + 1}`,
    name: '',
    movedBy: null,
    // no plan can count on them for anything else
    knows: like.knows.map(() => false),
  })).flatMap((person) => withDay(instance, person, [{ cell: c, from, until }]));
  return {
    instance: { ...instance, operators: [...instance.operators, ...more] },
    applied: { ...took(more, change.count), cells: 1 },
  };
}

export function overtime(instance: Instance, change: Step<'overtime'>): Result {
  const until = minuteAt(instance, change.until);
  const { chosen, wanted } = taken(instance, change, {
    minute: 0,
    order: (people) => typicalFirst(instance, people),
  });
  const staying = chosen.filter((person) => shiftEnd(person) < until);
  return {
    instance: withEach(instance, staying, (person) =>
      withDay(
        instance,
        person,
        dayOf(instance, person).map((stint, i, day) => (i === day.length - 1 ? { ...stint, until } : stint)),
      ),
    ),
    applied: took(staying, wanted),
  };
}
