// People: who is down for work, who is there, what they did and what they can do.
import { cellIdOf } from '../api/contract/common.ts';
import { instantOf } from '../kernel/clock.ts';
import { attendanceOf, currentRules } from '../placement/index.ts';
import { sql } from '../store/index.ts';
import { names, type Piece, type Scope, wanted } from './measure.ts';
import { dated } from './window.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
const APART = '\u001f';
const bounds = ({ span }: Scope): readonly [string, string] => [span.days[0] ?? '', span.days.at(-1) ?? ''];

type RecordPiece = Omit<Piece, 'n'> & { readonly items: number; readonly hours: number };
/** What people did, by day and process, at the site they belong to. Without a window: the last seven days there are records of. */
export function recordPieces(scope: Scope): RecordPiece[] {
  const { read } = scope.means;
  const [from, to] = bounds(scope);
  const week = sql`record_date > (SELECT date(max(record_date), '-7 days') FROM productivity_records)`;
  return read
    .all<{ id: string; l: string; p: string; day: string; items: number; hours: number }>(
      sql`SELECT operator_id AS id, location_name AS l, process_name AS p, record_date AS day,
          sum(items_done) AS items, sum(hours_worked) AS hours
        FROM productivity_records JOIN operators USING (operator_id)
        WHERE ${isOfLastWeek(scope) ? week : sql`record_date BETWEEN ${from} AND ${to}`}
        GROUP BY operator_id, process_name, record_date`,
    )
    .map(({ id, l, p, day, items, hours }) => ({
      person: id,
      location: l,
      process: p,
      ...dated(day),
      items,
      hours,
    }));
}
/** Records are written at the end of a day: "now" says nothing by itself. */
export const isOfLastWeek = ({ span }: Pick<Scope, 'span'>): boolean => span.kind === 'now';

/** Days on which people were as the company noted it, at the site they belong to and where they were down for work. */
export function attendancePieces(scope: Scope, counted: readonly ReturnType<typeof attendanceOf>[]): Piece[] {
  const { read } = scope.means;
  const [from, to] = bounds(scope);
  const statuses = read
    .all<{ status: string }>(
      sql`SELECT DISTINCT attendance_status AS status FROM attendance_records WHERE attendance_date BETWEEN ${from} AND ${to}`,
    )
    .filter(({ status }) => counted.includes(attendanceOf(status)));
  const needsWork = names(scope, 'business', 'process', 'cell');
  const down = (column: string) =>
    needsWork
      ? sql`(SELECT group_concat(DISTINCT ${{ text: column, values: [] }} || ${APART}) FROM daily_assignments d
          WHERE d.operator_id = a.operator_id AND d.assignment_date = a.attendance_date)`
      : sql`NULL`;
  return read
    .all<{ id: string; day: string; l: string; b: string | null; p: string | null; c: string | null }>(
      sql`SELECT a.operator_id AS id, attendance_date AS day, location_name AS l, ${down('business_id')} AS b,
          ${down('process_name')} AS p, ${down(`location_name || '${APART}' || business_id || '${APART}' || process_name`)} AS c
        FROM attendance_records a JOIN operators o USING (operator_id)
        WHERE attendance_date BETWEEN ${from} AND ${to}
          AND attendance_status IN (SELECT value FROM json_each(${JSON.stringify(statuses.map((s) => s.status))}))`,
    )
    .map(({ id, day, l, b, p, c }) => ({
      person: id,
      location: l,
      ...(needsWork && { business: parts(b), process: parts(p), cell: parts(c) }),
      ...dated(day),
      one: `${id} ${day}`,
      n: 1,
    }));
}
const parts = (joined: string | null): string[] =>
  (joined ?? '')
    .split(`${APART},`)
    .map((part) => (part.endsWith(APART) ? part.slice(0, -1) : part))
    .filter((part) => part !== '');

/** Whether it is asked who is there at a time of day. */
export const isOfAnInstant = (scope: Scope): boolean =>
  scope.span.at !== null || scope.span.since !== null || names(scope, 'hour', 'half-hour');

/** Who works where at the instant that is asked for (now, the time of day, or each hour); `all`: who is down for it and away, too. */
export function teamPieces(scope: Scope, { all }: { all: boolean }): Piece[] {
  const { span, zone, now } = scope;
  const minutes = names(scope, 'half-hour') ? 30 : names(scope, 'hour') ? 60 : null;
  const days = minutes === null ? span.days.slice(-1) : span.days;
  return days.flatMap((day, i): Piece[] => {
    const midnight = instantOf(day, 0, zone);
    const instant = span.at ?? (span.kind === 'now' && span.since === null ? now : span.since) ?? now;
    const about =
      minutes === null ? instant : Math.max(midnight, Math.min(now, midnight + (DAY - 1) * MINUTE));
    const times = scope.means.teams(about).filter((time) => all || time.missing === null);
    const [from, until] = span.intervals[i] ?? [0, 0];
    const slots: readonly (readonly [number, number])[] =
      minutes === null
        ? [[instant, span.since !== null && span.due !== null ? span.due : instant + 1]]
        : Array.from({ length: DAY / minutes }, (_, k): readonly [number, number] => [
            midnight + k * minutes * MINUTE,
            midnight + (k + 1) * minutes * MINUTE,
          ]).filter((slot) => slot[1] > from && slot[0] < until && (all || slot[0] <= now));
    return slots.flatMap(([begins, ends]) =>
      times
        .filter((time) => time.from < ends && time.until > begins)
        .map((time) => {
          const [location = '', business = '', process = ''] = time.cellId.split(APART);
          const minute = (begins - midnight) / MINUTE;
          return {
            location,
            business,
            process,
            cell: time.cellId,
            person: time.operatorId,
            ...dated(day),
            ...(minutes !== null && {
              hour: String(minute - (minute % 60)),
              'half-hour': String(minute - (minute % 30)),
            }),
            one: `${time.operatorId} ${day}`,
            n: 1,
          };
        }),
    );
  });
}
/** Who is down for work on the days; somebody on several days, or in several cells, is one. */
export function assignedPieces(scope: Scope): Piece[] {
  const [from, to] = bounds(scope);
  return scope.means.read
    .all<{ id: string; day: string; l: string; b: string; p: string }>(
      sql`SELECT DISTINCT operator_id AS id, assignment_date AS day, location_name AS l, business_id AS b, process_name AS p
        FROM daily_assignments WHERE assignment_date BETWEEN ${from} AND ${to}`,
    )
    .map(({ id, day, l, b, p }) => ({
      location: l,
      business: b,
      process: p,
      cell: cellIdOf(l, b, p),
      person: id,
      ...dated(day),
      one: scope.perDay ? `${id} ${day}` : id,
      n: 1,
    }));
}

/**
 * Hours worked beyond the shift that a person was down for, breaks taken off. A tenth of an hour is rounding.
 */
export function overtimePieces(scope: Scope): Piece[] {
  const { read } = scope.means;
  const [from, to] = bounds(scope);
  const { breaks } = currentRules(read).rules;
  const where = isOfLastWeek(scope)
    ? sql`record_date > (SELECT date(max(record_date), '-7 days') FROM productivity_records)`
    : sql`record_date BETWEEN ${from} AND ${to}`;
  const due = read.all<{ id: string; day: string; starts: number; ends: number }>(
    sql`SELECT operator_id AS id, assignment_date AS day, coalesce(start_time, shift_start) AS starts, coalesce(end_time, shift_end) AS ends
      FROM daily_assignments JOIN operators USING (operator_id)
      WHERE assignment_date IN (SELECT DISTINCT record_date FROM productivity_records WHERE ${where})`,
  );
  const planned = new Map<string, number>();
  for (const { id, day, starts, ends } of due) {
    const end = ends > starts ? ends : ends + DAY;
    const paused = breaks.reduce(
      (sum, b) => sum + Math.max(0, Math.min(b.to, end) - Math.max(b.from, starts)),
      0,
    );
    planned.set(`${id} ${day}`, (planned.get(`${id} ${day}`) ?? 0) + (end - starts - paused) / 60);
  }
  return read
    .all<{ id: string; day: string; l: string; hours: number }>(
      sql`SELECT operator_id AS id, record_date AS day, location_name AS l, sum(hours_worked) AS hours
        FROM productivity_records JOIN operators USING (operator_id) WHERE ${where} GROUP BY operator_id, record_date`,
    )
    .flatMap(({ id, day, l, hours }): Piece[] => {
      const over = hours - (planned.get(`${id} ${day}`) ?? hours);
      return [{ person: id, location: l, ...dated(day), n: over > 0.1 ? over : 0 }];
    });
}

/**
 * Who can do what, at the site they belong to. Several processes are all asked for at once; one that is excluded is one they cannot do. A
 * threshold on skills is the least level in each of them.
 */
export function skillPieces(scope: Scope): Piece[] {
  const rows = scope.means.read.all<{ id: string; l: string; p: string; level: number }>(
    sql`SELECT operator_id AS id, location_name AS l, process_name AS p, max(skill_level) AS level
        FROM operator_process_capabilities JOIN operators USING (operator_id)
        WHERE is_valid = 1 AND skill_level > 0 GROUP BY operator_id, process_name`,
  );
  const needed = [...(wanted(scope, 'process') ?? [])];
  const excluded = scope.where.filter((f) => f.dimension === 'process' && f.not).flatMap((f) => f.values);
  const able = Map.groupBy(rows, (row) => row.id);
  const levelIn = (id: string, process: string): number =>
    able.get(id)?.find((row) => row.p === process)?.level ?? 0;
  // the level of somebody asked about is told, whatever they can do besides
  return rows
    .filter(
      (row) =>
        scope.isSkilled(row.level) &&
        (needed.length === 0 || needed.includes(row.p)) &&
        (names(scope, 'person') && wanted(scope, 'person')
          ? true
          : needed.every((p) => levelIn(row.id, p) > 0 && scope.isSkilled(levelIn(row.id, p)))) &&
        excluded.every((p) => levelIn(row.id, p) === 0),
    )
    .map((row) => ({
      person: row.id,
      location: row.l,
      process: row.p,
      skill: String(row.level),
      one: row.id,
      n: row.level,
    }));
}

/**
 * People a cell can do without now: in a cell that will be on time, as many as its work does not need at the pace they work. Those asked
 * about first, then those who are slowest there, whose leaving costs it least.
 */
export function freePieces(scope: Scope): Piece[] {
  const { rows } = scope.means.situation();
  const asked = wanted(scope, 'person');
  const teams = Map.groupBy(
    scope.means
      .teams(scope.now)
      .filter((t) => t.missing === null && t.from <= scope.now && t.until > scope.now),
    (time) => time.cellId,
  );
  const speeds = new Map(
    scope.means.read
      .all<{ id: string; p: string; speed: number | null }>(
        sql`SELECT operator_id AS id, process_name AS p, max(average_speed) AS speed FROM operator_process_capabilities
          GROUP BY operator_id, process_name`,
      )
      .map((row) => [`${row.id} ${row.p}`, row.speed ?? 0]),
  );
  return rows.flatMap((row): Piece[] => {
    if (row.risk !== 'ok' || row.people === 0) return [];
    const each = (row.throughput ?? 0) / row.people;
    const needed = row.required ? (each > 0 ? Math.ceil(row.required / each - 1e-9) : row.people) : 0;
    const speed = (id: string): number => speeds.get(`${id} ${row.process}`) ?? 0;
    return (teams.get(row.cellId) ?? [])
      .toSorted(
        (a, b) =>
          Number(asked?.has(b.operatorId) ?? false) - Number(asked?.has(a.operatorId) ?? false) ||
          speed(a.operatorId) - speed(b.operatorId) ||
          (a.operatorId < b.operatorId ? -1 : 1),
      )
      .slice(0, Math.max(0, row.people - needed))
      .map((time) => ({
        location: row.location,
        business: row.businessId,
        process: row.process,
        cell: row.cellId,
        person: time.operatorId,
        n: 1,
      }));
  });
}
