import os from 'node:os';
import type { ModelMachine, ModelSettings } from '../../api/contract/models.ts';
import { AppError, Cancelled } from '../../errors.ts';
import { Emitter } from '../../events.ts';
import type { Log } from '../../log.ts';
import type { Reader } from '../../store/index.ts';
import { INTENT_CONTEXT } from '../config.ts';
import { getModel, readRoles } from '../queries.ts';
import type { Runtime } from '../runtime-door.ts';
import type { LoadSpec } from '../types.ts';
import type { Memory } from './free-memory.ts';
import type { ModelFolder } from './model-folder.ts';
import { type KeptModel, needOf, prefixesOf } from './record.ts';
import { fitOf, type Room } from './view-model.ts';

/** How a model is loaded on this computer, and whether it finds a place. */
export type KnownMachine = {
  view(): ModelMachine;
  room(): Room;
  /** tokens; 0 for an embedding model */
  contextOf(model: KeptModel): number;
  specOf(model: KeptModel): LoadSpec;
  hasRoom(model: KeptModel): boolean;
  /** @throws AppError `models.too-big` */
  refuseTooBig(model: KeptModel): void;
  /** what it computes on is asked anew at the next load */
  forget(): void;
  readonly changed: Emitter<void>;
};

export function knowMachine(o: {
  readonly read: Reader;
  readonly folder: ModelFolder;
  readonly runtime: Runtime;
  readonly settings: () => ModelSettings;
  readonly memory: () => Memory;
  readonly log: Log;
}): KnownMachine {
  const changed = new Emitter<void>();
  const threads = (): number => o.settings().threads ?? Math.max(1, os.availableParallelism() - 1);
  const isLoaded = (id: string): boolean => o.runtime.loaded().some((l) => l.modelId === id);

  let card: Pick<ModelMachine, 'backend' | 'gpus' | 'vramMb'> = { backend: null, gpus: [], vramMb: null };
  let askedFor: string | null = null;
  /** Once the process runs anyway: asking alone does not start it. */
  o.runtime.changed.on(() => {
    const wanted = o.settings().backend;
    if (askedFor === wanted || o.runtime.loaded().length === 0) return;
    askedFor = wanted;
    o.runtime.machine().then(
      (found) => {
        card = found;
        changed.emit();
      },
      (error: unknown) => {
        askedFor = null;
        if (!(error instanceof Cancelled)) o.log.warn('what the models process computes on', error);
      },
    );
  });

  /** One length for all roles of a model, so that it need not be loaded twice. */
  const contextOf = (model: KeptModel): number => {
    if (model.format === 'onnx-folder') return 0;
    const { intent, wording } = readRoles(o.read);
    const isOnlyIntent = intent.modelId === model.id && wording.modelId !== model.id;
    const wanted = isOnlyIntent ? INTENT_CONTEXT : Math.max(INTENT_CONTEXT, o.settings().contextTokens);
    return Math.min(wanted, model.trainedContext ?? wanted);
  };
  const room = (): Room => {
    const held = o.runtime.loaded().map(({ modelId, memoryMb }) => {
      const model = getModel(o.read, modelId);
      return memoryMb ?? (model ? needOf(model, contextOf(model)) : 0);
    });
    return { ...o.memory(), heldMb: held.reduce((a, b) => a + b, 0), vramMb: card.vramMb };
  };
  const refuseTooBig = (model: KeptModel): void => {
    if (isLoaded(model.id)) return;
    const fit = fitOf(model, contextOf(model), room());
    if (fit.verdict === 'too-big')
      throw new AppError('models.too-big', { name: model.name, need: fit.needMb, free: fit.freeMb });
  };
  return {
    changed,
    room,
    contextOf,
    refuseTooBig,
    hasRoom: (model) => isLoaded(model.id) || fitOf(model, contextOf(model), room()).verdict !== 'too-big',
    specOf: (model) => ({
      modelId: model.id,
      path: o.folder.loadPathOf(model),
      format: model.format,
      architecture: model.architecture,
      contextTokens: contextOf(model),
      threads: threads(),
      backend: o.settings().backend,
      needMb: needOf(model, contextOf(model)),
      prefixes: prefixesOf(model),
    }),
    forget() {
      askedFor = null;
    },
    view: () => ({
      cpu: os.cpus()[0]?.model.trim() ?? '',
      cores: os.availableParallelism(),
      threads: threads(),
      ...o.memory(),
      ...card,
    }),
  };
}
