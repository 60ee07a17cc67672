// What the engine does with its models, and nothing else of it: asks, loses the process, asks again, ends.

import type { ToEngine } from '../../../electron/messages.ts';
import { createModelsClient } from '../../../electron/models-client.ts';
import { systemClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { createRuntime } from '../../../main/llm/runtime/runtime.ts';
import type { LoadSpec } from '../../../main/llm/types.ts';

type Port = NonNullable<Parameters<ReturnType<typeof createModelsClient>['heard']>[1]>;
const shell = (
  process as NodeJS.Process & {
    readonly parentPort: {
      postMessage(message: unknown): void;
      on(event: 'message', listener: (event: { data: ToEngine; ports: Port[] }) => void): void;
    };
  }
).parentPort;
const report = (what: string, value: unknown): void => shell.postMessage({ type: 'report', what, value });
const models = createModelsClient((message) => shell.postMessage(message));
shell.on('message', ({ data, ports: [port] }) => {
  if (data.type === 'models' || data.type === 'models-ended') models.heard(data, port);
});
const runtime = createRuntime({
  spawn: models.spawn,
  clock: systemClock,
  log: silentLog,
  idleMinutes: () => 15,
  fits: () => true,
});
runtime.died.on((death) => report('died', death));

const [good = '', deadly = '', embedder = ''] = process.argv.slice(2);
const specOf = (modelId: string, path: string): LoadSpec => ({
  modelId,
  path,
  format: 'gguf',
  architecture: 'qwen2',
  contextTokens: 1024,
  threads: 1,
  backend: 'cpu',
  needMb: 10,
  prefixes: { query: '', passage: '' },
});
const ask = async (): Promise<string> => {
  const slots = [{ name: 'meant', options: ['はい', 'いいえ'] }];
  const request = { system: '', user: '', slots, waits: 'reader' } as const;
  const chosen = await runtime.choose(specOf('good', good), request, new AbortController().signal);
  return chosen.map(({ name, options }) => `${name} of ${options.length}`).join();
};
report('said', await ask());
const onnx: LoadSpec = {
  ...specOf('embedder', embedder),
  format: 'onnx-folder',
  architecture: 'bert',
  prefixes: { query: 'query: ', passage: 'passage: ' },
};
const vectors = await runtime.embed(onnx, ['納期が近い', '回線が切れた', 'ok'], 'query');
report(
  'vectors',
  vectors.map((v) => v.length),
);
report('pid', runtime.process().pid);
report('failed', await runtime.load(specOf('deadly', deadly)).catch((error: { code: string }) => error.code));
report('said', await ask());
report('pid', runtime.process().pid);
await runtime.close();
process.exit(0);
