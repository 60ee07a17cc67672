import { type Reader, run, type Statement, sql, upsert } from '../store/index.ts';

/** A cluster as it is kept; `members` are those of when it was last seen. */
export type ClusterRow = {
  readonly id: number;
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
};
type Raw = {
  cluster_id: number;
  name_ja: string;
  name_en: string;
  given_name: string | null;
  pinned: number;
  merged_into: number | null;
  members: string;
  in_run: number;
  spread: number;
  made_at: number;
};

export const selectClusters = (read: Reader): ClusterRow[] =>
  read.all<Raw>(sql`SELECT * FROM clusters ORDER BY cluster_id`).map((row) => ({
    id: row.cluster_id,
    ja: row.name_ja,
    en: row.name_en,
    given: row.given_name,
    pinned: row.pinned === 1,
    mergedInto: row.merged_into,
    members: JSON.parse(row.members) as number[],
    inRun: row.in_run === 1,
    spread: row.spread,
    madeAt: row.made_at,
  }));
/** All clusters as they shall be. */
export const replaceClusters = (rows: readonly ClusterRow[]): Statement[] => [
  run(sql`DELETE FROM clusters`),
  upsert(
    'clusters',
    [
      'cluster_id',
      'name_ja',
      'name_en',
      'given_name',
      'pinned',
      'merged_into',
      'members',
      'in_run',
      'spread',
      'made_at',
    ],
    'cluster_id',
    rows.map((row) => ({
      cluster_id: row.id,
      name_ja: row.ja,
      name_en: row.en,
      given_name: row.given,
      pinned: row.pinned,
      merged_into: row.mergedInto,
      members: JSON.stringify(row.members),
      in_run: row.inRun,
      spread: row.spread,
      made_at: row.madeAt,
    })),
  ),
];

export type RunRow<Detail> = { readonly at: number; readonly tookMs: number; readonly detail: Detail };
export function selectRun<Detail>(read: Reader, what: 'groups' | 'map'): RunRow<Detail> | null {
  const row = read.get<{ at: number; took_ms: number; detail: string }>(
    sql`SELECT at, took_ms, detail FROM cluster_runs WHERE what = ${what}`,
  );
  return row ? { at: row.at, tookMs: row.took_ms, detail: JSON.parse(row.detail) as Detail } : null;
}
export const replaceRun = (what: 'groups' | 'map', row: RunRow<unknown>): Statement =>
  run(
    sql`INSERT OR REPLACE INTO cluster_runs (what, at, took_ms, detail) VALUES (${what}, ${row.at}, ${row.tookMs}, ${JSON.stringify(row.detail)})`,
  );

export type Place = { readonly x: number; readonly y: number; readonly distance: number };
export const selectPlaces = (read: Reader): Map<number, Place> =>
  new Map(
    read
      .all<Place & { id: number }>(sql`SELECT template_id AS id, x, y, distance FROM cluster_places`)
      .map(({ id, x, y, distance }) => [id, { x, y, distance }]),
  );
export const replacePlaces = (places: ReadonlyMap<number, Place>): Statement[] => [
  run(sql`DELETE FROM cluster_places`),
  {
    text: 'INSERT INTO cluster_places (template_id, x, y, distance) VALUES (?, ?, ?, ?)',
    rows: [...places].map(([id, { x, y, distance }]) => [id, x, y, distance]),
  },
];
