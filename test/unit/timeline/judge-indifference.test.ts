// What a verdict must not hang on: noise in the log that means nothing, the day of the calendar, and the order in which equals come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkDay } from '../../../main/analytics/types.ts';
import { Chance } from '../../../main/simulator/random.ts';
import type { Verdict } from '../../../main/timeline/contract/timeline.ts';
import type { LogMinute } from '../../../main/timeline/find-rises.ts';
import { gatherEvidence, type LogView } from '../../../main/timeline/gather-evidence.ts';
import { wordVerdict } from '../../../main/timeline/word-verdict.ts';
import { at, madeCell, madeDay, madeLogs, ZONE } from './made-line.ts';

const DAY = 24 * 60 * 60_000;
const INSTANTS_FROM = 1e11;
const NOW = 720;
const LOG_FROM = 480;

const verdictOf = (day: WorkDay, logs: LogView): Verdict => {
  const evidence = gatherEvidence(day, day.cells[0]?.cell.cellId ?? '', { logs });
  if (!evidence) throw new Error('no such cell');
  return wordVerdict(evidence, ZONE);
};

/** Late days of every side: people who left or never came, a slow time, a wave of errors, or none of it. */
const late = fc.record({
  items: fc.integer({ min: 1500, max: 4000 }),
  absent: fc.integer({ min: 0, max: 3 }),
  left: fc.integer({ min: 0, max: 3 }),
  slow: fc.option(
    fc.record({
      from: fc.integer({ min: 580, max: 710 }),
      share: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
    }),
  ),
  rise: fc.option(
    fc.record({
      at: fc.integer({ min: 570, max: 715 }),
      lines: fc.integer({ min: 1, max: 20 }),
      isNew: fc.boolean(),
    }),
  ),
});
type Late = typeof late extends fc.Arbitrary<infer T> ? T : never;
const made = ({ items, absent, left, slow, rise }: Late): { day: WorkDay; logs: LogView } => ({
  day: madeDay(
    madeCell({
      items,
      now: NOW,
      absent,
      leaves: { n: left, at: 640 },
      pace: (minute) => (slow && minute >= slow.from ? slow.share : 1),
    }),
  ),
  logs: madeLogs(NOW, rise ?? undefined),
});

/** Information of templates nobody has seen, and a warning that comes as often all day as it always does. */
const noise = fc
  .record({
    told: fc.array(
      fc.record({
        minute: fc.integer({ min: LOG_FROM, max: NOW - 1 }),
        template: fc.integer({ min: 100, max: 140 }),
        level: fc.constantFrom('info' as const, 'debug' as const, null),
        lines: fc.integer({ min: 1, max: 400 }),
      }),
      { maxLength: 60 },
    ),
    every: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ told, every }): LogMinute[] => [
    ...told.map(({ minute, ...row }) => ({ ...row, at: at(minute), service: 'web' })),
    ...Array.from({ length: Math.ceil((NOW - LOG_FROM) / every) }, (_, k) => ({
      at: at(LOG_FROM + k * every),
      service: 'web',
      level: 'warn' as const,
      template: 200,
      lines: 2,
    })),
  ]);

/** Every instant in it so many milliseconds later. */
function later<T>(value: T, by: number): T {
  if (typeof value === 'number') return (value > INSTANTS_FROM ? value + by : value) as T;
  if (Array.isArray(value)) return value.map((part) => later(part, by)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, later(part, by)])) as T;
}

describe('a verdict is the same', () => {
  it('whatever else is logged, as long as it is what is always logged or no complaint', () => {
    fc.assert(
      fc.property(late, noise, (how, more) => {
        const given = made(how);
        const noisy = { ...given.logs, minutes: [...given.logs.minutes, ...more] };
        expect(verdictOf(given.day, noisy)).toEqual(verdictOf(given.day, given.logs));
      }),
      { numRuns: 150 },
    );
  });

  it('on any other day of the calendar', () => {
    fc.assert(
      fc.property(late, fc.integer({ min: -4000, max: 4000 }), (how, days) => {
        const given = made(how);
        const by = days * DAY;
        const logs: LogView = {
          ...given.logs,
          minutes: later(given.logs.minutes, by),
          isNew: (template, since) => given.logs.isNew(template, since - by),
        };
        expect(verdictOf(later(given.day, by), logs)).toEqual(later(verdictOf(given.day, given.logs), by));
      }),
      { numRuns: 150 },
    );
  });

  it('in whatever order equals come: log lines of a minute, errors that rise alike, people of a team', () => {
    const errors = fc.shuffledSubarray([3, 4, 5, 6, 7], { minLength: 2 });
    fc.assert(
      fc.property(late, errors, fc.integer(), (how, templates, seed) => {
        const given = made(how);
        const chance = new Chance(seed);
        // the same error under several templates, from services of its own
        const minutes = given.logs.minutes.flatMap((row) =>
          row.template === 3
            ? templates.map((template) => ({ ...row, template, service: `db-${template}` }))
            : [row],
        );
        const logs: LogView = {
          ...given.logs,
          minutes,
          isNew: (template, since) => given.logs.isNew(template === 2 ? 2 : 3, since),
        };
        const mixed = <T>(list: readonly T[]): T[] => chance.shuffle(list, list.length);
        const shuffled: WorkDay = {
          ...given.day,
          cells: given.day.cells.map((cell) => ({ ...cell, team: mixed(cell.team) })),
        };
        expect(verdictOf(shuffled, { ...logs, minutes: mixed(minutes) })).toEqual(verdictOf(given.day, logs));
      }),
      { numRuns: 100 },
    );
  });
});
