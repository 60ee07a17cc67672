import { sql } from '../../store/index.ts';
import { type Measure, type Piece, type Scope, TIMES } from '../measure.ts';
import { joined, timed } from '../window.ts';

export const decisions: Measure = {
  info: {
    id: 'decisions',
    name: { ja: '判断', en: 'Decisions' },
    unit: 'count',
    digits: 0,
    dimensions: ['state', 'actor', ...TIMES],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  fold: 'count',
  timedBy: 'clock',
  zero: true,
  pieces: decided,
};

/** A plan approved with changes is approved. */
function decided(scope: Scope): Piece[] {
  return joined(scope.span).flatMap(([from, until]) =>
    scope.means.read
      .all<{ id: string; at: number; action: string; actor: string }>(
        sql`SELECT decision_id AS id, decided_at AS at, action, actor FROM decisions WHERE decided_at >= ${from} AND decided_at <= ${until}`,
      )
      .map(({ id, at, action, actor }) => ({
        ...timed(at, scope.zone),
        state: action === 'modified' ? 'approved' : action,
        actor,
        one: id,
        n: 1,
      })),
  );
}
