// A company's database with log tables of its own, and a site that reads them.

import { dateTimeIn, systemClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import type { LogTable } from '../../../main/logs/contract/tables.ts';
import { createLogs, type Logs } from '../../../main/logs/index.ts';
import { openSite, type TestSite } from '../sync/sync-site.ts';

export const ZONE = 'Asia/Tokyo';
/** `minutes` ago, as the company writes it. */
export const ago = (minutes: number, seconds = 0): string =>
  dateTimeIn(Date.now() - minutes * 60_000 + seconds * 1000, ZONE);

export type TableSite = TestSite & { readonly logs: Logs };
/** `url` null with a `dir`: the connection that was saved there. */
export async function tableSite(
  url: string | null,
  o: { readonly dir?: string; readonly everySeconds?: number; readonly batchRecords?: number } = {},
): Promise<TableSite> {
  const { batchRecords, ...rest } = o;
  const site = await openSite(url, rest);
  const logs = createLogs({
    store: site.store,
    dataDir: site.dir,
    clock: systemClock,
    zone: () => ZONE,
    tasks: site.tasks,
    log: memoryLog(systemClock).log,
    tables: site.sync.logTables,
    tuning: { pollMs: 50, ...(batchRecords ? { batchRecords } : {}) },
  });
  return {
    ...site,
    logs,
    close: async () => {
      await logs.close();
      await site.close();
    },
  };
}

/** What a table is read by without anybody having changed anything, from its first row. */
export async function suggested(logs: Logs, table: string): Promise<LogTable> {
  const choice = (await logs.tables()).find((t) => t.table === table);
  if (!choice?.suggestion) throw new Error(`${table}: ${choice?.problem ?? 'not there'}`);
  return { ...choice.suggestion, since: null };
}
export async function textsOf(logs: Logs, sourceId: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const page of logs.scan({ sources: [sourceId], noise: true }))
    texts.push(...page.map((line) => line.text));
  return texts;
}

/** Of the warehouse: an integer key, a time with an index, Japanese names, levels as syslog writes them. */
export const WMS = `CREATE TABLE wms_event_log (id BIGINT AUTO_INCREMENT PRIMARY KEY, 発生日時 DATETIME(3) NULL, 重要度 TINYINT, サーバー名 VARCHAR(50),
  本文 TEXT, 追跡ID VARCHAR(40), 倉庫 VARCHAR(20), KEY (発生日時)) COMMENT '倉庫管理のログ'`;
export const wms = (from: number, to: number, minutes = 30): string =>
  `INSERT INTO wms_event_log (発生日時, 重要度, サーバー名, 本文, 追跡ID, 倉庫) VALUES ${Array.from(
    { length: to - from },
    (_, i) =>
      `('${ago(minutes)}', ${(from + i) % 10 === 0 ? 3 : 6}, 'wms-0${i % 2}', '棚 ${from + i} の引当を行いました', 't-${from + i}', '札幌')`,
  ).join(', ')}`;
/** Of the readers: two columns of text as the key, no level and no service, the message as a program prints it. */
export const OCR = `CREATE TABLE ocr_trace (machine VARCHAR(20) NOT NULL, seq CHAR(12) NOT NULL, logged_at TIMESTAMP NOT NULL, line TEXT, extra JSON,
  PRIMARY KEY (machine, seq))`;
export const ocr = (from: number, to: number): string =>
  `INSERT INTO ocr_trace VALUES ${Array.from(
    { length: to - from },
    (_, i) =>
      `('${(from + i) % 2 ? 'OCR-b' : "OCR-''a"}', '${String(from + i).padStart(12, '0')}', NOW() - INTERVAL 40 MINUTE,
        '2026-11-22 10:00:00,120 - ocr.Reader - ${(from + i) % 7 === 0 ? 'ERROR' : 'INFO'} - page ${from + i} of lot ${100 + ((from + i) % 5)} read', '{"tray": ${(from + i) % 3}}')`,
  ).join(', ')}`;
