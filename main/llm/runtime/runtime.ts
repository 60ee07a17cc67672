import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Timings } from '../../kernel/timings.ts';
import type { Base } from '../../store/index.ts';
import type { RoleView } from '../contract/models.ts';
import { ChooseResult, EmbedResult, LoadResult, MachineResult } from '../process/protocol.ts';
import type { Loaded, LoadProgress, Runtime, SpawnModels } from '../runtime-door.ts';
import { isSameLoad } from '../same-load.ts';
import type { LoadSpec } from '../types.ts';
import { ModelsLink } from './models-link.ts';

/** What the models process holds, and when each was last used. */
class LoadedModels {
  private readonly models = new Map<string, Loaded>();
  private readonly specs = new Map<string, LoadSpec>();
  private readonly usedAt = new Map<string, number>();
  private readonly clock: Clock;
  constructor(clock: Clock) {
    this.clock = clock;
  }
  list(): Loaded[] {
    return [...this.models.values()];
  }
  has(modelId: string): boolean {
    return this.models.has(modelId);
  }
  get(modelId: string): Loaded | undefined {
    return this.models.get(modelId);
  }
  specOf(modelId: string): LoadSpec | undefined {
    return this.specs.get(modelId);
  }
  add(model: Loaded): void {
    this.models.set(model.modelId, model);
  }
  remove(modelId: string): void {
    this.models.delete(modelId);
  }
  clear(): void {
    this.models.clear();
  }
  use(spec: LoadSpec): void {
    this.specs.set(spec.modelId, spec);
    this.usedAt.set(spec.modelId, this.clock.now());
  }
  unusedSince(before: number): string[] {
    return [...this.models.keys()].filter((id) => (this.usedAt.get(id) ?? 0) < before);
  }
  leastUsed(isAllowed: (modelId: string) => boolean): string | null {
    const used = (id: string): number => this.usedAt.get(id) ?? 0;
    const [first] = [...this.models.keys()].filter(isAllowed).sort((a, b) => used(a) - used(b));
    return first ?? null;
  }
}

/** as many as are told apart; there are never so many unless something is wrong with all of them */
const MOST = 100_000;

/** Texts that were longer than an embedding model reads: each counts once, however often it is embedded. */
class CutTexts {
  private readonly models = new Map<string, { readonly tokens: number; readonly texts: Set<string> }>();
  /** @returns whether there are more than before */
  add(modelId: string, tokens: number, texts: readonly string[]): boolean {
    if (texts.length === 0) return false;
    const known = this.models.get(modelId) ?? { tokens, texts: new Set<string>() };
    this.models.set(modelId, known);
    const before = known.texts.size;
    for (const text of texts)
      if (known.texts.size < MOST)
        known.texts.add(createHash('sha256').update(text).digest('base64').slice(0, 16));
    return known.texts.size > before;
  }
  of(modelId: string): RoleView['cut'] {
    const known = this.models.get(modelId);
    return known ? { texts: known.texts.size, tokens: known.tokens } : null;
  }
}

const TIDY_EVERY_MS = 30_000;
/** a load that takes longer hangs: the largest files from a slow disk need a few minutes */
const LOAD_WITHIN_MS = 15 * 60_000;
const MINUTE = 60_000;

export type RuntimeOptions = Pick<Base, 'clock' | 'log'> & {
  readonly spawn: SpawnModels;
  readonly timings?: Timings | undefined;
  /** minutes without use after which a model leaves memory */
  readonly idleMinutes: () => number;
  /** whether a model of this size can be loaded now, MB of 1,000,000 bytes; others leave until it can */
  readonly fits: (needMb: number) => boolean;
};

type LoadHow = {
  /** somebody waits for what it is loaded for */
  readonly urgent: boolean;
  /** others leave memory for it */
  readonly takesPlace: boolean;
  readonly progress?: LoadProgress | undefined;
};

/** The models process behind the `Runtime` door. Nothing is started before the first call. */
export function createRuntime(o: RuntimeOptions): Runtime {
  const link = new ModelsLink({ ...o, log: o.log.area('models') });
  const changed = new Emitter<void>();
  const models = new LoadedModels(o.clock);
  const cut = new CutTexts();
  let loading: string | null = null;
  let gate: Promise<unknown> = Promise.resolve();
  let usedAt = o.clock.now();

  link.told.on((message) => {
    if (message.type === 'loading') loading = message.modelId;
    else if (message.type === 'loaded') models.add(message.model);
    else models.remove(message.modelId);
    changed.emit();
  });
  link.changed.on(() => {
    if (link.process().state !== 'running') {
      models.clear();
      loading = null;
    }
    changed.emit();
  });
  const stopTidying = o.clock.every(TIDY_EVERY_MS, () => {
    void tidy().catch((error: unknown) => o.log.error('idle models', error));
  });

  /** Models that nobody used for long leave memory, and the process with the last of them: only its end gives all of it back. */
  async function tidy(): Promise<void> {
    const before = o.clock.now() - o.idleMinutes() * MINUTE;
    for (const id of models.unusedSince(before)) if (!link.isBusy(id)) await unload(id);
    if (models.list().length === 0 && link.isIdle && usedAt < before) await link.stop();
  }
  async function unload(modelId: string): Promise<void> {
    if (models.has(modelId)) await link.run({ kind: 'unload', modelId }, undefined);
  }
  async function makeRoom(spec: LoadSpec, takesPlace: boolean): Promise<void> {
    if (models.has(spec.modelId)) await unload(spec.modelId); // it is there in another way
    while (!o.fits(spec.needMb)) {
      const victim = takesPlace ? models.leastUsed((id) => !link.isBusy(id)) : null;
      if (victim === null) throw new AppError('models.no-memory', { need: Math.round(spec.needMb) });
      await unload(victim);
    }
  }
  /** Loads go one after the other: how much memory is free is known only when the one before is there. */
  async function load(
    spec: LoadSpec,
    signal: AbortSignal | undefined,
    { urgent, takesPlace, progress }: LoadHow,
  ): Promise<Loaded> {
    if (signal?.aborted) throw new Cancelled('cancelled before it was loaded');
    usedAt = o.clock.now();
    const known = models.get(spec.modelId);
    if (known && isSameLoad(models.specOf(spec.modelId), spec)) {
      models.use(spec);
      return known;
    }
    const turn = gate.then(async () => {
      if (signal?.aborted) throw new Cancelled('cancelled before it was loaded');
      const there = models.get(spec.modelId);
      if (there && isSameLoad(models.specOf(spec.modelId), spec)) return there;
      await makeRoom(spec, takesPlace);
      models.use(spec);
      const late = AbortSignal.timeout(LOAD_WITHIN_MS);
      const either = signal ? AbortSignal.any([signal, late]) : late;
      try {
        return LoadResult.parse(
          await link.run({ kind: 'load', spec, urgent }, either, progress ? { progress } : {}),
        );
      } catch (error) {
        // cancelled is answered at once; native code hears of it only between two tensors
        if (either.aborted && loading === spec.modelId) {
          loading = null;
          changed.emit();
        }
        if (!late.aborted) throw error;
        throw new AppError(
          'models.load-failed',
          { detail: `${LOAD_WITHIN_MS / MINUTE} min` },
          { cause: error },
        );
      }
    });
    gate = turn.catch(() => {}); // whoever asked hears of it
    return turn;
  }

  return {
    load: (spec, signal, progress) => load(spec, signal, { urgent: false, takesPlace: true, progress }),
    async choose(spec, request, signal) {
      // what is only made ready takes nobody's place in memory
      if (request.slots.length === 0 && !models.has(spec.modelId) && !o.fits(spec.needMb)) return [];
      const { waits } = request;
      await load(spec, signal, { urgent: waits === 'answer', takesPlace: waits === 'reader' });
      return ChooseResult.parse(await link.run({ kind: 'choose', spec, request }, signal));
    },
    async embed(spec, texts, as, signal) {
      if (texts.length === 0) return [];
      await load(spec, signal, { urgent: as === 'query', takesPlace: true });
      const value = await link.run({ kind: 'embed', spec, texts: [...texts], as }, signal);
      const { dimensions, values, cut: places, maxTokens } = EmbedResult.parse(value);
      const isNews =
        as === 'passage' &&
        cut.add(
          spec.modelId,
          maxTokens,
          places.map((i) => texts[i] ?? ''),
        );
      if (isNews) changed.emit();
      return texts.map((_, i) => values.slice(i * dimensions, (i + 1) * dimensions));
    },
    cutOf: (modelId) => cut.of(modelId),
    async unload(modelId) {
      for (const { modelId: id } of models.list()) if (modelId === null || id === modelId) await unload(id);
    },
    loaded: () => models.list(),
    loading: () => loading,
    process: () => link.process(),
    async machine(backend = 'auto') {
      usedAt = o.clock.now();
      return MachineResult.parse(await link.run({ kind: 'machine', backend }, undefined));
    },
    changed,
    died: link.died,
    async close() {
      stopTidying();
      await link.close();
    },
  };
}
