/** Turns texts into vectors of one length. The same text gives the same vector in every run. */
export interface Embedder {
  /** names the method and its version: vectors of different ids are never compared */
  readonly id: string;
  readonly dimensions: number;
  /** one L2-normalised vector a text, in order; a text without any letter or digit gives the zero vector */
  embed(texts: readonly string[]): Float32Array[];
}
/** A neighbour: where it stands in the searched list, and its cosine similarity (−1 … 1). */
export type Neighbour = { readonly index: number; readonly score: number };
