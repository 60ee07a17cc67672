import { createHash } from 'node:crypto';
import { type Reader, run, type Statement, sql, upsert } from '../store/index.ts';
import type { Chunk } from './split-chunks.ts';

/** A document as it is kept; company rows take the same shape with source `company`. */
export type DocumentRow = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly source: 'typed' | 'file' | 'company';
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly state: 'waiting' | 'indexed' | 'failed';
  readonly problem: string | null;
  readonly useCount: number;
};
export type ChunkRow = { readonly id: string; readonly documentId: string; readonly text: string };

type OwnRow = Omit<DocumentRow, 'tags'> & { readonly tags: string };
const OWN = sql`SELECT document_id AS id, title, text, tags, source, created_at AS createdAt, updated_at AS updatedAt,
  state, problem, use_count AS useCount FROM knowledge_documents`;

const parseTags = (json: string): string[] => {
  try {
    const tags: unknown = JSON.parse(json);
    return Array.isArray(tags) ? tags.filter((t) => typeof t === 'string') : [];
  } catch {
    return [];
  }
};
const fromOwn = (row: OwnRow): DocumentRow => ({ ...row, tags: parseTags(row.tags) });

export const COMPANY_PREFIX = 'company:';
type CompanyContext = {
  readonly id: string;
  readonly type: string | null;
  readonly topic: string | null;
  readonly text: string;
  readonly useCount: number;
};
const CONTEXT = sql`SELECT c.context_id AS id, c.context_type AS type, c.context_key AS topic, c.context_value AS text,
  COALESCE(c.use_count, 0) + COALESCE(u.uses, 0) AS useCount
  FROM rag_context c LEFT JOIN knowledge_uses u ON u.document_id = ${COMPANY_PREFIX} || c.context_id`;
/** The company's rows carry no time of their own: 0 sorts them after what people registered. */
const fromContext = (row: CompanyContext): DocumentRow => ({
  id: COMPANY_PREFIX + row.id,
  title: row.topic ?? row.type ?? row.id,
  text: row.text,
  tags: row.type === null ? [] : [row.type],
  source: 'company',
  createdAt: 0,
  updatedAt: 0,
  state: 'indexed',
  problem: null,
  useCount: row.useCount,
});

export const selectDocuments = (read: Reader): DocumentRow[] => [
  ...read.all<OwnRow>(sql`${OWN} ORDER BY updated_at DESC, document_id`).map(fromOwn),
  ...read.all<CompanyContext>(sql`${CONTEXT} ORDER BY c.context_id`).map(fromContext),
];

export function selectDocument(read: Reader, id: string): DocumentRow | null {
  if (id.startsWith(COMPANY_PREFIX)) {
    const row = read.get<CompanyContext>(
      sql`${CONTEXT} WHERE c.context_id = ${id.slice(COMPANY_PREFIX.length)}`,
    );
    return row ? fromContext(row) : null;
  }
  const row = read.get<OwnRow>(sql`${OWN} WHERE document_id = ${id}`);
  return row ? fromOwn(row) : null;
}

export const countOwnDocuments = (read: Reader): number =>
  read.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM knowledge_documents`)?.n ?? 0;

export const selectChunks = (read: Reader, documentId?: string): ChunkRow[] =>
  read.all<ChunkRow>(
    sql`SELECT chunk_id AS id, document_id AS documentId, text FROM knowledge_chunks
      WHERE ${documentId === undefined ? sql`1` : sql`document_id = ${documentId}`} ORDER BY document_id, seq`,
  );

export const countChunks = (read: Reader): Map<string, number> =>
  new Map(
    read
      .all<{ id: string; n: number }>(
        sql`SELECT document_id AS id, COUNT(*) AS n FROM knowledge_chunks GROUP BY document_id`,
      )
      .map((row) => [row.id, row.n]),
  );

/** Changes whenever a document of either kind does. Company rows carry no time, so their words are compared. */
export function contentStamp(read: Reader): string {
  const hash = createHash('sha256');
  for (const row of read.all(
    sql`SELECT document_id, updated_at, state FROM knowledge_documents ORDER BY document_id`,
  ))
    hash.update(JSON.stringify(row));
  for (const row of read.all(
    sql`SELECT context_id, context_type, context_key, context_value FROM rag_context ORDER BY context_id`,
  ))
    hash.update(JSON.stringify(row));
  return hash.digest('hex');
}

const DOCUMENT_COLUMNS = [
  'document_id',
  'title',
  'text',
  'tags',
  'source',
  'created_at',
  'updated_at',
  'state',
  'problem',
  'use_count',
];
export const saveDocument = (row: DocumentRow): Statement =>
  upsert('knowledge_documents', DOCUMENT_COLUMNS, 'document_id', [
    {
      document_id: row.id,
      title: row.title,
      text: row.text,
      tags: JSON.stringify(row.tags),
      source: row.source,
      created_at: row.createdAt,
      updated_at: row.updatedAt,
      state: row.state,
      problem: row.problem,
      use_count: row.useCount,
    },
  ]);

export const chunkId = (documentId: string, seq: number): string => `${documentId}#${seq}`;
export const documentOfChunk = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('#')));

export const replaceChunks = (documentId: string, chunks: readonly Chunk[]): Statement[] => [
  run(sql`DELETE FROM knowledge_chunks WHERE document_id = ${documentId}`),
  upsert(
    'knowledge_chunks',
    ['chunk_id', 'document_id', 'seq', 'text'],
    null,
    chunks.map((chunk, seq) => ({
      chunk_id: chunkId(documentId, seq),
      document_id: documentId,
      seq,
      text: chunk.text,
    })),
  ),
];

export const deleteDocument = (id: string): Statement =>
  run(sql`DELETE FROM knowledge_documents WHERE document_id = ${id}`, {
    changes: 1,
    why: 'the document is gone',
  });

export const countUse = (documentId: string): Statement =>
  documentId.startsWith(COMPANY_PREFIX)
    ? run(
        sql`INSERT INTO knowledge_uses (document_id, uses) VALUES (${documentId}, 1)
          ON CONFLICT (document_id) DO UPDATE SET uses = uses + 1`,
      )
    : run(sql`UPDATE knowledge_documents SET use_count = use_count + 1 WHERE document_id = ${documentId}`);

export const documentExists = (read: Reader, id: string): boolean =>
  read.get(
    id.startsWith(COMPANY_PREFIX)
      ? sql`SELECT 1 FROM rag_context WHERE context_id = ${id.slice(COMPANY_PREFIX.length)}`
      : sql`SELECT 1 FROM knowledge_documents WHERE document_id = ${id}`,
  ) !== undefined;
