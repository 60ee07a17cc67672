import { OVERDUE_MINUTES, SENIOR_SKILL, SHORT_EPSILON, WEIGHTS } from './config.ts';
import type { Constraint, Rules } from './contract/placement.ts';
import { workedBy } from './flow/read-pace.ts';
import { keepsWho, rulesAgainst } from './rules/match-rules.ts';
import type { Instance, Interval, PlacementCell, PlacementOperator, PlacementStint } from './types.ts';

/** The `index`-th of a list that is known to have it: an instance addresses its parts by index. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${list.length}`);
  return value;
}

/** Minutes of [from, to) outside the breaks, by a clock that may stand (`passed`: what it shows). Breaks do not overlap. */
export function workMinutes(
  breaks: readonly Interval[],
  from: number,
  to: number,
  passed: (minute: number) => number = (minute) => minute,
): number {
  if (to <= from) return 0;
  let minutes = passed(to) - passed(from);
  for (const [start, end] of breaks) {
    const [a, b] = [Math.max(from, start), Math.min(to, end)];
    if (b > a) minutes -= passed(b) - passed(a);
  }
  return minutes;
}

type AtWork = { readonly from: number; readonly until: number; readonly breaks: readonly Interval[] };
const lengthOf = (intervals: Interval[]): number => {
  let minutes = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const [start, end] of intervals.sort((a, b) => a[0] - b[0])) {
    minutes += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return minutes;
};
/** Minutes of [from, to) in which people are there and all of them are on a break: no pace can be seen or asked for. */
export function pausedMinutes(people: readonly AtWork[], from: number, to: number): number {
  const present: Interval[] = [];
  const working: Interval[] = [];
  for (const person of people) {
    const end = Math.min(to, person.until);
    let start = Math.max(from, person.from);
    if (end <= start) continue;
    present.push([start, end]);
    for (const pause of [...person.breaks].sort((a, b) => a[0] - b[0])) {
      if (pause[1] <= start || pause[0] >= end) continue;
      if (pause[0] > start) working.push([start, pause[0]]);
      start = pause[1];
    }
    if (start < end) working.push([start, end]);
  }
  return lengthOf(present) - lengthOf(working);
}

/** 0 the same site, 1 a near one, 2 a far one */
export const distanceBetween = (rules: Pick<Rules, 'nearSites'>, a: string, b: string): 0 | 1 | 2 => {
  if (a === b) return 0;
  return rules.nearSites.some(([x, y]) => (x === a && y === b) || (x === b && y === a)) ? 1 : 2;
};

/** Minutes lost on the way between two cells: the distance from home, and what is new there. */
export const wayMinutes = (
  { switchMinutes: minutes }: Pick<Rules, 'switchMinutes'>,
  way: { readonly distance: 0 | 1 | 2; readonly newBusiness: boolean; readonly newProcess: boolean },
): number =>
  (way.distance === 0 ? minutes.sameSite : way.distance === 1 ? minutes.nearSite : minutes.farSite) +
  (way.newBusiness ? minutes.business : 0) +
  (way.newProcess ? minutes.process : 0);

/** Minutes a person loses on the way to another cell; 0 for their own. */
export function switchMinutes(instance: Instance, person: PlacementOperator, target: number): number {
  if (person.cell === target) return 0;
  const source = at(instance.cells, person.cell);
  const cell = at(instance.cells, target);
  return wayMinutes(instance.rules, {
    distance: at(at(instance.distance, person.site), cell.site),
    newBusiness: source.business !== cell.business,
    newProcess: source.process !== cell.process,
  });
}

/** When a person starts working in `target`, if sent there as soon as a move can begin. */
const startIn = (instance: Instance, person: PlacementOperator, target: number): number =>
  person.cell === target
    ? Math.max(0, person.from)
    : Math.max(instance.movesFrom, person.from) + switchMinutes(instance, person, target);

/** The stint of a person in `target`, if sent (or staying) there: the way there is no part of it. */
function stintIn(instance: Instance, person: PlacementOperator, target: number): PlacementStint {
  if (person.cell === target) return person;
  const from = startIn(instance, person, target);
  const learns = at(instance.cells, person.cell).process !== at(instance.cells, target).process;
  const { until } = person;
  return { cell: target, from, until, ...(learns && { rampUntil: from + instance.rules.rampMinutes }) };
}

/** All a person does from now on when a plan sends them to `target` (their own cell: they stay): also until they leave, and their other stints. */
export const stintsOf = (
  instance: Instance,
  person: PlacementOperator,
  target: number,
): readonly PlacementStint[] => {
  const others = person.otherStints ?? [];
  const { cell, from, until, rampUntil } = person;
  const own = { cell, from, until, ...(rampUntil !== undefined && { rampUntil }) };
  if (cell === target) return [own, ...others];
  const leaving = { ...own, until: Math.min(until, instance.movesFrom) };
  const sent = stintIn(instance, person, target);
  return leaving.until > Math.max(0, leaving.from) ? [leaving, sent, ...others] : [sent, ...others];
};
/** Everybody's time in a cell under a plan: one entry per stint. */
export const stintsAt = (
  instance: Instance,
  c: number,
  assign?: Int32Array,
): (PlacementStint & { readonly person: PlacementOperator })[] =>
  instance.operators.flatMap((person, i) => {
    const target = assign?.[i] ?? person.cell;
    // most people have nothing to do with most cells
    if (target !== c && person.cell !== c && !person.otherStints) return [];
    return stintsOf(instance, person, target).flatMap((stint) =>
      stint.cell === c ? [{ ...stint, person }] : [],
    );
  });
/** When the last of a person's stints ends. */
export const shiftEnd = (person: PlacementOperator): number =>
  Math.max(person.until, ...(person.otherStints ?? []).map((stint) => stint.until));

/** items/minute of a person in a cell once settled in */
export const ratePerMinute = (instance: Instance, person: PlacementOperator, target: number): number => {
  const cell = at(instance.cells, target);
  return (at(person.speed, cell.process) / 60) * cell.pace.mean;
};

/** Minutes of [from, to) that a person works in a stint, less what the ramp costs. */
function settledMinutes(
  instance: Instance,
  person: PlacementOperator,
  stint: PlacementStint,
  { from, to, passed }: { from: number; to: number; passed?: (minute: number) => number },
): number {
  const start = Math.max(from, stint.from);
  const end = Math.min(to, stint.until);
  const minutes = workMinutes(person.breaks, start, end, passed);
  if (minutes <= 0) return 0;
  const ramp = Math.min(end, stint.rampUntil ?? Number.NEGATIVE_INFINITY);
  return minutes - instance.rules.rampLoss * workMinutes(person.breaks, start, ramp, passed);
}

/** Items a person is planned to do in a stint in [from, to), minutes from now, at their planned speed. */
export const plannedBetween = (
  instance: Instance,
  person: PlacementOperator,
  stint: PlacementStint,
  [from, to]: Interval,
): number =>
  (at(person.speed, at(instance.cells, stint.cell).process) / 60) *
  settledMinutes(instance, person, stint, { from, to });

/** Items a person delivers in a stint in [from, to), minutes from now, at the pace measured there, on average. */
export function deliveredBetween(
  instance: Instance,
  person: PlacementOperator,
  stint: PlacementStint,
  [from, to]: Interval,
): number {
  const { pace } = at(instance.cells, stint.cell);
  const passed = pace.slowed > 0 ? (minute: number): number => workedBy(pace, minute) : undefined;
  return (
    ratePerMinute(instance, person, stint.cell) *
    settledMinutes(instance, person, stint, { from, to, ...(passed && { passed }) })
  );
}

/** Items a person delivers to `target` until `deadline` when sent there; of their own cell, what it loses when they leave as soon as they can. */
export const contribution = (
  instance: Instance,
  person: PlacementOperator,
  target: number,
  deadline: number,
): number =>
  deliveredBetween(instance, person, stintIn(instance, person, target), [instance.movesFrom, deadline]);

/** When a lot is planned to be done; overdue ones as soon as can be. */
export const plannedDeadline = (deadline: number): number => (deadline > 0 ? deadline : OVERDUE_MINUTES);
/** The latest planned deadline of a cell, or null when it has none. */
export const lastDeadline = (cell: PlacementCell): number | null =>
  cell.lots.length ? Math.max(...cell.lots.map((lot) => plannedDeadline(lot.deadline))) : null;
/** Items due by each lot's deadline, earlier lots included: what waits, and what is still to come. */
export function cumulativeDue(cell: PlacementCell): number[] {
  let sum = 0;
  return cell.lots.map((lot) => {
    sum += lot.items + (lot.coming ?? 0);
    return sum;
  });
}

/** What speaks against sending a person to a cell, whatever the plan; empty when nothing does. */
export type Obstacle =
  | { readonly code: 'locked' | 'shift-over' }
  | { readonly code: 'moved-too-often' | 'ledger-full'; readonly moves: number; readonly limit: number }
  | { readonly code: 'untrained' | 'no-speed' }
  | { readonly code: 'low-skill'; readonly skill: number; readonly needed: number }
  | { readonly code: 'low-experience'; readonly months: number; readonly needed: number }
  | { readonly code: 'unknown-business' }
  | { readonly code: 'against-rule'; readonly rule: Constraint }
  | { readonly code: 'stands-still'; readonly minutes: number };

export function obstacles(instance: Instance, person: PlacementOperator, target: number): Obstacle[] {
  const { rules } = instance;
  const cell = at(instance.cells, target);
  const skill = at(person.skill, cell.process);
  const months = at(person.experience, cell.process);
  const found: Obstacle[] = [];
  if (person.until <= startIn(instance, person, target)) found.push({ code: 'shift-over' });
  if (person.movesToday >= rules.maxMovesPerDay)
    found.push({ code: 'moved-too-often', moves: person.movesToday, limit: rules.maxMovesPerDay });
  const moves = person.moves30Days ?? 0;
  if (moves >= rules.maxMovesPer30Days)
    found.push({ code: 'ledger-full', moves, limit: rules.maxMovesPer30Days });
  if (skill === 0) found.push({ code: 'untrained' });
  else if (at(person.speed, cell.process) <= 0) found.push({ code: 'no-speed' });
  else if (skill < cell.minSkill) found.push({ code: 'low-skill', skill, needed: cell.minSkill });
  if (!at(person.knows, cell.business)) found.push({ code: 'unknown-business' });
  for (const rule of rulesAgainst(instance, person, target)) {
    if (!rule.hard) continue;
    if (keepsWho(rule)) found.push({ code: 'locked' });
    else if (rule.monthsBelow === undefined) found.push({ code: 'against-rule', rule });
    else found.push({ code: 'low-experience', months, needed: rule.monthsBelow });
  }
  // nobody knows when it goes on: until then they would only wait there, and be missing where they are
  if (cell.standstill) found.push({ code: 'stands-still', minutes: cell.standstill.minutes });
  return found;
}
export const eligible = (instance: Instance, person: PlacementOperator, target: number): boolean =>
  obstacles(instance, person, target).length === 0;

export const isSenior = (person: PlacementOperator, cell: PlacementCell): boolean =>
  at(person.skill, cell.process) >= SENIOR_SKILL;

/** Somebody counts at a checkpoint when settled in by then and still on shift. */
export const isThere = (
  instance: Instance,
  person: PlacementOperator,
  target: number,
  minute: number,
): boolean => person.until > minute && startIn(instance, person, target) <= minute;
/** How many people are in a cell at a minute under a plan. */
export const peopleThere = (instance: Instance, assign: Int32Array, c: number, minute: number): number =>
  stintsAt(instance, c, assign).filter(({ from, until }) => from <= minute && until > minute).length;

/** The minutes before a cell's deadlines at which enough people should be there; those that moves can still change. */
export const checkpointsOf = (instance: Instance, cell: PlacementCell): number[] =>
  cell.lots
    .map((lot) => plannedDeadline(lot.deadline) - instance.rules.checkpoint.minutesBefore)
    .filter((minute) => minute > instance.movesFrom);

/** Cost of a move in units of one ordinary move; `begins`: minutes from now, when not at once. */
export function moveCost(
  instance: Instance,
  person: PlacementOperator,
  target: number,
  begins?: number,
): number {
  const { costs } = instance.rules;
  const source = at(instance.cells, person.cell);
  const cell = at(instance.cells, target);
  const distance = at(at(instance.distance, person.site), cell.site);
  return (
    1 +
    (distance === 1 ? costs.near : distance === 2 ? costs.far : 0) +
    (source.business === cell.business ? 0 : costs.business) +
    (source.process === cell.process ? 0 : costs.process) +
    costs.repeat * person.movesToday +
    costs.ledger * (person.moves30Days ?? 0) +
    rulesAgainst(instance, person, target, begins).reduce(
      (sum, rule) => sum + (rule.hard ? 0 : rule.weight),
      0,
    ) +
    costs.skill * (5 - at(person.skill, cell.process))
  );
}

/** items/hour of the cell's own people on average, to turn items into person-hours; 60 where nobody is. */
export function referenceSpeed(instance: Instance, index: number): number {
  let sum = 0;
  let people = 0;
  for (const person of instance.operators)
    if (person.cell === index) {
      sum += ratePerMinute(instance, person, index) * 60;
      people++;
    }
  return sum > 0 ? sum / people : 60;
}

/** cell → lot → items everybody delivers by the planned deadline under a plan */
export function capacity(instance: Instance, assign: Int32Array): number[][] {
  const deadlines = instance.cells.map((cell) => cell.lots.map((lot) => plannedDeadline(lot.deadline)));
  const sums = deadlines.map((list) => list.map(() => 0));
  instance.operators.forEach((person, i) => {
    for (const stint of stintsOf(instance, person, assign[i] ?? person.cell)) {
      const row = at(sums, stint.cell);
      at(deadlines, stint.cell).forEach((deadline, k) => {
        row[k] = (row[k] ?? 0) + deliveredBetween(instance, person, stint, [0, deadline]);
      });
    }
  });
  return sums;
}

export const stayPlan = (instance: Instance): Int32Array =>
  Int32Array.from(instance.operators, (person) => person.cell);

/** How a plan does on what is due: the figures that proposals report. */
export type Score = {
  /** cell → lot → items missing at its planned deadline, counting earlier lots */
  readonly short: readonly (readonly number[])[];
  readonly missedLots: number;
  /** person-hours missing, each item counted once */
  readonly shortHours: number;
};
/** `share`: wanted on top of what is due. Only the `counted` cells add to missedLots and shortHours (default: all). */
export function scorePlan(
  instance: Instance,
  assign: Int32Array,
  { share = 0, counted }: { share?: number; counted?: ReadonlySet<number> } = {},
): Score {
  const sums = capacity(instance, assign);
  let missedLots = 0;
  let shortHours = 0;
  const short = instance.cells.map((cell, c) => {
    const row = cumulativeDue(cell).map((due, k) => Math.max(0, due * (1 + share) - (sums[c]?.[k] ?? 0)));
    if (counted && !counted.has(c)) return row;
    missedLots += row.filter((items) => items > SHORT_EPSILON).length;
    shortHours += missingItems(row) / referenceSpeed(instance, c);
    return row;
  });
  return { short, missedLots, shortHours };
}
/** Items late at any deadline of a cell, each counted once. */
const missingItems = (short: readonly number[]): number =>
  short.reduce((sum, items, k) => {
    const before = short[k - 1] ?? 0;
    return items > SHORT_EPSILON ? sum + Math.max(0, items - before) : sum;
  }, 0);

/** What a deadline costs in the model's objective with `have` items done by it; `speed`: the cell's reference speed. */
export const lotCost = (
  { rules }: Instance,
  cell: PlacementCell,
  { due, have, speed }: { due: number; have: number; speed: number },
): number =>
  (WEIGHTS.shortHour * cell.priority * Math.max(0, due * (1 + rules.safety) - have)) / speed +
  (due - have > SHORT_EPSILON ? WEIGHTS.missedLot * cell.priority : 0);

/**
 * The model's objective for any plan (moves + missing person-hours + missed deadlines + people missing at checkpoints), so that
 * plans of greedy and solver compare. Only the shortages of `targets` count; the safety share costs hours, but a deadline is missed only below what is due.
 */
export function planCost(instance: Instance, assign: Int32Array, targets: ReadonlySet<number>): number {
  const sums = capacity(instance, assign);
  let cost = 0;
  instance.operators.forEach((person, i) => {
    const target = assign[i] ?? person.cell;
    if (target !== person.cell) cost += moveCost(instance, person, target);
  });
  for (const c of targets) {
    const cell = at(instance.cells, c);
    const speed = referenceSpeed(instance, c);
    cumulativeDue(cell).forEach((due, k) => {
      cost += lotCost(instance, cell, { due, have: sums[c]?.[k] ?? 0, speed });
    });
  }
  instance.cells.forEach((cell, c) => {
    for (const minute of checkpointsOf(instance, cell)) {
      const there = peopleThere(instance, assign, c, minute);
      cost += WEIGHTS.checkpoint * Math.max(0, cell.minStaffAtCheckpoint - there);
    }
  });
  return cost;
}
