import type { Effect, EffectSide, Move, Proposal, Reason, Simulation } from '../api/contract/placement.ts';
import {
  at,
  contribution,
  eligible,
  lastDeadline,
  missingItems,
  moveCost,
  plannedDeadline,
  ratePerMinute,
  referenceSpeed,
  scorePlan,
  stayPlan,
  switchMinutes,
} from './arithmetic.ts';
import { SENIOR_SKILL, SHORT_EPSILON } from './config.ts';
import { cellRisk, outlook } from './delay-risk.ts';
import type { Instance, PlacementOperator } from './types.ts';

const MINUTE = 60_000;
export const instantAt = (instance: Instance, minutes: number): number =>
  Math.round(instance.now + minutes * MINUTE);

type Described = Pick<Proposal, 'moves' | 'effects' | 'notPossible' | 'impact'>;

/** A plan in the words of the contract: who moves and why, what it does to every deadline touched, what stays missed. */
export function describePlan(
  instance: Instance,
  assign: Int32Array,
  o: { late: ReadonlySet<number>; counted: ReadonlySet<number>; pins: ReadonlyMap<number, number> },
): Described {
  const before = stayPlan(instance);
  const moved = instance.operators.flatMap((person, i) => (assign[i] === person.cell ? [] : [i]));
  const to = new Set(moved.map((i) => assign[i] ?? 0));
  const from = new Set(moved.map((i) => at(instance.operators, i).cell));
  const touched = [...new Set([...to, ...from])].sort((a, b) => a - b);
  const targets = [...new Set([...o.late, ...to])].sort((a, b) => a - b);
  const sides = new Map(
    [...new Set([...touched, ...targets])].map((c) => [
      c,
      { before: cellRisk(instance, c, { assign: before }), after: cellRisk(instance, c, { assign }) },
    ]),
  );
  const staff = (plan: Int32Array, c: number): PlacementOperator[] =>
    instance.operators.filter((_, i) => plan[i] === c);

  const effects = touched.flatMap((c): Effect[] => {
    const risks = sides.get(c);
    const cell = at(instance.cells, c);
    const side = (
      plan: Int32Array,
      k: number,
      risk: ReturnType<typeof cellRisk> | undefined,
    ): EffectSide => ({
      people: staff(plan, c).length,
      shortItems: risk?.perLot[k]?.shortItems ?? 0,
      pOnTime: 1 - (risk?.perLot[k]?.pMiss ?? 0),
      finishAt: risk?.finish == null ? null : instantAt(instance, risk.finish),
    });
    return cell.lots.map((lot, k) => ({
      cell: cell.cell,
      role: to.has(c) ? (from.has(c) ? 'both' : 'target') : 'source',
      deadline: instantAt(instance, lot.deadline),
      due: risks?.before.perLot[k]?.due ?? lot.items,
      before: side(before, k, risks?.before),
      after: side(assign, k, risks?.after),
    }));
  });

  const scored = { before: scorePlan(instance, before), after: scorePlan(instance, assign) };
  const counted = [...new Set([...o.counted, ...touched])];
  const missed = (short: readonly (readonly number[])[]): number =>
    counted.reduce((n, c) => n + (short[c] ?? []).filter((items) => items > SHORT_EPSILON).length, 0);
  const hours = (short: readonly (readonly number[])[]): number =>
    counted.reduce((sum, c) => sum + missingItems(short[c] ?? []) / referenceSpeed(instance, c), 0);
  const notPossible = counted
    .toSorted((a, b) => a - b)
    .flatMap((c) =>
      at(instance.cells, c).lots.flatMap((lot, k) => {
        const shortItems = scored.after.short[c]?.[k] ?? 0;
        if (shortItems <= SHORT_EPSILON) return [];
        return [
          {
            cell: at(instance.cells, c).cell,
            deadline: instantAt(instance, lot.deadline),
            shortItems,
            shortHours: shortItems / referenceSpeed(instance, c),
          },
        ];
      }),
    );

  const atWork = (person: PlacementOperator): boolean => person.until > 0;
  const rate = (plan: Int32Array): number =>
    targets.reduce(
      (sum, c) =>
        sum +
        staff(plan, c)
          .filter(atWork)
          .reduce((s, person) => s + ratePerMinute(instance, person, c) * 60, 0),
      0,
    );
  const quality = (plan: Int32Array): number => {
    const skills = targets.flatMap((c) =>
      staff(plan, c)
        .filter(atWork)
        .map((person) => at(person.skill, at(instance.cells, c).process)),
    );
    return skills.length ? skills.reduce((a, b) => a + b, 0) / skills.length : 0;
  };
  const dayEnd = Math.max(0, ...instance.operators.map((person) => person.until));
  const delays = targets.flatMap((c) => {
    const risks = sides.get(c);
    return risks ? [(risks.after.finish ?? dayEnd) - (risks.before.finish ?? dayEnd)] : [];
  });
  return {
    moves: moved
      .map((i) => describeMove(instance, i, assign, o))
      .sort(
        (a, b) =>
          a.to.cellId.localeCompare(b.to.cellId) ||
          b.items - a.items ||
          a.operatorId.localeCompare(b.operatorId),
      ),
    effects,
    notPossible,
    impact: {
      missedBefore: missed(scored.before.short),
      missedAfter: missed(scored.after.short),
      shortHoursBefore: hours(scored.before.short),
      shortHoursAfter: hours(scored.after.short),
      productivityBefore: rate(before),
      productivityAfter: rate(assign),
      delayMinutes: delays.length ? delays.reduce((a, b) => a + b, 0) / delays.length : 0,
      qualityBefore: quality(before),
      qualityAfter: quality(assign),
    },
  };
}

/** The planned deadline that needs people most: the worst one of the cell as it stands, else its last. */
export function worstDeadline(instance: Instance, c: number): number {
  const cell = at(instance.cells, c);
  const worst = cellRisk(instance, c, { assign: stayPlan(instance) }).worst;
  const lot = worst === null ? undefined : cell.lots[worst];
  return lot ? plannedDeadline(lot.deadline) : (lastDeadline(cell) ?? 0);
}

function describeMove(
  instance: Instance,
  i: number,
  assign: Int32Array,
  { late, pins }: { late: ReadonlySet<number>; pins: ReadonlyMap<number, number> },
): Move {
  const person = at(instance.operators, i);
  const c = assign[i] ?? person.cell;
  const target = at(instance.cells, c);
  const deadline = worstDeadline(instance, c);
  const items = contribution(instance, person, c, deadline);
  return {
    operatorId: person.id,
    name: person.name,
    home: at(instance.sites, person.site),
    from: at(instance.cells, person.cell).cell,
    to: target.cell,
    startsAt: instantAt(instance, Math.max(0, person.from)),
    endsAt: instantAt(instance, person.until),
    switchMinutes: switchMinutes(instance, person, c),
    skill: at(person.skill, target.process),
    speed: ratePerMinute(instance, person, c) * 60,
    items,
    cost: moveCost(instance, person, c),
    pinned: pins.has(i),
    reasons: reasonsFor(instance, i, c, { deadline, items, late, assign, pinned: pins.has(i) }),
  };
}

function reasonsFor(
  instance: Instance,
  i: number,
  c: number,
  o: { deadline: number; items: number; late: ReadonlySet<number>; assign: Int32Array; pinned: boolean },
): Reason[] {
  const person = at(instance.operators, i);
  const source = at(instance.cells, person.cell);
  const target = at(instance.cells, c);
  const reasons: Reason[] = [];
  const add = (code: Reason['code'], params: Reason['params'] = {}): void => {
    reasons.push({ code, params });
  };
  if (o.pinned) add('pinned');
  add('adds-capacity', {
    items: Math.round(o.items),
    perHour: Math.round(ratePerMinute(instance, person, c) * 60),
  });
  if (!o.late.has(c)) add('chain', { process: target.cell.process, location: target.cell.location });
  const others = instance.operators
    .filter((other) => other.cell !== c && eligible(instance, other, c))
    .map((other) => contribution(instance, other, c, o.deadline));
  const better = others.filter((items) => items > o.items + 1e-9).length;
  if (better < 3 && others.length > 3) add('highest-contribution', { rank: better + 1, of: others.length });
  const after = cellRisk(instance, person.cell, { assign: o.assign });
  if (source.lots.length > 0 && !o.late.has(person.cell))
    add('spare-at-source', {
      process: source.cell.process,
      location: source.cell.location,
      pOnTime: 1 - after.pMiss,
    });
  const distance = at(at(instance.distance, person.site), target.site);
  const minutes = Math.round(switchMinutes(instance, person, c));
  add(distance === 0 ? 'same-site' : distance === 1 ? 'near-site' : 'far-site', {
    minutes,
    home: at(instance.sites, person.site),
    location: target.cell.location,
  });
  if (source.process === target.process) add('same-process', { process: target.cell.process });
  if (at(person.knows, target.business)) add('knows-business', { business: target.cell.businessName });
  const skill = at(person.skill, target.process);
  const months = at(person.experience, target.process);
  if (skill >= SENIOR_SKILL) add('senior', { skill });
  else if (months >= 24) add('experienced', { months });
  if (person.movesToday === 0) add('first-move-today');
  return reasons;
}

/** Backlog to come of every touched cell, without and with the proposal, as of the situation it was made from. */
export function simulateProposal(instance: Instance, proposal: Proposal, assign: Int32Array): Simulation {
  const touched = new Set(proposal.moves.flatMap((move) => [move.from.cellId, move.to.cellId]));
  return {
    proposalId: proposal.id,
    asOf: proposal.asOf,
    cells: instance.cells.flatMap((cell, c) => {
      if (!touched.has(cell.cell.cellId)) return [];
      const before = cellRisk(instance, c);
      const after = cellRisk(instance, c, { assign });
      const worst = before.worst === null ? undefined : cell.lots[before.worst];
      const last = lastDeadline(cell);
      const length = last === null ? {} : { minutes: last };
      return [
        {
          cell: cell.cell,
          deadline: worst ? instantAt(instance, worst.deadline) : null,
          before: outlook(instance, c, length),
          after: outlook(instance, c, { ...length, assign }),
          pBefore: 1 - before.pMiss,
          pAfter: 1 - after.pMiss,
        },
      ];
    }),
  };
}
