import { at } from '../arithmetic.ts';
import { visitsOf } from '../flow/learn-routing.ts';
import { addPieces, capacityOf, type Piece, piecesOf } from './day-capacity.ts';
import type { DayInstance, DayLine, Loan } from './types.ts';

const STEP = 5;
const PATHS = 240;
const HOUR = 60 / STEP;
/** A lot with fewer items than this missing is on time. */
const TOLERANCE = 0.5;
/** Spread of an hour's arrivals and of a cell's half hour around the day's, standard deviation ÷ mean. */
const HOUR_CV = 0.08;
const HALF_HOUR_CV = 0.06;

export type LotChance = {
  readonly cell: number;
  /** minutes from the day's start */
  readonly deadline: number;
  readonly due: number;
  readonly pOnTime: number;
  /** mean items missing at the deadline */
  readonly shortItems: number;
  /** mean minute at which the last of it is done; null: not that day on most paths */
  readonly finish: number | null;
};
export type CurveStep = {
  readonly minute: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
};
export type Chances = {
  /** by line, step and lot; lots without items are left out */
  readonly lots: readonly LotChance[];
  /** backlog of the cells asked for, every half hour, with its 10–90 % band */
  readonly curves: ReadonlyMap<number, readonly CurveStep[]>;
};

/** A uniform number in (0, 1) from what it is drawn for (murmur3's finaliser over the parts): the same for every plan that is compared. */
function uniform(...parts: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return ((h >>> 0) + 0.5) / 4294967296;
}
/** A factor of mean 1 and this spread, log-normal (Box & Muller 1958). */
function around(cv: number, ...parts: readonly number[]): number {
  const z = Math.sqrt(-2 * Math.log(uniform(1, ...parts))) * Math.cos(2 * Math.PI * uniform(2, ...parts));
  return Math.exp(cv * z - (cv * cv) / 2);
}

/**
 * P(on time) of every deadline of the day: Monte Carlo over each line with more or less work than forecast, teams faster or slower than
 * believed, and somebody ill or late now and then. Two plans are compared on the same draws, so their difference is the plan's.
 */
export function chancesOf(
  day: DayInstance,
  loans: readonly Loan[],
  curvesOf: ReadonlySet<number> = new Set(),
): Chances {
  const { lines } = day.day;
  const planned = capacityOf(day, loans, STEP);
  const slots = planned[0]?.length ?? 0;
  const pieces = day.operators.map((_, i) => piecesOf(day, i, loans));
  const runs = lines.map((line) => new LineRun(line, slots, curvesOf));
  const capacity = planned.map((row) => new Float64Array(row.length));
  for (let path = 0; path < PATHS; path++) {
    capacity.forEach((row, c) => {
      row.set(at(planned, c));
    });
    takeAbsent(day, pieces, capacity, path);
    capacity.forEach((row, c) => {
      const { mean, cv } = at(day.day.pace, c);
      const level = mean * around(cv, path, c);
      for (let t = 0; t < row.length; t++) {
        const block = Math.floor((t * STEP) / 30);
        row[t] = (row[t] ?? 0) * level * around(HALF_HOUR_CV, path, c, block);
      }
    });
    runs.forEach((run, l) => {
      run.follow(capacity, path, l);
    });
  }
  return {
    lots: runs.flatMap((run) => run.lots()),
    curves: new Map(runs.flatMap((run) => run.curves())),
  };
}

/** Takes away what somebody who is ill, or half an hour late, would have done. */
function takeAbsent(
  day: DayInstance,
  pieces: readonly (readonly Piece[])[],
  capacity: readonly Float64Array[],
  path: number,
): void {
  const { off, late } = day.day.absence;
  pieces.forEach((own, i) => {
    const draw = uniform(path, 7919, i);
    if (draw >= off + late) return;
    const first = Math.min(...own.map((piece) => piece.from));
    const missing =
      draw < off ? own : own.map((piece) => ({ ...piece, until: Math.min(piece.until, first + 30) }));
    addPieces(day, i, missing, { into: capacity, step: STEP, sign: -1 });
  });
}

class LineRun {
  private readonly late: Float64Array;
  private readonly missing: Float64Array;
  private readonly finished: Float64Array;
  private readonly finishes: Float64Array;
  private readonly due: Float64Array;
  private readonly visits: number[][];
  private readonly imports: { slot: number; at: number; items: number }[];
  /** slot → (step, lot) whose deadline is its end */
  private readonly checks: number[][];
  private readonly waits: Map<number, Float64Array[]>;
  private readonly line: DayLine;
  private readonly slots: number;

  constructor(line: DayLine, slots: number, curvesOf: ReadonlySet<number>) {
    this.line = line;
    this.slots = slots;
    const size = line.cells.length * line.lots.length;
    this.late = new Float64Array(size);
    this.missing = new Float64Array(size);
    this.finished = new Float64Array(size);
    this.finishes = new Float64Array(size);
    this.due = new Float64Array(size);
    this.visits = visitsOf(line.routing);
    this.imports = line.arrivals.map((arrival) => ({
      items: arrival.items,
      at: arrival.step * line.lots.length + arrival.lot,
      slot: Math.min(slots - 1, Math.max(0, Math.ceil(arrival.minute / STEP))),
    }));
    this.checks = Array.from({ length: slots }, () => []);
    const K = line.lots.length;
    line.lots.forEach((lot, k) => {
      lot.forEach((deadline, s) => {
        this.checks[Math.min(slots, Math.ceil(deadline / STEP)) - 1]?.push(s * K + k);
      });
    });
    this.waits = new Map(
      line.cells
        .filter((c) => curvesOf.has(c))
        .map((c) => [
          c,
          Array.from({ length: Math.ceil((slots * STEP) / 30) }, () => new Float64Array(PATHS)),
        ]),
    );
  }

  follow(capacity: readonly Float64Array[], path: number, index: number): void {
    const { line, slots, visits } = this;
    const S = line.cells.length;
    const K = line.lots.length;
    const wait = new Float64Array(S * K);
    const toCome = new Float64Array(S * K);
    const incoming = new Map<number, { at: number; items: number }[]>();
    const scale = around(line.arrivalCv, path, 104729, index);
    line.opening.forEach((lots, s) => {
      lots.forEach((items, k) => {
        // what waits in the morning is partly forecast too
        wait[s * K + k] = items * (s === 0 ? scale : 1);
      });
    });
    for (const { slot, at: place, items } of this.imports) {
      const amount = items * scale * around(HOUR_CV, path, 1299709, index, Math.floor(slot / HOUR));
      const list = incoming.get(slot) ?? [];
      list.push({ at: place, items: amount });
      incoming.set(slot, list);
      toCome[place] = (toCome[place] ?? 0) + amount;
    }
    const open = (s: number, k: number): number => {
      let items = 0;
      for (let p = 0; p <= s; p++) {
        const here = p * K + k;
        items += ((toCome[here] ?? 0) + (wait[here] ?? 0)) * (visits[p]?.[s] ?? 0);
      }
      return items;
    };
    for (let s = 0; s < S; s++)
      for (let k = 0; k < K; k++) this.due[s * K + k] = (this.due[s * K + k] ?? 0) + open(s, k);
    const reached = new Uint8Array(S * K);
    for (let t = 0; t < slots; t++) {
      for (const { at: place, items } of incoming.get(t) ?? []) {
        wait[place] = (wait[place] ?? 0) + items;
        toCome[place] = (toCome[place] ?? 0) - items;
      }
      for (let s = 0; s < S; s++) {
        let able = Math.max(0, at(capacity, at(line.cells, s))[t] ?? 0);
        for (let k = 0; k < K && able > 0; k++) {
          const waiting = wait[s * K + k] ?? 0;
          if (waiting <= 0) continue;
          const items = Math.min(waiting, able);
          wait[s * K + k] = waiting - items;
          able -= items;
          for (let q = s + 1; q < S; q++) {
            const share = line.routing[s]?.[q] ?? 0;
            if (share > 0) wait[q * K + k] = (wait[q * K + k] ?? 0) + items * share;
          }
        }
      }
      if (t % 6 === 5)
        for (let s = 0; s < S; s++)
          for (let k = 0; k < K; k++) {
            const lot = s * K + k;
            if (reached[lot] || open(s, k) > TOLERANCE) continue;
            reached[lot] = 1;
            this.finished[lot] = (this.finished[lot] ?? 0) + 1;
            this.finishes[lot] = (this.finishes[lot] ?? 0) + (t + 1) * STEP;
          }
      for (const lot of this.checks[t] ?? []) {
        const missing = open(Math.floor(lot / K), lot % K);
        if (missing <= TOLERANCE) continue;
        this.late[lot] = (this.late[lot] ?? 0) + 1;
        this.missing[lot] = (this.missing[lot] ?? 0) + missing;
      }
      if ((t * STEP) % 30 === 0)
        for (const [cell, rows] of this.waits) {
          const s = line.cells.indexOf(cell);
          let sum = 0;
          for (let k = 0; k < K; k++) sum += wait[s * K + k] ?? 0;
          const row = rows[(t * STEP) / 30];
          if (row) row[path] = sum;
        }
    }
  }

  lots(): LotChance[] {
    const { line } = this;
    const K = line.lots.length;
    return line.cells.flatMap((cell, s) =>
      line.lots.flatMap((lot, k): LotChance[] => {
        const i = s * K + k;
        const due = (this.due[i] ?? 0) / PATHS;
        if (due <= TOLERANCE) return [];
        const often = (this.finished[i] ?? 0) > PATHS / 2;
        return [
          {
            cell,
            deadline: at(lot, s),
            due,
            pOnTime: 1 - (this.late[i] ?? 0) / PATHS,
            shortItems: (this.missing[i] ?? 0) / PATHS,
            finish: often ? (this.finishes[i] ?? 0) / (this.finished[i] ?? 1) : null,
          },
        ];
      }),
    );
  }
  curves(): [number, CurveStep[]][] {
    return [...this.waits].map(([cell, rows]) => [
      cell,
      rows.map((row, i) => {
        const sorted = row.toSorted();
        return {
          minute: i * 30,
          low: sorted[Math.floor(PATHS * 0.1)] ?? 0,
          mean: row.reduce((a, b) => a + b, 0) / PATHS,
          high: sorted[Math.floor(PATHS * 0.9)] ?? 0,
        };
      }),
    ]);
  }
}
