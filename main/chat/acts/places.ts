import type { Bilingual, Cell } from '../../api/contract/common.ts';
import type { Dimension, Filter } from '../../measures/contract/measures.ts';
import type { ProposalScope } from '../../placement/contract/placement.ts';
import type { ChangeScope } from '../../placement/contract/what-if.ts';
import { both } from '../facts.ts';
import { QueryWords } from '../query-words.ts';
import type { ActContext } from './act.ts';

const PLACES: readonly Dimension[] = ['location', 'business', 'process', 'cell'];
export const isPlace = ({ dimension }: Filter): boolean => PLACES.includes(dimension);

const nameIn = (cell: Cell, dimension: Dimension): string | undefined =>
  ({ location: cell.location, business: cell.businessId, process: cell.process, cell: cell.cellId })[
    dimension as string
  ];
/** Whether a queue fits the filters of places; other filters say nothing of it. */
export const fits = (cell: Cell, where: readonly Filter[]): boolean =>
  where.every((filter) => {
    const value = nameIn(cell, filter.dimension);
    return value === undefined || filter.values.includes(value) !== filter.not;
  });

/** One name of each kind at most, as people ask; null: it takes more than that. */
function singles(where: readonly Filter[]): ChangeScope | null {
  const scope: { location?: string; businessId?: string; process?: string } = {};
  for (const { dimension, values, not } of where.filter(isPlace)) {
    const [value, ...more] = values;
    if (not || value === undefined || more.length > 0 || dimension === 'cell') return null;
    if (dimension === 'location') scope.location = value;
    else if (dimension === 'business') scope.businessId = value;
    else scope.process = value;
  }
  return scope;
}
type Places = Pick<ProposalScope, 'location' | 'businessId' | 'process' | 'cellIds'>;
/** What to solve for: of a single queue its own names, so that a plan made for its alert is the same. `cells`: all of them. */
export function scopeOf(cells: readonly Cell[], where: readonly Filter[]): Places {
  const found = cells.filter((cell) => fits(cell, where));
  const [only] = found;
  if (only && found.length === 1)
    return { location: only.location, businessId: only.businessId, process: only.process };
  return singles(where) ?? { cellIds: found.map((cell) => cell.cellId) };
}
/** The same for changes, which know one name of each kind: several, side by side, where more are named. */
export function scopesOf(cells: readonly Cell[], where: readonly Filter[]): ChangeScope[] {
  const one = singles(where);
  if (one) return [one];
  const sites = where.filter(({ dimension, not }) => dimension === 'location' && !not);
  const rest = singles(where.filter((filter) => !sites.includes(filter)));
  const [named] = sites;
  if (named && sites.length === 1 && rest) return named.values.map((location) => ({ ...rest, location }));
  return cells
    .filter((cell) => fits(cell, where))
    .map(({ location, businessId, process }) => ({ location, businessId, process }));
}

/** People that filters name. */
export const peopleIn = (where: readonly Filter[], not: boolean): string[] =>
  where.flatMap((filter) => (filter.dimension === 'person' && filter.not === not ? filter.values : []));

/** The places of a question as people say them, their names as facts; `every`: where it names none. */
export function placeWords(
  { book, means }: Pick<ActContext, 'book' | 'means'>,
  where: readonly Filter[],
  every: Bilingual = both('全体', 'all sites'),
): Bilingual {
  const { bare, empty } = new QueryWords(book, means).scope(where.filter(isPlace));
  return empty ? every : bare;
}
/** Whether every name of a place is in sentences that are said anyway. */
export function isSaid(
  { book }: Pick<ActContext, 'book'>,
  name: Bilingual,
  ...sentences: readonly string[]
): boolean {
  const texts = (slots: string): string[] =>
    [...slots.matchAll(/\{\{(f\d+)\}\}/g)].map((match) => book.get(match[1] ?? '')?.text.ja ?? '');
  const said = sentences.flatMap(texts);
  return texts(name.ja).every((part) => said.some((text) => text.includes(part)));
}
