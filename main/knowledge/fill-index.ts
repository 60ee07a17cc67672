import { throwIfAborted } from '../kernel/task.ts';
import type { Reader } from '../store/index.ts';
import type { PrepareWork, VectorCache } from '../vectors/index.ts';
import type { DocumentIndex } from './document-index.ts';
import { type DocumentHead, selectDocument, selectHeads } from './queries.ts';
import { splitChunks } from './split-chunks.ts';

/** documents taken in before anybody else gets a turn */
const AT_ONCE = 20;
/** texts handed over together when a whole index is made */
const TOGETHER = 128;

type Source = { readonly read: Reader; readonly cache: VectorCache };

/** Puts an index in step with what is there now; what the cache holds is found by its meaning at once. */
export async function takeIn(
  { read, cache }: Source,
  index: DocumentIndex,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, DocumentHead>> {
  const now = new Map(selectHeads(read).map((head) => [head.id, head]));
  for (const id of [...index.ids()]) if (!now.has(id)) index.remove(id);
  let taken = 0;
  for (const head of now.values()) {
    if (index.stampOf(head.id) === head.stamp) continue;
    const row = selectDocument(read, head.id);
    // changed between the two reads: the next call takes it in
    if (row?.stamp !== head.stamp) continue;
    index.put(head.id, head.stamp, row.title, splitChunks(row.text, row.marks));
    const texts = index.textsOf(head.id);
    const kept = cache.look(index.embedder, texts).filter((vector) => vector !== null);
    if (kept.length === texts.length) index.setVectors(head.id, kept);
    if (++taken % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    throwIfAborted(signal);
  }
  return now;
}

/** Embeds these documents in one go: their texts are put together by length. */
export async function embedDocuments(
  cache: VectorCache,
  index: DocumentIndex,
  ids: readonly string[],
  signal: AbortSignal,
  progress?: (done: number) => void,
): Promise<void> {
  const stamps = ids.map((id) => index.stampOf(id));
  const texts = ids.map((id) => index.textsOf(id));
  const vectors = await cache.embed(index.embedder, texts.flat(), { signal, progress });
  let from = 0;
  ids.forEach((id, i) => {
    const count = texts[i]?.length ?? 0;
    if (index.stampOf(id) === stamps[i]) index.setVectors(id, vectors.slice(from, from + count));
    from += count;
  });
}

/** Takes in and embeds everything, until nothing is left; what changes while it is made is taken in by another round. */
export async function fillIndex(
  source: Source,
  next: DocumentIndex,
  { signal, progress }: PrepareWork,
): Promise<void> {
  for (;;) {
    const now = await takeIn(source, next, signal);
    if (next.waiting().size === 0) return;
    const sizeOf = (ids: Iterable<string>): number =>
      [...ids].reduce((sum, id) => sum + next.textsOf(id).length, 0);
    const total = sizeOf(now.keys());
    for (const ids of groupsOf([...next.waiting()], (id) => next.textsOf(id).length)) {
      const before = total - sizeOf(next.waiting());
      progress(before, total);
      await embedDocuments(source.cache, next, ids, signal, (done) =>
        progress(Math.min(total, before + done), total),
      );
    }
  }
}

/** Neighbours in the list, together of about so many texts as make full batches. */
function* groupsOf(ids: readonly string[], sizeOf: (id: string) => number): Generator<string[]> {
  let group: string[] = [];
  let size = 0;
  for (const id of ids) {
    group.push(id);
    size += sizeOf(id);
    if (size < TOGETHER) continue;
    yield group;
    group = [];
    size = 0;
  }
  if (group.length > 0) yield group;
}
