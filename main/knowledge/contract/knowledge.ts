import { z } from 'zod';
import { ErrorData, GivenPath, Instant } from '../../api/contract/common.ts';
import { base, id, none, ok } from '../../api/contract/procedure.ts';

/** `folder`: a file of a watched folder, which follows the file. `company`: a row of the company's rag_context. */
export const DOCUMENT_SOURCES = ['typed', 'file', 'folder', 'company'] as const;
export const DocumentSource = z.enum(DOCUMENT_SOURCES);
export type DocumentSource = z.infer<typeof DocumentSource>;
/** endings of the files that can become know-how */
export const TEXT_FILES = ['.md', '.markdown', '.txt', '.csv', '.tsv', '.html', '.htm', '.log'] as const;
/** Those of Office with macros too: the macros are never run. */
export const OFFICE_FILES = ['.pdf', '.docx', '.docm', '.xlsx', '.xlsm', '.pptx', '.pptm'] as const;
export const KNOW_HOW_FILES = [...OFFICE_FILES, ...TEXT_FILES] as const;
/** bytes of one file of text */
export const KNOW_HOW_FILE_LIMIT = 2_000_000;
/** bytes of one PDF or Office file that is handed over, which goes in one message; and of one that is read where it lies */
export const OFFICE_FILE_LIMIT = 11_000_000;
export const OFFICE_FOLDER_LIMIT = 50_000_000;

const number = z.number().int();
/**
 * Where something stands in its file: pages, slides or rows from `first` to `last`, counted from 1 as their program counts them; or the
 * heading it stands under.
 */
export const Place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('page'), first: number, last: number }),
  z.object({ kind: z.literal('slide'), first: number, last: number }),
  z.object({ kind: z.literal('sheet'), sheet: z.string(), first: number, last: number }),
  z.object({ kind: z.literal('heading'), heading: z.string() }),
]);
export type Place = z.infer<typeof Place>;

export const Document = z.object({
  id: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  source: DocumentSource,
  /** the file's name, or its whole path in a watched folder */
  path: z.string().nullable(),
  folderId: z.string().nullable(),
  author: z.string().nullable(),
  /** when the file itself was last changed */
  modifiedAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  /** what waits or failed is found by its words alone */
  state: z.enum(['waiting', 'indexed', 'failed']),
  problem: ErrorData.nullable(),
  chunks: z.number().int(),
  characters: z.number().int(),
  useCount: z.number().int(),
});
export type Document = z.infer<typeof Document>;

/** A piece that can be cited. `from`, `to`: where it stands in the document's text, UTF-16 units. */
export const Passage = z.object({
  id: z.string(),
  text: z.string(),
  heading: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  /** null: its file has no pages, sheets or slides, or it is no file */
  place: Place.nullable(),
});
export type Passage = z.infer<typeof Passage>;
export const Hit = z.object({
  documentId: z.string(),
  chunkId: z.string(),
  title: z.string(),
  text: z.string(),
  place: Place.nullable(),
  score: z.number(),
  source: DocumentSource,
});
export type Hit = z.infer<typeof Hit>;
/** `withoutMeaning`: why words answered alone; null where meaning was asked too. */
export const KnowHowFound = z.object({ hits: z.array(Hit), withoutMeaning: ErrorData.nullable() });
export type KnowHowFound = z.infer<typeof KnowHowFound>;

/**
 * `unreachable`: the share is away; `emptied`: everything in it is gone at once, which may mean the same. In both nothing is
 * removed.
 */
export const Folder = z.object({
  id: z.string(),
  path: z.string(),
  /** given to its documents */
  tags: z.array(z.string()),
  addedAt: Instant,
  scannedAt: Instant.nullable(),
  state: z.enum(['waiting', 'watching', 'unreachable', 'emptied']),
  problem: ErrorData.nullable(),
  documents: z.number().int(),
  /** files of kinds that hold no words */
  otherFiles: z.number().int(),
  /** files that could not become know-how, the first 20 */
  refused: z.array(z.object({ path: z.string(), problem: ErrorData })),
});
export type Folder = z.infer<typeof Folder>;

const EmbedderName = z.object({
  /** names the method: vectors of different ids are never compared */
  id: z.string(),
  /** null: the built-in one */
  modelId: z.string().nullable(),
  dimensions: z.number().int(),
});
/** Who turns texts into vectors. While another one's indexes are made, or when that failed, `serving` goes on. */
export const EmbedderStatus = z.object({
  serving: EmbedderName,
  wanted: EmbedderName,
  state: z.enum(['serving', 'rebuilding', 'stopped', 'failed']),
  problem: ErrorData.nullable(),
  /** the job under way */
  task: z
    .object({
      id: z.string(),
      stage: z.string().nullable(),
      done: z.number(),
      total: z.number().nullable(),
    })
    .nullable(),
  /** vectors kept, of all embedders; share of texts found there since the start, null before the first */
  cache: z.object({ vectors: z.number().int(), bytes: z.number(), hitRate: z.number().nullable() }),
});
export type EmbedderStatus = z.infer<typeof EmbedderStatus>;

export const knowledge = {
  list: base.input(none).output(z.array(Document)),
  get: base.input(z.object({ id })).output(
    z.object({
      document: Document,
      text: z.string(),
      chunks: z.array(Passage),
    }),
  ),
  add: base
    .input(
      z.object({
        title: z.string().trim().min(1).max(300),
        text: z.string(),
        tags: z.array(z.string().max(50)).max(20).default([]),
        source: z.enum(['typed', 'file']).default('typed'),
      }),
    )
    .output(Document),
  update: base
    .input(
      z.object({
        id,
        title: z.string().trim().min(1).max(300),
        text: z.string(),
        tags: z.array(z.string().max(50)).max(20),
      }),
    )
    .output(Document),
  /** a file's bytes as they are: kind and encoding are found out here */
  addFile: base
    .input(
      z.object({
        name: z.string().trim().min(1).max(300),
        /** base64 */
        data: z.string().max(Math.ceil((OFFICE_FILE_LIMIT * 4) / 3) + 8),
        tags: z.array(z.string().max(50)).max(20).default([]),
        modifiedAt: z.number().int().nullable().default(null),
      }),
    )
    .output(Document),
  /** hides it; gone for good a day later */
  remove: base.input(z.object({ id })).output(ok),
  restore: base.input(z.object({ id })).output(Document),
  search: base
    .input(
      z.object({
        text: z.string().max(2000),
        limit: z.number().int().min(1).max(50).default(8),
        /** documents with any of these */
        tags: z.array(z.string().max(50)).max(20).optional(),
        sources: z.array(DocumentSource).optional(),
      }),
    )
    .output(KnowHowFound),
  folders: base.input(none).output(z.array(Folder)),
  watch: base
    .input(
      z.object({
        path: GivenPath.pipe(z.string().trim().min(1).max(1000)),
        tags: z.array(z.string().max(50)).max(20).default([]),
      }),
    )
    .output(Folder),
  /** looks now instead of at the next minute */
  scan: base.input(z.object({ id })).output(Folder),
  unwatch: base.input(z.object({ id, documents: z.enum(['keep', 'remove']) })).output(ok),
  embedder: base.input(none).output(EmbedderStatus),
  /** begins again what failed or was stopped; resolves when it has begun */
  rebuild: base.input(none).output(ok),
};
