// llama.cpp in this process: loaded when first needed, for one backend at a time.
import { availableParallelism } from 'node:os';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import { delay } from '../../kernel/task.ts';
import type { ModelBackend } from '../contract/models.ts';
import type { LoadProgress } from '../runtime-door.ts';
import type { LoadSpec } from '../types.ts';
import { relayFork } from './relay-fork.ts';

const BYTES_PER_MB = 1e6;
const REASONS_KEPT = 20;
const REASON_CHARS = 400;
/** its log comes a little after the failure itself */
const LOG_DELAY_MS = 30;
/** what llama.cpp says after the reason */
const ECHO = /llama_model_load_from_file_impl|failed to load model$/i;

export type Machine = {
  readonly backend: ModelBackend;
  readonly gpus: readonly string[];
  readonly vramMb: number | null;
};

export type Loading = { readonly signal: AbortSignal; readonly progress?: LoadProgress };

export class LlamaBackend {
  private wanted: LoadSpec['backend'] | null = null;
  private llama: Promise<Llama> | null = null;
  private reasons: string[] = [];

  /** llama.cpp for this backend. What was loaded for another one must have been disposed of before. */
  async get(backend: LoadSpec['backend']): Promise<Llama> {
    if (this.llama && this.wanted !== backend) {
      const before = this.llama;
      this.llama = null;
      await (await before).dispose();
    }
    this.wanted = backend;
    this.llama ??= this.start(backend);
    try {
      return await this.llama;
    } catch (cause) {
      this.llama = null;
      this.wanted = null;
      if (cause instanceof AppError) throw cause;
      throw new AppError('models.backend-missing', { backend, detail: this.reasonOf(cause) }, { cause });
    }
  }
  /** what is loaded is for another backend */
  isOther(backend: LoadSpec['backend']): boolean {
    return this.llama !== null && this.wanted !== backend;
  }

  /** What is in use; the backend asked for where none is yet. */
  async machine(backend: LoadSpec['backend']): Promise<Machine> {
    const llama = await this.get(this.wanted ?? backend);
    const gpu = backendOf(llama);
    return {
      backend: gpu,
      gpus: gpu === 'cpu' ? [] : await llama.getGpuDeviceNames(),
      vramMb: gpu === 'cpu' ? null : Math.round((await llama.getVramState()).total / BYTES_PER_MB),
    };
  }

  /** Loads a file. Rejects with AppError: the reason that llama.cpp gave, which it tells its log alone. */
  async load(spec: LoadSpec, { signal, progress }: Loading): Promise<LlamaModel> {
    const llama = await this.get(spec.backend);
    this.reasons = [];
    try {
      return await llama.loadModel({
        modelPath: spec.path,
        ...(llama.gpu === false
          ? { gpuLayers: 0 }
          : { gpuLayers: { fitContext: { contextSize: spec.contextTokens } } }),
        useMmap: false, // a mapped file that is cut short kills the process, and repacked weights would be there twice
        checkTensors: true,
        loadSignal: signal,
        ...(progress ? { onLoadProgress: tellPercents(progress) } : {}),
      });
    } catch (cause) {
      if (signal.aborted) throw cause;
      await delay(LOG_DELAY_MS);
      throw new AppError('models.load-failed', { detail: this.reasonOf(cause) }, { cause });
    }
  }

  async close(): Promise<void> {
    await (await this.llama?.catch(() => null))?.dispose();
  }

  reasonOf(cause: unknown): string {
    const said = this.reasons.findLast((line) => !ECHO.test(line)) ?? this.reasons.at(-1);
    const text = said ?? (cause instanceof Error ? cause.message : String(cause));
    return text.trim().slice(0, REASON_CHARS);
  }

  private async start(backend: LoadSpec['backend']): Promise<Llama> {
    this.reasons = [];
    relayFork();
    const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
    return getLlama({
      gpu: backend === 'cpu' ? false : backend,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      // the library's own minimum of four threads makes a machine of two cores hundreds of times slower
      maxThreads: availableParallelism(),
      logLevel: LlamaLogLevel.error,
      logger: (_level, message) => {
        this.reasons = [...this.reasons, message].slice(-REASONS_KEPT);
      },
    });
  }
}

/** It is told far more often than anybody can see. */
function tellPercents(progress: LoadProgress): (share: number) => void {
  let told = -1;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (percent === told) return;
    told = percent;
    progress(percent, 100);
  };
}

const Gpu = z.enum(['cuda', 'vulkan', 'metal']);
export const backendOf = (llama: Llama): ModelBackend => Gpu.safeParse(llama.gpu).data ?? 'cpu';
