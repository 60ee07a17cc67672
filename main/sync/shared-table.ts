// The one table through which laptops share what people wrote: versions are added, never changed, so SELECT and INSERT are all it takes.

import { AppError } from '../kernel/errors.ts';
import type { SharedVersion } from '../store/index.ts';
import type { Connection } from './contract/company.ts';
import { openSession, type Session } from './session.ts';
import { quote } from './tables/source-sql.ts';
import { isDuplicate, lockWrites } from './write-once.ts';

const COLUMNS =
  'version_id AS versionId, kind, item_id AS itemId, replaces, body, author, CAST(written_at AS CHAR) AS writtenAt, CAST(seq AS CHAR) AS seq';
type Row = Omit<SharedVersion, 'writtenAt'> & { readonly writtenAt: string; readonly seq: string };
const versionOf = ({ seq: _, writtenAt, ...row }: Row): SharedVersion => ({
  ...row,
  writtenAt: Number(writtenAt),
});

const tableOf = ({ sharedTable }: Connection): string => {
  if (!sharedTable) throw new AppError('sync.read-only-copy');
  return sharedTable;
};

/**
 * Adds a version, once: its id decides. Rejects with `shared.changed` where the newest version of the item is not the one that it
 * replaces, naming who wrote that.
 */
export async function writeShared(
  connection: Connection,
  password: string | undefined,
  version: SharedVersion,
): Promise<'written' | 'already-there'> {
  const table = tableOf(connection);
  const session = await openSession(connection, password, { kind: 'write' });
  try {
    await session.use(connection.database);
    await lockWrites(session, connection.database);
    const newest = await newestOf(session, table, version);
    if (newest?.versionId === version.versionId) return 'already-there';
    if ((newest?.versionId ?? null) !== version.replaces)
      throw new AppError('shared.changed', { by: newest?.author ?? '' });
    await session.run(
      `INSERT INTO ${quote(table)} (version_id, kind, item_id, replaces, body, author, written_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        version.versionId,
        version.kind,
        version.itemId,
        version.replaces,
        version.body,
        version.author,
        version.writtenAt,
      ],
      table,
    );
    return 'written';
  } catch (error) {
    // others have written after it since
    if (isDuplicate(error)) return 'already-there';
    throw error;
  } finally {
    await session.close();
  }
}

async function newestOf(
  session: Session,
  table: string,
  { kind, itemId }: SharedVersion,
): Promise<SharedVersion | null> {
  const [row] = await session.rows<Row>(
    `SELECT ${COLUMNS} FROM ${quote(table)} WHERE kind = ? AND item_id = ? ORDER BY seq DESC LIMIT 1`,
    [kind, itemId],
    table,
  );
  return row ? versionOf(row) : null;
}

/** The versions after `seq`, oldest first, and the number of the last one. Writers take turns, so that none appears before another that is read. */
export async function readShared(
  session: Session,
  connection: Connection,
  seq: number,
  limit: number,
): Promise<{ readonly versions: readonly SharedVersion[]; readonly seq: number }> {
  const table = tableOf(connection);
  const rows = await session.rows<Row>(
    `SELECT ${COLUMNS} FROM ${quote(table)} WHERE seq > ? ORDER BY seq LIMIT ${limit}`,
    [seq],
    table,
  );
  return { versions: rows.map(versionOf), seq: Number(rows.at(-1)?.seq ?? seq) };
}
