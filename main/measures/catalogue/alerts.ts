import { type Measure, type Piece, PLACE, type Scope, TIMES } from '../measure.ts';
import { passed, timed } from '../window.ts';

export const alerts: Measure = {
  info: {
    id: 'alerts',
    name: { ja: 'アラート', en: 'Alerts' },
    unit: 'count',
    digits: 0,
    dimensions: [...PLACE, 'state', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  fold: 'count',
  timedBy: 'clock',
  zero: true,
  pieces: raised,
};

/** Those open now; with a window, those that were raised in it, whatever became of them. */
function raised(scope: Scope): Piece[] {
  const isNow = scope.span.kind === 'now' && !scope.where.some((f) => f.dimension === 'state');
  const { intervals } = passed(scope.span, scope.now + 1);
  return scope.means
    .alerts()
    .filter((alert) =>
      isNow
        ? alert.state === 'open'
        : scope.span.kind === 'now' ||
          intervals.some(([from, until]) => alert.openedAt >= from && alert.openedAt < until),
    )
    .map((alert) => ({
      ...(alert.cell && {
        location: alert.cell.location,
        business: alert.cell.businessId,
        process: alert.cell.process,
        cell: alert.cell.cellId,
      }),
      ...timed(alert.openedAt, scope.zone),
      state: alert.state,
      one: alert.id,
      n: 1,
    }));
}
