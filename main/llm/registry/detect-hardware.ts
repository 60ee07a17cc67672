import os from 'node:os';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import type { Reader } from '../../store/index.ts';
import { INTENT_CONTEXT } from '../config.ts';
import type { ModelFit, ModelMachine, ModelSettings } from '../contract/models.ts';
import { getModel, readRoles } from '../queries.ts';
import type { Runtime } from '../runtime-door.ts';
import type { LoadSpec } from '../types.ts';
import type { Memory } from './free-memory.ts';
import type { ModelFolder } from './model-folder.ts';
import { type KeptModel, needOf, prefixesOf } from './record.ts';
import { fitOf, type Room } from './view-model.ts';

type Card = Pick<ModelMachine, 'backend' | 'gpus' | 'vramMb'>;

/** How a model is loaded on this computer, and whether it finds a place. */
export type Hardware = {
  view(): ModelMachine;
  room(): Room;
  /** tokens; 0 for an embedding model */
  contextOf(model: KeptModel): number;
  specOf(model: KeptModel): LoadSpec;
  hasRoom(model: KeptModel): boolean;
  /** what it needs and what is free, where it is not loaded and would find no place now; asks nothing and starts nothing */
  noRoom(model: KeptModel): Pick<ModelFit, 'needMb' | 'freeMb'> | null;
  /** @throws AppError `models.too-big` */
  refuseTooBig(model: KeptModel): Promise<void>;
  /** whether so much, MB, can be had now */
  fits(needMb: number): boolean;
  /** what it computes on is asked anew at the next load */
  forget(): void;
  readonly changed: Emitter<void>;
};

export function detectHardware(o: {
  readonly read: Reader;
  readonly folder: ModelFolder;
  readonly runtime: Runtime;
  readonly settings: () => ModelSettings;
  readonly memory: () => Memory;
  readonly log: Log;
}): Hardware {
  const changed = new Emitter<void>();
  const threads = (): number => o.settings().threads ?? Math.max(1, os.availableParallelism() - 1);
  const isLoaded = (id: string): boolean => o.runtime.loaded().some((l) => l.modelId === id);

  const unknown: Card = { backend: null, gpus: [], vramMb: null };
  let card = unknown;
  let asked: { readonly backend: string; readonly answer: Promise<void> } | null = null;
  /** Asks the process what it computes on, starting it if need be; once for each choice of backend. */
  const ask = (): Promise<void> => {
    const { backend } = o.settings();
    if (asked?.backend === backend) return asked.answer;
    const answer = o.runtime.machine().then(
      (found) => {
        card = found;
        changed.emit();
      },
      (error: unknown) => {
        if (!(error instanceof Cancelled)) o.log.warn('what the models process computes on', error);
      },
    );
    asked = { backend, answer };
    return answer;
  };
  // with a model loaded the process runs anyway
  o.runtime.changed.on(() => void (o.runtime.loaded().length > 0 && ask()));

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
  const judge = (model: KeptModel): ModelFit => fitOf(model, contextOf(model), room());
  /** Too big for the memory, and a graphics card might hold it. */
  const wantsCard = (model: KeptModel): boolean =>
    model.format === 'gguf' && o.settings().backend !== 'cpu' && judge(model).verdict === 'too-big';
  return {
    changed,
    room,
    contextOf,
    async refuseTooBig(model) {
      if (isLoaded(model.id)) return;
      if (wantsCard(model)) await ask();
      const { verdict, needMb, freeMb } = judge(model);
      if (verdict === 'too-big')
        throw new AppError('models.too-big', { name: model.name, need: needMb, free: freeMb });
    },
    hasRoom(model) {
      if (isLoaded(model.id)) return true;
      if (wantsCard(model)) void ask();
      return judge(model).verdict !== 'too-big';
    },
    noRoom(model) {
      if (isLoaded(model.id)) return null;
      const { verdict, needMb, freeMb } = judge(model);
      return verdict === 'too-big' ? { needMb, freeMb } : null;
    },
    fits: (needMb) => needMb <= o.memory().freeMb || needMb <= (card.vramMb ?? 0),
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
      asked = null;
      card = unknown;
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
