import { z } from 'zod';
import { Severity } from '../../anomalies/contract/anomalies.ts';
import { Bilingual, ErrorData, Instant } from '../../api/contract/common.ts';
import { base } from '../../api/contract/procedure.ts';
import { LogLevel } from '../../logs/contract/logs.ts';

/** What is grouped and drawn. */
export const ClusterKind = z.enum(['template', 'incident']);
export type ClusterKind = z.infer<typeof ClusterKind>;
export const ClusterMethod = z.enum(['dbscan', 'hdbscan']);
export type ClusterMethod = z.infer<typeof ClusterMethod>;
export const ClusterParams = z.object({
  method: ClusterMethod,
  /** cosine distance; null: from the k-distance curve */
  eps: z.number().min(0.001).max(2).nullable(),
  minPoints: z.number().int().min(2).max(100),
});
export type ClusterParams = z.infer<typeof ClusterParams>;
/** What came of incidents of one kind. How many they are: the cluster's members. */
export const ClusterRecord = z.object({
  /** the worst of them */
  severity: Severity,
  /** when the last one began */
  lastBegan: Instant,
  /** those that go on */
  open: z.number().int(),
  /** median length of those that ended, ms; null: none did */
  usualMs: z.number().nullable(),
  /** what people tried in them, what worked most often first */
  remedies: z.array(
    z.object({ id: z.string(), title: z.string(), worked: z.number().int(), tried: z.number().int() }),
  ),
});
export type ClusterRecord = z.infer<typeof ClusterRecord>;
/** What a person did to a cluster; `others`: the names of the clusters it was done with, as they were called then. */
export const ClusterChange = z.object({
  at: Instant,
  what: z.enum(['renamed', 'pinned', 'unpinned', 'merged', 'unmerged']),
  /** the new name; null: its own again, or nothing to say */
  detail: z.string().nullable(),
  others: z.array(z.object({ ja: z.string(), en: z.string() })),
});
export type ClusterChange = z.infer<typeof ClusterChange>;
/** A group of like templates or incidents. Its id stays the same between runs while most of its members do. */
export const Cluster = z.object({
  id: z.number().int(),
  /** in words that stay the same between runs; a person's name wins */
  name: z.object({ ja: z.string(), en: z.string() }),
  renamed: z.boolean(),
  pinned: z.boolean(),
  /** template ids, or numbers of incidents */
  members: z.array(z.number().int()),
  /** clusters a person merged into it, as they were found by the last run; each can be taken out again */
  parts: z.array(
    z.object({
      id: z.number().int(),
      name: z.object({ ja: z.string(), en: z.string() }),
      members: z.number().int(),
    }),
  ),
  /** what persons did to it, oldest first */
  history: z.array(ClusterChange),
  lines: z.number().int(),
  services: z.array(z.string()),
  worst: LogLevel.nullable(),
  /** mean cosine distance to its centre */
  spread: z.number(),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  /** of incidents; null for templates */
  record: ClusterRecord.nullable(),
});
export type Cluster = z.infer<typeof Cluster>;
/** An incident by the number under which it is grouped. */
export const ClusteredIncident = z.object({
  number: z.number().int(),
  id: z.string(),
  title: Bilingual,
  severity: Severity,
  from: Instant,
  to: Instant.nullable(),
  lines: z.number().int(),
});
export type ClusteredIncident = z.infer<typeof ClusteredIncident>;
export const ClusterRun = z.object({
  of: ClusterKind,
  at: Instant,
  params: ClusterParams,
  /** used, whether given or found */
  eps: z.number(),
  /** sorted distances to the k-th neighbour, thinned to at most 500 points, and the knee found in them */
  kDistance: z.array(z.number()),
  knee: z.number(),
  clusters: z.array(Cluster),
  /** members of no cluster */
  outliers: z.array(z.number().int()),
  /** share of pairs on which DBSCAN and HDBSCAN agree (adjusted Rand index) */
  agreement: z.number().nullable(),
  /** how many were looked at */
  items: z.number().int(),
  /** what the numbers stand for, newest first; none for templates */
  incidents: z.array(ClusteredIncident),
  tookMs: z.number(),
  embedder: z.string(),
});
export type ClusterRun = z.infer<typeof ClusterRun>;
const Column = z.array(z.number().int());
/**
 * The map as last drawn, a column for each thing told of its points; −1: none. `map-points.ts` packs and reads it. What a template
 * says is asked for where it is shown (`clusters.texts`), what an incident is called is in its run.
 */
export const ClusterMap = z.object({
  at: Instant.nullable(),
  tookMs: z.number().nullable(),
  ids: Column,
  x: Column,
  y: Column,
  clusters: Column,
  /** each once; `serviceOf` are places in it */
  services: z.array(z.string()),
  serviceOf: Column,
  levels: Column,
  severities: Column,
  lines: Column,
  novelty: Column,
  /** `firstAt` and `lastAt` are seconds since */
  from: Instant,
  firstAt: Column,
  lastAt: Column,
});
export type ClusterMap = z.infer<typeof ClusterMap>;
/** A hit of hybrid search: lexical and vector ranks, reciprocal-rank fused. */
export const LogHit = z.object({
  kind: z.enum(['template', 'incident']),
  id: z.string(),
  text: z.string(),
  /** of an incident, whose `text` is all that is searched in it */
  title: Bilingual.nullable(),
  /** fused, 0…1 */
  score: z.number(),
  lexicalRank: z.number().int().nullable(),
  vectorRank: z.number().int().nullable(),
  similarity: z.number().nullable(),
  service: z.string().nullable(),
  level: LogLevel.nullable(),
  lines: z.number().int(),
  lastAt: Instant.nullable(),
});
export type LogHit = z.infer<typeof LogHit>;
/**
 * `withoutMeaning`: why words answered alone; null where meaning was asked too. `widened`: words of the question that stand in
 * the hits as other words, and as which. `instead`: words that lines hold where none holds a number or an id as it was asked.
 */
export const LogsFound = z.object({
  hits: z.array(LogHit),
  widened: z.array(z.object({ asked: z.string(), found: z.array(z.string()) })),
  instead: z.string().nullable(),
  withoutMeaning: ErrorData.nullable(),
});
export type LogsFound = z.infer<typeof LogsFound>;
export const IndexStatus = z.object({
  name: z.string(),
  embedder: z.string(),
  dimensions: z.number().int(),
  vectors: z.number().int(),
  /** how it searches now: all vectors as floats, all as bytes and the nearest as floats, or the HNSW graph */
  mode: z.enum(['exact', 'bytes', 'hnsw']),
  state: z.enum(['ready', 'building', 'rebuilding', 'unavailable']),
  /** share of embeddings found in the cache since the start; null before the first */
  cacheHitRate: z.number().nullable(),
  /** share of the ten true neighbours that the graph found when it was built; null: no graph, all are found */
  recall: z.number().nullable(),
  fileBytes: z.number().int().nullable(),
});
export type IndexStatus = z.infer<typeof IndexStatus>;

const ofKind = z.object({ of: ClusterKind.default('template') });
export const clusters = {
  /** the last run; null before the first */
  current: base.input(ofKind).output(ClusterRun.nullable()),
  /** groups again; runs as a task */
  run: base.input(ClusterParams.partial().extend(ofKind.shape)).output(ClusterRun),
  /** the map as last drawn; `draw` makes it anew, as a task */
  map: base.input(ofKind).output(ClusterMap),
  draw: base.input(ofKind).output(ClusterMap),
  /** what templates say, with `<*>` for parameters, or their names; those that are gone are left out */
  texts: base
    .input(z.object({ ids: z.array(z.number().int()).min(1).max(2000) }))
    .output(z.array(z.object({ id: z.number().int(), text: z.string() }))),
  rename: base
    .input(z.object({ id: z.number().int(), name: z.string().max(200).nullable() }))
    .output(ClusterRun),
  pin: base.input(z.object({ id: z.number().int(), pinned: z.boolean() })).output(ClusterRun),
  merge: base
    .input(z.object({ into: z.number().int(), ids: z.array(z.number().int()).min(1).max(200) }))
    .output(ClusterRun),
  /** undoes a merge; `pinned`: as it was before */
  unmerge: base
    .input(
      z.object({
        clusters: z
          .array(z.object({ id: z.number().int(), pinned: z.boolean() }))
          .min(1)
          .max(200),
      }),
    )
    .output(ClusterRun),
};
