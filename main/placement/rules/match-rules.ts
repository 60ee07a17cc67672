import type { Constraint } from '../contract/placement.ts';
import type { Instance, PlacementCell, PlacementOperator } from '../types.ts';

/**
 * The rules that speak against sending a person to a cell, hard and soft; `begins`: minutes from the instance's now. A rule about the
 * time of day needs `minuteOfDay`.
 */
export function rulesAgainst(
  instance: Instance,
  person: PlacementOperator,
  target: number,
  begins: number = Math.max(0, person.from),
): Constraint[] {
  const { constraints } = instance.rules;
  const source = instance.cells[person.cell];
  const cell = instance.cells[target];
  if (constraints.length === 0 || !source || !cell || target === person.cell) return [];
  return constraints.filter((rule) => {
    if (rule.operatorId !== undefined && rule.operatorId !== person.id) return false;
    if (!isPlace(source, rule.fromLocation, rule.fromBusiness, rule.fromProcess)) return false;
    if (!isPlace(cell, rule.toLocation, rule.toBusiness, rule.toProcess)) return false;
    if (rule.leaving && isPlace(cell, rule.fromLocation, rule.fromBusiness, rule.fromProcess)) return false;
    if (rule.after !== undefined) {
      if (instance.minuteOfDay === undefined) return false;
      if (instance.minuteOfDay + begins < rule.after) return false;
    }
    return rule.monthsBelow === undefined || (person.experience[cell.process] ?? 0) < rule.monthsBelow;
  });
}

/** A rule that keeps somebody where they are, whatever the move (動かさない人). */
export const keepsWho = ({
  id: _,
  operatorName: __,
  hard: ___,
  weight: ____,
  ...named
}: Constraint): boolean => Object.keys(named).join() === 'operatorId';

/** A part that is not named matches. */
const isPlace = (
  { cell }: PlacementCell,
  location: string | undefined,
  business: string | undefined,
  process: string | undefined,
): boolean =>
  (location === undefined || location === cell.location) &&
  (business === undefined || business === cell.businessId) &&
  (process === undefined || process === cell.process);

/** A rule as the parameters of a reason, which `wordConstraint` reads again; businesses by their names. */
export function ruleParams(instance: Instance, rule: Constraint): Record<string, string | number> {
  const nameOf = (id: string): string =>
    instance.cells.find(({ cell }) => cell.businessId === id)?.cell.businessName ?? id;
  const { hard: _, leaving, ...named } = rule;
  return Object.fromEntries(
    Object.entries({ ...named, ...(leaving && { leaving: 1 }) }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, key.endsWith('Business') ? nameOf(String(value)) : value]],
    ),
  );
}
