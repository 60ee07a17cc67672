import { AppError } from '../../kernel/errors.ts';
import type { Applied, Change, ChangeScope } from '../contract/what-if.ts';
import type { Instance } from '../types.ts';

const MINUTE = 60_000;

export type Step<K extends Change['kind']> = Extract<Change, { kind: K }>;
/** An instance after one change, and what that took hold of. */
export type Result = { readonly instance: Instance; readonly applied: Applied };

/** Minutes from the instance's instant to a local minute of its day */
export function minuteAt(instance: Instance, dayMinute: number): number {
  if (instance.minuteOfDay === undefined)
    throw new RangeError('an instance from before it knew its local time');
  return dayMinute - instance.minuteOfDay - (instance.now % MINUTE) / MINUTE;
}
/** `cellIds`: only these of them */
export const indexesIn = (
  instance: Instance,
  where: ChangeScope & { readonly cellIds?: readonly string[] | undefined },
): number[] =>
  instance.cells.flatMap(({ cell }, c) =>
    (where.cellIds === undefined || where.cellIds.includes(cell.cellId)) &&
    (where.location === undefined || cell.location === where.location) &&
    (where.businessId === undefined || cell.businessId === where.businessId) &&
    (where.process === undefined || cell.process === where.process)
      ? [c]
      : [],
  );
export const cellIndex = (instance: Instance, cellId: string): number => {
  const index = instance.cells.findIndex(({ cell }) => cell.cellId === cellId);
  if (index < 0) throw new AppError('not-found', { what: cellId });
  return index;
};
