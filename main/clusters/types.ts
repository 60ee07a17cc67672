import type { Incident } from '../anomalies/contract/anomalies.ts';
import type { Emitter } from '../kernel/events.ts';
import type { LogLevel } from '../logs/contract/logs.ts';
import type { PrepareWork, VectorRoom } from '../vectors/index.ts';
import type {
  ClusterKind,
  ClusterMap,
  ClusterParams,
  ClusterRun,
  IndexStatus,
  LogsFound,
} from './contract/clusters.ts';
import type { RowMatrix } from './map-worker.ts';

/** How far a template is from its like. */
export type Novelty = {
  /** cosine distance to the k-th nearest older template; null when there is none */
  readonly distance: number | null;
  readonly nearest: { readonly templateId: number; readonly distance: number } | null;
};
/** Something with words that can be found beside templates (incidents). */
export type Findable = {
  readonly id: string;
  readonly title: Incident['title'];
  readonly text: string;
  readonly service: string | null;
  readonly at: number;
};

/** An incident as it is grouped, and what came of it. */
export type GroupedIncident = Pick<
  Incident,
  'id' | 'title' | 'severity' | 'services' | 'from' | 'to' | 'lines'
> & {
  /** when it was last seen */
  readonly lastAt: number;
  /** what it is about: its templates, written out with `<*>` for parameters; its title where it has none */
  readonly about: readonly string[];
  /** what was tried in it */
  readonly remedies: readonly { readonly id: string; readonly title: string; readonly worked: boolean }[];
};
/** A template, or an incident under its number. */
export type Item = {
  readonly id: number;
  readonly services: readonly string[];
  readonly level: LogLevel | null;
  readonly lines: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly incident?: GroupedIncident;
};
/** What is grouped and drawn. */
export interface Items {
  /** id of the embedder that made the vectors */
  readonly embedder: string;
  /** Embeds what is new or changed. */
  refresh(work?: Partial<PrepareWork>): Promise<void>;
  /** Sees to it that `all` is some seconds old at most. */
  look(): Promise<void>;
  /** as last looked at */
  all(): ReadonlyMap<number, Item>;
  /** the id an item is known under now */
  resolve(id: number): number;
  /** those that take part, in the order of their ids */
  grouped(): number[];
  /** words that may stand in a name, in order */
  wordsOf(id: number): readonly string[];
  /** of unit length */
  vectorOf(id: number): Float32Array | null;
  rowsOf(ids: readonly number[]): RowMatrix;
}
export type GivenParams = { readonly [K in keyof ClusterParams]?: ClusterParams[K] | undefined };

export interface Clusters extends VectorRoom {
  /** Groups and draws what is new, now and then, until the returned function is called. */
  start(): () => void;
  /** There are new items: the next turn of the clock groups again. */
  regroup(): void;
  /** Embeds templates that are new or changed. Cheap when nothing is. */
  refresh(): Promise<void>;
  /** `of`: templates, where not said. What is done to a cluster is by its id alone: no two kinds share one. */
  current(of?: ClusterKind): Promise<ClusterRun | null>;
  run(params: GivenParams, of?: ClusterKind): Promise<ClusterRun>;
  map(of?: ClusterKind): Promise<ClusterMap>;
  draw(of?: ClusterKind): Promise<ClusterMap>;
  rename(id: number, name: string | null): Promise<ClusterRun>;
  pin(id: number, pinned: boolean): Promise<ClusterRun>;
  /** Of one kind. */
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
  }): Promise<LogsFound>;
  novelty(templateId: number): Novelty;
  /** Cosine similarity of two sets of templates, −1…1: of their line-weighted mean vectors. */
  similarity(a: readonly number[], b: readonly number[]): number;
  indexes(): IndexStatus[];
  rebuild(name: string): Promise<IndexStatus>;
  readonly changed: Emitter<void>;
  close(): Promise<void>;
}
