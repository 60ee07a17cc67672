import path from 'node:path';
import { AppError, Cancelled } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { Turns } from '../kernel/task.ts';
import type { Logs } from '../logs/index.ts';
import type { Base } from '../store/index.ts';
import { builtInEmbedder, createVectorCache, type Embedder, type VectorCache } from '../vectors/index.ts';
import { compareTemplates } from './compare-templates.ts';
import type { ClusterKind, IndexStatus } from './contract/clusters.ts';
import { createWordSearch } from './find-by-words.ts';
import { openIncidentItems, templateItems } from './group-items.ts';
import { createGroups, type Groups } from './groups.ts';
import { createMapClient } from './map-client.ts';
import { kindOfCluster } from './queries.ts';
import { openTemplateVectors } from './template-vectors.ts';
import type { Clusters, Findable, GroupedIncident } from './types.ts';

/** changes are taken up after at most so long, ms */
const REFRESH_MS = 2_000;
/** Groups and maps follow new templates and incidents this often at most. */
const GROUP_EVERY_MS = 10 * 60_000;
const GROUP_TICK_MS = 20_000;
/** with fewer there is nothing to group */
const LEAST_INCIDENTS = 3;

/** Templates and incidents as vectors: their groups, their maps, their search. */
export function createClusters(
  o: Pick<Base, 'store' | 'dataDir' | 'clock' | 'tasks' | 'log'> & {
    readonly logs: Pick<Logs, 'templates' | 'minutes' | 'counts' | 'lines' | 'changed'>;
    /** what else can be found by words */
    readonly findable: () => readonly Findable[];
    /** incidents, to be grouped like templates; none where not given */
    readonly incidents?: () => Promise<readonly GroupedIncident[]>;
    /** vectors kept in the store, shared with other rooms; one of its own where none is given */
    readonly cache?: VectorCache;
    /** turns templates into vectors until another one takes over; the built-in one where none is given */
    readonly embedder?: Embedder;
  },
): Clusters {
  const { store, logs, clock } = o;
  const log = o.log.area('clusters');
  const cache = o.cache ?? createVectorCache(store);
  const dir = path.join(o.dataDir, 'indexes');
  const changed = new Emitter<void>();
  const open = (embedder: Embedder) => {
    const opened = openTemplateVectors({ cache, logs, dir, embedder, log });
    return {
      vectors: opened,
      items: templateItems(opened, logs),
      incidents: openIncidentItems({ store, cache, embedder, incidents: o.incidents ?? (async () => []) }),
      words: createWordSearch({
        vectors: opened,
        logs,
        findable: o.findable,
        dir,
        cameLate: () => changed.emit(),
        log,
      }),
    };
  };
  /** what answers now; another pair takes its place when another embedder does */
  let { vectors, items, incidents, words } = open(o.embedder ?? builtInEmbedder);
  const closing = new Set<Promise<void>>();
  const worker = createMapClient();
  // past incidents once; those of later are embedded by the search that looks for them
  let incidentsTaken = false;
  const takeUp = async (): Promise<void> => {
    await vectors.refresh({ idle: true });
    if (incidentsTaken) return;
    incidentsTaken = true;
    try {
      await words.refresh();
    } catch (thrown) {
      incidentsTaken = false;
      throw thrown;
    }
    changed.emit();
  };
  const stop = clock.every(REFRESH_MS, () => {
    void takeUp().catch((error: unknown) => log.error('embedding of templates and incidents', error));
  });

  const groups: Readonly<Record<ClusterKind, Groups>> = {
    template: createGroups({ kind: 'template', store, clock, worker, items: () => items }),
    incident: createGroups({ kind: 'incident', store, clock, worker, items: () => incidents }),
  };
  /** Work that reads and then writes what is kept, one after another. */
  const turns = new Turns();
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = await turns.take(work);
    changed.emit();
    return done;
  };
  const groupsWith = (id: number): Groups => {
    const kind = kindOfCluster(store.read, id);
    if (!kind) throw new AppError('not-found', { what: `cluster ${id}` });
    return groups[kind];
  };

  /** Groups and maps are there when somebody opens them. */
  let hasNewItems = true;
  let groupedAt = Number.NEGATIVE_INFINITY;
  const group = async (): Promise<void> => {
    if (!hasNewItems || performance.now() - groupedAt < GROUP_EVERY_MS) return;
    if (o.tasks.isRunning('clusters') || logs.templates.list({ limit: 1 }).total === 0) return;
    hasNewItems = false;
    groupedAt = performance.now();
    await clusters.run({});
    await clusters.draw();
    if (((await o.incidents?.()) ?? []).length < LEAST_INCIDENTS) return;
    await clusters.run({}, 'incident');
    await clusters.draw('incident');
  };
  const clusters: Clusters = {
    regroup() {
      hasNewItems = true;
    },
    start() {
      const stops = [
        logs.changed.on(({ kind }) => kind === 'templates' && clusters.regroup()),
        clock.every(GROUP_TICK_MS, () => {
          group().catch(
            (error: unknown) => error instanceof Cancelled || log.error('groups by the clock', error),
          );
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    refresh: () => vectors.refresh(),
    current: (of = 'template') => groups[of].current(),
    run: (params, of = 'template') =>
      o.tasks.run('clusters', (context) => inTurn(() => groups[of].run(context, params))),
    map: (of = 'template') => groups[of].map(),
    draw: (of = 'template') =>
      o.tasks.run('cluster-map', (context) => inTurn(() => groups[of].draw(context))),
    rename: (id, name) => inTurn(async () => groupsWith(id).rename(id, name)),
    pin: (id, pinned) => inTurn(async () => groupsWith(id).pin(id, pinned)),
    merge: (into, ids) => inTurn(async () => groupsWith(into).merge(into, ids)),
    unmerge: (merged) => inTurn(async () => groupsWith(merged[0]?.id ?? 0).unmerge(merged)),
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
        await next.incidents.refresh(work);
        await next.vectors.index.settled();
      } catch (error) {
        await drop();
        throw error;
      }
      return {
        take() {
          const former = { vectors, words };
          ({ vectors, items, incidents, words } = next);
          groupedAt = Number.NEGATIVE_INFINITY;
          clusters.regroup();
          changed.emit();
          // a search or a run that began with the former ones ends with them
          const gone = turns
            .idle()
            .then(() => former.words.close({ discard: true }))
            .then(() => former.vectors.close({ discard: true }))
            .catch((error: unknown) => log.warn('former index not closed', error))
            .finally(() => closing.delete(gone));
          closing.add(gone);
        },
        drop,
      };
    },
    ...compareTemplates(() => vectors, logs.templates),
    indexes: () => [vectors.index.status(), words.index.status()],
    async rebuild(name): Promise<IndexStatus> {
      const index = [vectors.index, words.index].find((candidate) => candidate.name === name);
      if (!index) throw new AppError('not-found', { what: `index ${name}` });
      await Promise.all([vectors.refresh(), words.refresh()]);
      return index.rebuild();
    },
    changed,
    async close() {
      stop();
      await worker.close();
      await turns.idle();
      await Promise.all(closing);
      await words.close();
      await vectors.close();
    },
  };
  return clusters;
}
