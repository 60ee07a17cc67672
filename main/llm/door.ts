import type {
  ModelBenchmark,
  ModelInspection,
  ModelRole,
  ModelServer,
  ModelSettings,
  ModelsOverview,
  ModelView,
} from '../api/contract/models.ts';
import type { Emitter } from '../kernel/events.ts';
import type { ModelRoles } from './types.ts';

/** A piece of a dropped file, as the page sends it. */
export type UploadPiece = {
  readonly uploadId: string;
  readonly name: string;
  readonly bytes: number;
  readonly offset: number;
  /** base64 */
  readonly data: string;
  readonly done: boolean;
};

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
