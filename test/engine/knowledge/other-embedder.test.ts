import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClusters } from '../../../main/clusters/index.ts';
import { AppError } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { DocumentIndex } from '../../../main/knowledge/document-index.ts';
import { createKnowledge, type Knowledge } from '../../../main/knowledge/index.ts';
import { splitChunks } from '../../../main/knowledge/split-chunks.ts';
import { run, sql } from '../../../main/store/index.ts';
import { builtInEmbedder, type Embedder } from '../../../main/vectors/index.ts';
import { switchTo } from '../../helpers/knowledge/embedder-switch.ts';
import { madeLogs } from '../clusters/made-logs.ts';
import { madeModel, openKnowHow } from './open-know-how.ts';

const SYNONYMS = [['出社', '通勤']] as const;
const stopAt = (count: number) => {
  const gate = Promise.withResolvers<void>();
  let calls = 0;
  return {
    open: gate.resolve,
    pause: async (): Promise<void> => {
      if (++calls > count) await gate.promise;
    },
  };
};

async function desk() {
  const site = await openKnowHow();
  const { logs } = madeLogs([
    { id: 1, text: 'connection to db timed out' },
    { id: 2, text: 'user logged in' },
  ]);
  const clusters = createClusters({
    store: site.store,
    logs,
    dataDir: site.dir,
    clock: site.clock,
    tasks: site.tasks,
    log: silentLog,
    cache: site.cache,
    findable: () => [],
  });
  await clusters.refresh();
  const wanted: { embedder: Embedder } = { embedder: builtInEmbedder };
  const embedding = switchTo(() => wanted.embedder, [site.knowledge, clusters], site);
  const stateOf = (title: string) => site.knowledge.list().find((d) => d.title === title);
  return { ...site, clusters, embedding, wanted, stateOf };
}

describe('another embedder', () => {
  it('takes over know-how and log templates together, the old one answering until then', async () => {
    const { add, titles, clusters, embedding, wanted, stateOf } = await desk();
    await add('移動のきまり', '通勤の手当は月末に申請する。');
    expect(await titles('出社')).toEqual([]);
    const { embedder, state } = madeModel('model-a', 96, SYNONYMS);
    const gate = stopAt(1);
    state.pause = gate.pause;
    wanted.embedder = embedder;
    embedding.follow();
    await expect.poll(() => embedding.status().task?.stage).toBe('knowledge');
    expect(embedding.status()).toMatchObject({
      state: 'rebuilding',
      serving: { modelId: null },
      wanted: { modelId: 'model-a', dimensions: 96 },
    });
    expect(clusters.indexes().map((i) => i.embedder)).toEqual([builtInEmbedder.id, builtInEmbedder.id]);
    expect(await titles('通勤の手当')).toEqual(['移動のきまり']);
    gate.open();
    await embedding.settled();
    expect(embedding.status()).toMatchObject({ state: 'serving', serving: { id: 'model-a' }, task: null });
    expect(await titles('出社の手当')).toEqual(['移動のきまり']);
    expect(stateOf('移動のきまり')).toMatchObject({ state: 'indexed' });
    expect(clusters.indexes()).toMatchObject([
      { embedder: 'model-a', dimensions: 96, vectors: 2 },
      { embedder: 'model-a', dimensions: 96 },
    ]);
    expect((await clusters.search({ text: 'db connection' })).hits[0]?.id).toBe('1');
    await clusters.close();
  });

  it('that fails half-way changes nothing, and says why', async () => {
    const { add, titles, clusters, embedding, wanted } = await desk();
    await add('回線障害', '業者に電話する。');
    const { embedder, state } = madeModel('model-a');
    wanted.embedder = embedder;
    state.pause = async () => {
      state.failing = state.asked.length > 0;
    };
    embedding.follow();
    await embedding.settled();
    expect(embedding.status()).toMatchObject({
      state: 'failed',
      serving: { modelId: null },
      problem: { code: 'models.load-failed', params: { detail: 'it broke' } },
    });
    expect(await titles('network outage')).toEqual(['回線障害']);
    expect(clusters.indexes()[0]).toMatchObject({ embedder: builtInEmbedder.id, vectors: 2 });
    // not again by itself, but when it is asked to
    embedding.follow();
    expect(embedding.status().state).toBe('failed');
    state.pause = async () => {
      state.failing = false;
    };
    await embedding.rebuild();
    expect(embedding.status()).toMatchObject({ state: 'serving', serving: { id: 'model-a' }, problem: null });
    await clusters.close();
  });

  it('is tried again by itself when the models process died', async () => {
    const { add, clusters, embedding, wanted } = await desk();
    await add('回線障害', '業者に電話する。');
    const { embedder, state } = madeModel('model-a');
    let deaths = 0;
    state.pause = async () => {
      if (++deaths === 1) throw new AppError('models.process-died');
    };
    wanted.embedder = embedder;
    embedding.follow();
    await expect
      .poll(() => embedding.status())
      .toMatchObject({ state: 'serving', serving: { id: 'model-a' } });
    expect(deaths).toBeGreaterThan(1);
    await clusters.close();
  });

  it('that is stopped goes on from where it was', async () => {
    const { add, clusters, embedding, wanted, tasks } = await desk();
    for (let i = 0; i < 20; i++) await add(`資料${i}`, `これは${i}番目の手順です。`);
    const { embedder, state } = madeModel('model-a');
    wanted.embedder = embedder;
    const gate = stopAt(1);
    state.pause = gate.pause;
    embedding.follow();
    // one batch is done, the next under way
    await expect.poll(() => state.asked.length).toBe(16);
    tasks.cancel(embedding.status().task?.id ?? '');
    gate.open();
    await embedding.settled();
    expect(embedding.status()).toMatchObject({ state: 'stopped', serving: { modelId: null } });
    await embedding.rebuild();
    // 20 notes and 2 templates, none of them twice
    expect(state.asked).toHaveLength(22);
    expect(new Set(state.asked).size).toBe(22);
    await clusters.close();
  });

  it('gives way to a third that is wanted meanwhile, and to the built-in one when it is taken away', async () => {
    const { add, clusters, embedding, wanted } = await desk();
    await add('回線障害', '業者に電話する。');
    const slow = madeModel('slow');
    const gate = stopAt(0);
    slow.state.pause = gate.pause;
    wanted.embedder = slow.embedder;
    embedding.follow();
    await expect.poll(() => embedding.status().state).toBe('rebuilding');
    wanted.embedder = madeModel('quick', 48).embedder;
    const done = embedding.rebuild();
    gate.open();
    await done;
    expect(embedding.status()).toMatchObject({ state: 'serving', serving: { id: 'quick', dimensions: 48 } });
    wanted.embedder = builtInEmbedder;
    await embedding.rebuild();
    expect(embedding.status()).toMatchObject({ state: 'serving', serving: { modelId: null } });
    await clusters.close();
  });
});

describe('an engine that was killed while another embedder’s index was made', () => {
  it('goes on where it was after the next start, the old index answering; no vector is another embedder’s', async () => {
    const { dir, store, add, titles, cache, knowledge, tasks } = await openKnowHow();
    for (let i = 0; i < 40; i++) await add(`資料${i}`, `これは${i}番目の手順です。`);
    await add('移動のきまり', '通勤の手当は月末に申請する。');
    const script = path.join(import.meta.dirname, '../../helpers/knowledge/rebuild-child.ts');
    const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data'); // two jobs of 16 are done, the third under way
    child.kill('SIGKILL');
    await once(child, 'exit');

    const { embedder, state, vectorOf } = madeModel('model-a', 64, SYNONYMS);
    const texts = knowledge.list().flatMap(({ id, title }) => {
      const index = new DocumentIndex(embedder);
      index.put(id, '', title, splitChunks(knowledge.get(id).text));
      return [...index.textsOf(id)];
    });
    /** texts whose kept vector is there; each is the one that its own embedder makes */
    const kept = (by: Embedder, make: (text: string) => Float32Array | undefined): number => {
      const found = cache.look(by, texts).flatMap((vector, i) => (vector ? [{ vector, i }] : []));
      for (const { vector, i } of found) expect(vector).toEqual(make(texts[i] ?? ''));
      return found.length;
    };
    const ofModel = () => kept(embedder, vectorOf);
    const ofOld = () => kept(builtInEmbedder, (text) => builtInEmbedder.embedNow([text])[0]);
    expect([texts.length, ofOld(), ofModel()]).toEqual([41, 41, 32]);

    const gate = stopAt(0);
    state.pause = gate.pause;
    const embedding = switchTo(() => embedder, [knowledge], { cache, tasks });
    embedding.follow();
    await expect.poll(() => embedding.status().task?.done).toBe(32);
    // the old one answers, by its own vectors: it does not know that these words mean the same
    expect(await titles('通勤の手当')).toEqual(['移動のきまり']);
    expect(await titles('出社')).toEqual([]);
    gate.open();
    await embedding.settled();
    expect(embedding.status()).toMatchObject({ state: 'serving', serving: { id: 'model-a' } });
    expect(state.asked).toHaveLength(9); // none of the 32 again
    expect([ofOld(), ofModel()]).toEqual([41, 41]);
    expect(await titles('出社の手当')).toContain('移動のきまり');
    expect(
      store.read.all(sql`SELECT DISTINCT embedder, length(vector) AS bytes FROM embeddings`),
    ).toHaveLength(2);
  });
});

describe('an engine that starts with a model in the role', () => {
  it('writes nothing about documents that stand as they stood', async () => {
    const { store, clock, tasks, cache, knowledge, add } = await openKnowHow();
    const { embedder } = madeModel('model-a');
    const start = (room: Knowledge) => switchTo(() => embedder, [room], { cache, tasks });
    for (let i = 0; i < 5; i++) await add(`資料${i}`, `これは${i}番目の手順です。`);
    await start(knowledge).rebuild();
    const stored = () =>
      store.read.all(sql`SELECT DISTINCT state, embedder FROM knowledge_documents`) as unknown;
    await expect.poll(stored).toEqual([{ state: 'indexed', embedder: 'model-a' }]);
    await knowledge.close();

    await store.write([
      run(sql`CREATE TABLE written (id TEXT)`),
      run(sql`CREATE TRIGGER seen AFTER UPDATE ON knowledge_documents BEGIN
        INSERT INTO written VALUES (new.document_id); END`),
    ]);
    const again = createKnowledge({ store, clock, tasks, log: silentLog, cache });
    const stop = again.start();
    const embedding = start(again);
    embedding.follow();
    await embedding.settled();
    await again.reindex();
    expect(again.list().map((d) => d.state)).toEqual(Array(5).fill('indexed'));
    expect(store.read.all(sql`SELECT id FROM written`)).toEqual([]);
    stop();
    await again.close();
  });
  it('writes down what came meanwhile when the model gives up', async () => {
    const { store, add, knowledge, tasks, cache } = await openKnowHow();
    await add('回線障害', '業者に電話する。');
    const { embedder, state } = madeModel('model-a');
    const gate = stopAt(0);
    state.pause = gate.pause;
    const embedding = switchTo(() => embedder, [knowledge], { cache, tasks });
    embedding.follow();
    const { id } = await add('休憩', '交代で取る。');
    const stored = () =>
      store.read.get(sql`SELECT state, embedder FROM knowledge_documents WHERE document_id = ${id}`);
    expect(knowledge.get(id).document.state).toBe('indexed');
    state.failing = true;
    gate.open();
    await embedding.settled();
    expect(embedding.status().state).toBe('failed');
    expect(stored()).toEqual({ state: 'indexed', embedder: builtInEmbedder.id });
  });
});

describe('know-how with a model', () => {
  it('is found by its words at once, by its meaning when the model has read it', async () => {
    const { embedder, state } = madeModel('model-a', 96, SYNONYMS);
    const gate = stopAt(0);
    state.pause = gate.pause;
    const { add, titles, knowledge } = await openKnowHow(embedder);
    const made = await add('移動のきまり', '通勤の手当は月末に申請する。');
    expect(made.state).toBe('waiting');
    gate.open();
    await knowledge.reindex();
    expect(knowledge.get(made.id).document).toMatchObject({ state: 'indexed', problem: null });
    expect(await titles('出社の手当')).toEqual(['移動のきまり']);
  });

  it('answers by words when the model is busy, and leaves it to finish for the next question', async () => {
    const { embedder, state } = madeModel('model-a', 96, SYNONYMS);
    const { add, titles, knowledge } = await openKnowHow(embedder);
    await add('移動のきまり', '通勤の手当は月末に申請する。');
    await knowledge.reindex();
    const gate = stopAt(0);
    state.pause = gate.pause;
    const asked = state.asked.length;
    expect(await titles('出社')).toEqual([]);
    expect(await titles('通勤の手当')).toEqual(['移動のきまり']);
    gate.open();
    await expect.poll(() => state.asked.length - asked).toBe(2); // neither was cancelled
    expect(await titles('出社の手当')).toEqual(['移動のきまり']);
  });
  it('is read one after the other, also what comes while another is being read', async () => {
    const { embedder, state } = madeModel('model-a');
    const gate = stopAt(0);
    state.pause = gate.pause;
    const { add, knowledge } = await openKnowHow(embedder);
    await add('一', '回線障害の手順。');
    await add('二', '休憩の決まり。');
    await add('三', '残業の上限。');
    gate.open();
    await expect.poll(() => knowledge.list().map((d) => d.state)).toEqual(['indexed', 'indexed', 'indexed']);
  });

  it('keeps what a failing model could not read, says why, finds it by words, and tries again', async () => {
    const { embedder, state } = madeModel('model-a');
    state.failing = true;
    const { add, titles, knowledge } = await openKnowHow(embedder);
    const made = await add('回線障害', '業者に電話する。');
    expect(await knowledge.reindex()).toEqual({ documents: 1, failed: 1 });
    expect(knowledge.get(made.id).document).toMatchObject({
      state: 'failed',
      problem: { code: 'models.load-failed', params: { detail: 'it broke' } },
    });
    expect(await titles('回線障害の連絡')).toEqual(['回線障害']);
    state.failing = false;
    expect(await knowledge.reindex()).toEqual({ documents: 1, failed: 0 });
    expect(knowledge.get(made.id).document).toMatchObject({ state: 'indexed', problem: null });
  });
});
