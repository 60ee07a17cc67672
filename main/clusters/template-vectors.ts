import type { Log } from '../kernel/log.ts';
import type { LogTemplate } from '../logs/contract/logs.ts';
import type { Logs } from '../logs/index.ts';
import {
  type Embedder,
  openVectorIndex,
  type PrepareWork,
  type VectorCache,
  type VectorIndex,
  WordIndex,
} from '../vectors/index.ts';
import type { RowMatrix } from './map-worker.ts';
import { embeddedText } from './template-words.ts';

/** texts embedded before the engine gets its turn: about 10 ms */
const BATCH = 400;
/** what was listed is not listed again before so many ms: lines come in every second */
const FRESH_MS = 3_000;
/** without need, all templates are not listed again before so many ms: sources say often that something changed */
const IDLE_MS = 20_000;
const ALL = 1_000_000;

export interface TemplateVectors {
  readonly embedder: Embedder;
  readonly index: VectorIndex;
  readonly words: WordIndex<string>;
  /**
   * Embeds what is new or changed since the last call. `idle`: listing all templates may wait for a while. Words are findable
   * even where the vectors fail; what failed is tried again by the next call.
   */
  refresh(o?: Partial<PrepareWork> & { readonly idle?: boolean }): Promise<void>;
  /** All templates can be found by their words from now on, whatever waits for its vector. */
  takeWords(): void;
  /** Embeds texts through the cache of the store. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** Templates that exist and have lines, by id; noise among them. At most some seconds old. */
  templates(): ReadonlyMap<number, LogTemplate>;
  /** A template's vector; where it is not yet in the index, computed if that can be done at once. Null when there is none. */
  vectorOf(id: number): Float32Array | null;
  /** Vectors of these templates as rows, in their order. */
  rowsOf(ids: readonly number[]): RowMatrix;
  close(o?: { readonly discard: boolean }): Promise<void>;
}

/** The key of a template in the word index. */
export const wordKey = (id: number): string => `template ${id}`;

/** Vectors as rows, in the order of `ids`. @param version differs whenever one of them does */
export function rowsOf(
  version: string,
  ids: readonly number[],
  d: number,
  vectorOf: (id: number) => Float32Array | null | undefined,
): RowMatrix {
  const values = new Float32Array(ids.length * d);
  ids.forEach((id, i) => {
    values.set(vectorOf(id) ?? [], i * d);
  });
  return { key: `${version} ${ids.join(' ')}`, values, n: ids.length, d };
}

export function openTemplateVectors(o: {
  readonly cache: VectorCache;
  readonly logs: Pick<Logs, 'templates' | 'changed'>;
  readonly dir: string;
  readonly embedder: Embedder;
  readonly log: Log;
}): TemplateVectors {
  const { cache, logs, embedder } = o;
  const index = openVectorIndex({
    dir: o.dir,
    name: 'templates',
    embedderId: embedder.id,
    dimensions: embedder.dimensions,
    log: o.log,
    cacheHitRate: () => cache.status().hitRate,
  });
  const words = new WordIndex<string>();
  /** what was embedded under an id */
  const texts = new Map<number, string>();
  let pending: Set<number> | 'all' = 'all';
  let version = 0;
  let listed: { readonly at: number; readonly templates: ReadonlyMap<number, LogTemplate> } | null = null;
  let stale = true;
  const stop = logs.changed.on((change) => {
    stale = true;
    if (change.kind === 'lines') return;
    listed = null;
    if (change.kind === 'sources')
      pending = 'all'; // one may have been removed, and templates with it
    else if (pending !== 'all') for (const id of change.ids) pending.add(id);
  });

  const templates = (): ReadonlyMap<number, LogTemplate> => {
    if (listed && (!stale || performance.now() - listed.at < FRESH_MS)) return listed.templates;
    const all = logs.templates.list({ noise: true, sort: 'id', limit: ALL }).templates;
    listed = { at: performance.now(), templates: new Map(all.map((t) => [t.id, t])) };
    stale = false;
    return listed.templates;
  };
  const takeWordsOf = ({ id, name, text }: LogTemplate): void => {
    words.set(wordKey(id), name ? `${name} ${text}` : text);
  };
  const drop = (id: number): void => {
    if (!texts.delete(id)) return;
    index.remove([id]);
    words.delete(wordKey(id));
    version++;
  };
  /** Templates whose ids are given as they stand now; those that are gone, or part of another now, are dropped. */
  const take = (wanted: ReadonlySet<number> | 'all'): LogTemplate[] => {
    if (wanted === 'all') {
      const all = templates();
      for (const id of [...texts.keys()]) if (!all.has(id)) drop(id);
      return [...all.values()];
    }
    const found = new Map<number, LogTemplate>();
    for (const id of wanted) {
      const template = logs.templates.get(id);
      if (template) found.set(template.id, template);
      if (template?.id !== id) drop(id);
    }
    return [...found.values()];
  };
  let allAt = Number.NEGATIVE_INFINITY;
  const refreshNow = async ({
    idle,
    signal,
    progress,
  }: Partial<PrepareWork> & { idle?: boolean }): Promise<void> => {
    const wanted = pending;
    if (wanted === 'all' && idle && performance.now() - allAt < IDLE_MS) return;
    if (wanted === 'all') allAt = performance.now();
    pending = new Set();
    if (wanted !== 'all' && wanted.size === 0) return;
    try {
      const changed = take(wanted).flatMap((template) => {
        takeWordsOf(template);
        const text = embeddedText(template);
        return texts.get(template.id) === text ? [] : [{ id: template.id, text }];
      });
      for (let from = 0; from < changed.length; from += BATCH) {
        const batch = changed.slice(from, from + BATCH);
        const vectors = await cache.embed(
          embedder,
          batch.map(({ text }) => text),
          { signal, progress: (done) => progress?.(from + done, changed.length) },
        );
        index.upsert(
          batch.map(({ id }, i) => ({ id, vector: vectors[i] ?? new Float32Array(embedder.dimensions) })),
        );
        for (const { id, text } of batch) texts.set(id, text);
        version++;
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      pending = 'all';
      throw error;
    }
  };
  let refreshing: Promise<void> = Promise.resolve();
  return {
    embedder,
    index,
    words,
    refresh(work = {}) {
      refreshing = refreshing.catch(() => {}).then(() => refreshNow(work));
      return refreshing;
    },
    takeWords() {
      for (const template of templates().values()) takeWordsOf(template);
    },
    embed: (texts, signal) => cache.embed(embedder, texts, { signal }),
    templates,
    vectorOf(id) {
      const known = index.get(id);
      if (known) return known;
      const template = logs.templates.get(id);
      return template ? (embedder.embedNow?.([embeddedText(template)])[0] ?? null) : null;
    },
    rowsOf: (ids) => rowsOf(`templates ${version}`, ids, embedder.dimensions, index.get),
    async close(how) {
      stop();
      await refreshing.catch(() => {});
      await index.close(how);
    },
  };
}
