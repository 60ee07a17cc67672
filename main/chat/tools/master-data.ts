import { type Reader, sql } from '../../store/index.ts';
import type { MasterData } from '../types.ts';

/** The names a question may mean, as last synced; the same object until the database changes. */
export function createMasterData(read: Reader): () => MasterData {
  let version = -1;
  let master: MasterData = { locations: [], businesses: [], processes: [], operators: [] };
  return () => {
    const now = read.get<{ data_version: number }>(sql`PRAGMA data_version`)?.data_version ?? 0;
    if (now === version) return master;
    version = now;
    const names = (rows: readonly { name: string }[]): string[] => rows.map((r) => r.name);
    const next: MasterData = {
      locations: names(
        read.all(sql`SELECT DISTINCT location_name AS name FROM locations ORDER BY location_id`),
      ),
      businesses: read.all(
        sql`SELECT business_id AS id, business_name AS name FROM businesses ORDER BY business_id`,
      ),
      processes: names(
        read.all(
          sql`SELECT process_name AS name FROM processes GROUP BY process_name ORDER BY min(sequence), process_name`,
        ),
      ),
      operators: read.all(
        sql`SELECT operator_id AS id, operator_name AS name FROM operators ORDER BY operator_id`,
      ),
    };
    if (JSON.stringify(next) !== JSON.stringify(master)) master = next;
    return master;
  };
}
