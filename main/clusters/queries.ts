import { type Reader, run, type Statement, saveRows, sql } from '../store/index.ts';
import type { ClusterChange, ClusterKind } from './contract/clusters.ts';

/** A cluster as it is kept; `members` are those of when it was last seen. */
export type ClusterRow = {
  readonly id: number;
  readonly kind: ClusterKind;
  readonly ja: string;
  readonly en: string;
  readonly given: string | null;
  readonly pinned: boolean;
  readonly mergedInto: number | null;
  readonly members: readonly number[];
  readonly inRun: boolean;
  /** mean cosine distance to its centre */
  readonly spread: number;
  readonly madeAt: number;
  /** what persons did to it, oldest first */
  readonly history: readonly ClusterChange[];
};
type Raw = {
  cluster_id: number;
  kind: ClusterKind;
  name_ja: string;
  name_en: string;
  given_name: string | null;
  pinned: number;
  merged_into: number | null;
  members: string;
  in_run: number;
  spread: number;
  made_at: number;
  history: string;
};

const toRow = (row: Raw): ClusterRow => ({
  id: row.cluster_id,
  kind: row.kind,
  ja: row.name_ja,
  en: row.name_en,
  given: row.given_name,
  pinned: row.pinned === 1,
  mergedInto: row.merged_into,
  members: JSON.parse(row.members) as number[],
  inRun: row.in_run === 1,
  spread: row.spread,
  madeAt: row.made_at,
  history: JSON.parse(row.history) as ClusterChange[],
});
export const selectClusters = (read: Reader, kind: ClusterKind): ClusterRow[] =>
  read.all<Raw>(sql`SELECT * FROM clusters WHERE kind = ${kind} ORDER BY cluster_id`).map(toRow);
/** What a cluster is of, by its id; undefined: there is none. */
export const kindOfCluster = (read: Reader, id: number): ClusterKind | undefined =>
  read.get<{ kind: ClusterKind }>(sql`SELECT kind FROM clusters WHERE cluster_id = ${id}`)?.kind;
/** All clusters of a kind as they shall be. */
export const replaceClusters = (kind: ClusterKind, rows: readonly ClusterRow[]): Statement[] => [
  run(sql`DELETE FROM clusters WHERE kind = ${kind}`),
  saveRows(
    'clusters',
    'cluster_id',
    rows.map((row) => ({
      cluster_id: row.id,
      kind: row.kind,
      name_ja: row.ja,
      name_en: row.en,
      given_name: row.given,
      pinned: row.pinned,
      merged_into: row.mergedInto,
      members: JSON.stringify(row.members),
      in_run: row.inRun,
      spread: row.spread,
      made_at: row.madeAt,
      history: JSON.stringify(row.history),
    })),
  ),
];

export type RunRow<Detail> = { readonly at: number; readonly tookMs: number; readonly detail: Detail };
type What = 'groups' | 'map';
export function selectRun<Detail>(read: Reader, kind: ClusterKind, what: What): RunRow<Detail> | null {
  const row = read.get<{ at: number; took_ms: number; detail: string }>(
    sql`SELECT at, took_ms, detail FROM cluster_runs WHERE kind = ${kind} AND what = ${what}`,
  );
  return row ? { at: row.at, tookMs: row.took_ms, detail: JSON.parse(row.detail) as Detail } : null;
}
export const replaceRun = (kind: ClusterKind, what: What, row: RunRow<unknown>): Statement =>
  run(
    sql`INSERT OR REPLACE INTO cluster_runs (kind, what, at, took_ms, detail) VALUES (${kind}, ${what}, ${row.at}, ${row.tookMs}, ${JSON.stringify(row.detail)})`,
  );

export type Place = { readonly x: number; readonly y: number; readonly distance: number };
export const selectPlaces = (read: Reader, kind: ClusterKind): Map<number, Place> =>
  new Map(
    read
      .all<Place & { id: number }>(
        sql`SELECT item_id AS id, x, y, distance FROM cluster_places WHERE kind = ${kind}`,
      )
      .map(({ id, x, y, distance }) => [id, { x, y, distance }]),
  );
export const replacePlaces = (kind: ClusterKind, places: ReadonlyMap<number, Place>): Statement[] => [
  run(sql`DELETE FROM cluster_places WHERE kind = ${kind}`),
  {
    text: 'INSERT INTO cluster_places (kind, item_id, x, y, distance) VALUES (?, ?, ?, ?, ?)',
    rows: [...places].map(([id, { x, y, distance }]) => [kind, id, x, y, distance]),
  },
];

/** Numbers of incidents, by their id. */
export const selectNumbers = (read: Reader): Map<string, number> =>
  new Map(
    read
      .all<{ id: string; number: number }>(sql`SELECT incident_id AS id, number FROM clustered_incidents`)
      .map(({ id, number }) => [id, number]),
  );
/** Gives each of these incidents a number that no other ever had. */
export const numberIncidents = (ids: readonly string[]): Statement => ({
  text: 'INSERT OR IGNORE INTO clustered_incidents (incident_id) VALUES (?)',
  rows: ids.map((id) => [id]),
});
