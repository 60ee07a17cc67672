import { type Clock, dateIn, minuteOfDay } from '../kernel/clock.ts';
import type { MeasureInfo } from '../measures/contract/measures.ts';
import type { Reading } from './contract/questions.ts';
import { createReader } from './read.ts';
import type { Names, ReadContext, Reader } from './types.ts';

/** What a question goes on from. */
export type Carried = Pick<ReadContext, 'lang' | 'previous' | 'proposals' | 'alert'>;
/** Reads a question against the master data as it is at that moment: no model, a few milliseconds. */
export type Questions = { read(text: string, carried: Carried): Reading };

/** One reader for each catalogue: what it learns from the examples takes about a second, and is the same for every engine of the process. */
const readers = new WeakMap<readonly MeasureInfo[], Reader>();

export function createQuestions(o: {
  readonly measures: readonly MeasureInfo[];
  readonly names: () => Names;
  readonly clock: Clock;
  readonly zone: () => string;
}): Questions {
  const reader = readers.get(o.measures) ?? createReader(o);
  readers.set(o.measures, reader);
  return {
    read(text, carried) {
      const at = o.clock.now();
      const zone = o.zone();
      return reader.read(text, {
        ...carried,
        names: o.names(),
        today: dateIn(at, zone),
        minute: minuteOfDay(at, zone),
        at,
      });
    },
  };
}
