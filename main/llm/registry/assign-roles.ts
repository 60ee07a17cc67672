import { createHash } from 'node:crypto';
import { MODEL_ROLES, type ModelRole, type ModelServer, type RoleView } from '../../api/contract/models.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Reader } from '../../store/index.ts';
import { getModel, readRoles } from '../queries.ts';
import type { Runtime } from '../runtime-door.ts';
import type { ServerModels } from '../server/server-models.ts';
import type { ChoiceModel, LoadSpec, ModelRoles, VectorModel } from '../types.ts';
import type { ModelFolder } from './model-folder.ts';
import { type KeptModel, prefixesOf } from './record.ts';
import { whyNot } from './view-model.ts';

export type RolesOptions = {
  readonly read: Reader;
  readonly folder: ModelFolder;
  readonly runtime: Runtime;
  readonly server: ServerModels;
  readonly serverSettings: () => ModelServer;
  readonly specOf: (model: KeptModel) => LoadSpec;
  /** it is loaded, or would find a place in memory */
  readonly hasRoom: (model: KeptModel) => boolean;
  readonly noRoom: (model: KeptModel) => RoleView['noRoom'];
  /** what a use of the model ended with */
  readonly failed: (id: string, thrown: unknown) => Promise<void>;
};
export type AssignedRoles = ModelRoles & {
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
  const assigned = new Emitter<ModelRole>();

  /** One that is gone, was changed or misbehaved is as if there were none. */
  const localFor = (role: ModelRole): KeptModel | null => {
    const id = readRoles(o.read)[role].modelId;
    const model = id === null ? null : getModel(o.read, id);
    return !model || model.problem || whyNot(model, o.folder) ? null : model;
  };
  const lackOf = (role: ModelRole): RoleView['noRoom'] => {
    const model = localFor(role);
    return model && o.noRoom(model);
  };
  const usable = (role: ModelRole): KeptModel | null => {
    const model = localFor(role);
    return model && o.hasRoom(model) ? model : null;
  };
  const isFromServer = (role: ModelRole): boolean => {
    const { enabled, url, [role]: name } = o.serverSettings();
    return enabled && url.trim() !== '' && name.trim() !== '';
  };
  /** Memory comes and goes by the minute: a role does not change its player for that. */
  const keyOf = (role: ModelRole): string => {
    const { url, [role]: name } = o.serverSettings();
    if (isFromServer(role)) return `server ${url} ${name}`;
    const model = localFor(role);
    return model ? `local ${model.id} ${model.sha256}` : 'none';
  };
  const keys = (): Record<ModelRole, string> => ({
    intent: keyOf('intent'),
    wording: keyOf('wording'),
    embedding: keyOf('embedding'),
  });
  let known = keys();

  const guarded = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      await o.failed(id, thrown);
      throw thrown;
    }
  };
  const chooser = (model: KeptModel): ChoiceModel => ({
    modelId: model.id,
    choose: (request, signal) => guarded(model.id, () => o.runtime.choose(o.specOf(model), request, signal)),
  });
  const embedder = (model: KeptModel, dimensions: number): VectorModel => {
    const { query, passage } = prefixesOf(model);
    const told = createHash('sha256').update(JSON.stringify([model.sha256, query, passage]));
    return {
      modelId: model.id,
      id: `${model.id}:${told.digest('hex').slice(0, 16)}`,
      dimensions,
      embed: (texts, as, signal) =>
        guarded(model.id, () => o.runtime.embed(o.specOf(model), texts, as, signal)),
    };
  };

  return {
    assigned,
    tell() {
      const before = known;
      known = keys();
      for (const role of MODEL_ROLES) if (before[role] !== known[role]) assigned.emit(role);
    },
    view() {
      const roles = readRoles(o.read);
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
        const { modelId } = readRoles(o.read)[role];
        // asked by the clock: its file, which may be far away, is not looked at
        const model = modelId === null || isFromServer(role) ? null : getModel(o.read, modelId);
        const lack = model && o.noRoom(model);
        return lack ? `${role} ${Math.round(lack.freeMb / ROOM_STEP_MB)}` : '';
      }).join(),
    intent() {
      if (isFromServer('intent')) return o.server.choice('intent');
      const model = usable('intent');
      return model && chooser(model);
    },
    wording() {
      if (isFromServer('wording')) return o.server.choice('wording');
      const model = usable('wording');
      return model && chooser(model);
    },
    embedding() {
      if (isFromServer('embedding')) return o.server.vectors();
      const model = usable('embedding');
      return model && model.dimensions !== null ? embedder(model, model.dimensions) : null;
    },
  };
}
