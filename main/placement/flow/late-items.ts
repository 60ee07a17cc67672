import type { Cell } from '../../api/contract/common.ts';
import { dateIn, instantOf } from '../../kernel/clock.ts';
import type { Reader } from '../../store/index.ts';
import { deadlinesSeen, processSequence, waitingAfter } from '../read/site-queries.ts';
import { matchLots } from './match-lots.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The first snapshot no later than this tells what was left at a deadline. */
const AFTER_MS = 15 * MINUTE;

/**
 * Reads how many items had not passed a cell at a past deadline (epoch ms) as its lot should have: what still waited there, and of what
 * waited at earlier steps of its line the share that comes there. Null when no snapshot within a quarter of an hour tells. A day's
 * deadlines are read once per reader made here.
 */
export function readLateItems(
  read: Reader,
  zone: string,
): (cell: Pick<Cell, 'location' | 'businessId' | 'process'>, deadline: number) => number | null {
  const order = processSequence(read);
  const days = new Map<number, ReturnType<typeof deadlinesSeen>>();
  return (cell, deadline) => {
    const rows = waitingAfter(read, cell, { from: deadline, to: deadline + AFTER_MS });
    if (!rows.some((row) => row.process === cell.process)) return null;
    const place = order.get(cell.process) ?? Number.NEGATIVE_INFINITY;
    const steps = [...new Set(rows.map((row) => row.process))]
      .filter((process) => (order.get(process) ?? place) < place || process === cell.process)
      .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    const midnight = instantOf(dateIn(deadline, zone), 0, zone);
    const day = days.get(midnight) ?? deadlinesSeen(read, midnight, midnight + DAY);
    days.set(midnight, day);
    const seen = day.filter(
      (row) => row.location_name === cell.location && row.business_id === cell.businessId,
    );
    const lots = matchLots(
      steps.map((process) => seen.filter((row) => row.process_name === process)),
      { now: deadline, midnight },
    );
    const lot = lots.findLast((deadlines) => deadlines.at(-1) === deadline);
    const done = (process: string): number | null =>
      rows.find((row) => row.process === process)?.done ?? null;
    return steps.reduce((sum, process, s) => {
      const until = process === cell.process ? deadline : lot?.[s];
      if (until === undefined) return sum;
      const left = rows
        .filter((row) => row.process === process && row.deadline !== null && row.deadline <= until)
        .reduce((items, row) => items + row.waiting, 0);
      return sum + left * shareOf(done(process), done(cell.process));
    }, 0);
  };
}

/** Of what a step finished so far today, how much a later one did; all of it where the counters do not tell. */
const shareOf = (here: number | null, later: number | null): number =>
  here !== null && later !== null && here > 0 ? Math.min(1, later / here) : 1;
