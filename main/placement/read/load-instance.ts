import type { Person } from '../../analytics/contract/situation.ts';
import { cellIdOf } from '../../api/contract/common.ts';
import { addDays, dateIn, minuteOfDay } from '../../kernel/clock.ts';
import { yieldToEventLoop } from '../../kernel/task.ts';
import type { Reader } from '../../store/index.ts';
import { distanceBetween, pausedMinutes, workMinutes } from '../arithmetic.ts';
import type { Rules } from '../contract/placement.ts';
import { FLOW } from '../flow/config.ts';
import { withComing } from '../flow/expect-due.ts';
import { learnLines, readLines } from '../flow/learn-lines.ts';
import { type CellDay, readAhead, readDay } from '../flow/read-day.ts';
import { PLANNED_PACE, readPaces, standstillOf } from '../flow/read-pace.ts';
import { joinOld } from '../flow/spans.ts';
import type { Instance, Interval, PlacementCell, PlacementOperator, PlacementStint } from '../types.ts';
import { finishedPerInterval } from './finished.ts';
import { isCertain, type MissingStint, type Rosters, readRosters, type Stint, tidy } from './read-rosters.ts';
import {
  assignmentsMark,
  businessesKnown,
  businessNames,
  type CellKey,
  capabilities,
  locationNames,
  lotsAt,
  newestSnapshotAt,
  processSequence,
  type SnapshotRow,
} from './site-queries.ts';
import { reallyMissing } from './teams.ts';

const MINUTE = 60_000;
/** A cell that has said nothing for so long, while others did, is not planned with. */
const SILENT_MINUTES = 60;
/** What a picture shows of a cell's past. */
const SHOWN_MINUTES = 120;
const KNOWS_DAYS = 60;
/** Breaks are kept this many minutes past the end of a shift, for those who stay longer. */
const LONGEST_OVERTIME = 240;

export type Attendance = Person['attendance'];
/** One cell's part of a picture; the same index as in `Instance.cells`. */
export type CellPicture = {
  /** instant of its newest snapshot */
  readonly dataAt: number;
  readonly sequence: number | null;
  readonly correctionWaiting: number | null;
  readonly lots: readonly { readonly deadline: number; readonly items: number }[];
  /** the last two hours, oldest first; `done` is the day's counter */
  readonly snapshots: readonly {
    readonly at: number;
    readonly backlog: number;
    readonly done: number | null;
  }[];
};
/** An instance with what it was made of: one read for planning, situation and alerts. */
export type Picture = {
  readonly instance: Instance;
  readonly dataAt: number;
  readonly cells: readonly CellPicture[];
  /** person-minutes worked in a cell between two instants (epoch ms) of today */
  personMinutes(cellIndex: number, from: number, to: number): number;
  /** ms between two instants (epoch ms) of today in which all who are there are on a break */
  paused(cellIndex: number, from: number, to: number): number;
  /** people on a cell at an instant (epoch ms) of today, those on a break too */
  peopleAt(cellIndex: number, at: number): number;
  attendance(operatorId: string): Attendance;
  /** whether it is known who worked in a cell between two instants (epoch ms) of today: those marked late may not have come yet */
  certain(cellIndex: number, from: number, to: number): boolean;
  /** everybody who works in a cell today, and who was down for it and does not */
  team(cellIndex: number): TeamStint[];
  /** whether anybody is down for today: without, nothing can be said about who will do the work; with all of them away, it can */
  readonly rostered: boolean;
};
/** A person's time in a cell; epoch ms. `missing` null: they are there. `speed`: planned items/hour. */
export type TeamStint = {
  readonly operatorId: string;
  readonly from: number;
  readonly until: number;
  readonly breaks: readonly (readonly [from: number, until: number])[];
  readonly speed: number;
  readonly movedBy: string | null;
  readonly missing: MissingStint['why'] | null;
  /** they are marked late and may come at any time until then; absent: they are there all the time */
  readonly lateUntil?: number;
};

const median = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] ?? null)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
const idOf = (cell: CellKey): string => cellIdOf(cell.location_name, cell.business_id, cell.process_name);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Names in a fixed order: those of `known` first, in its order, then the others by code point. */
const ordered = (names: Iterable<string>, known: readonly string[]): string[] => {
  const place = new Map(known.map((name, i) => [name, i]));
  return [...new Set(names)].sort(
    (a, b) => (place.get(a) ?? known.length) - (place.get(b) ?? known.length) || byText(a, b),
  );
};

type Capability = { readonly skill: number; readonly months: number; readonly speed: number | null };
type Skills = {
  of(operatorId: string, process: string): Capability | undefined;
  /** planned items/hour; somebody untrained who works there all the same counts as level 1 */
  speed(operatorId: string, process: string): number;
};
/** A missing speed is the median of that process and level, then of the process, then what the process was measured at. */
function readSkills(read: Reader, measured: () => ReadonlyMap<string, number>): Skills {
  const table = new Map<string, Map<string, Capability>>();
  const speeds = new Map<string, number[]>();
  const note = (key: string, speed: number): void => {
    const list = speeds.get(key);
    if (list) list.push(speed);
    else speeds.set(key, [speed]);
  };
  for (const row of capabilities(read)) {
    const skill = Math.max(0, Math.min(5, Math.trunc(row.skill_level)));
    const speed = row.average_speed !== null && row.average_speed > 0 ? row.average_speed : null;
    const own = table.get(row.operator_id) ?? new Map<string, Capability>();
    table.set(row.operator_id, own);
    own.set(row.process_name, { skill, months: Math.max(0, row.experience_months ?? 0), speed });
    if (speed === null || skill === 0) continue;
    note(row.process_name, speed);
    note(`${row.process_name}\u001f${skill}`, speed);
  }
  const medians = new Map<string, number | null>();
  const typical = (key: string): number | null => {
    const known = medians.get(key);
    if (known !== undefined) return known;
    const value = median(speeds.get(key) ?? []);
    medians.set(key, value);
    return value;
  };
  return {
    of: (operatorId, process) => table.get(operatorId)?.get(process),
    speed(operatorId, process) {
      const own = table.get(operatorId)?.get(process);
      return (
        own?.speed ??
        typical(`${process}\u001f${own?.skill || 1}`) ??
        typical(process) ??
        measured().get(process) ??
        0
      );
    },
  };
}

const worked = (stint: Stint, from: number, to: number): number =>
  workMinutes(stint.breaks, Math.max(from, stint.from), Math.min(to, stint.until));

/** `planned`: items; `uncertain`: of them, those of people who may not have come yet. */
type Work = { readonly personMinutes: number; readonly planned: number; readonly uncertain: number };
type CellDraft = CellKey & {
  readonly id: string;
  readonly picture: CellPicture;
  readonly rows: readonly SnapshotRow[];
  readonly stints: readonly Stint[];
};

type PictureOptions = {
  readonly zone: string;
  readonly rules: Rules;
  readonly at?: number;
  readonly roster?: string;
};
/**
 * Everything of one instant: the cells of the newest snapshots at or before `now`, and who is where. Its instant is that of the newest
 * snapshot, so that backlog and time left belong together (`at`: another one, of a day to come); moves can begin at `now`. Null
 * without snapshots.
 */
export function loadPicture(read: Reader, now: number, o: PictureOptions): Picture | null {
  const pieces = readPicture(read, now, o);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
/**
 * `loadPicture`, letting other work go on meanwhile. What is written in between may be in it or not: whoever keeps it asks afterwards
 * whether anything was.
 */
export async function pictureInTurns(read: Reader, now: number, o: PictureOptions): Promise<Picture | null> {
  const turn = yieldToEventLoop();
  await readAhead(read, now, o.zone);
  const pieces = readPicture(read, now, o);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    await turn();
  }
}

function* readPicture(
  read: Reader,
  now: number,
  { zone, rules, roster, ...o }: PictureOptions,
): Generator<void, Picture | null> {
  const dataAt = newestSnapshotAt(read, now);
  if (dataAt === null) return null;
  const at = o.at ?? dataAt;
  const minuteOf = (instant: number): number => (instant - at) / MINUTE;
  const movesFrom = Math.max(0, minuteOf(now));
  const rosters = readRosters(read, at, { zone, rules, movesFrom, ...(roster !== undefined && { roster }) });
  const sequence = processSequence(read);
  yield;
  const known = readDay(read, dataAt, zone);
  yield;
  const drafts = readCells(read, { dataAt, known, rosters, sequence });

  let measured: ReadonlyMap<string, number> | null = null;
  const skills = readSkills(read, () => {
    measured ??= measuredSpeeds(drafts, minuteOf);
    return measured;
  });
  const locations = locationNames(read);
  const sites = ordered(
    [...drafts.map((cell) => cell.location_name), ...rosters.people.map((person) => person.home)],
    locations,
  );
  const processes = [...new Set(drafts.map((cell) => cell.process_name))].sort(
    (a, b) =>
      (sequence.get(a) ?? Number.POSITIVE_INFINITY) - (sequence.get(b) ?? Number.POSITIVE_INFINITY) ||
      byText(a, b),
  );
  const businesses = [...new Set(drafts.map((cell) => cell.business_id))].sort(byText);
  const siteIndex = indexOf(sites);
  const processIndex = indexOf(processes);
  const businessIndex = indexOf(businesses);
  drafts.sort(
    (a, b) =>
      siteIndex(a.location_name) - siteIndex(b.location_name) ||
      businessIndex(a.business_id) - businessIndex(b.business_id) ||
      processIndex(a.process_name) - processIndex(b.process_name),
  );
  const isReallyMissing = reallyMissing(read, { at, zone });
  const workers = drafts.map((draft) => workersOf(draft, { skills, rosters }));
  const names = businessNames(read);
  yield;
  const measuredWork: PlacementCell['observed'][] = [];
  for (const [i, draft] of drafts.entries()) {
    measuredWork.push(observe(draft, workers[i] ?? [], minuteOf));
    yield;
  }
  const paces = readPaces(measuredWork, at);
  yield;
  const waiting = drafts.map((draft, i): PlacementCell => {
    const observed = measuredWork[i] ?? [];
    const pace = paces[i] ?? PLANNED_PACE;
    const standstill = standstillOf(observed, pace, at);
    return {
      cell: {
        cellId: draft.id,
        location: draft.location_name,
        businessId: draft.business_id,
        businessName: names.get(draft.business_id) ?? draft.business_id,
        process: draft.process_name,
      },
      site: siteIndex(draft.location_name),
      business: businessIndex(draft.business_id),
      process: processIndex(draft.process_name),
      lots: draft.picture.lots.map((lot) => ({ deadline: minuteOf(lot.deadline), items: lot.items })),
      minSkill: rules.minSkill.find((rule) => rule.process === draft.process_name)?.level ?? 1,
      minStaff: rules.minStaff,
      minStaffAtCheckpoint: rules.checkpoint.minStaff,
      seniors: rules.seniorsPerCell,
      priority: rules.priorities.find((rule) => rule.businessId === draft.business_id)?.weight ?? 1,
      pace,
      ...(standstill && { standstill }),
      observed,
      backlog: draft.rows.at(-1)?.backlog ?? 0,
    };
  });
  const days = { now: at, zone, order: sequence };
  const records = readLines(read, waiting, {
    ...days,
    days: at === dataAt ? known : readDay(read, at, zone),
  });
  yield;
  const lines = learnLines(records, days);
  const cells = withComing(waiting, lines);
  yield;
  const operators = placeOperators(read, {
    at,
    zone,
    rules,
    rosters,
    skills,
    cells,
    businesses,
    processes,
    siteIndex,
  });
  return {
    instance: {
      now: at,
      minuteOfDay: minuteOfDay(at, zone),
      sites,
      distance: sites.map((a) => sites.map((b) => distanceBetween(rules, a, b))),
      processes,
      businesses,
      cells,
      operators,
      lines,
      movesFrom,
      rules,
    },
    dataAt,
    cells: drafts.map((draft) => draft.picture),
    personMinutes: (index, from, to) =>
      drafts[index]?.stints.reduce((sum, stint) => sum + worked(stint, minuteOf(from), minuteOf(to)), 0) ?? 0,
    paused: (index, from, to) =>
      pausedMinutes(drafts[index]?.stints ?? [], minuteOf(from), minuteOf(to)) * MINUTE,
    peopleAt: (index, instant) => {
      const minute = minuteOf(instant);
      return drafts[index]?.stints.filter((s) => s.from <= minute && minute < s.until).length ?? 0;
    },
    attendance: (operatorId) => rosters.attendance.get(operatorId) ?? 'unknown',
    certain: (index, from, to) => {
      const team = workers[index];
      return team === undefined || isCertain(workIn(team, minuteOf(from), minuteOf(to)));
    },
    rostered: rosters.missing.length > 0 || drafts.some((draft) => draft.stints.length > 0),
    team: (index) => {
      const draft = drafts[index];
      if (!draft) return [];
      const instant = (minute: number): number => Math.round(at + minute * MINUTE);
      const told = (stint: Stint, missing: TeamStint['missing']): TeamStint => ({
        operatorId: stint.operatorId,
        from: instant(stint.from),
        until: instant(stint.until),
        breaks: stint.breaks.map(([from, until]) => [instant(from), instant(until)] as const),
        speed: skills.speed(stint.operatorId, draft.process_name),
        movedBy: stint.movedBy,
        missing,
        ...lateIn(stint, missing),
      });
      const lateIn = (stint: Stint, missing: TeamStint['missing']): Pick<TeamStint, 'lateUntil'> => {
        const until = rosters.uncertainUntil.get(stint.operatorId);
        const isLate = missing === null && until !== undefined && stint.from < until && until > 0;
        return isLate ? { lateUntil: instant(until) } : {};
      };
      return [
        ...draft.stints.map((stint) => told(stint, null)),
        ...rosters.missing
          .filter((stint) => stint.cellId === draft.id)
          .flatMap(isReallyMissing)
          .map((stint) => told(stint, stint.why)),
      ];
    },
  };
}

/** Somebody of a cell: when they work there, breaks left out, how much, and from when on it is certain that they are there. */
type Worker = {
  readonly atWork: readonly Interval[];
  readonly perMinute: number;
  readonly certainFrom: number;
};
const workersOf = (draft: CellDraft, { skills, rosters }: { skills: Skills; rosters: Rosters }): Worker[] =>
  draft.stints.map((stint) => ({
    atWork: stint.breaks
      .reduce<Interval[]>(
        (parts, [from, until]) =>
          parts.flatMap(([a, b]): Interval[] =>
            until <= a || from >= b
              ? [[a, b]]
              : [
                  [a, from],
                  [until, b],
                ],
          ),
        [[stint.from, stint.until]],
      )
      .filter(([a, b]) => b > a),
    perMinute: skills.speed(stint.operatorId, draft.process_name) / 60,
    certainFrom: rosters.uncertainUntil.get(stint.operatorId) ?? Number.NEGATIVE_INFINITY,
  }));
/** What people of a cell worked between two minutes, as planned. */
function workIn(team: readonly Worker[], begin: number, end: number): Work {
  const work = { personMinutes: 0, planned: 0, uncertain: 0 };
  for (const { atWork, perMinute, certainFrom } of team) {
    const minutes = within(atWork, begin, end);
    if (minutes <= 0) continue;
    work.personMinutes += minutes;
    work.planned += minutes * perMinute;
    if (certainFrom > begin) work.uncertain += within(atWork, begin, Math.min(end, certainFrom)) * perMinute;
  }
  return work;
}
/** minutes of these intervals between two */
function within(intervals: readonly Interval[], from: number, to: number): number {
  let minutes = 0;
  for (const [a, b] of intervals) if (a < to && b > from) minutes += Math.min(b, to) - Math.max(a, from);
  return minutes;
}

function readCells(
  read: Reader,
  o: {
    dataAt: number;
    known: ReadonlyMap<string, CellDay>;
    rosters: Rosters;
    sequence: ReadonlyMap<string, number>;
  },
): CellDraft[] {
  const stints = Map.groupBy(o.rosters.stints, (stint) => stint.cellId);
  const speaking = [...o.known].flatMap(([id, day]) => {
    const newest = day.recent.at(-1)?.at ?? 0;
    return newest > o.dataAt - SILENT_MINUTES * MINUTE ? [{ id, day, newest }] : [];
  });
  const lots = Map.groupBy(
    lotsAt(read, [...new Set(speaking.map(({ newest }) => newest))]),
    (row) => `${idOf(row)} ${row.at}`,
  );
  return speaking.map(({ id, day, newest }) => {
    const rows = day.recent.filter((row) => row.at >= newest - FLOW.observedMinutes * MINUTE);
    const shown = rows.filter((row) => row.at >= newest - SHOWN_MINUTES * MINUTE);
    const { location_name, business_id, process_name } = day;
    return {
      location_name,
      business_id,
      process_name,
      id,
      rows,
      stints: stints.get(id) ?? [],
      picture: {
        dataAt: newest,
        sequence: o.sequence.get(process_name) ?? null,
        correctionWaiting: rows.at(-1)?.correction ?? null,
        lots: (lots.get(`${id} ${newest}`) ?? []).map(({ deadline, items }) => ({ deadline, items })),
        snapshots: shown,
      },
    };
  });
}

/** items/hour of one person as measured, per process: the last resort when no planned speed is known */
function measuredSpeeds(
  drafts: readonly CellDraft[],
  minuteOf: (instant: number) => number,
): Map<string, number> {
  const sums = new Map<string, { items: number; minutes: number }>();
  for (const draft of drafts) {
    const sum = sums.get(draft.process_name) ?? { items: 0, minutes: 0 };
    sums.set(draft.process_name, sum);
    for (const interval of finishedPerInterval(draft.rows)) {
      const minutes = draft.stints.reduce(
        (total, stint) => total + worked(stint, minuteOf(interval.from), minuteOf(interval.at)),
        0,
      );
      if (minutes <= 0) continue;
      sum.items += interval.items;
      sum.minutes += minutes;
    }
  }
  return new Map(
    [...sums].flatMap(([process, { items, minutes }]): [string, number][] =>
      minutes > 0 ? [[process, (items / minutes) * 60]] : [],
    ),
  );
}

/** What was finished per interval and by whom; nothing is planned where it is not known who was there. */
function observe(
  { rows, picture }: CellDraft,
  workers: readonly Worker[],
  minuteOf: (instant: number) => number,
): PlacementCell['observed'] {
  const intervals = finishedPerInterval(rows);
  const since = minuteOf(intervals[0]?.from ?? 0);
  const team = workers.filter(({ atWork }) => (atWork.at(-1)?.[1] ?? since) > since);
  return joinOld(
    intervals.map(({ from, at, items, backlog }) => {
      const work = workIn(team, minuteOf(from), minuteOf(at));
      const { personMinutes } = work;
      return { at, items, personMinutes, planned: isCertain(work) ? work.planned : 0, backlog };
    }),
    picture.dataAt,
  );
}

const pairOf = (row: { readonly operator_id: string; readonly business_id: string }): string =>
  `${row.operator_id}\u001f${row.business_id}`;
/** Of the days before today, read once until assignments are added. */
const knownBefore = new WeakMap<Reader, { readonly mark: string; readonly pairs: ReadonlySet<string> }>();
/** Who knows which business: they worked for it in the last weeks or do so from today on. */
function readKnows(read: Reader, today: string): (operatorId: string, businessId: string) => boolean {
  const since = addDays(today, -KNOWS_DAYS);
  const mark = `${since} ${assignmentsMark(read)}`;
  const known = knownBefore.get(read);
  const earlier =
    known?.mark === mark ? known.pairs : new Set(businessesKnown(read, since, today).map(pairOf));
  knownBefore.set(read, { mark, pairs: earlier });
  const later = new Set(businessesKnown(read, today, '9999').map(pairOf));
  return (operator_id, business_id) => {
    const pair = pairOf({ operator_id, business_id });
    return earlier.has(pair) || later.has(pair);
  };
}

function placeOperators(
  read: Reader,
  o: {
    at: number;
    zone: string;
    rules: Rules;
    rosters: Rosters;
    skills: Skills;
    cells: readonly PlacementCell[];
    businesses: readonly string[];
    processes: readonly string[];
    siteIndex: (name: string) => number;
  },
): PlacementOperator[] {
  const knows = readKnows(read, dateIn(o.at, o.zone));
  const cellIndex = new Map(o.cells.map((cell, i) => [cell.cell.cellId, i]));
  const placed = ({ cellId, from, until, rampUntil }: Stint): PlacementStint[] => {
    const cell = cellIndex.get(cellId);
    return cell === undefined ? [] : [{ cell, from, until, ...(rampUntil !== undefined && { rampUntil }) }];
  };
  return o.rosters.people.flatMap((person): PlacementOperator[] => {
    const { stint } = person;
    const [main] = placed(stint);
    if (!main) return [];
    const otherStints = person.otherStints.flatMap(placed);
    const worksIn = [main, ...otherStints].map(({ cell }) => o.cells[cell]);
    const own = o.processes.map((process) => o.skills.of(person.id, process));
    const does = (process: number): boolean => worksIn.some((cell) => cell?.process === process);
    const all = [stint, ...person.otherStints];
    const begins = Math.max(0, Math.min(...all.map(({ from }) => from)));
    const ends = Math.max(...all.map(({ until }) => until)) + LONGEST_OVERTIME;
    return [
      {
        ...main,
        id: person.id,
        name: person.name,
        site: o.siteIndex(person.home),
        skill: own.map((capability, i) => capability?.skill || (does(i) ? 1 : 0)),
        experience: own.map((capability) => capability?.months ?? 0),
        speed: own.map((capability, i) =>
          capability?.skill || does(i) ? o.skills.speed(person.id, o.processes[i] ?? '') : 0,
        ),
        knows: o.businesses.map(
          (id, i) => worksIn.some((cell) => cell?.business === i) || knows(person.id, id),
        ),
        ...(otherStints.length > 0 && { otherStints }),
        breaks: (all.length > 1 ? tidy(all.flatMap(({ breaks }) => breaks)) : stint.breaks).filter(
          ([start, end]) => end > begins && start < ends,
        ),
        movesToday: person.movesToday,
        moves30Days: person.moves30Days,
        movedBy: stint.movedBy,
      },
    ];
  });
}

const indexOf = (names: readonly string[]): ((name: string) => number) => {
  const map = new Map(names.map((name, i) => [name, i]));
  return (name) => map.get(name) ?? -1;
};
