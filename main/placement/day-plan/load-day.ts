import { cellIdOf } from '../../api/contract/common.ts';
import { dayParams } from '../../api/contract/format.ts';
import { addDays, dateIn, instantOf } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { yieldToEventLoop } from '../../kernel/task.ts';
import type { Reader } from '../../store/index.ts';
import { at as nth, shiftEnd } from '../arithmetic.ts';
import { SHORT_EPSILON } from '../config.ts';
import type { Rules } from '../contract/placement.ts';
import { lotAt, withComing } from '../flow/expect-due.ts';
import type { Line } from '../flow/types.ts';
import { walkLine } from '../flow/walk-line.ts';
import { nextWorkingDay } from '../queries.ts';
import { pictureInTurns } from '../read/load-instance.ts';
import { daySnapshots } from '../read/site-queries.ts';
import type { Instance, PlacementCell } from '../types.ts';
import { buildLines } from './build-lines.ts';
import {
  absenceRate,
  carriedShare,
  daysLike,
  type Expected,
  LIKE_WEEKS,
  learnSite,
  paceOf,
} from './learn-site.ts';
import { rosterDates } from './queries.ts';
import { type Assumption, BLOCK, type DayInstance } from './types.ts';

const MINUTE = 60_000;
/** How far ahead a day may be planned. */
export const LONGEST_DAYS = 14;
/** Where less than this share of what an evening left was there in the morning, days begin afresh. */
const NOTHING_CARRIED = 0.1;

export type DayOptions = {
  readonly zone: string;
  readonly rules: Rules;
  /** the date to plan; absent: the next one with a roster */
  readonly date?: string | undefined;
  /** what is expected to come in on a date */
  readonly expected: (date: string) => Promise<readonly Expected[]>;
};

/** The date to plan and whose roster it has: its own, else that of the last such weekday. */
function rosterOf(read: Reader, today: string, wanted: string | undefined): { date: string; roster: string } {
  const last = addDays(today, LONGEST_DAYS);
  if (wanted === undefined) {
    const next = nextWorkingDay(read, today, last);
    if (!next) throw new AppError('placement.no-roster', dayParams({ date: addDays(today, 1) }));
    return { date: next.date, roster: next.date };
  }
  if (wanted <= today || wanted > last)
    throw new AppError('placement.day-range', dayParams({ date: wanted, from: addDays(today, 1), to: last }));
  const dates = new Set(rosterDates(read, addDays(wanted, -7 * LIKE_WEEKS), wanted));
  const roster = usualRoster(wanted, dates);
  if (roster === undefined) throw new AppError('placement.no-roster', dayParams({ date: wanted }));
  return { date: wanted, roster };
}

/** The date whose roster a planned day has. */
export const rosterUsed = ({ day }: DayInstance): string =>
  String(day.assumed.find(({ code }) => code === 'usual-roster')?.params['date'] ?? day.date);

/** The days that can be planned, and whose roster each would have; null: none is known. */
export function daysAhead(read: Reader, at: number, zone: string): { date: string; roster: string | null }[] {
  const today = dateIn(at, zone);
  const last = addDays(today, LONGEST_DAYS);
  const dates = new Set(rosterDates(read, addDays(today, -7 * LIKE_WEEKS), last));
  return Array.from({ length: LONGEST_DAYS }, (_, i) => {
    const date = addDays(today, i + 1);
    return { date, roster: usualRoster(date, dates) ?? null };
  });
}
/** A day's own roster, else that of the last day like it. */
const usualRoster = (date: string, dates: ReadonlySet<string>): string | undefined =>
  [date, ...daysLike(date)].find((d) => dates.has(d));

/**
 * The next day with a roster, or the one asked for, as something to plan: its people, what tonight leaves behind, what the forecast
 * brings and by when it is due at each step. Null without any snapshot. Rejects a date out of reach (`placement.day-range`) and one with
 * neither roster nor such a weekday before (`placement.no-roster`).
 */
export async function loadDay(read: Reader, at: number, o: DayOptions): Promise<DayInstance | null> {
  const turn = yieldToEventLoop();
  const now = await pictureInTurns(read, at, o);
  if (!now) return null;
  const { expected } = o;
  const today = dateIn(at, o.zone);
  const { date, roster } = rosterOf(read, today, o.date);
  const first = nextWorkingDay(read, addDays(roster, -1), roster)?.start ?? 9 * 60;
  const start = instantOf(date, Math.floor(first / BLOCK) * BLOCK, o.zone);
  await turn();
  const then = await pictureInTurns(read, at, { ...o, roster, at: start });
  if (!then) return null;
  const { instance } = then;
  await turn();
  const learnt = await learnSite(read, instance, { date, at, zone: o.zone, expected });
  await turn();
  const handed = carriedShare(read, learnt.lines, { instance, at, zone: o.zone }) ?? 1;
  const left =
    handed < NOTHING_CARRIED
      ? []
      : (await leftovers(now.instance)).map((row) => ({ ...row, items: row.items * handed }));
  const lines = buildLines(instance, {
    date,
    start,
    zone: o.zone,
    learnt: learnt.lines,
    expected: await expected(date),
  });
  const arriving = lines.reduce((sum, line) => sum + line.arrivals.reduce((all, a) => all + a.items, 0), 0);
  await turn();
  const off = absenceRate(read, today);
  const rows = Map.groupBy(daySnapshots(read, instantOf(today, 0, o.zone), at), (row) =>
    cellIdOf(row.location_name, row.business_id, row.process_name),
  );
  const sameCell = new Map(now.instance.cells.map((cell, c) => [cell.cell.cellId, c]));
  const cells: PlacementCell[] = [];
  for (const [c, { standstill: _, ...cell }] of instance.cells.entries()) {
    await turn();
    const people = instance.operators.filter((person) => person.cell === c).length;
    const today = sameCell.get(cell.cell.cellId);
    const own = today === undefined ? [] : (rows.get(cell.cell.cellId) ?? []);
    const pace = paceOf(now, today ?? -1, { rows: own, people, off });
    cells.push({ ...cell, pace, observed: [], lots: [], backlog: 0 });
  }
  for (const { cellId, deadline, items } of left)
    putInto(cells, lines, { cellId, items, minute: (deadline - start) / MINUTE });
  const absent = new Set(
    instance.cells.flatMap((_, c) =>
      then.team(c).flatMap((stint) => (stint.missing === 'absent' ? [stint.operatorId] : [])),
    ),
  ).size;
  const assumed: Assumption[] = [
    left.length > 0
      ? { code: 'leftovers', params: { items: Math.round(left.reduce((sum, row) => sum + row.items, 0)) } }
      : { code: handed < NOTHING_CARRIED ? 'not-carried' : 'no-leftovers', params: {} },
    arriving > 0
      ? { code: 'forecast', params: { items: Math.round(arriving) } }
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
  const close = Math.max(
    BLOCK,
    ...instance.operators.map(shiftEnd),
    ...lines.flatMap((line) => line.lots.flat()),
  );
  return {
    ...instance,
    cells: withComing(cells, lines),
    lines,
    day: { date, close: Math.ceil(close / BLOCK) * BLOCK, assumed },
  };
}

type Waiting = { readonly cellId: string; readonly deadline: number; readonly items: number };
/** What tonight's people will probably leave undone, by deadline (epoch ms): today lived through to its end. */
async function leftovers(today: Instance): Promise<Waiting[]> {
  const turn = yieldToEventLoop();
  const found: Waiting[] = [];
  for (const line of today.lines) {
    await turn();
    const { left, paths } = walkLine(today, line);
    const lots = line.lots.length + 1;
    for (const [s, c] of line.cells.entries())
      for (let k = 0; k < lots; k++) {
        const items = (left[s * lots + k] ?? 0) / paths;
        // what came too late for today's last deadline is as old as what is overdue
        const deadline = today.now + (line.lots[k]?.[s] ?? 0) * MINUTE;
        if (items > SHORT_EPSILON) found.push({ cellId: nth(today.cells, c).cell.cellId, deadline, items });
      }
  }
  return found;
}
/** Lets items wait in a cell from the morning on, for the deadline of its line nearest to `minute`. */
function putInto(
  cells: PlacementCell[],
  lines: readonly Line[],
  o: { cellId: string; minute: number; items: number },
): void {
  const c = cells.findIndex((cell) => cell.cell.cellId === o.cellId);
  const line = lines.find((l) => l.cells.includes(c));
  const cell = cells[c];
  if (!line || !cell || line.lots.length === 0) return;
  const s = line.cells.indexOf(c);
  // what is overdue comes first
  const lot = nth(line.lots, o.minute <= 0 ? 0 : lotAt(line, s, o.minute));
  cells[c] = {
    ...cell,
    backlog: cell.backlog + o.items,
    lots: [...cell.lots, { deadline: nth(lot, s), items: o.items }],
  };
}
