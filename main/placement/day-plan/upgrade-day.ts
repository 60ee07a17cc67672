import { withComing } from '../flow/expect-due.ts';
import { PLANNED_PACE } from '../flow/read-pace.ts';
import type { Arrival, Line } from '../flow/types.ts';
import type { Instance, PlacementCell, PlacementLot, PlacementStint } from '../types.ts';
import type { DayInstance } from './types.ts';

/** A day as proposals kept it while days had lines of their own. */
type LineBefore = Pick<Line, 'cells' | 'lots' | 'routing'> & {
  /** step → lot → items */
  readonly opening: readonly (readonly number[])[];
  readonly arrivals: readonly (Required<Arrival> & { readonly lot: number })[];
  readonly arrivalCv: number;
};
type DayBefore = DayInstance['day'] & {
  readonly stints: readonly (readonly PlacementStint[])[];
  readonly lines: readonly LineBefore[];
  readonly pace: readonly { readonly mean: number; readonly cv: number }[];
};
const isBefore = (day: object): day is DayBefore => 'lines' in day;

/** The instance of a saved proposal; a day from before it was lived through like any other gets its lines and people as they are now. */
export function upgradeDay(saved: Instance & { readonly day?: DayInstance['day'] }): Instance {
  const { day } = saved;
  if (!day || !isBefore(day)) return saved;
  const cells = saved.cells.map((cell, c): PlacementCell => {
    const { mean = 1, cv = 0.1 } = day.pace[c] ?? {};
    const line = day.lines.find((l) => l.cells.includes(c));
    const s = line?.cells.indexOf(c) ?? 0;
    const lots = (line?.opening[s] ?? []).flatMap((items, k): PlacementLot[] =>
      items > 0 ? [{ deadline: line?.lots[k]?.[s] ?? 0, items }] : [],
    );
    const pace = { ...PLANNED_PACE, mean, shape: 1 / cv ** 2, drift: 0 };
    return { ...cell, pace, lots, backlog: lots.reduce((sum, lot) => sum + lot.items, 0) };
  });
  const lines = day.lines.map(({ cells: steps, lots, routing, arrivals, arrivalCv }): Line => {
    // one notice booked them all: the longest that leaves each on its lot
    const notice = Math.min(...arrivals.map((a) => (lots[a.lot]?.[a.step] ?? 0) - a.minute));
    return {
      cells: steps,
      lots,
      routing,
      arrivals: arrivals.map(({ minute, items, step }) => ({ minute, items, step })),
      arrivalScale: { mean: 1, cv: arrivalCv },
      notice: arrivals.length > 0 ? [notice, notice] : [0, 0],
    };
  });
  const operators = saved.operators.map((person, i) => {
    const [first, ...otherStints] = day.stints[i] ?? [];
    return first ? { ...person, ...first, otherStints } : person;
  });
  const { date, close, assumed } = day;
  return {
    ...saved,
    cells: withComing(cells, lines),
    lines,
    operators,
    day: { date, close, assumed },
  } as Instance;
}
