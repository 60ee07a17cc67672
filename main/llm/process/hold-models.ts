// What is loaded in this process.
import { AppError } from '../../kernel/errors.ts';
import type { Loaded } from '../runtime-door.ts';
import { isSameLoad } from '../same-load.ts';
import type { LoadSpec } from '../types.ts';
import type { openOnnx } from './embed-onnx.ts';
import { backendOf, LlamaBackend, type Loading } from './llama-backend.ts';
import { LlamaSession } from './llama-session.ts';
import type { FromModels } from './protocol.ts';

type Vectors = Awaited<ReturnType<typeof openOnnx>>;
type Held =
  | { readonly kind: 'text'; readonly session: LlamaSession }
  | { readonly kind: 'vectors'; readonly vectors: Vectors };
type Entry = { readonly spec: LoadSpec; readonly loaded: Loaded; readonly held: Held };

export class HeldModels {
  readonly backend = new LlamaBackend();
  private readonly entries = new Map<string, Entry>();
  private readonly tell: (message: FromModels) => void;
  constructor(tell: (message: FromModels) => void) {
    this.tell = tell;
  }

  /** Loads unless it is loaded in just this way. */
  async load(spec: LoadSpec, how: Loading): Promise<{ loaded: Loaded; held: Held }> {
    const known = this.entries.get(spec.modelId);
    if (known && isSameLoad(known.spec, spec)) return known;
    await this.unload(spec.modelId);
    if (spec.format === 'gguf' && this.backend.isOther(spec.backend))
      for (const [id, { held }] of this.entries) if (held.kind === 'text') await this.unload(id);
    this.tell({ type: 'loading', modelId: spec.modelId });
    const startedAt = performance.now();
    try {
      const held = await open(this.backend, spec, how);
      const loaded: Loaded = {
        modelId: spec.modelId,
        loadMs: Math.round(performance.now() - startedAt),
        ...aboutOf(held),
      };
      this.entries.set(spec.modelId, { spec, loaded, held });
      this.tell({ type: 'loaded', model: loaded });
      return { loaded, held };
    } finally {
      this.tell({ type: 'loading', modelId: null });
    }
  }
  async text(spec: LoadSpec, how: Loading): Promise<LlamaSession> {
    const { held } = await this.load(spec, how);
    if (held.kind !== 'text') throw new Error(`${spec.modelId} does not write`);
    return held.session;
  }
  async vectors(spec: LoadSpec, how: Loading): Promise<Vectors> {
    const { held } = await this.load(spec, how);
    if (held.kind !== 'vectors') throw new Error(`${spec.modelId} makes no vectors`);
    return held.vectors;
  }
  async unload(modelId: string): Promise<void> {
    const entry = this.entries.get(modelId);
    if (!entry) return;
    this.entries.delete(modelId);
    await (entry.held.kind === 'text' ? entry.held.session.close() : entry.held.vectors.close());
    this.tell({ type: 'unloaded', modelId });
  }
  async close(): Promise<void> {
    for (const id of [...this.entries.keys()]) await this.unload(id);
    await this.backend.close();
  }
}

async function open(backend: LlamaBackend, spec: LoadSpec, how: Loading): Promise<Held> {
  if (spec.format === 'gguf') return { kind: 'text', session: await LlamaSession.load(backend, spec, how) };
  // a large package: only where it is used. Its library is not there for every system, and on Windows it needs one of Microsoft's
  const onnx = await import('./embed-onnx.ts').catch((cause: unknown) => {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('models.onnx-missing', { detail }, { cause });
  });
  return { kind: 'vectors', vectors: await onnx.openOnnx(spec) };
}

const aboutOf = (held: Held): Omit<Loaded, 'modelId' | 'loadMs'> =>
  held.kind === 'text'
    ? {
        backend: backendOf(held.session.model.llama),
        memoryMb: held.session.memoryMb,
        dimensions: null,
      }
    : { backend: 'cpu', memoryMb: null, dimensions: held.vectors.dimensions };
