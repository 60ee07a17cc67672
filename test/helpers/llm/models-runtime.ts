// A models process on generated files, for tests: a folder, a runtime, and how to ask it.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Clock, systemClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { forkModels } from '../../../main/llm/process/fork-models.ts';
import { createRuntime } from '../../../main/llm/runtime/runtime.ts';
import type { Runtime, SpawnModels } from '../../../main/llm/runtime-door.ts';
import type { ChooseRequest, Chosen, LoadSpec } from '../../../main/llm/types.ts';
import { type ModelShape, type ModelWish, writeModel } from './gguf/make-model.ts';

/** as many as make a file whose prompts take seconds */
export const SLOW_LAYERS = 80;

export type TestModels = AsyncDisposable & {
  readonly dir: string;
  readonly runtime: Runtime;
  /** writes a file and says how to load it */
  make(modelId: string, shape: ModelShape, wish?: ModelWish): LoadSpec;
  specOf(modelId: string, file: string, more?: Partial<LoadSpec>): LoadSpec;
  ask(spec: LoadSpec, request?: Partial<ChooseRequest>, signal?: AbortSignal): Promise<Chosen>;
};

export function openModels(
  o: {
    readonly spawn?: SpawnModels;
    readonly clock?: Clock;
    readonly idleMinutes?: number;
    readonly fits?: (needMb: number) => boolean;
  } = {},
): TestModels {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-models-'));
  const runtime = createRuntime({
    spawn: o.spawn ?? forkModels,
    clock: o.clock ?? systemClock,
    log: silentLog,
    idleMinutes: () => o.idleMinutes ?? 15,
    fits: o.fits ?? (() => true),
  });
  const specOf: TestModels['specOf'] = (modelId, file, more = {}) => ({
    modelId,
    path: file,
    format: 'gguf',
    architecture: 'qwen2',
    contextTokens: 2048,
    threads: 1,
    backend: 'cpu',
    needMb: 10,
    prefixes: { query: '', passage: '' },
    ...more,
  });
  return {
    dir,
    runtime,
    specOf,
    make(modelId, shape, wish) {
      const file = path.join(dir, `${modelId}.gguf`);
      writeModel(file, shape, wish);
      return specOf(modelId, file, { architecture: shape.startsWith('gemma3') ? 'gemma3' : 'qwen2' });
    },
    ask: (spec, request = {}, signal = new AbortController().signal) =>
      runtime.choose(
        spec,
        {
          system: 'あなたは係です。',
          user: '質問です。',
          slots: [{ name: 'a', options: ['はい', 'いいえ'] }],
          waits: 'reader',
          ...request,
        },
        signal,
      ),
    async [Symbol.asyncDispose]() {
      await runtime.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
