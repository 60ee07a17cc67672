import { createHash } from 'node:crypto';
import { type Failure, isErrorCode } from '../kernel/errors.ts';
import { type Reader, run, type Statement, saveRows, sql } from '../store/index.ts';
import type { DocumentSource, Place } from './contract/knowledge.ts';
import type { PlaceMark } from './places.ts';
import type { Chunk } from './split-chunks.ts';

export type Problem = Failure;
/** A document as it is kept; company rows take the same shape with source `company`. */
export type DocumentRow = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** where its stretches stand in its file; none of what is no PDF or Office file */
  readonly marks: readonly PlaceMark[];
  readonly tags: readonly string[];
  readonly source: DocumentSource;
  readonly path: string | null;
  readonly folderId: string | null;
  readonly author: string | null;
  readonly modifiedAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly state: 'waiting' | 'indexed' | 'failed';
  readonly problem: Problem | null;
  /** whose vectors it is found by */
  readonly embedder: string | null;
  readonly useCount: number;
};
/** Without text and marks: enough for a list, and to see whether what is indexed is still the same. */
export type DocumentHead = Omit<DocumentRow, 'text' | 'marks'> & {
  readonly characters: number;
  readonly stamp: string;
};

const parseTags = (json: string): string[] => {
  try {
    const tags: unknown = JSON.parse(json);
    return Array.isArray(tags) ? tags.filter((t) => typeof t === 'string') : [];
  } catch {
    return [];
  }
};
export const parseProblem = (kept: string | null): Problem | null => {
  if (kept === null) return null;
  try {
    const { code, params } = JSON.parse(kept) as { code?: unknown; params?: unknown };
    if (typeof code === 'string' && isErrorCode(code))
      return { code, params: (params ?? {}) as Failure['params'] };
  } catch {
    // kept by an earlier version as plain words
  }
  return { code: 'internal', params: {} };
};
export const keepProblem = (problem: Problem | null): string | null =>
  problem === null ? null : JSON.stringify({ code: problem.code, params: problem.params });

/** A mark as it is kept: many to a document, so without names of its fields. */
type KeptMark = readonly [from: number, kind: Place['kind'], name: string | null, at: number];
const keepMarks = (marks: readonly PlaceMark[]): string =>
  JSON.stringify(
    marks.map(
      ({ from, at }): KeptMark =>
        at.kind === 'heading'
          ? [from, at.kind, at.heading, 0]
          : [from, at.kind, at.kind === 'sheet' ? at.sheet : null, at.first],
    ),
  );
/** Of marks of a later version none: the text is what counts. */
function parseMarks(kept: string): PlaceMark[] {
  const isMark = (mark: unknown): mark is KeptMark =>
    Array.isArray(mark) && typeof mark[0] === 'number' && typeof mark[3] === 'number';
  try {
    const marks: unknown = JSON.parse(kept);
    return (Array.isArray(marks) ? marks : [])
      .filter(isMark)
      .flatMap(([from, kind, name, at]): PlaceMark[] => {
        switch (kind) {
          case 'heading':
            return [{ from, at: { kind, heading: name ?? '' } }];
          case 'sheet':
            return [{ from, at: { kind, sheet: name ?? '', first: at, last: at } }];
          case 'page':
          case 'slide':
            return [{ from, at: { kind, first: at, last: at } }];
          default:
            return [];
        }
      });
  } catch {
    return [];
  }
}

const HEAD = sql`document_id AS id, title, tags, source, path, folder_id AS folderId, author, modified_at AS modifiedAt,
  created_at AS createdAt, updated_at AS updatedAt, state, problem, embedder, use_count AS useCount, length(text) AS characters`;
type KeptHead = Omit<DocumentHead, 'tags' | 'problem' | 'stamp'> & {
  readonly tags: string;
  readonly problem: string | null;
};
const fromKept = <T extends KeptHead>(row: T) => ({
  ...row,
  tags: parseTags(row.tags),
  problem: parseProblem(row.problem),
  stamp: String(row.updatedAt),
});

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
/** The company's rows carry no time of their own: 0 sorts them after what people registered, and their words are their stamp. */
const fromContext = (row: CompanyContext): DocumentRow & DocumentHead => ({
  id: COMPANY_PREFIX + row.id,
  title: row.topic ?? row.type ?? row.id,
  text: row.text,
  marks: [],
  tags: row.type === null ? [] : [row.type],
  source: 'company',
  path: null,
  folderId: null,
  author: null,
  modifiedAt: null,
  createdAt: 0,
  updatedAt: 0,
  state: 'waiting',
  problem: null,
  embedder: null,
  useCount: row.useCount,
  characters: row.text.length,
  stamp: createHash('sha256')
    .update(JSON.stringify([row.type, row.topic, row.text]))
    .digest('base64'),
});

/** What is there, newest first, the company's rows last. */
export const selectHeads = (read: Reader): DocumentHead[] => [
  ...read
    .all<KeptHead>(
      sql`SELECT ${HEAD} FROM knowledge_documents WHERE removed_at IS NULL ORDER BY updated_at DESC, document_id`,
    )
    .map(fromKept),
  ...read.all<CompanyContext>(sql`${CONTEXT} ORDER BY c.context_id`).map(fromContext),
];

/** @param removed whether one that was removed lately may be found too */
export function selectDocument(
  read: Reader,
  id: string,
  removed = false,
): (DocumentRow & DocumentHead) | null {
  if (id.startsWith(COMPANY_PREFIX)) {
    const row = read.get<CompanyContext>(
      sql`${CONTEXT} WHERE c.context_id = ${id.slice(COMPANY_PREFIX.length)}`,
    );
    return row ? fromContext(row) : null;
  }
  const row = read.get<KeptHead & { text: string; marks: string }>(
    sql`SELECT ${HEAD}, text, marks FROM knowledge_documents WHERE document_id = ${id} AND (removed_at IS NULL OR ${removed ? 1 : 0})`,
  );
  return row ? { ...fromKept(row), marks: parseMarks(row.marks) } : null;
}

export const countOwnDocuments = (read: Reader): number =>
  read.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM knowledge_documents WHERE removed_at IS NULL`)?.n ??
  0;

export const countChunks = (read: Reader): Map<string, number> =>
  new Map(
    read
      .all<{ id: string; n: number }>(
        sql`SELECT document_id AS id, COUNT(*) AS n FROM knowledge_chunks GROUP BY document_id`,
      )
      .map((row) => [row.id, row.n]),
  );

/** The document and its chunks. */
export const saveDocument = (row: DocumentRow, chunks: readonly Chunk[]): Statement[] => [
  saveRows('knowledge_documents', 'document_id', [
    {
      document_id: row.id,
      title: row.title,
      text: row.text,
      marks: keepMarks(row.marks),
      tags: JSON.stringify(row.tags),
      source: row.source,
      path: row.path,
      folder_id: row.folderId,
      author: row.author,
      modified_at: row.modifiedAt,
      created_at: row.createdAt,
      updated_at: row.updatedAt,
      state: row.state,
      problem: keepProblem(row.problem),
      embedder: row.embedder,
      use_count: row.useCount,
    },
  ]),
  run(sql`DELETE FROM knowledge_chunks WHERE document_id = ${row.id}`),
  saveRows(
    'knowledge_chunks',
    'chunk_id',
    chunks.map((chunk, seq) => ({
      chunk_id: chunkId(row.id, seq),
      document_id: row.id,
      seq,
      text: chunk.text,
    })),
  ),
];

/** How far the indexing of a document is; said of the text it had then. */
export const saveState = (
  head: Pick<DocumentHead, 'id' | 'stamp'>,
  state: DocumentRow['state'],
  embedder: string | null,
  problem: Problem | null,
): Statement =>
  run(
    sql`UPDATE knowledge_documents SET state = ${state}, embedder = ${embedder}, problem = ${keepProblem(problem)}
      WHERE document_id = ${head.id} AND updated_at = ${Number(head.stamp)}`,
  );

export const chunkId = (documentId: string, seq: number): string => `${documentId}#${seq}`;
export const documentOfChunk = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('#')));

export const hideDocument = (id: string, at: number): Statement =>
  run(
    sql`UPDATE knowledge_documents SET removed_at = ${at} WHERE document_id = ${id} AND removed_at IS NULL`,
    {
      changes: 1,
      why: 'the document is gone',
    },
  );
export const showDocument = (id: string): Statement =>
  run(sql`UPDATE knowledge_documents SET removed_at = NULL WHERE document_id = ${id}`, {
    changes: 1,
    why: 'the document is gone',
  });
export const deleteHidden = (before: number): Statement =>
  run(sql`DELETE FROM knowledge_documents WHERE removed_at < ${before}`);

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
      : sql`SELECT 1 FROM knowledge_documents WHERE document_id = ${id} AND removed_at IS NULL`,
  ) !== undefined;

export type FolderRow = {
  readonly id: string;
  readonly path: string;
  readonly tags: readonly string[];
  readonly addedAt: number;
  readonly scannedAt: number | null;
  readonly state: 'waiting' | 'watching' | 'unreachable' | 'emptied';
  readonly problem: Problem | null;
};
export const selectFolders = (read: Reader): FolderRow[] =>
  read
    .all<Omit<FolderRow, 'tags' | 'problem'> & { tags: string; problem: string | null }>(
      sql`SELECT folder_id AS id, path, tags, added_at AS addedAt, scanned_at AS scannedAt, state, problem
        FROM knowledge_folders ORDER BY added_at, folder_id`,
    )
    .map((row) => ({ ...row, tags: parseTags(row.tags), problem: parseProblem(row.problem) }));
export const saveFolder = (row: FolderRow): Statement =>
  saveRows('knowledge_folders', 'folder_id', [
    {
      folder_id: row.id,
      path: row.path,
      tags: JSON.stringify(row.tags),
      added_at: row.addedAt,
      scanned_at: row.scannedAt,
      state: row.state,
      problem: keepProblem(row.problem),
    },
  ]);
/** Its files go with it; its documents stay as files of their own, or are hidden. */
export const deleteFolder = (id: string, hideAt: number | null): Statement[] => [
  hideAt === null
    ? run(sql`UPDATE knowledge_documents SET source = 'file', folder_id = NULL WHERE folder_id = ${id}`)
    : run(
        sql`UPDATE knowledge_documents SET removed_at = ${hideAt}, source = 'file', folder_id = NULL
          WHERE folder_id = ${id} AND removed_at IS NULL`,
      ),
  run(sql`DELETE FROM knowledge_folders WHERE folder_id = ${id}`),
];

/** A file of a watched folder. `documentId` null: it cannot be know-how (`problem` says why), or a person removed it. */
export type FileRow = {
  /** below the folder, parted by `/` */
  readonly path: string;
  readonly size: number;
  readonly modifiedAt: number;
  /** SHA-256 of its bytes, hex */
  readonly hash: string;
  readonly documentId: string | null;
  readonly problem: Problem | null;
  /** looks in a row that did not find it */
  readonly missed: number;
};
export const selectFiles = (read: Reader, folderId: string): FileRow[] =>
  read
    .all<Omit<FileRow, 'problem'> & { problem: string | null }>(
      sql`SELECT path, size, modified_at AS modifiedAt, hash, document_id AS documentId, problem, missed
        FROM knowledge_files WHERE folder_id = ${folderId} ORDER BY path`,
    )
    .map((row) => ({ ...row, problem: parseProblem(row.problem) }));
export const saveFile = (folderId: string, row: FileRow): Statement =>
  run(
    sql`INSERT OR REPLACE INTO knowledge_files (folder_id, path, size, modified_at, hash, document_id, problem, missed)
      VALUES (${folderId}, ${row.path}, ${row.size}, ${row.modifiedAt}, ${row.hash}, ${row.documentId},
        ${keepProblem(row.problem)}, ${row.missed})`,
  );
export const deleteFile = (folderId: string, path: string): Statement =>
  run(sql`DELETE FROM knowledge_files WHERE folder_id = ${folderId} AND path = ${path}`);
/** The file of a document a person removed stays known, so that the next look does not register it again. */
export const releaseFile = (documentId: string): Statement =>
  run(sql`UPDATE knowledge_files SET document_id = NULL WHERE document_id = ${documentId}`);
export const claimFile = (folderId: string, path: string, documentId: string): Statement =>
  run(
    sql`UPDATE knowledge_files SET document_id = ${documentId} WHERE folder_id = ${folderId} AND path = ${path} AND document_id IS NULL`,
  );
