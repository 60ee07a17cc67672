import { yieldToEventLoop } from '../../kernel/task.ts';
import { at } from '../arithmetic.ts';
import { Milp } from '../solve/milp.ts';
import { addGains, type Board, followLine, type LineTerm, shortOf } from './board.ts';
import { type Candidate, homeOf, isAway, releaseLimit } from './loans.ts';

export type BoardModel = {
  readonly program: Milp;
  /** the columns of the candidates, in their order */
  readonly loans: readonly number[];
  /** the point of a plan, its dependent columns filled in */
  pointOf(loans: readonly Candidate[]): Float64Array;
};

/** The board as a program for the solver, built in turns with the rest of the engine: a 0/1 column per loan, what each cell has done by the end of each step of time, what is missing. */
export async function buildBoardModel(board: Board): Promise<BoardModel> {
  const program = new Milp();
  const turn = yieldToEventLoop();
  const { day } = board.problem;
  const loans = board.candidates.map(({ cost }) =>
    program.column({ lower: 0, upper: 1, integer: true, cost }),
  );
  const gains = new Map<string, { column: number; items: number }[]>();
  for (const [j, candidate] of board.candidates.entries()) {
    await turn();
    for (const { cell, slot, items } of candidate.gains) {
      const key = `${cell} ${slot}`;
      const list = gains.get(key) ?? [];
      list.push({ column: at(loans, j), items });
      gains.set(key, list);
    }
  }
  const filled: ((values: Float64Array, done: ReadonlyMap<LineTerm, Float64Array[]>) => void)[] = [];
  for (const term of board.lines.values()) {
    await turn();
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
  await addRules(board, program, loans);
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

  async function addRules(
    { candidates, pinned, limits }: Board,
    milp: Milp,
    columns: readonly number[],
  ): Promise<void> {
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
      await turn();
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
