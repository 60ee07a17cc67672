import { z } from 'zod';
import { rulesAgainst } from '../../../placement/index.ts';
import type { Instance, PlacementOperator } from '../../../placement/types.ts';
import type { Finding } from '../follow-findings.ts';

const MINUTE = 60_000;
/** From this level on somebody counts as senior (ベテラン), as for the planner. */
const SENIOR_SKILL = 4;
const NAMED = 5;
/** Whoever leaves so many minutes before the deadline still counts. */
const LEAVE_EARLY = 15;

export const Gap = z.object({
  deadline: z.number(),
  items: z.number(),
  missing: z.enum(['nobody', 'too-few', 'senior']),
  /** level asked for, people who have it when it is due, people needed */
  level: z.number().int(),
  there: z.number().int(),
  needed: z.number().int(),
  could: z.array(
    z.object({
      name: z.string(),
      home: z.string(),
      skill: z.number().int(),
      /** where they are then; null: off */
      process: z.string().nullable(),
    }),
  ),
});
export type Gap = z.infer<typeof Gap>;

/**
 * The first deadline of each cell whose work the people with the skill for it cannot do by then, and of whom too few are there when it is
 * due; or that has no senior all the time before it. With who could. Pure.
 */
export function findGaps(instance: Instance): Finding[] {
  return instance.cells.flatMap((cell, c): Finding[] => {
    const level = (person: PlacementOperator): number => person.skill[cell.process] ?? 0;
    let items = 0;
    for (const lot of cell.lots) {
      items += lot.items;
      if (lot.deadline <= 0 || lot.items < 1) continue;
      const isThen = (person: PlacementOperator): boolean =>
        person.from < lot.deadline && person.until >= lot.deadline - LEAVE_EARLY;
      const team = instance.operators.filter(
        (person) => person.cell === c && person.from < lot.deadline && person.until > 0,
      );
      const able = team.filter((person) => level(person) >= cell.minSkill);
      const capacity = able.reduce(
        (sum, person) =>
          sum +
          ((person.speed[cell.process] ?? 0) *
            (Math.min(person.until, lot.deadline) - Math.max(0, person.from))) /
            60,
        0,
      );
      const there = able.filter(isThen).length;
      const seniors = team.filter((person) => level(person) >= SENIOR_SKILL).length;
      const lack: Pick<Gap, 'missing' | 'level' | 'there' | 'needed'> | null =
        capacity < items && there < Math.max(1, cell.minStaff)
          ? {
              missing: there === 0 ? 'nobody' : 'too-few',
              level: cell.minSkill,
              there,
              needed: Math.max(1, cell.minStaff),
            }
          : seniors < cell.seniors
            ? { missing: 'senior', level: SENIOR_SKILL, there: seniors, needed: cell.seniors }
            : null;
      if (!lack) continue;
      const deadline = Math.round(instance.now + lot.deadline * MINUTE);
      const details: Gap = {
        deadline,
        items: lot.items,
        ...lack,
        could: whoCould(instance, c, { level: lack.level, isThen }),
      };
      return [
        {
          problem: `skill-gap\u001f${cell.cell.cellId}\u001f${deadline}`,
          cell: cell.cell,
          severity: lack.missing === 'nobody' ? 'danger' : 'watch',
          details,
          until: deadline,
        },
      ];
    }
    return [];
  });
}

/** People of the site itself and of near ones with the skill, at work elsewhere or off at that hour; the nearest and best first. */
function whoCould(
  instance: Instance,
  c: number,
  o: { readonly level: number; readonly isThen: (person: PlacementOperator) => boolean },
): Gap['could'] {
  const cell = instance.cells[c];
  if (!cell) return [];
  const far = (person: PlacementOperator): number => instance.distance[cell.site]?.[person.site] ?? 2;
  const skill = (person: PlacementOperator): number => person.skill[cell.process] ?? 0;
  return instance.operators
    .filter((person) => skill(person) >= o.level && far(person) < 2)
    .filter((person) => !rulesAgainst(instance, person, c).some((rule) => rule.hard))
    .filter((person) => person.cell !== c || !o.isThen(person))
    .sort((a, b) => far(a) - far(b) || skill(b) - skill(a) || (a.id < b.id ? -1 : 1))
    .slice(0, NAMED)
    .map((person) => ({
      name: person.name,
      home: instance.sites[person.site] ?? '',
      skill: skill(person),
      process: o.isThen(person) ? (instance.cells[person.cell]?.cell.process ?? null) : null,
    }));
}
