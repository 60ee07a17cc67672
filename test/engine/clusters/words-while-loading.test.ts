import { expect, it, onTestFinished } from 'vitest';
import type { Findable } from '../../../main/clusters/index.ts';
import { QUERY_WAIT_MS } from '../../../main/vectors/index.ts';
import { madeModel } from '../../helpers/llm/made-model.ts';
import { madeLogs } from './made-logs.ts';
import { openClusters } from './open-clusters.ts';

/** Logs whose meaning a model computes that has not been loaded yet. */
async function logsOfLoadingModel(findable: readonly Findable[] = []) {
  const { embedder, state } = madeModel('model-a', 96, [['database', 'storage']]);
  const { logs, put } = madeLogs([
    { id: 1, text: 'storage timed out' },
    { id: 2, text: 'user logged in' },
  ]);
  const gate = Promise.withResolvers<void>();
  state.pause = () => gate.promise;
  const { clusters } = await openClusters({ logs, findable: () => findable, embedder });
  onTestFinished(() => gate.resolve());
  let told = 0;
  clusters.changed.on(() => told++);
  return { clusters, state, put, loaded: gate.resolve, told: () => told };
}
const NOT_READY = { code: 'models.not-ready', params: {} };

it('answers by words while the model is loading, says so, and by meaning once it is there', async () => {
  const { clusters, loaded, told } = await logsOfLoadingModel();
  const began = performance.now();
  const byWords = await clusters.search({ text: 'timed out' });
  const byMeaning = await clusters.search({ text: 'database' });
  expect(performance.now() - began).toBeLessThan(4 * QUERY_WAIT_MS);
  expect(byWords).toMatchObject({ hits: [{ id: '1', vectorRank: null }], withoutMeaning: NOT_READY });
  expect(byMeaning).toMatchObject({ hits: [], withoutMeaning: NOT_READY });
  loaded();
  // pages that show the answers hear that there is more
  await expect.poll(told).toBe(2);
  expect(await clusters.search({ text: 'database' })).toMatchObject({
    hits: [{ id: '1', lexicalRank: null, vectorRank: 1 }],
    withoutMeaning: null,
  });
});

it('asks the model once, however often the same is asked while it is loading', async () => {
  const { clusters, state, loaded } = await logsOfLoadingModel();
  await Promise.all([1, 2, 3].map(() => clusters.search({ text: 'database' })));
  loaded();
  await clusters.search({ text: 'database' });
  expect(state.asked.filter((text) => text === 'database')).toHaveLength(1);
});

it('finds by their words what came while the model is loading: lines and incidents', async () => {
  const incidents: Findable[] = [];
  const { clusters, put } = await logsOfLoadingModel(incidents);
  await clusters.search({ text: 'anything' });
  put({ id: 3, text: 'paper jam' });
  incidents.push({
    id: 'inc-1',
    text: 'paper was out',
    title: { ja: '用紙切れ', en: 'Paper was out' },
    service: null,
    at: 5_000,
  });
  const { hits } = await clusters.search({ text: 'paper' });
  expect(hits.map((hit) => hit.id).sort()).toEqual(['3', 'inc-1']);
});

it('answers by words where the model fails, and says why', async () => {
  const { clusters, state, loaded } = await logsOfLoadingModel([
    {
      id: 'inc-1',
      text: 'storage was full',
      title: { ja: '容量不足', en: 'Storage was full' },
      service: null,
      at: 5_000,
    },
  ]);
  state.failing = true;
  loaded();
  const { hits, withoutMeaning } = await clusters.search({ text: 'storage' });
  expect(hits.map((hit) => hit.id).sort()).toEqual(['1', 'inc-1']);
  expect(withoutMeaning).toEqual({ code: 'models.load-failed', params: { detail: 'it broke' } });
  state.failing = false;
  const again = await clusters.search({ text: 'database' });
  expect(again.hits.map((hit) => hit.id).sort()).toEqual(['1', 'inc-1']);
  expect(again.withoutMeaning).toBeNull();
});
