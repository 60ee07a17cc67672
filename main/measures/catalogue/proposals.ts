import { sql } from '../../store/index.ts';
import { DAYS, type Measure, names, type Piece, type Scope } from '../measure.ts';
import { timed } from '../window.ts';

export const proposals: Measure = {
  info: {
    id: 'proposals',
    name: { ja: '提案', en: 'Proposals' },
    unit: 'count',
    digits: 0,
    dimensions: ['location', 'process', 'state', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  fold: 'count',
  timedBy: 'clock',
  zero: true,
  byDay: true,
  pieces: made,
};

/** Those that wait for a decision; with a window or a state, all that were made then or are in it. */
function made(scope: Scope): Piece[] {
  const isOpen = scope.span.kind === 'now' && !names(scope, 'state');
  return scope.means.read
    .all<{ id: string; at: number; status: string; location: string | null; process: string | null }>(
      sql`SELECT proposal_id AS id, created_at AS at, status, body->>'$.scope.location' AS location, body->>'$.scope.process' AS process
        FROM proposals WHERE ${isOpen ? sql`status = 'open'` : sql`1`}`,
    )
    .filter(
      ({ at }) =>
        scope.span.kind === 'now' || scope.span.intervals.some(([from, until]) => at >= from && at < until),
    )
    .map(({ id, at, status, location, process }) => ({
      ...(location !== null && { location }),
      ...(process !== null && { process }),
      ...timed(at, scope.zone),
      state: status,
      one: id,
      n: 1,
    }));
}
