// Time in which everybody who is there is on a break.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pausedMinutes } from '../../../main/placement/arithmetic.ts';

const span = fc
  .tuple(fc.integer({ min: -120, max: 240 }), fc.integer({ min: 0, max: 120 }))
  .map(([from, length]) => [from, from + length] as const);
/** breaks of one person do not overlap */
const breaks = fc.array(span, { maxLength: 3 }).map((list) => {
  let reached = Number.NEGATIVE_INFINITY;
  return [...list]
    .sort((a, b) => a[0] - b[0])
    .filter(([start, end]) => {
      const free = start >= reached;
      if (free) reached = end;
      return free;
    });
});
const person = fc.record({ stint: span, breaks }).map(({ stint: [from, until], breaks }) => ({
  from,
  until,
  breaks,
}));

it('counts each minute in which somebody is there and nobody works', () => {
  fc.assert(
    fc.property(fc.array(person, { maxLength: 5 }), span, (people, [from, to]) => {
      let minutes = 0;
      for (let m = from; m < to; m++) {
        const there = people.filter((p) => p.from <= m && m < p.until);
        const works = there.some((p) => !p.breaks.some(([start, end]) => start <= m && m < end));
        if (there.length > 0 && !works) minutes++;
      }
      expect(pausedMinutes(people, from, to)).toBe(minutes);
    }),
  );
});

it('is nothing while one of them goes on, or when nobody is there', () => {
  const noon = { from: 0, until: 240, breaks: [[60, 120]] as const };
  expect(pausedMinutes([noon], 0, 240)).toBe(60);
  expect(pausedMinutes([noon, { ...noon, breaks: [[120, 180]] }], 0, 240)).toBe(0);
  expect(pausedMinutes([], 0, 240)).toBe(0);
});
