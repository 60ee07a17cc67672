// How pieces come together.
import { describe, expect, it } from 'vitest';
import { cut, fits, folded, grouped, passes } from '../../../main/measures/group.ts';
import type { Piece } from '../../../main/measures/measure.ts';

const piece = (n: number | null, more: Partial<Piece> = {}): Piece => ({ n, ...more });

describe('adding up', () => {
  it('a state is never summed over time: the last value of each cell stands', () => {
    const pieces = [
      piece(500, { one: 'a', at: 1 }),
      piece(300, { one: 'a', at: 2 }),
      piece(40, { one: 'b', at: 1 }),
    ];
    expect(folded(pieces, 'last')).toBe(340);
  });
  it('lots of the same cell and moment belong together', () => {
    expect(
      folded(
        [piece(10, { one: 'a', at: 2 }), piece(5, { one: 'a', at: 2 }), piece(99, { one: 'a', at: 1 })],
        'last',
      ),
    ).toBe(15);
  });
  it('a ratio is that of the sums, not the mean of ratios', () => {
    expect(folded([piece(100, { d: 1 }), piece(100, { d: 4 })], 'ratio')).toBe(40);
    expect(folded([piece(5, { d: 0 })], 'ratio')).toBeNull();
  });
  it('a quantile is what so many of all do not exceed, each piece standing for as many as it does', () => {
    const pieces = [10, 20, 30, 40].map((n) => piece(n));
    expect(folded(pieces, 'p50')).toBe(20);
    expect(folded(pieces, 'p95')).toBe(40);
    expect(folded([piece(10, { times: 97 }), piece(900, { times: 3 })], 'p95')).toBe(10);
    expect(folded([], 'p95')).toBeNull();
  });
  it('the same one counts once', () => {
    expect(folded([piece(1, { one: 'x' }), piece(1, { one: 'x' }), piece(1, { one: 'y' })], 'count')).toBe(2);
  });
  it('the whole is not known where a part is not', () => {
    expect(folded([piece(5), piece(null)], 'max')).toBeNull();
    expect(folded([], 'sum')).toBeNull();
  });
});

describe('groups', () => {
  const people = [
    piece(1, { location: '札幌', process: ['エントリ1', '目検'] }),
    piece(1, { location: '札幌' }),
    piece(1, { location: '横浜', process: ['目検'] }),
  ];
  it('who belongs to several is in each; who belongs to none is in none', () => {
    const sizes = [...grouped(people, ['process'])].map(([key, g]) => [key, g.pieces.length]);
    expect(sizes).toEqual([
      ['エントリ1', 1],
      ['目検', 2],
    ]);
  });
  it('"not" leaves out whoever belongs to it, and keeps what says nothing of it', () => {
    const not = [{ dimension: 'process' as const, values: ['エントリ1'], not: true }];
    expect(people.filter((p) => fits(p, not))).toHaveLength(2);
    const only = [{ dimension: 'location' as const, values: ['札幌', '盛岡'], not: false }];
    expect(people.filter((p) => fits(p, only))).toHaveLength(2);
  });
});

describe('limits', () => {
  const rows = [3, 9, 9, null, 1, 9];
  const value = (n: number | null) => n;
  const none = { limit: null, rank: null };
  it('those level with the last one stay, and what is not known comes last', () => {
    expect(cut(rows, { value, first: 'most', ...none })).toEqual([9, 9, 9, 3, 1, null]);
    expect(cut(rows, { value, first: 'most', ...none, limit: 1 })).toEqual([9, 9, 9]);
    expect(cut(rows, { value, first: 'least', ...none, limit: 2 })).toEqual([1, 3]);
  });
  it('the n-th alone', () => {
    expect(cut(rows, { value, first: 'most', limit: null, rank: 4 })).toEqual([3]);
  });
  it('a threshold on the change needs something to change from', () => {
    const fifth = { measure: 'arrivals', is: '>=' as const, value: 0.2, of: 'change' as const };
    expect(passes(fifth, 120, 100)).toBe(true);
    expect(passes(fifth, 119, 100)).toBe(false);
    expect(passes(fifth, 5, 0)).toBe(false);
  });
});
