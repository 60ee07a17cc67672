import { describe, expect, it } from 'vitest';
import { createClusters } from '../../../main/clusters/index.ts';
import { AppError } from '../../../main/errors.ts';
import { silentLog } from '../../../main/log.ts';
import { builtInEmbedder, createEmbedderSwitch, type Embedder } from '../../../main/vectors/index.ts';
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
  const embedding = createEmbedderSwitch({
    first: builtInEmbedder,
    wanted: () => wanted.embedder,
    rooms: [site.knowledge, clusters],
    cache: site.cache,
    tasks: site.tasks,
    log: silentLog,
    retryAfterMs: 20,
  });
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
    expect((await clusters.search({ text: 'db connection' }))[0]?.id).toBe('1');
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
