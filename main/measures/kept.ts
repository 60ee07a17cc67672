// What this program keeps itself: alerts, incidents, proposals, decisions, the moves of them and what came of them.
import { cellIdOf } from '../api/contract/common.ts';
import { sql } from '../store/index.ts';
import { names, type Piece, type Scope } from './measure.ts';
import { dated, joined, passed, timed } from './window.ts';

/** Those open now; with a window, those that were raised in it, whatever became of them. */
export function alertPieces(scope: Scope): Piece[] {
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

/** Those that go on now; with a window, those that began in it. */
export function incidentPieces(scope: Scope): Piece[] {
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

/** Those that wait for a decision; with a window or a state, all that were made then or are in it. */
export function proposalPieces(scope: Scope): Piece[] {
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

/** A plan approved with changes is approved. */
export function decisionPieces(scope: Scope): Piece[] {
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

type Move = { id: string; date: string; l: string; b: string; p: string; at: number };
/** People whom an approved plan sent somewhere, by where they went; who was sent twice on a day is one. */
export function movePieces(scope: Scope): Piece[] {
  const { days, intervals, kind } = scope.span;
  const rows = scope.means.read.all<Move>(
    sql`SELECT operator_id AS id, move_date AS date, to_location AS l, to_business AS b, to_process AS p, starts_at AS at FROM moves
      WHERE active = 1 AND move_date BETWEEN ${days[0] ?? ''} AND ${days.at(-1) ?? ''}`,
  );
  const isIn = (row: Move): boolean => {
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

/**
 * Predictions that came true, of those that could be measured: of each decision and cell the last check after the moves.
 */
export function outcomePieces(scope: Scope): Piece[] {
  const isIn = (at: number): boolean =>
    scope.span.intervals.some(([from, until]) => at >= from && at < until);
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
