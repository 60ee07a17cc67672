import { yieldToEventLoop } from '../../kernel/task.ts';
import { at } from '../arithmetic.ts';
import type { Change, Comparison, Side, SideCell } from '../contract/what-if.ts';
import { assess, type CellRisk, curveOf, outlook } from '../flow/assess.ts';
import type { Line } from '../flow/types.ts';
import type { Instance, PlacementOperator } from '../types.ts';
import { applyChanges } from './apply-changes.ts';

const MINUTE = 60_000;
/** A process is told from this change of a chance on, or of so many items missing. */
const CHANGED = { chance: 0.01, items: 1 } as const;
/** So many processes are told, and so many drawn; a scenario may change all of a company's. */
const TOLD = 60;
const DRAWN = 12;

/** whoever works in a cell at any time of the day */
type Team = ReadonlyMap<number, readonly PlacementOperator[]>;
/** An instance with its risks, worked out line by line: `views` holds each line by itself. */
type Assessed = {
  readonly instance: Instance;
  readonly team: Team;
  readonly risks: readonly CellRisk[];
  readonly views: readonly Instance[];
};

const isSame = <T>(a: readonly T[] = [], b: readonly T[] = []): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
const isUntouched = (known: Assessed, instance: Instance, team: Team, i: number): boolean => {
  const line = instance.lines[i];
  return (
    line !== undefined &&
    line === known.instance.lines[i] &&
    line.cells.every(
      (c) => instance.cells[c] === known.instance.cells[c] && isSame(team.get(c), known.team.get(c)),
    )
  );
};

/** Lines that are as in `known` are taken from there; others may run in between two lines. */
async function assessByLine(
  instance: Instance,
  turn: () => Promise<void>,
  known?: Assessed,
): Promise<Assessed> {
  const team = new Map<number, PlacementOperator[]>();
  for (const person of instance.operators)
    for (const c of new Set([person, ...(person.otherStints ?? [])].map((stint) => stint.cell)))
      team.set(c, [...(team.get(c) ?? []), person]);
  const risks: CellRisk[] = [];
  const views: Instance[] = [];
  for (const [i, line] of instance.lines.entries()) {
    const old = known && isUntouched(known, instance, team, i) ? known : null;
    const view = old ? at(old.views, i) : { ...instance, lines: [line] };
    const found = assess(view);
    for (const c of line.cells) risks[c] = at(found, c);
    views.push(view);
    await turn();
  }
  return { instance, team, risks, views };
}

const lineOf = (instance: Instance, c: number): { line: Line; i: number; step: number } => {
  const i = instance.lines.findIndex((line) => line.cells.includes(c));
  const line = at(instance.lines, i);
  return { line, i, step: line.cells.indexOf(c) };
};

/** Deadline by deadline of a cell, what it is without any change; minutes. */
function originals(base: Instance, changed: Instance, c: number, risk: CellRisk): number[] {
  const { line, step } = lineOf(changed, c);
  const { line: before } = lineOf(base, c);
  const used = new Set<number>();
  return risk.perLot.map(({ deadline }) => {
    const k = line.lots.findIndex((lot, n) => lot[step] === deadline && !used.has(n));
    used.add(k);
    const head = line.bookedBy?.[k];
    const was = head === undefined ? undefined : before.lots.find((lot) => lot[0] === head)?.[step];
    return was ?? deadline;
  });
}

/** deadlines likelier missed than made */
const missedOf = ({ risks }: Assessed): number =>
  risks.reduce((sum, risk) => sum + risk.perLot.filter((lot) => lot.pMiss >= 0.5).length, 0);

type Told = { readonly c: number; readonly change: number; readonly charted: number | null };
/** How far the chances of a cell change, and which of its deadlines (as it is) changes most; null where nothing is to be told. */
function whatChanges(base: Assessed, scenarios: readonly Assessed[], c: number): Told | null {
  const before = at(base.risks, c);
  let change = 0;
  let isTold = false;
  let charted = before.worst === null ? null : at(before.perLot, before.worst).deadline;
  for (const scenario of scenarios) {
    if (!isSame(base.team.get(c), scenario.team.get(c))) isTold = true;
    const after = at(scenario.risks, c);
    const was = originals(base.instance, scenario.instance, c, after);
    after.perLot.forEach((lot, k) => {
      const original = was[k] ?? lot.deadline;
      const old = before.perLot.find((one) => Math.abs(one.deadline - original) < 1e-6);
      const chance = Math.abs(lot.pMiss - (old?.pMiss ?? 0));
      if (original !== lot.deadline) isTold = true;
      if (chance >= CHANGED.chance || Math.abs(lot.shortItems - (old?.shortItems ?? 0)) >= CHANGED.items)
        isTold = true;
      if (chance > change) {
        change = chance;
        charted = original;
      }
    });
  }
  return isTold ? { c, change, charted } : null;
}

function tellCell(base: Assessed, side: Assessed, { c, charted }: Told, isDrawn: boolean): SideCell {
  const { instance } = side;
  const instant = (minute: number): number => Math.round(instance.now + minute * MINUTE);
  const risk = at(side.risks, c);
  const was = originals(base.instance, instance, c, risk);
  const own = risk.perLot[was.findIndex((minute) => charted !== null && Math.abs(minute - charted) < 1e-6)];
  const deadline = own?.deadline ?? charted;
  const last = Math.max(
    0,
    deadline ?? 0,
    ...[base, side].flatMap((o) => at(o.risks, c).perLot.map((lot) => lot.deadline)),
  );
  const view = at(side.views, lineOf(instance, c).i);
  return {
    people: instance.operators.filter((person) => person.cell === c).length,
    backlog: at(instance.cells, c).backlog,
    deadlines: risk.perLot.map((lot, k) => ({
      original: instant(was[k] ?? lot.deadline),
      deadline: instant(lot.deadline),
      due: lot.due,
      pOnTime: 1 - lot.pMiss,
      shortItems: lot.shortItems,
      finishAt: lot.finish === null ? null : instant(lot.finish),
    })),
    worst: risk.worst,
    allFinishAt: risk.finish === null ? null : instant(risk.finish),
    outlook: isDrawn
      ? curveOf(
          instance,
          outlook(view, c, { ...(deadline !== null && { deadline }), ...(last > 0 && { minutes: last }) }),
        )
      : [],
  };
}

/**
 * Scenarios beside the situation as it is, all on the same draws of chance. Tells the processes where anything changes, and `cellId` in any
 * case. Only the lines that a scenario changes are lived through again, and others have their turn between two of them.
 */
export async function compareScenarios(
  instance: Instance,
  scenarios: readonly (readonly Change[])[],
  { cellId, signal }: { cellId?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Omit<Comparison, 'freshness'>> {
  const turn = yieldToEventLoop();
  const base = await assessByLine(instance, turn);
  const applied: Side['applied'][] = [];
  const sides: Assessed[] = [];
  for (const changes of scenarios) {
    signal?.throwIfAborted();
    const changed = applyChanges(instance, changes);
    applied.push([...changed.applied]);
    sides.push(await assessByLine(changed.instance, turn, base));
  }
  const changing = instance.cells
    .flatMap(({ cell }, c) => {
      const told = whatChanges(base, sides, c);
      if (told) return [told];
      const { perLot, worst } = at(base.risks, c);
      const charted = worst === null ? null : at(perLot, worst).deadline;
      return cell.cellId === cellId ? [{ c, change: 0, charted }] : [];
    })
    .sort(
      (a, b) =>
        Number(at(instance.cells, b.c).cell.cellId === cellId) -
          Number(at(instance.cells, a.c).cell.cellId === cellId) ||
        b.change - a.change ||
        a.c - b.c,
    );
  const told = changing.slice(0, TOLD);
  const tell = async (side: Assessed): Promise<SideCell[]> => {
    const cells: SideCell[] = [];
    for (const [i, one] of told.entries()) {
      signal?.throwIfAborted();
      cells.push(tellCell(base, side, one, i < DRAWN));
      await turn();
    }
    return cells;
  };
  const result = {
    base: { applied: [], missed: missedOf(base), cells: await tell(base) },
    scenarios: [] as Side[],
  };
  for (const [i, side] of sides.entries())
    result.scenarios.push({ applied: applied[i] ?? [], missed: missedOf(side), cells: await tell(side) });
  return {
    asOf: instance.now,
    cells: told.map(({ c, charted }) => ({
      ...at(instance.cells, c).cell,
      chartedOf: charted === null ? null : Math.round(instance.now + charted * MINUTE),
    })),
    left: changing.length - told.length,
    ...result,
  };
}
