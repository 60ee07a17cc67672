import { Cancelled, toAppError } from '../kernel/errors.ts';
import type { Emitter } from '../kernel/events.ts';
import type { Log } from '../kernel/log.ts';
import { Turns, throwIfAborted } from '../kernel/task.ts';
import type { Store } from '../store/index.ts';
import {
  createQuestions,
  type Embedder,
  type Prepared,
  type PrepareWork,
  type QuestionVector,
  type VectorCache,
} from '../vectors/index.ts';
import { DocumentIndex } from './document-index.ts';
import { type DocumentHead, type Problem, saveState, selectDocument, selectHeads } from './queries.ts';
import { splitChunks } from './split-chunks.ts';

/** documents taken in before anybody else gets a turn */
const AT_ONCE = 20;
/** texts handed over together when a whole index is made */
const TOGETHER = 128;
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
  stateOf(head: DocumentHead): { state: DocumentHead['state']; problem: Problem | null };
  /** Takes in what changed; at once where the embedder computes at once, else in the background. */
  follow(): Promise<void>;
  /** Takes in what changed and embeds all that waits; how many documents failed. */
  run(): Promise<{ failed: number }>;
  prepare(embedder: Embedder, work: PrepareWork): Promise<Prepared>;
  close(): Promise<void>;
}

/** Keeps the index in memory in step with the store. Vectors come from the cache or are computed; until then words are found. */
export function createIndexing(o: {
  readonly store: Store;
  readonly cache: VectorCache;
  readonly embedder: Embedder;
  readonly changed: Emitter<void>;
  readonly log: Log;
}): DocumentIndexing {
  const { store, cache, log } = o;
  const stopping = new AbortController();
  const questions = createQuestions({ log, signal: stopping.signal });
  questions.cameLate.on(() => o.changed.emit());
  let serving = new DocumentIndex(o.embedder);
  let heads: ReadonlyMap<string, DocumentHead> = new Map();
  /** the company's rows keep no state in the store */
  const problems = new Map<string, { readonly stamp: string; readonly problem: Problem }>();
  let unsure = true;
  const stopListening = store.written.on(() => {
    unsure = true;
  });

  /** Puts an index in step with what is there now; what the cache holds is found by its meaning at once. */
  const takeIn = async (
    index: DocumentIndex,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, DocumentHead>> => {
    const now = new Map(selectHeads(store.read).map((head) => [head.id, head]));
    for (const id of [...index.ids()]) if (!now.has(id)) index.remove(id);
    let taken = 0;
    for (const head of now.values()) {
      if (index.stampOf(head.id) === head.stamp) continue;
      const row = selectDocument(store.read, head.id);
      // changed between the two reads: the next call takes it in
      if (row?.stamp !== head.stamp) continue;
      index.put(head.id, head.stamp, row.title, splitChunks(row.text, row.marks));
      const texts = index.textsOf(head.id);
      const kept = cache.look(index.embedder, texts).filter((vector) => vector !== null);
      if (kept.length === texts.length) index.setVectors(head.id, kept);
      if (++taken % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      throwIfAborted(signal);
    }
    return now;
  };
  /** Embeds these documents in one go: their texts are put together by length. */
  const embed = async (
    index: DocumentIndex,
    ids: readonly string[],
    signal: AbortSignal,
    progress?: (done: number) => void,
  ): Promise<void> => {
    const stamps = ids.map((id) => index.stampOf(id));
    const texts = ids.map((id) => index.textsOf(id));
    const vectors = await cache.embed(index.embedder, texts.flat(), { signal, progress });
    let from = 0;
    ids.forEach((id, i) => {
      const count = texts[i]?.length ?? 0;
      if (index.stampOf(id) === stamps[i]) index.setVectors(id, vectors.slice(from, from + count));
      from += count;
    });
  };
  /** Indexes of other embedders that are being made. */
  let preparing = 0;
  let unkept = false;
  /**
   * Writes down how far these are, where that is news. Not while another embedder is about to take over, as at every start with a model:
   * all of it would be written twice.
   */
  const keepStates = async (index: DocumentIndex): Promise<void> => {
    const news = [...heads.values()].flatMap((head) => {
      if (head.source === 'company' || index.stampOf(head.id) !== head.stamp) return [];
      const { state, problem } = stateIn(index, head);
      const embedder = state === 'indexed' ? index.embedder.id : null;
      const isSame =
        head.state === state && head.embedder === embedder && head.problem?.code === problem?.code;
      return isSame ? [] : [saveState(head, state, embedder, problem)];
    });
    unkept = preparing > 0 && news.length > 0;
    if (news.length === 0) return;
    if (!unkept) await store.write(news);
    o.changed.emit();
  };
  const stateIn = (
    index: DocumentIndex,
    head: DocumentHead,
  ): { state: DocumentHead['state']; problem: Problem | null } => {
    if (index.stampOf(head.id) !== head.stamp) return { state: 'waiting', problem: null };
    if (!index.waiting().has(head.id)) return { state: 'indexed', problem: null };
    const failed = problems.get(head.id);
    return failed?.stamp === head.stamp
      ? { state: 'failed', problem: failed.problem }
      : { state: 'waiting', problem: null };
  };

  const fillNext = async (next: DocumentIndex, { signal, progress }: PrepareWork): Promise<void> => {
    // what changes while it is made is taken in by another round
    for (;;) {
      const now = await takeIn(next, signal);
      if (next.waiting().size === 0) return;
      const sizeOf = (ids: Iterable<string>): number =>
        [...ids].reduce((sum, id) => sum + next.textsOf(id).length, 0);
      const total = sizeOf(now.keys());
      for (const ids of groupsOf([...next.waiting()], (id) => next.textsOf(id).length)) {
        const before = total - sizeOf(next.waiting());
        progress(before, total);
        await embed(next, ids, signal, (done) => progress(Math.min(total, before + done), total));
      }
    }
  };

  const turns = new Turns();
  /** One after the other: two that take in the same document would do it twice. */
  const inTurn = turns.take;
  const isInstant = (): boolean => serving.embedder.embedNow !== undefined;

  const fillNow = async (index: DocumentIndex): Promise<{ failed: number }> => {
    heads = await takeIn(index, stopping.signal);
    let failed = 0;
    let inARow = 0;
    for (const id of [...index.waiting()]) {
      // another embedder's index took over meanwhile
      if (index !== serving) break;
      try {
        await embed(index, [id], stopping.signal);
        problems.delete(id);
        inARow = 0;
      } catch (thrown) {
        if (thrown instanceof Cancelled) throw thrown;
        const { code, params } = toAppError(thrown);
        log.warn('a document could not be indexed', { id, cause: thrown });
        problems.set(id, { stamp: index.stampOf(id) ?? '', problem: { code, params } });
        failed++;
        if (++inARow >= FAILURES) break;
      }
    }
    await keepStates(index);
    return { failed };
  };
  const run = (): Promise<{ failed: number }> => inTurn(() => fillNow(serving));
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
            heads = await takeIn(serving, stopping.signal);
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
        : stateIn(serving, head),
    async follow() {
      if (isInstant()) await run();
      else fillSoon();
    },
    run,
    async prepare(embedder, { signal, progress }) {
      const next = new DocumentIndex(embedder);
      preparing++;
      /** The one that serves goes on serving: what was held back about it is written down. */
      const givenUp = async (): Promise<void> => {
        preparing--;
        if (unkept && !stopping.signal.aborted) await inTurn(() => keepStates(serving));
      };
      try {
        await fillNext(next, { signal, progress });
      } catch (thrown) {
        await givenUp();
        throw thrown;
      }
      return {
        take() {
          preparing--;
          serving = next;
          problems.clear();
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

/** Neighbours in the list, together of about so many texts as make full batches. */
function* groupsOf(ids: readonly string[], sizeOf: (id: string) => number): Generator<string[]> {
  let group: string[] = [];
  let size = 0;
  for (const id of ids) {
    group.push(id);
    size += sizeOf(id);
    if (size < TOGETHER) continue;
    yield group;
    group = [];
    size = 0;
  }
  if (group.length > 0) yield group;
}
