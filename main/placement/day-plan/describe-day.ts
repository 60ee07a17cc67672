import type { Effect, Move, Proposal, Reason, Simulation } from '../../api/contract/placement.ts';
import { at, moveCost, ratePerMinute, referenceSpeed, switchMinutes } from '../arithmetic.ts';
import { aboutPerson } from '../describe-plan.ts';
import { ruleParams, rulesAgainst } from '../match-rules.ts';
import { type Chances, type CurveStep, chancesOf, type LotChance } from './chances.ts';
import { piecesOf } from './day-capacity.ts';
import { demandOf, followLine, STEP } from './flow.ts';
import { broughtBy, capacityWith, type DayProblem, homeOf } from './loans.ts';
import { MATERIAL, type SolvedDay } from './solve-day.ts';
import type { DayInstance, Loan } from './types.ts';

const MINUTE = 60_000;
/** A cell whose chance of a deadline changes by this much is touched by a plan, even where nobody comes or goes. */
const TOUCHED = 0.02;
/** A deadline is told as missed from this probability on. */
const MISSED = 0.5;

export const instantAt = (day: DayInstance, minutes: number): number =>
  Math.round(day.now + minutes * MINUTE);

type Described = Pick<Proposal, 'moves' | 'effects' | 'notPossible' | 'impact' | 'standstills' | 'day'>;

/** A plan for a day in the words of the contract: who is lent when and why, and what it does to every deadline it touches. */
export function describeDay(problem: DayProblem, solved: SolvedDay): Described {
  const { day, scope } = problem;
  const { loans, before, after } = solved;
  const pinned = new Set(problem.pins.map((pin) => pin.operator));
  const to = new Set(loans.map((loan) => loan.cell));
  const from = new Set(loans.map((loan) => homeOf(day, loan.operator)));
  const touched = new Set([...to, ...from]);
  before.lots.forEach((lot, i) => {
    if (Math.abs((after.lots[i]?.pOnTime ?? lot.pOnTime) - lot.pOnTime) >= TOUCHED) touched.add(lot.cell);
  });
  const counted = before.lots.flatMap((lot, i) =>
    scope.has(lot.cell) || touched.has(lot.cell) ? [{ before: lot, after: at(after.lots, i) }] : [],
  );
  const hours = (lot: LotChance): number => lot.shortItems / referenceSpeed(day, lot.cell);
  const sum = (of: (lot: (typeof counted)[number]) => number): number =>
    counted.reduce((total, lot) => total + of(lot), 0);
  const targets = [...solved.late.union(to)];
  const mean = (values: readonly number[]): number =>
    values.length ? values.reduce((a, b) => a + b, 0) / values.length : 0;
  const team = (plan: readonly Loan[]): { person: number; cell: number }[] =>
    targets.flatMap((cell) => peopleIn(day, plan, cell).map((person) => ({ person, cell })));
  const rate = (plan: readonly Loan[]): number =>
    team(plan).reduce(
      (total, { person, cell }) => total + ratePerMinute(day, at(day.operators, person), cell) * 60,
      0,
    );
  const quality = (plan: readonly Loan[]): number =>
    mean(team(plan).map(({ person, cell }) => skillIn(day, person, cell)));
  return {
    moves: loans
      .map((loan) => describeLoan(day, solved, loan, pinned.has(loan.operator)))
      .sort((a, b) => a.startsAt - b.startsAt || (a.operatorId < b.operatorId ? -1 : 1)),
    effects: effectsOf(day, solved, { to, from, touched }),
    notPossible: counted.flatMap(({ after: lot }) =>
      1 - lot.pOnTime >= MATERIAL && scope.has(lot.cell)
        ? [
            {
              cell: at(day.cells, lot.cell).cell,
              deadline: instantAt(day, lot.deadline),
              shortItems: lot.shortItems,
              shortHours: hours(lot),
            },
          ]
        : [],
    ),
    standstills: [],
    impact: {
      missedBefore: sum((lot) => (1 - lot.before.pOnTime >= MISSED ? 1 : 0)),
      missedAfter: sum((lot) => (1 - lot.after.pOnTime >= MISSED ? 1 : 0)),
      shortHoursBefore: sum((lot) => hours(lot.before)),
      shortHoursAfter: sum((lot) => hours(lot.after)),
      productivityBefore: rate([]),
      productivityAfter: rate(loans),
      delayMinutes: mean(
        counted.flatMap((lot) =>
          targets.includes(lot.before.cell)
            ? [(lot.after.finish ?? day.day.close) - (lot.before.finish ?? day.day.close)]
            : [],
        ),
      ),
      qualityBefore: quality([]),
      qualityAfter: quality(loans),
    },
    day: { date: day.day.date, lowest: lowestOf(day, before, after), assumed: [...day.day.assumed] },
  };
}

const skillIn = (day: DayInstance, operator: number, cell: number): number =>
  at(at(day.operators, operator).skill, at(day.cells, cell).process);
/** Who works in a cell at some time of the day. */
const peopleIn = (day: DayInstance, loans: readonly Loan[], cell: number): number[] =>
  day.operators.flatMap((_, i) => (piecesOf(day, i, loans).some((piece) => piece.cell === cell) ? [i] : []));

function lowestOf(day: DayInstance, before: Chances, after: Chances): NonNullable<Proposal['day']>['lowest'] {
  const lowest = ({ lots }: Chances) => {
    const lot = lots.toSorted((a, b) => a.pOnTime - b.pOnTime || a.deadline - b.deadline)[0];
    return (
      lot && {
        cell: at(day.cells, lot.cell).cell,
        deadline: instantAt(day, lot.deadline),
        pOnTime: lot.pOnTime,
      }
    );
  };
  const [was, is] = [lowest(before), lowest(after)];
  return was && is ? { before: was, after: is } : null;
}

function effectsOf(
  day: DayInstance,
  { loans, before, after }: SolvedDay,
  o: { to: ReadonlySet<number>; from: ReadonlySet<number>; touched: ReadonlySet<number> },
): Effect[] {
  const side = (lot: LotChance, plan: readonly Loan[]): Effect['before'] => ({
    people: peopleIn(day, plan, lot.cell).length,
    shortItems: lot.shortItems,
    pOnTime: lot.pOnTime,
    finishAt: lot.finish === null ? null : instantAt(day, lot.finish),
  });
  return before.lots
    .flatMap((lot, i): Effect[] => {
      if (!o.touched.has(lot.cell)) return [];
      const then = at(after.lots, i);
      const gives = o.from.has(lot.cell);
      const gets = o.to.has(lot.cell) || (!gives && then.pOnTime >= lot.pOnTime);
      return [
        {
          cell: at(day.cells, lot.cell).cell,
          role: gets ? (gives ? 'both' : 'target') : 'source',
          deadline: instantAt(day, lot.deadline),
          due: lot.due,
          before: side(lot, []),
          after: side(then, loans),
        },
      ];
    })
    .sort((a, b) => a.before.pOnTime - b.before.pOnTime || a.deadline - b.deadline);
}

function describeLoan(day: DayInstance, solved: SolvedDay, loan: Loan, pinned: boolean): Move {
  const person = at(day.operators, loan.operator);
  const served = servedBy(solved, loan);
  const items = broughtBy(day, loan);
  const speed = ratePerMinute(day, person, loan.cell) * 60;
  const deadline = served && { deadline: instantAt(day, served) };
  const against = rulesAgainst(day, person, loan.cell, loan.from);
  const reasons: Reason[] = [
    ...(pinned ? [{ code: 'pinned' as const, params: {} }] : []),
    { code: 'adds-capacity', params: { items: Math.round(items), perHour: Math.round(speed), ...deadline } },
    ...spareAtSource(day, solved, person.cell),
    ...aboutPerson(day, person, loan.cell),
    ...against.map((rule): Reason => ({ code: 'despite-rule', params: ruleParams(day, rule) })),
  ];
  return {
    operatorId: person.id,
    name: person.name,
    home: at(day.sites, person.site),
    from: at(day.cells, person.cell).cell,
    to: at(day.cells, loan.cell).cell,
    startsAt: instantAt(day, loan.from),
    endsAt: instantAt(day, loan.until),
    switchMinutes: switchMinutes(day, person, loan.cell),
    skill: skillIn(day, loan.operator, loan.cell),
    speed,
    items,
    ...deadline,
    cost: moveCost(day, person, loan.cell, loan.from),
    ...(against.length > 0 && { against: against.map((rule) => rule.id) }),
    ...(person.moves30Days !== undefined && { moves30Days: person.moves30Days }),
    pinned,
    reasons,
  };
}
/** The deadline a loan is for: the one of its cell that gains the most and is still ahead when it begins. */
function servedBy({ before, after }: SolvedDay, loan: Loan): number | undefined {
  const ahead = before.lots.flatMap((lot, i) =>
    lot.cell === loan.cell && lot.deadline > loan.from
      ? [{ deadline: lot.deadline, gain: (after.lots[i]?.pOnTime ?? 0) - lot.pOnTime }]
      : [],
  );
  return ahead.toSorted((a, b) => b.gain - a.gain || a.deadline - b.deadline)[0]?.deadline;
}
function spareAtSource(day: DayInstance, { late, after }: SolvedDay, source: number): Reason[] {
  const own = after.lots.filter((lot) => lot.cell === source);
  const pOnTime = Math.min(...own.map((lot) => lot.pOnTime));
  const { process, location } = at(day.cells, source).cell;
  return own.length > 0 && !late.has(source) && pOnTime > 0.5
    ? [{ code: 'spare-at-source', params: { process, location, pOnTime } }]
    : [];
}

/** Backlog of every touched cell over the day, without and with these loans. */
export function simulateDay(day: DayInstance, loans: readonly Loan[], proposal: Proposal): Simulation {
  const touched = new Set(proposal.effects.map((effect) => effect.cell.cellId));
  const cells = new Set([...day.cells.keys()].filter((c) => touched.has(at(day.cells, c).cell.cellId)));
  const before = chancesOf(day, [], cells);
  const after = chancesOf(day, loans, cells);
  const points = (steps: readonly CurveStep[] | undefined): Simulation['cells'][number]['before'] =>
    (steps ?? []).map((step) => ({
      at: instantAt(day, step.minute),
      low: step.low,
      mean: step.mean,
      high: step.high,
      waiting: step.mean,
    }));
  return {
    proposalId: proposal.id,
    asOf: proposal.asOf,
    cells: [...cells].map((c) => {
      const lots = before.lots.map((lot, i) => ({ ...lot, i })).filter((lot) => lot.cell === c);
      const worst = lots.toSorted((a, b) => a.pOnTime - b.pOnTime)[0];
      return {
        cell: at(day.cells, c).cell,
        deadline: worst ? instantAt(day, worst.deadline) : null,
        before: points(before.curves.get(c)),
        after: points(after.curves.get(c)),
        pBefore: worst?.pOnTime ?? 1,
        pAfter: worst ? (after.lots[worst.i]?.pOnTime ?? 1) : 1,
      };
    }),
  };
}

/** What a plan for a day expects of a cell at an instant: its backlog with a 10–90 % band, what has come in by then and what is done. */
export function courseOf(
  day: DayInstance,
  loans: readonly Loan[],
  o: { cellId: string; at: number },
): { backlog: { low: number; mean: number; high: number }; arrived: number; finished: number } {
  const cell = day.cells.findIndex((c) => c.cell.cellId === o.cellId);
  const line = at(
    day.day.lines,
    day.day.lines.findIndex((l) => l.cells.includes(cell)),
  );
  const minute = (o.at - day.now) / MINUTE;
  const curve = chancesOf(day, loans, new Set([cell])).curves.get(cell) ?? [];
  const near = curve.findLast((step) => step.minute <= minute) ?? curve[0];
  const done = followLine(line, demandOf(day, line), capacityWith(day, loans));
  const slot = Math.max(0, Math.min(Math.ceil(day.day.close / STEP) - 1, Math.floor(minute / STEP)));
  const finished = done[line.cells.indexOf(cell)]?.[slot] ?? 0;
  const { low = 0, mean: waiting = 0, high = 0 } = near ?? {};
  return { backlog: { low, mean: waiting, high }, arrived: finished + waiting, finished };
}
