// An independent look at a plan: walks through time step by step, working off the earliest deadline first, and checks every
// rule person by person. It shares no formula with the planner (main/placement/arithmetic.ts).
import type { Instance, PlacementOperator } from '../../../main/placement/types.ts';

export type Evaluation = {
  /** cell → lot → items missing at its deadline */
  short: number[][];
  missedLots: number;
  /** cells with a deadline that is met when nobody moves, but missed by the plan */
  broken: number;
  moves: number;
  /** moves against a rule about the person */
  ineligible: number;
  /** rules about cells broken, in words */
  violations: string[];
};
const OVERDUE = 60;
const EPSILON = 0.5;

const away = (instance: Instance, person: PlacementOperator, to: number): number => {
  if (person.cell === to) return 0;
  const { sameSite, nearSite, farSite, business, process } = instance.rules.switchMinutes;
  const a = instance.cells[person.cell]!;
  const b = instance.cells[to]!;
  let minutes = [sameSite, nearSite, farSite][instance.distance[person.site]![b.site]!]!;
  if (a.business !== b.business) minutes += business;
  if (a.process !== b.process) minutes += process;
  return minutes;
};

/** Items missing per cell and lot. Steps of at most a minute, cut at every event, so that each step has one speed. */
export function walk(instance: Instance, assign: ArrayLike<number>): number[][] {
  const lots = instance.cells.map((cell) =>
    cell.lots.map((lot) => ({
      deadline: lot.deadline > 0 ? lot.deadline : OVERDUE,
      rest: lot.items + (lot.coming ?? 0),
      short: Number.NaN,
    })),
  );
  const people = instance.operators.map((person, i) => {
    const cell = assign[i]!;
    const target = instance.cells[cell]!;
    const start = Math.max(0, person.from) + away(instance, person, cell);
    const learns = target.process !== instance.cells[person.cell]!.process;
    const rate = (person.speed[target.process]! * target.pace.mean) / 60;
    return { person, cell, start, settled: learns ? start + instance.rules.rampMinutes : start, rate };
  });
  const end = Math.max(0, ...lots.flat().map((lot) => lot.deadline));
  const events = new Set(Array.from({ length: Math.floor(end) + 1 }, (_, t) => t));
  for (const p of people)
    for (const t of [p.start, p.settled, p.person.until, ...p.person.breaks.flat()]) events.add(t);
  for (const lot of lots.flat()) events.add(lot.deadline);
  const times = [...events].filter((t) => t >= 0 && t <= end).sort((a, b) => a - b);
  for (let k = 0; k + 1 < times.length; k++) {
    const from = times[k]!;
    const to = times[k + 1]!;
    const work = instance.cells.map(() => 0);
    for (const p of people) {
      if (from < p.start || from >= p.person.until) continue;
      if (p.person.breaks.some(([a, b]) => from >= a && from < b)) continue;
      const share = from < p.settled ? 1 - instance.rules.rampLoss : 1;
      work[p.cell]! += p.rate * share * (to - from);
    }
    lots.forEach((queue, c) => {
      let able = work[c]!;
      for (const lot of queue) {
        const done = Math.min(able, lot.rest);
        lot.rest -= done;
        able -= done;
      }
      queue.forEach((lot, j) => {
        if (lot.deadline === to) lot.short = queue.slice(0, j + 1).reduce((s, l) => s + l.rest, 0);
      });
    });
  }
  return lots.map((queue) => queue.map((lot) => lot.short));
}

/** Every named part must be so: who, from where, to where, how late, how new to the work. */
function forbids(
  instance: Instance,
  rule: Instance['rules']['constraints'][number],
  person: PlacementOperator,
  to: number,
): boolean {
  const here = instance.cells[person.cell]!.cell;
  const there = instance.cells[to]!;
  const begins = (instance.minuteOfDay ?? Number.NEGATIVE_INFINITY) + Math.max(0, person.from);
  const named: [string | undefined, string][] = [
    [rule.operatorId, person.id],
    [rule.fromLocation, here.location],
    [rule.fromBusiness, here.businessId],
    [rule.fromProcess, here.process],
    [rule.toLocation, there.cell.location],
    [rule.toBusiness, there.cell.businessId],
    [rule.toProcess, there.cell.process],
  ];
  if (named.some(([wanted, is]) => wanted !== undefined && wanted !== is)) return false;
  if (
    rule.leaving &&
    (rule.fromLocation ?? there.cell.location) === there.cell.location &&
    (rule.fromBusiness ?? there.cell.businessId) === there.cell.businessId &&
    (rule.fromProcess ?? there.cell.process) === there.cell.process
  )
    return false;
  if (rule.after !== undefined && begins < rule.after) return false;
  return rule.monthsBelow === undefined || person.experience[there.process]! < rule.monthsBelow;
}

export function evaluate(
  instance: Instance,
  assign: ArrayLike<number>,
  { pinned = new Set<number>() }: { pinned?: ReadonlySet<number> } = {},
): Evaluation {
  const { rules, operators, cells } = instance;
  const stay = operators.map((person) => person.cell);
  const before = walk(instance, stay);
  const short = walk(instance, assign);
  let missedLots = 0;
  let broken = 0;
  short.forEach((row, c) => {
    missedLots += row.filter((items) => items > EPSILON).length;
    if (row.some((items, k) => items > EPSILON && before[c]![k]! <= EPSILON)) broken++;
  });
  const moved = operators.flatMap((person, i) => (assign[i] === person.cell ? [] : [i]));
  const ineligible = moved.filter((i) => {
    if (pinned.has(i)) return false;
    const person = operators[i]!;
    const cell = cells[assign[i]!]!;
    const skill = person.skill[cell.process]!;
    return (
      person.movesToday >= rules.maxMovesPerDay ||
      (person.moves30Days ?? 0) >= rules.maxMovesPer30Days ||
      rules.constraints.some((r) => r.hard && forbids(instance, r, person, assign[i]!)) ||
      skill === 0 ||
      skill < cell.minSkill ||
      !person.knows[cell.business] ||
      person.until <= Math.max(0, person.from) + away(instance, person, assign[i]!)
    );
  }).length;

  const violations: string[] = [];
  if (moved.length > Math.max(rules.maxMoves, pinned.size)) violations.push(`${moved.length} moves`);
  cells.forEach((cell, c) => {
    const was = operators.filter((_, i) => stay[i] === c);
    const is = operators.filter((_, i) => assign[i] === c);
    if (is.length < Math.min(was.length, cell.minStaff)) violations.push(`staff of ${c}`);
    const gone = moved.filter((i) => stay[i] === c && !pinned.has(i)).length;
    if (gone > Math.floor(rules.maxReleaseShare * was.length)) violations.push(`release of ${c}`);
    const seniors = (team: readonly PlacementOperator[]): number =>
      team.filter((person) => person.skill[cell.process]! >= 4).length;
    if (seniors(is) < Math.min(seniors(was), cell.seniors)) violations.push(`seniors of ${c}`);
    for (const lot of cell.lots) {
      const minute = (lot.deadline > 0 ? lot.deadline : OVERDUE) - rules.checkpoint.minutesBefore;
      if (minute <= 0) continue;
      const there = (plan: ArrayLike<number>): number =>
        operators.filter(
          (person, i) =>
            plan[i] === c &&
            person.until > minute &&
            Math.max(0, person.from) + away(instance, person, c) <= minute,
        ).length;
      if (there(assign) < Math.min(there(stay), cell.minStaffAtCheckpoint))
        violations.push(`checkpoint of ${c}`);
    }
  });
  return { short, missedLots, broken, moves: moved.length, ineligible, violations };
}
