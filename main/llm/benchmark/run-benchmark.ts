// The self-benchmark: how fast and how good a model is on this computer, by fixed questions scored by code.
import { performance } from 'node:perf_hooks';
import { throwIfAborted } from '../../kernel/task.ts';
import type { ModelBenchmark, ModelRole } from '../contract/models.ts';
import type { Loaded, Runtime } from '../runtime-door.ts';
import type { LoadSpec } from '../types.ts';
import { CHOICES, type ChoiceQuestion } from './choice-questions.ts';
import { EMBEDDING_QUESTIONS, RATE_TEXTS } from './embedding-questions.ts';

export type BenchmarkOptions = {
  readonly runtime: Runtime;
  readonly spec: LoadSpec;
  readonly role: ModelRole;
  readonly signal: AbortSignal;
  /** `stage`: `load`, `speed` or `questions` */
  readonly progress: (done: number, total: number, stage: string) => void;
};
export type BenchmarkResult = Omit<ModelBenchmark, 'id' | 'at' | 'modelId' | 'modelName' | 'role'>;
type Measured = Pick<BenchmarkResult, 'choiceMs' | 'embeddingsPerSecond' | 'asked' | 'right'>;
const NOTHING: Measured = {
  choiceMs: null,
  embeddingsPerSecond: null,
  asked: 0,
  right: 0,
};

/**
 * Loads the model anew, measures its speed and asks it the fixed questions of the role. Milliseconds, and texts a second; medians
 * where there are several. Rejects with Cancelled when aborted, with AppError `models.*` when the model cannot be used.
 */
export async function runBenchmark(o: BenchmarkOptions): Promise<BenchmarkResult> {
  const questions = {
    intent: CHOICES.intent.questions.length,
    wording: CHOICES.wording.questions.length,
    embedding: EMBEDDING_QUESTIONS.length,
  }[o.role];
  const total = questions + 2;
  o.progress(0, total, 'load');
  await o.runtime.unload(o.spec.modelId);
  throwIfAborted(o.signal);
  const loaded: Loaded = await o.runtime.load(o.spec, o.signal);
  o.progress(1, total, 'speed');
  const asked = (done: number): void => {
    throwIfAborted(o.signal);
    o.progress(2 + done, total, 'questions');
  };
  const measured = await { intent: measureChoices, wording: measureChoices, embedding: measureEmbedding }[
    o.role
  ](o, asked);
  return {
    backend: loaded.backend,
    loadMs: loaded.loadMs,
    memoryMb: loaded.memoryMb,
    ...NOTHING,
    ...measured,
  };
}

type Measure = (o: BenchmarkOptions, asked: (done: number) => void) => Promise<Partial<Measured>>;

/** The first request fills the prefix that the others share; its time counts for none of them. */
const measureChoices: Measure = async ({ runtime, spec, role, signal }, asked) => {
  const { system, slot, questions } = CHOICES[role === 'wording' ? 'wording' : 'intent'];
  const choose = async ({ ask, lines }: Pick<ChoiceQuestion, 'ask' | 'lines'>) => {
    await runtime.load(spec, signal); // a question asked meanwhile may have put it out of memory
    const numbered = lines.map((line, i) => `${i + 1}: ${line}`);
    const user = [...(ask === undefined ? [] : [JSON.stringify(ask)]), ...numbered].join('\n');
    const slots = [{ name: slot, options: lines.map((_, i) => String(i + 1)) }];
    return runtime.choose(spec, { system, user, slots, waits: 'answer' }, signal);
  };
  await choose({ lines: ['準備', '準備'] });
  asked(0);
  const times: number[] = [];
  let right = 0;
  for (const [i, question] of questions.entries()) {
    const began = performance.now();
    const chosen = await choose(question);
    times.push(performance.now() - began);
    if (chosen.find(({ name }) => name === slot)?.options[0]?.option === String(question.right + 1))
      right += 1;
    asked(i + 1);
  }
  return { choiceMs: median(times), asked: questions.length, right };
};

/** A question is right when its own passage is the nearest of all. */
const measureEmbedding: Measure = async ({ runtime, spec, signal }, asked) => {
  await runtime.embed(spec, RATE_TEXTS.slice(0, 1), 'passage', signal);
  const began = performance.now();
  await runtime.embed(spec, RATE_TEXTS, 'passage', signal);
  const embeddingsPerSecond = RATE_TEXTS.length / ((performance.now() - began) / 1000);
  asked(0);
  const passages = await runtime.embed(
    spec,
    EMBEDDING_QUESTIONS.map(({ passage }) => passage),
    'passage',
    signal,
  );
  let right = 0;
  for (const [i, { query }] of EMBEDDING_QUESTIONS.entries()) {
    const [vector] = await runtime.embed(spec, [query], 'query', signal);
    const nearness = passages.map((passage) => (vector ? dot(vector, passage) : 0));
    if (nearness.every((near, at) => at === i || near < (nearness[i] ?? 0))) right += 1;
    asked(i + 1);
  }
  return { embeddingsPerSecond, asked: EMBEDDING_QUESTIONS.length, right };
};

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
