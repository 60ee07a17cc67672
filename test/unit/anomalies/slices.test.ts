import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, logOf, MINUTE, START, TRAFFIC, watchAll } from './stage.ts';

test('the same is found however the time is sliced into looks, restarts in between', () => {
  const log = logOf(
    [
      TRAFFIC,
      {
        template: 2,
        service: 'ocr',
        level: 'info',
        text: 'page <*>',
        rate: (at) => (at < START + 1.5 * DAY ? 2 : 0),
      },
      {
        template: 3,
        service: 'db',
        level: 'error',
        text: 'timeout <*>',
        rate: (at) => (at >= START + DAY && at < START + DAY + HOUR ? 2 : 0),
      },
      {
        template: 4,
        service: 'web',
        level: 'error',
        text: 'refused <*>',
        rate: (at) => (at >= START + 30 * HOUR && at < START + 31 * HOUR ? 3 : 0.02),
      },
    ],
    1.8,
  );
  const to = START + 1.8 * DAY;
  const whole = watchAll(log, { to });
  expect(whole.rows.map((r) => r.kind)).toEqual(['new-template', 'spike', 'missing']);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2591 }), { maxLength: 8 }), (minutes) => {
      const sliced = watchAll(log, { to, pieces: minutes.map((m) => START + m * MINUTE) });
      expect(sliced).toEqual(whole);
    }),
    { numRuns: 6 },
  );
});
