import { z } from 'zod';
import { Query, type SavedView } from '../../../main/measures/contract/measures.ts';
import type { CATALOGUE } from '../../locales/index.ts';
import ready from './ready-views.json';

export type ReadyId = keyof typeof CATALOGUE.analytics.ready;
export type ReadyView = { readonly id: ReadyId; readonly query: Query };
/** Questions of numbers to begin with; each is a query like any other. */
export const READY: readonly ReadyView[] = z
  .array(z.object({ id: z.custom<ReadyId>(), query: Query }))
  .parse(ready);
/** A query of one's own that has no name yet. */
export const NEW_VIEW = 'new';
export const OWN: Query = Query.parse({ measures: ['backlog'], by: ['location'], order: { first: 'most' } });

/** What the screen shows: a view, with the changes that the address holds. */
export type Opened = {
  readonly id: string;
  readonly query: Query;
  readonly ready: ReadyView | null;
  readonly saved: SavedView | null;
  /** other than the view is saved */
  readonly changed: boolean;
};

export const writeQuery = (query: Query): string => JSON.stringify(query);
export function readQuery(text: string | undefined): Query | null {
  if (!text) return null;
  try {
    return Query.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
export const isSame = (a: Query, b: Query): boolean =>
  writeQuery(Query.parse(a)) === writeQuery(Query.parse(b));

/** `#/analytics/<view>?q=<query>`; null: no view is opened, or one that is not there. */
export function openedOf(
  id: string | null,
  address: string | undefined,
  saved: readonly SavedView[],
): Opened | null {
  if (id === null) return null;
  const own = readQuery(address);
  const readyView = READY.find((view) => view.id === id) ?? null;
  const savedView = saved.find((view) => view.id === id) ?? null;
  const base = (savedView ?? readyView)?.query ?? null;
  const query = own ?? base;
  if (!query) return null;
  return {
    id,
    query,
    ready: readyView,
    saved: savedView,
    changed: base !== null && own !== null && !isSame(own, base),
  };
}
