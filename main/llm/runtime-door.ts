// What the room's two halves agree on: the registry (files, roles, settings) and the runtime (the process that computes).
import type { ModelBackend, ModelMachine, ModelProcess } from '../api/contract/models.ts';
import type { Emitter } from '../events.ts';
import type { ChooseRequest, Chosen, EmbedAs, LoadSpec, WriteRequest } from './types.ts';

/** What a load says about itself. */
export type Loaded = {
  readonly modelId: string;
  readonly backend: ModelBackend;
  /** milliseconds from the request to ready */
  readonly loadMs: number;
  readonly memoryMb: number | null;
  readonly dimensions: number | null;
};
/** Timings of the last write. */
export type WriteStats = {
  readonly promptTokens: number;
  readonly reusedTokens: number;
  readonly firstTokenMs: number | null;
  readonly tokens: number;
  readonly ms: number;
};

/** The models process, seen from the engine: started when first needed, restarted with back-off, one job at a time. */
export interface Runtime {
  /** Loads unless loaded; what would not fit beside it is unloaded first. Rejects with AppError `models.*`. */
  load(spec: LoadSpec, signal?: AbortSignal): Promise<Loaded>;
  write(
    spec: LoadSpec,
    request: WriteRequest,
    signal: AbortSignal,
    done?: (stats: WriteStats) => void,
  ): AsyncGenerator<string>;
  choose(spec: LoadSpec, request: ChooseRequest, signal: AbortSignal): Promise<Chosen>;
  embed(spec: LoadSpec, texts: readonly string[], as: EmbedAs, signal?: AbortSignal): Promise<Float32Array[]>;
  /** null: everything */
  unload(modelId: string | null): Promise<void>;
  loaded(): readonly Loaded[];
  loading(): string | null;
  process(): ModelProcess;
  /** asks the process for its backend and graphics cards; starts it if need be */
  machine(): Promise<Pick<ModelMachine, 'backend' | 'gpus' | 'vramMb'>>;
  readonly changed: Emitter<void>;
  /** the process died while this model was loading or at work (null: while idle) */
  readonly died: Emitter<{ readonly modelId: string | null; readonly signal: string | null }>;
  close(): Promise<void>;
}

/** How the models process is started: a forked Node process, or a utility process that the shell forks. */
export interface ModelsChild {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  readonly pid: number | null;
  kill(): void;
}
export type SpawnModels = () => ModelsChild;
