import { MOST_GAIN, USE_GAIN } from './config.ts';
import type { Hit } from './contract/knowledge.ts';
import type { DocumentIndexing } from './index-documents.ts';
import { searchChunks } from './search-chunks.ts';
import type { Knowledge } from './types.ts';

/** at most this many chunks of one document in a result */
const PER_DOCUMENT = 2;

/** Passages by words and meaning, best first; what was of use before counts a little more. */
export const searchDocuments =
  (indexing: DocumentIndexing): Knowledge['search'] =>
  async (text, limit, { tags, sources, nearest } = {}) => {
    if (text.trim() === '') return { hits: [], withoutMeaning: null };
    const { index, heads } = await indexing.current();
    // the index may be another one's by the time a model has answered: the question belongs to this one
    const { vector, withoutMeaning } = await indexing.meaningOf(index, text);
    const taken = new Map<string, number>();
    const hits: Hit[] = [];
    const matches = searchChunks(index.list(), vector, text, {
      nearest,
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
  };
