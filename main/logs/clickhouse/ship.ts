import { randomUUID } from 'node:crypto';
import { AppError } from '../../kernel/errors.ts';
import { delay, throwIfAborted } from '../../kernel/task.ts';
import { type Base, run, saveSetting, sql } from '../../store/index.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { Searcher } from '../search/searcher.ts';
import { removeFiles } from '../store/block-files.ts';
import { BLOCK_COLUMNS, type BlockRow, FAR } from '../store/block-rows.ts';
import type { Shipped } from '../types.ts';
import { type ClickHouse, type ClickHouseServer, quoted } from './server.ts';
import { makeTables } from './tables.ts';

const KEY = 'logs.folder';
/** between two looks for new blocks, and at an insert that is still under way there */
const LOOK_MS = 500;

export type ShippingPorts = Pick<Base, 'store' | 'dataDir' | 'clock'> & {
  readonly ingest: Ingest;
  readonly searcher: Searcher;
};
type Ports = ShippingPorts & {
  readonly place: ClickHouse;
  readonly servers: readonly [ClickHouseServer, ...ClickHouseServer[]];
};

/**
 * Moves the blocks of a source to ClickHouse: each is inserted once, by its first line's number, then its row says where it stands and
 * its file goes. Killed anywhere, it goes on with the blocks whose rows do not say so, and inserts what is not there yet.
 */
export class Shipping {
  private readonly o: Ports;
  private readonly table: string;
  constructor(o: Ports) {
    this.o = o;
    this.table = `${o.place.database}.toride_lines`;
  }

  /** Until all blocks of these sources that stand here are there, and no more come (`ended`). */
  async ship(
    sources: () => readonly string[],
    { ended, signal }: { readonly ended: () => boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<void> {
    for (;;) {
      throwIfAborted(signal);
      const isLast = ended();
      const moved = await this.o.ingest.inTurn(() => this.moveNext(sources(), signal));
      if (moved) continue;
      if (isLast) break;
      await delay(LOOK_MS, signal);
    }
    await this.tellTemplates();
  }

  /** Tables that are not there yet; what is there and no longer counts. @throws `logs.clickhouse-…` */
  async prepare(): Promise<void> {
    const { store, clock, place, servers } = this.o;
    const known = store.read.get<{ value: string }>(
      sql`SELECT value FROM settings WHERE key = ${KEY}`,
    )?.value;
    const folder = known ?? randomUUID();
    if (known === undefined) await store.write([saveSetting(KEY, folder, clock.now())]);
    await makeTables(servers, place, folder);
    await this.sweep();
  }
  /** What no block's row speaks of any more goes there, too: lines of sources taken away, lines past their time to live. */
  private async sweep(): Promise<void> {
    const { store, place, servers } = this.o;
    const kept = store.read.all<{ id: string; from: number; first: number }>(
      sql`SELECT source_id AS id, min(min_at) AS "from", min(first_id) AS first FROM log_blocks WHERE file IS NOT NULL GROUP BY source_id`,
    );
    const lines = kept.map((k) => `(source = ${quoted(k.id)} AND at >= ${k.from} AND id >= ${k.first})`);
    const minutes = kept.map(
      (k) => `(source = ${quoted(k.id)} AND minute >= ${Math.floor(k.from / 60_000)})`,
    );
    const local = place.cluster ? '_local' : '';
    for (const [table, keeps] of [
      ['toride_lines', lines],
      ['toride_minutes', minutes],
    ] as const) {
      const gone = keeps.length ? `NOT (${keeps.join(' OR ')})` : '1';
      for (const server of servers) {
        const own = `${place.database}.${table}${local}`;
        const [found] = await server.rows<{ n: number }>(`SELECT count() AS n FROM ${own} WHERE ${gone}`);
        if (found && found.n > 0) await server.run(`ALTER TABLE ${own} DELETE WHERE ${gone}`);
      }
    }
  }

  /** False: there is none. */
  private async moveNext(sources: readonly string[], signal?: AbortSignal): Promise<boolean> {
    const { store, dataDir, searcher, servers } = this.o;
    const row = store.read.get<BlockRow>(
      sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE source_id IN (SELECT value FROM json_each(${JSON.stringify(sources)}))
        AND file LIKE 'log-blocks/%' ORDER BY first_id LIMIT 1`,
    );
    if (!row?.file) return false;
    const [server] = servers;
    const query = `toride-${row.firstId}`;
    // one that lost its connection may still be writing: until it has ended, what is there is not known
    for (const where = `query_id = ${quoted(query)}`; ; await delay(LOOK_MS, signal)) {
      const [busy] = await server.rows<{ n: number }>(
        `SELECT count() AS n FROM system.processes WHERE ${where}`,
      );
      if (!busy?.n) break;
    }
    const there = await server.rows<{ id: number }>(
      `SELECT id FROM ${this.table} WHERE source = ${quoted(row.sourceId)} AND at >= ${row.minAt} AND at <= ${row.maxAt} AND block = ${row.firstId}`,
      signal,
    );
    if (there.length < row.records) {
      const { body } = await searcher.ask('shipment', { row, without: there.map(({ id }) => id) }, signal);
      if (body === null) throw new AppError('logs.clickhouse-block', { file: row.file });
      await server.insert(this.table, body, { insert_distributed_sync: '1', query_id: query });
    }
    await store.write([
      run(
        sql`UPDATE log_blocks SET file = ${FAR}, bytes = 0, checksum = 0 WHERE block_id = ${row.blockId} AND checksum = ${row.checksum}`,
        { changes: 1, why: 'a block was replaced meanwhile' },
      ),
    ]);
    removeFiles(dataDir, [row.file]);
    return true;
  }

  /** The templates as they stand, for who asks the tables themselves. */
  private async tellTemplates(): Promise<void> {
    const { store, place, servers, clock } = this.o;
    const rows = store.read.all<{ id: number; text: string; name: string }>(
      sql`SELECT template_id AS id, text, coalesce(name, '') AS name FROM log_templates`,
    );
    const values = rows.map(
      ({ id, text, name }) => `(${id}, ${quoted(text.toWellFormed())}, ${quoted(name)}, ${clock.now()})`,
    );
    const [server] = servers;
    if (values.length)
      await server.run(`INSERT INTO ${place.database}.toride_templates VALUES ${values.join(', ')}`);
  }

  /** What the rows of blocks say against what is counted there, in the lines and in the roll-ups made of them. */
  async compare(sourceId: string): Promise<Shipped> {
    const { store, place, servers } = this.o;
    const own = store.read.get<{ blocks: number; lines: number; records: number }>(
      sql`SELECT count(*) AS blocks, coalesce(sum(lines), 0) AS lines, coalesce(sum(records), 0) AS records
        FROM log_blocks WHERE source_id = ${sourceId} AND file = ${FAR}`,
    );
    const [server] = servers;
    const sum = async (table: string): Promise<number> => {
      const [found] = await server.rows<{ n: number }>(
        `SELECT sum(lines) AS n FROM ${place.database}.${table} WHERE source = ${quoted(sourceId)}`,
      );
      return found?.n ?? 0;
    };
    return {
      blocks: own?.blocks ?? 0,
      lines: own?.lines ?? 0,
      linesThere: await sum('toride_lines'),
      rolledUpThere: await sum('toride_minutes'),
    };
  }
}
