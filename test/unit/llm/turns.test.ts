import { describe, expect, it, test } from 'vitest';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { rankOf } from '../../../main/llm/process/run-job.ts';
import { RANK, type Rank, Turns } from '../../../main/llm/process/turns.ts';
import type { LoadSpec } from '../../../main/llm/types.ts';

const never = new AbortController().signal;
/** jobs whose steps are told apart: each step is written down, and offers its turn after it */
function stage(): {
  readonly did: string[];
  readonly holders: (string | null)[];
  job(name: string, rank: Rank, o?: { model?: string; steps?: number; signal?: AbortSignal }): Promise<void>;
} {
  const did: string[] = [];
  const holders: (string | null)[] = [];
  const turns = new Turns((modelId) => holders.push(modelId));
  return {
    did,
    holders,
    job: (name, rank, { model = name, steps = 1, signal = never } = {}) =>
      turns.run(rank, model, signal, async (offer) => {
        for (let step = 1; step <= steps; step++) {
          await Promise.resolve();
          did.push(`${name}${step}`);
          await offer();
        }
      }),
  };
}

describe('turns', () => {
  it('go by urgency, and in order among equals', async () => {
    const { did, job } = stage();
    await Promise.all([
      job('now', RANK.tidy),
      job('batch', RANK.batch),
      job('wording', RANK.wording),
      job('again', RANK.wording),
      job('search', RANK.search),
      job('intent', RANK.intent),
    ]);
    expect(did).toEqual(['now1', 'intent1', 'search1', 'wording1', 'again1', 'batch1']);
  });
  it('are lent between steps to what is more urgent, not to equals', async () => {
    const { did, holders, job } = stage();
    const long = job('long', RANK.wording, { steps: 3 });
    await Promise.all([long, job('equal', RANK.wording), job('urgent', RANK.intent)]);
    expect(did).toEqual(['long1', 'urgent1', 'long2', 'long3', 'equal1']);
    expect(holders).toEqual(['long', 'urgent', 'long', 'equal', null]);
  });
  it('are never lent to another job of the same model, not even while somebody else has borrowed them', async () => {
    const { did, job } = stage();
    const long = job('long', RANK.wording, { model: 'm', steps: 3 });
    await Promise.all([long, job('same', RANK.intent, { model: 'm' }), job('other', RANK.intent)]);
    expect(did).toEqual(['long1', 'other1', 'long2', 'long3', 'same1']);
  });
  it('are free again after a failure, and for whom waits when another gives up waiting', async () => {
    const { did, job } = stage();
    const stop = new AbortController();
    const turns = new Turns(() => {});
    await expect(turns.run(RANK.intent, 'm', never, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect(await turns.run(RANK.intent, 'm', never, async () => 'free')).toBe('free');
    const first = job('first', RANK.wording);
    const gone = job('gone', RANK.wording, { signal: stop.signal });
    const last = job('last', RANK.wording);
    stop.abort();
    await expect(gone).rejects.toBeInstanceOf(Cancelled);
    await Promise.all([first, last]);
    expect(did).toEqual(['first1', 'last1']);
  });
});

test('what is only made ready or measured goes behind what somebody waits for', () => {
  const spec: LoadSpec = {
    ...{ modelId: 'a', path: '/a', format: 'gguf', architecture: 'qwen2', contextTokens: 2048, threads: 1 },
    ...{ backend: 'cpu', needMb: 1, prefixes: { query: '', passage: '' } },
  };
  const ask = { system: '', user: '' };
  const slots = [{ name: 'a', options: ['x'] }];
  const search = rankOf({ kind: 'embed', spec, texts: [''], as: 'query' });
  const choosing = (waits: 'answer' | 'reader' | 'nobody') =>
    rankOf({ kind: 'choose', spec, request: { ...ask, slots, waits } });
  expect(choosing('answer')).toBeLessThan(search);
  expect(search).toBeLessThan(choosing('reader'));
  expect(choosing('nobody')).toBeGreaterThan(choosing('reader'));
});
