import type { ClusterMap, ClusterParams, ClusterRun, IndexStatus, LogHit } from '../api/contract/clusters.ts';
import type { Emitter } from '../events.ts';
import type { VectorRoom } from '../vectors/index.ts';

/** How far a template is from its like. */
export type Novelty = {
  /** cosine distance to the k-th nearest older template; null when there is none */
  readonly distance: number | null;
  readonly nearest: { readonly templateId: number; readonly distance: number } | null;
};
/** Something with words that can be found beside templates (incidents). */
export type Findable = {
  readonly id: string;
  readonly text: string;
  readonly service: string | null;
  readonly at: number;
};

export interface Clusters extends VectorRoom {
  /** Embeds templates that are new or changed. Cheap when nothing is. */
  refresh(): Promise<void>;
  current(): ClusterRun | null;
  run(params: { readonly [K in keyof ClusterParams]?: ClusterParams[K] | undefined }): Promise<ClusterRun>;
  map(): ClusterMap;
  draw(): Promise<ClusterMap>;
  rename(id: number, name: string | null): Promise<ClusterRun>;
  pin(id: number, pinned: boolean): Promise<ClusterRun>;
  merge(into: number, ids: readonly number[]): Promise<ClusterRun>;
  /** Takes merged clusters out again, pinned or not as they were before. */
  unmerge(clusters: readonly { readonly id: number; readonly pinned: boolean }[]): Promise<ClusterRun>;
  /** Hybrid search over templates (and what `findable` adds): lexical and vector ranks, reciprocal-rank fused. */
  search(o: {
    text: string;
    services?: readonly string[] | undefined;
    levels?: readonly string[] | undefined;
    sources?: readonly string[] | undefined;
    from?: number | undefined;
    to?: number | undefined;
    limit?: number | undefined;
  }): Promise<LogHit[]>;
  novelty(templateId: number): Novelty;
  /** Cosine similarity of two sets of templates, −1…1: of their line-weighted mean vectors. */
  similarity(a: readonly number[], b: readonly number[]): number;
  indexes(): IndexStatus[];
  rebuild(name: string): Promise<IndexStatus>;
  readonly changed: Emitter<void>;
  close(): Promise<void>;
}
