/** A question and what may answer it are embedded differently by some models (e5). What is stored is a passage. */
export type EmbedAs = 'query' | 'passage';

/** Turns texts into vectors of one length. */
export interface Embedder {
  /** names the method and its version: vectors of different ids are never compared */
  readonly id: string;
  /** the model behind it; absent: the built-in one */
  readonly modelId?: string;
  readonly dimensions: number;
  /**
   * One L2-normalised vector a text, in order; a text without any letter or digit gives the zero vector. Rejects with Cancelled
   * when stopped, with AppError when the model behind it fails.
   */
  embed(texts: readonly string[], as: EmbedAs, signal?: AbortSignal): Promise<Float32Array[]>;
  /** the same at once, where nothing has to be waited for */
  readonly embedNow?: (texts: readonly string[]) => Float32Array[];
}
