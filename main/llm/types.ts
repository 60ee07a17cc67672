import type { InferContractRouterInputs } from '@orpc/contract';
import type { Emitter } from '../kernel/events.ts';
import type {
  KnownModel,
  ModelBackend,
  ModelBenchmark,
  ModelInspection,
  ModelRole,
  ModelServer,
  ModelSettings,
  ModelsOverview,
  ModelView,
  models,
} from './contract/models.ts';

/** What the models process needs to load a model. `architecture` picks the chat wrapper; templates of files never run. */
export type LoadSpec = {
  readonly modelId: string;
  /** of a GGUF file, or of an ONNX folder */
  readonly path: string;
  readonly format: KnownModel['format'];
  readonly architecture: string;
  /** tokens; ignored for ONNX */
  readonly contextTokens: number;
  readonly threads: number;
  readonly backend: 'auto' | ModelBackend;
  /** memory it needs: weights, cache and buffers, MB of 1,000,000 bytes */
  readonly needMb: number;
  /** e.g. e5's `query: ` and `passage: `; empty for llama */
  readonly prefixes: { readonly query: string; readonly passage: string };
};

/** The system prompt is kept evaluated between calls: put what changes into `user`. Slots to be decided one after the other, each from the probabilities of its options given those before; none: the prompt is made ready. */
export type ChooseRequest = {
  readonly system: string;
  readonly user: string;
  readonly slots: readonly { readonly name: string; readonly options: readonly string[] }[];
  /**
   * Who waits: somebody for the answer (a second opinion: no model leaves memory for it, and without room it rejects with
   * `models.no-memory`), a reader of what is there already, or nobody (nothing leaves memory, whatever else is asked goes first).
   */
  readonly waits: 'answer' | 'reader' | 'nobody';
};
/** For every slot, in order, its options with their probabilities (they sum to 1), likeliest first. */
export type Chosen = readonly {
  readonly name: string;
  readonly options: readonly { readonly option: string; readonly p: number }[];
}[];
export type EmbedAs = 'query' | 'passage';

export interface ChoiceModel {
  readonly modelId: string;
  choose(request: ChooseRequest, signal: AbortSignal): Promise<Chosen>;
}
/** Vectors are L2-normalised, all of one length. */
export interface VectorModel {
  readonly modelId: string;
  /** of the model and what it is told: vectors of different ids are never compared */
  readonly id: string;
  readonly dimensions: number;
  embed(texts: readonly string[], as: EmbedAs, signal?: AbortSignal): Promise<Float32Array[]>;
}

/** The models that play the roles now; null where none does, and the built-in way answers. */
export interface ModelRoles {
  intent(): ChoiceModel | null;
  wording(): ChoiceModel | null;
  embedding(): VectorModel | null;
}
export type { ModelRole };

/** A piece of a dropped file, as the page sends it. */
export type UploadPiece = InferContractRouterInputs<typeof models>['upload'];

type Change<T> = { readonly [K in keyof T]?: T[K] | undefined };
export type SettingsChange = Change<Omit<ModelSettings, 'server'>>;
/** `key`: null forgets it, absent leaves it */
export type ServerChange = Change<Omit<ModelServer, 'hasKey'> & { key: string | null }>;

/** Local models: what is there, who plays which role, and what they do. Everything rejects with AppError `models.*`. */
export interface Models extends ModelRoles {
  overview(): Promise<ModelsOverview>;
  inspect(path: string): Promise<ModelInspection>;
  import(input: { readonly path: string; readonly mode: 'copy' | 'link' }): Promise<ModelView>;
  upload(piece: UploadPiece): Promise<{ received: number; model: ModelView | null }>;
  remove(id: string): Promise<void>;
  /** refuses a model that cannot play the role, that is quarantined or broken, or that cannot fit into memory */
  assign(role: ModelRole, modelId: string | null): Promise<void>;
  rollBack(role: ModelRole): Promise<void>;
  retry(id: string): Promise<ModelView>;
  load(id: string): Promise<void>;
  unload(id: string): Promise<void>;
  settings(): ModelSettings;
  setSettings(change: SettingsChange): Promise<ModelSettings>;
  setServer(change: ServerChange): Promise<ModelSettings>;
  testServer(): Promise<{ models: string[]; ms: number }>;
  benchmark(id: string, role: ModelRole): Promise<ModelBenchmark>;
  benchmarks(): ModelBenchmark[];
  /** models, roles, the process or what is in memory changed */
  readonly changed: Emitter<void>;
  /** another model, or none, plays the role now */
  readonly assigned: Emitter<ModelRole>;
  close(): Promise<void>;
}
