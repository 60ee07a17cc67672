import type { Instance, PlacementCell } from '../types.ts';
import { PLANNED_PACE } from './read-pace.ts';
import type { Line } from './types.ts';

/** Every cell a line of its own: nothing is known of what flows from one to the other, or of what is still to arrive. */
export const plainLines = (cells: readonly Pick<PlacementCell, 'lots'>[]): Line[] =>
  cells.map(({ lots }, c) => ({
    cells: [c],
    lots: lots.map((lot) => [lot.deadline]),
    routing: [[0]],
    arrivals: [],
    arrivalScale: { mean: 1, cv: 0.1 },
    notice: [0, 0],
  }));

/** A cell as proposals kept it before work was followed down its line. */
type CellBefore = Omit<PlacementCell, 'pace'> & { readonly efficiency?: number } & Partial<
    Pick<PlacementCell, 'pace'>
  >;
type InstanceBefore = Omit<Instance, 'cells' | 'lines' | 'movesFrom'> &
  Partial<Pick<Instance, 'lines' | 'movesFrom'>> & { readonly cells: readonly CellBefore[] };

/** The instance of a saved proposal; one from before lines were learned gets plain ones. */
export function upgradeInstance(saved: InstanceBefore): Instance {
  const cells = saved.cells.map(
    ({ efficiency, pace, ...cell }): PlacementCell => ({
      ...cell,
      pace: pace ?? { ...PLANNED_PACE, mean: efficiency ?? 1 },
    }),
  );
  return { ...saved, cells, lines: saved.lines ?? plainLines(cells), movesFrom: saved.movesFrom ?? 0 };
}
