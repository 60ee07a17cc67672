import { at } from '../arithmetic.ts';
import { visitsOf } from '../flow/learn-routing.ts';
import { capacityOf } from './day-capacity.ts';
import type { DayInstance, DayLine, Loan } from './types.ts';

/** The expected course of a day is followed in steps of so many minutes. */
export const STEP = 15;

/**
 * What a line has to do and when, without anybody working: per step of the line, the items that come from outside by the end of each step
 * of time, and per lot what is due and by the end of which step of time. All times `volume`.
 */
export type Demand = {
  readonly outside: readonly Float64Array[];
  readonly due: readonly (readonly { readonly slot: number; readonly items: number }[])[];
};
export function demandOf(day: DayInstance, line: DayLine, volume = 1): Demand {
  const slots = Math.ceil(day.day.close / STEP);
  const outside = line.cells.map(() => new Float64Array(slots));
  const fresh = line.cells.map(() => line.lots.map(() => 0));
  line.opening.forEach((lots, s) => {
    const waiting = lots.reduce((a, b) => a + b, 0) * volume;
    at(outside, s).fill(waiting);
  });
  for (const arrival of line.arrivals) {
    const items = arrival.items * volume;
    const lots = at(fresh, arrival.step);
    lots[arrival.lot] = (lots[arrival.lot] ?? 0) + items;
    // what comes in the first half of a step of time can be worked on in it
    const from = Math.max(0, Math.ceil((arrival.minute - STEP / 2) / STEP));
    const row = at(outside, arrival.step);
    for (let t = from; t < slots; t++) row[t] = (row[t] ?? 0) + items;
  }
  const visits = visitsOf(line.routing);
  const due = line.cells.map((_, s) => {
    let sum = 0;
    return line.lots.map((lot, k) => {
      for (let p = 0; p <= s; p++)
        sum += ((line.opening[p]?.[k] ?? 0) * volume + (fresh[p]?.[k] ?? 0)) * (visits[p]?.[s] ?? 0);
      return { slot: Math.min(slots, Math.floor(at(lot, s) / STEP + 1e-6)) - 1, items: sum };
    });
  });
  return { outside, due };
}

/** step of the line → step of time → items finished by its end, when everybody works on what is there (first come, first served). */
export function followLine(
  line: DayLine,
  { outside }: Demand,
  capacity: readonly Float64Array[],
): Float64Array[] {
  const done: Float64Array[] = [];
  line.cells.forEach((c, s) => {
    const cap = at(capacity, c);
    const own = at(outside, s);
    const row = new Float64Array(own.length);
    let before = 0;
    for (let t = 0; t < row.length; t++) {
      let come = own[t] ?? 0;
      // of what an earlier step finishes in this step of time, half is there in time
      for (let p = 0; p < s; p++) {
        const share = line.routing[p]?.[s] ?? 0;
        if (share > 0) come += (share * ((done[p]?.[t - 1] ?? 0) + (done[p]?.[t] ?? 0))) / 2;
      }
      before = Math.max(before, Math.min(come, before + (cap[t] ?? 0)));
      row[t] = before;
    }
    done.push(row);
  });
  return done;
}

/** Items missing by a lot's deadline, of all that is due by then. */
export const shortOf = (
  done: Float64Array | undefined,
  { slot, items }: { slot: number; items: number },
): number => Math.max(0, items - (slot < 0 ? 0 : (done?.[slot] ?? 0)));

/** line → step → lot → items missing at its deadline, with a share of `volume` more or less work than expected. */
export function shortages(
  day: DayInstance,
  loans: readonly Loan[],
  volume: (line: number) => number,
): number[][][] {
  const capacity = paced(day, capacityOf(day, loans, STEP));
  return day.day.lines.map((line, l) => {
    const demand = demandOf(day, line, volume(l));
    const done = followLine(line, demand, capacity);
    return demand.due.map((lots, s) => lots.map((lot) => shortOf(done[s], lot)));
  });
}
/** The capacities of cells at the pace they are believed to have. */
export function paced(day: DayInstance, capacity: Float64Array[]): Float64Array[] {
  capacity.forEach((row, c) => {
    const { mean } = at(day.day.pace, c);
    for (let t = 0; t < row.length; t++) row[t] = (row[t] ?? 0) * mean;
  });
  return capacity;
}
