import { Cancelled } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import type { Base } from '../store/index.ts';
import { builtInEmbedder, createVectorCache, type Embedder, type VectorCache } from '../vectors/index.ts';
import { KEPT_REMOVED_MS, LOOK_EVERY_MS } from './config.ts';
import { createDocuments } from './documents.ts';
import { createFileReader } from './files/file-reader.ts';
import { createIndexing } from './index-documents.ts';
import { countUse, deleteHidden, documentExists, documentOfChunk, selectHeads } from './queries.ts';
import { searchDocuments } from './search-documents.ts';
import type { Knowledge } from './types.ts';
import { createFolderWatch } from './watch-folders.ts';

/** Opens the know-how of a store. `embedder` is the built-in one until another one takes over (`prepare`). */
export function createKnowledge({
  store,
  clock,
  tasks,
  log: parentLog,
  cache = createVectorCache(store),
  embedder = builtInEmbedder,
}: Pick<Base, 'store' | 'clock' | 'tasks' | 'log'> & {
  /** vectors kept in the store, shared with other rooms; one of its own where none is given */
  readonly cache?: VectorCache;
  readonly embedder?: Embedder;
}): Knowledge {
  const log = parentLog.area('knowledge');
  const changed = new Emitter<void>();
  const indexing = createIndexing({ store, cache, embedder, changed, log });
  const reader = createFileReader({ log });

  const { take, ...documents } = createDocuments({ store, clock, tasks, indexing, reader, changed });
  const watch = createFolderWatch({ store, clock, tasks, log, changed, take });
  /** What a look at the folders brought is indexed. */
  const scanned = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    await indexing.follow();
    return result;
  };

  return {
    name: 'knowledge',
    changed,
    ...documents,
    search: searchDocuments(indexing),
    async reindex() {
      const { failed } = await indexing.run();
      return { documents: selectHeads(store.read).length, failed };
    },
    async used(chunkIds) {
      const ids = [...new Set(chunkIds.map(documentOfChunk))].filter((id) => documentExists(store.read, id));
      if (ids.length > 0) await store.write(ids.map(countUse));
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
