// What the log screens know without a page: filters as addresses, ranges, instants in a zone, a line cut into its values.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDateTime } from '../../../main/api/contract/format.ts';
import { LEVELS, type LogLine, type LogTemplate } from '../../../main/logs/contract/logs.ts';
import {
  foldEach,
  markedPlaces,
  messageSegments,
  rawSegments,
  searchedWords,
} from '../../../renderer/logs/line-text.ts';
import {
  filterOf,
  type LogQuery,
  queryOf,
  readQuery,
  savedOf,
  writeQuery,
} from '../../../renderer/logs/log-address.ts';
import { bucketWords, dayTime, fieldTime, instantOfField } from '../../../renderer/logs/log-time.ts';
import { parseRoute } from '../../../renderer/router.ts';
import {
  boundsOf,
  readRange,
  type TimeRange,
  widerRange,
  writeRange,
} from '../../../renderer/stores/time-range.ts';

const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });
const ids = fc.uniqueArray(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 50 });
const queries: fc.Arbitrary<LogQuery> = fc.record(
  {
    words: fc.string({ minLength: 1, maxLength: 30 }),
    mode: fc.constantFrom('regex' as const, 'meaning' as const),
    sources: names,
    services: names,
    levels: fc.uniqueArray(fc.constantFrom('' as const, ...LEVELS), { minLength: 1 }),
    templates: ids,
    notTemplates: ids,
    fields: fc.array(
      fc.record({
        key: fc.string({ minLength: 1, maxLength: 10 }).filter((key) => !/[=!]/.test(key)),
        value: fc.string({ maxLength: 20 }),
        not: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    noise: fc.constant(true),
    bookmarked: fc.constant(true),
  },
  { requiredKeys: [] },
);

describe('a filter', () => {
  it('comes back from its address as it was', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const search = new URLSearchParams();
        for (const [name, value] of Object.entries(writeQuery(query))) if (value) search.set(name, value);
        expect(readQuery(parseRoute(`#/logs/explore?${search}`).query)).toEqual(query);
      }),
    );
  });
  it('is asked with its words as text or pattern; by meaning they are asked elsewhere', () => {
    expect(filterOf({ words: ' a ', services: ['db'] }, { from: 1 })).toEqual({
      text: 'a',
      services: ['db'],
      from: 1,
    });
    expect(filterOf({ words: 'a+', mode: 'regex' }, {})).toEqual({ regex: 'a+' });
    expect(filterOf({ words: 'slow', mode: 'meaning' }, {})).toEqual({});
  });
  it('comes back from a saved search', () => {
    expect(queryOf({ regex: 'a+', from: 1, to: 2, levels: ['error'] })).toEqual({
      query: { words: 'a+', mode: 'regex', levels: ['error'] },
      range: { kind: 'between', from: 1, to: 2 },
    });
  });
  it('is kept under a name as it was asked, also by meaning', () => {
    const query = { words: 'ディスクが遅い', mode: 'meaning' as const, services: ['db'] };
    expect(savedOf(query, {})).toEqual({ meaning: 'ディスクが遅い', services: ['db'] });
    expect(queryOf(savedOf(query, {}))).toEqual({ query, range: { kind: 'all' } });
  });
});

describe('a time range', () => {
  it.each<TimeRange>([
    { kind: 'all' },
    { kind: 'last', name: '24h' },
    { kind: 'between', from: 1_763_787_600_000, to: 1_763_791_200_000 },
  ])('%o comes back from its address', (range) => {
    expect(readRange(writeRange(range))).toEqual(range);
  });
  it('that is no range is none', () => {
    for (const text of ['', 'x', '5-4', '1-', '99y']) expect(readRange(text)).toBeNull();
  });
  it('begins on a whole minute, and grows until it is everything', () => {
    expect(boundsOf({ kind: 'last', name: '15m' }, 1_763_787_659_999)).toEqual({ from: 1_763_786_700_000 });
    let range: TimeRange = { kind: 'last', name: '15m' };
    for (let i = 0; i < 6; i++) range = widerRange(range);
    expect(range).toEqual({ kind: 'all' });
    expect(widerRange({ kind: 'between', from: 100, to: 200 })).toEqual({
      kind: 'between',
      from: 50,
      to: 250,
    });
  });
});

describe('an instant', () => {
  it('comes back from a date field of any zone, clock changes included', () => {
    const zones = fc.constantFrom('Asia/Tokyo', 'UTC', 'America/New_York', 'Asia/Kolkata');
    const instants = fc.integer({ min: 1.5e9, max: 1.9e9 }).map((s) => s * 1000);
    fc.assert(
      fc.property(instants, zones, (at, zone) => {
        const back = instantOfField(fieldTime(at, zone), zone) ?? Number.NaN;
        // an hour that is there twice may come back as its twin
        expect([at, at - 3_600_000, at + 3_600_000]).toContain(back);
        expect(fieldTime(back, zone)).toBe(fieldTime(at, zone));
      }),
    );
    expect(instantOfField('not a date', 'UTC')).toBeNull();
  });
  it('is told with its year when that is not this one, by the clock of the site', () => {
    const at = Date.parse('2025-12-31T15:00:00Z');
    const later = Date.parse('2026-11-22T00:00:00Z');
    expect(dayTime(at, 'Asia/Tokyo', 'ja', later)).toBe('01/01 00:00:00');
    expect(dayTime(at, 'UTC', 'ja', later)).toBe('2025/12/31 15:00:00');
    expect(dayTime(at, 'UTC', 'en', later)).toBe('31 Dec 2025, 15:00:00');
    expect(formatDateTime(at, 'Asia/Tokyo', 'ja', later)).toBe('1月1日 00:00');
    expect(formatDateTime(at, 'UTC', 'ja', later)).toBe('2025年12月31日 15:00');
    expect(formatDateTime(at, 'UTC', 'en', later)).toBe('31 Dec 2025, 15:00');
    expect(formatDateTime(at, 'UTC', 'en')).toBe('31 Dec, 15:00');
  });
  it('has buckets told in their largest whole unit', () => {
    expect(bucketWords(86_400_000)).toEqual({ n: 1, unit: 'days' });
    expect(bucketWords(900_000)).toEqual({ n: 15, unit: 'minutes' });
    expect(bucketWords(5400_000)).toEqual({ n: 90, unit: 'minutes' });
  });
});

const template = {
  id: 1,
  parts: [
    { kind: 'word', text: 'timeout', gap: false },
    { kind: 'parameter', type: 'duration', gap: true },
    { kind: 'word', text: 'host', gap: true },
    { kind: 'mark', text: '=', gap: false },
    { kind: 'parameter', type: 'ip', gap: false },
  ],
  merged: [],
} as unknown as LogTemplate;
const lineOf = (text: string, parameters: [number, number][]): LogLine =>
  ({ text, parameters }) as unknown as LogLine;

describe('a line', () => {
  const text = '10:00 WARN [db] timeout 30ms host=10.0.0.1';
  const line = lineOf(text, [
    [24, 28],
    [34, 42],
  ]);
  it('is shown as its message, the values apart', () => {
    const segments = messageSegments(line, template);
    expect(segments.map((s) => s.text).join('')).toBe('timeout 30ms host=10.0.0.1');
    expect(segments.filter((s) => s.parameter).map((s) => s.text)).toEqual(['30ms', '10.0.0.1']);
  });
  it('is shown whole where its template does not cover it', () => {
    const merged = lineOf('10:00 took 30ms', [
      [11, 15],
      [0, 0],
    ]);
    expect(
      messageSegments(merged, template)
        .map((s) => s.text)
        .join(''),
    ).toBe('10:00 took 30ms');
  });
  it('loses nothing in its original form, wherever the values stand', () => {
    const parameters = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 6 });
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), parameters, (original, places) => {
        const inside = places.map(([a, b]): [number, number] => [
          Math.min(a, b, original.length),
          Math.min(Math.max(a, b), original.length),
        ]);
        expect(
          rawSegments(lineOf(original, inside), undefined)
            .map((s) => s.text)
            .join(''),
        ).toBe(original);
      }),
    );
  });
});

describe('searched words', () => {
  it('are marked whatever their width, case and kana; excluded ones are not', () => {
    const words = searchedWords('ｴﾗｰ "DB Timeout" -リトライ');
    expect(words).toEqual([foldEach('ｴﾗｰ'), 'db timeout']);
    expect(markedPlaces('えらー: db ＴＩＭＥＯＵＴ', searchedWords('エラー timeout'))).toEqual([
      [0, 3],
      [8, 15],
    ]);
  });
});
