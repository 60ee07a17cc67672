// The rule sites use by hand today, for comparison only: required speed above current speed, then as many of the most
// skilled people as the shortage divided by 1.5, from anywhere.
import type { Instance } from '../../../main/placement/types.ts';

export function greedySeed(instance: Instance): Int32Array {
  const assign = Int32Array.from(instance.operators, (person) => person.cell);
  const used = new Set<number>();
  const late = instance.cells.flatMap((cell, c) => {
    const speed = instance.operators
      .filter((person) => person.cell === c)
      .reduce((sum, person) => sum + person.speed[cell.process]! / 60, 0);
    let due = 0;
    let need = 0;
    let deadline = 0;
    for (const lot of cell.lots) {
      due += lot.items;
      if (due / lot.deadline - speed > need) {
        need = due / lot.deadline - speed;
        deadline = lot.deadline;
      }
    }
    return need > 0 ? [{ c, need, deadline }] : [];
  });
  for (const { c, need } of late.sort((a, b) => a.deadline - b.deadline)) {
    const process = instance.cells[c]!.process;
    instance.operators
      .map((person, i) => ({ i, skill: person.skill[process]! }))
      .filter(({ i, skill }) => assign[i] !== c && !used.has(i) && skill > 0)
      .sort((a, b) => b.skill - a.skill || a.i - b.i)
      .slice(0, Math.ceil(need / 1.5))
      .forEach(({ i }) => {
        assign[i] = c;
        used.add(i);
      });
  }
  return assign;
}
