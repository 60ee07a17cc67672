import {
  at,
  capacity,
  contribution,
  cumulativeDue,
  eligible,
  lastDeadline,
  lotCost,
  moveCost,
  plannedDeadline,
  ratePerMinute,
  referenceSpeed,
  scorePlan,
  shiftEnd,
  stayPlan,
  switchMinutes,
} from './arithmetic.ts';
import { EXPERIENCED_MONTHS, OVERDUE_MINUTES, SENIOR_SKILL } from './config.ts';
import type { Effect, EffectSide, Move, Proposal, Reason, Simulation } from './contract/placement.ts';
import { assess, type CellRisk, curveOf, outlook } from './flow/assess.ts';
import { ruleParams, rulesAgainst } from './rules/match-rules.ts';
import type { Instance, PlacementLot, PlacementOperator } from './types.ts';

const MINUTE = 60_000;
const instantAt = (instance: Instance, minutes: number): number =>
  Math.round(instance.now + minutes * MINUTE);

type Described = Pick<Proposal, 'moves' | 'effects' | 'notPossible' | 'impact' | 'standstills'>;
/** the risk of every cell, by its index */
type Sides = { readonly before: readonly CellRisk[]; readonly after: readonly CellRisk[] };
/** One plan looked at: its instance, who is where before and after, which cells it touches, and the risk of each. */
type View = {
  readonly instance: Instance;
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** cell → lot → items done by its planned deadline, after */
  readonly done: readonly (readonly number[])[];
  readonly late: ReadonlySet<number>;
  readonly to: ReadonlySet<number>;
  readonly from: ReadonlySet<number>;
  readonly sides: Sides;
};
const ascending = (cells: ReadonlySet<number>): number[] => [...cells].sort((a, b) => a - b);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const staff = (instance: Instance, plan: Int32Array, c: number): PlacementOperator[] =>
  instance.operators.filter((_, i) => plan[i] === c);

/**
 * A plan in the words of the contract: who moves and why, what it does to every deadline touched, what stays missed. `counted`:
 * the cells whose missed deadlines and missing hours are added up, besides the touched ones.
 */
export function describePlan(
  instance: Instance,
  after: Int32Array,
  o: { late: ReadonlySet<number>; counted: ReadonlySet<number>; pins: ReadonlyMap<number, number> },
): Described {
  const before = stayPlan(instance);
  const moved = instance.operators.flatMap((person, i) => (after[i] === person.cell ? [] : [i]));
  const to = new Set(moved.map((i) => after[i] ?? 0));
  const from = new Set(moved.map((i) => at(instance.operators, i).cell));
  const sides = { before: assess(instance), after: assess(instance, { assign: after }) };
  const done = capacity(instance, after);
  const view: View = { instance, before, after, done, late: o.late, to, from, sides };
  const moves = moved
    .map((i) => describeMove(view, i, o.pins.has(i)))
    .sort(
      (a, b) => byText(a.to.cellId, b.to.cellId) || b.items - a.items || byText(a.operatorId, b.operatorId),
    );
  // whoever helps a step helps the ones after it
  const downstream = new Set(
    instance.lines.flatMap((line) =>
      line.cells.slice(line.cells.findIndex((c) => to.has(c)) + 1 || Infinity),
    ),
  );
  const counted = o.counted.union(to).union(from).union(downstream);
  return {
    moves,
    effects: effectsOf(view),
    ...totalsOf(view, counted),
    standstills: standstillsOf(instance, counted),
  };
}

/** Of these cells, those that stand still although something is due. */
const standstillsOf = (instance: Instance, cells: ReadonlySet<number>): Described['standstills'] =>
  ascending(cells).flatMap((c) => {
    const { cell, lots, standstill } = at(instance.cells, c);
    return standstill && lots.length > 0 ? [{ cell, since: instantAt(instance, -standstill.minutes) }] : [];
  });

/** Of the cells that nobody comes to or leaves, those are told whose chance changes by so much. */
const CHANGED = 0.01;
function effectsOf({ instance, before, after, to, from, sides }: View): Effect[] {
  return instance.cells.flatMap(({ cell }, c): Effect[] => {
    const risks = { before: at(sides.before, c), after: at(sides.after, c) };
    const side = (plan: Int32Array, risk: CellRisk, k: number): EffectSide => {
      const lot = at(risk.perLot, k);
      return {
        people: staff(instance, plan, c).length,
        shortItems: lot.shortItems,
        pOnTime: 1 - lot.pMiss,
        finishAt: lot.finish === null ? null : instantAt(instance, lot.finish),
      };
    };
    const touched = to.has(c) || from.has(c);
    return risks.before.perLot.flatMap((lot, k): Effect[] => {
      if (!touched && Math.abs(at(risks.after.perLot, k).pMiss - lot.pMiss) < CHANGED) return [];
      return [
        {
          cell,
          role: to.has(c) ? (from.has(c) ? 'both' : 'target') : from.has(c) ? 'source' : 'downstream',
          deadline: instantAt(instance, lot.deadline),
          due: lot.due,
          before: side(before, risks.before, k),
          after: side(after, risks.after, k),
        },
      ];
    });
  });
}

/** More likely missed than met. */
const isMissed = (lot: CellRisk['perLot'][number]): boolean => lot.pMiss >= 0.5;
const missedOf = (risks: readonly CellRisk[], cells: ReadonlySet<number>): number =>
  [...cells].reduce((sum, c) => sum + at(risks, c).perLot.filter(isMissed).length, 0);

function totalsOf(view: View, counted: ReadonlySet<number>): Pick<Described, 'notPossible' | 'impact'> {
  const { instance, before, after, late, to, sides } = view;
  const scored = {
    before: scorePlan(instance, before, { counted }),
    after: scorePlan(instance, after, { counted }),
  };
  const notPossible = ascending(counted).flatMap((c) =>
    at(sides.after, c)
      .perLot.filter(isMissed)
      .map(({ deadline, shortItems }) => ({
        cell: at(instance.cells, c).cell,
        deadline: instantAt(instance, deadline),
        shortItems,
        shortHours: shortItems / referenceSpeed(instance, c),
      })),
  );
  const targets = ascending(late.union(to));
  const team = (plan: Int32Array): { person: PlacementOperator; c: number }[] =>
    targets.flatMap((c) =>
      staff(instance, plan, c)
        .filter((person) => person.until > 0)
        .map((person) => ({ person, c })),
    );
  const rate = (plan: Int32Array): number =>
    team(plan).reduce((sum, { person, c }) => sum + ratePerMinute(instance, person, c) * 60, 0);
  const dayEnd = Math.max(0, ...instance.operators.map(shiftEnd));
  return {
    notPossible,
    impact: {
      missedBefore: missedOf(sides.before, counted),
      missedAfter: missedOf(sides.after, counted),
      shortHoursBefore: scored.before.shortHours,
      shortHoursAfter: scored.after.shortHours,
      productivityBefore: rate(before),
      productivityAfter: rate(after),
      // work that today's shifts do not finish counts as finished at their end
      delayMinutes: mean(
        targets.map((c) => (at(sides.after, c).finish ?? dayEnd) - (at(sides.before, c).finish ?? dayEnd)),
      ),
      qualityBefore: mean(team(before).map(({ person, c }) => skillIn(instance, person, c))),
      qualityAfter: mean(team(after).map(({ person, c }) => skillIn(instance, person, c))),
    },
  };
}
const mean = (values: readonly number[]): number =>
  values.length ? values.reduce((a, b) => a + b, 0) / values.length : 0;
const skillIn = (instance: Instance, person: PlacementOperator, c: number): number =>
  at(person.skill, at(instance.cells, c).process);

/**
 * The lot that a move is for: the one that would cost the plan the most without it, the earliest of equals. Where it costs nothing (a
 * pin, or somebody wanted at a checkpoint only): the first that they bring anything to.
 */
function servedLot({ instance, done }: View, person: PlacementOperator, c: number): PlacementLot | undefined {
  const cell = at(instance.cells, c);
  const speed = referenceSpeed(instance, c);
  const lots = cumulativeDue(cell).map((due, k) => {
    const lot = at(cell.lots, k);
    const items = contribution(instance, person, c, plannedDeadline(lot.deadline));
    const have = done[c]?.[k] ?? 0;
    const cost = (left: number): number => lotCost(instance, cell, { due, have: left, speed });
    return { lot, items, worth: cost(have - items) - cost(have) };
  });
  const most = Math.max(...lots.map(({ worth }) => worth));
  const served = lots.find(({ worth, items }) => items > 0 && worth >= most - 1e-9);
  return (served ?? lots.find(({ items }) => items > 0) ?? lots.at(-1))?.lot;
}

function describeMove(view: View, i: number, pinned: boolean): Move {
  const { instance, after } = view;
  const person = at(instance.operators, i);
  const c = after[i] ?? person.cell;
  const lot = servedLot(view, person, c);
  const items = lot ? contribution(instance, person, c, plannedDeadline(lot.deadline)) : 0;
  const against = rulesAgainst(instance, person, c).map((rule) => rule.id);
  return {
    operatorId: person.id,
    name: person.name,
    home: at(instance.sites, person.site),
    from: at(instance.cells, person.cell).cell,
    to: at(instance.cells, c).cell,
    startsAt: instantAt(instance, Math.max(instance.movesFrom, person.from)),
    endsAt: instantAt(instance, person.until),
    switchMinutes: switchMinutes(instance, person, c),
    skill: skillIn(instance, person, c),
    speed: ratePerMinute(instance, person, c) * 60,
    items,
    ...(lot && { deadline: instantAt(instance, lot.deadline) }),
    cost: moveCost(instance, person, c),
    ...(person.moves30Days !== undefined && { moves30Days: person.moves30Days }),
    ...(against.length > 0 && { against }),
    pinned,
    reasons: reasonsFor(view, person, c, { lot, items, pinned }),
  };
}

function reasonsFor(
  { instance, late, sides }: View,
  person: PlacementOperator,
  c: number,
  o: { lot: PlacementLot | undefined; items: number; pinned: boolean },
): Reason[] {
  const source = at(instance.cells, person.cell);
  const target = at(instance.cells, c);
  const { location, process } = target.cell;
  const reasons: Reason[] = [];
  const add = (code: Reason['code'], params: Reason['params'] = {}): void => {
    reasons.push({ code, params });
  };
  if (o.pinned) add('pinned');
  add('adds-capacity', {
    items: Math.round(o.items),
    perHour: Math.round(ratePerMinute(instance, person, c) * 60),
    ...(o.lot && { deadline: instantAt(instance, o.lot.deadline) }),
    ...(o.lot && o.lot.deadline <= 0 && { overdue: OVERDUE_MINUTES }),
  });
  if (target.standstill)
    add('stands-still', { process, location, since: instantAt(instance, -target.standstill.minutes) });
  if (!late.has(c)) add('chain', { process, location });
  const others = instance.operators
    .filter((other) => other.cell !== c && eligible(instance, other, c))
    .map((other) => contribution(instance, other, c, o.lot ? plannedDeadline(o.lot.deadline) : 0));
  const better = others.filter((items) => items > o.items + 1e-9).length;
  if (better < 3 && others.length > 3) add('highest-contribution', { rank: better + 1, of: others.length });
  const pOnTime = 1 - at(sides.after, person.cell).pMiss;
  if (source.lots.length > 0 && !late.has(person.cell) && pOnTime > 0.5)
    add('spare-at-source', { process: source.cell.process, location: source.cell.location, pOnTime });
  return [...reasons, ...aboutPerson(instance, person, c)];
}

/** What speaks for this person in a cell, whatever the plan, and the rules against it. `begins`: minutes from the instance's now. */
export function aboutPerson(
  instance: Instance,
  person: PlacementOperator,
  c: number,
  begins?: number,
): Reason[] {
  const source = at(instance.cells, person.cell);
  const target = at(instance.cells, c);
  const { location, process } = target.cell;
  const reasons: Reason[] = [];
  const add = (code: Reason['code'], params: Reason['params'] = {}): void => {
    reasons.push({ code, params });
  };
  const distance = at(at(instance.distance, person.site), target.site);
  add(distance === 0 ? 'same-site' : distance === 1 ? 'near-site' : 'far-site', {
    minutes: Math.round(switchMinutes(instance, person, c)),
    home: at(instance.sites, person.site),
    location,
  });
  if (source.process === target.process) add('same-process', { process });
  if (at(person.knows, target.business)) add('knows-business', { business: target.cell.businessName });
  const skill = skillIn(instance, person, c);
  const months = at(person.experience, target.process);
  if (skill >= SENIOR_SKILL) add('senior', { skill });
  else if (months >= EXPERIENCED_MONTHS) add('experienced', { months });
  // of another day everybody's move is the first
  if (person.movesToday === 0 && !('day' in instance)) add('first-move-today');
  for (const rule of rulesAgainst(instance, person, c, begins))
    add('despite-rule', ruleParams(instance, rule));
  return reasons;
}

/** Backlog to come of every touched cell, without and with the proposal, as of the situation it was made from. */
export function simulateProposal(
  instance: Instance,
  proposal: Proposal,
  plan: { readonly instance: Instance; readonly assign?: Int32Array },
): Simulation {
  const touched = new Set([
    ...proposal.moves.flatMap((move) => [move.from.cellId, move.to.cellId]),
    ...proposal.effects.map((effect) => effect.cell.cellId),
  ]);
  const risks = { before: assess(instance), after: assess(plan.instance, plan) };
  return {
    proposalId: proposal.id,
    asOf: proposal.asOf,
    cells: instance.cells.flatMap((cell, c) => {
      if (!touched.has(cell.cell.cellId)) return [];
      const before = at(risks.before, c);
      const worst = before.worst === null ? undefined : before.perLot[before.worst];
      const last = lastDeadline(cell);
      const until = {
        ...(last !== null && { minutes: last }),
        ...(worst && { deadline: worst.deadline }),
      };
      return [
        {
          cell: cell.cell,
          deadline: worst ? instantAt(instance, worst.deadline) : null,
          before: curveOf(instance, outlook(instance, c, until)),
          after: curveOf(instance, outlook(plan.instance, c, { ...until, ...plan })),
          pBefore: 1 - before.pMiss,
          pAfter: 1 - at(risks.after, c).pMiss,
        },
      ];
    }),
  };
}
