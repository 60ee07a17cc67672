import { type Measure, names, type Piece, type Scope, TIMES } from '../measure.ts';
import { joined, timed } from '../window.ts';
import { words } from '../words.ts';

export const incidents: Measure = {
  info: {
    id: 'incidents',
    name: { ja: '障害', en: 'Incidents' },
    unit: 'count',
    digits: 0,
    dimensions: ['state', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: 'high',
  },
  words: words(
    [
      '障害|障害件数|システム障害|インシデント|不具合|トラブル|システムトラブル|システムの問題|障害は|復旧|直った|システム停止|ダウン',
      '問題|異常',
    ],
    [
      'incident|incidents|outage|outages|system failure|failures|breakdown|breakdowns|system trouble|system problem|system problems|system issue|system issues|disruption|disruptions|malfunction|downtime|fault|faults',
      'trouble|problem|problems|issue|issues|down',
    ],
  ),
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
  return found.map((i) => ({ ...timed(i.from, scope.zone), state: i.state, one: i.id, n: 1 }));
}
