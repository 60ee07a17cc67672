import { at, referenceSpeed } from '../arithmetic.ts';
import { SHORT_EPSILON, WEIGHTS } from '../config.ts';
import { bookedOn, duePartsOf } from '../flow/expect-due.ts';
import type { Line } from '../flow/types.ts';
import {
  type Candidate,
  candidateOf,
  candidatesFor,
  capacityWith,
  type DayProblem,
  homeOf,
  isAway,
  type PresenceLimit,
  pinnedLoans,
  presenceLimits,
  releaseLimit,
  STEP,
} from './loans.ts';
import type { DayInstance, Loan } from './types.ts';

/** A deadline by its line, step and lot. */
export type LotKey = `${number} ${number} ${number}`;
export const lotKey = (line: number, step: number, lot: number): LotKey => `${line} ${step} ${lot}`;

type LotTerm = {
  readonly step: number;
  readonly lot: number;
  /** nothing may be later than it is without the plan */
  readonly most: number;
  /** null: only kept, not improved */
  readonly cost: { readonly perItem: number; readonly missed: number; readonly from: number } | null;
};
export type LineTerm = {
  readonly line: Line;
  /** the cost of its deadlines with nobody lent but who is asked for */
  readonly cost: number;
  readonly demand: Demand;
  readonly lots: readonly LotTerm[];
};
/**
 * Model B as data: loans to choose from, the lines they touch with their demand, and what each deadline costs. Work is planned with the
 * larger of the rules' two shares on top, since a day ahead nobody knows better; people who are asked for are in already.
 */
export type Board = {
  readonly problem: DayProblem;
  readonly targets: ReadonlySet<LotKey>;
  readonly candidates: readonly Candidate[];
  /** no loan that the rules allow was left out */
  readonly all: boolean;
  readonly pinned: readonly Candidate[];
  readonly lines: ReadonlyMap<number, LineTerm>;
  /** cell → step of time → items, with nobody lent but who is asked for */
  readonly capacity: readonly Float64Array[];
  readonly limits: readonly PresenceLimit[];
};

/**
 * What a line has to do and when, without anybody working: per step of the line, the items that come from outside by the end of each step
 * of time, and per lot what is due and by the end of which step of time.
 */
type Demand = {
  readonly outside: readonly Float64Array[];
  readonly due: readonly (readonly { readonly slot: number; readonly items: number }[])[];
};
/** All that is expected times `volume`. */
function demandOf(day: DayInstance, line: Line, volume: number): Demand {
  const slots = Math.ceil(day.day.close / STEP);
  const outside = line.cells.map((c) => new Float64Array(slots).fill(at(day.cells, c).backlog * volume));
  for (const arrival of line.arrivals) {
    if (bookedOn(line, arrival, line.notice[0]) >= line.lots.length) continue;
    // what comes in the first half of a step of time can be worked on in it
    const from = Math.max(0, Math.ceil((arrival.minute - STEP / 2) / STEP));
    const row = at(outside, arrival.step ?? 0);
    for (let t = from; t < slots; t++) row[t] = (row[t] ?? 0) + arrival.items * volume;
  }
  const due = duePartsOf(line, day.cells).map((lots, s) => {
    let items = 0;
    return lots.map(({ here, upstream, expected }, k) => {
      items += (here + upstream + expected) * volume;
      return { slot: Math.min(slots, Math.floor(at(at(line.lots, k), s) / STEP + 1e-6)) - 1, items };
    });
  });
  return { outside, due };
}

/** step of the line → step of time → items finished by its end, when everybody works on what is there (first come, first served). */
export function followLine(
  line: Line,
  { outside }: Demand,
  capacity: readonly Float64Array[],
): Float64Array[] {
  const done: Float64Array[] = [];
  line.cells.forEach((c, s) => {
    const cap = at(capacity, c);
    const own = at(outside, s);
    const row = new Float64Array(own.length);
    let before = 0;
    for (let t = 0; t < row.length; t++) {
      let come = own[t] ?? 0;
      // of what an earlier step finishes in this step of time, half is there in time
      for (let p = 0; p < s; p++) {
        const share = line.routing[p]?.[s] ?? 0;
        if (share > 0) come += (share * ((done[p]?.[t - 1] ?? 0) + (done[p]?.[t] ?? 0))) / 2;
      }
      before = Math.max(before, Math.min(come, before + (cap[t] ?? 0)));
      row[t] = before;
    }
    done.push(row);
  });
  return done;
}

/** Items missing by a lot's deadline, of all that is due by then. */
export const shortOf = (
  done: Float64Array | undefined,
  { slot, items }: { slot: number; items: number },
): number => Math.max(0, items - (slot < 0 ? 0 : (done?.[slot] ?? 0)));

/** `extra`: lines that turned out to need more room, and how much share of their work on top. */
export async function makeBoard(
  problem: DayProblem,
  targets: ReadonlySet<LotKey>,
  extra: ReadonlyMap<number, number> = new Map(),
): Promise<Board> {
  const { day } = problem;
  const helped = new Set<number>();
  const helpedLines = new Set<number>();
  for (const key of targets) {
    const [l = 0, s = 0] = key.split(' ').map(Number);
    helpedLines.add(l);
    // work that comes too late from an earlier step is helped there
    for (const cell of at(day.lines, l).cells.slice(0, s + 1)) helped.add(cell);
  }
  const { candidates, all } = await candidatesFor(problem, helped);
  const pinned = pinnedLoans(problem).map((loan) => candidateOf(day, loan));
  const touched = new Set([...candidates, ...pinned].flatMap((loan) => loan.gains.map((gain) => gain.cell)));
  const without = capacityWith(day, []);
  const capacity = capacityWith(day, pinned);
  const lines = new Map<number, LineTerm>();
  day.lines.forEach((line, l) => {
    if (!helpedLines.has(l) && !line.cells.some((cell) => touched.has(cell))) return;
    const share = Math.max(day.rules.safety, day.rules.sourceBuffer) + (extra.get(l) ?? 0);
    const demand = demandOf(day, line, 1 + share);
    const before = followLine(line, demand, without);
    const withPins = followLine(line, demand, capacity);
    const lots = demand.due.flatMap((list, s) => {
      const cell = at(day.cells, at(line.cells, s));
      return list.map((lot, k): LotTerm => {
        const most = Math.max(shortOf(before[s], lot), shortOf(withPins[s], lot));
        if (!targets.has(lotKey(l, s, k))) return { step: s, lot: k, most, cost: null };
        const perItem = (WEIGHTS.shortHour * cell.priority) / referenceSpeed(day, at(line.cells, s));
        return {
          step: s,
          lot: k,
          most,
          cost: {
            perItem,
            missed: WEIGHTS.missedLot * cell.priority,
            from: SHORT_EPSILON + (lot.items * share) / (1 + share),
          },
        };
      });
    });
    const term = { line, demand, lots, cost: 0 };
    lines.set(l, { ...term, cost: lineCost(term, capacity) ?? 0 });
  });
  return { problem, targets, candidates, all, pinned, lines, capacity, limits: presenceLimits(day) };
}

/** What loans do: their cost in the model's objective, or null where a rule or a deadline that was safe is broken. */
export function boardCost(board: Board, loans: readonly Candidate[]): number | null {
  if (!keepsRules(board, loans)) return null;
  let cost = loans.reduce((sum, loan) => sum + loan.cost, 0);
  const touched = new Set(loans.flatMap((loan) => [loan.cell, homeOf(board.problem.day, loan.operator)]));
  const capacity = addGains(board.capacity, loans);
  for (const term of board.lines.values()) {
    const own = term.line.cells.some((cell) => touched.has(cell)) ? lineCost(term, capacity) : term.cost;
    if (own === null) return null;
    cost += own;
  }
  return cost;
}
/** What the deadlines of a line cost; null where one is missed by more than without a plan. */
function lineCost({ line, demand, lots }: LineTerm, capacity: readonly Float64Array[]): number | null {
  const done = followLine(line, demand, capacity);
  let cost = 0;
  for (const lot of lots) {
    const short = shortOf(done[lot.step], at(at(demand.due, lot.step), lot.lot));
    if (short > lot.most + 1e-6) return null;
    if (lot.cost) cost += short * lot.cost.perItem + (short > lot.cost.from ? lot.cost.missed : 0);
  }
  return cost;
}
export function addGains(capacity: readonly Float64Array[], loans: readonly Candidate[]): Float64Array[] {
  const changed = new Set<number>();
  for (const { gains } of loans) for (const { cell } of gains) changed.add(cell);
  const rows = capacity.map((row, c) => (changed.has(c) ? row.slice() : row));
  for (const { gains } of loans)
    for (const { cell, slot, items } of gains) {
      const row = at(rows, cell);
      row[slot] = (row[slot] ?? 0) + items;
    }
  return rows;
}

/** One loan a person, as many moves and people from a cell as the rules allow, and enough people left in every half hour. */
function keepsRules({ problem, pinned, limits }: Board, loans: readonly Candidate[]): boolean {
  const { day } = problem;
  if (new Set(loans.map((loan) => loan.operator)).size < loans.length) return false;
  if (loans.length + pinned.length > Math.max(day.rules.maxMoves, pinned.length)) return false;
  const from = (cell: number, list: readonly Loan[]): Loan[] =>
    list.filter((loan) => homeOf(day, loan.operator) === cell);
  for (const cell of new Set(loans.map((loan) => homeOf(day, loan.operator)))) {
    const own = [...from(cell, loans), ...from(cell, pinned)];
    if (own.length > releaseLimit(day, cell)) return false;
    for (const limit of limits)
      if (limit.cell === cell && own.filter((loan) => isAway(day, loan, limit)).length > limit.most)
        return false;
  }
  return true;
}
