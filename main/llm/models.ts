import type { Notify } from '../alerts/contract/alerts.ts';
import { AppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import type { Timings } from '../kernel/timings.ts';
import type { Base } from '../store/index.ts';
import { runBenchmark } from './benchmark/run-benchmark.ts';
import { LOOK_FOR_ROOM_MS } from './config.ts';
import { forkModels } from './process/fork-models.ts';
import { insertBenchmark, listBenchmarks, setProblem } from './queries.ts';
import { assignRoles } from './registry/assign-roles.ts';
import { detectHardware } from './registry/detect-hardware.ts';
import { type Memory, readMemory } from './registry/free-memory.ts';
import { keepSettings, type ServerKey } from './registry/keep-settings.ts';
import { KNOWN_MODELS } from './registry/manifest.ts';
import { ModelFolder } from './registry/model-folder.ts';
import { createModelList, type Judge } from './registry/model-list.ts';
import { countDeaths } from './runtime/count-deaths.ts';
import { createRuntime } from './runtime/runtime.ts';
import type { Runtime, SpawnModels } from './runtime-door.ts';
import { createServerModels } from './server/server-models.ts';
import type { Models } from './types.ts';

export type ModelsOptions = Pick<Base, 'store' | 'clock' | 'tasks' | 'log' | 'dataDir'> & {
  readonly timings?: Timings;
  /** null: a forked Node process */
  readonly spawn: SpawnModels | null;
  readonly serverKey: ServerKey;
  readonly judge?: Judge;
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
  const { store, clock, tasks, timings } = o;
  const { read } = store;
  const log = o.log.area('models');
  const changed = new Emitter<void>();
  const tell = (): void => {
    changed.emit();
    roles.tell();
  };
  const folder = new ModelFolder(o.dataDir, log, o.allowed);
  const settings = keepSettings({ store, clock, key: o.serverKey, allowPublic: o.allowPublicServer });
  const server = createServerModels({
    server: () => settings.get().server,
    key: o.serverKey.get,
    log: o.log,
    allowPublic: o.allowPublicServer,
    timings,
  });
  const runtime: Runtime = createRuntime({
    spawn: o.spawn ?? forkModels,
    clock,
    log: o.log,
    timings,
    idleMinutes: () => settings.get().idleMinutes,
    fits: (needMb) => machine.fits(needMb),
  });
  const memory = o.memory ?? readMemory;
  const machine = detectHardware({ read, folder, runtime, settings: settings.get, memory, log });
  const list = createModelList({
    store,
    clock,
    tasks,
    log,
    folder,
    runtime,
    machine,
    settings: settings.get,
    judge: o.judge,
    tell,
  });
  const guarded = guardedBy(store, tell);
  const roles = assignRoles({ store, list, folder, runtime, server, machine, guarded });
  const deaths = countDeaths({ store, clock, runtime, log, notify: o.notify, counted: tell });

  runtime.changed.on(() => changed.emit());
  machine.changed.on(() => changed.emit());
  server.changed.on(tell);
  void settings.ready.then(
    () => changed.emit(),
    (error: unknown) => log.warn('key of the model server', error),
  );
  // memory comes and goes without a word
  let room = roles.room();
  const stopLooking = clock.every(LOOK_FOR_ROOM_MS, () => {
    const now = roles.room();
    if (now === room) return;
    room = now;
    changed.emit();
  });

  const told = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    tell();
    return done;
  };

  return {
    changed,
    assigned: roles.assigned,
    intent: roles.intent,
    wording: roles.wording,
    embedding: roles.embedding,
    inspect: list.inspect,
    import: list.import,
    upload: list.upload,
    remove: list.remove,
    retry: list.retry,
    async overview() {
      await list.recovered;
      await settings.ready.catch(() => {}); // said in the log; there is no key then
      return {
        models: list.view(),
        roles: roles.view(),
        known: [...KNOWN_MODELS],
        settings: settings.get(),
        machine: machine.view(),
        process: runtime.process(),
        folder: folder.dir,
      };
    },
    assign: (role, modelId) => told(roles.assign(role, modelId)),
    rollBack: (role) => told(roles.rollBack(role)),
    async load(id) {
      const model = await list.usable(id);
      await tasks.run('model-load', async (task) => {
        task.about(model.name);
        task.progress(0, null, 'load');
        const progress = (done: number, total: number): void =>
          task.progress(Math.round((done / total) * model.bytes), model.bytes, 'load');
        await guarded(id, () => runtime.load(machine.specOf(model), task.signal, progress));
      });
    },
    async unload(id) {
      await runtime.unload(list.find(id).id);
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
    testServer: server.test,
    async benchmark(id, role) {
      const model = await list.usable(id, role);
      return tasks.run('model-benchmark', async (task) => {
        task.about(model.name);
        const { signal, progress } = task;
        const figures = await guarded(id, () =>
          runBenchmark({ runtime, spec: machine.specOf(model), role, signal, progress }),
        );
        const done = { id: newId(), at: clock.now(), modelId: id, modelName: model.name, role, ...figures };
        await store.write([insertBenchmark(done)]);
        changed.emit();
        return done;
      });
    },
    benchmarks: () => listBenchmarks(read),
    async close() {
      stopLooking();
      await list.recovered;
      await Promise.all([server.close(), runtime.close()]);
      await deaths.settled();
    },
  };
}

/** What a load says against a model is kept: it is not tried again and again, and its reason is shown. */
const guardedBy =
  (store: Base['store'], tell: () => void) =>
  async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'models.load-failed') {
        await store.write([setProblem(id, { code: thrown.code, params: { ...thrown.params } })]);
        tell();
      }
      throw thrown;
    }
  };
