import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { createKnowledge } from '../../../main/knowledge/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { createVectorCache, type Embedder } from '../../../main/vectors/index.ts';

export { madeModel } from '../../helpers/llm/made-model.ts';

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
    (await knowledge.search(text, 8)).hits.map((hit) => hit.title);
  const add = (title: string, text: string) => knowledge.add({ title, text, tags: [], source: 'typed' });
  return { dir, store, clock, tasks, cache, knowledge, titles, add };
}
