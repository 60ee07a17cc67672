import type { Emitter } from '../kernel/events.ts';
import { centred } from './embed-centred.ts';
import { builtInEmbedder } from './embed-hashed.ts';
import { createEmbedderSwitch, type EmbedderSwitch } from './switch-embedder.ts';
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

/** The switch that follows the models, from one that plays the role to another. */
export function followModels({
  models,
  ...o
}: Omit<Parameters<typeof createEmbedderSwitch>[0], 'first' | 'wanted' | 'kept'> & {
  readonly models: {
    embedding(): Embedder | null;
    overview(): Promise<{ readonly models: readonly { readonly id: string }[] }>;
    readonly changed: Emitter<void>;
  };
}): EmbedderSwitch {
  const embedding = createEmbedderSwitch({
    ...o,
    first: builtInEmbedder,
    wanted: followRole(models.embedding),
    kept: async () => (await models.overview()).models.map(({ id }) => id),
  });
  models.changed.on(embedding.follow);
  return embedding;
}
