import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ManualClock } from '../../../main/clock.ts';
import { AppError } from '../../../main/errors.ts';
import { createKnowledge } from '../../../main/knowledge/index.ts';
import { silentLog } from '../../../main/log.ts';
import { openStore } from '../../../main/store/index.ts';
import { Tasks } from '../../../main/task.ts';
import { createVectorCache, type Embedder } from '../../../main/vectors/index.ts';

/** Know-how in a folder of its own; everything is closed when the test is over. */
export async function openKnowHow(embedder?: Embedder) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-know-how-'));
  const store = await openStore(dir);
  const clock = new ManualClock(Date.UTC(2026, 10, 21));
  const tasks = new Tasks(clock, silentLog);
  const cache = createVectorCache(store);
  const knowledge = createKnowledge({
    store,
    clock,
    tasks,
    log: silentLog,
    cache,
    ...(embedder ? { embedder } : {}),
  });
  onTestFinished(async () => {
    await tasks.close();
    await knowledge.close();
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const titles = async (text: string): Promise<string[]> =>
    (await knowledge.search(text, 8)).map((hit) => hit.title);
  const add = (title: string, text: string) => knowledge.add({ title, text, tags: [], source: 'typed' });
  return { dir, store, clock, tasks, cache, knowledge, titles, add };
}

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
  return { embedder, state };
}
