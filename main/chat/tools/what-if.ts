import { assess, currentRules, loadInstance } from '../../placement/index.ts';
import type { Instance, PlacementCell, PlacementOperator } from '../../placement/types.ts';
import type { Reader } from '../../store/index.ts';
import type { WhatIf, WhatIfChange, WhatIfSide } from '../pipeline-types.ts';

const MINUTE = 60_000;

/** One cell's risk as it is and as it would be. Stores nothing. null: no data, or no such cell. */
export function tryOnPaper(read: Reader, at: number, zone: string, change: WhatIfChange): WhatIf | null {
  const now = loadInstance(read, at, { zone, rules: currentRules(read).rules });
  const index = now?.cells.findIndex((c) => c.cell.cellId === change.cellId) ?? -1;
  const cell = now?.cells[index];
  if (!now || !cell) return null;
  const changed = withPeople(withVolume(now, index, change), index, change.peopleDelta);
  return { cell: cell.cell, asOf: now.now, before: side(now, index), after: side(changed, index) };
}

/** More or less work at a process, waiting and on its way to it, and another speed there. */
function withVolume(
  instance: Instance,
  index: number,
  { volumeFactor, speedFactor }: WhatIfChange,
): Instance {
  const scaled = (cell: PlacementCell): PlacementCell => ({
    ...cell,
    backlog: cell.backlog * volumeFactor,
    lots: cell.lots.map((lot) => ({ ...lot, items: lot.items * volumeFactor })),
    pace: { ...cell.pace, mean: cell.pace.mean * speedFactor },
  });
  return {
    ...instance,
    cells: instance.cells.map((cell, c) => (c === index ? scaled(cell) : cell)),
    lines: instance.lines.map((line) => {
      const step = line.cells.indexOf(index);
      if (step < 0) return line;
      if (step === 0)
        return {
          ...line,
          arrivals: line.arrivals.map((arrival) => ({ ...arrival, items: arrival.items * volumeFactor })),
        };
      return {
        ...line,
        routing: line.routing.map((row) =>
          row.map((share, s) => (s === step ? share * volumeFactor : share)),
        ),
      };
    }),
  };
}

/** Fewer: the slowest leave first. More: copies of the cell's median person join. */
function withPeople(instance: Instance, cellIndex: number, delta: number): Instance {
  const process = instance.cells[cellIndex]?.process ?? 0;
  const here = instance.operators
    .filter((o) => o.cell === cellIndex)
    .sort((a, b) => (a.speed[process] ?? 0) - (b.speed[process] ?? 0) || a.id.localeCompare(b.id));
  if (delta < 0) {
    const gone = new Set(here.slice(0, -delta));
    return { ...instance, operators: instance.operators.filter((o) => !gone.has(o)) };
  }
  const median = here[Math.floor(here.length / 2)];
  if (!median || delta === 0) return instance;
  const more: PlacementOperator[] = Array.from({ length: delta }, (_, i) => ({
    ...median,
    id: `${median.id}+${i + 1}`,
  }));
  return { ...instance, operators: [...instance.operators, ...more] };
}

function side(instance: Instance, index: number): WhatIfSide {
  const cell = instance.cells[index];
  const risk = assess(instance)[index];
  if (!risk) throw new RangeError(`no cell ${index}`);
  const deadline = risk.worst === null ? undefined : risk.perLot[risk.worst]?.deadline;
  return {
    people: instance.operators.filter((o) => o.cell === index).length,
    backlog: Math.round(cell?.backlog ?? 0),
    deadline: deadline === undefined ? null : instance.now + deadline * MINUTE,
    pOnTime: 1 - risk.pMiss,
    finishAt: risk.finish === null ? null : instance.now + risk.finish * MINUTE,
    shortItems: risk.shortItems,
  };
}
