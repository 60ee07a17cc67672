import { at, referenceSpeed } from '../arithmetic.ts';
import { SHORT_EPSILON, WEIGHTS } from '../config.ts';
import { Milp } from '../milp.ts';
import { type Demand, demandOf, followLine, shortOf } from './flow.ts';
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
} from './loans.ts';
import type { DayLine, Loan } from './types.ts';

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
type LineTerm = {
  readonly line: DayLine;
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
  readonly pinned: readonly Candidate[];
  readonly lines: ReadonlyMap<number, LineTerm>;
  /** cell → step of time → items, with nobody lent but who is asked for */
  readonly capacity: readonly Float64Array[];
  readonly limits: readonly PresenceLimit[];
};

/** `extra`: lines that turned out to need more room, and how much share of their work on top. */
export function makeBoard(
  problem: DayProblem,
  targets: ReadonlySet<LotKey>,
  extra: ReadonlyMap<number, number> = new Map(),
): Board {
  const { day } = problem;
  const helped = new Set<number>();
  const helpedLines = new Set<number>();
  for (const key of targets) {
    const [l = 0, s = 0] = key.split(' ').map(Number);
    helpedLines.add(l);
    // work that comes too late from an earlier step is helped there
    for (const cell of at(day.day.lines, l).cells.slice(0, s + 1)) helped.add(cell);
  }
  const candidates = candidatesFor(problem, helped);
  const pinned = pinnedLoans(problem).map((loan) => candidateOf(day, loan));
  const touched = new Set([...candidates, ...pinned].flatMap((loan) => loan.gains.map((gain) => gain.cell)));
  const without = capacityWith(day, []);
  const capacity = capacityWith(day, pinned);
  const lines = new Map<number, LineTerm>();
  day.day.lines.forEach((line, l) => {
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
  return { problem, targets, candidates, pinned, lines, capacity, limits: presenceLimits(day) };
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
function addGains(capacity: readonly Float64Array[], loans: readonly Candidate[]): Float64Array[] {
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
export function keepsRules({ problem, pinned, limits }: Board, loans: readonly Candidate[]): boolean {
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

export type BoardModel = {
  readonly program: Milp;
  /** the columns of the candidates, in their order */
  readonly loans: readonly number[];
  /** the point of a plan, its dependent columns filled in */
  pointOf(loans: readonly Candidate[]): Float64Array;
};

/** The board as a program for the solver: a 0/1 column per loan, what each cell has done by the end of each step of time, what is missing. */
export function buildBoardModel(board: Board): BoardModel {
  const program = new Milp();
  const { day } = board.problem;
  const loans = board.candidates.map(({ cost }) =>
    program.column({ lower: 0, upper: 1, integer: true, cost }),
  );
  const gains = new Map<string, { column: number; items: number }[]>();
  board.candidates.forEach((candidate, j) => {
    for (const { cell, slot, items } of candidate.gains) {
      const key = `${cell} ${slot}`;
      const list = gains.get(key) ?? [];
      list.push({ column: at(loans, j), items });
      gains.set(key, list);
    }
  });
  const filled: ((values: Float64Array, done: ReadonlyMap<LineTerm, Float64Array[]>) => void)[] = [];
  for (const term of board.lines.values()) {
    const { line, demand } = term;
    const done = line.cells.map((_, s) =>
      [...at(demand.outside, s)].map(() => program.column({ lower: 0, upper: Infinity, cost: 0 })),
    );
    line.cells.forEach((c, s) => {
      const own = at(done, s);
      own.forEach((column, t) => {
        const before = own[t - 1];
        const lend = gains.get(`${c} ${t}`) ?? [];
        const cap = at(board.capacity, c)[t] ?? 0;
        const last = before === undefined ? [] : [before];
        program.row(
          -Infinity,
          cap,
          [column, ...last, ...lend.map((gain) => gain.column)],
          [1, ...last.map(() => -1), ...lend.map((gain) => -gain.items)],
        );
        if (before !== undefined) program.row(0, Infinity, [column, before], [1, -1]);
        const columns = [column];
        const values = [1];
        for (let p = 0; p < s; p++) {
          const share = (line.routing[p]?.[s] ?? 0) / 2;
          if (share === 0) continue;
          for (const from of [done[p]?.[t - 1], done[p]?.[t]])
            if (from !== undefined) {
              columns.push(from);
              values.push(-share);
            }
        }
        program.row(-Infinity, at(demand.outside, s)[t] ?? 0, columns, values);
      });
    });
    filled.push((values, followed) => {
      const rows = followed.get(term) ?? [];
      done.forEach((columns, s) => {
        columns.forEach((column, t) => {
          values[column] = rows[s]?.[t] ?? 0;
        });
      });
    });
    for (const lot of term.lots) {
      const { slot, items } = at(at(demand.due, lot.step), lot.lot);
      if (items <= 0) continue;
      const short = program.column({ lower: 0, upper: lot.most + 1e-6, cost: lot.cost?.perItem ?? 0 });
      const by = slot < 0 ? [] : [at(at(done, lot.step), slot)];
      program.row(items, Infinity, [...by, short], [...by.map(() => 1), 1]);
      const from = lot.cost?.from ?? Infinity;
      const missed =
        lot.cost && lot.most > from
          ? program.column({ lower: 0, upper: 1, integer: true, cost: lot.cost.missed })
          : null;
      if (missed !== null) program.row(-Infinity, from, [short, missed], [1, -lot.most]);
      filled.push((values, followed) => {
        const left = shortOf(followed.get(term)?.[lot.step], { slot, items });
        values[short] = left;
        if (missed !== null) values[missed] = left > from ? 1 : 0;
      });
    }
  }
  addRules(board, program, loans);
  return {
    program,
    loans,
    pointOf(plan) {
      const values = new Float64Array(program.cost.length);
      board.candidates.forEach((candidate, j) => {
        if (plan.includes(candidate)) values[at(loans, j)] = 1;
      });
      const capacity = addGains(board.capacity, plan);
      const followed = new Map(
        [...board.lines.values()].map((term) => [term, followLine(term.line, term.demand, capacity)]),
      );
      for (const fill of filled) fill(values, followed);
      return values;
    },
  };

  function addRules({ candidates, pinned, limits }: Board, milp: Milp, columns: readonly number[]): void {
    const rowOf = (of: readonly number[], most: number): void => {
      if (of.length > most)
        milp.row(
          -Infinity,
          most,
          of.map((j) => at(columns, j)),
          of.map(() => 1),
        );
    };
    const all = candidates.map((_, j) => j);
    rowOf(all, Math.max(0, day.rules.maxMoves - pinned.length));
    for (const [, own] of Map.groupBy(all, (j) => at(candidates, j).operator)) rowOf(own, 1);
    for (const [cell, own] of Map.groupBy(all, (j) => homeOf(day, at(candidates, j).operator))) {
      const lent = pinned.filter((loan) => homeOf(day, loan.operator) === cell);
      rowOf(own, Math.max(0, releaseLimit(day, cell) - lent.length));
      for (const limit of limits)
        if (limit.cell === cell) {
          const already = lent.filter((loan) => isAway(day, loan, limit)).length;
          rowOf(
            own.filter((j) => isAway(day, at(candidates, j), limit)),
            Math.max(0, limit.most - already),
          );
        }
    }
  }
}
