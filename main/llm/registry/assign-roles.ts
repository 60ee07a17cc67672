import { createHash } from 'node:crypto';
import { AppError } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Store } from '../../store/index.ts';
import { MODEL_ROLES, type ModelRole, type RoleView } from '../contract/models.ts';
import { getModel, readRoles, setRole } from '../queries.ts';
import type { Runtime } from '../runtime-door.ts';
import type { ServerModels } from '../server/server-models.ts';
import type { ChoiceModel, ModelRoles, VectorModel } from '../types.ts';
import type { Hardware } from './detect-hardware.ts';
import type { ModelFolder } from './model-folder.ts';
import type { ModelList } from './model-list.ts';
import { type KeptModel, prefixesOf } from './record.ts';
import { whyNot } from './view-model.ts';

export type RolesOptions = {
  readonly store: Store;
  readonly list: Pick<ModelList, 'usable'>;
  readonly folder: ModelFolder;
  readonly runtime: Runtime;
  readonly server: ServerModels;
  readonly machine: Hardware;
  /** uses the model; what it ends with is held against it */
  readonly guarded: <T>(id: string, work: () => Promise<T>) => Promise<T>;
};
export type AssignedRoles = ModelRoles & {
  /** Rejects with AppError `models.*` where the model cannot play the role. */
  assign(role: ModelRole, modelId: string | null): Promise<void>;
  rollBack(role: ModelRole): Promise<void>;
  view(): RoleView[];
  /** roles whose model finds no room now, with how much is free; changes when a page should hear of it */
  room(): string;
  /** After anything that may have changed who answers: those who listen hear of the roles that did change. */
  tell(): void;
  readonly assigned: Emitter<ModelRole>;
};

/** What is free is told anew when it changed by so much. */
const ROOM_STEP_MB = 100;

/** Who answers for a role: the server where one is named for it, else the local model that can be used now, else nobody. */
export function assignRoles(o: RolesOptions): AssignedRoles {
  const { read } = o.store;
  const assigned = new Emitter<ModelRole>();

  /** One that is gone, was changed or misbehaved is as if there were none. */
  const localFor = (role: ModelRole): KeptModel | null => {
    const id = readRoles(read)[role].modelId;
    const model = id === null ? null : getModel(read, id);
    return !model || model.problem || whyNot(model, o.folder) ? null : model;
  };
  const lackOf = (role: ModelRole): RoleView['noRoom'] => {
    const model = localFor(role);
    return model && o.machine.noRoom(model);
  };
  const usable = (role: ModelRole): KeptModel | null => {
    const model = localFor(role);
    return model && o.machine.hasRoom(model) ? model : null;
  };
  const isFromServer = (role: ModelRole): boolean => o.server.playerOf(role) !== null;
  /** Memory comes and goes by the minute: a role does not change its player for that. */
  const keyOf = (role: ModelRole): string => {
    const player = o.server.playerOf(role);
    if (player !== null) return `server ${player}`;
    const model = localFor(role);
    return model ? `local ${model.id} ${model.sha256}` : 'none';
  };
  const keys = (): Record<ModelRole, string> => ({
    intent: keyOf('intent'),
    wording: keyOf('wording'),
    embedding: keyOf('embedding'),
  });
  let known = keys();

  const choiceFor = (role: 'intent' | 'wording'): ChoiceModel | null => {
    if (isFromServer(role)) return o.server.choice(role);
    const model = usable(role);
    return (
      model && {
        modelId: model.id,
        choose: (request, signal) =>
          o.guarded(model.id, () => o.runtime.choose(o.machine.specOf(model), request, signal)),
      }
    );
  };
  const embedder = (model: KeptModel, dimensions: number): VectorModel => {
    const { query, passage } = prefixesOf(model);
    const told = createHash('sha256').update(JSON.stringify([model.sha256, query, passage]));
    return {
      modelId: model.id,
      id: `${model.id}:${told.digest('hex').slice(0, 16)}`,
      dimensions,
      embed: (texts, as, signal) =>
        o.guarded(model.id, () => o.runtime.embed(o.machine.specOf(model), texts, as, signal)),
    };
  };
  const assign = async (role: ModelRole, modelId: string | null): Promise<void> => {
    const now = readRoles(read)[role];
    const model = modelId === null ? null : await o.list.usable(modelId, role);
    if (model?.problem) throw new AppError('models.broken', { name: model.name });
    if (now.modelId === modelId) return;
    await o.store.write([setRole(role, { modelId, previousId: now.modelId ?? now.previousId })], model);
  };

  return {
    assigned,
    assign,
    async rollBack(role) {
      const { previousId } = readRoles(read)[role];
      if (previousId === null) throw new AppError('models.no-previous');
      await assign(role, previousId);
    },
    tell() {
      const before = known;
      known = keys();
      for (const role of MODEL_ROLES) if (before[role] !== known[role]) assigned.emit(role);
    },
    view() {
      const roles = readRoles(read);
      return MODEL_ROLES.map((role) => {
        const source = isFromServer(role) ? 'server' : usable(role) ? 'local' : 'none';
        const { modelId } = roles[role];
        const cut =
          role === 'embedding' && source === 'local' && modelId !== null ? o.runtime.cutOf(modelId) : null;
        return { role, source, noRoom: source === 'none' ? lackOf(role) : null, cut, ...roles[role] };
      });
    },
    room: () =>
      MODEL_ROLES.map((role) => {
        const { modelId } = readRoles(read)[role];
        // asked by the clock: its file, which may be far away, is not looked at
        const model = modelId === null || isFromServer(role) ? null : getModel(read, modelId);
        const lack = model && o.machine.noRoom(model);
        return lack ? `${role} ${Math.round(lack.freeMb / ROOM_STEP_MB)}` : '';
      }).join(),
    intent: () => choiceFor('intent'),
    wording: () => choiceFor('wording'),
    embedding() {
      if (isFromServer('embedding')) return o.server.vectors();
      const model = usable('embedding');
      return model && model.dimensions !== null ? embedder(model, model.dimensions) : null;
    },
  };
}
