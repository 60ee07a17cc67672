import { sql } from '../../store/index.ts';
import { type Measure, type Piece, type Scope, TIMES } from '../measure.ts';
import { joined, timed } from '../window.ts';
import { words } from '../words.ts';

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
  words: words(
    [
      '承認した|承認した件数|承認件数|承認された|承認済み|承認履歴|承認した提案|承認数|却下した|却下された|却下件数|却下した提案|却下数|見送った|採用した|判断|判断履歴|決定|決めた|決めたこと|決裁|決定事項|取り消した|取り消し|誰が承認|誰が決めた',
      '承認|却下',
    ],
    [
      'approved|approve yesterday|did we approve|did we reject|rejected|reject|decisions|decision|decided|did we decide|decide|accepted|turned down|approvals|rejections|signed off|undone|taken back',
      'approve',
    ],
  ),
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
