import type { PlacementCell, PlacementLot } from '../types.ts';
import { visitsOf } from './learn-routing.ts';
import type { Arrival, Line } from './types.ts';

/** The lot of a line that a deadline at a step belongs to: the nearest one. */
export function lotAt(line: Line, step: number, deadline: number): number {
  let best = 0;
  for (let k = 1; k < line.lots.length; k++)
    if (
      Math.abs((line.lots[k]?.[step] ?? 0) - deadline) < Math.abs((line.lots[best]?.[step] ?? 0) - deadline)
    )
      best = k;
  return best;
}
/** The lot that an arrival is booked onto, at this notice; `lots.length` when on none that is known. */
export function bookedOn(line: Line, { minute, step = 0 }: Omit<Arrival, 'items'>, notice: number): number {
  let booked = line.lots.length;
  let earliest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < line.lots.length; k++) {
    const by = (step === 0 ? line.bookedBy?.[k] : undefined) ?? line.lots[k]?.[step] ?? 0;
    if (by - minute < notice - 1e-6 || by >= earliest) continue;
    booked = k;
    earliest = by;
  }
  return booked;
}

/** Where the work of one lot is that has to pass a step, in items: there, at earlier steps, still to arrive. Not cumulative. */
export type DueParts = { readonly here: number; readonly upstream: number; readonly expected: number };
/** step → lot → where its work is, on average */
export function duePartsOf(line: Line, cells: readonly PlacementCell[]): DueParts[][] {
  const visits = visitsOf(line.routing);
  const waiting = line.cells.map(() => line.lots.map(() => 0));
  line.cells.forEach((c, s) => {
    const row = waiting[s];
    for (const { deadline, items } of cells[c]?.lots ?? []) {
      const k = lotAt(line, s, deadline);
      if (row) row[k] = (row[k] ?? 0) + items;
    }
  });
  const [low, high] = line.notice;
  const toCome = line.cells.map(() => line.lots.map(() => 0));
  for (const arrival of line.arrivals) {
    const k = bookedOn(line, arrival, (low + Math.min(high, 2 * low + 60)) / 2);
    const row = toCome[arrival.step ?? 0];
    if (row && k < row.length) row[k] = (row[k] ?? 0) + arrival.items * line.arrivalScale.mean;
  }
  return line.cells.map((_, s) =>
    line.lots.map((__, k): DueParts => {
      let upstream = 0;
      let expected = 0;
      for (let p = 0; p <= s; p++) {
        const share = visits[p]?.[s] ?? 0;
        if (p < s) upstream += (waiting[p]?.[k] ?? 0) * share;
        expected += (toCome[p]?.[k] ?? 0) * share;
      }
      return { here: waiting[s]?.[k] ?? 0, upstream, expected };
    }),
  );
}

/**
 * The lots of every cell with the work that is still to come to it by each deadline: what waits at earlier steps and what is expected to
 * arrive. Lots whose deadline has passed keep only what waits there.
 */
export function withComing(cells: readonly PlacementCell[], lines: readonly Line[]): PlacementCell[] {
  const result = [...cells];
  for (const line of lines) {
    if (line.lots.length === 0) continue;
    const parts = duePartsOf(line, cells);
    line.cells.forEach((c, s) => {
      const cell = cells[c];
      if (!cell) return;
      const lots = line.lots.flatMap((lot, k): PlacementLot[] => {
        const deadline = lot[s] ?? 0;
        const { here = 0, upstream = 0, expected = 0 } = parts[s]?.[k] ?? {};
        const coming = deadline > 0 ? upstream + expected : 0;
        return here + coming > 1e-6 ? [{ deadline, items: here, coming }] : [];
      });
      result[c] = { ...cell, lots: lots.sort((a, b) => a.deadline - b.deadline) };
    });
  }
  return result;
}
