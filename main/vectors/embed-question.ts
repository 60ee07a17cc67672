import type { ErrorData } from '../api/contract/common.ts';
import { AppError, Cancelled, toAppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import type { Log } from '../kernel/log.ts';
import { untilAborted } from '../kernel/task.ts';
import type { Embedder } from './types.ts';

/** A model that is busy or loading is waited for so long; then words answer alone, and meaning is added when it is there. */
export const QUERY_WAIT_MS = 1_500;
/** questions whose vectors are kept, or still awaited */
const KEPT = 32;

/** What a search does without meaning. `withoutMeaning`: why words answer alone; null where they do not. */
export type QuestionVector = {
  readonly vector: Float32Array | null;
  readonly withoutMeaning: ErrorData | null;
};
export interface Questions {
  embed(embedder: Embedder, text: string): Promise<QuestionVector>;
  /** a vector came that its question was not kept waiting for: asked again, it is answered by meaning too */
  readonly cameLate: Emitter<void>;
}

const withoutMeaning = ({ code, params }: AppError): QuestionVector => ({
  vector: null,
  withoutMeaning: { code, params: { ...params } },
});

/** Embeds what people ask, by one rule for know-how and logs. @param signal ends what is under way, when the room closes */
export function createQuestions(o: { readonly log: Log; readonly signal: AbortSignal }): Questions {
  const cameLate = new Emitter<void>();
  const kept = new Map<string, Promise<Float32Array | null>>();
  const vectorOf = (embedder: Embedder, text: string): Promise<Float32Array | null> => {
    const key = `${embedder.id}\n${text}`;
    const made =
      kept.get(key) ?? embedder.embed([text], 'query', o.signal).then(([vector]) => vector ?? null);
    kept.delete(key);
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return made;
  };
  return {
    cameLate,
    async embed(embedder, text) {
      // what computes at once knows no more than the words and concepts that are looked for beside it
      if (embedder.embedNow) return { vector: null, withoutMeaning: null };
      const made = vectorOf(embedder, text);
      const patience = AbortSignal.any([o.signal, AbortSignal.timeout(QUERY_WAIT_MS)]);
      try {
        // only the waiting ends: what is under way is there for the next question
        return { vector: await untilAborted(made, patience), withoutMeaning: null };
      } catch (error) {
        o.log.warn('searched by words only', error);
        if (!(error instanceof Cancelled)) return withoutMeaning(toAppError(error));
        made.then(
          () => cameLate.emit(),
          () => {},
        );
        return withoutMeaning(new AppError('models.not-ready'));
      }
    },
  };
}
