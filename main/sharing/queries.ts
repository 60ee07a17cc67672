import { type Reader, run, type SharedVersion, type Statement, saveSetting, sql } from '../store/index.ts';

export type ItemRow = {
  readonly kind: string;
  readonly itemId: string;
  /** '': there is none yet */
  readonly versionId: string;
  /** of the body here when both agreed */
  readonly hash: string;
  readonly author: string;
  readonly writtenAt: number;
  /** a version of another laptop that this one's stands against */
  readonly theirs: SharedVersion | null;
};
type KeptItem = Omit<ItemRow, 'theirs'> & { readonly theirs: string | null };
const ITEM = sql`SELECT kind, item_id AS itemId, version_id AS versionId, hash, author, written_at AS writtenAt, theirs FROM shared_items`;
const fromKept = (row: KeptItem): ItemRow => ({
  ...row,
  theirs: row.theirs === null ? null : (JSON.parse(row.theirs) as SharedVersion),
});
export const itemRows = (read: Reader): ItemRow[] =>
  read.all<KeptItem>(sql`${ITEM} ORDER BY kind, item_id`).map(fromKept);
export const itemRow = (read: Reader, kind: string, itemId: string): ItemRow | null => {
  const row = read.get<KeptItem>(sql`${ITEM} WHERE kind = ${kind} AND item_id = ${itemId}`);
  return row ? fromKept(row) : null;
};

/** Both agree on this version. */
export const saveItem = (version: SharedVersion, hash: string): Statement =>
  run(sql`INSERT INTO shared_items (kind, item_id, version_id, hash, author, written_at, theirs)
    VALUES (${version.kind}, ${version.itemId}, ${version.versionId}, ${hash}, ${version.author}, ${version.writtenAt}, NULL)
    ON CONFLICT (kind, item_id) DO UPDATE SET version_id = excluded.version_id, hash = excluded.hash, author = excluded.author,
      written_at = excluded.written_at, theirs = NULL`);
export const saveHash = (kind: string, itemId: string, hash: string): Statement =>
  run(sql`UPDATE shared_items SET hash = ${hash} WHERE kind = ${kind} AND item_id = ${itemId}`);
/** Another laptop's version that a person has to choose about. */
export const saveTheirs = (theirs: SharedVersion): Statement =>
  run(sql`INSERT INTO shared_items (kind, item_id, version_id, hash, author, written_at, theirs)
    VALUES (${theirs.kind}, ${theirs.itemId}, '', '', '', 0, ${JSON.stringify(theirs)})
    ON CONFLICT (kind, item_id) DO UPDATE SET theirs = excluded.theirs`);

const KEY = 'shared place';
/** Which table was read, and how far. */
export type Place = { readonly address: string; readonly seq: number };
export function placeOf(read: Reader): Place | null {
  const row = read.get<{ value: string }>(sql`SELECT value FROM settings WHERE key = ${KEY}`);
  return row ? (JSON.parse(row.value) as Place) : null;
}
export const savePlace = (place: Place, at: number): Statement => saveSetting(KEY, JSON.stringify(place), at);
/** Another table: nothing was agreed on with it. */
export const forgetItems = (): Statement[] => [
  run(sql`DELETE FROM shared_items`),
  run(sql`DELETE FROM outbox WHERE kind = 'shared'`),
];
