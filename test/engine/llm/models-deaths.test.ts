// What a dying models process leaves behind: an engine that lives, a model that is named, a process that starts again.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../main/kernel/errors.ts';
import { delay } from '../../../main/kernel/task.ts';
import type { LoadSpec } from '../../../main/llm/types.ts';
import { isAlive } from '../../helpers/is-alive.ts';
import { describeModel } from '../../helpers/llm/gguf/make-model.ts';
import { writeGguf } from '../../helpers/llm/gguf/write-file.ts';
import { openModels, SLOW_LAYERS } from '../../helpers/llm/models-runtime.ts';

const models = openModels();
const { runtime, make, ask } = models;
afterAll(() => models[Symbol.asyncDispose]());

const good = make('good', 'qwen2-tiny');
const LONG = '設備の点検手順と注意事項を確認してください。'.repeat(18);
const slow = make('slow', 'qwen2-tiny', { layers: SLOW_LAYERS });
/** llama.cpp ends the whole process over a file without this key */
const deadly = ((): LoadSpec => {
  const spec = make('deadly', 'qwen2-tiny');
  const { metadata, tensors } = describeModel('qwen2-tiny');
  writeGguf(spec.path, {
    metadata: metadata.filter(({ key }) => key !== 'qwen2.feed_forward_length'),
    tensors,
  });
  return spec;
})();
const died: { modelId: string | null; signal: string | null; detail: string }[] = [];
runtime.died.on((death) => died.push(death));
beforeEach(() => {
  died.length = 0;
});
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const runningPid = async (): Promise<number> => {
  await expect.poll(() => runtime.process().pid).not.toBeNull();
  return runtime.process().pid ?? 0;
};

describe('a file that takes the process down', () => {
  it('is named, with the reason, and the next one can be loaded', async () => {
    expect(await ask(good)).toHaveLength(1);
    const before = await runningPid();
    expect(await codeOf(runtime.load(deadly))).toBe('models.process-died');
    expect(died).toEqual([
      { modelId: 'deadly', signal: 'SIGABRT', detail: expect.stringContaining('GGML_ASSERT') },
    ]);
    expect(runtime.loaded()).toEqual([]);
    expect(await ask(good)).toHaveLength(1);
    expect(runtime.process()).toMatchObject({
      state: 'running',
      deaths: 1,
      lastDeath: { modelId: 'deadly', signal: 'SIGABRT' },
    });
    expect(await runningPid()).not.toBe(before);
    expect(isAlive(before)).toBe(false);
  });
  it('is named again the second time, for whoever counts', async () => {
    expect(await codeOf(runtime.load(deadly))).toBe('models.process-died');
    expect(died.map((d) => d.modelId)).toEqual(['deadly']);
    expect(runtime.process().deaths).toBe(2);
  });
});

describe('a process that is killed', () => {
  it('takes the answer it was at with it, and is there again for the next', async () => {
    await runtime.load(slow);
    const code = codeOf(ask(slow, { system: LONG }));
    await delay(100);
    process.kill(await runningPid(), 'SIGKILL');
    expect(await code).toBe('models.process-died');
    expect(died).toMatchObject([{ modelId: 'slow', signal: 'SIGKILL' }]);
    expect(await ask(good)).toHaveLength(1);
  });
  it('blames nobody when it had nothing to do', async () => {
    process.kill(await runningPid(), 'SIGKILL');
    await expect.poll(() => died).toMatchObject([{ modelId: null, signal: 'SIGKILL' }]);
  });
});

it('ends with the engine, in the midst of an answer too', async () => {
  await using other = openModels();
  const spec = other.make('slow', 'qwen2-tiny', { layers: SLOW_LAYERS });
  await other.runtime.load(spec);
  const code = codeOf(other.ask(spec, { system: LONG }));
  await delay(100);
  const pid = other.runtime.process().pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  await other.runtime.close();
  expect(isAlive(pid)).toBe(false);
  expect(await code).not.toBeNull();
  await expect(other.runtime.load(spec)).rejects.toThrow('closing');
});

it('is killed when it does not end by itself', async () => {
  await using other = openModels();
  await other.runtime.machine('cpu');
  const pid = other.runtime.process().pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  await other.runtime.close();
  await expect.poll(() => isAlive(pid)).toBe(false);
});
