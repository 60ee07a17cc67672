// Logs over a real store in a folder, without the rest of the engine.
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../../main/kernel/clock.ts';
import type { Encoding } from '../../../main/kernel/encoding.ts';
import { type LogLine, memoryLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import type { Logs } from '../../../main/logs/index.ts';
import { createLogs } from '../../../main/logs/index.ts';
import { encodeText } from '../../../main/logs/read/encode-text.ts';
import { recordsOf } from '../../../main/logs/store/block-cache.ts';
import { BLOCK_COLUMNS, type BlockRow } from '../../../main/logs/store/block-rows.ts';
import type { LogRecord } from '../../../main/logs/store/records.ts';
import { openStore, type Store, sql } from '../../../main/store/index.ts';

export type OpenLogs = {
  readonly logs: Logs;
  readonly store: Store;
  readonly said: readonly LogLine[];
  close(): Promise<void>;
};

export async function openLogs(
  dataDir: string,
  o: {
    readonly chunkBytes?: number;
    readonly clock?: Clock;
    readonly zone?: () => string;
    readonly batchRecords?: number;
    readonly pollMs?: number;
    readonly clickHouse?: Parameters<typeof createLogs>[0]['clickHouse'];
  } = {},
): Promise<OpenLogs> {
  const clock = o.clock ?? systemClock;
  const store = await openStore(dataDir);
  const { log, lines } = memoryLog(clock);
  const { batchRecords, chunkBytes, pollMs = 50 } = o;
  const logs = createLogs({
    store,
    dataDir,
    clock,
    zone: o.zone ?? (() => 'Asia/Tokyo'),
    tasks: new Tasks(clock, log),
    log,
    clickHouse: o.clickHouse ?? null,
    tuning: { pollMs, ...(batchRecords ? { batchRecords } : {}), ...(chunkBytes ? { chunkBytes } : {}) },
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await logs.close();
    await store.close();
  };
  onTestFinished(close);
  return { logs, store, said: lines, close };
}

export type Stored = LogRecord & { readonly encoding: Encoding };
/** Every stored record of a source, in the order of its lines. */
export function storedRecords(store: Store, dataDir: string, sourceId: string): Stored[] {
  return store.read
    .all<BlockRow>(sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE source_id = ${sourceId}`)
    .flatMap((row) => recordsOf({ dataDir, read: store.read }, row))
    .flatMap(({ encoding, records }) => records.map((r) => ({ ...r, encoding: encoding as Encoding })))
    .sort((a, b) => a.id - b.id);
}
const ENDS = { lf: '\n', crlf: '\r\n', none: '' } as const;
/** The text of the records as it stood in the file. */
export const textOf = (records: readonly LogRecord[]): string =>
  records.map((r) => r.text + ENDS[r.ending]).join('');
const bytesOf = (text: string, encoding: Encoding): Buffer => encodeText(text, encoding) ?? Buffer.alloc(0);
/** Everything stored of a source, dead letters among the records, as it stood in the file. The lines of dead letters end with `\n`. */
export function storedBytes(store: Store, dataDir: string, sourceId: string): Buffer {
  const dead = store.read
    .all<{ id: number; raw: Uint8Array }>(
      sql`SELECT line_id AS id, raw FROM log_dead_letters WHERE source_id = ${sourceId}`,
    )
    .map(({ id, raw }) => ({ id, bytes: Buffer.concat([raw, Buffer.from('\n')]) }));
  const kept = storedRecords(store, dataDir, sourceId).map((r) => ({
    id: r.id,
    bytes: Buffer.concat([r.raw ?? bytesOf(r.text, r.encoding), bytesOf(ENDS[r.ending], r.encoding)]),
  }));
  return Buffer.concat([...dead, ...kept].sort((a, b) => a.id - b.id).map((x) => x.bytes));
}
