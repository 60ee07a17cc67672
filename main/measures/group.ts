// Pieces are filtered, put into groups and come together in each as the measure adds up. Plain functions over plain data.
import type { Dimension, Filter, Threshold } from './contract/measures.ts';
import type { Fold, Piece } from './measure.ts';

const valuesOf = (piece: Piece, dimension: Dimension): readonly string[] => {
  const value = piece[dimension];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};
/** Words are looked for in the lines themselves. */
export const fits = (piece: Piece, filters: readonly Filter[]): boolean =>
  filters.every(
    ({ dimension, values, not }) =>
      dimension === 'word' || valuesOf(piece, dimension).some((value) => values.includes(value)) !== not,
  );

const APART = '\u0000';
export type Group = { readonly values: readonly string[]; readonly pieces: Piece[] };
export const keyOf = (values: readonly string[]): string => values.join(APART);
/** A piece without a value in one of the dimensions belongs to no group; one with several belongs to each. */
export function grouped(pieces: readonly Piece[], by: readonly Dimension[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const piece of pieces) {
    const keys = by.reduce<string[][]>(
      (all, dimension) => all.flatMap((key) => valuesOf(piece, dimension).map((value) => [...key, value])),
      [[]],
    );
    for (const values of keys) {
      const key = keyOf(values);
      const group = groups.get(key);
      if (group) group.pieces.push(piece);
      else groups.set(key, { values, pieces: [piece] });
    }
  }
  return groups;
}

/** null: not known. */
export function folded(pieces: readonly Piece[], fold: Fold): number | null {
  if (typeof fold === 'object') {
    const [part = 0, ...whole] = fold.sides.map(
      (of, i) =>
        folded(
          pieces.filter(({ side }) => side === i),
          of,
        ) ?? 0,
    );
    const all = whole.reduce((a, b) => a + b, 0);
    return all > 0 ? part / all : null;
  }
  if (pieces.length === 0 || pieces.some((piece) => piece.n === null)) return null;
  const amounts = pieces.map((piece) => piece.n ?? 0);
  const sum = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0);
  switch (fold) {
    case 'sum':
      return sum(amounts);
    case 'count':
      return new Set(pieces.map((piece) => piece.one)).size;
    case 'ratio': {
      const parts = sum(pieces.map((piece) => piece.d ?? 0));
      return parts > 0 ? sum(amounts) / parts : null;
    }
    case 'max':
      return amounts.reduce((a, b) => Math.max(a, b));
    case 'min':
      return amounts.reduce((a, b) => Math.min(a, b));
    case 'p50':
      return quantileOf(pieces, 0.5);
    case 'p95':
      return quantileOf(pieces, 0.95);
    case 'last': {
      const last = new Map<string, { at: number; n: number }>();
      for (const { one = '', at = 0, n } of pieces) {
        const known = last.get(one);
        if (!known || at > known.at) last.set(one, { at, n: n ?? 0 });
        else if (at === known.at) known.n += n ?? 0;
      }
      return sum([...last.values()].map((value) => value.n));
    }
  }
}

/** The least value that this share of what the pieces stand for does not exceed. */
function quantileOf(pieces: readonly Piece[], share: number): number | null {
  const sorted = pieces.toSorted((a, b) => (a.n ?? 0) - (b.n ?? 0));
  let left = share * pieces.reduce((sum, { times = 1 }) => sum + times, 0);
  for (const { n, times = 1 } of sorted) {
    left -= times;
    if (left <= 1e-9) return n;
  }
  return sorted.at(-1)?.n ?? null;
}

const PASSES: Readonly<Record<Threshold['is'], (value: number, than: number) => boolean>> = {
  '<': (value, than) => value < than,
  '<=': (value, than) => value <= than,
  '=': (value, than) => value === than,
  '>=': (value, than) => value >= than,
  '>': (value, than) => value > than,
};
/** The change against what is compared with, as a share of it. */
export const changeOf = (value: number | null, other: number | null): number | null =>
  value === null || other === null || other === 0 ? null : (value - other) / other;
export const passes = (threshold: Threshold, value: number | null, other: number | null): boolean => {
  const measured = threshold.of === 'change' ? changeOf(value, other) : value;
  return measured !== null && PASSES[threshold.is](measured, threshold.value);
};

/** Ordered, and cut at `limit` (those level with the last one stay) or down to the n-th. What is not known comes last. */
export function cut<Row>(
  rows: readonly Row[],
  o: {
    value: (row: Row) => number | null;
    first: 'most' | 'least' | null;
    limit: number | null;
    rank: number | null;
  },
): Row[] {
  const ordered = o.first
    ? rows.toSorted((a, b) => {
        const [x, y] = [o.value(a), o.value(b)];
        if (x === null || y === null) return Number(x === null) - Number(y === null);
        return o.first === 'most' ? y - x : x - y;
      })
    : [...rows];
  if (o.rank !== null) return ordered.slice(o.rank - 1, o.rank);
  if (o.limit === null) return ordered;
  const known = o.first ? ordered.filter((row) => o.value(row) !== null) : ordered;
  const last = known[o.limit - 1];
  if (!o.first || last === undefined) return known.slice(0, o.limit);
  return known.filter((row, i) => i < (o.limit ?? 0) || o.value(row) === o.value(last));
}
