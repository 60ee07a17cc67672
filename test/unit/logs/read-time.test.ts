import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateTimeIn } from '../../../main/kernel/clock.ts';
import { FORMATS, SAMPLES } from '../../../main/logs/read/formats.ts';
import { TimeReader } from '../../../main/logs/read/read-time.ts';

const NOON = Date.UTC(2026, 10, 22, 3);
const reader = (o: Partial<ConstructorParameters<typeof TimeReader>[0]> = {}): TimeReader =>
  new TimeReader({ zone: 'Asia/Tokyo', skewMs: 0, reference: NOON, ...o });
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

test('every notation of one instant gives it', () => {
  const same = [
    '2026-11-21 14:03:05,120',
    '2026/11/21 14:03:05.120',
    '2026-11-21T05:03:05.120Z',
    '2026-11-21T05:03:05.120456789Z',
    '2026-11-21T14:03:05.12+0900',
    '2026-11-21T07:03:05.120+02:00',
    '2026-11-21 14:03:05.120 JST',
    '2026-11-21-14.03.05.120456',
    'Sat Nov 21 14:03:05.120456 2026',
    'Nov 21 14:03:05.120',
    '21/Nov/2026:14:03:05.120 +0900',
    'Sat, 21 Nov 2026 14:03:05.120 +0900',
    '26/11/21 14:03:05.120',
    '11/21/2026 02:03:05.120 PM',
    '2026年11月21日 14時03分05秒.120',
    '2026/11/21 午後2:03:05.120',
    '20261121-14:3:5:120',
    '20261121T140305.120',
    '20261121140305120',
    '1121 14:03:05.120456',
    '11-21 14:03:05.120',
    '1795237385120',
    '1795237385.12',
    '1795237385120456',
    '1795237385120456789',
  ];
  const r = reader();
  expect(same.filter((text) => iso(r.read(text)) !== '2026-11-21T05:03:05.120Z')).toEqual([]);
});

test('without a year: December lines read in January are of the year before, clocks a little ahead are of this one', () => {
  const r = reader({ zone: 'UTC', reference: Date.UTC(2027, 0, 1, 0, 5) });
  expect(iso(r.read('Dec 31 23:59:58'))).toBe('2026-12-31T23:59:58.000Z');
  expect(iso(r.read('Jan  1 00:00:02'))).toBe('2027-01-01T00:00:02.000Z');
  expect(
    iso(reader({ zone: 'UTC', reference: Date.UTC(2026, 11, 31, 23, 59) }).read('Jan  1 00:00:02')),
  ).toBe('2027-01-01T00:00:02.000Z');
  expect(iso(r.read('Feb 29 01:00:00'))).toBe('2024-02-29T01:00:00.000Z');
});

test('without a date: the day of the reading, going on at midnight', () => {
  const r = reader({ zone: 'UTC', reference: Date.UTC(2026, 10, 21, 23) });
  expect(['23:59:59', '00:00:01', '12:00:00'].map((text) => iso(r.read(text)))).toEqual([
    '2026-11-21T23:59:59.000Z',
    '2026-11-22T00:00:01.000Z',
    '2026-11-22T12:00:00.000Z',
  ]);
});

test('the zone, its change of clocks, and the skew of the source’s clock', () => {
  const berlin = reader({ zone: 'Europe/Berlin' });
  expect(iso(berlin.read('2026-03-29 01:59:59'))).toBe('2026-03-29T00:59:59.000Z');
  expect(iso(berlin.read('2026-03-29 03:00:00'))).toBe('2026-03-29T01:00:00.000Z');
  expect(iso(reader({ zone: '+05:30' }).read('2026-11-21 05:30:00'))).toBe('2026-11-21T00:00:00.000Z');
  expect(iso(reader({ skewMs: 90_000 }).read('2026-11-21T00:01:30Z'))).toBe('2026-11-21T00:00:00.000Z');
});

test('what is no time is none, and nothing takes long or throws', () => {
  const r = reader();
  const none = [
    '',
    'x',
    '-',
    '2026-13-01 00:00:00',
    '2026-02-30 00:00:00',
    '25:61:00',
    'Foo 21 10:00:00',
    '99/99/99 1:2:3',
    '2026-11-21 99:00',
  ];
  expect(none.filter((text) => r.read(text) !== null)).toEqual([]);
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      const at = r.read(text);
      expect(at === null || Number.isSafeInteger(at)).toBe(true);
    }),
  );
});

test('any instant written as a wall clock of a zone is read back', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: Date.UTC(1990, 0), max: Date.UTC(2090, 0) })
        .map((at) => Math.floor(at / 1000) * 1000),
      fc.constantFrom('UTC', 'Asia/Tokyo', 'Asia/Kolkata'),
      (at, zone) => {
        expect(reader({ zone }).read(dateTimeIn(at, zone))).toBe(at);
      },
    ),
  );
});

test('the times in the samples of every format are read', () => {
  const lost = SAMPLES.filter(
    ({ fields }) => fields.time !== undefined && reader().read(fields.time) === null,
  );
  expect(lost).toEqual([]);
  expect(FORMATS.length).toBeGreaterThan(10);
});

test('one reader gives what a new one gives, whatever it read before', () => {
  const text = fc
    .tuple(
      fc.constantFrom('2026-11-21 14:03:', '2026-11-21 14:04:', 'Nov 21 14:03:', '14:03:'),
      fc.integer({ min: 0, max: 70 }),
      fc.constantFrom('', '.120', ',7', ',1234', '.05x', '.120Z', 'Z', '+01:00'),
    )
    .map(([head, second, tail]) => `${head}${String(second).padStart(2, '0')}${tail}`);
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
      const one = reader();
      for (const t of texts) expect([t, one.read(t)]).toEqual([t, reader().read(t)]);
    }),
  );
});
