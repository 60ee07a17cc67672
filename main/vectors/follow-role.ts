import { centred } from './embed-centred.ts';
import { builtInEmbedder } from './embed-hashed.ts';
import type { Embedder } from './types.ts';

/**
 * The embedder that shall serve: the model that plays the role now, its vectors centred; the built-in one where none does. The same
 * model gives the same object, though it may have been loaded anew in between.
 */
export function followRole(role: () => Embedder | null): () => Embedder {
  const made = new Map<string, Embedder>();
  return () => {
    const model = role();
    if (!model) return builtInEmbedder;
    const known = made.get(model.id);
    if (known) return known;
    const { id, dimensions, modelId } = model;
    const embedder = centred({
      id,
      dimensions,
      ...(modelId === undefined ? {} : { modelId }),
      embed(texts, as, signal) {
        const now = role();
        return (now?.id === id ? now : model).embed(texts, as, signal);
      },
    });
    made.set(id, embedder);
    return embedder;
  };
}
