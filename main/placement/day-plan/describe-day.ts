import { at, moveCost, ratePerMinute, referenceSpeed, switchMinutes } from '../arithmetic.ts';
import type { Effect, Move, Proposal, Reason } from '../contract/placement.ts';
import { aboutPerson } from '../describe-plan.ts';
import { rulesAgainst } from '../rules/match-rules.ts';
import { dayOf, type LotChance, partOf } from './judge-loans.ts';
import { broughtBy, type DayProblem, homeOf } from './loans.ts';
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
  before.forEach((lot, i) => {
    if (Math.abs(at(after, i).pMiss - lot.pMiss) >= TOUCHED) touched.add(lot.cell);
  });
  const counted = before.flatMap((lot, i) =>
    scope.has(lot.cell) || touched.has(lot.cell) ? [{ i, before: lot, after: at(after, i) }] : [],
  );
  const sum = (of: (lot: (typeof counted)[number]) => number): number =>
    counted.reduce((total, lot) => total + of(lot), 0);
  const hours = (lots: readonly LotChance[], i: number, cell: number): number =>
    partOf(lots, i, ({ shortItems }) => shortItems) / referenceSpeed(day, cell);
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
      lot.pMiss >= MATERIAL && scope.has(lot.cell)
        ? [
            {
              cell: at(day.cells, lot.cell).cell,
              deadline: instantAt(day, lot.deadline),
              shortItems: lot.shortItems,
              shortHours: lot.shortItems / referenceSpeed(day, lot.cell),
            },
          ]
        : [],
    ),
    standstills: [],
    impact: {
      missedBefore: sum((lot) => (lot.before.pMiss >= MISSED ? 1 : 0)),
      missedAfter: sum((lot) => (lot.after.pMiss >= MISSED ? 1 : 0)),
      shortHoursBefore: sum(({ i, before: { cell } }) => hours(before, i, cell)),
      shortHoursAfter: sum(({ i, after: { cell } }) => hours(after, i, cell)),
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
    day: { date: day.day.date, lowest: lowestOf(day, counted), assumed: [...day.day.assumed] },
  };
}

const skillIn = (day: DayInstance, operator: number, cell: number): number =>
  at(at(day.operators, operator).skill, at(day.cells, cell).process);
/** Who works in a cell at some time of the day. */
const peopleIn = (day: DayInstance, loans: readonly Loan[], cell: number): number[] =>
  day.operators.flatMap((_, i) => (dayOf(day, i, loans).some((stint) => stint.cell === cell) ? [i] : []));

/** The deadline least likely to be met, without and with the plan, of those it is asked about or touches. */
function lowestOf(
  day: DayInstance,
  counted: readonly { readonly before: LotChance; readonly after: LotChance }[],
): NonNullable<Proposal['day']>['lowest'] {
  const lowest = (lots: readonly LotChance[]) => {
    const lot = lots.toSorted((a, b) => b.pMiss - a.pMiss || a.deadline - b.deadline)[0];
    return (
      lot && {
        cell: at(day.cells, lot.cell).cell,
        deadline: instantAt(day, lot.deadline),
        pOnTime: 1 - lot.pMiss,
      }
    );
  };
  const [was, is] = [lowest(counted.map((lot) => lot.before)), lowest(counted.map((lot) => lot.after))];
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
    pOnTime: 1 - lot.pMiss,
    finishAt: lot.finish === null ? null : instantAt(day, lot.finish),
  });
  return before
    .flatMap((lot, i): Effect[] => {
      if (!o.touched.has(lot.cell)) return [];
      const then = at(after, i);
      const gives = o.from.has(lot.cell);
      const gets = o.to.has(lot.cell) || (!gives && then.pMiss <= lot.pMiss);
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
    ...aboutPerson(day, person, loan.cell, loan.from),
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
  const ahead = before.flatMap((lot, i) =>
    lot.cell === loan.cell && lot.deadline > loan.from
      ? [{ deadline: lot.deadline, gain: lot.pMiss - at(after, i).pMiss }]
      : [],
  );
  return ahead.toSorted((a, b) => b.gain - a.gain || a.deadline - b.deadline)[0]?.deadline;
}
function spareAtSource(day: DayInstance, { late, after }: SolvedDay, source: number): Reason[] {
  const own = after.filter((lot) => lot.cell === source);
  const pOnTime = 1 - Math.max(...own.map((lot) => lot.pMiss));
  const { process, location } = at(day.cells, source).cell;
  return own.length > 0 && !late.has(source) && pOnTime > 0.5
    ? [{ code: 'spare-at-source', params: { process, location, pOnTime } }]
    : [];
}
