import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '../../main/clock.ts';
import { forkModels } from '../../main/llm/process/fork-models.ts';
import { createRuntime } from '../../main/llm/runtime/runtime.ts';
import type { Runtime, WriteStats } from '../../main/llm/runtime-door.ts';
import type { LoadSpec, WriteRequest } from '../../main/llm/types.ts';
import { silentLog } from '../../main/log.ts';
import { type ModelShape, type ModelWish, writeModel } from '../helpers/gguf/make-model.ts';

/** the answer of the intent model, token for token: distinct pieces, about as many as the real tokenizer makes */
const ANSWER = [
  ...[
    '{"',
    'int',
    'ent',
    '":"',
    'delay',
    '_risk',
    '_det',
    'ection',
    '","',
    'loc',
    'ation',
    '":"札',
    '幌',
    '","pro',
  ],
  ...['cess', '":"エ', 'ント', 'リ', '1', '","requ', 'ires', '_act', 'ion', '":', 'true', '}'],
];
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
const SCHEMA = {
  type: 'object',
  properties: {
    intent: { enum: INTENTS },
    location: { enum: LOCATIONS },
    process: { enum: PROCESSES },
    requires_action: { type: 'boolean' },
  },
};
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
const REPEATS = 3;
const never = new AbortController().signal;

/** True shapes, made-up weights: what loading, reading, writing and deciding cost, and what keeping the prompt evaluated saves. */
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
    const qwen = make('qwen2-0.5b', 'qwen2-0.5b', { script: ANSWER });
    await measureModel(runtime, qwen, print);
    await measureIntent(runtime, qwen, print);
    if (process.env['TORIDE_BENCH_MODELS'] === 'small') return;
    await runtime.unload(null);
    rmSync(qwen.path);
    await measureModel(runtime, make('gemma3-4b', 'gemma3-4b'), print);
  } finally {
    await runtime.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const rate = (tokens: number, time: number): string => `${((1000 * tokens) / time).toFixed(1)} tokens/s`;
async function write(
  runtime: Runtime,
  spec: LoadSpec,
  request: Partial<WriteRequest>,
): Promise<WriteStats & { readonly text: string }> {
  let stats: WriteStats | null = null;
  let text = '';
  const whole = {
    system: SYSTEM,
    user: QUESTIONS[0] ?? '',
    maxTokens: 32,
    temperature: 0.7,
    seed: 1,
    ...request,
  };
  for await (const piece of runtime.write(spec, whole, never, (s) => {
    stats = s;
  }))
    text += piece;
  if (!stats) throw new Error('no timings came');
  return { ...(stats as WriteStats), text };
}
let fresh = 0;
/** the same length, another beginning: nothing of it is still evaluated */
const other = (system: string): string => `${String(fresh++).padStart(3, '0')} ${system}`;

async function measureModel(runtime: Runtime, spec: LoadSpec, print: (line: string) => void): Promise<void> {
  const { loadMs, memoryMb } = await runtime.load(spec);
  print(`\n${spec.modelId}, Q4_0`);
  print(`load                    ${ms(loadMs)}, ${memoryMb} MB counted, ${residentMb(runtime)} MB resident`);
  const cold = await write(runtime, spec, { system: other(SYSTEM), onlyPrepare: true });
  print(`reading                 ${rate(cold.promptTokens, cold.ms)} (${cold.promptTokens} tokens)`);
  const answers = await write(runtime, spec, { system: other(SYSTEM) });
  const writing = (answers.ms - (answers.firstTokenMs ?? 0)) / Math.max(1, answers.tokens - 1);
  print(`writing                 ${rate(1, writing)} (${answers.tokens} tokens)`);
  const warm: number[] = [];
  let kept = 0;
  for (const user of QUESTIONS) {
    const { firstTokenMs, reusedTokens, promptTokens } = await write(runtime, spec, { user, maxTokens: 2 });
    warm.push(firstTokenMs ?? 0);
    kept = reusedTokens / promptTokens;
  }
  const first = answers.firstTokenMs ?? 0;
  const after = median(warm);
  print(
    `first word              ${ms(first)} cold, ${ms(after)} with ${(100 * kept).toFixed(0)} % of the prompt kept: ${(first / after).toFixed(1)} times sooner`,
  );
  const stop = new AbortController();
  const long = {
    system: other(SYSTEM.repeat(2)),
    user: '',
    maxTokens: 1,
    temperature: 0,
    seed: 1,
    onlyPrepare: true,
  };
  const times: number[] = [];
  let at = 0;
  const reading = runtime.write(spec, long, stop.signal, undefined, (done, total) => {
    if (at === 0 && done / total > 0.2) {
      at = performance.now();
      stop.abort();
    }
  });
  await reading.next().catch(() => {});
  // the next on the same model begins when the one before has let go
  await write(runtime, spec, { ...long, system: '', user: '' });
  times.push(performance.now() - at);
  print(`cancelled while reading ${ms(median(times))} until the next short prompt was read`);
  print(`after all that          ${residentMb(runtime)} MB resident`);
}

async function measureIntent(runtime: Runtime, spec: LoadSpec, print: (line: string) => void): Promise<void> {
  const schema = { schema: SCHEMA, maxTokens: 120, temperature: 0 };
  const timesOf = async (ask: (user: string) => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    await ask(QUESTIONS[0] ?? '');
    for (let i = 0; i < REPEATS; i++) {
      const began = performance.now();
      await ask(QUESTIONS[i % QUESTIONS.length] ?? '');
      times.push(performance.now() - began);
    }
    return median(times);
  };
  const tokens: number[] = [];
  const anew = await timesOf((user) => write(runtime, spec, { ...schema, system: other(SYSTEM), user }));
  const json = await timesOf(async (user) => {
    tokens.push((await write(runtime, spec, { ...schema, user })).tokens);
  });
  const slots = await timesOf((user) => runtime.choose(spec, { system: SYSTEM, user, slots: SLOTS }, never));
  print(
    `intent                  ${ms(slots)} by four slots, ${ms(json)} as JSON of ${median(tokens)} tokens, ${ms(anew)} without anything kept`,
  );
  print(
    `                        slots are ${(json / slots).toFixed(1)} and ${(anew / slots).toFixed(1)} times faster`,
  );
}

/** of the models process; Linux */
function residentMb(runtime: Runtime): string {
  const { pid } = runtime.process();
  if (process.platform !== 'linux' || pid === null) return '?';
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kb) / 1000).toFixed(0);
}
