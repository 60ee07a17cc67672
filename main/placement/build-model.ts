import {
  at,
  capacity,
  contribution,
  cumulativeDue,
  eligible,
  experienceNeeded,
  isSenior,
  isThere,
  lastDeadline,
  moveCost,
  obstacles,
  plannedDeadline,
  ratePerMinute,
  referenceSpeed,
  stayPlan,
  workMinutes,
} from './arithmetic.ts';
import { SHORT_EPSILON, SOLVE, WEIGHTS } from './config.ts';
import { Milp, type Row } from './milp.ts';
import type { Instance, PlacementOperator } from './types.ts';

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
  /** every operator given must move to one of the late cells */
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
  const { instance, dropped, pins } = problem;
  const { rules, cells, operators } = instance;
  const program = new Milp();
  const base = startingPlan(problem);
  const sums = capacity(instance, base);
  const members = cells.map((_, c) => operators.filter((_, i) => base[i] === c));

  const moves: MoveColumn[] = [];
  const arriving: MoveColumn[][] = cells.map(() => []);
  const leaving: MoveColumn[][] = cells.map(() => []);
  const byOperator: number[][] = operators.map(() => []);
  const addMoves = (targets: Iterable<number>, usable: (i: number) => boolean): void => {
    for (const c of targets) {
      const last = lastDeadline(at(cells, c));
      if (last === null) continue;
      operators.forEach((person, i) => {
        if (person.cell === c || dropped.has(i) || pins.has(i) || !usable(i)) return;
        const relaxes = relaxedBy(instance, person, c, options.relax);
        if (relaxes === undefined || contribution(instance, person, c, last) <= 1e-9) return;
        const move: MoveColumn = {
          column: program.column({
            lower: 0,
            upper: 1,
            integer: true,
            cost: moveCost(instance, person, c) + (relaxes ? RELAXED_COST[relaxes] : 0),
          }),
          operator: i,
          cell: c,
          relaxes,
        };
        moves.push(move);
        arriving[c]?.push(move);
        leaving[person.cell]?.push(move);
        byOperator[i]?.push(move.column);
      });
    }
  };
  addMoves(late, () => true);
  if (options.chain) {
    // a detour only helps where it frees somebody who can go to a late cell
    const frees = new Set(moves.map((move) => at(operators, move.operator).cell));
    addMoves(
      [...frees].filter((c) => !late.has(c)),
      () => true,
    );
  }

  const overtime: MoveColumn[] = [];
  if (options.relax === 'overtime')
    operators.forEach((person, i) => {
      const c = base[i] ?? person.cell;
      const last = lastDeadline(at(cells, c));
      if (!late.has(c) || person.locked || last === null || person.until >= last) return;
      overtime.push({
        column: program.column({ lower: 0, upper: 1, integer: true, cost: RELAXED_COST.overtime }),
        operator: i,
        cell: c,
        relaxes: 'overtime',
      });
    });
  const columnsOf = (i: number): number[] => [
    ...(byOperator[i] ?? []),
    ...overtime.filter((o) => o.operator === i).map((o) => o.column),
  ];
  const ones = (columns: readonly number[]): number[] => columns.map(() => 1);
  operators.forEach((_, i) => {
    const columns = columnsOf(i);
    if (columns.length > 1) program.row(Number.NEGATIVE_INFINITY, 1, columns, ones(columns));
  });
  if (options.mustMove !== undefined) {
    const columns = moves
      .filter((m) => m.operator === options.mustMove && late.has(m.cell))
      .map((m) => m.column);
    program.row(1, 1, columns, ones(columns));
  }

  const shortages: Model['shortages'][number][] = [];
  const checkpoints: Slack[] = [];
  const slacks: Model['slacks'][number][] = [];
  cells.forEach((cell, c) => {
    const speed = referenceSpeed(instance, c);
    const into = arriving[c] ?? [];
    const outOf = leaving[c] ?? [];
    const extra = overtime.filter((o) => o.cell === c);
    const isLate = late.has(c);
    cumulativeDue(cell).forEach((due, k) => {
      const deadline = plannedDeadline(at(cell.lots, k).deadline);
      const have = sums[c]?.[k] ?? 0;
      const columns: number[] = [];
      const values: number[] = [];
      const term = (column: number, value: number): void => {
        if (Math.abs(value) < 1e-9) return;
        columns.push(column);
        values.push(value);
      };
      for (const m of into) term(m.column, contribution(instance, at(operators, m.operator), c, deadline));
      for (const m of outOf) term(m.column, -contribution(instance, at(operators, m.operator), c, deadline));
      for (const o of extra) term(o.column, overtimeItems(instance, at(operators, o.operator), c, deadline));
      const wanted = due * (1 + rules.safety);
      if (isLate && wanted - have > SHORT_EPSILON) {
        // what is due may be given up only where it is missed already; the safety share may be given up, at its cost
        const isMissed = due - have > SHORT_EPSILON;
        const free = wanted - due;
        const column = program.column({
          lower: 0,
          upper: isMissed ? wanted : free + Math.max(0, due - have),
          cost: (WEIGHTS.shortHour * cell.priority) / speed,
        });
        term(column, 1);
        const row = program.row(wanted - have, Number.POSITIVE_INFINITY, columns, values);
        let missed: Shortage['missed'] = null;
        if (isMissed) {
          const indicator = program.column({
            lower: 0,
            upper: 1,
            integer: true,
            cost: WEIGHTS.missedLot * cell.priority,
          });
          program.row(Number.NEGATIVE_INFINITY, free, [column, indicator], [1, free - wanted]);
          missed = { column: indicator, from: free };
        }
        shortages.push({ column, row, missed, cell: c, lot: k });
      } else if (columns.length > 0) {
        const keep = due * (1 + (isLate ? Math.max(rules.safety, rules.sourceBuffer) : rules.sourceBuffer));
        program.row(Math.min(have, keep) - have, Number.POSITIVE_INFINITY, columns, values);
      }
      addCheckpoint(c, deadline - rules.checkpoint.minutesBefore);
    });

    const here = members[c] ?? [];
    const out = outOf.map((m) => m.column);
    if (out.length === 0) return;
    balance(into, outOf, Math.min(0, cell.minStaff - here.length));
    const senior = (m: MoveColumn): boolean => isSenior(at(operators, m.operator), cell);
    if (cell.seniors > 0 && outOf.some(senior))
      balance(
        into.filter(senior),
        outOf.filter(senior),
        Math.min(0, cell.seniors - here.filter((p) => isSenior(p, cell)).length),
      );
    const home = operators.filter((person) => person.cell === c).length;
    const pinnedOut = [...pins].filter(([i, to]) => at(operators, i).cell === c && to !== c).length;
    limit(out, Math.max(0, Math.floor(rules.maxReleaseShare * home) - pinnedOut), 'release', home);
  });
  const pinned = [...pins].filter(([i, to]) => at(operators, i).cell !== to).length;
  limit(
    moves.map((m) => m.column),
    Math.max(0, rules.maxMoves - pinned),
    'maxMoves',
    operators.length,
  );
  return { program, moves, overtime, shortages, checkpoints, slacks };

  /** arriving − leaving ≥ lower */
  function balance(into: readonly MoveColumn[], outOf: readonly MoveColumn[], lower: number): void {
    program.row(
      lower,
      Number.POSITIVE_INFINITY,
      [...into, ...outOf].map((m) => m.column),
      [...into.map(() => 1), ...outOf.map(() => -1)],
    );
  }
  function limit(columns: readonly number[], most: number, rule: Relaxable, people: number): void {
    if (columns.length === 0) return;
    const row = program.row(Number.NEGATIVE_INFINITY, most, [...columns], ones(columns));
    if (options.relax !== rule) return;
    const column = program.column({ lower: 0, upper: people, cost: RELAXED_COST[rule] });
    row.columns.push(column);
    row.values.push(-1);
    slacks.push({ column, relaxes: rule });
  }
  /** enough people some minutes before a deadline: wished for, and never fewer than now because of the plan */
  function addCheckpoint(c: number, minute: number): void {
    const cell = at(cells, c);
    if (minute <= 0 || cell.minStaffAtCheckpoint <= 0) return;
    const there = (m: MoveColumn): boolean => isThere(instance, at(operators, m.operator), c, minute);
    const into = (arriving[c] ?? []).filter(there);
    const outOf = (leaving[c] ?? []).filter(there);
    if (into.length + outOf.length === 0) return;
    const have = operators.filter((p, i) => base[i] === c && isThere(instance, p, c, minute)).length;
    const lacking = cell.minStaffAtCheckpoint - have;
    const columns = [...into, ...outOf].map((m) => m.column);
    const values = [...into.map(() => 1), ...outOf.map(() => -1)];
    if (lacking <= 0) {
      program.row(lacking, Number.POSITIVE_INFINITY, columns, values);
      return;
    }
    const column = program.column({ lower: 0, upper: lacking, cost: WEIGHTS.checkpoint });
    const row = program.row(lacking, Number.POSITIVE_INFINITY, [...columns, column], [...values, 1]);
    checkpoints.push({ column, row });
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
  if (only?.code === 'moved-too-often' && relax === 'cooldown') return 'cooldown';
  if (
    only?.code === 'low-experience' &&
    relax === 'experience' &&
    experienceNeeded(instance, at(instance.cells, target))
  )
    return 'experience';
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
