import { Cancelled } from '../kernel/errors.ts';
import type { Emitter } from '../kernel/events.ts';
import { Turns } from '../kernel/task.ts';
import type { Base } from '../store/index.ts';
import {
  createQuestions,
  type Embedder,
  type Prepared,
  type PrepareWork,
  type QuestionVector,
  type VectorCache,
} from '../vectors/index.ts';
import { DocumentIndex } from './document-index.ts';
import { type DocumentState, DocumentStates } from './document-states.ts';
import { embedDocuments, fillIndex, takeIn } from './fill-index.ts';
import type { DocumentHead } from './queries.ts';

/** a model that fails so often in a row is left alone until the next try */
const FAILURES = 3;

export interface DocumentIndexing {
  /** What is searched now, with every document as it stands. */
  current(): Promise<{ readonly index: DocumentIndex; readonly heads: ReadonlyMap<string, DocumentHead> }>;
  /** A question's vector of this index. */
  meaningOf(index: DocumentIndex, text: string): Promise<QuestionVector>;
  /** Passages of a document; null: it has not been taken in yet. */
  passagesOf(head: DocumentHead): number | null;
  /** How far a document is. */
  stateOf(head: DocumentHead): DocumentState;
  /** Takes in what changed; at once where the embedder computes at once, else in the background. */
  follow(): Promise<void>;
  /** Takes in what changed and embeds all that waits; how many documents failed. */
  run(): Promise<{ failed: number }>;
  prepare(embedder: Embedder, work: PrepareWork): Promise<Prepared>;
  close(): Promise<void>;
}

/** Keeps the index in memory in step with the store. Vectors come from the cache or are computed; until then words are found. */
export function createIndexing(
  o: Pick<Base, 'store' | 'log'> & {
    readonly cache: VectorCache;
    readonly embedder: Embedder;
    readonly changed: Emitter<void>;
  },
): DocumentIndexing {
  const { store, cache, log } = o;
  const source = { read: store.read, cache };
  const stopping = new AbortController();
  const questions = createQuestions({ log, signal: stopping.signal });
  questions.cameLate.on(() => o.changed.emit());
  let serving = new DocumentIndex(o.embedder);
  const states = new DocumentStates(store, () => o.changed.emit());
  let heads: ReadonlyMap<string, DocumentHead> = new Map();
  let unsure = true;
  const stopListening = store.written.on(() => {
    unsure = true;
  });

  /** One after the other: two that take in the same document would do it twice. */
  const turns = new Turns();
  const isInstant = (): boolean => serving.embedder.embedNow !== undefined;

  const fillNow = async (index: DocumentIndex): Promise<{ failed: number }> => {
    heads = await takeIn(source, index, stopping.signal);
    let failed = 0;
    let inARow = 0;
    for (const id of [...index.waiting()]) {
      // another embedder's index took over meanwhile
      if (index !== serving) break;
      try {
        await embedDocuments(cache, index, [id], stopping.signal);
        states.passed(id);
        inARow = 0;
      } catch (thrown) {
        if (thrown instanceof Cancelled) throw thrown;
        log.warn('a document could not be indexed', { id, cause: thrown });
        states.failed(id, index.stampOf(id) ?? '', thrown);
        failed++;
        if (++inARow >= FAILURES) break;
      }
    }
    await states.keep(index, heads.values());
    return { failed };
  };
  const run = (): Promise<{ failed: number }> => turns.take(() => fillNow(serving));
  let filling: Promise<unknown> | null = null;
  let changedAgain = false;
  const fillSoon = (): void => {
    // what changed since it began is taken in by another round
    changedAgain = filling !== null;
    filling ??= run()
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled)) log.error('indexing', error);
      })
      .finally(() => {
        filling = null;
        if (changedAgain && !stopping.signal.aborted) fillSoon();
      });
  };

  return {
    async current() {
      if (unsure) {
        unsure = false;
        try {
          if (isInstant()) await run();
          else {
            heads = await takeIn(source, serving, stopping.signal);
            if (serving.waiting().size > 0) fillSoon();
          }
        } catch (error) {
          unsure = true;
          throw error;
        }
      }
      return { index: serving, heads };
    },
    meaningOf: ({ embedder }, text) => questions.embed(embedder, text),
    passagesOf: (head) => (serving.stampOf(head.id) === head.stamp ? serving.textsOf(head.id).length : null),
    stateOf: (head) =>
      serving.stampOf(head.id) === null && head.embedder === serving.embedder.id
        ? { state: head.state, problem: head.problem }
        : states.of(serving, head),
    async follow() {
      if (isInstant()) await run();
      else fillSoon();
    },
    run,
    async prepare(embedder, work) {
      const next = new DocumentIndex(embedder);
      states.holdBack();
      /** The one that serves goes on serving: what was held back about it is written down. */
      const givenUp = async (): Promise<void> => {
        if (states.goOn() && !stopping.signal.aborted)
          await turns.take(() => states.keep(serving, heads.values()));
      };
      try {
        await fillIndex(source, next, work);
      } catch (thrown) {
        await givenUp();
        throw thrown;
      }
      return {
        take() {
          states.goOn();
          states.clear();
          serving = next;
          unsure = true;
          fillSoon();
          o.changed.emit();
        },
        drop: givenUp,
      };
    },
    async close() {
      stopListening();
      stopping.abort(new Cancelled('closing'));
      await turns.idle();
      await filling;
    },
  };
}
