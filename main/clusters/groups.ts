import { AppError, Cancelled } from '../kernel/errors.ts';
import type { TaskContext } from '../kernel/task.ts';
import type { Base } from '../store/index.ts';
import { hash32 } from '../vectors/index.ts';
import type { ClusterKind, ClusterMap, ClusterParams, ClusterRun } from './contract/clusters.ts';
import { clusterEdits } from './edit-clusters.ts';
import type { MapClient, MapWork } from './map-client.ts';
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
import { clustersOfRun } from './run-groups.ts';
import type { GivenParams, Items } from './types.ts';
import { membersNow, type RunDetail, viewMap, viewRun } from './view-clusters.ts';

const SEED = 42;
const KINDS: readonly ClusterKind[] = ['template', 'incident'];

/** The groups of one kind of items, and their map. Whoever calls sees to it that what changes them comes one after another. */
export interface Groups {
  current(): Promise<ClusterRun | null>;
  run(context: TaskContext, given: GivenParams): Promise<ClusterRun>;
  map(): Promise<ClusterMap>;
  draw(context: TaskContext): Promise<ClusterMap>;
  rename(id: number, name: string | null): Promise<ClusterRun>;
  pin(id: number, pinned: boolean): Promise<ClusterRun>;
  merge(into: number, ids: readonly number[]): Promise<ClusterRun>;
  unmerge(clusters: readonly { readonly id: number; readonly pinned: boolean }[]): Promise<ClusterRun>;
}

export function createGroups(
  o: Pick<Base, 'store' | 'clock'> & {
    readonly kind: ClusterKind;
    readonly worker: MapClient;
    /** what is grouped, through the embedder that serves now */
    readonly items: () => Items;
  },
): Groups {
  const { kind, store, clock } = o;
  const { read } = store;
  const rowsNow = () => selectClusters(read, kind);
  const lastRun = () => selectRun<RunDetail>(read, kind, 'groups');
  const shown = (items: Items) => membersNow(rowsNow(), items.all(), items.resolve);
  const current = async (): Promise<ClusterRun | null> => {
    const items = o.items();
    await items.look();
    const run = lastRun();
    return run ? viewRun(kind, run, rowsNow(), items.all(), items.resolve) : null;
  };
  const currentOrThrow = async (): Promise<ClusterRun> => {
    const run = await current();
    if (!run) throw new AppError('not-found', { what: 'clusters' });
    return run;
  };
  const workOf = ({ signal, progress }: TaskContext): MapWork => ({
    signal,
    progress: (stage, done, total) => progress(done, total, stage),
  });
  const change = async (
    edited: (edit: ReturnType<typeof clusterEdits>) => readonly ClusterRow[],
  ): Promise<ClusterRun> => {
    const items = o.items();
    await items.look();
    const rows = new Map(rowsNow().map((row) => [row.id, row]));
    const now = shown(items);
    for (const row of edited(clusterEdits(rows, { at: clock.now(), isShown: (id) => now.has(id) })))
      rows.set(row.id, row);
    await store.write(replaceClusters(kind, [...rows.values()]));
    return currentOrThrow();
  };
  /** Ids are for life, and no two kinds share one. */
  const nextId = (): number =>
    Math.max(1, ...KINDS.map((k) => selectRun<RunDetail>(read, k, 'groups')?.detail.nextId ?? 1));
  const map = async (): Promise<ClusterMap> => {
    const items = o.items();
    await items.look();
    const clusterOf = new Map(
      [...shown(items)].flatMap(([id, members]) => members.map((m) => [m, id] as const)),
    );
    return viewMap(selectRun(read, kind, 'map'), selectPlaces(read, kind), clusterOf, items.all());
  };

  return {
    current,
    async run(context, given) {
      const began = performance.now();
      const items = o.items();
      await items.refresh();
      const ids = items.grouped();
      const asked = {
        method: given.method ?? 'dbscan',
        eps: given.eps ?? null,
        minPoints: given.minPoints ?? null,
      } as const;
      const found =
        ids.length < 2 ? null : await o.worker.ask('group', items.rowsOf(ids), asked, workOf(context));
      const groups: number[][] = [];
      const params: ClusterParams = { ...asked, minPoints: found?.minPoints ?? given.minPoints ?? 2 };
      found?.labels.forEach((label, i) => {
        if (label < 0) return;
        const group = groups[label] ?? [];
        groups[label] = group;
        group.push(ids[i] ?? 0);
      });
      if (context.signal.aborted) throw new Cancelled('cancelled');
      const at = clock.now();
      const all = items.all();
      const made = await clustersOfRun({
        kind,
        groups,
        former: rowsNow(),
        known: new Set(lastRun()?.detail.templates),
        servicesOf: (id) => all.get(id)?.services ?? [],
        wordsOf: items.wordsOf,
        ids,
        vectorOf: items.vectorOf,
        nextId: nextId(),
        at,
      });
      const detail: RunDetail = {
        params,
        eps: found?.eps ?? params.eps ?? 0.001,
        kDistance: found?.curve ?? [],
        knee: found?.knee ?? 0,
        agreement: found?.agreement ?? null,
        templates: ids,
        embedder: items.embedder,
        nextId: made.nextId,
      };
      await store.write([
        ...replaceClusters(kind, made.rows),
        replaceRun(kind, 'groups', { at, tookMs: performance.now() - began, detail }),
      ]);
      return currentOrThrow();
    },
    map,
    async draw(context) {
      const began = performance.now();
      const items = o.items();
      await items.refresh();
      const ids = items.grouped();
      const former = selectPlaces(read, kind);
      const before = Float32Array.from(
        ids.flatMap((id) => [former.get(id)?.x ?? Number.NaN, former.get(id)?.y ?? Number.NaN]),
      );
      const salts = Uint32Array.from(ids, (id) => hash32(String(id), SEED));
      const drawn =
        ids.length === 0
          ? null
          : await o.worker.ask('draw', items.rowsOf(ids), { seed: SEED, before, salts }, workOf(context));
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
        ...replacePlaces(kind, places),
        replaceRun(kind, 'map', { at: clock.now(), tookMs, detail: null }),
      ]);
      return map();
    },
    rename: (id, name) => change((edit) => edit.rename(id, name)),
    pin: (id, pinned) => change((edit) => edit.pin(id, pinned)),
    merge: (into, ids) => change((edit) => edit.merge(into, ids)),
    unmerge: (clusters) => change((edit) => edit.unmerge(clusters)),
  };
}
