import { z } from 'zod';
import { Cancelled, toAppError } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { EmbedAs, VectorModel } from '../types.ts';
import { badAnswer } from './parse-answer.ts';
import type { Ask } from './server-models.ts';

const Vectors = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1).max(16_384) })),
});

/** texts a request; a server's own limits are higher */
const BATCH = 32;
const ASK_AGAIN_MS = 60_000;

/** Vectors of a server's model, once it has said how long they are. */
export function createVectors(o: {
  readonly ask: Ask;
  readonly url: () => string;
  readonly log: Log;
  /** aborts when the server is asked no more */
  readonly closing: AbortSignal;
  /** the vectors can be used now, or no longer */
  readonly changed: () => void;
}): {
  /** null until their length is known, which is asked for */
  vectorsOf(model: string): VectorModel | null;
  /** the settings changed */
  refresh(model: string | null): void;
  settled(): Promise<void> | null;
} {
  /** length of the vectors by what was asked, once known */
  let known: { readonly of: string; readonly dimensions: number } | null = null;
  let asking: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function embed(
    model: string,
    texts: readonly string[],
    as: EmbedAs,
    signal?: AbortSignal,
  ): Promise<Float32Array[]> {
    const prefix = prefixOf(model, as);
    const vectors: Float32Array[] = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      const input = texts.slice(at, at + BATCH).map((text) => prefix + text);
      const { data } = await o.ask(
        '/embeddings',
        { model, input, encoding_format: 'float' },
        Vectors,
        signal,
      );
      const sorted = [...data].sort((a, b) => a.index - b.index);
      if (sorted.length !== input.length || sorted.some(({ index }, i) => index !== i))
        throw badAnswer(`${data.length} vectors for ${input.length} texts`);
      for (const { embedding } of sorted) vectors.push(normalised(embedding));
    }
    const [length] = vectors.map((v) => v.length);
    if (vectors.some((v) => v.length !== length)) throw badAnswer('vectors of several lengths');
    return vectors;
  }

  /** Asks once how long the vectors are; again after a minute where it could not be asked. */
  function learnDimensions(model: string, of: string): void {
    if (asking || o.closing.aborted || Date.now() - askedAt < ASK_AGAIN_MS) return;
    askedAt = Date.now();
    asking = embed(model, ['Toride'], 'query')
      .then(([vector]) => {
        if (!vector) return;
        known = { of, dimensions: vector.length };
        o.changed();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled))
          o.log.warn('the model server gives no vectors', { ...toAppError(error).params });
      })
      .finally(() => {
        asking = null;
      });
  }

  function vectorsOf(model: string): VectorModel | null {
    const of = `${o.url()} ${model}`;
    if (known?.of !== of) {
      learnDimensions(model, of);
      return null;
    }
    const { dimensions } = known;
    return {
      modelId: `server:${model}`,
      id: `server:${of} ${dimensions} ${prefixOf(model, 'query') ? 'e5' : 'plain'}`,
      dimensions,
      async embed(texts, as, signal) {
        const vectors = await embed(model, texts, as, signal);
        if (vectors.some((v) => v.length !== dimensions)) {
          known = null;
          askedAt = Number.NEGATIVE_INFINITY;
          o.changed();
          throw badAnswer(`vectors of ${vectors[0]?.length ?? 0} numbers, ${dimensions} before`);
        }
        return vectors;
      },
    };
  }
  return {
    vectorsOf,
    refresh(model) {
      askedAt = Number.NEGATIVE_INFINITY;
      if (model !== null) vectorsOf(model);
    },
    settled: () => asking,
  };
}

/** e5's models were trained with these words before every text. */
const prefixOf = (model: string, as: EmbedAs): string =>
  /(^|[^a-z0-9])e5([^0-9]|$)/i.test(model) ? (as === 'query' ? 'query: ' : 'passage: ') : '';

function normalised(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  if (!Number.isFinite(length) || length === 0) throw badAnswer('a vector without a direction');
  return Float32Array.from(values, (value) => value / length);
}
