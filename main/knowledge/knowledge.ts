import type { Document, Hit } from '../api/contract/knowledge.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Statement, Store } from '../store/index.ts';
import { builtInEmbedder, type Embedder, embedCached } from '../vectors/index.ts';
import { KNOWLEDGE_LIMITS } from './config.ts';
import {
  COMPANY_PREFIX,
  chunkId,
  contentStamp,
  countChunks,
  countOwnDocuments,
  countUse,
  type DocumentRow,
  deleteDocument,
  documentExists,
  documentOfChunk,
  replaceChunks,
  saveDocument,
  selectChunks,
  selectDocument,
  selectDocuments,
} from './queries.ts';
import { buildIndex, type ChunkIndex, searchChunks, termsOf } from './search-chunks.ts';
import { type Chunk, splitChunks } from './split-chunks.ts';
import type { Knowledge, NewDocument } from './types.ts';

/** at most this many chunks of one document in a result */
const PER_DOCUMENT = 2;

/** What the vector of a chunk is made from: its title and headings say what a bare list item is about. */
const embeddedText = (title: string, chunk: Chunk): string =>
  [title, chunk.heading, chunk.text].filter(Boolean).join('\n');

const view = (row: DocumentRow, chunks: number): Document => ({
  id: row.id,
  title: row.title,
  tags: [...row.tags],
  source: row.source,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  state: row.state,
  problem: row.problem,
  chunks,
  characters: row.text.length,
  useCount: row.useCount,
});

function checked(input: Omit<NewDocument, 'source'>): { title: string; text: string; tags: string[] } {
  const text = input.text.replaceAll('\0', '').trim();
  const title = input.title.trim();
  if (text === '' || title === '') throw new AppError('knowledge.empty');
  if (text.length > KNOWLEDGE_LIMITS.characters)
    throw new AppError('knowledge.too-large', {
      size: text.length.toLocaleString('en'),
      limit: KNOWLEDGE_LIMITS.characters.toLocaleString('en'),
    });
  return { title, text, tags: [...new Set(input.tags.map((t) => t.trim()).filter((t) => t !== ''))] };
}

/** Opens the know-how of a store. `embedder` is the built-in one unless a model's is passed in. */
export function createKnowledge({
  store,
  clock,
  log: parentLog,
  embedder = builtInEmbedder,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly embedder?: Embedder;
}): Knowledge {
  const log = parentLog.area('knowledge');
  const { read } = store;
  let index: (ChunkIndex & { readonly documents: ReadonlyMap<string, DocumentRow> }) | null = null;
  let stamp = '';
  let unsure = true;
  store.written.on(() => {
    unsure = true;
  });

  /** Chunks and vectors of one document as the statements that keep them; a document that cannot be read is kept, marked. */
  const indexed = (row: DocumentRow): { row: DocumentRow; statements: Statement[] } => {
    try {
      const chunks = splitChunks(row.text);
      const { store: vectors } = embedCached(
        read,
        embedder,
        chunks.map((c) => embeddedText(row.title, c)),
      );
      const done: DocumentRow = { ...row, state: 'indexed', problem: null };
      return { row: done, statements: [saveDocument(done), ...replaceChunks(row.id, chunks), ...vectors] };
    } catch (cause) {
      log.error('a document could not be indexed', { id: row.id, cause });
      const failed: DocumentRow = {
        ...row,
        state: 'failed',
        problem: cause instanceof Error ? cause.message : String(cause),
      };
      return { row: failed, statements: [saveDocument(failed), ...replaceChunks(row.id, [])] };
    }
  };
  const save = async (row: DocumentRow): Promise<Document> => {
    const made = indexed(row);
    await store.write(made.statements);
    return view(made.row, selectChunks(read, row.id).length);
  };
  const own = (id: string): DocumentRow => {
    if (id.startsWith(COMPANY_PREFIX) && documentExists(read, id)) throw new AppError('knowledge.company');
    const row = selectDocument(read, id);
    if (!row) throw new AppError('not-found', { what: id });
    return row;
  };

  /** The index in memory, built again when a document or a company row has changed. */
  const currentIndex = (): NonNullable<typeof index> => {
    if (index && !unsure) return index;
    const now = contentStamp(read);
    unsure = false;
    if (index && stamp === now) return index;
    const documents = new Map(selectDocuments(read).map((row) => [row.id, row]));
    const pieces = [...documents.values()]
      .filter((row) => row.state === 'indexed')
      .flatMap((row) => splitChunks(row.text).map((chunk, seq) => ({ row, chunk, seq })));
    const { vectors, store: keep } = embedCached(
      read,
      embedder,
      pieces.map((p) => embeddedText(p.row.title, p.chunk)),
    );
    if (keep.length > 0)
      store.write(keep).catch((cause: unknown) => log.warn('vectors were not kept', cause));
    index = {
      ...buildIndex(
        pieces.map(({ row, chunk, seq }, i) => ({
          id: chunkId(row.id, seq),
          documentId: row.id,
          text: chunk.text,
          vector: vectors[i] ?? new Float32Array(embedder.dimensions),
          terms: termsOf(embeddedText(row.title, chunk)),
        })),
      ),
      documents,
    };
    stamp = now;
    return index;
  };

  return {
    list() {
      const counts = countChunks(read);
      return selectDocuments(read).map((row) =>
        view(row, row.source === 'company' ? splitChunks(row.text).length : (counts.get(row.id) ?? 0)),
      );
    },
    get(id) {
      const row = selectDocument(read, id);
      if (!row) throw new AppError('not-found', { what: id });
      const chunks =
        row.source === 'company'
          ? splitChunks(row.text).map((chunk, seq) => ({ id: chunkId(id, seq), text: chunk.text }))
          : selectChunks(read, id).map((chunk) => ({ id: chunk.id, text: chunk.text }));
      return { document: view(row, chunks.length), text: row.text, chunks };
    },
    async add(input) {
      const given = checked(input);
      if (countOwnDocuments(read) >= KNOWLEDGE_LIMITS.documents)
        throw new AppError('knowledge.too-many', { limit: KNOWLEDGE_LIMITS.documents });
      const at = clock.now();
      return save({
        ...given,
        id: newId(),
        source: input.source,
        createdAt: at,
        updatedAt: at,
        state: 'waiting',
        problem: null,
        useCount: 0,
      });
    },
    async update(id, input) {
      const row = own(id);
      // strictly later, so that the index in memory is seen to be old even when the clock stands still
      return save({ ...row, ...checked(input), updatedAt: Math.max(clock.now(), row.updatedAt + 1) });
    },
    async remove(id) {
      own(id);
      await store.write([deleteDocument(id)]);
    },
    search(text, limit) {
      const current = currentIndex();
      const taken = new Map<string, number>();
      const hits: Hit[] = [];
      for (const { chunk, score } of searchChunks(current, embedder, text)) {
        const row = current.documents.get(chunk.documentId);
        const already = taken.get(chunk.documentId) ?? 0;
        if (!row || already >= PER_DOCUMENT) continue;
        taken.set(chunk.documentId, already + 1);
        hits.push({
          documentId: row.id,
          chunkId: chunk.id,
          title: row.title,
          text: chunk.text,
          score,
          source: row.source,
        });
        if (hits.length >= limit) break;
      }
      return hits;
    },
    async reindex() {
      let failed = 0;
      const rows = selectDocuments(read).filter((row) => row.source !== 'company');
      for (const row of rows) {
        const made = indexed(row);
        if (made.row.state === 'failed') failed++;
        await store.write(made.statements);
      }
      index = null;
      return { documents: rows.length, failed };
    },
    async used(chunkIds) {
      const documents = [...new Set(chunkIds.map(documentOfChunk))].filter((id) => documentExists(read, id));
      if (documents.length > 0) await store.write(documents.map(countUse));
    },
  };
}
