import { cellIdOf } from '../../api/contract/common.ts';
import { sql } from '../../store/index.ts';
import { DAYS, type Measure, type Piece, type Scope, wanted } from '../measure.ts';
import { dated } from '../window.ts';

export const moves: Measure = {
  info: {
    id: 'moves',
    name: { ja: '配置変更', en: 'People moved' },
    unit: 'people',
    digits: 0,
    dimensions: ['location', 'business', 'process', 'cell', 'person', ...DAYS],
    adds: 'additive',
    past: true,
    future: false,
    comparesWith: ['window'],
    worse: null,
  },
  fold: 'count',
  timedBy: 'clock',
  zero: true,
  // of a person: how often
  unit: (scope) => (scope.by.has('person') || wanted(scope, 'person') ? 'count' : 'people'),
  pieces: moved,
};

type Row = { id: string; date: string; l: string; b: string; p: string; at: number };
/** People whom an approved plan sent somewhere, by where they went; who was sent twice on a day is one. */
function moved(scope: Scope): Piece[] {
  const { days, intervals, kind } = scope.span;
  const rows = scope.means.read.all<Row>(
    sql`SELECT operator_id AS id, move_date AS date, to_location AS l, to_business AS b, to_process AS p, starts_at AS at FROM moves
      WHERE active = 1 AND move_date BETWEEN ${days[0] ?? ''} AND ${days.at(-1) ?? ''}`,
  );
  const isIn = (row: Row): boolean => {
    const [from, until] = intervals[days.indexOf(row.date)] ?? [0, 0];
    return kind === 'now' || (row.at >= from && row.at < until);
  };
  return rows.filter(isIn).map((row) => ({
    location: row.l,
    business: row.b,
    process: row.p,
    cell: cellIdOf(row.l, row.b, row.p),
    person: row.id,
    ...dated(row.date),
    one: `${row.id} ${row.date}`,
    n: 1,
  }));
}
