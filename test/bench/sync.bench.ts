// A first sync against the least that reading the same rows can cost: a bare SELECT streamed by mysql2. Needs MariaDB.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createConnection } from 'mysql2';
import { fillCompany } from '../../main/sync/index.ts';
import { MariaDb } from '../helpers/sync/mariadb.ts';
import { MORNING, openSite, smallCompany } from '../helpers/sync/sync-site.ts';

const ROWS = 1_000_000;
const ROUNDS = 3;
const timed = async <T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> => {
  const began = performance.now();
  const value = await work();
  return { seconds: (performance.now() - began) / 1000, value };
};
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Prints rows/s of both and their ratio, and of a second sync that finds nothing new. */
export async function run(print: (line: string) => void): Promise<void> {
  const server = await MariaDb.start();
  try {
    const db = await server.database();
    await fillCompany({
      url: server.url(db, await server.owner(db)),
      batches: smallCompany(ROWS, MORNING - 60 * 24 * 3_600_000),
    });
    const reader = await server.reader(db);
    const bare: number[] = [];
    const synced: number[] = [];
    const again: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      bare.push((await timed(() => select(server.place.port, db, reader))).seconds);
      const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-bench-'));
      const site = await openSite(server.url(db, reader), { dir });
      synced.push((await timed(() => site.sync.run())).seconds);
      again.push((await timed(() => site.sync.run())).seconds);
      await site.close();
      rmSync(dir, { recursive: true, force: true });
    }
    const [select_, first, second] = [median(bare), median(synced), median(again)];
    const speed = (seconds: number): string => `${Math.round(ROWS / seconds).toLocaleString('en')} rows/s`;
    print(`bare SELECT of ${ROWS.toLocaleString('en')} rows: ${speed(select_)}`);
    print(
      `first sync (parsed, indexed, durable):     ${speed(first)}, ${(select_ / first).toFixed(2)} of the bare SELECT`,
    );
    print(`second sync, nothing new:                  ${second.toFixed(2)} s`);
  } finally {
    await server.close();
  }
}

function select(
  port: number,
  database: string,
  account: { user: string; password: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const connection = createConnection({ host: '127.0.0.1', port, database, ...account, dateStrings: true });
    let rows = 0;
    connection
      .query({
        sql: 'SELECT * FROM progress_snapshots ORDER BY snapshot_time, snapshot_id',
        rowsAsArray: true,
      })
      .on('result', () => {
        rows++;
      })
      .on('error', reject)
      .on('end', () => {
        connection.destroy();
        resolve(rows);
      });
  });
}
