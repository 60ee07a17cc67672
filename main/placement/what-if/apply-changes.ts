import type { Applied, Change } from '../../api/contract/what-if.ts';
import type { Instance } from '../types.ts';
import { absence, extra, move, overtime } from './change-people.ts';
import { deadline, speed, volume } from './change-work.ts';
import type { Result } from './scope.ts';

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
