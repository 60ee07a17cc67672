import { z } from 'zod';
import { Instant } from './common.ts';
import { LogLevel } from './logs.ts';

export const ClusterMethod = z.enum(['dbscan', 'hdbscan']);
export type ClusterMethod = z.infer<typeof ClusterMethod>;
export const ClusterParams = z.object({
  method: ClusterMethod,
  /** cosine distance; null: from the k-distance curve */
  eps: z.number().min(0.001).max(2).nullable(),
  minPoints: z.number().int().min(2).max(100),
});
export type ClusterParams = z.infer<typeof ClusterParams>;
/** A group of like templates. Its id stays the same between runs while most of its members do. */
export const Cluster = z.object({
  id: z.number().int(),
  /** in words that stay the same between runs; a person's name wins */
  name: z.object({ ja: z.string(), en: z.string() }),
  renamed: z.boolean(),
  pinned: z.boolean(),
  templates: z.array(z.number().int()),
  lines: z.number().int(),
  services: z.array(z.string()),
  worst: LogLevel.nullable(),
  /** mean cosine distance to its centre */
  spread: z.number(),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
});
export type Cluster = z.infer<typeof Cluster>;
export const ClusterRun = z.object({
  at: Instant,
  params: ClusterParams,
  /** used, whether given or found */
  eps: z.number(),
  /** sorted distances to the k-th neighbour, thinned to at most 500 points, and the knee found in them */
  kDistance: z.array(z.number()),
  knee: z.number(),
  clusters: z.array(Cluster),
  /** templates in no cluster */
  outliers: z.array(z.number().int()),
  /** share of pairs on which DBSCAN and HDBSCAN agree (adjusted Rand index) */
  agreement: z.number().nullable(),
  templates: z.number().int(),
  tookMs: z.number(),
  embedder: z.string(),
});
export type ClusterRun = z.infer<typeof ClusterRun>;
/** One template on the map (UMAP). Coordinates are in 0…1, stable between runs. */
export const MapPoint = z.object({
  templateId: z.number().int(),
  x: z.number(),
  y: z.number(),
  clusterId: z.number().int().nullable(),
  service: z.string().nullable(),
  level: LogLevel.nullable(),
  lines: z.number().int(),
  /** 0 old and among its like … 1 new and far from everything */
  novelty: z.number(),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  text: z.string(),
});
export type MapPoint = z.infer<typeof MapPoint>;
export const ClusterMap = z.object({
  at: Instant.nullable(),
  points: z.array(MapPoint),
  tookMs: z.number().nullable(),
});
export type ClusterMap = z.infer<typeof ClusterMap>;
/** A hit of hybrid search: lexical and vector ranks, reciprocal-rank fused. */
export const LogHit = z.object({
  kind: z.enum(['template', 'incident']),
  id: z.string(),
  text: z.string(),
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
export const IndexStatus = z.object({
  name: z.string(),
  embedder: z.string(),
  dimensions: z.number().int(),
  vectors: z.number().int(),
  /** who answers now: the exact search, the exact search led by sketches, or the HNSW index */
  mode: z.enum(['exact', 'sketch', 'hnsw']),
  state: z.enum(['ready', 'building', 'rebuilding', 'unavailable']),
  /** share of embeddings found in the cache since the start; null before the first */
  cacheHitRate: z.number().nullable(),
  fileBytes: z.number().int().nullable(),
});
export type IndexStatus = z.infer<typeof IndexStatus>;
