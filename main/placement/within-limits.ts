import { AppError } from '../kernel/errors.ts';
import type { ProposeLimits } from '../questions/contract/questions.ts';
import { at } from './arithmetic.ts';
import { NOVICE_MONTHS } from './config.ts';
import type { ProposalScope } from './contract/placement.ts';
import type { Instance } from './types.ts';
import { applyChanges } from './what-if/apply-changes.ts';
import { indexesIn } from './what-if/scope.ts';

const MINUTE = 60_000;
const FAR = 2;

/**
 * The instance with the limits of a scope as rules of its own, so that whatever solves or explains a plan keeps them: fewer moves, more
 * skill, nobody out of a place, moves from near sites only, work due by an earlier time. `keptBy`: who stays. Plans never count on overtime, so any limit on it
 * holds. Refuses a time to be done by in a plan for a day (`placement.limit-of-day`).
 */
export function withinLimits(instance: Instance, scope: ProposalScope): Instance {
  const { limits } = scope;
  if (!limits) return instance;
  const { people, exactly, leastSkill, nearby, until, notFrom, notFromProcesses } = limits;
  const leaving = { leaving: true, hard: true, weight: 0 } as const;
  const { rules } = instance;
  const maxMoves = Math.min(rules.maxMoves, people ?? rules.maxMoves);
  const limited: Instance = {
    ...instance,
    ...(exactly && people !== null && { leastMoves: maxMoves }),
    cells:
      leastSkill === null
        ? instance.cells
        : instance.cells.map((cell) => ({ ...cell, minSkill: Math.max(cell.minSkill, leastSkill) })),
    rules: {
      ...rules,
      maxMoves,
      constraints: [
        ...rules.constraints,
        ...notFrom.map((fromLocation) => ({ id: fromLocation, fromLocation, ...leaving })),
        ...notFromProcesses.map((fromProcess) => ({ id: fromProcess, fromProcess, ...leaving })),
        ...(nearby ? farMoves(instance, scope) : []),
      ],
    },
  };
  return until === null ? limited : dueBy(limited, scope, until);
}

/** Whom the limits of a plan keep where they are, by index: people named, their skill, their experience, where they are. */
export function keptBy(instance: Instance, limits: ProposeLimits | undefined): number[] {
  if (!limits) return [];
  const { keep, keepSkillFrom, keepNovices, from, fromProcesses } = limits;
  return instance.operators.flatMap((person, i) => {
    const { location, process } = at(instance.cells, person.cell).cell;
    const stays =
      keep.includes(person.id) ||
      (keepSkillFrom !== null && Math.max(0, ...person.skill) >= keepSkillFrom) ||
      (keepNovices && Math.max(0, ...person.experience) < NOVICE_MONTHS) ||
      (from.length > 0 && !from.includes(location)) ||
      (fromProcesses.length > 0 && !fromProcesses.includes(process));
    return stays ? [i] : [];
  });
}

/** Rules against moves to the sites in scope from sites that are far. */
function farMoves(instance: Instance, scope: ProposalScope): Instance['rules']['constraints'] {
  const targets = new Set(indexesIn(instance, scope).map((c) => at(instance.cells, c).site));
  return [...targets].flatMap((to) =>
    instance.sites.flatMap((fromLocation, site) =>
      at(at(instance.distance, site), to) === FAR
        ? [
            {
              id: `far ${site} ${to}`,
              fromLocation,
              toLocation: at(instance.sites, to),
              hard: true,
              weight: 0,
            },
          ]
        : [],
    ),
  );
}

/** Deadlines in scope that are later than a local minute of the day become due then. */
function dueBy(instance: Instance, scope: ProposalScope, until: number): Instance {
  const { minuteOfDay } = instance;
  if (scope.horizon !== 'today' || minuteOfDay === undefined)
    throw new AppError('placement.limit-of-day', {});
  const minute = (deadline: number): number =>
    Math.round(minuteOfDay + deadline + (instance.now % MINUTE) / MINUTE);
  const changes = indexesIn(instance, scope).flatMap((c) => {
    const { cell, lots } = at(instance.cells, c);
    const later = [...new Set(lots.map((lot) => minute(lot.deadline)))].filter((due) => due > until);
    return later.map((deadline) => ({
      kind: 'deadline' as const,
      where: { location: cell.location, businessId: cell.businessId, process: cell.process },
      deadline,
      shift: { kind: 'to' as const, at: until },
    }));
  });
  return applyChanges(instance, changes).instance;
}
