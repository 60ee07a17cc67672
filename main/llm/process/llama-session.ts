// One loaded model with its context: what is evaluated stays, and the next prompt goes on from where it differs.
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../../kernel/errors.ts';
import { throwIfAborted } from '../../kernel/task.ts';
import type { LoadSpec } from '../types.ts';
import { backendOf, type LlamaBackend, type Loading } from './llama-backend.ts';
import { findPromptFormat, type Prompt, type WritePrompt } from './prompt-format.ts';

const GPU_BATCH = 512;
/**
 * Tokens computed together on a CPU: a batch is over within a second on one thread, and only between two is a cancellation heard. Work a
 * token against batches of 128, one thread: 0.5B at 64 1.05 times, 4B at 16 0.9 to 1.0 times, at 8 1.05 times, at 4 1.6 times.
 */
const cpuBatch = (bytes: number): number => (bytes < 1e9 ? 64 : bytes < 5e9 ? 16 : 8);
/** with a sliding window, states kept for the return to the end of the system prompt */
const CHECKPOINTS = 2;
/** added to the logits of tokens that are compared: above what any model gives, small enough to keep their differences */
const LIFT = 2000;

export type Work = {
  readonly signal: AbortSignal;
  /** lets somebody more urgent go first */
  readonly offer: () => Promise<void>;
};

export class LlamaSession {
  readonly model: LlamaModel;
  readonly sequence: LlamaContextSequence;
  readonly writePrompt: WritePrompt;
  private readonly batch: number;

  private constructor(
    model: LlamaModel,
    sequence: LlamaContextSequence,
    how: { readonly batch: number; readonly writePrompt: WritePrompt },
  ) {
    this.model = model;
    this.sequence = sequence;
    this.batch = how.batch;
    this.writePrompt = how.writePrompt;
  }

  static async load(backend: LlamaBackend, spec: LoadSpec, how: Loading): Promise<LlamaSession> {
    const { signal } = how;
    const model = await backend.load(spec, how);
    try {
      const writePrompt = findPromptFormat(model, spec.architecture);
      const batch = backendOf(model.llama) === 'cpu' ? cpuBatch(model.size) : GPU_BATCH;
      const context = await model.createContext({
        contextSize: Math.min(spec.contextTokens, model.trainContextSize),
        batchSize: batch,
        threads: spec.threads,
        sequences: 1,
        failedCreationRemedy: false,
        createSignal: signal,
      });
      const sequence = context.getSequence({ checkpoints: { max: CHECKPOINTS, interval: false } });
      return new LlamaSession(model, sequence, { batch, writePrompt });
    } catch (cause) {
      await model.dispose();
      if (signal.aborted || cause instanceof AppError) throw cause;
      throw new AppError('models.load-failed', { detail: backend.reasonOf(cause) }, { cause });
    }
  }

  get contextTokens(): number {
    return this.sequence.contextSize;
  }
  get memoryMb(): number {
    const { context } = this.sequence;
    const bytes = [this.model.memoryUsage, context.memoryUsage].reduce((sum, m) => sum + m.ram + m.vram, 0);
    return Math.round(bytes / 1e6);
  }

  /** Refuses a prompt that would silently be cut: the caller shortens it. */
  checkLength({ tokens }: Prompt, maxTokens: number): void {
    const limit = this.contextTokens - 1 - maxTokens; // the last place of a context stays free
    if (tokens.length > limit) throw new AppError('models.prompt-too-long', { tokens: tokens.length, limit });
  }

  /**
   * Evaluates all of the prompt but its last token, whose evaluation gives what follows; what is there from before stays. Cancelled
   * between batches.
   */
  async evaluate({ tokens, prefix }: Prompt, work: Work): Promise<void> {
    const { sequence } = this;
    const wanted = tokens.slice(0, -1);
    await this.keepCommon(wanted);
    for (const end of [Math.min(prefix, wanted.length), wanted.length]) {
      if (sequence.nextTokenIndex >= end) continue;
      while (sequence.nextTokenIndex < end) await this.readBatch(wanted.slice(0, end), work);
      if (end === prefix && sequence.needsCheckpoints) await sequence.takeCheckpoint();
    }
    throwIfAborted(work.signal);
  }

  /** The probabilities of these tokens after that text, among themselves. Cancelled as `evaluate` is. */
  async compare(tokens: readonly Token[], wanted: readonly Token[], work: Work): Promise<number[]> {
    const { sequence } = this;
    const before = tokens.slice(0, -1);
    await this.keepCommon(before);
    // the last of them goes with what is asked for
    while (tokens.length - sequence.nextTokenIndex > this.batch) await this.readBatch(before, work);
    throwIfAborted(work.signal);
    const rest = tokens.slice(sequence.nextTokenIndex);
    const last = rest.at(-1);
    if (last === undefined) throw new Error('nothing to compare after');
    const { TokenBias } = await import('node-llama-cpp');
    const tokenBias = TokenBias.for(this.model);
    for (const token of wanted) tokenBias.set(token, { logit: LIFT });
    const results = await sequence.controlledEvaluate([
      ...rest.slice(0, -1),
      [
        last,
        {
          generateNext: {
            probabilities: true,
            // the lifted ones alone are left: the whole vocabulary would be copied for nothing
            options: { temperature: 1, topK: wanted.length, topP: 1, minP: 0, seed: 0, tokenBias },
          },
        },
      ],
    ]);
    const found = results.at(-1)?.next.probabilities;
    const ps = wanted.map((token) => found?.get(token) ?? 0);
    const sum = ps.reduce((a, b) => a + b, 0);
    if (!(sum > 0)) throw new AppError('models.unusable-numbers');
    return ps.map((p) => p / sum);
  }

  async close(): Promise<void> {
    await this.model.dispose(); // takes context and sequence with it
  }

  /**
   * Forgets what is evaluated beyond the beginning that both share. Where a sliding window has moved past that place, the library would
   * evaluate again up to it in one go: then only what a checkpoint restores is kept, and the rest is left to the batches.
   */
  private async keepCommon(wanted: Token[]): Promise<void> {
    const { sequence } = this;
    const { firstDifferentIndex: common } = sequence.compareContextTokens(wanted);
    const end = sequence.nextTokenIndex;
    if (common >= end) return;
    const checkpoint = sequence.lastCheckpointIndex;
    const isThere = !sequence.needsCheckpoints || common > sequence.stateCellsStartIndex;
    const start = isThere ? common : checkpoint > 0 && checkpoint < common ? checkpoint + 1 : 0;
    await sequence.eraseContextTokenRanges([{ start, end }]);
  }
  /** Evaluates the next batch of these tokens, once nobody cancelled and nobody more urgent waits. */
  private async readBatch(tokens: Token[], { signal, offer }: Work): Promise<void> {
    throwIfAborted(signal);
    await offer();
    throwIfAborted(signal);
    const from = this.sequence.nextTokenIndex;
    await this.sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(from, from + this.batch));
  }
}
