import { AppError } from '../../../main/kernel/errors.ts';
import type { Embedder } from '../../../main/vectors/index.ts';

/**
 * An embedder that answers when it pleases, as a model does: by the letters of a text, and with `synonyms` taken for one another, which
 * no search by words would find.
 */
export function madeModel(
  id: string,
  dimensions = 64,
  synonyms: readonly (readonly [string, string])[] = [],
) {
  const state = {
    /** texts it was asked for */
    asked: [] as string[],
    failing: false,
    /** called before each answer */
    pause: async (): Promise<void> => {},
  };
  const one = (text: string): Float32Array => {
    const vector = new Float32Array(dimensions);
    const plain = synonyms.reduce((t, [from, to]) => t.replaceAll(from, to), text);
    for (let i = 0; i + 1 < plain.length; i++) {
      const at = (plain.charCodeAt(i) * 31 + plain.charCodeAt(i + 1)) % dimensions;
      vector[at] = (vector[at] ?? 0) + 1;
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((x) => x / length);
  };
  const embedder: Embedder = {
    id,
    modelId: id,
    dimensions,
    async embed(texts, _as, signal) {
      await state.pause();
      signal?.throwIfAborted();
      if (state.failing) throw new AppError('models.load-failed', { detail: 'it broke' });
      state.asked.push(...texts);
      return texts.map(one);
    },
  };
  return { embedder, state, vectorOf: one };
}
