// The self-benchmark on real llama.cpp: figures that can be, a score by code, a way out.
import { afterAll, expect, test } from 'vitest';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { CHOICES } from '../../../main/llm/benchmark/choice-questions.ts';
import { type BenchmarkOptions, runBenchmark } from '../../../main/llm/benchmark/run-benchmark.ts';
import type { Runtime } from '../../../main/llm/runtime-door.ts';
import { builtInEmbedder } from '../../../main/vectors/index.ts';
import { openModels } from '../../helpers/llm/models-runtime.ts';

const models = openModels();
afterAll(() => models[Symbol.asyncDispose]());
const never = new AbortController().signal;
const silent = (): void => {};
const run = (o: Pick<BenchmarkOptions, 'spec' | 'role'> & Partial<BenchmarkOptions>) =>
  runBenchmark({ runtime: models.runtime, signal: never, progress: silent, ...o });

test.each([
  ['intent', 'qwen2-tiny'],
  ['wording', 'gemma3-tiny'],
] as const)('%s: every choice is asked and timed, and the progress reaches its end', async (role, shape) => {
  const stages: string[] = [];
  const reached: number[] = [];
  const result = await run({
    spec: models.make(role, shape),
    role,
    progress: (done, total, stage) => {
      if (stages.at(-1) !== stage) stages.push(stage);
      reached.push(done / total);
    },
  });
  expect(result).toMatchObject({
    backend: 'cpu',
    asked: CHOICES[role].questions.length,
    embeddingsPerSecond: null,
  });
  expect(result.loadMs).toBeGreaterThan(0);
  expect(result.choiceMs).toBeGreaterThan(0);
  expect(result.right).toBeLessThanOrEqual(result.asked);
  expect(stages).toEqual(['load', 'speed', 'questions']);
  expect(reached).toEqual([...reached].sort((a, b) => a - b));
  expect(reached.at(-1)).toBe(1);
});

test('what is right is the line the question names: one that always takes the first scores where that is it', async () => {
  const runtime: Runtime = {
    ...models.runtime,
    unload: async () => {},
    load: async ({ modelId }) => ({ modelId, backend: 'cpu', loadMs: 1, memoryMb: null, dimensions: null }),
    choose: async (_spec, { slots }) =>
      slots.map(({ name, options }) => ({
        name,
        options: options.map((option, i) => ({ option, p: i ? 0 : 1 })),
      })),
  };
  for (const role of ['intent', 'wording'] as const) {
    const { questions } = CHOICES[role];
    for (const { lines, right } of questions) expect(lines[right]).toBeDefined();
    const first = questions.filter(({ right }) => right === 0).length;
    // no place is right so often that it could be guessed
    expect(first).toBeLessThan(0.6 * questions.length);
    expect(await run({ runtime, spec: models.specOf('first', '/'), role })).toMatchObject({ right: first });
  }
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
  expect(result).toMatchObject({ asked: 12, choiceMs: null });
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
