import type { Cell } from '../../../main/api/contract/common.ts';
import type { Comparison, Scenario, Side, SideCell } from '../../../main/placement/contract/what-if.ts';

export type Lot = SideCell['deadlines'][number];
export type Verdict = 'better' | 'worse' | 'same';
/** One deadline as it is and under every scenario; null where nothing is due by it there. */
export type Row = {
  readonly key: string;
  readonly cell: Cell;
  readonly original: number;
  readonly base: Lot | null;
  readonly sides: readonly (Lot | null)[];
  readonly changes: boolean;
};

/** A scenario on the screen with what the comparison says of it; null until it has been worked out. */
export type Shown = { readonly scenario: Scenario; readonly side: Side | null };

/** Less than this of a chance, or of an item, is no difference. */
const CHANGED = { chance: 0.01, items: 1 } as const;
export function verdictOf(base: Lot | null, lot: Lot | null): Verdict {
  const chance = (lot?.pOnTime ?? 1) - (base?.pOnTime ?? 1);
  if (Math.abs(chance) >= CHANGED.chance) return chance > 0 ? 'better' : 'worse';
  const items = (lot?.shortItems ?? 0) - (base?.shortItems ?? 0);
  if (Math.abs(items) >= CHANGED.items) return items < 0 ? 'better' : 'worse';
  return 'same';
}

/** Every deadline of a comparison, cell by cell, earliest first. */
export function rowsOf({ cells, base, scenarios }: Comparison): Row[] {
  return cells.flatMap((cell, i) => {
    const all = [base, ...scenarios].map((side) => side.cells[i]?.deadlines ?? []);
    const originals = [...new Set(all.flat().map((lot) => lot.original))].sort((a, b) => a - b);
    return originals.map((original): Row => {
      const [own = null, ...sides] = all.map((lots) => lots.find((lot) => lot.original === original) ?? null);
      const changes = sides.some(
        (lot) => verdictOf(own, lot) !== 'same' || (lot !== null && lot.deadline !== lot.original),
      );
      return { key: `${cell.cellId} ${original}`, cell, original, base: own, sides, changes };
    });
  });
}

/** How many deadlines a scenario makes better and worse. */
export function countVerdicts(rows: readonly Row[], scenario: number): Readonly<Record<Verdict, number>> {
  const count = { better: 0, worse: 0, same: 0 };
  for (const row of rows) count[verdictOf(row.base, row.sides[scenario] ?? null)]++;
  return count;
}
