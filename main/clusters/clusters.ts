import path from 'node:path';
import type { ClusterParams, ClusterRun, IndexStatus } from '../api/contract/clusters.ts';
import type { Clock } from '../clock.ts';
import { AppError, Cancelled } from '../errors.ts';
import { Emitter } from '../events.ts';
import type { Log } from '../log.ts';
import type { Logs } from '../logs/index.ts';
import type { Store } from '../store/index.ts';
import type { TaskContext, Tasks } from '../task.ts';
import {
  builtInEmbedder,
  createVectorCache,
  type Embedder,
  hash32,
  type VectorCache,
} from '../vectors/index.ts';
import type { Clusters, Findable } from './door.ts';
import { createWordSearch } from './find-by-words.ts';
import { createMapClient, type MapWork } from './map-client.ts';
import {
  type ClusterRow,
  type Place,
  replaceClusters,
  replacePlaces,
  replaceRun,
  selectClusters,
  selectPlaces,
  selectRun,
} from './queries.ts';
import { clustersOfRun, cosine, meanOf, rootOf } from './run-groups.ts';
import { openTemplateVectors } from './template-vectors.ts';
import { membersNow, type RunDetail, viewMap, viewRun } from './view-clusters.ts';

/** changes are taken up after at most so long, ms */
const REFRESH_MS = 2_000;
/** with few templates two alike are a group, with many it takes three */
const MANY = 100;
/** novelty is the distance to the so-manieth nearest */
const NEAREST = 3;
const SEED = 42;

/** Templates as vectors: their groups, their map, their search. */
export function createClusters(o: {
  readonly store: Store;
  readonly logs: Pick<Logs, 'templates' | 'minutes' | 'counts' | 'changed'>;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly log: Log;
  /** what else can be found by words */
  readonly findable: () => readonly Findable[];
  /** vectors kept in the store, shared with other rooms; one of its own where none is given */
  readonly cache?: VectorCache;
  /** turns templates into vectors until another one takes over; the built-in one where none is given */
  readonly embedder?: Embedder;
}): Clusters {
  const { store, logs, clock } = o;
  const log = o.log.area('clusters');
  const cache = o.cache ?? createVectorCache(store);
  const dir = path.join(o.dataDir, 'indexes');
  const open = (embedder: Embedder) => {
    const opened = openTemplateVectors({ cache, logs, dir, embedder, log });
    return {
      vectors: opened,
      words: createWordSearch({ vectors: opened, logs, findable: o.findable, dir, log }),
    };
  };
  /** what answers now; another pair takes its place when another embedder does */
  let { vectors, words } = open(o.embedder ?? builtInEmbedder);
  const closing = new Set<Promise<void>>();
  const worker = createMapClient();
  const changed = new Emitter<void>();
  const stop = clock.every(REFRESH_MS, () => {
    void vectors
      .refresh({ idle: true })
      .catch((error: unknown) => log.error('embedding of templates', error));
  });

  const lastRun = () => selectRun<RunDetail>(store.read, 'groups');
  const shown = () =>
    membersNow(selectClusters(store.read), vectors.templates(), (id) => logs.templates.resolve(id));
  const current = (): ClusterRun | null => {
    const run = lastRun();
    if (!run) return null;
    return viewRun(run, selectClusters(store.read), vectors.templates(), (id) => logs.templates.resolve(id));
  };
  const currentOrThrow = (): ClusterRun => {
    const run = current();
    if (!run) throw new AppError('not-found', { what: 'clusters' });
    return run;
  };
  /** Templates that are grouped and drawn: all but noise. */
  const grouped = (): number[] =>
    [...vectors.templates().values()]
      .filter((t) => t.mark !== 'noise' && vectors.index.has(t.id))
      .map((t) => t.id)
      .sort((a, b) => a - b);
  const workOf = ({ signal, progress }: TaskContext): MapWork => ({
    signal,
    progress: (stage, done, total) => progress(done, total, stage),
  });
  /** Work that reads and then writes what is kept, one after another. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  };
  const change = (
    edit: (rows: ReadonlyMap<number, ClusterRow>) => readonly ClusterRow[],
  ): Promise<ClusterRun> =>
    inTurn(async () => {
      const rows = new Map(selectClusters(store.read).map((row) => [row.id, row]));
      for (const row of edit(rows)) rows.set(row.id, row);
      await store.write(replaceClusters([...rows.values()]));
      changed.emit();
      return currentOrThrow();
    });
  const shownRow = (rows: ReadonlyMap<number, ClusterRow>, id: number): ClusterRow => {
    const row = rows.get(id);
    if (!row || !shown().has(id)) throw new AppError('not-found', { what: `cluster ${id}` });
    return row;
  };

  const runNow = async (context: TaskContext, given: Parameters<Clusters['run']>[0]): Promise<ClusterRun> => {
    const began = performance.now();
    const used = vectors;
    await used.refresh();
    const ids = grouped();
    const params: ClusterParams = {
      method: given.method ?? 'dbscan',
      eps: given.eps ?? null,
      minPoints: given.minPoints ?? (ids.length < MANY ? 2 : 3),
    };
    const found =
      ids.length < 2
        ? null
        : await worker.ask(used.rowsOf(ids), { type: 'group', ...params }, workOf(context));
    if (found && found.type !== 'grouped') throw new AppError('internal');
    const groups: number[][] = [];
    found?.labels.forEach((label, i) => {
      if (label < 0) return;
      const group = groups[label] ?? [];
      groups[label] = group;
      group.push(ids[i] ?? 0);
    });
    if (context.signal.aborted) throw new Cancelled('cancelled');
    const before = lastRun();
    const at = clock.now();
    const { rows, nextId } = clustersOfRun({
      groups,
      former: selectClusters(store.read),
      known: new Set(before?.detail.templates),
      templates: vectors.templates(),
      ids,
      vectorOf: used.index.get,
      nextId: before?.detail.nextId ?? 1,
      at,
    });
    const detail: RunDetail = {
      params,
      eps: found?.eps ?? params.eps ?? 0.001,
      kDistance: found?.curve ?? [],
      knee: found?.knee ?? 0,
      agreement: found?.agreement ?? null,
      templates: ids,
      embedder: used.embedder.id,
      nextId,
    };
    await store.write([
      ...replaceClusters(rows),
      replaceRun('groups', { at, tookMs: performance.now() - began, detail }),
    ]);
    changed.emit();
    return currentOrThrow();
  };

  const drawNow = async (context: TaskContext) => {
    const began = performance.now();
    await vectors.refresh();
    const ids = grouped();
    const former = selectPlaces(store.read);
    const before = Float32Array.from(
      ids.flatMap((id) => [former.get(id)?.x ?? Number.NaN, former.get(id)?.y ?? Number.NaN]),
    );
    const salts = Uint32Array.from(ids, (id) => hash32(String(id), SEED));
    const drawn =
      ids.length === 0
        ? null
        : await worker.ask(vectors.rowsOf(ids), { type: 'draw', seed: SEED, before, salts }, workOf(context));
    if (drawn && drawn.type !== 'drawn') throw new AppError('internal');
    const places = new Map<number, Place>();
    ids.forEach((id, i) => {
      places.set(id, {
        x: drawn?.places[2 * i] ?? 0.5,
        y: drawn?.places[2 * i + 1] ?? 0.5,
        distance: drawn?.distances[i] ?? 2,
      });
    });
    const tookMs = performance.now() - began;
    await store.write([
      ...replacePlaces(places),
      replaceRun('map', { at: clock.now(), tookMs, detail: null }),
    ]);
    changed.emit();
    return map();
  };
  const map = () => {
    const clusterOf = new Map([...shown()].flatMap(([id, members]) => members.map((m) => [m, id] as const)));
    return viewMap(selectRun(store.read, 'map'), selectPlaces(store.read), clusterOf, vectors.templates());
  };

  return {
    refresh: () => vectors.refresh(),
    current,
    run: (params) => o.tasks.run('clusters', (context) => inTurn(() => runNow(context, params))),
    map,
    draw: () => o.tasks.run('cluster-map', (context) => inTurn(() => drawNow(context))),
    rename: (id, name) => change((rows) => [{ ...shownRow(rows, id), given: name?.trim() || null }]),
    pin: (id, pinned) =>
      change((rows) => {
        shownRow(rows, id);
        // all that is merged into it is pinned with it
        return [...rows.values()]
          .filter((row) => rootOf(row.id, rows) === id)
          .map((row) => ({ ...row, pinned }));
      }),
    merge: (into, ids) =>
      change((rows) => {
        const target = shownRow(rows, into);
        return ids
          .filter((id) => id !== into)
          .map((id) => ({ ...shownRow(rows, id), mergedInto: into, pinned: target.pinned }));
      }),
    unmerge: (clusters) =>
      change((rows) =>
        clusters.map(({ id, pinned }) => {
          const row = rows.get(id);
          if (!row || row.mergedInto === null)
            throw new AppError('not-found', { what: `merged cluster ${id}` });
          return { ...row, mergedInto: null, pinned };
        }),
      ),
    search: (query) => words.search(query),
    name: 'templates',
    async prepare(embedder, work) {
      const next = open(embedder);
      const drop = async (): Promise<void> => {
        await next.words.close({ discard: true });
        await next.vectors.close({ discard: true });
      };
      try {
        await next.vectors.refresh(work);
        await next.words.refresh(work);
        await next.vectors.index.settled();
      } catch (error) {
        await drop();
        throw error;
      }
      return {
        take() {
          const former = { vectors, words };
          ({ vectors, words } = next);
          changed.emit();
          // a search or a run that began with the former ones ends with them
          const gone = turn
            .then(() => former.words.close({ discard: true }))
            .then(() => former.vectors.close({ discard: true }))
            .catch((error: unknown) => log.warn('former index not closed', error))
            .finally(() => closing.delete(gone));
          closing.add(gone);
        },
        drop,
      };
    },
    novelty(templateId) {
      const id = logs.templates.resolve(templateId);
      const vector = vectors.vectorOf(id);
      if (!vector) return { distance: null, nearest: null };
      const near = vectors.index.searchExactly(vector, NEAREST, (other) => other < id);
      const [first] = near;
      const last = near.at(-1);
      return {
        distance: last ? Math.max(0, 1 - last.score) : null,
        nearest: first ? { templateId: first.id, distance: Math.max(0, 1 - first.score) } : null,
      };
    },
    similarity(a, b) {
      const templates = vectors.templates();
      const mean = (ids: readonly number[]) =>
        meanOf(
          ids.flatMap((given) => {
            const id = logs.templates.resolve(given);
            const vector = vectors.vectorOf(id);
            return vector ? [{ vector, weight: Math.max(1, templates.get(id)?.lines ?? 1) }] : [];
          }),
        );
      const [x, y] = [mean(a), mean(b)];
      return x && y ? cosine(x, y) : 0;
    },
    indexes: () => [vectors.index.status(), words.index.status()],
    async rebuild(name): Promise<IndexStatus> {
      const index = [vectors.index, words.index].find((candidate) => candidate.name === name);
      if (!index) throw new AppError('not-found', { what: `index ${name}` });
      await vectors.refresh();
      return index.rebuild();
    },
    changed,
    async close() {
      stop();
      await worker.close();
      await turn;
      await Promise.all(closing);
      await words.close();
      await vectors.close();
    },
  };
}
