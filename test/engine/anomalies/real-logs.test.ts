import path from 'node:path';
import { expect, test } from 'vitest';
import { createAnomalies } from '../../../main/anomalies/index.ts';
import { createClusters } from '../../../main/clusters/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { isDayOff } from '../../../main/kernel/holidays.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { createSite } from '../../../main/simulator/index.ts';
import { storeBatch } from '../../../main/simulator/queries.ts';
import { openLogs } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

const ZONE = 'Asia/Tokyo';
const at = (day: string, time: string): number => Date.parse(`${day}T${time}:00+09:00`);
const DAY = '2026-11-16';
type Row = { log_id: string; logged_at: number; message: string; service: string | null };

/** The company's log of a simulated day, read into a real store; `again`: the same trouble next day, in other words. */
async function company(): Promise<{ first: Row[]; again: Row[] }> {
  const site = createSite({ seed: 3, scenario: 'outage', zone: ZONE, startDate: DAY });
  const first: Row[] = [];
  for (const batch of site.until(at(DAY, '21:30')))
    if (batch.table === 'system_logs') first.push(...(batch.rows as readonly Row[]));
  const again = first.map((row) => ({
    ...row,
    log_id: row.log_id.replace('20261116', '20261117'),
    logged_at: row.logged_at + 24 * 3_600_000,
    message: row.message
      .replace(
        /^connection pool timeout after (\d+) ms, (\d+) waiting$/,
        'timeout acquiring connection from pool, waited $1 ms, $2 queued',
      )
      .replace('保存に失敗しました: DB応答なし', '保存できませんでした: データベースから応答がありません'),
  }));
  return { first, again };
}

test('the outage day is one incident with the database timeout; its remedy is offered for the same trouble in other words', async () => {
  const dir = path.join(tempDir(), 'data');
  const clock = new ManualClock(at(DAY, '21:30'));
  const { logs, store } = await openLogs(dir, { clock });
  const { log } = memoryLog(clock);
  const clusters = createClusters({
    store,
    logs,
    dataDir: dir,
    clock,
    tasks: new Tasks(clock, log),
    log,
    findable: () => anomalies.texts(),
  });
  const anomalies = createAnomalies({
    store,
    logs,
    clusters,
    clock,
    isDayOff,
    zone: () => ZONE,
    log,
    know: async () => ({ id: 'K1' }),
  });
  const { first, again } = await company();
  const read = async (rows: readonly Row[]): Promise<void> => {
    for (let i = 0; i < rows.length; i += 2000)
      await store.write([storeBatch({ table: 'system_logs', rows: rows.slice(i, i + 2000) } as never)]);
    await logs.settle();
    await clusters.refresh();
  };
  const stop = logs.start();
  await read(first);
  await anomalies.look();
  const incidents = anomalies.incidents();
  expect(incidents.map((i) => [i.state, i.severity, i.services])).toEqual([
    ['resolved', 'high', ['db-main', 'web-entry']],
  ]);
  const id = incidents[0]?.id ?? '';
  expect(incidents[0]?.title.ja).toMatch(/^db-main のエラー「connection pool timeout after/);
  expect(incidents[0]?.lines).toBeGreaterThan(250);
  const remedy = await anomalies.saveRemedy({
    incidentId: id,
    title: '接続プールを再起動する',
    steps: 'db-main を再起動',
  });
  const { timeline } = await anomalies.incident(id);
  const firstLine = timeline.find((e) => e.kind === 'first-line');
  expect(firstLine?.words.ja).toContain('connection pool timeout after');
  expect(new Date(firstLine?.at ?? 0).toISOString()).toBe('2026-11-16T06:17:30.000Z');

  clock.advance(24 * 3_600_000);
  await read(again);
  await anomalies.look();
  const [second] = anomalies.incidents();
  expect(second?.title.ja).toMatch(/^db-main のエラー「timeout acquiring connection from pool/);
  const detail = await anomalies.incident(second?.id ?? '');
  expect(detail.similar.map((s) => s.incident.id)).toEqual([id]);
  expect(detail.recommendations).toMatchObject([{ id: remedy.id, fromIncident: id, worked: 1, tried: 1 }]);
  expect(anomalies.incidents()).toHaveLength(2);
  const status = anomalies.status();
  expect(status).toMatchObject({ open: 0, incidents: { open: 0, acknowledged: 0 }, services: 6 });
  stop();
  await clusters.close();
});
