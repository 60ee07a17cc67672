import { list, type Reader, run, type Statement, sql } from '../store/index.ts';

export const selectEmbeddings = (
  read: Reader,
  embedder: string,
  hashes: readonly string[],
): Map<string, Uint8Array> =>
  new Map(
    read
      .all<{ content_hash: string; vector: Uint8Array }>(
        sql`SELECT content_hash, vector FROM embeddings WHERE embedder = ${embedder} AND content_hash IN ${list(hashes)}`,
      )
      .map((row) => [row.content_hash, row.vector]),
  );

export const insertEmbeddings = (
  embedder: string,
  rows: readonly { readonly hash: string; readonly vector: Uint8Array }[],
): Statement => ({
  text: 'INSERT OR REPLACE INTO embeddings (embedder, content_hash, vector) VALUES (?, ?, ?)',
  rows: rows.map((row) => [embedder, row.hash, row.vector]),
});

export const countEmbeddings = (read: Reader): { embedder: string; vectors: number; bytes: number }[] =>
  read.all(
    sql`SELECT embedder, COUNT(*) AS vectors, SUM(length(vector)) AS bytes FROM embeddings GROUP BY embedder ORDER BY embedder`,
  );
export const deleteEmbeddings = (embedder: string): Statement =>
  run(sql`DELETE FROM embeddings WHERE embedder = ${embedder}`);
