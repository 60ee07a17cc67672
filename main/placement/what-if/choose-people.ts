import type { Who } from '../../api/contract/what-if.ts';
import { at, contribution, lastDeadline, obstacles } from '../arithmetic.ts';
import type { Instance, PlacementOperator } from '../types.ts';

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
export const typicalPerson = (
  instance: Instance,
  team: readonly PlacementOperator[],
): PlacementOperator | undefined => mostUsual(instance, team)[0];

/**
 * People in the order in which an unnamed number of them is taken: from every team by its size (divisor method of Webster/Sainte-Laguë, so
 * that one more never lets another one off), the most usual of each team first.
 */
export function typicalFirst(instance: Instance, people: readonly PlacementOperator[]): PlacementOperator[] {
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
export function helpfulFirst(
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
export const wantedOf = (who: Who, there: number): number =>
  who.kind === 'named'
    ? who.people.length
    : who.kind === 'number'
      ? who.count
      : Math.round(who.share * there);
