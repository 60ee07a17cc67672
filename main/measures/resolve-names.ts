// Names in a question become the values that pieces have; what is no name here is an error that tells the nearest.

import { AppError } from '../kernel/errors.ts';
import { type Reader, sql } from '../store/index.ts';
import { DIMENSION_NAMES, type Dimension, type Filter } from './contract/measures.ts';
import type { Means, Place } from './measure.ts';

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
const pairs = (text: string): Set<string> =>
  new Set(
    Array.from({ length: Math.max(1, text.length - 1) }, (_, i) =>
      text.slice(i, i + Math.min(2, text.length)),
    ),
  );
/** Up to three of the known names that look most like a word (by their pairs of letters). */
export function nearest(word: string, known: readonly string[]): string[] {
  const own = pairs(plain(word));
  const letters = new Set(plain(word));
  const likeness = (name: string): number => {
    const other = pairs(plain(name));
    const both = [...own].filter((pair) => other.has(pair)).length;
    const shared = [...plain(name)].filter((letter) => letters.has(letter)).length;
    return (2 * both) / (own.size + other.size) + shared / (100 * Math.max(1, name.length));
  };
  return known
    .map((name) => ({ name, likeness: likeness(name) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ name }) => name);
}

type Known = { readonly value: string; readonly name: string };
const same = (names: readonly string[]): Known[] => names.map((name) => ({ value: name, name }));

/** What can be named of a dimension; null: anything. */
function knownOf(means: Means, places: readonly Place[], dimension: Dimension): Known[] | null {
  const { read } = means;
  switch (dimension) {
    case 'location':
      return same([
        ...new Set([
          ...read
            .all<{ name: string }>(sql`SELECT location_name AS name FROM locations ORDER BY location_id`)
            .map((row) => row.name),
          ...places.map((place) => place.location),
        ]),
      ]);
    case 'business':
      return businesses(read);
    case 'process':
      return same([
        ...new Set([
          ...read
            .all<{ name: string }>(
              sql`SELECT process_name AS name FROM processes GROUP BY process_name ORDER BY min(sequence), process_name`,
            )
            .map((row) => row.name),
          ...places.map((place) => place.process),
        ]),
      ]);
    case 'cell':
      return same(places.map((place) => place.cellId));
    case 'person':
      return people(read);
    case 'service':
      return same(means.logs.services());
    case 'level':
      return same(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);
    default:
      return null;
  }
}
export const businesses = (read: Reader): Known[] =>
  read.all(sql`SELECT business_id AS value, business_name AS name FROM businesses ORDER BY business_id`);
export const people = (read: Reader): Known[] =>
  read.all(sql`SELECT operator_id AS value, operator_name AS name FROM operators ORDER BY operator_id`);

/** @throws `measures.unknown-name` */
export function resolveFilters(
  filters: readonly Filter[],
  { means, places }: { means: Means; places: readonly Place[] },
): Filter[] {
  return filters.map((filter) => {
    const known = knownOf(means, places, filter.dimension);
    if (!known) return filter;
    const values = filter.values.flatMap((value) => {
      const hits = known.filter((k) => k.value === value || plain(k.name) === plain(value));
      if (hits.length) return hits.map((k) => k.value);
      const { ja, en } = DIMENSION_NAMES[filter.dimension];
      const near = nearest(
        value,
        known.map((k) => k.name),
      );
      throw new AppError('measures.unknown-name', {
        'dimension.ja': ja,
        'dimension.en': en,
        name: value,
        'nearest.ja': near.join('、') || 'なし',
        'nearest.en': near.join(', ') || 'none',
      });
    });
    return { ...filter, values: [...new Set(values)] };
  });
}
