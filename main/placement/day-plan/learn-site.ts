import { cellIdOf } from '../../api/contract/common.ts';
import { addDays, dateIn, instantOf, minuteOfDay } from '../../kernel/clock.ts';
import { isHoliday } from '../../kernel/holidays.ts';
import { yieldToEventLoop } from '../../kernel/task.ts';
import type { Reader } from '../../store/index.ts';
import { workMinutes } from '../arithmetic.ts';
import { RISK } from '../flow/config.ts';
import { stepsOf } from '../flow/learn-lines.ts';
import { learnRouting, routingFromVisits } from '../flow/learn-routing.ts';
import { noticeOf } from '../flow/match-lots.ts';
import { flowsOf } from '../flow/read-day.ts';
import { PLANNED_PACE } from '../flow/read-pace.ts';
import type { Pace } from '../flow/types.ts';
import type { Picture } from '../read/load-instance.ts';
import { attendanceOf } from '../read/read-rosters.ts';
import {
  type CellKey,
  daySnapshots,
  deadlinesSeen,
  newestSnapshotAt,
  processSequence,
} from '../read/site-queries.ts';
import type { Instance } from '../types.ts';
import { type CellDay, deadlinesOfDay, median, noticeFor, openingShare } from './learn-line.ts';
import { attendanceCounts, firstSnapshotAt } from './queries.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** Days that are looked at: as many like the one planned, and as many of the newest. */
const LIKE_DAYS = 2;
/** How far back days like another are looked for. */
export const LIKE_WEEKS = 4;
const ATTENDANCE_DAYS = 28;
/** Mornings that are looked at for what the evening before had left, and the fewest items that tell anything. */
const CARRY_DAYS = 8;
const FEWEST_LEFT = 30;
/** Spread of a team's pace from day to day, standard deviation ÷ mean. */
const DAY_CV = 0.05;

/** Items expected in a block of a date, per cell, from this minute of day on. */
export type Expected = { readonly cellId: string; readonly minute: number; readonly items: number };

/** How the work of a line comes and is due on a day like the one planned. Minutes are minutes of day. */
export type LearntLine = {
  /** indices into `Instance.cells`, in the order of the steps */
  readonly cells: readonly number[];
  /** lot → step → minute of day */
  readonly lots: readonly (readonly number[])[];
  readonly routing: readonly (readonly number[])[];
  /** minutes before a deadline of the first step until which work is booked onto it */
  readonly notice: number;
  /** when the day's first count is made, and the share of what is forecast until the end of that block that is there by then */
  readonly opening: { readonly minute: number; readonly share: number };
};
export type LearntSite = {
  readonly lines: readonly LearntLine[];
  /** dates whose snapshots it was learnt from, newest first */
  readonly dates: readonly string[];
};
type CellDays = ReadonlyMap<string, CellDay>;

const idOf = (row: CellKey): string => cellIdOf(row.location_name, row.business_id, row.process_name);

function readDay(read: Reader, midnight: number, until: number): CellDays {
  const rows = Map.groupBy(daySnapshots(read, midnight, until), idOf);
  const seen = Map.groupBy(deadlinesSeen(read, midnight, until), idOf);
  return new Map([...rows].map(([id, list]) => [id, { rows: list, seen: seen.get(id) ?? [] }]));
}

/**
 * The dates of the last weeks that work like this one, newest first: the same weekdays, but for holidays. A holiday is like other holidays;
 * like its weekday only where the weeks hold none.
 */
export function daysLike(date: string): string[] {
  const before = Array.from({ length: 7 * LIKE_WEEKS }, (_, i) => addDays(date, -1 - i));
  const holidays = before.filter(isHoliday);
  if (isHoliday(date) && holidays.length > 0) return holidays;
  return before.filter((day, i) => (i + 1) % 7 === 0 && !holidays.includes(day));
}

/**
 * What days like `date` were like, from the snapshots up to `at` (epoch ms): the newest of them, and the newest days at all. Deadlines are
 * those of days like it where one was seen.
 */
export async function learnSite(
  read: Reader,
  instance: Instance,
  o: { date: string; at: number; zone: string; expected: (date: string) => Promise<readonly Expected[]> },
): Promise<LearntSite> {
  const turn = yieldToEventLoop();
  const midnightOf = (date: string): number => instantOf(date, 0, o.zone);
  const today = dateIn(o.at, o.zone);
  const known = (date: string): boolean =>
    date <= today &&
    firstSnapshotAt(read, midnightOf(date), Math.min(o.at, instantOf(date, DAY, o.zone) - 1)) !== null;
  const latest = Array.from({ length: 7 }, (_, i) => addDays(today, -i));
  const alike = daysLike(o.date).filter(known).slice(0, LIKE_DAYS);
  const dates = [...new Set([...alike, ...latest.filter(known).slice(0, LIKE_DAYS)])].sort().reverse();
  const days = new Map<string, CellDays>();
  const forecasts = new Map<string, Map<string, Expected[]>>();
  for (const date of dates) {
    const midnight = midnightOf(date);
    days.set(date, readDay(read, midnight, Math.min(o.at, midnight + DAY * MINUTE - 1)));
    await turn();
    forecasts.set(
      date,
      Map.groupBy(await o.expected(date), (row) => row.cellId),
    );
    await turn();
  }
  const drafts = stepsOf(instance.cells, processSequence(read)).map((cells) => {
    const ids = cells.map((i) => instance.cells[i]?.cell.cellId ?? '');
    const first = ids[0] ?? '';
    const notices = dates.map((date) => {
      const day = days.get(date)?.get(first);
      return noticeOf(day?.seen ?? [], flowsOf(day?.rows ?? []));
    });
    return { cells, ids, first, notices };
  });
  const notices = drafts.flatMap((draft) => draft.notices);
  const shownDates = alike.length > 0 ? alike : dates;
  const lines = drafts.map(({ cells, ids, first, notices: own }): LearntLine => {
    const of = (date: string, id: string): CellDay => days.get(date)?.get(id) ?? { rows: [], seen: [] };
    const total = (date: string, id: string): number =>
      (forecasts.get(date)?.get(id) ?? []).reduce((sum, row) => sum + row.items, 0);
    const totals = ids.map((id) => dates.reduce((sum, date) => sum + total(date, id), 0));
    const entering = totals[0] ?? 0;
    const visits = totals.map((items) => (items > 0 && entering > 0 ? items / entering : 1));
    const openings = dates.flatMap((date) => {
      const start = of(date, first).rows[0];
      if (!start) return [];
      const minute = minuteOfDay(start.at, o.zone);
      const until = (forecasts.get(date)?.get(first) ?? [])
        .filter((row) => row.minute <= minute)
        .reduce((sum, row) => sum + row.items, 0);
      const share = openingShare(of(date, first).rows, until);
      return share === null ? [] : [{ minute, share }];
    });
    return {
      cells,
      lots: deadlinesOfDay(
        shownDates.map((date) => ({
          midnight: midnightOf(date),
          steps: ids.map((id) => of(date, id).seen),
        })),
      ),
      routing: learnRouting(
        ids.map((id) => dates.flatMap((date) => flowsOf(of(date, id).rows))),
        routingFromVisits(visits),
      ),
      notice: noticeFor(own, notices),
      opening: {
        minute: openings.length > 0 ? median(openings.map(({ minute }) => minute)) : 0,
        share: openings.length > 0 ? median(openings.map(({ share }) => share)) : 0,
      },
    };
  });
  return { lines, dates };
}

/**
 * Of what waited at the later steps of lines when a day closed, the share that waited there the next morning, over the last week: some
 * companies hand over what is left, others begin afresh. Null where next to nothing was left. Work of the night reaches first steps only.
 */
export function carriedShare(
  read: Reader,
  lines: readonly { readonly cells: readonly number[] }[],
  o: { instance: Instance; at: number; zone: string },
): number | null {
  const later = new Set(
    lines.flatMap((line) => line.cells.slice(1).map((c) => o.instance.cells[c]?.cell.cellId ?? '')),
  );
  const waiting = (at: number): Map<string, number> =>
    new Map(
      daySnapshots(read, at, at).flatMap((row): [string, number][] =>
        later.has(idOf(row)) ? [[idOf(row), row.backlog + (row.done ?? 0)]] : [],
      ),
    );
  let left = 0;
  let carried = 0;
  let newer: number | null = null;
  for (let back = 0; back <= CARRY_DAYS; back++) {
    const midnight = instantOf(addDays(dateIn(o.at, o.zone), -back), 0, o.zone);
    const first = firstSnapshotAt(read, midnight, Math.min(o.at, midnight + DAY * MINUTE - 1));
    if (first === null) continue;
    if (newer !== null) {
      const closing = newestSnapshotAt(read, midnight + DAY * MINUTE - 1) ?? first;
      const morning = waiting(newer);
      for (const row of daySnapshots(read, closing, closing)) {
        if (!later.has(idOf(row))) continue;
        left += row.backlog;
        carried += Math.min(row.backlog, morning.get(idOf(row)) ?? 0);
      }
    }
    newer = first;
  }
  return left >= FEWEST_LEFT ? carried / left : null;
}

/** Probability that somebody rostered is off, from the last weeks' attendance; few records say one in forty. */
export function absenceRate(read: Reader, date: string): number {
  const counts = { present: 0, absent: 0, late: 0, unknown: 0 };
  for (const { status, times } of attendanceCounts(read, addDays(date, -ATTENDANCE_DAYS), date))
    counts[attendanceOf(status)] += times;
  return (counts.absent + 1) / (counts.present + counts.absent + counts.late + 40);
}

/**
 * How fast a cell's team of `people` will be on another day: as today against their planned speeds (the median of its half hours with work
 * enough, drawn towards 1, so that a disturbance of an hour or two does not change it), each of them `off` with that probability.
 */
export function paceOf(
  picture: Picture,
  c: number,
  { rows, people, off }: { rows: CellDay['rows']; people: number; off: number },
): Pace {
  const team = picture.team(c).filter((stint) => stint.missing === null);
  const blocks = new Map<number, { items: number; planned: number }>();
  const at = new Map(rows.map((row, i) => [row.at, i]));
  for (const { at: end, items } of flowsOf(rows)) {
    const before = rows[(at.get(end) ?? 0) - 1];
    if (!before) continue;
    const planned = team.reduce((sum, stint) => {
      const from = Math.max(before.at, stint.from);
      const until = Math.min(end, stint.until);
      return sum + (workMinutes(stint.breaks, from, until) / MINUTE / 60) * stint.speed;
    }, 0);
    // a queue that runs dry says nothing about speed
    if (planned <= 0 || before.backlog < 1.3 * planned) continue;
    const key = Math.floor(end / (30 * MINUTE));
    const block = blocks.get(key) ?? { items: 0, planned: 0 };
    block.items += items;
    block.planned += planned;
    blocks.set(key, block);
  }
  const measured = [...blocks.values()];
  const ratio = median(measured.map(({ items, planned }) => items / planned));
  // Gamma–Poisson as in the risk of today
  const prior = PLANNED_PACE.shape;
  const weight = measured.reduce((sum, { planned }) => sum + planned, 0) / RISK.dispersion;
  const mean = (prior + ratio * weight) / (prior + weight);
  const absent = off / (1 - off) / Math.max(1, people);
  return {
    ...PLANNED_PACE,
    mean: (1 - off) * Math.min(RISK.efficiencyMax, Math.max(RISK.efficiencyMin, mean)),
    shape: 1 / (1 / (prior + weight) + DAY_CV ** 2 + absent),
    // all that a day differs by is in its level
    drift: 0,
  };
}
