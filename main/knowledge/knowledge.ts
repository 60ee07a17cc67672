import path from 'node:path';
import type { Document, Hit } from '../api/contract/knowledge.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError, Cancelled } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import type { Log } from '../kernel/log.ts';
import type { Tasks } from '../kernel/task.ts';
import type { Statement, Store } from '../store/index.ts';
import { builtInEmbedder, createVectorCache, type Embedder, type VectorCache } from '../vectors/index.ts';
import { KEPT_REMOVED_MS, KNOWLEDGE_LIMITS, LOOK_EVERY_MS, MOST_GAIN, USE_GAIN } from './config.ts';
import type { Knowledge, NewDocument } from './door.ts';
import { createFileReader, type FileWork } from './files/file-reader.ts';
import { createIndexing } from './index-documents.ts';
import { moveMarks } from './places.ts';
import {
  COMPANY_PREFIX,
  chunkId,
  claimFile,
  countChunks,
  countOwnDocuments,
  countUse,
  type DocumentHead,
  type DocumentRow,
  deleteHidden,
  documentExists,
  documentOfChunk,
  hideDocument,
  releaseFile,
  saveDocument,
  selectDocument,
  selectFolders,
  selectHeads,
  showDocument,
} from './queries.ts';
import { searchChunks } from './search-chunks.ts';
import { splitChunks } from './split-chunks.ts';
import { takeFile } from './take-file.ts';
import { createFolderWatch } from './watch-folders.ts';

/** at most this many chunks of one document in a result */
const PER_DOCUMENT = 2;

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

/** Opens the know-how of a store. `embedder` is the built-in one until another one takes over (`prepare`). */
export function createKnowledge({
  store,
  clock,
  tasks,
  log: parentLog,
  cache = createVectorCache(store),
  embedder = builtInEmbedder,
}: {
  readonly store: Store;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly log: Log;
  /** vectors kept in the store, shared with other rooms; one of its own where none is given */
  readonly cache?: VectorCache;
  readonly embedder?: Embedder;
}): Knowledge {
  const log = parentLog.area('knowledge');
  const { read } = store;
  const changed = new Emitter<void>();
  const indexing = createIndexing({ store, cache, embedder, changed, log });
  const reader = createFileReader({ log });

  const view = (head: DocumentHead, chunks: number): Document => ({
    id: head.id,
    title: head.title,
    tags: [...head.tags],
    source: head.source,
    path: head.path,
    folderId: head.folderId,
    author: head.author,
    modifiedAt: head.modifiedAt,
    createdAt: head.createdAt,
    updatedAt: head.updatedAt,
    ...indexing.stateOf(head),
    chunks,
    characters: head.characters,
    useCount: head.useCount,
  });
  const saving = (row: DocumentRow): Statement[] =>
    saveDocument(
      { ...row, state: 'waiting', problem: null, embedder: null },
      splitChunks(row.text, row.marks),
    );
  const shown = (id: string): Document => {
    const row = selectDocument(read, id);
    if (!row) throw new AppError('not-found', { what: id });
    return view(row, splitChunks(row.text, row.marks).length);
  };
  const save = async (row: DocumentRow): Promise<Document> => {
    await store.write(saving(row));
    await indexing.follow();
    changed.emit();
    return shown(row.id);
  };
  const own = (id: string): DocumentRow => {
    if (id.startsWith(COMPANY_PREFIX) && documentExists(read, id)) throw new AppError('knowledge.company');
    const row = selectDocument(read, id);
    if (!row) throw new AppError('not-found', { what: id });
    return row;
  };
  const fresh = (given: ReturnType<typeof checked>, rest: Partial<DocumentRow>): DocumentRow => {
    if (countOwnDocuments(read) >= KNOWLEDGE_LIMITS.documents)
      throw new AppError('knowledge.too-many', { limit: KNOWLEDGE_LIMITS.documents });
    const at = clock.now();
    return {
      id: newId(),
      source: 'typed',
      path: null,
      folderId: null,
      author: null,
      modifiedAt: null,
      createdAt: at,
      updatedAt: at,
      state: 'waiting',
      problem: null,
      embedder: null,
      useCount: 0,
      marks: [],
      ...rest,
      ...given,
    };
  };
  // strictly later, so that what is indexed is seen to be old even when the clock stands still
  const after = (row: DocumentRow): number => Math.max(clock.now(), row.updatedAt + 1);

  const watch = createFolderWatch({
    store,
    clock,
    tasks,
    log,
    changed,
    async take({ id, folder, path: place, bytes, modifiedAt, signal }) {
      const name = path.relative(folder.path, place);
      // the look at the folder is a job already
      const file = await takeFile({ name, bytes }, reader, (work) => work({ signal, progress: () => {} }));
      const given = checked({ ...file, tags: [...folder.tags, ...file.tags] });
      const rest = {
        source: 'folder',
        path: place,
        folderId: folder.id,
        author: file.author,
        marks: file.marks,
        modifiedAt,
      } as const;
      const before = id === null ? null : selectDocument(read, id);
      const row = before ? { ...before, ...given, ...rest, updatedAt: after(before) } : fresh(given, rest);
      return { id: row.id, statements: saving(row) };
    },
  });
  /** What a look at the folders brought is indexed. */
  const scanned = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    await indexing.follow();
    return result;
  };

  return {
    name: 'knowledge',
    changed,
    list() {
      const counts = countChunks(read);
      return selectHeads(read).map((head) =>
        view(
          head,
          indexing.passagesOf(head) ??
            counts.get(head.id) ??
            splitChunks(selectDocument(read, head.id)?.text ?? '').length,
        ),
      );
    },
    get(id) {
      const row = selectDocument(read, id);
      if (!row) throw new AppError('not-found', { what: id });
      const chunks = splitChunks(row.text, row.marks).map((chunk, seq) => ({
        id: chunkId(id, seq),
        ...chunk,
      }));
      return { document: view(row, chunks.length), text: row.text, chunks };
    },
    add: async (input) => save(fresh(checked(input), { source: input.source })),
    async addFile({ name, bytes, tags, modifiedAt }) {
      const asTask = <T>(work: (work: FileWork) => Promise<T>): Promise<T> =>
        tasks.run('knowledge-file', (context) => {
          context.about(name);
          return work(context);
        });
      const { author, marks, ...file } = await takeFile({ name, bytes }, reader, asTask);
      const given = checked({ ...file, tags: [...tags, ...file.tags] });
      return save(fresh(given, { source: 'file', path: name, author, marks, modifiedAt }));
    },
    async update(id, input) {
      const row = own(id);
      if (row.folderId !== null) throw new AppError('knowledge.of-folder', { path: row.path ?? '' });
      const given = checked(input);
      const marks = moveMarks(row.marks, row.text, given.text);
      return save({ ...row, ...given, marks, updatedAt: after(row) });
    },
    async remove(id) {
      own(id);
      await store.write([hideDocument(id, clock.now()), releaseFile(id)]);
      await indexing.follow();
      changed.emit();
    },
    async restore(id) {
      const row = selectDocument(read, id, true);
      if (!row || row.source === 'company') throw new AppError('not-found', { what: id });
      const folder = selectFolders(read).find((known) => known.id === row.folderId);
      const file =
        folder && row.path !== null ? path.relative(folder.path, row.path).replaceAll(path.sep, '/') : null;
      await store.write([showDocument(id), ...(folder && file ? [claimFile(folder.id, file, id)] : [])]);
      await indexing.follow();
      changed.emit();
      return shown(id);
    },
    async search(text, limit, { tags, sources } = {}) {
      if (text.trim() === '') return { hits: [], withoutMeaning: null };
      const { index, heads } = await indexing.current();
      // the index may be another one's by the time a model has answered: the question belongs to this one
      const { vector, withoutMeaning } = await indexing.meaningOf(index, text);
      const taken = new Map<string, number>();
      const hits: Hit[] = [];
      const matches = searchChunks(index.list(), vector, text, {
        allow: (id) => {
          const head = heads.get(id);
          return (
            head !== undefined &&
            (!tags?.length || head.tags.some((tag) => tags.includes(tag))) &&
            (!sources?.length || sources.includes(head.source))
          );
        },
        weigh: (id) => 1 + Math.min(MOST_GAIN, USE_GAIN * Math.log2(1 + (heads.get(id)?.useCount ?? 0))),
      });
      for (const { chunk, score } of matches) {
        const head = heads.get(chunk.documentId);
        const already = taken.get(chunk.documentId) ?? 0;
        if (!head || already >= PER_DOCUMENT) continue;
        taken.set(chunk.documentId, already + 1);
        hits.push({
          documentId: head.id,
          chunkId: chunk.id,
          title: head.title,
          text: chunk.text,
          place: chunk.place,
          score,
          source: head.source,
        });
        if (hits.length >= limit) break;
      }
      return { hits, withoutMeaning };
    },
    async reindex() {
      const { failed } = await indexing.run();
      return { documents: selectHeads(read).length, failed };
    },
    async used(chunkIds) {
      const documents = [...new Set(chunkIds.map(documentOfChunk))].filter((id) => documentExists(read, id));
      if (documents.length > 0) await store.write(documents.map(countUse));
    },
    prepare: indexing.prepare,
    folders: watch.folders,
    async watch(place, tags) {
      const folder = await watch.watch(place, tags);
      scanned(watch.scan(folder.id)).catch(told);
      return folder;
    },
    scan: (id) => scanned(watch.scan(id)),
    async unwatch(id, documents) {
      await watch.unwatch(id, documents);
      await indexing.follow();
    },
    start() {
      const look = async (): Promise<void> => {
        await store.write([deleteHidden(clock.now() - KEPT_REMOVED_MS)]);
        await watch.scanAll();
        await indexing.follow();
      };
      const soon = (): void => void look().catch(told);
      soon();
      return clock.every(LOOK_EVERY_MS, soon);
    },
    async close() {
      await reader.close();
      await watch.close();
      await indexing.close();
    },
  };

  function told(error: unknown): void {
    if (!(error instanceof Cancelled)) log.error('look at the know-how', error);
  }
}
