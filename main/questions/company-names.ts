import { type Reader as Read, sql } from '../store/index.ts';
import type { Names } from './types.ts';

/** The names a question may mean, as last synced; the same object until the database or the services change. */
export function createNames(read: Read, services: () => readonly string[]): () => Names {
  let key = '';
  let names: Names = { sites: [], businesses: [], processes: [], people: [], services: [] };
  return () => {
    const version = read.get<{ data_version: number }>(sql`PRAGMA data_version`)?.data_version ?? 0;
    const writing = [...services()].sort();
    const now = `${version} ${writing.join()}`;
    if (now === key) return names;
    key = now;
    const next: Names = {
      sites: read
        .all<{ name: string }>(sql`SELECT DISTINCT location_name AS name FROM locations ORDER BY location_id`)
        .map((r) => r.name),
      businesses: read.all(
        sql`SELECT business_id AS id, business_name AS name FROM businesses ORDER BY business_id`,
      ),
      processes: read
        .all<{ name: string }>(
          sql`SELECT process_name AS name FROM processes GROUP BY process_name ORDER BY min(sequence), process_name`,
        )
        .map((r) => r.name),
      people: read.all(
        sql`SELECT operator_id AS id, operator_name AS name, location_name AS site FROM operators ORDER BY operator_id`,
      ),
      services: writing,
    };
    if (JSON.stringify(next) !== JSON.stringify(names)) names = next;
    return names;
  };
}
