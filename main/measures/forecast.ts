// What the company expects to come in.
import { cellIdOf } from '../api/contract/common.ts';
import { instantOf } from '../kernel/clock.ts';
import { sql } from '../store/index.ts';
import { names, type Piece, type Scope } from './measure.ts';
import { dated } from './window.ts';

const MINUTE = 60_000;
const HOUR = 60;
type Row = { l: string; b: string; p: string; date: string; hour: number; items: number };
/** What the company expects, by the hour; of an hour that the window cuts its share. By the line: what its first step expects. */
export function forecastPieces(scope: Scope): Piece[] {
  const { span, zone, now } = scope;
  const [first = '', last = ''] = [span.days[0], span.days.at(-1)];
  const rows = scope.means.read.all<Row>(sql`
    SELECT location_name AS l, business_id AS b, process_name AS p, forecast_date AS date, hour, sum(expected_items) AS items
    FROM workload_forecasts WHERE forecast_date BETWEEN ${first} AND ${last}
    GROUP BY location_name, business_id, process_name, forecast_date, hour`);
  const sequence = new Map(scope.places.map((place) => [place.cellId, place.sequence ?? 0]));
  const step = (row: Row): number => sequence.get(cellIdOf(row.l, row.b, row.p)) ?? 0;
  const isByStep = names(scope, 'process', 'cell');
  const firsts = new Map<string, number>();
  for (const row of rows)
    firsts.set(
      `${row.l} ${row.b}`,
      Math.min(step(row), firsts.get(`${row.l} ${row.b}`) ?? Number.POSITIVE_INFINITY),
    );
  // of what is still to come, from the hour in progress on
  const from = span.kind === 'now' && span.due !== null && span.due > now ? now : null;
  const parts = new Map(span.days.map((day, i) => [day, span.intervals[i] ?? ([0, 0] as const)]));
  return rows.flatMap((row): Piece[] => {
    if (!isByStep && step(row) !== firsts.get(`${row.l} ${row.b}`)) return [];
    const [begins, ends] = parts.get(row.date) ?? [0, 0];
    const at = instantOf(row.date, row.hour * HOUR, zone);
    const length = HOUR * MINUTE;
    // hours past midnight (25時) are of the day they are told for
    const isWhole =
      span.at === null &&
      span.due === null &&
      (span.kind === 'now' || ends >= instantOf(row.date, 24 * HOUR, zone));
    const until = isWhole ? instantOf(row.date, 48 * HOUR, zone) : ends;
    const share = Math.min(until, at + length) - Math.max(begins, at);
    if (share <= 0 || (from !== null && at + length <= from)) return [];
    return [
      {
        location: row.l,
        business: row.b,
        process: row.p,
        cell: cellIdOf(row.l, row.b, row.p),
        ...dated(row.date),
        hour: String(row.hour * HOUR),
        n: (row.items * share) / length,
      },
    ];
  });
}
