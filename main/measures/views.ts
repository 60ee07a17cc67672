import {
  type Base,
  type KeptNamed,
  keepNamed,
  type Reader,
  run,
  type Statement,
  sql,
} from '../store/index.ts';
import { type Days, type Query, SavedView, type Window } from './contract/measures.ts';
import { datesOf } from './window.ts';

/** Queries saved under a name. */
export interface Views extends KeptNamed<SavedView> {
  /** Those of the nightly report, their days as of a date: what was "now" is that day. */
  nightly(date: string): { readonly name: string; readonly query: Query }[];
}

type Row = {
  readonly view_id: string;
  readonly name: string;
  readonly query_json: string;
  readonly nightly: number;
  readonly created_at: number;
  readonly updated_at: number;
};
const viewOf = (row: Row) =>
  SavedView.safeParse({
    id: row.view_id,
    name: row.name,
    query: JSON.parse(row.query_json),
    nightly: row.nightly === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
const rows = (read: Reader): Row[] =>
  read.all<Row>(sql`SELECT * FROM saved_views WHERE removed_at IS NULL ORDER BY created_at DESC, rowid DESC`);
const saveView = (v: SavedView): Statement =>
  run(sql`INSERT INTO saved_views (view_id, name, query_json, nightly, created_at, updated_at)
    VALUES (${v.id}, ${v.name}, ${JSON.stringify(v.query)}, ${v.nightly ? 1 : 0}, ${v.createdAt}, ${v.updatedAt})
    ON CONFLICT (view_id) DO UPDATE SET name = excluded.name, query_json = excluded.query_json, nightly = excluded.nightly,
      updated_at = excluded.updated_at`);
/** The same question of another today. */
function asOf(query: Query, date: string): Query {
  const days = (of: Days): Days => {
    if (of.kind === 'all' || of.kind === 'dates' || of.kind === 'between') return of;
    const [from, to] = datesOf(of, { today: date, first: date, ahead: false });
    return { kind: 'dates', from, to };
  };
  const window = (of: Window): Window => ({ ...of, days: days(of.days) });
  const { compare } = query;
  return {
    ...query,
    window: window(query.window),
    compare: compare?.kind === 'window' ? { ...compare, window: window(compare.window) } : compare,
  };
}

export function createViews(o: Pick<Base, 'store' | 'clock' | 'log'>): Views {
  const log = o.log.area('views');
  const list = (): SavedView[] =>
    rows(o.store.read).flatMap((row) => {
      const view = viewOf(row);
      if (view.success) return [view.data];
      // left where it is: a later version may read it
      log.warn('a saved view cannot be read', { id: row.view_id, why: view.error.message });
      return [];
    });
  return {
    ...keepNamed({ ...o, table: 'saved_views', idColumn: 'view_id', list, saved: saveView }),
    nightly: (date) =>
      list()
        .filter((view) => view.nightly)
        .reverse()
        .map(({ name, query }) => ({ name, query: asOf(query, date) })),
  };
}
