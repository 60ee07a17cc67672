import { cellIdOf } from '../../api/contract/common.ts';
import type { Rules } from '../../api/contract/placement.ts';
import { dateIn, instantOf } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { Reader } from '../../store/index.ts';
import { at as nth } from '../arithmetic.ts';
import { SHORT_EPSILON } from '../config.ts';
import { PLANNED_PACE } from '../flow/read-pace.ts';
import { type CellPicture, loadPicture, type Picture, previousDate } from '../load-instance.ts';
import { forecastsOn, nextWorkingDay } from '../queries.ts';
import { daySnapshots } from '../site-queries.ts';
import type { Instance } from '../types.ts';
import { buildLines, type Waiting } from './build-lines.ts';
import { capacityOf } from './day-capacity.ts';
import { demandOf, followLine, paced, STEP } from './flow.ts';
import {
  attendanceRates,
  carriedShare,
  type Expected,
  type LearntSite,
  learnSite,
  paceOf,
} from './learn-site.ts';
import { rosterDates } from './queries.ts';
import { type Assumption, BLOCK, type Day, type DayInstance, type DayStint } from './types.ts';

const MINUTE = 60_000;
/** How far ahead a day may be planned. */
export const LONGEST_DAYS = 14;
/** How far back a usual roster is looked for. */
const ROSTER_WEEKS = 4;
/** Where less than this share of what an evening left was there in the morning, days begin afresh. */
const NOTHING_CARRIED = 0.1;

export type DayOptions = {
  readonly zone: string;
  readonly rules: Rules;
  /** the date to plan; absent: the next one with a roster */
  readonly date?: string | undefined;
  /** what is expected to come in, by hour; the company's own forecast unless another is given */
  readonly expected?: ((date: string) => readonly Expected[]) | undefined;
};

/** The company's forecast of a date. */
const companyForecast =
  (read: Reader) =>
  (date: string): Expected[] =>
    forecastsOn(read, date).map((row) => ({
      cellId: cellIdOf(row.location, row.businessId, row.process),
      hour: row.hour,
      items: row.items,
    }));

const laterDate = (date: string, days: number): string => previousDate(date, -days);

/** The date to plan and whose roster it has: its own, else that of the last such weekday. */
function rosterOf(read: Reader, today: string, wanted: string | undefined): { date: string; roster: string } {
  const last = laterDate(today, LONGEST_DAYS);
  if (wanted === undefined) {
    const next = nextWorkingDay(read, today, last);
    if (!next) throw new AppError('placement.no-roster', { date: laterDate(today, 1) });
    return { date: next.date, roster: next.date };
  }
  if (wanted <= today || wanted > last)
    throw new AppError('placement.day-range', { date: wanted, from: laterDate(today, 1), to: last });
  const dates = new Set(rosterDates(read, previousDate(wanted, 7 * ROSTER_WEEKS), wanted));
  const roster = usualRoster(wanted, dates);
  if (roster === undefined) throw new AppError('placement.no-roster', { date: wanted });
  return { date: wanted, roster };
}

/** The days that can be planned, and whose roster each would have; null: none is known. */
export function daysAhead(read: Reader, at: number, zone: string): { date: string; roster: string | null }[] {
  const today = dateIn(at, zone);
  const last = laterDate(today, LONGEST_DAYS);
  const dates = new Set(rosterDates(read, previousDate(today, 7 * ROSTER_WEEKS), last));
  return Array.from({ length: LONGEST_DAYS }, (_, i) => {
    const date = laterDate(today, i + 1);
    return { date, roster: usualRoster(date, dates) ?? null };
  });
}
/** A day's own roster, else that of the last such weekday. */
const usualRoster = (date: string, dates: ReadonlySet<string>): string | undefined =>
  Array.from({ length: ROSTER_WEEKS + 1 }, (_, week) => previousDate(date, 7 * week)).find((d) =>
    dates.has(d),
  );

/**
 * The next day with a roster, or the one asked for, as something to plan: its people, what tonight leaves behind, what the forecast
 * brings and by when it is due at each step. Null without any snapshot. Rejects a date out of reach (`placement.day-range`) and one with
 * neither roster nor such a weekday before (`placement.no-roster`).
 */
export function loadDay(read: Reader, at: number, o: DayOptions): DayInstance | null {
  const now = loadPicture(read, at, o);
  if (!now) return null;
  const expected = o.expected ?? companyForecast(read);
  const today = dateIn(at, o.zone);
  const { date, roster } = rosterOf(read, today, o.date);
  const first = nextWorkingDay(read, previousDate(roster), roster)?.start ?? 9 * 60;
  const start = instantOf(date, Math.floor(first / BLOCK) * BLOCK, o.zone);
  const then = loadPicture(read, at, { ...o, roster, at: start });
  if (!then) return null;
  const { instance } = then;
  const learn = (on: string, of: Instance): LearntSite =>
    learnSite(read, of, { date: on, at, zone: o.zone, expected });
  const learnt = learn(date, instance);
  const handed = carriedShare(read, learnt.lines, { instance, at, zone: o.zone }) ?? 1;
  const left =
    handed < NOTHING_CARRIED
      ? []
      : leftovers(read, now, { ...o, at, today, expected, learnt: learn(today, now.instance) }).map(
          (row) => ({ ...row, items: row.items * handed }),
        );
  const rows = Map.groupBy(daySnapshots(read, instantOf(today, 0, o.zone), at), (row) =>
    cellIdOf(row.location_name, row.business_id, row.process_name),
  );
  const sameCell = new Map(now.instance.cells.map((cell, c) => [cell.cell.cellId, c]));
  const pace = instance.cells.map((cell) => {
    const c = sameCell.get(cell.cell.cellId);
    return paceOf(now, c ?? -1, c === undefined ? [] : (rows.get(cell.cell.cellId) ?? []));
  });
  const built = buildLines(instance, {
    date,
    start,
    zone: o.zone,
    learnt,
    expected: expected(date),
    waiting: left,
    whole: true,
  });
  const absent = new Set(
    instance.cells.flatMap((_, c) =>
      then.team(c).flatMap((stint) => (stint.missing === 'absent' ? [stint.operatorId] : [])),
    ),
  ).size;
  const assumed: Assumption[] = [
    left.length > 0
      ? { code: 'leftovers', params: { items: Math.round(left.reduce((sum, row) => sum + row.items, 0)) } }
      : { code: handed < NOTHING_CARRIED ? 'not-carried' : 'no-leftovers', params: {} },
    built.expected > 0
      ? { code: 'forecast', params: { items: Math.round(built.expected) } }
      : { code: 'no-forecast', params: {} },
    roster === date
      ? { code: 'roster', params: { people: instance.operators.length } }
      : { code: 'usual-roster', params: { people: instance.operators.length, date: roster } },
    ...(absent > 0 ? [{ code: 'leave' as const, params: { people: absent } }] : []),
    ...(learnt.dates[0] === undefined
      ? [{ code: 'no-deadlines' as const, params: {} }]
      : [
          {
            code: 'deadlines' as const,
            params: { date: learnt.dates[0], days: learnt.dates.length },
          },
        ]),
    { code: 'absences', params: {} },
  ];
  return asDay(instance, then, {
    date,
    lines: built.lines,
    pace,
    absence: attendanceRates(read, today),
    assumed,
  });
}

function asDay(
  instance: Instance,
  picture: Picture,
  o: Pick<Day, 'date' | 'lines' | 'pace' | 'absence' | 'assumed'>,
): DayInstance {
  const stints = stintsOf(picture);
  const close = Math.max(
    BLOCK,
    ...stints.flat().map((stint) => stint.until),
    ...o.lines.flatMap((line) => line.lots.flat()),
  );
  const day: Day = { ...o, stints, close: Math.ceil(close / BLOCK) * BLOCK };
  const bare: DayInstance = {
    ...instance,
    cells: instance.cells.map(({ standstill: _, ...cell }) => ({
      ...cell,
      pace: PLANNED_PACE,
      observed: [],
      lots: [],
      backlog: 0,
    })),
    day,
  };
  // what an `Instance` says of a cell: the lots of the day, each once, and what waits in the morning
  const cells = [...bare.cells];
  for (const line of day.lines) {
    const { due } = demandOf(bare, line);
    line.cells.forEach((c, s) => {
      cells[c] = {
        ...nth(cells, c),
        backlog: nth(line.opening, s).reduce((a, b) => a + b, 0),
        lots: nth(due, s).flatMap((lot, k) => {
          const items = lot.items - (due[s]?.[k - 1]?.items ?? 0);
          return items > 0 ? [{ deadline: nth(nth(line.lots, k), s), items }] : [];
        }),
      };
    });
  }
  return { ...bare, cells };
}

/** Who is where on the day, by operator and time; the whole day, not only where they begin. */
function stintsOf(picture: Picture): DayStint[][] {
  const { instance } = picture;
  const stints: DayStint[][] = instance.operators.map(() => []);
  const index = new Map(instance.operators.map((person, i) => [person.id, i]));
  instance.cells.forEach((_, cell) => {
    for (const stint of picture.team(cell)) {
      const i = index.get(stint.operatorId);
      if (i === undefined || stint.missing !== null) continue;
      const from = Math.max(0, (stint.from - instance.now) / MINUTE);
      const until = (stint.until - instance.now) / MINUTE;
      if (until > from) nth(stints, i).push({ cell, from, until });
    }
  });
  return stints.map((list) => list.sort((a, b) => a.from - b.from));
}

/**
 * What tonight's people will probably leave undone: the rest of today followed to its end. What comes in too late for today's last
 * deadline is left too.
 */
function leftovers(
  read: Reader,
  picture: Picture,
  o: {
    at: number;
    today: string;
    zone: string;
    learnt: LearntSite;
    expected: (date: string) => readonly Expected[];
  },
): Waiting[] {
  const { instance } = picture;
  const waiting = instance.cells.flatMap((cell, c) =>
    lotsOf(picture.cells[c]).map((lot) => ({ cellId: cell.cell.cellId, ...lot })),
  );
  const built = buildLines(instance, {
    date: o.today,
    start: o.at,
    zone: o.zone,
    learnt: o.learnt,
    expected: o.expected(o.today),
    waiting,
    whole: false,
  });
  const rest = asDay(instance, picture, {
    date: o.today,
    lines: built.lines,
    pace: instance.cells.map(() => ({ mean: 1, cv: 0 })),
    absence: attendanceRates(read, o.today),
    assumed: [],
  });
  const capacity = paced(rest, capacityOf(rest, [], STEP));
  const open = rest.day.lines.flatMap((line) => {
    const demand = demandOf(rest, line);
    const done = followLine(line, demand, capacity);
    const finished = (s: number): number => done[s]?.at(-1) ?? 0;
    return line.cells.flatMap((c, s): Waiting[] => {
      const due = nth(demand.due, s);
      const come = line.routing.reduce(
        (sum, shares, p) => sum + (shares[s] ?? 0) * finished(p),
        demand.outside[s]?.at(-1) ?? 0,
      );
      // the earliest deadlines were worked on first: what is left is the last of them
      let left = come - finished(s);
      return [...due.entries()].reverse().flatMap(([k, lot]): Waiting[] => {
        const items = Math.min(left, lot.items - (due[k - 1]?.items ?? 0));
        left -= Math.max(0, items);
        const deadline = instance.now + nth(nth(line.lots, k), s) * MINUTE;
        return items > SHORT_EPSILON ? [{ cellId: nth(instance.cells, c).cell.cellId, deadline, items }] : [];
      });
    });
  });
  return [...open, ...built.beyond];
}
const lotsOf = (cell: CellPicture | undefined): CellPicture['lots'] => cell?.lots ?? [];
