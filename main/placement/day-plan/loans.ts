import { yieldToEventLoop } from '../../kernel/task.ts';
import { at, eligible, isSenior, moveCost, ratePerMinute, stintsOf, switchMinutes } from '../arithmetic.ts';
import { rulesAgainst } from '../rules/match-rules.ts';
import type { PlacementStint } from '../types.ts';
import { addStints, dayOf } from './judge-loans.ts';
import { BLOCK, type DayInstance, type Loan } from './types.ts';

/** What loans do to the work of the day is planned in steps of so many minutes. */
export const STEP = 15;

/** A loan is at least so long: anything shorter is spent on the way. */
const SHORTEST = 60;
/** What an hour of a loan costs on top of its move, and going back before the shift ends; an ordinary move is 1. */
const HOUR_COST = 0.04;
const RETURN_COST = 0.2;
/** Where there are too many loans to choose from, the people looked at for one cell: the most useful ones, and so many of each cell. */
const PEOPLE = { most: 24, perHome: 4 } as const;
/** More loans than this to choose from are not looked at. */
const MOST = 1_500;

/** What a loan changes in the capacity of cells: items by step of time, at the cell's pace. */
export type Gain = { readonly cell: number; readonly slot: number; readonly items: number };
export type Candidate = Loan & { readonly cost: number; readonly gains: readonly Gain[] };

/** Someone asked for, whatever it costs: lent to `cell`, or kept where they are when that is their own. */
export type Pin = Loan;
export type DayProblem = {
  readonly day: DayInstance;
  /** cells whose deadlines the plan is for */
  readonly scope: ReadonlySet<number>;
  readonly dropped: ReadonlySet<number>;
  readonly pins: readonly Pin[];
};
export const homeOf = (day: DayInstance, operator: number): number => at(day.operators, operator).cell;
/** When somebody is in their home cell. */
export const homeStints = (day: DayInstance, operator: number): readonly PlacementStint[] => {
  const person = at(day.operators, operator);
  return stintsOf(day, person, person.cell).filter((stint) => stint.cell === person.cell);
};
/** The loans that are asked for. */
export const pinnedLoans = ({ day, pins }: DayProblem): Loan[] =>
  pins.filter((pin) => pin.cell !== homeOf(day, pin.operator));

/** Cost of a loan in units of an ordinary move. */
function loanCost(day: DayInstance, loan: Loan): number {
  const person = at(day.operators, loan.operator);
  const back = stintAround(day, loan)?.until ?? loan.until;
  return (
    moveCost(day, person, loan.cell, loan.from) +
    (HOUR_COST * (loan.until - loan.from)) / 60 +
    (loan.until < back ? RETURN_COST : 0)
  );
}

/** The stint at home that a loan is taken from; undefined when they are not there for all of it. */
const stintAround = (day: DayInstance, loan: Loan): PlacementStint | undefined =>
  homeStints(day, loan.operator).find((stint) => stint.from <= loan.from && loan.until <= stint.until);

/** A loan with what it costs and changes. */
export function candidateOf(day: DayInstance, loan: Loan): Candidate {
  const slots = Math.ceil(day.day.close / STEP);
  const rows = day.cells.map((_, c) =>
    c === loan.cell || c === homeOf(day, loan.operator) ? new Float64Array(slots) : new Float64Array(0),
  );
  const o = { into: rows, step: STEP };
  addStints(day, loan.operator, dayOf(day, loan.operator, []), { ...o, sign: -1 });
  addStints(day, loan.operator, dayOf(day, loan.operator, [loan]), o);
  const gains = rows.flatMap((row, cell) =>
    [...row.entries()].flatMap(([slot, items]): Gain[] =>
      Math.abs(items) > 1e-9 ? [{ cell, slot, items }] : [],
    ),
  );
  return { ...loan, cost: loanCost(day, loan), gains };
}

/**
 * The loans to choose from for these cells: eligible people, from any half hour on, until a deadline there or the end of the shift.
 * `all`: nobody was left out; else the most useful people, and where that is still too much, from the hour on.
 */
export async function candidatesFor(
  problem: DayProblem,
  cells: ReadonlySet<number>,
): Promise<{ readonly candidates: readonly Candidate[]; readonly all: boolean }> {
  const { day, dropped, pins } = problem;
  const turn = yieldToEventLoop();
  const taken = new Set(pins.map((pin) => pin.operator));
  const loans = async (grid: number, people: { most: number; perHome: number }): Promise<Loan[]> => {
    const found: Loan[] = [];
    for (const cell of cells) {
      await turn();
      const able = day.operators
        .map((person, operator) => ({ person, operator }))
        .filter(
          ({ person, operator }) =>
            person.cell !== cell &&
            !dropped.has(operator) &&
            !taken.has(operator) &&
            eligible(day, person, cell),
        )
        .sort(
          (a, b) => worth(day, b.operator, cell) - worth(day, a.operator, cell) || a.operator - b.operator,
        );
      const perHome = new Map<number, number>();
      const own = able
        .filter(({ person }) => {
          const seen = perHome.get(person.cell) ?? 0;
          perHome.set(person.cell, seen + 1);
          return seen < people.perHome;
        })
        .slice(0, people.most)
        .flatMap(({ operator, person }) =>
          loansOf(day, { operator, cell, grid }).filter(
            // who may go in the morning may have to stay later on
            (loan) => !rulesAgainst(day, person, cell, loan.from).some((rule) => rule.hard),
          ),
        );
      found.push(...own);
    }
    return found;
  };
  let found = await loans(BLOCK, { most: Infinity, perHome: Infinity });
  const all = found.length <= MOST;
  if (!all) found = await loans(BLOCK, PEOPLE);
  if (found.length > MOST) found = await loans(2 * BLOCK, PEOPLE);
  const candidates: Candidate[] = [];
  for (const loan of found) {
    await turn();
    candidates.push(candidateOf(day, loan));
  }
  return { candidates, all };
}
const worth = (day: DayInstance, operator: number, cell: number): number => {
  const person = at(day.operators, operator);
  return ratePerMinute(day, person, cell) / moveCost(day, person, cell);
};

function loansOf(day: DayInstance, o: { operator: number; cell: number; grid: number }): Loan[] {
  const { operator, cell, grid } = o;
  const person = at(day.operators, operator);
  const way = switchMinutes(day, person, cell);
  const deadlines = at(day.cells, cell).lots.map((lot) => Math.ceil(lot.deadline / BLOCK) * BLOCK);
  return homeStints(day, operator).flatMap((stint) => {
    // who would be back for less than half an hour stays to the end
    const ends = new Set([...deadlines.filter((end) => end + way + BLOCK <= stint.until), stint.until]);
    const loans: Loan[] = [];
    for (let from = Math.ceil(Math.max(0, stint.from) / grid) * grid; from < stint.until; from += grid)
      for (const until of ends) if (until - from >= SHORTEST) loans.push({ operator, cell, from, until });
    return loans;
  });
}

/** People of a cell who must not be away at the same time: so many of `who` at most in a half hour. */
export type PresenceLimit = {
  readonly cell: number;
  /** minutes from the day's start */
  readonly from: number;
  readonly most: number;
  /** people (or seniors) there in that half hour, and how many must stay */
  readonly there: number;
  readonly needed: number;
  readonly seniors: boolean;
};
/**
 * What the rules leave free of each home cell, by half hour: its least staff and seniors while work is due there, and the people wanted
 * before a deadline, as far as they are there at all.
 */
export function presenceLimits(day: DayInstance): PresenceLimit[] {
  const { rules } = day;
  return day.cells.flatMap((cell, c): PresenceLimit[] => {
    const last = Math.max(0, ...cell.lots.map((lot) => lot.deadline));
    const limits: PresenceLimit[] = [];
    for (let from = 0; from < last; from += BLOCK) {
      const here = day.operators.filter((person) =>
        stintsOf(day, person, person.cell).some(
          (s) => s.cell === c && s.from <= from && s.until >= from + BLOCK,
        ),
      );
      const checkpoint = cell.lots.some((lot) => {
        const minute = lot.deadline - rules.checkpoint.minutesBefore;
        return minute >= from && minute < from + BLOCK;
      });
      const needed = Math.max(cell.minStaff, checkpoint ? cell.minStaffAtCheckpoint : 0);
      const seniors = here.filter((person) => isSenior(person, cell)).length;
      const limit = (there: number, least: number, isSeniors: boolean): PresenceLimit => ({
        cell: c,
        from,
        most: Math.max(0, there - least),
        there,
        needed: least,
        seniors: isSeniors,
      });
      limits.push(limit(here.length, needed, false), limit(seniors, cell.seniors, true));
    }
    return limits;
  });
}
/** Whether somebody lent by this loan counts against a limit: the way back is time away too. */
export function isAway(day: DayInstance, loan: Loan, limit: PresenceLimit): boolean {
  const person = at(day.operators, loan.operator);
  if (person.cell !== limit.cell) return false;
  if (limit.seniors && !isSenior(person, at(day.cells, limit.cell))) return false;
  const stint = stintAround(day, loan);
  if (!stint || stint.from > limit.from || stint.until < limit.from + BLOCK) return false;
  const back = loan.until + switchMinutes(day, person, loan.cell);
  return loan.from < limit.from + BLOCK && back > limit.from;
}
/** How many people a cell may lend on the day. */
export const releaseLimit = (day: DayInstance, cell: number): number =>
  Math.floor(day.rules.maxReleaseShare * day.operators.filter((person) => person.cell === cell).length);

/** cell → step of time → items done at the cells' pace on the day with these loans. */
export function capacityWith(day: DayInstance, loans: readonly Loan[]): Float64Array[] {
  const into = day.cells.map(() => new Float64Array(Math.ceil(day.day.close / STEP)));
  for (const operator of day.operators.keys())
    addStints(day, operator, dayOf(day, operator, loans), { into, step: STEP });
  return into;
}
/** Items somebody brings to the cell they are lent to. */
export const broughtBy = (day: DayInstance, loan: Loan): number =>
  candidateOf(day, loan).gains.reduce((sum, gain) => sum + (gain.cell === loan.cell ? gain.items : 0), 0);
