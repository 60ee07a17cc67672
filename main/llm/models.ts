import path from 'node:path';
import type { NewNotification, Notify } from '../api/contract/alerts.ts';
import type { ModelRole, ModelsOverview, ModelView } from '../api/contract/models.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import type { Log } from '../kernel/log.ts';
import type { Tasks } from '../kernel/task.ts';
import type { Timings } from '../kernel/timings.ts';
import type { Store } from '../store/index.ts';
import { runBenchmark } from './benchmark/run-benchmark.ts';
import { DEATHS_TO_QUARANTINE, LOOK_FOR_ROOM_MS } from './config.ts';
import type { Models } from './door.ts';
import { forkModels } from './process/fork-models.ts';
import {
  addDeath,
  deleteModel,
  getModel,
  insertBenchmark,
  insertModel,
  listBenchmarks,
  listModels,
  readRoles,
  replaceModel,
  setProblem,
  setRole,
} from './queries.ts';
import { assignRoles } from './registry/assign-roles.ts';
import { hashFile, writeDurably } from './registry/copy-files.ts';
import { detectHardware } from './registry/detect-hardware.ts';
import { fileError } from './registry/file-errors.ts';
import { type Memory, readMemory } from './registry/free-memory.ts';
import { createImporter } from './registry/import-model.ts';
import { keepSettings, type ServerKey } from './registry/keep-settings.ts';
import { KNOWN_MODELS } from './registry/manifest.ts';
import { ModelFolder } from './registry/model-folder.ts';
import { findTarget, readSource } from './registry/read-source.ts';
import { type KeptModel, type ModelRecord, rolesOf } from './registry/record.ts';
import { Uploads } from './registry/uploads.ts';
import { fitOf, type Room, viewModel, whyNot } from './registry/view-model.ts';
import { createRuntime } from './runtime/runtime.ts';
import type { Runtime, SpawnModels } from './runtime-door.ts';
import { createServerModels, type ServerModels } from './server/server-models.ts';

export type ModelsOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly timings?: Timings;
  readonly dataDir: string;
  /** null: a forked Node process */
  readonly spawn: SpawnModels | null;
  readonly serverKey: ServerKey;
  /** SHA-256 of those that may be used; undefined: any */
  readonly allowed?: readonly string[] | undefined;
  /** config.json lets the server be outside private networks */
  readonly allowPublicServer: boolean;
  /** tells of a model that is no longer used */
  readonly notify?: Notify;
  /** what of the computer's memory is free; tests pass their own */
  readonly memory?: () => Memory;
};

/** Local models: files, roles, settings here; computing in `runtime`, in its own process. Nothing is loaded before it is used. */
export function createModels(o: ModelsOptions): Models {
  const log = o.log.area('models');
  const { read } = o.store;
  const memory = o.memory ?? readMemory;
  const changed = new Emitter<void>();
  const folder = new ModelFolder(o.dataDir, log, o.allowed);
  const importer = createImporter({ store: o.store, clock: o.clock, folder });
  const uploads = new Uploads(folder);
  const allowPublic = (): boolean => o.allowPublicServer;
  const settings = keepSettings({ store: o.store, clock: o.clock, key: o.serverKey, allowPublic });
  const server: ServerModels = createServerModels({
    server: () => settings.get().server,
    key: o.serverKey.get,
    log: o.log,
    allowPublic,
    timings: o.timings,
  });
  const runtime: Runtime = createRuntime({
    spawn: o.spawn ?? forkModels,
    clock: o.clock,
    log: o.log,
    timings: o.timings,
    idleMinutes: () => settings.get().idleMinutes,
    fits: (needMb) => machine.fits(needMb),
  });

  const find = (id: string): KeptModel => {
    const model = getModel(read, id);
    if (!model) throw new AppError('not-found', { what: `model ${id}` });
    return model;
  };
  const machine = detectHardware({ read, folder, runtime, settings: settings.get, memory, log });
  /** What a load says against a model is kept: it is not tried again and again, and its reason is shown. */
  const failed = async (id: string, thrown: unknown): Promise<void> => {
    if (!(thrown instanceof AppError) || thrown.code !== 'models.load-failed') return;
    await o.store.write([setProblem(id, { code: thrown.code, params: { ...thrown.params } })]);
    tell();
  };
  const roles = assignRoles({
    read,
    folder,
    runtime,
    server,
    serverSettings: () => settings.get().server,
    specOf: machine.specOf,
    hasRoom: machine.hasRoom,
    noRoom: machine.noRoom,
    failed,
  });
  // memory comes and goes without a word
  let room = roles.room();
  const stopLooking = o.clock.every(LOOK_FOR_ROOM_MS, () => {
    const now = roles.room();
    if (now === room) return;
    room = now;
    changed.emit();
  });
  const tell = (): void => {
    changed.emit();
    roles.tell();
  };
  const view = (model: KeptModel, within: Room = machine.room()): ModelView =>
    viewModel(model, {
      folder,
      fit: fitOf(model, machine.contextOf(model), within),
      isLoaded: runtime.loaded().some((l) => l.modelId === model.id),
      isLoading: runtime.loading() === model.id,
    });
  /** Whether it may be loaded now. @throws AppError `models.*` */
  const refuseUnusable = async (model: KeptModel): Promise<void> => {
    const why = whyNot(model, folder);
    if (why) throw why;
    await machine.refuseTooBig(model);
  };
  const refuseRole = (model: KeptModel, role: ModelRole): void => {
    if (!rolesOf(model).includes(role)) throw new AppError('models.wrong-role', { name: model.name });
  };

  // what happens in the process
  const pending = new Set<Promise<void>>();
  const countDeath = async (id: string): Promise<void> => {
    await o.store.write([addDeath(id, o.clock.now(), DEATHS_TO_QUARANTINE)]);
    const model = getModel(read, id);
    tell();
    if (model?.deaths !== DEATHS_TO_QUARANTINE || model.quarantinedAt === null) return;
    await o.notify?.(wordQuarantine(model));
  };
  runtime.died.on(({ modelId, signal, detail }) => {
    log.error('the models process died', { modelId, signal, detail });
    if (modelId === null) return;
    const counted = countDeath(modelId).catch((error: unknown) =>
      log.error('a death was not counted', error),
    );
    pending.add(counted);
    void counted.finally(() => pending.delete(counted));
  });
  runtime.changed.on(() => changed.emit());
  machine.changed.on(() => changed.emit());
  server.changed.on(tell);

  // models whose copy was whole when the engine was killed, or that an older copy of the database does not know
  const recovered = (async () => {
    const known = new Set(listModels(read).map((m) => m.id));
    const found = await folder.recover(known, o.clock.now());
    if (found.length === 0) return;
    await o.store.write(found.map(insertModel));
    tell();
  })().catch((error: unknown) => log.error('models found in the data folder', error));
  void settings.ready.then(
    () => changed.emit(),
    (error: unknown) => log.warn('key of the model server', error),
  );

  const takeIn = async (work: Promise<ModelRecord>): Promise<ModelView> => {
    const { id } = await work;
    tell();
    return view(find(id));
  };
  const assign = async (role: ModelRole, modelId: string | null): Promise<void> => {
    const now = readRoles(read)[role];
    if (modelId !== null) {
      const model = find(modelId);
      refuseRole(model, role);
      await refuseUnusable(model);
      if (model.problem) throw new AppError('models.broken', { name: model.name });
    }
    if (now.modelId === modelId) return;
    await o.store.write([setRole(role, { modelId, previousId: now.modelId ?? now.previousId })]);
    tell();
  };

  return {
    changed,
    assigned: roles.assigned,
    intent: roles.intent,
    wording: roles.wording,
    embedding: roles.embedding,
    async overview(): Promise<ModelsOverview> {
      await recovered;
      await settings.ready.catch(() => {}); // said in the log; there is no key then
      const within = machine.room();
      return {
        models: listModels(read).map((m) => view(m, within)),
        roles: roles.view(),
        known: [...KNOWN_MODELS],
        settings: settings.get(),
        machine: machine.view(),
        process: runtime.process(),
        folder: folder.dir,
      };
    },
    async inspect(given) {
      const nothing = { path: given, bytes: 0, format: null, architecture: null, roles: [], fit: null };
      try {
        const source = await readSource(await findTarget(given));
        const tokens = Math.min(
          settings.get().contextTokens,
          source.trainedContext ?? Number.POSITIVE_INFINITY,
        );
        return {
          path: given,
          bytes: source.bytes,
          format: source.format,
          architecture: source.architecture,
          roles: rolesOf(source),
          fit: fitOf(source, tokens, machine.room()),
          problem: null,
        };
      } catch (thrown) {
        const error = fileError(thrown, given);
        if (!(error instanceof AppError) || error.code === 'internal') throw error;
        return { ...nothing, problem: { code: error.code, params: { ...error.params } } };
      }
    },
    async import(input) {
      await recovered;
      return takeIn(
        o.tasks.run('model-import', (task) => {
          task.about(path.basename(input.path));
          return importer.fromPath(input, task);
        }),
      );
    },
    async upload(piece) {
      await recovered;
      await folder.make();
      const received = await uploads.take(piece);
      if (!piece.done) return { received, model: null };
      const dir = uploads.dirOf(piece.uploadId);
      return {
        received,
        model: await takeIn(
          o.tasks.run('model-import', (task) => {
            task.about(piece.name.split('/')[0] ?? piece.name);
            return importer.fromUpload(dir, task);
          }),
        ),
      };
    },
    async remove(id) {
      const model = find(id);
      await runtime.unload(id);
      const forget = async (): Promise<void> => void (await o.store.write(deleteModel(id)));
      try {
        await (model.storage === 'copy' ? folder.discard(id, forget) : forget());
      } catch (thrown) {
        throw fileError(thrown, model.name);
      }
      tell();
    },
    assign,
    async rollBack(role) {
      const { previousId } = readRoles(read)[role];
      if (previousId === null) throw new AppError('models.no-previous');
      await assign(role, previousId);
    },
    async retry(id) {
      const model = find(id);
      if (folder.look(model) === 'missing')
        throw new AppError('models.missing', { name: model.name, path: folder.loadPathOf(model) });
      await runtime.unload(id);
      return takeIn(
        o.tasks.run('model-import', async (task) => {
          task.about(model.name);
          task.progress(0, null, 'check');
          const file = model.format === 'gguf' ? (model.files[0]?.path ?? null) : null;
          const source = await readSource({ format: model.format, root: folder.rootOf(model), file });
          const sha256 = await hashFile({ ...source, ...task });
          const { main: _main, title: _title, root, ...now } = source;
          const next: ModelRecord = { ...plain(model), ...now, facts: namedAsBefore(source, model), sha256 };
          if (model.storage === 'copy')
            await writeDurably(folder.markerIn(root), JSON.stringify(next, null, 1));
          await o.store.write(replaceModel(next));
          return next;
        }),
      );
    },
    async load(id) {
      const model = find(id);
      await refuseUnusable(model);
      await o.tasks.run('model-load', async (task) => {
        task.about(model.name);
        task.progress(0, null, 'load');
        try {
          await runtime.load(machine.specOf(model), task.signal, (done, total) =>
            task.progress(Math.round((done / total) * model.bytes), model.bytes, 'load'),
          );
        } catch (thrown) {
          await failed(id, thrown);
          throw thrown;
        }
      });
    },
    async unload(id) {
      await runtime.unload(find(id).id);
    },
    settings: settings.get,
    async setSettings(change) {
      const next = await settings.change(change);
      if (change.backend !== undefined) machine.forget();
      tell();
      return next;
    },
    async setServer(change) {
      const next = await settings.changeServer(change);
      server.refresh();
      tell();
      return next;
    },
    testServer: () => server.test(),
    async benchmark(id, role) {
      const model = find(id);
      refuseRole(model, role);
      await refuseUnusable(model);
      return o.tasks.run('model-benchmark', async (task) => {
        task.about(model.name);
        const figures = await runBenchmark({
          runtime,
          spec: machine.specOf(model),
          role,
          signal: task.signal,
          progress: task.progress,
        }).catch(async (thrown: unknown) => {
          await failed(id, thrown);
          throw thrown;
        });
        const done = { id: newId(), at: o.clock.now(), modelId: id, modelName: model.name, role, ...figures };
        await o.store.write([insertBenchmark(done)]);
        changed.emit();
        return done;
      });
    },
    benchmarks: () => listBenchmarks(read),
    async close() {
      stopLooking();
      await recovered;
      await Promise.all([server.close(), runtime.close()]);
      await Promise.all(pending);
    },
  };
}

/** What it was called where it came from says which known model it is. */
const namedAsBefore = (
  { facts }: Pick<ModelRecord, 'facts'>,
  { facts: before }: KeptModel,
): ModelRecord['facts'] =>
  facts.kind === 'gguf'
    ? { ...facts, file: before.file }
    : { ...facts, folder: before.kind === 'gguf' ? facts.folder : before.folder };
const plain = ({ deaths: _d, quarantinedAt: _q, problem: _p, ...model }: KeptModel): ModelRecord => model;

const wordQuarantine = ({ id, name }: KeptModel): NewNotification => ({
  kind: 'model',
  severity: 'watch',
  subject: id,
  title: { ja: 'モデルを隔離しました', en: 'A model was quarantined' },
  text: {
    ja: `${name} の実行中に処理が 2 回異常終了したため、使用を止めました。内蔵の方式で続けています。`,
    en: `${name} took its process down twice and is no longer used. The built-in way answers instead.`,
  },
});
