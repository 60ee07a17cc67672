import type { Embedder } from '../vectors/index.ts';
import { marksOf } from './exact-marks.ts';
import { chunkId } from './queries.ts';
import { type ChunkList, type IndexedChunk, termsOf } from './search-chunks.ts';
import type { Chunk } from './split-chunks.ts';

const NONE = new Float32Array(0);
/** What the vector of a chunk is made from: its title and headings say what a bare list item is about. */
const embeddedText = (title: string, chunk: Chunk): string =>
  [title, chunk.heading, chunk.text].filter(Boolean).join('\n');

type Held = {
  readonly stamp: string;
  /** what is embedded, a text a chunk */
  readonly texts: readonly string[];
  readonly chunks: IndexedChunk[];
};

/** The chunks of all documents with the vectors of one embedder, in memory. Documents come and go one by one. */
export class DocumentIndex {
  readonly embedder: Embedder;
  private readonly documents = new Map<string, Held>();
  private readonly spread = new Map<string, number>();
  private terms = 0;
  private count = 0;
  private flat: ChunkList | null = null;
  /** documents without all their vectors */
  private readonly lacking = new Set<string>();
  constructor(embedder: Embedder) {
    this.embedder = embedder;
  }
  /** what a document was like when it was taken in; null: it was not */
  stampOf(id: string): string | null {
    return this.documents.get(id)?.stamp ?? null;
  }
  ids(): IterableIterator<string> {
    return this.documents.keys();
  }
  /** Documents found by their words alone so far. */
  waiting(): ReadonlySet<string> {
    return this.lacking;
  }
  textsOf(id: string): readonly string[] {
    return this.documents.get(id)?.texts ?? [];
  }
  /** Takes a document in, or in its new form: from now on it is found by its words. */
  put(id: string, stamp: string, title: string, chunks: readonly Chunk[]): void {
    this.remove(id);
    const texts = chunks.map((chunk) => embeddedText(title, chunk));
    const made = chunks.map((chunk, seq): IndexedChunk => {
      const text = texts[seq] ?? '';
      const terms = termsOf(text);
      let length = 0;
      for (const [term, count] of terms) {
        this.spread.set(term, (this.spread.get(term) ?? 0) + 1);
        length += count;
      }
      this.terms += length;
      return {
        id: chunkId(id, seq),
        documentId: id,
        text: chunk.text,
        place: chunk.place,
        vector: null,
        terms,
        marks: marksOf(text),
        length,
      };
    });
    this.count += made.length;
    this.documents.set(id, { stamp, texts, chunks: made });
    if (made.length > 0) this.lacking.add(id);
    this.flat = null;
  }
  /** Its vectors, one a chunk; from now on it is found by its meaning too. */
  setVectors(id: string, vectors: readonly Float32Array[]): void {
    const held = this.documents.get(id);
    if (!held || vectors.length !== held.chunks.length) return;
    held.chunks.forEach((chunk, i) => {
      held.chunks[i] = { ...chunk, vector: vectors[i] ?? null };
    });
    this.lacking.delete(id);
    this.flat = null;
  }
  remove(id: string): void {
    const held = this.documents.get(id);
    if (!held) return;
    for (const { terms, length } of held.chunks) {
      for (const term of terms.keys()) {
        const left = (this.spread.get(term) ?? 0) - 1;
        if (left > 0) this.spread.set(term, left);
        else this.spread.delete(term);
      }
      this.terms -= length;
    }
    this.count -= held.chunks.length;
    this.documents.delete(id);
    this.lacking.delete(id);
    this.flat = null;
  }
  list(): ChunkList {
    if (this.flat) return this.flat;
    const chunks = [...this.documents.values()].flatMap((held) => held.chunks);
    this.flat = {
      chunks,
      vectors: chunks.map((chunk) => chunk.vector ?? NONE),
      spread: this.spread,
      meanTerms: this.count ? this.terms / this.count : 1,
    };
    return this.flat;
  }
}
