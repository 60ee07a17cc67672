import type { Measure, Piece, Scope } from '../measure.ts';

export const hitRate: Measure = {
  info: {
    id: 'hit-rate',
    name: { ja: '的中率', en: 'Hit rate' },
    unit: 'percent',
    digits: 0,
    dimensions: ['location'],
    adds: 'ratio',
    past: true,
    future: false,
    comparesWith: [],
    worse: 'low',
  },
  fold: 'ratio',
  timedBy: 'clock',
  zero: false,
  byDay: true,
  pieces: held,
};

/**
 * Predictions that came true, of those that could be measured: of each decision and cell the last check after the moves. Without a window
 * those of the last 90 days.
 */
function held(scope: Scope): Piece[] {
  const isIn = (at: number): boolean =>
    scope.span.kind === 'now' || scope.span.intervals.some(([from, until]) => at >= from && at < until);
  return scope.means
    .outcomes()
    .filter((outcome) => isIn(outcome.decidedAt))
    .flatMap((outcome) => {
      const cells = outcome.checks
        .filter((check) => check.kind === 'after')
        .flatMap((check) => (check.cells ?? []).filter((cell) => cell.why === null));
      return [...new Map(cells.map((cell) => [cell.cell.cellId, cell])).values()].map((cell) => ({
        location: cell.cell.location,
        n: cell.verdict === 'as-predicted' ? 1 : 0,
        d: 1,
      }));
    });
}
