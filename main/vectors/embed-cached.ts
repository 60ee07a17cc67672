import { createHash } from 'node:crypto';
import { throwIfAborted } from '../kernel/task.ts';
import type { Statement, Store } from '../store/index.ts';
import { countEmbeddings, deleteEmbeddings, insertEmbeddings, selectEmbeddings } from './queries.ts';
import type { Embedder } from './types.ts';

/** texts looked up by one query; SQLite binds at most 32,766 values */
const LOOKED_UP = 500;
/** texts computed at once before anybody else gets a turn: about 10 ms */
const AT_ONCE = 400;
/** a model gets so many texts or characters in one job: other jobs wait behind it, and what is kept survives a kill */
const JOB_TEXTS = 16;
const JOB_CHARACTERS = 3_000;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const decode = (bytes: Uint8Array, dimensions: number): Float32Array | null => {
  if (bytes.byteLength !== dimensions * 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const vector = new Float32Array(dimensions);
  for (let i = 0; i < dimensions; i++) {
    const x = view.getFloat32(i * 4, true);
    if (!Number.isFinite(x)) return null;
    vector[i] = x;
  }
  return vector;
};
const encode = (vector: Float32Array): Uint8Array => {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  vector.forEach((x, i) => {
    view.setFloat32(i * 4, x, true);
  });
  return bytes;
};

export type CacheStatus = {
  /** vectors kept and their bytes, by embedder */
  readonly kept: readonly { readonly embedder: string; readonly vectors: number; readonly bytes: number }[];
  /** share of the texts asked for since the start that were there; null: none was asked for */
  readonly hitRate: number | null;
};
export type EmbedWork = {
  readonly signal?: AbortSignal | undefined;
  /** texts done, those found among them */
  readonly progress?: ((done: number) => void) | undefined;
};

/** Vectors of passages by embedder and SHA-256 of the text. The table is a cache: emptying it loses time, nothing else. */
export interface VectorCache {
  /**
   * Vectors of `texts` in their order: from the table where they are, computed and kept where not. What was computed before a
   * cancel, a failure or a kill is kept, so that the next try goes on from there.
   */
  embed(embedder: Embedder, texts: readonly string[], work?: EmbedWork): Promise<Float32Array[]>;
  /** What the table holds; null where it does not. */
  look(embedder: Embedder, texts: readonly string[]): (Float32Array | null)[];
  status(): CacheStatus;
  /** Forgets the vectors of all embedders but these; how many there were. */
  prune(keep: (embedder: string) => boolean): Promise<number>;
}

export function createVectorCache(store: Store): VectorCache {
  let asked = 0;
  let computed = 0;
  /** Counting reads the whole table: it is done once, and what is added later is added here. */
  let counted: Map<string, { vectors: number; bytes: number }> | null = null;
  const count = (): NonNullable<typeof counted> => {
    counted ??= new Map(countEmbeddings(store.read).map(({ embedder, ...rest }) => [embedder, rest]));
    return counted;
  };
  const countMore = (embedder: Embedder, more: number): void => {
    const { vectors, bytes } = counted?.get(embedder.id) ?? { vectors: 0, bytes: 0 };
    counted?.set(embedder.id, { vectors: vectors + more, bytes: bytes + more * embedder.dimensions * 4 });
  };
  const look = (embedder: Embedder, texts: readonly string[]): (Float32Array | null)[] => {
    const vectors: (Float32Array | null)[] = [];
    for (let from = 0; from < texts.length; from += LOOKED_UP) {
      const hashes = texts.slice(from, from + LOOKED_UP).map(hashOf);
      const cached = selectEmbeddings(store.read, embedder.id, hashes);
      for (const hash of hashes) {
        const bytes = cached.get(hash);
        // a damaged row is computed again
        vectors.push(bytes ? decode(bytes, embedder.dimensions) : null);
      }
    }
    return vectors;
  };
  const compute = async (
    embedder: Embedder,
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<{ vectors: Float32Array[]; keep: Statement }> => {
    const vectors = embedder.embedNow?.(texts) ?? (await embedder.embed(texts, 'passage', signal));
    const checked = texts.map((_, i) => {
      const vector = vectors[i];
      if (vector?.length !== embedder.dimensions)
        throw new RangeError(
          `${embedder.id}: ${vector?.length ?? 'no'} dimensions, not ${embedder.dimensions}`,
        );
      return vector;
    });
    const rows = texts.map((text, i) => ({
      hash: hashOf(text),
      vector: encode(checked[i] ?? new Float32Array()),
    }));
    return { vectors: checked, keep: insertEmbeddings(embedder.id, rows) };
  };

  return {
    look(embedder, texts) {
      const found = look(embedder, texts);
      // what is not whole is asked for again, and counted then
      if (!found.includes(null)) asked += texts.length;
      return found;
    },
    async embed(embedder, texts, { signal, progress } = {}) {
      const found = look(embedder, texts);
      asked += texts.length;
      // longest last, like lengths together: a model computes those of one length in one go
      const missing = [...new Set(texts.filter((_, i) => !found[i]))].sort((a, b) => a.length - b.length);
      let done = texts.length - missing.length;
      if (done > 0) progress?.(done);
      const made = new Map<string, Float32Array>();
      for (const job of jobsOf(missing, embedder.embedNow !== undefined)) {
        throwIfAborted(signal);
        const { vectors, keep } = await compute(embedder, job, signal);
        job.forEach((text, i) => {
          const vector = vectors[i];
          if (vector) made.set(text, vector);
        });
        computed += job.length;
        done += job.length;
        await store.write([keep]);
        countMore(embedder, job.length);
        progress?.(done);
      }
      return texts.map((text, i) => found[i] ?? made.get(text) ?? new Float32Array(embedder.dimensions));
    },
    status: () => ({
      kept: [...count()]
        .map(([embedder, kept]) => ({ embedder, ...kept }))
        .sort((a, b) => (a.embedder < b.embedder ? -1 : 1)),
      hitRate: asked === 0 ? null : (asked - computed) / asked,
    }),
    async prune(keep) {
      const gone = countEmbeddings(store.read).filter(({ embedder }) => !keep(embedder));
      if (gone.length > 0) await store.write(gone.map(({ embedder }) => deleteEmbeddings(embedder)));
      counted = null;
      return gone.reduce((sum, { vectors }) => sum + vectors, 0);
    },
  };
}

function* jobsOf(texts: readonly string[], atOnce: boolean): Generator<string[]> {
  let job: string[] = [];
  let characters = 0;
  for (const text of texts) {
    const full = atOnce
      ? job.length >= AT_ONCE
      : job.length >= JOB_TEXTS || characters + text.length > JOB_CHARACTERS;
    if (job.length > 0 && full) {
      yield job;
      job = [];
      characters = 0;
    }
    job.push(text);
    characters += text.length;
  }
  if (job.length > 0) yield job;
}
