// The self-benchmark on real llama.cpp: figures that can be, a score by code, a way out.
import { afterAll, expect, test } from 'vitest';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { INTENT_QUESTIONS } from '../../../main/llm/benchmark/intent-questions.ts';
import { type BenchmarkOptions, runBenchmark } from '../../../main/llm/benchmark/run-benchmark.ts';
import { WORDING_QUESTIONS } from '../../../main/llm/benchmark/wording-questions.ts';
import type { Runtime } from '../../../main/llm/runtime-door.ts';
import { builtInEmbedder } from '../../../main/vectors/index.ts';
import { openModels } from '../../helpers/models-runtime.ts';

const models = openModels();
afterAll(() => models[Symbol.asyncDispose]());
const never = new AbortController().signal;
const silent = (): void => {};
const run = (o: Pick<BenchmarkOptions, 'spec' | 'role'> & Partial<BenchmarkOptions>) =>
  runBenchmark({ runtime: models.runtime, signal: never, progress: silent, ...o });

test('intent: every question is asked and timed, and the progress reaches its end', async () => {
  const stages: string[] = [];
  const reached: number[] = [];
  const result = await run({
    spec: models.make('intent', 'qwen2-tiny'),
    role: 'intent',
    progress: (done, total, stage) => {
      if (stages.at(-1) !== stage) stages.push(stage);
      reached.push(done / total);
    },
  });
  expect(result).toMatchObject({
    backend: 'cpu',
    asked: INTENT_QUESTIONS.length,
    firstTokenMs: null,
    tokensPerSecond: null,
    embeddingsPerSecond: null,
  });
  expect(result.loadMs).toBeGreaterThan(0);
  expect(result.intentMs).toBeGreaterThan(0);
  expect(result.right).toBeLessThanOrEqual(result.asked);
  expect(stages).toEqual(['load', 'speed', 'questions']);
  expect(reached).toEqual([...reached].sort((a, b) => a - b));
  expect(reached.at(-1)).toBe(1);
});

test('wording: a model that keeps its slots scores where they are the right ones', async () => {
  // it says the same to every question: right for the two that have just these two facts
  const spec = models.make('wording', 'gemma3-tiny', {
    script: ['残りは', '{{f1}}', '、速さは', '{{f2}}', 'です。'],
  });
  const twoFacts = WORDING_QUESTIONS.filter(({ facts }) => Object.keys(facts).length === 2).length;
  const free = await run({ spec, role: 'wording' });
  expect(free).toMatchObject({ asked: WORDING_QUESTIONS.length, right: twoFacts, intentMs: null });
  for (const figure of [free.firstTokenMs, free.prefillPerSecond, free.tokensPerSecond])
    expect(figure).toBeGreaterThan(0);
});

test('search: the built-in embedder, as a model, finds most of the passages', async () => {
  const runtime: Runtime = {
    ...models.runtime,
    unload: async () => {},
    load: async ({ modelId }) => ({
      modelId,
      backend: 'cpu',
      loadMs: 1,
      memoryMb: null,
      dimensions: builtInEmbedder.dimensions,
    }),
    embed: async (_spec, texts) => builtInEmbedder.embedNow(texts),
  };
  const result = await run({ runtime, spec: models.specOf('e5', '/'), role: 'embedding' });
  expect(result).toMatchObject({ asked: 12, firstTokenMs: null, intentMs: null });
  expect(result.embeddingsPerSecond).toBeGreaterThan(0);
  // letters and words in common are all it knows
  expect(result.right).toBeGreaterThan(3);
  expect(result.right).toBeLessThan(12);
});

test('stops between two questions when it is told to', async () => {
  const stop = new AbortController();
  let asked = 0;
  const running = run({
    spec: models.make('stopped', 'qwen2-tiny'),
    role: 'intent',
    signal: stop.signal,
    progress: (done) => {
      asked = done;
      if (done === 4) stop.abort();
    },
  });
  await expect(running).rejects.toBeInstanceOf(Cancelled);
  expect(asked).toBeLessThan(6);
});
