import { CELL_SEPARATOR } from '../../api/contract/common.ts';
import type { Change, SideCell } from '../../api/contract/what-if.ts';
import type { WhatIfs } from '../../placement/index.ts';
import type { WhatIf, WhatIfChange, WhatIfSide } from '../pipeline-types.ts';

/** One cell's risk as it is and as it would be. Stores nothing. null: no such cell. */
export async function tryOnPaper(
  { compare }: Pick<WhatIfs, 'compare'>,
  change: WhatIfChange,
): Promise<WhatIf | null> {
  const { cellId } = change;
  const told = await compare({ scenarios: [{ changes: changesOf(change) }], cellId });
  const index = told.cells.findIndex((cell) => cell.cellId === cellId);
  const cell = told.cells[index];
  const [before, after] = [told.base.cells[index], told.scenarios[0]?.cells[index]];
  if (!cell || !before || !after) return null;
  const { chartedOf: _, ...name } = cell;
  return { cell: name, asOf: told.asOf, before: side(before), after: side(after) };
}

/** Fewer people: the most usual of the team are missing. More: people like them join. */
function changesOf({ cellId, peopleDelta, volumeFactor, speedFactor }: WhatIfChange): Change[] {
  const [location, businessId, process] = cellId.split(CELL_SEPARATOR);
  const where = { location, businessId, process };
  const count = Math.abs(peopleDelta);
  return [
    ...(volumeFactor === 1 ? [] : [{ kind: 'volume', where, factor: volumeFactor } as const]),
    ...(speedFactor === 1 ? [] : [{ kind: 'speed', where, factor: speedFactor } as const]),
    ...(peopleDelta < 0 ? [{ kind: 'absence', where, who: { kind: 'number', count } } as const] : []),
    ...(peopleDelta > 0 ? [{ kind: 'extra', cellId, count } as const] : []),
  ];
}

function side({ people, backlog, deadlines, worst, allFinishAt }: SideCell): WhatIfSide {
  const lot = worst === null ? undefined : deadlines[worst];
  return {
    people,
    backlog: Math.round(backlog),
    deadline: lot?.deadline ?? null,
    pOnTime: lot?.pOnTime ?? 1,
    finishAt: allFinishAt,
    shortItems: lot?.shortItems ?? 0,
  };
}
