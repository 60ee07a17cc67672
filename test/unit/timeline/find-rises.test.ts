import { describe, expect, it } from 'vitest';
import { findRises, findSilent, type LogMinute } from '../../../main/timeline/find-rises.ts';

const MINUTE = 60_000;
const FALL = 500 * MINUTE;
const line = (
  minute: number,
  template: number,
  lines: number,
  given: Partial<LogMinute> = {},
): LogMinute => ({
  at: minute * MINUTE,
  service: 'db-main',
  level: 'error',
  template,
  lines,
  ...given,
});
/** one line of template 1 every ten minutes for hours */
const usual = Array.from({ length: 30 }, (_, i) => line(200 + i * 10, 1, 1));
const rises = (minutes: readonly LogMinute[], until = 520, isNew = () => false) =>
  findRises(minutes, { around: FALL, until: until * MINUTE, isNew });

describe('errors around a fall', () => {
  it('that rose before it are found, with when they began and how many times the usual they are', () => {
    const found = rises([...usual, line(498, 1, 8), line(499, 1, 6), line(501, 1, 9)]);
    expect(found).toMatchObject([{ templateId: 1, from: 498 * MINUTE, lines: 23 }]);
    expect(found[0]?.factor).toBeGreaterThan(5);
  });
  it('never seen before need fewer lines, and have no factor', () => {
    expect(rises([...usual, line(499, 2, 3)], 520, () => true)).toMatchObject([
      { templateId: 2, factor: null, lines: 3 },
    ]);
    expect(rises([...usual, line(499, 2, 1)], 520, () => true)).toEqual([]);
  });
  it('as they come on any day are none: single lines, twice the usual, what is normal traffic', () => {
    expect(rises(usual)).toEqual([]);
    expect(rises([...usual, line(497, 1, 1), line(505, 1, 2)])).toEqual([]);
    const traffic = Array.from({ length: 320 }, (_, i) => line(200 + i, 3, 20, { level: 'info' }));
    expect(rises([...traffic, line(499, 3, 500, { level: 'info' })])).toEqual([]);
  });
  it('long before or long after are another matter', () => {
    expect(rises([...usual, line(470, 1, 30)])).toEqual([]);
    expect(rises([...usual, line(540, 1, 30)], 600)).toEqual([]);
  });
  it('come before warnings, and the clearest first', () => {
    const found = rises(
      [...usual, line(499, 4, 60, { level: 'warn' }), line(499, 5, 12), line(499, 6, 30)],
      520,
      () => true,
    );
    expect(found.map((r) => r.templateId)).toEqual([6, 5, 4]);
  });
});

describe('a service', () => {
  const steady = (service: string, until: number): LogMinute[] =>
    Array.from({ length: until - 400 }, (_, i) => line(400 + i, 9, 5, { service, level: 'info' }));
  it('that stopped while others go on is silent', () => {
    expect(findSilent([...steady('web', 520), ...steady('ocr', 505)], 520 * MINUTE)).toEqual([
      { service: 'ocr', since: 505 * MINUTE },
    ]);
  });
  it('that writes now and then is not, nor are all when nothing comes in at all', () => {
    const rare = [line(410, 9, 1, { service: 'batch' })];
    expect(findSilent([...steady('web', 520), ...rare], 520 * MINUTE)).toEqual([]);
    expect(findSilent([...steady('web', 505), ...steady('ocr', 505)], 520 * MINUTE)).toEqual([]);
  });
});
