import {
  at,
  capacity,
  checkpointsOf,
  contribution,
  cumulativeDue,
  eligible,
  isSenior,
  isThere,
  moveCost,
  peopleThere,
  plannedDeadline,
} from '../arithmetic.ts';
import { SHORT_EPSILON } from '../config.ts';
import { type Problem, startingPlan } from './build-model.ts';

/**
 * The plan used until the solver has a better one, and when there is no solver: late cells by priority and deadline, each
 * filled with the person who delivers the most per cost, never against a rule (the solver's own rows, checked one by one).
 */
export function greedyPlan(problem: Problem, late: ReadonlySet<number>): Int32Array {
  const { instance, dropped, pins } = problem;
  const { cells, operators, rules } = instance;
  const assign = startingPlan(problem);
  const sums = capacity(instance, assign);
  const due = cells.map((cell) => cumulativeDue(cell).map((items) => items * (1 + rules.safety)));
  const keep = cells.map((cell) => cumulativeDue(cell).map((items) => items * (1 + rules.sourceBuffer)));
  const before = sums.map((row) => [...row]);
  const home = cells.map((_, c) => operators.filter((p) => p.cell === c).length);
  const staff = cells.map((_, c) => assign.filter((to) => to === c).length);
  const startStaff = [...staff];
  const seniors = cells.map(
    (cell, c) => operators.filter((p, i) => assign[i] === c && isSenior(p, cell)).length,
  );
  const startSeniors = [...seniors];
  const released = cells.map((_, c) => operators.filter((p, i) => p.cell === c && assign[i] !== c).length);
  const checkpoints = cells.map((cell, c) =>
    checkpointsOf(instance, cell).map((minute) => {
      const have = peopleThere(instance, assign, c, minute);
      return { minute, have, least: Math.min(have, cell.minStaffAtCheckpoint) };
    }),
  );
  let left = rules.maxMoves - operators.filter((p, i) => assign[i] !== p.cell).length;

  const canLeave = (i: number): boolean => {
    const person = at(operators, i);
    const c = person.cell;
    const cell = at(cells, c);
    const num = (list: readonly number[]): number => list[c] ?? 0;
    if (num(staff) - 1 < Math.min(num(startStaff), cell.minStaff)) return false;
    if (num(released) + 1 > Math.floor(rules.maxReleaseShare * num(home))) return false;
    if (isSenior(person, cell) && num(seniors) - 1 < Math.min(num(startSeniors), cell.seniors)) return false;
    const empties = checkpoints[c]?.some(
      (p) => isThere(instance, person, c, p.minute) && p.have - 1 < p.least,
    );
    if (empties) return false;
    return cell.lots.every((lot, k) => {
      const rest = (sums[c]?.[k] ?? 0) - contribution(instance, person, c, plannedDeadline(lot.deadline));
      return rest >= Math.min(before[c]?.[k] ?? 0, keep[c]?.[k] ?? 0) - 1e-9;
    });
  };
  const shift = (i: number, to: number, sign: 1 | -1): void => {
    const person = at(operators, i);
    const cell = at(cells, to);
    const row = at(sums, to);
    cell.lots.forEach((lot, k) => {
      row[k] = (row[k] ?? 0) + sign * contribution(instance, person, to, plannedDeadline(lot.deadline));
    });
    staff[to] = (staff[to] ?? 0) + sign;
    if (isSenior(person, cell)) seniors[to] = (seniors[to] ?? 0) + sign;
    for (const p of checkpoints[to] ?? []) if (isThere(instance, person, to, p.minute)) p.have += sign;
  };

  const order = [...late].sort((a, b) => {
    const first = (c: number): number => at(cells, c).lots[0]?.deadline ?? 0;
    return at(cells, b).priority - at(cells, a).priority || first(a) - first(b) || a - b;
  });
  for (const c of order) {
    const lots = at(cells, c).lots;
    while (left > 0) {
      const k = lots.findIndex((_, j) => (due[c]?.[j] ?? 0) - (sums[c]?.[j] ?? 0) > SHORT_EPSILON);
      if (k < 0) break;
      const gap = (due[c]?.[k] ?? 0) - (sums[c]?.[k] ?? 0);
      const deadline = plannedDeadline(at(lots, k).deadline);
      let best = -1;
      let bestScore = 0;
      operators.forEach((person, i) => {
        if (assign[i] !== person.cell || person.cell === c || late.has(person.cell)) return;
        if (dropped.has(i) || pins.has(i) || !eligible(instance, person, c)) return;
        const gain = Math.min(gap, contribution(instance, person, c, deadline));
        const score = gain / moveCost(instance, person, c);
        if (score > bestScore && canLeave(i)) {
          bestScore = score;
          best = i;
        }
      });
      if (best < 0) break;
      const from = at(operators, best).cell;
      shift(best, from, -1);
      shift(best, c, 1);
      released[from] = (released[from] ?? 0) + 1;
      assign[best] = c;
      left--;
    }
  }
  return assign;
}
