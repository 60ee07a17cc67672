import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LlamaContextSequence } from 'node-llama-cpp';
import { prepareArranging } from '../../main/chat/arrange.ts';
import { createArrangeSentences } from '../../main/chat/index.ts';
import { systemClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { forkModels } from '../../main/llm/process/fork-models.ts';
import { LlamaBackend } from '../../main/llm/process/llama-backend.ts';
import { LlamaSession } from '../../main/llm/process/llama-session.ts';
import { createRuntime } from '../../main/llm/runtime/runtime.ts';
import type { Runtime } from '../../main/llm/runtime-door.ts';
import type { ChoiceModel, ChooseRequest, LoadSpec } from '../../main/llm/types.ts';
import { type ModelShape, type ModelWish, writeModel } from '../helpers/llm/gguf/make-model.ts';
import { E5_SMALL, writeEmbedder } from '../helpers/llm/onnx/make-embedder.ts';
import { cancelEmbedding, cancelText, sayCancelled } from './models-cancel.ts';

const INTENTS = [
  ...[
    'deadline_optimization',
    'delay_risk_detection',
    'impact_analysis',
    'improve_alerts',
    'optimize_assignment',
  ],
  ...['simple_query', 'productivity_analysis', 'log_investigation', 'out_of_scope'],
];
const LOCATIONS = ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保', 'none'];
const PROCESSES = ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検', 'none'];
const SLOTS = [
  { name: 'intent', options: INTENTS },
  { name: 'location', options: LOCATIONS },
  { name: 'process', options: PROCESSES },
  { name: 'requires_action', options: ['true', 'false'] },
];
const SYSTEM =
  '利用者の発言を分類する係です。発言を読み、目的、拠点、工程、対応の要否をJSONで答えます。' +
  '例えば「札幌のエントリ1は間に合いますか」は遅れの恐れを調べる質問で、対応は要りません。'.repeat(6);
const QUESTIONS = [
  '札幌のエントリ1は今日中に終わりますか',
  '横浜の補正が遅れています。人を動かせますか',
  '大阪の残件は？',
];
const PARAGRAPH = [
  '〇〇の遅れは、人員とシステムが先に起きています。',
  '予定の8名のうち2名が来ていません。',
  '処理速度は14:05に毎時310件から毎時120件に落ちました。',
  '同じころ、〇〇が普段の14倍に増えています。',
];
const REPEATS = 3;
const CANCEL = { count: 30, loads: 6 } as const;
const never = new AbortController().signal;

/** True shapes, made-up weights: what loading, reading and deciding cost, and what keeping the prompt evaluated saves. */
export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-bench-models-'));
  const runtime = createRuntime({
    spawn: forkModels,
    clock: systemClock,
    log: silentLog,
    idleMinutes: () => 60,
    fits: () => true,
  });
  const threads = Math.max(1, os.availableParallelism() - 1);
  const make = (modelId: string, shape: ModelShape, wish: ModelWish = {}): LoadSpec => {
    const file = path.join(dir, `${modelId}.gguf`);
    writeModel(file, shape, wish);
    return {
      modelId,
      path: file,
      format: 'gguf',
      architecture: shape.startsWith('gemma3') ? 'gemma3' : 'qwen2',
      contextTokens: 2048,
      threads,
      backend: 'auto',
      needMb: 0,
      prefixes: { query: '', passage: '' },
    };
  };
  try {
    const { backend, gpus } = await runtime.machine();
    print(
      `computed on             ${backend} ${gpus.join(', ')}(${threads} of ${os.availableParallelism()} cores)`,
    );
    const only = process.env['TORIDE_BENCH_MODELS'];
    if (only !== 'large') {
      const qwen = make('qwen2-0.5b', 'qwen2-0.5b');
      await measureModel(runtime, qwen, print);
      await runtime.unload(null);
      await measureReading(qwen, print);
      await measureEmbedder(runtime, dir, print);
      await runtime.unload(null);
      rmSync(qwen.path);
    }
    if (only === 'small') return;
    const gemma = make('gemma3-4b', 'gemma3-4b');
    await measureModel(runtime, gemma, print);
    await runtime.unload(null);
    await measureReading(gemma, print);
  } finally {
    await runtime.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function measureEmbedder(runtime: Runtime, dir: string, print: (line: string) => void): Promise<void> {
  const spec: LoadSpec = {
    modelId: 'e5-small',
    path: writeEmbedder(path.join(dir, 'e5-small'), {}, E5_SMALL),
    format: 'onnx-folder',
    architecture: 'bert',
    contextTokens: 0,
    threads: 1,
    backend: 'auto',
    needMb: 0,
    prefixes: { query: 'query: ', passage: 'passage: ' },
  };
  print('\nmultilingual-e5-small, int8; free again after a cancellation, while it makes');
  print(sayCancelled(await cancelEmbedding(runtime, spec, CANCEL.count)));
  await runtime.unload(null);
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** wall: as a person waits; cpu: what the models process worked for it, which other work on the machine does not lengthen. Milliseconds. */
type Cost = { readonly wall: number; readonly cpu: number };
async function cost(runtime: Runtime, work: () => Promise<unknown>): Promise<Cost> {
  const began = performance.now();
  const before = cpuMs(runtime);
  await work();
  const wall = performance.now() - began;
  const after = cpuMs(runtime);
  return { wall, cpu: before === null || after === null ? wall : after - before };
}
const medianCost = (costs: readonly Cost[]): Cost => ({
  wall: median(costs.map((c) => c.wall)),
  cpu: median(costs.map((c) => c.cpu)),
});
const both = ({ wall, cpu }: Cost): string => `${ms(wall)} (${ms(cpu)} of work)`;
const times = (a: Cost, b: Cost): string => (a.cpu / Math.max(b.cpu, 1)).toFixed(1);

let fresh = 0;
/** the same length, another beginning: nothing of it is still evaluated */
const other = (system: string): string => `${String(fresh++).padStart(3, '0')} ${system}`;

async function measureModel(runtime: Runtime, spec: LoadSpec, print: (line: string) => void): Promise<void> {
  const { loadMs, memoryMb } = await runtime.load(spec);
  print(`\n${spec.modelId}, Q4_0`);
  print(`load                    ${ms(loadMs)}, ${memoryMb} MB counted, ${residentMb(runtime)} MB resident`);
  const system = other(SYSTEM);
  const choose = (user: string, slots: ChooseRequest['slots'] = SLOTS) =>
    runtime.choose(spec, { system, user, slots, waits: 'answer' }, never);
  const cold = await cost(runtime, () => choose(QUESTIONS[0] ?? ''));
  const warm: Cost[] = [];
  for (const user of QUESTIONS.slice(1)) warm.push(await cost(runtime, () => choose(user)));
  const after = medianCost(warm);
  print(
    `four slots              ${both(cold)} cold, ${both(after)} with what the system says kept: ${times(cold, after)} times less`,
  );
  const back = async (isReady: boolean): Promise<Cost> => {
    await runtime.unload(spec.modelId);
    if (isReady) await choose('', []);
    return cost(runtime, () => choose(QUESTIONS[0] ?? ''));
  };
  const [unready, ready] = [await back(false), await back(true)];
  print(
    `after an idle unload    ${both(unready)}, ${both(ready)} made ready while the question was typed: ${times(unready, ready)} times less`,
  );
  await measureArranging(runtime, spec, print);
  print('free again after a cancellation at a random moment, while');
  for (const measured of await cancelText(runtime, spec, { ...CANCEL, within: 2_000 }))
    print(sayCancelled(measured));
  print(`after all that          ${residentMb(runtime)} MB resident`);
}

/** A paragraph of an answer arranged, by a model that was made ready while the question was typed. */
async function measureArranging(
  runtime: Runtime,
  spec: LoadSpec,
  print: (line: string) => void,
): Promise<void> {
  const model: ChoiceModel = {
    modelId: spec.modelId,
    choose: (request, signal) => runtime.choose(spec, request, signal),
  };
  const arrange = createArrangeSentences({
    models: { wording: () => model },
    clock: systemClock,
    log: silentLog,
  });
  const sentences = PARAGRAPH.map((text, i) => ({
    text,
    data: [],
    ...(i > 0 ? { weighs: true as const } : {}),
  }));
  const costs: Cost[] = [];
  for (let i = 0; i < REPEATS; i++) {
    await prepareArranging(model, 'ja', never);
    costs.push(await cost(runtime, () => arrange(sentences, 'ja', never)));
  }
  const arranged = medianCost(costs);
  print(`arranging a paragraph   ${both(arranged)}`);
}

/** What batches short enough to be cancelled cost, against reading all of a prompt in batches of 128; work of this process. */
async function measureReading(spec: LoadSpec, print: (line: string) => void): Promise<void> {
  const backend = new LlamaBackend();
  const session = await LlamaSession.load(backend, spec, { signal: never });
  const full = await session.model.createContext({
    contextSize: 2048,
    batchSize: 128,
    threads: spec.threads,
  });
  const inFull = full.getSequence();
  const work = { signal: never, offer: async () => {} };
  const prompt = session.writePrompt(SYSTEM, '');
  const read = async (sequence: LlamaContextSequence, how: () => Promise<unknown>): Promise<number> => {
    await sequence.clearHistory();
    const before = process.cpuUsage();
    await how();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / prompt.tokens.length;
  };
  const ours: number[] = [];
  const whole: number[] = [];
  // in turns, so that both see the same machine
  for (let i = 0; i < REPEATS; i++) {
    ours.push(await read(session.sequence, () => session.evaluate(prompt, work)));
    whole.push(await read(inFull, () => inFull.evaluateWithoutGeneratingNewTokens([...prompt.tokens])));
  }
  const [mine, least] = [Math.min(...ours), Math.min(...whole)];
  print(
    `reading in batches      ${mine.toFixed(1)} ms of work a token, ${least.toFixed(1)} in batches of 128: ${(mine / least).toFixed(2)} times that`,
  );
  await session.close();
  await backend.close();
}

/** work of the models process so far; null where that is not told (Linux tells) */
function cpuMs(runtime: Runtime): number | null {
  const { pid } = runtime.process();
  if (process.platform !== 'linux' || pid === null) return null;
  // fields 14 and 15 after the name in brackets: ticks of 10 ms in user and system mode
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
/** of the models process; Linux */
function residentMb(runtime: Runtime): string {
  const { pid } = runtime.process();
  if (process.platform !== 'linux' || pid === null) return '?';
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kb) / 1000).toFixed(0);
}
