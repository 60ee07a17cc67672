import { AppError } from '../../kernel/errors.ts';
import { TIGHT_SHARE } from '../config.ts';
import type { ModelFit, ModelView } from '../contract/models.ts';
import type { Memory } from './free-memory.ts';
import { findKnown } from './manifest.ts';
import type { ModelFolder } from './model-folder.ts';
import { type KeptModel, type ModelRecord, needOf, rolesOf } from './record.ts';

/** What is known about the computer when a model's place in it is judged. */
export type Room = Memory & {
  /** memory that our own loaded models would give back, MB */
  readonly heldMb: number;
  /** of the graphics card that llama.cpp computes on, MB; null: on the CPU, or not known yet */
  readonly vramMb: number | null;
};

/** Whether it would find a place, once what else we have loaded is out of the way. */
export function fitOf(
  model: Pick<ModelRecord, 'facts' | 'bytes' | 'format'>,
  contextTokens: number,
  room: Room,
): ModelFit {
  const needMb = needOf(model, contextTokens);
  const freeMb = Math.min(room.totalMb, room.freeMb + room.heldMb);
  const isOnCard = model.format === 'gguf' && room.vramMb !== null && room.vramMb >= needMb;
  return {
    needMb,
    freeMb,
    totalMb: room.totalMb,
    contextTokens: model.format === 'gguf' ? contextTokens : null,
    verdict: isOnCard || needMb <= freeMb * TIGHT_SHARE ? 'fits' : needMb <= freeMb ? 'tight' : 'too-big',
  };
}

/** Why a model cannot be used now; null: it can. Memory is not looked at. */
export function whyNot(model: KeptModel, folder: ModelFolder): AppError | null {
  if (model.quarantinedAt !== null)
    return new AppError('models.quarantined', { name: model.name, deaths: model.deaths });
  const looks = folder.look(model);
  if (looks === 'missing')
    return new AppError('models.missing', { name: model.name, path: folder.loadPathOf(model) });
  const refused = folder.refusal(model);
  if (refused) return refused;
  return looks === 'changed' ? new AppError('models.broken', { name: model.name }) : null;
}

export function viewModel(
  model: KeptModel,
  o: {
    readonly folder: ModelFolder;
    readonly fit: ModelFit;
    readonly isLoaded: boolean;
    readonly isLoading: boolean;
  },
): ModelView {
  const { known, checksum, compared } = findKnown(model);
  const why = whyNot(model, o.folder);
  const state =
    why?.code === 'models.quarantined'
      ? 'quarantined'
      : why?.code === 'models.missing'
        ? 'missing'
        : why || model.problem
          ? 'broken'
          : o.isLoading
            ? 'loading'
            : o.isLoaded
              ? 'loaded'
              : 'ready';
  return {
    id: model.id,
    name: model.name,
    roles: rolesOf(model),
    format: model.format,
    architecture: model.architecture,
    quantisation: model.quantisation,
    parameters: model.parameters,
    trainedContext: model.trainedContext,
    dimensions: model.dimensions,
    bytes: model.bytes,
    sha256: model.sha256,
    knownId: known?.id ?? null,
    checksum,
    compared,
    licence: known?.licence ?? null,
    storage: model.storage,
    path: o.folder.loadPathOf(model),
    addedAt: model.addedAt,
    state,
    problem: why ? { code: why.code, params: { ...why.params } } : model.problem,
    deaths: model.deaths,
    fit: o.fit,
  };
}
