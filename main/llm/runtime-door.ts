// What the room's two halves agree on: the registry (files, roles, settings) and the runtime (the process that computes).

import type { Emitter } from '../kernel/events.ts';
import type { ModelBackend, ModelMachine, ModelProcess, RoleView } from './contract/models.ts';
import type { ChooseRequest, Chosen, EmbedAs, LoadSpec } from './types.ts';

/** What a load says about itself. */
export type Loaded = {
  readonly modelId: string;
  readonly backend: ModelBackend;
  /** milliseconds from the request to ready */
  readonly loadMs: number;
  /** what the backend counts for weights, cache and buffers, MB of 1,000,000 bytes; null where it does not count */
  readonly memoryMb: number | null;
  readonly dimensions: number | null;
};
/** percent of a file that is in memory, of 100; embedding models say nothing of it */
export type LoadProgress = (done: number, total: number) => void;

/** The models process, seen from the engine: started when first needed, restarted with back-off, one job at a time. */
export interface Runtime {
  /** Loads unless loaded; what would not fit beside it is unloaded first. Rejects with AppError `models.*`. */
  load(spec: LoadSpec, signal?: AbortSignal, progress?: LoadProgress): Promise<Loaded>;
  choose(spec: LoadSpec, request: ChooseRequest, signal: AbortSignal): Promise<Chosen>;
  embed(spec: LoadSpec, texts: readonly string[], as: EmbedAs, signal?: AbortSignal): Promise<Float32Array[]>;
  /** Different passages that were longer than the model reads since the engine started, and the tokens it reads; null: none was. */
  cutOf(modelId: string): RoleView['cut'];
  /** null: everything */
  unload(modelId: string | null): Promise<void>;
  loaded(): readonly Loaded[];
  loading(): string | null;
  process(): ModelProcess;
  /** asks the process for its backend and graphics cards; starts it if need be. `backend`: which to use if none is in use yet */
  machine(backend?: LoadSpec['backend']): Promise<Pick<ModelMachine, 'backend' | 'gpus' | 'vramMb'>>;
  readonly changed: Emitter<void>;
  /** The process died while this model was loading or at work (null: while idle). `detail`: the last it said, if anything. */
  readonly died: Emitter<{
    readonly modelId: string | null;
    readonly signal: string | null;
    readonly detail: string;
  }>;
  /** aborts, waits up to 3 s for the process to end, kills it */
  close(): Promise<void>;
}

/** How the models process is started: a forked Node process, or a utility process that the shell forks. */
export interface ModelsChild {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `lastWords`: the end of its error output */
  onExit(listener: (code: number | null, signal: string | null, lastWords: string) => void): void;
  readonly pid: number | null;
  /** at once; nothing is asked of it any more */
  kill(): void;
}
export type SpawnModels = () => ModelsChild;
