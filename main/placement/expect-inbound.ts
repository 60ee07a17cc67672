import type { PlacementCell, PlacementLot } from './types.ts';

/** Items finished in the measured stretch: how much has been flowing through. */
const flow = (cell: PlacementCell): number => cell.observed.reduce((sum, o) => sum + o.items, 0);

/**
 * Adds to each cell the work that waits at the earlier steps of its site and business. Of an earlier step's lot, the share
 * comes on that has been coming on (a correction step sees only some); it is needed here by its deadline there at the
 * earliest. Without measurements all of it is expected. Processes are indexed in their sequence.
 */
export function expectInbound(cells: readonly PlacementCell[]): PlacementCell[] {
  return cells.map((cell) => {
    const inbound = cells
      .filter((u) => u.site === cell.site && u.business === cell.business && u.process < cell.process)
      .flatMap((earlier): PlacementLot[] => {
        const through = flow(earlier);
        const share = through > 0 ? Math.min(1, flow(cell) / through) : 1;
        return earlier.lots.map(({ deadline, items }) => ({ deadline, items: items * share }));
      })
      .filter((lot) => lot.items > 0)
      .sort((a, b) => a.deadline - b.deadline);
    return inbound.length > 0 ? { ...cell, inbound } : cell;
  });
}
