import type { Person } from '../../analytics/contract/situation.ts';
import { cellIdOf } from '../../api/contract/common.ts';
import { dateIn, instantOf } from '../../kernel/clock.ts';
import type { Reader } from '../../store/index.ts';
import { distanceBetween, wayMinutes } from '../arithmetic.ts';
import type { Rules } from '../contract/placement.ts';
import type { Interval } from '../types.ts';
import { readLedger } from './ledger.ts';
import {
  type AssignmentRow,
  adjustmentsOn,
  assignmentsOn,
  attendanceOn,
  type CellKey,
  type MoveRow,
  movesOn,
  type OperatorRow,
  validOperators,
} from './site-queries.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;

/** A person in one cell for a time; minutes from the instant of the picture, past negative. */
export type Stint = {
  readonly operatorId: string;
  readonly cellId: string;
  readonly from: number;
  readonly until: number;
  /** sorted, without overlaps */
  readonly breaks: readonly Interval[];
  /** the proposal that sent them there */
  readonly movedBy: string | null;
  /** until when somebody sent to another process is still learning its ways */
  readonly rampUntil?: number;
};
/** A stint in a cell that somebody was down for and does not work, and why. */
export type MissingStint = Stint & { readonly why: 'absent' | 'cancelled' | 'left' | 'moved' };
export type RosterPerson = {
  readonly id: string;
  readonly name: string;
  readonly home: string;
  /** where they are when moves can begin, else where they start next today, else where they were last */
  readonly stint: Stint;
  /** all else that they do from now on */
  readonly otherStints: readonly Stint[];
  readonly movesToday: number;
  readonly moves30Days: number;
};
export type Rosters = {
  /** everybody present who is at work or due today, by id */
  readonly people: readonly RosterPerson[];
  /** every stint around now, past ones too */
  readonly stints: readonly Stint[];
  readonly missing: readonly MissingStint[];
  readonly attendance: ReadonlyMap<string, Person['attendance']>;
  /** operator → minute up to which nobody knows whether they were there; only those marked late today */
  readonly uncertainUntil: ReadonlyMap<string, number>;
};

/** Companies note that somebody came late, not when: any time in the first minutes of their shift. */
const LATE_MINUTES = 60;
/** From this share of a team's planned work on, people who may not have been there say nothing about its pace. */
const UNCERTAIN_SHARE = 0.2;
/**
 * Whether it is known who worked in an interval. `planned`: items that these people would do in it; `uncertain`: of them, those of people
 * marked late who may not have come yet.
 */
export const isCertain = (o: { planned: number; uncertain: number }): boolean =>
  o.uncertain <= UNCERTAIN_SHARE * o.planned;

/** Who works a part of the day, or on a day off, is there: words of absence in it say nothing. */
const IS_THERE =
  /休憩|休日出勤|休出|半休|半日|早退|early|\bbreak\b|\bhalf\b|holiday work|work(s|ed|ing)? on (a )?(holiday|day off)/;
/** Companies word it in their own ways, in both languages. */
export function attendanceOf(status: string): Person['attendance'] {
  const text = status.normalize('NFKC').trim().toLowerCase();
  if (IS_THERE.test(text)) return /\blate\b|tardy|遅/.test(text) ? 'late' : 'present';
  if (/absen|欠|休|leave|holiday|vacation|sick|^off$|no.?show/.test(text)) return 'absent';
  if (/late|tardy|遅/.test(text)) return 'late';
  if (/present|attend|出|work|duty|早退|^in$|^ok$/.test(text)) return 'present';
  return 'unknown';
}
/** An adjustment that takes somebody off the assignment; any other kind leaves it as it is. */
const isCancelled = (type: string | null): boolean =>
  /cancel|remov|delet|取消|取り消|解除|削除/i.test(type ?? '');

const cellOf = (key: CellKey): string => cellIdOf(key.location_name, key.business_id, key.process_name);

/** Sorted, without overlaps or empty ones. */
export function tidy(intervals: readonly Interval[]): Interval[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (to <= from) continue;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** The parts of a stint outside [from, until). */
const cut = (stint: Stint, from: number, until: number): Stint[] => {
  if (until <= stint.from || from >= stint.until) return [stint];
  return [
    { ...stint, until: Math.min(from, stint.until) },
    { ...stint, from: Math.max(until, stint.from) },
  ].filter((part) => part.until > part.from);
};

/** A pause longer than this is the time between two shifts. */
const LONGEST_PAUSE = 180;
/** Stints in the same cell one after the other become one; the gap between them is a break. */
function merge(stints: readonly Stint[]): Stint[] {
  const result: Stint[] = [];
  for (const stint of [...stints].sort((a, b) => a.from - b.from || a.until - b.until)) {
    const last = result.at(-1);
    if (
      last?.cellId === stint.cellId &&
      last.movedBy === stint.movedBy &&
      stint.from - last.until <= LONGEST_PAUSE
    )
      result[result.length - 1] = {
        ...last,
        until: Math.max(last.until, stint.until),
        breaks: tidy([...last.breaks, ...stint.breaks, [last.until, stint.from]]),
      };
    else result.push(stint);
  }
  return result;
}

/**
 * Who works where around `at`, from the assignments of the local date (and those of the day before that run past midnight,
 * 25時), without the absent, with today's approved moves laid over. A missing start or end is the person's shift, then the
 * local day's. `movesFrom`: minute from `at` on which moves can begin. `roster`: the date whose assignments stand in for a day that has
 * none yet.
 */
export function readRosters(
  read: Reader,
  at: number,
  { zone, rules, movesFrom, roster }: { zone: string; rules: Rules; movesFrom: number; roster?: string },
): Rosters {
  const today = dateIn(at, zone);
  const midnights = new Map<string, number>();
  /** minutes from `at` to a local time of day, which may pass 24:00 */
  const minuteOf = (date: string, minutes: number): number => {
    const key = `${date} ${minutes}`;
    const known = midnights.get(key);
    if (known !== undefined) return known;
    const value = (instantOf(date, minutes, zone) - at) / MINUTE;
    midnights.set(key, value);
    return value;
  };
  const yesterday = dateIn(instantOf(today, -12 * 60, zone), zone);
  const dates = [yesterday, today];
  const breaks = tidy(
    [-1, 0, 1].flatMap((day) =>
      rules.breaks.map(
        (pause): Interval => [minuteOf(today, pause.from + day * DAY), minuteOf(today, pause.to + day * DAY)],
      ),
    ),
  );
  const operators = new Map(validOperators(read).map((operator) => [operator.operator_id, operator]));
  const attendance = new Map(
    attendanceOn(read, today).map((row) => [row.operator_id, attendanceOf(row.attendance_status)]),
  );
  const adjustments = adjustmentsOn(read, today);
  const cancelled = new Set(
    adjustments.filter((row) => isCancelled(row.adjustment_type)).map((row) => row.original_assignment_id),
  );
  const adjusted = new Set(adjustments.map((row) => row.original_assignment_id));

  const stintOf = (row: AssignmentRow, operator: OperatorRow): Stint => {
    const start = row.start_time ?? operator.shift_start ?? 0;
    const end = row.end_time ?? operator.shift_end ?? DAY;
    return {
      operatorId: row.operator_id,
      cellId: cellOf(row),
      from: minuteOf(row.assignment_date, start),
      until: minuteOf(row.assignment_date, end > start ? end : end + DAY),
      breaks,
      movedBy: null,
    };
  };
  const movedStint = (move: MoveRow): Stint => ({
    operatorId: move.operator_id,
    cellId: cellIdOf(move.to_location, move.to_business, move.to_process),
    from: (move.starts_at - at) / MINUTE,
    until: (move.ends_at - at) / MINUTE,
    breaks,
    movedBy: move.proposal_id,
  });
  const isNewProcess = (move: MoveRow): boolean => move.from_process !== move.to_process;
  /** minutes on the way of a move, there as well as back */
  const wayOf = (move: MoveRow, home: string): number =>
    wayMinutes(rules, {
      distance: distanceBetween(rules, home, move.to_location),
      newBusiness: move.from_business !== move.to_business,
      newProcess: isNewProcess(move),
    });
  /** Of a stint that a move leads to, or leads back to, what is left once they are there: the way, and what is new, count as in the plan. */
  const onArrival = (stint: Stint, home: string, sent: readonly MoveRow[]): Stint[] => {
    const minute = (instant: number): number => (instant - at) / MINUTE;
    const there = sent.find(
      (move) => move.proposal_id === stint.movedBy && minute(move.starts_at) === stint.from,
    );
    const back = stint.movedBy === null && sent.find((move) => minute(move.ends_at) === stint.from);
    const move = there ?? back;
    if (!move) return [stint];
    const from = stint.from + wayOf(move, home);
    if (from >= stint.until) return [];
    return [{ ...stint, from, ...(there && isNewProcess(there) && { rampUntil: from + rules.rampMinutes }) }];
  };
  const moves = Map.groupBy(movesOn(read, dates), (move) => move.operator_id);
  const assignments =
    roster === undefined || roster === today
      ? assignmentsOn(read, dates)
      : assignmentsOn(read, [roster]).map((row) => ({ ...row, assignment_date: today }));
  const rows = Map.groupBy(assignments, (row) => row.operator_id);
  const ledger = readLedger(read, today).entries;
  const people: RosterPerson[] = [];
  const stints: Stint[] = [];
  const missing: MissingStint[] = [];
  const uncertainUntil = new Map<string, number>();
  for (const [id, operator] of operators) {
    const assigned = rows.get(id) ?? [];
    const own = moves.get(id) ?? [];
    const isOff = (row: AssignmentRow): boolean => cancelled.has(row.assignment_id);
    const base = assigned.filter((row) => !isOff(row)).map((row) => stintOf(row, operator));
    if (attendance.get(id) === 'absent') {
      const due = assigned
        .filter((row) => row.assignment_date === today)
        .map((row) => stintOf(row, operator));
      missing.push(...merge(layered(due)).map((stint) => ({ ...stint, why: 'absent' as const })));
      continue;
    }
    const sent = own.map(movedStint);
    const around = merge(layered([...base, ...sent])).flatMap((stint) =>
      onArrival(stint, operator.location_name, own),
    );
    stints.push(...around);
    missing.push(
      ...assigned.filter(isOff).flatMap((row) => notElsewhere(stintOf(row, operator), around)),
      ...base.flatMap((stint) => sentAway(stint, sent)),
      ...leftEarly(around.at(-1), operator),
    );
    const begins = around.find((s) => s.from >= minuteOf(today, 0));
    if (begins && attendance.get(id) === 'late') uncertainUntil.set(id, begins.from + LATE_MINUTES);
    const toCome = around.filter((s) => s.until > 0);
    const stint = toCome.find((s) => s.until > movesFrom) ?? toCome.at(-1);
    if (!stint) continue;
    const movesToday =
      own.filter((move) => move.move_date === today).length +
      assigned.filter((row) => row.assignment_date === today && adjusted.has(row.assignment_id)).length;
    const moved = ledger.get(id);
    const moves30Days = moved ? moved.approved + moved.adjusted : 0;
    people.push({
      id,
      name: operator.operator_name,
      home: operator.location_name,
      stint,
      otherStints: toCome.filter((s) => s !== stint),
      movesToday,
      moves30Days,
    });
  }
  return { people, stints, missing, attendance, uncertainUntil };

  /** Whose last assignment of today ends well before their shift does has left; a shift without an end says nothing. */
  function leftEarly(last: Stint | undefined, operator: OperatorRow): MissingStint[] {
    const { shift_start: start, shift_end: end } = operator;
    if (!last || start === null || end === null || last.until < minuteOf(today, start)) return [];
    const until = minuteOf(today, end > start ? end : end + DAY);
    return until - last.until >= LEFT_MINUTES ? [{ ...last, from: last.until, until, why: 'left' }] : [];
  }
}
/** A shift that ends this much later than the last assignment was left early. */
export const LEFT_MINUTES = 30;
/** The parts of a cancelled stint that are spent nowhere else. */
const notElsewhere = (stint: Stint, around: readonly Stint[]): MissingStint[] =>
  around
    .reduce<Stint[]>((parts, s) => parts.flatMap((part) => cut(part, s.from, s.until)), [stint])
    .map((part) => ({ ...part, why: 'cancelled' }));
/** The parts of a stint spent on a move to another cell. */
const sentAway = (stint: Stint, sent: readonly Stint[]): MissingStint[] =>
  sent.flatMap((s): MissingStint[] => {
    const from = Math.max(s.from, stint.from);
    const until = Math.min(s.until, stint.until);
    return s.cellId !== stint.cellId && until > from ? [{ ...stint, from, until, why: 'moved' }] : [];
  });

/** Nobody is in two places: where stints overlap, the later one in the list wins. */
const layered = (stints: readonly Stint[]): Stint[] =>
  stints.reduce<Stint[]>(
    (below, stint) =>
      stint.until > stint.from ? [...below.flatMap((s) => cut(s, stint.from, stint.until)), stint] : below,
    [],
  );
