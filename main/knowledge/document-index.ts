import { type Embedder, type Lexicon, WordIndex } from '../vectors/index.ts';
import { marksOf } from './exact-marks.ts';
import { chunkId } from './queries.ts';
import type { ChunkList, IndexedChunk } from './search-chunks.ts';
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
  private readonly words: WordIndex<string>;
  private flat: ChunkList | null = null;
  /** documents without all their vectors */
  private readonly lacking = new Set<string>();
  constructor(embedder: Embedder, lexicon?: Lexicon) {
    this.embedder = embedder;
    this.words = new WordIndex(lexicon);
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
      const key = chunkId(id, seq);
      this.words.set(key, text);
      return {
        id: key,
        documentId: id,
        text: chunk.text,
        place: chunk.place,
        vector: null,
        marks: marksOf(text),
        latin: new Set(
          text
            .normalize('NFKC')
            .toLowerCase()
            .match(/[a-z0-9]+/g),
        ),
      };
    });
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
    for (const chunk of held.chunks) this.words.delete(chunk.id);
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
      words: this.words,
    };
    return this.flat;
  }
}
