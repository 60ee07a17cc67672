import {
  at,
  capacity,
  checkpointsOf,
  contribution,
  cumulativeDue,
  eligible,
  isSenior,
  isThere,
  lastDeadline,
  moveCost,
  obstacles,
  peopleThere,
  plannedDeadline,
  ratePerMinute,
  referenceSpeed,
  shiftEnd,
  stayPlan,
  workMinutes,
} from '../arithmetic.ts';
import { SHORT_EPSILON, SOLVE, WEIGHTS } from '../config.ts';
import type { Instance, PlacementOperator } from '../types.ts';
import { Milp, type Row } from './milp.ts';

/** A named group of rules that may be relaxed to see what it would win. */
export const RELAXABLE = ['skill', 'cooldown', 'experience', 'overtime', 'release', 'maxMoves'] as const;
export type Relaxable = (typeof RELAXABLE)[number];

/** What to plan: which cells are to be helped, who stays out, who goes where whatever it costs. */
export type Problem = {
  readonly instance: Instance;
  /** cells in scope; of those, the ones that miss a deadline are helped */
  readonly scope: ReadonlySet<number>;
  /** operators never to use */
  readonly dropped: ReadonlySet<number>;
  /** operator → cell, moved before anything else is planned; the rules then hold for everybody else */
  readonly pins: ReadonlyMap<number, number>;
};

/** Everybody stays but the pinned: the plan that is always possible. */
export function startingPlan({ instance, pins }: Problem): Int32Array {
  const assign = stayPlan(instance);
  for (const [operator, cell] of pins) assign[operator] = cell;
  return assign;
}

/** Cells in scope, or hurt by a pin, that would miss what is due (with the safety share) as things stand. */
export function lateCells(problem: Problem): Set<number> {
  const { instance, scope, pins } = problem;
  const share = 1 + instance.rules.safety;
  const sums = capacity(instance, startingPlan(problem));
  const hurt = new Set([...pins.keys()].map((operator) => at(instance.operators, operator).cell));
  return new Set(
    instance.cells.flatMap((cell, c) => {
      const short = cumulativeDue(cell).some((due, k) => due * share - (sums[c]?.[k] ?? 0) > SHORT_EPSILON);
      return short && (scope.has(c) || hurt.has(c)) ? [c] : [];
    }),
  );
}

export type MoveColumn = {
  readonly column: number;
  readonly operator: number;
  readonly cell: number;
  readonly relaxes: Relaxable | null;
};
type Shortage = {
  readonly column: number;
  readonly row: Row;
  readonly missed: { column: number; from: number } | null;
};
type Slack = { readonly column: number; readonly row: Row };
export type Model = {
  readonly program: Milp;
  readonly moves: readonly MoveColumn[];
  readonly overtime: readonly MoveColumn[];
  readonly shortages: readonly (Shortage & { readonly cell: number; readonly lot: number })[];
  readonly checkpoints: readonly Slack[];
  /** how far a relaxed limit is exceeded, in people */
  readonly slacks: readonly { readonly column: number; readonly relaxes: Relaxable }[];
};
export type ModelOptions = {
  /** people may also move into cells that are not late, to free others there (玉突き) */
  readonly chain: boolean;
  readonly relax?: Relaxable;
  /** this operator must move to one of the late cells */
  readonly mustMove?: number;
};

/** Extra cost of leaning on a relaxed rule, in moves. */
const RELAXED_COST: Readonly<Record<Relaxable, number>> = {
  skill: 3,
  cooldown: 2,
  experience: 1.5,
  overtime: 2,
  release: 1,
  maxMoves: 0.5,
};

/**
 * Model A: who moves where now, so that the least is missing at the deadlines. "Stays" is substituted out, so all zeros is
 * the starting plan and always feasible. One 0/1 column per possible move; per lot a cover row
 * Σ arriving contributions − Σ leaving contributions + missing ≥ due − base; a missed deadline has an indicator of its own.
 */
export function buildModel(problem: Problem, late: ReadonlySet<number>, options: ModelOptions): Model {
  const builder = new Builder(problem, late, options);
  builder.addMoves(late);
  // a detour only helps where it frees somebody who can go to a late cell
  if (options.chain) builder.addMoves(builder.sources().difference(late));
  if (options.relax === 'overtime') builder.addOvertime();
  builder.placeOnce();
  problem.instance.cells.forEach((_, c) => {
    builder.coverLots(c);
    builder.staffCheckpoints(c);
    builder.keepTeam(c);
  });
  builder.limitMoves();
  return builder;
}

class Builder implements Model {
  readonly program = new Milp();
  readonly moves: MoveColumn[] = [];
  readonly overtime: MoveColumn[] = [];
  readonly shortages: Model['shortages'][number][] = [];
  readonly checkpoints: Slack[] = [];
  readonly slacks: Model['slacks'][number][] = [];
  private readonly problem: Problem;
  private readonly late: ReadonlySet<number>;
  private readonly options: ModelOptions;
  /** everybody's cell before the model moves anybody, and what the cells get done that way */
  private readonly base: Int32Array;
  private readonly sums: readonly (readonly number[])[];
  private readonly arriving: MoveColumn[][];
  private readonly leaving: MoveColumn[][];

  constructor(problem: Problem, late: ReadonlySet<number>, options: ModelOptions) {
    this.problem = problem;
    this.late = late;
    this.options = options;
    this.base = startingPlan(problem);
    this.sums = capacity(problem.instance, this.base);
    this.arriving = problem.instance.cells.map(() => []);
    this.leaving = problem.instance.cells.map(() => []);
  }

  /** A column for everybody who may go to one of the cells and would get something done there. */
  addMoves(targets: Iterable<number>): void {
    const { instance, dropped, pins } = this.problem;
    for (const c of targets) {
      const last = lastDeadline(at(instance.cells, c));
      if (last === null) continue;
      instance.operators.forEach((person, i) => {
        if (person.cell === c || dropped.has(i) || pins.has(i)) return;
        const relaxes = relaxedBy(instance, person, c, this.options.relax);
        if (relaxes === undefined || contribution(instance, person, c, last) <= 1e-9) return;
        const cost = moveCost(instance, person, c) + (relaxes ? RELAXED_COST[relaxes] : 0);
        const column = this.program.column({ lower: 0, upper: 1, integer: true, cost });
        const move: MoveColumn = { column, operator: i, cell: c, relaxes };
        this.moves.push(move);
        this.arriving[c]?.push(move);
        this.leaving[person.cell]?.push(move);
      });
    }
  }
  /** The cells that people leave so far. */
  sources(): Set<number> {
    return new Set(this.moves.map((move) => this.person(move).cell));
  }
  /** Some minutes more for those in a late cell who go home from there before its last deadline. */
  addOvertime(): void {
    this.problem.instance.operators.forEach((person, i) => {
      const c = this.base[i] ?? person.cell;
      const last = lastDeadline(at(this.problem.instance.cells, c));
      if (!this.late.has(c) || last === null || person.until >= last) return;
      if (shiftEnd(person) > person.until) return;
      const cost = RELAXED_COST.overtime;
      const column = this.program.column({ lower: 0, upper: 1, integer: true, cost });
      this.overtime.push({ column, operator: i, cell: c, relaxes: 'overtime' });
    });
  }
  /** Nobody is in two places. */
  placeOnce(): void {
    const columns = Map.groupBy([...this.moves, ...this.overtime], (move) => move.operator);
    for (const own of columns.values()) if (own.length > 1) this.atMost(own, 1);
    const { mustMove } = this.options;
    if (mustMove === undefined) return;
    const helping = (columns.get(mustMove) ?? []).filter((move) => this.late.has(move.cell));
    this.program.row(
      1,
      1,
      helping.map((move) => move.column),
      helping.map(() => 1),
    );
  }

  coverLots(c: number): void {
    const cell = at(this.problem.instance.cells, c);
    const { rules } = this.problem.instance;
    const isLate = this.late.has(c);
    cumulativeDue(cell).forEach((due, k) => {
      const { columns, values } = this.termsOf(c, plannedDeadline(at(cell.lots, k).deadline));
      const have = this.sums[c]?.[k] ?? 0;
      if (isLate && due * (1 + rules.safety) - have > SHORT_EPSILON) {
        this.coverShortage({ c, k, due, have, columns, values });
      } else if (columns.length > 0) {
        const keep = due * (1 + (isLate ? Math.max(rules.safety, rules.sourceBuffer) : rules.sourceBuffer));
        this.program.row(Math.min(have, keep) - have, Number.POSITIVE_INFINITY, columns, values);
      }
    });
  }
  /** What is due may be given up only where it is missed already; the safety share may be given up, at its cost. */
  private coverShortage(o: {
    c: number;
    k: number;
    due: number;
    have: number;
    columns: number[];
    values: number[];
  }): void {
    const { instance } = this.problem;
    const { priority } = at(instance.cells, o.c);
    const wanted = o.due * (1 + instance.rules.safety);
    const safety = wanted - o.due;
    const isMissed = o.due - o.have > SHORT_EPSILON;
    const column = this.program.column({
      lower: 0,
      upper: isMissed ? wanted : safety + Math.max(0, o.due - o.have),
      cost: (WEIGHTS.shortHour * priority) / referenceSpeed(instance, o.c),
    });
    const row = this.program.row(
      wanted - o.have,
      Number.POSITIVE_INFINITY,
      [...o.columns, column],
      [...o.values, 1],
    );
    let missed: Shortage['missed'] = null;
    if (isMissed) {
      const cost = WEIGHTS.missedLot * priority;
      const indicator = this.program.column({ lower: 0, upper: 1, integer: true, cost });
      this.program.row(Number.NEGATIVE_INFINITY, safety, [column, indicator], [1, -o.due]);
      missed = { column: indicator, from: safety };
    }
    this.shortages.push({ column, row, missed, cell: o.c, lot: o.k });
  }
  /** What each column adds to a cell by a deadline. */
  private termsOf(c: number, deadline: number): { columns: number[]; values: number[] } {
    const { instance } = this.problem;
    const items = (move: MoveColumn): number => contribution(instance, this.person(move), c, deadline);
    const terms = [
      ...(this.arriving[c] ?? []).map((m) => [m.column, items(m)] as const),
      ...(this.leaving[c] ?? []).map((m) => [m.column, -items(m)] as const),
      ...this.overtime
        .filter((o) => o.cell === c)
        .map((o) => [o.column, overtimeItems(instance, this.person(o), c, deadline)] as const),
    ].filter(([, value]) => Math.abs(value) >= 1e-9);
    return { columns: terms.map(([column]) => column), values: terms.map(([, value]) => value) };
  }

  /** Enough people some minutes before each deadline: wished for, and never fewer than now because of the plan. */
  staffCheckpoints(c: number): void {
    const { instance } = this.problem;
    const cell = at(instance.cells, c);
    if (cell.minStaffAtCheckpoint <= 0) return;
    for (const minute of checkpointsOf(instance, cell)) {
      const there = (m: MoveColumn): boolean => isThere(instance, this.person(m), c, minute);
      const into = (this.arriving[c] ?? []).filter(there);
      const outOf = (this.leaving[c] ?? []).filter(there);
      if (into.length + outOf.length === 0) continue;
      const have = peopleThere(instance, this.base, c, minute);
      const lacking = cell.minStaffAtCheckpoint - have;
      const row = this.balance(into, outOf, lacking);
      if (lacking <= 0) continue;
      const column = this.program.column({ lower: 0, upper: lacking, cost: WEIGHTS.checkpoint });
      row.columns.push(column);
      row.values.push(1);
      this.checkpoints.push({ column, row });
    }
  }
  /** The least a cell keeps of its people and seniors, and the most it releases. */
  keepTeam(c: number): void {
    const { instance, pins } = this.problem;
    const cell = at(instance.cells, c);
    const into = this.arriving[c] ?? [];
    const outOf = this.leaving[c] ?? [];
    if (outOf.length === 0) return;
    const team = this.team(c);
    this.balance(into, outOf, Math.min(0, cell.minStaff - team.length));
    const senior = (m: MoveColumn): boolean => isSenior(this.person(m), cell);
    if (cell.seniors > 0 && outOf.some(senior)) {
      const have = team.filter((person) => isSenior(person, cell)).length;
      this.balance(into.filter(senior), outOf.filter(senior), Math.min(0, cell.seniors - have));
    }
    const home = instance.operators.filter((person) => person.cell === c).length;
    const pinnedOut = [...pins].filter(([i, to]) => to !== c && at(instance.operators, i).cell === c).length;
    const most = Math.floor(instance.rules.maxReleaseShare * home) - pinnedOut;
    this.relaxable(this.atMost(outOf, Math.max(0, most)), 'release', home);
  }
  limitMoves(): void {
    const { instance, pins } = this.problem;
    if (this.moves.length === 0) return;
    const pinned = [...pins].filter(([i, to]) => at(instance.operators, i).cell !== to).length;
    const most = Math.max(0, instance.rules.maxMoves - pinned);
    const least =
      instance.leastMoves === undefined
        ? Number.NEGATIVE_INFINITY
        : Math.min(most, instance.leastMoves - pinned);
    const row = this.program.row(
      least,
      most,
      this.moves.map((m) => m.column),
      this.moves.map(() => 1),
    );
    this.relaxable(row, 'maxMoves', instance.operators.length);
  }

  private person(move: MoveColumn): PlacementOperator {
    return at(this.problem.instance.operators, move.operator);
  }
  private team(c: number): PlacementOperator[] {
    return this.problem.instance.operators.filter((_, i) => this.base[i] === c);
  }
  /** Σ columns ≤ most */
  private atMost(moves: readonly MoveColumn[], most: number): Row {
    return this.program.row(
      Number.NEGATIVE_INFINITY,
      most,
      moves.map((m) => m.column),
      moves.map(() => 1),
    );
  }
  /** arriving − leaving ≥ least */
  private balance(into: readonly MoveColumn[], outOf: readonly MoveColumn[], least: number): Row {
    return this.program.row(
      least,
      Number.POSITIVE_INFINITY,
      [...into, ...outOf].map((m) => m.column),
      [...into.map(() => 1), ...outOf.map(() => -1)],
    );
  }
  /** Lets a limit be exceeded, at a cost, when it is the rule to relax. */
  private relaxable(row: Row, rule: 'release' | 'maxMoves', people: number): void {
    if (this.options.relax !== rule) return;
    const column = this.program.column({ lower: 0, upper: people, cost: RELAXED_COST[rule] });
    row.columns.push(column);
    row.values.push(-1);
    this.slacks.push({ column, relaxes: rule });
  }
}

/** null: allowed as it is; a rule: allowed only by relaxing that rule; undefined: not allowed */
function relaxedBy(
  instance: Instance,
  person: PlacementOperator,
  target: number,
  relax: Relaxable | undefined,
): Relaxable | null | undefined {
  if (eligible(instance, person, target)) return null;
  const found = obstacles(instance, person, target);
  const only = found.length === 1 ? found[0] : undefined;
  if (only?.code === 'low-skill' && relax === 'skill' && only.skill === only.needed - 1) return 'skill';
  if ((only?.code === 'moved-too-often' || only?.code === 'ledger-full') && relax === 'cooldown')
    return 'cooldown';
  if (only?.code === 'low-experience' && relax === 'experience') return 'experience';
  return undefined;
}

const overtimeItems = (instance: Instance, person: PlacementOperator, c: number, deadline: number): number =>
  ratePerMinute(instance, person, c) *
  workMinutes(
    [],
    Math.max(0, person.until),
    Math.min(deadline, Math.max(0, person.until) + SOLVE.overtimeMinutes),
  );

/** The plan a solution stands for. */
export function planOf(problem: Problem, model: Model, values: Float64Array): Int32Array {
  const assign = startingPlan(problem);
  for (const move of model.moves) if ((values[move.column] ?? 0) > 0.5) assign[move.operator] = move.cell;
  return assign;
}

/** The point of a plan in a model, its dependent columns filled in: a start for the solver. */
export function pointOf(model: Model, assign: Int32Array): Float64Array {
  const values = new Float64Array(model.program.cost.length);
  for (const move of model.moves) if (assign[move.operator] === move.cell) values[move.column] = 1;
  for (const { column, row } of [...model.shortages, ...model.checkpoints])
    values[column] = Math.max(0, row.lower - model.program.activity(row, values));
  for (const { column, missed } of model.shortages)
    if (missed) values[missed.column] = (values[column] ?? 0) > missed.from + 1e-9 ? 1 : 0;
  return values;
}
