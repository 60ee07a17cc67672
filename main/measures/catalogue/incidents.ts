import { type Measure, names, type Piece, type Scope, TIMES } from '../measure.ts';
import { joined, timed } from '../window.ts';

export const incidents: Measure = {
  info: {
    id: 'incidents',
    name: { ja: '障害', en: 'Incidents' },
    unit: 'count',
    digits: 0,
    dimensions: ['state', 'service', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  fold: 'count',
  timedBy: 'clock',
  zero: true,
  pieces: occurred,
};

/** Those that go on now; with a window, those that began in it. */
function occurred(scope: Scope): Piece[] {
  const isNow = scope.span.kind === 'now' && !names(scope, 'state');
  const found = isNow
    ? scope.means.incidents({}).filter((i) => i.state === 'open' || i.state === 'acknowledged')
    : scope.span.kind === 'now'
      ? scope.means.incidents({})
      : joined(scope.span).flatMap(([from, to]) =>
          scope.means
            .incidents({ from, to })
            .filter((i) => i.from >= from && i.from < to && i.state !== 'dismissed'),
        );
  return found.map((i) => ({
    ...timed(i.from, scope.zone),
    state: i.state,
    service: i.services,
    one: i.id,
    n: 1,
  }));
}
