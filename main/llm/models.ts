import { createHash } from 'node:crypto';
import os from 'node:os';
import type { ModelMachine, ModelRole, ModelsOverview, ModelView, RoleView } from '../api/contract/models.ts';
import { MODEL_ROLES } from '../api/contract/models.ts';
import type { Clock } from '../clock.ts';
import { AppError, Cancelled } from '../errors.ts';
import { Emitter } from '../events.ts';
import { newId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import type { Tasks } from '../task.ts';
import { type BenchmarkOptions, runBenchmark } from './benchmark/run-benchmark.ts';
import { DEATHS_TO_QUARANTINE, INTENT_CONTEXT } from './config.ts';
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
import { hashFile } from './registry/copy-files.ts';
import { fileError } from './registry/file-errors.ts';
import { type Memory, readMemory } from './registry/free-memory.ts';
import { createImporter } from './registry/import-model.ts';
import { keepSettings, type ServerKey } from './registry/keep-settings.ts';
import { KNOWN_MODELS } from './registry/manifest.ts';
import { ModelFolder } from './registry/model-folder.ts';
import { findTarget, readSource } from './registry/read-source.ts';
import { type KeptModel, type ModelRecord, needOf, prefixesOf, rolesOf } from './registry/record.ts';
import { Uploads } from './registry/uploads.ts';
import { fitOf, type Room, viewModel, whyNot } from './registry/view-model.ts';
import { createRuntime } from './runtime/runtime.ts';
import type { Runtime, SpawnModels } from './runtime-door.ts';
import { createServerModels, type ServerModels } from './server/server-models.ts';
import type { ChoiceModel, LoadSpec, TextModel, VectorModel } from './types.ts';

export type ModelsOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly dataDir: string;
  /** null: a forked Node process */
  readonly spawn: SpawnModels | null;
  readonly serverKey: ServerKey;
  /** config.json lets the server be outside private networks */
  readonly allowPublicServer: boolean;
  /** the number gate, for the wording benchmark */
  readonly gate?: NonNullable<BenchmarkOptions['gate']>;
  /** what of the computer's memory is free; tests pass their own */
  readonly memory?: () => Memory;
};

/** Local models: files, roles, settings here; computing in `runtime`, in its own process. Nothing is loaded before it is used. */
export function createModels(o: ModelsOptions): Models {
  const log = o.log.area('models');
  const memory = o.memory ?? readMemory;
  const changed = new Emitter<void>();
  const assigned = new Emitter<ModelRole>();
  const quarantined = new Emitter<{ readonly id: string; readonly name: string }>();
  const folder = new ModelFolder(o.dataDir, log);
  const importer = createImporter({ store: o.store, clock: o.clock, folder });
  const uploads = new Uploads(folder);
  const allowPublic = (): boolean => o.allowPublicServer;
  const settings = keepSettings({ store: o.store, clock: o.clock, key: o.serverKey, allowPublic });
  const server: ServerModels = createServerModels({
    server: () => settings.get().server,
    key: o.serverKey.get,
    log: o.log,
    allowPublic,
  });
  const runtime: Runtime = createRuntime({
    spawn: o.spawn ?? forkModels,
    clock: o.clock,
    log: o.log,
    idleMinutes: () => settings.get().idleMinutes,
    fits: (needMb) => needMb <= memory().freeMb,
  });

  // what is there
  const find = (id: string): KeptModel => {
    const model = getModel(o.store.read, id);
    if (!model) throw new AppError('not-found', { what: `model ${id}` });
    return model;
  };
  const rolesPlayed = (id: string): ModelRole[] => {
    const roles = readRoles(o.store.read);
    return MODEL_ROLES.filter((role) => roles[role].modelId === id);
  };
  /** One way of loading for all its roles, so that it need not be loaded twice. */
  const contextOf = (model: KeptModel | ModelRecord): number => {
    if (model.format === 'onnx-folder') return 0;
    const roles = rolesPlayed(model.id);
    const isOnlyIntent = roles.length === 1 && roles[0] === 'intent';
    const wanted = isOnlyIntent ? INTENT_CONTEXT : Math.max(INTENT_CONTEXT, settings.get().contextTokens);
    return Math.min(wanted, model.trainedContext ?? wanted);
  };
  const threads = (): number => settings.get().threads ?? Math.max(1, os.availableParallelism() - 1);
  const specOf = (model: KeptModel): LoadSpec => ({
    modelId: model.id,
    path: folder.loadPathOf(model),
    format: model.format,
    architecture: model.architecture,
    contextTokens: contextOf(model),
    threads: threads(),
    backend: settings.get().backend,
    needMb: needOf(model, contextOf(model)),
    prefixes: prefixesOf(model),
  });

  // the computer
  let card: Pick<ModelMachine, 'backend' | 'gpus' | 'vramMb'> = { backend: null, gpus: [], vramMb: null };
  let askedFor: string | null = null;
  /** The process is asked what it computes on once it runs anyway, and again for another backend. */
  const askMachine = (): void => {
    const wanted = settings.get().backend;
    if (askedFor === wanted || runtime.loaded().length === 0) return;
    askedFor = wanted;
    void runtime.machine().then(
      (found) => {
        card = found;
        changed.emit();
      },
      (error: unknown) => {
        askedFor = null;
        if (!(error instanceof Cancelled)) log.warn('what the models process computes on', error);
      },
    );
  };
  const room = (): Room => {
    const held = runtime.loaded().map(({ modelId, memoryMb }) => {
      const model = getModel(o.store.read, modelId);
      return memoryMb ?? (model ? needOf(model, contextOf(model)) : 0);
    });
    return { ...memory(), heldMb: held.reduce((a, b) => a + b, 0), vramMb: card.vramMb };
  };
  const isLoaded = (id: string): boolean => runtime.loaded().some((l) => l.modelId === id);
  const refuseTooBig = (model: KeptModel): void => {
    if (isLoaded(model.id)) return;
    const fit = fitOf(model, contextOf(model), room());
    if (fit.verdict === 'too-big')
      throw new AppError('models.too-big', { name: model.name, need: fit.needMb, free: fit.freeMb });
  };
  const view = (model: KeptModel, within: Room = room()): ModelView =>
    viewModel(model, {
      folder,
      fit: fitOf(model, contextOf(model), within),
      isLoaded: isLoaded(model.id),
      isLoading: runtime.loading() === model.id,
    });

  // who plays which role
  /** The local model that can be used for a role now. One that does not fit, is gone or misbehaved is as if there were none. */
  const localFor = (role: ModelRole): KeptModel | null => {
    const id = readRoles(o.store.read)[role].modelId;
    const model = id === null ? null : getModel(o.store.read, id);
    if (!model || model.problem || whyNot(model, folder)) return null;
    return model;
  };
  const hasRoom = (model: KeptModel): boolean =>
    isLoaded(model.id) || fitOf(model, contextOf(model), room()).verdict !== 'too-big';
  const serverFor = (role: ModelRole): boolean => {
    const { enabled, url, [role]: name } = settings.get().server;
    return enabled && url.trim() !== '' && name.trim() !== '';
  };
  const sourceOf = (role: ModelRole): RoleView['source'] =>
    serverFor(role) ? 'server' : localFor(role) ? 'local' : 'none';
  const roleKeys = (): Record<ModelRole, string> => {
    const key = (role: ModelRole): string => {
      const source = sourceOf(role);
      if (source === 'none') return source;
      return source === 'server'
        ? `server ${settings.get().server.url} ${settings.get().server[role]}`
        : `local ${localFor(role)?.id} ${localFor(role)?.sha256}`;
    };
    return { intent: key('intent'), wording: key('wording'), embedding: key('embedding') };
  };
  let keys = roleKeys();
  /** After anything that may have changed who answers: those who listen hear of the roles that did change. */
  const tell = (): void => {
    const before = keys;
    keys = roleKeys();
    changed.emit();
    for (const role of MODEL_ROLES) if (before[role] !== keys[role]) assigned.emit(role);
  };

  /** What a load says against a model is kept: it is not tried again and again, and its reason is shown. */
  const hold = async (id: string, thrown: unknown): Promise<void> => {
    if (!(thrown instanceof AppError) || thrown.code !== 'models.load-failed') return;
    await o.store.write([setProblem(id, { code: thrown.code, params: { ...thrown.params } })]);
    tell();
  };
  const guarded = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      await hold(id, thrown);
      throw thrown;
    }
  };
  const writer = (model: KeptModel): TextModel => ({
    modelId: model.id,
    async *write(request, signal) {
      try {
        yield* runtime.write(specOf(model), request, signal);
      } catch (thrown) {
        await hold(model.id, thrown);
        throw thrown;
      }
    },
  });
  const chooser = (model: KeptModel): ChoiceModel => ({
    ...writer(model),
    choose: (request, signal) => guarded(model.id, () => runtime.choose(specOf(model), request, signal)),
  });
  const embedder = (model: KeptModel, dimensions: number): VectorModel => {
    const { query, passage } = prefixesOf(model);
    const told = createHash('sha256')
      .update(JSON.stringify([model.sha256, query, passage]))
      .digest('hex');
    return {
      modelId: model.id,
      id: `${model.id}:${told.slice(0, 16)}`,
      dimensions,
      embed: (texts, as, signal) => guarded(model.id, () => runtime.embed(specOf(model), texts, as, signal)),
    };
  };

  // what happens in the process
  const pending = new Set<Promise<void>>();
  const countDeath = async (id: string): Promise<void> => {
    await o.store.write([addDeath(id, o.clock.now(), DEATHS_TO_QUARANTINE)]);
    const model = getModel(o.store.read, id);
    if (model?.deaths === DEATHS_TO_QUARANTINE && model.quarantinedAt !== null)
      quarantined.emit({ id, name: model.name });
    tell();
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
  runtime.changed.on(() => {
    askMachine();
    changed.emit();
  });
  server.changed.on(tell);

  // models whose copy was whole when the engine was killed, or that an older copy of the database does not know
  const recovered = (async () => {
    const known = new Set(listModels(o.store.read).map((m) => m.id));
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
    const now = readRoles(o.store.read)[role];
    if (modelId !== null) {
      const model = find(modelId);
      if (!rolesOf(model).includes(role)) throw new AppError('models.wrong-role', { name: model.name });
      const why = whyNot(model, folder);
      if (why) throw why;
      if (model.problem) throw new AppError('models.broken', { name: model.name });
      refuseTooBig(model);
    }
    if (now.modelId === modelId) return;
    await o.store.write([setRole(role, { modelId, previousId: now.modelId ?? now.previousId })]);
    tell();
  };

  return {
    changed,
    assigned,
    quarantined,
    intent: () => {
      if (serverFor('intent')) return server.choice();
      const model = localFor('intent');
      return model && hasRoom(model) ? chooser(model) : null;
    },
    wording: () => {
      if (serverFor('wording')) return server.text();
      const model = localFor('wording');
      return model && hasRoom(model) ? writer(model) : null;
    },
    embedding: () => {
      if (serverFor('embedding')) return server.vectors();
      const model = localFor('embedding');
      const dimensions = model?.dimensions ?? null;
      return model && dimensions !== null && hasRoom(model) ? embedder(model, dimensions) : null;
    },
    async overview(): Promise<ModelsOverview> {
      await recovered;
      await settings.ready.catch(() => {}); // said in the log; there is no key then
      const roles = readRoles(o.store.read);
      const within = room();
      return {
        models: listModels(o.store.read).map((m) => view(m, within)),
        roles: MODEL_ROLES.map((role) => ({ role, source: sourceOf(role), ...roles[role] })),
        known: [...KNOWN_MODELS],
        settings: settings.get(),
        machine: {
          cpu: os.cpus()[0]?.model.trim() ?? '',
          cores: os.availableParallelism(),
          threads: threads(),
          totalMb: within.totalMb,
          freeMb: within.freeMb,
          ...card,
        },
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
          fit: fitOf(source, tokens, room()),
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
      return takeIn(o.tasks.run('model-import', (task) => importer.fromPath(input, task)));
    },
    async upload(piece) {
      await recovered;
      await folder.make();
      const received = await uploads.take(piece);
      if (!piece.done) return { received, model: null };
      const dir = uploads.dirOf(piece.uploadId);
      return {
        received,
        model: await takeIn(o.tasks.run('model-import', (task) => importer.fromUpload(dir, task))),
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
      const { previousId } = readRoles(o.store.read)[role];
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
          task.progress(0, null, 'check');
          const file = model.format === 'gguf' ? (model.files[0]?.path ?? null) : null;
          const source = await readSource({ format: model.format, root: folder.rootOf(model), file });
          const sha256 = await hashFile({ ...source, ...task });
          const facts = { ...source.facts, file: model.facts.file };
          const { main: _main, title: _title, root: _root, ...now } = source;
          const next: ModelRecord = { ...plain(model), ...now, facts, sha256 };
          await o.store.write(replaceModel(next));
          return next;
        }),
      );
    },
    async load(id) {
      const model = find(id);
      const why = whyNot(model, folder);
      if (why) throw why;
      refuseTooBig(model);
      await guarded(id, () => runtime.load(specOf(model)));
    },
    async unload(id) {
      await runtime.unload(find(id).id);
    },
    settings: settings.get,
    async setSettings(change) {
      const next = await settings.change(change);
      if (change.backend !== undefined) askedFor = null;
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
      if (!rolesOf(model).includes(role)) throw new AppError('models.wrong-role', { name: model.name });
      const why = whyNot(model, folder);
      if (why) throw why;
      refuseTooBig(model);
      return o.tasks.run('model-benchmark', async (task) => {
        const figures = await guarded(id, () =>
          runBenchmark({
            runtime,
            spec: specOf(model),
            role,
            signal: task.signal,
            progress: task.progress,
            ...(o.gate ? { gate: o.gate } : {}),
          }),
        );
        const done = { id: newId(), at: o.clock.now(), modelId: id, modelName: model.name, role, ...figures };
        await o.store.write([insertBenchmark(done)]);
        changed.emit();
        return done;
      });
    },
    benchmarks: () => listBenchmarks(o.store.read),
    async close() {
      await recovered;
      await Promise.all([server.close(), runtime.close()]);
      await Promise.all(pending);
    },
  };
}

const plain = ({ deaths: _d, quarantinedAt: _q, problem: _p, ...model }: KeptModel): ModelRecord => model;
