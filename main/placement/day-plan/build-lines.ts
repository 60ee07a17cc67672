import { instantOf } from '../../kernel/clock.ts';
import { at } from '../arithmetic.ts';
import { visitsOf } from '../flow/learn-routing.ts';
import type { Arrival, Line } from '../flow/types.ts';
import type { Instance } from '../types.ts';
import type { Expected, LearntLine } from './learn-site.ts';
import { BLOCK } from './types.ts';

const MINUTE = 60_000;
/** Work of a block is taken to come in imports this far apart. */
const IMPORT_MINUTES = 10;
/** Spread of a day's arrivals around its forecast, standard deviation ÷ mean, where nothing else is known. */
const ARRIVAL_CV = 0.1;

/** The lines of a day as its forecast has them, from `start` (epoch ms) on; what has come in by then arrives at minutes before it. */
export function buildLines(
  instance: Instance,
  o: {
    date: string;
    start: number;
    zone: string;
    learnt: readonly LearntLine[];
    expected: readonly Expected[];
  },
): Line[] {
  const minuteOf = (minuteOfDate: number): number =>
    (instantOf(o.date, minuteOfDate, o.zone) - o.start) / MINUTE;
  const forecast = Map.groupBy(o.expected, (row) => row.cellId);
  return o.learnt.map(
    (line): Line => ({
      cells: line.cells,
      lots: line.lots.map((deadlines) => deadlines.map(minuteOf)),
      routing: line.routing,
      arrivals: outsideOf(
        line,
        line.cells.map((c) => forecast.get(at(instance.cells, c).cell.cellId) ?? []),
      ).flatMap((blocks, step) =>
        importsOf(step === 0 ? line.opening : null, blocks).map(
          ({ minute, items }): Arrival => ({ minute: minuteOf(minute), items, ...(step > 0 && { step }) }),
        ),
      ),
      arrivalScale: { mean: 1, cv: ARRIVAL_CV },
      notice: [line.notice, line.notice],
    }),
  );
}

/**
 * Per step, the blocks of its forecast that come from outside the line. Later steps are forecast with what reaches them down the line; only
 * where that is less than half of it, the rest comes in there.
 */
function outsideOf(line: LearntLine, forecast: readonly (readonly Expected[])[]): Expected[][] {
  const visits = visitsOf(line.routing);
  const come: number[] = [];
  return forecast.map((blocks, s) => {
    const total = blocks.reduce((sum, row) => sum + row.items, 0);
    const passed = come.reduce((sum, items, p) => sum + items * (visits[p]?.[s] ?? 0), 0);
    const own = passed < total / 2 ? total - passed : 0;
    come.push(own);
    return own > 0 ? blocks.map((row) => ({ ...row, items: (row.items * own) / total })) : [];
  });
}

/** When the forecast's work comes in, minutes of day: what is there at the first count of the day all at once, then in imports. */
function importsOf(
  opening: LearntLine['opening'] | null,
  blocks: readonly Expected[],
): { minute: number; items: number }[] {
  const { minute, share } = opening ?? { minute: -1, share: 0 };
  const early = blocks.filter((row) => row.minute <= minute);
  const until = early.reduce((sum, row) => sum + row.items, 0);
  const spread = (from: number, to: number, items: number): { minute: number; items: number }[] => {
    const times = Math.max(1, Math.round((to - from) / IMPORT_MINUTES));
    return Array.from({ length: times }, (_, i) => ({
      minute: from + ((i + 1) * (to - from)) / times,
      items: items / times,
    }));
  };
  const blockEnd = Math.floor(minute / BLOCK) * BLOCK + BLOCK;
  return [
    ...(until * share > 0 ? [{ minute, items: until * share }] : []),
    ...(until * (1 - share) > 0 ? spread(minute, blockEnd, until * (1 - share)) : []),
    ...blocks
      .filter((row) => row.minute > minute)
      .flatMap((row) => spread(row.minute, row.minute + BLOCK, row.items)),
  ].filter(({ items }) => items > 0);
}
