import { createHash } from 'node:crypto';
import type { Reader, Statement } from '../store/index.ts';
import { insertEmbeddings, selectEmbeddings } from './queries.ts';
import type { Embedder } from './types.ts';

/** texts looked up by one query; SQLite binds at most 32,766 values */
const BATCH = 500;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const decode = (bytes: Uint8Array, dimensions: number): Float32Array | null => {
  if (bytes.byteLength !== dimensions * 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vector = new Float32Array(dimensions);
  for (let i = 0; i < dimensions; i++) {
    const x = view.getFloat32(i * 4, true);
    if (!Number.isFinite(x)) return null;
    vector[i] = x;
  }
  return vector;
};
const encode = (vector: Float32Array): Uint8Array => {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  vector.forEach((x, i) => {
    view.setFloat32(i * 4, x, true);
  });
  return bytes;
};

/**
 * Vectors of `texts`, from the table `embeddings` where they are, computed where not. `store` holds the statements that keep
 * the new ones (`computed` of them); a damaged cached vector is computed again. The table is a cache: emptying it loses time, nothing else.
 */
export function embedCached(
  read: Reader,
  embedder: Embedder,
  texts: readonly string[],
): { vectors: Float32Array[]; store: Statement[]; computed: number } {
  const hashes = texts.map(hashOf);
  const vectors = new Array<Float32Array>(texts.length);
  const missing: number[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const slice = hashes.slice(from, from + BATCH);
    const cached = selectEmbeddings(read, embedder.id, slice);
    slice.forEach((hash, i) => {
      const bytes = cached.get(hash);
      const vector = bytes && decode(bytes, embedder.dimensions);
      if (vector) vectors[from + i] = vector;
      else missing.push(from + i);
    });
  }
  if (missing.length === 0) return { vectors, store: [], computed: 0 };
  const computed = embedder.embed(missing.map((i) => texts[i] ?? ''));
  const rows = missing.map((index, k) => {
    const vector = computed[k] ?? new Float32Array(embedder.dimensions);
    vectors[index] = vector;
    return { hash: hashes[index] ?? '', vector: encode(vector) };
  });
  return { vectors, store: [insertEmbeddings(embedder.id, rows)], computed: missing.length };
}
