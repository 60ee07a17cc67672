import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { Ingest } from '../../../main/logs/ingest/ingest.ts';
import { createSources } from '../../../main/logs/manage/create-sources.ts';
import { openStore, sql } from '../../../main/store/index.ts';
import { bundleDir } from '../../helpers/bundle.ts';
import { KEPT_DAYS, killWhileKeeping } from '../../helpers/logs/killed-ingest.ts';
import { storedBytes } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

const DAY = 86_400_000;

test('killed 25 times while it cuts and drops blocks and tails of quiet days: what is young enough is there once, and the sum exact', async () => {
  const dir = tempDir();
  const bundle = bundleDir();
  onTestFinished(() => rmSync(bundle, { recursive: true, force: true }));
  const { lines, now } = await killWhileKeeping({ dir, bundle, kills: 25, seed: 5 });
  const dataDir = path.join(dir, 'data');
  const store = await openStore(dataDir);
  const clock = new ManualClock(now);
  const shared = { store, dataDir, clock, zone: () => 'UTC', log: silentLog };
  const ingest = new Ingest(shared);
  const tasks = new Tasks(clock, silentLog);
  const sources = createSources({ ...shared, tasks, ingest, keepDays: KEPT_DAYS });
  onTestFinished(async () => {
    await sources.close();
    await store.close();
  });
  await sources.settle();
  await sources.expire();
  const [source] = sources.sources().filter((s) => s.kind === 'file');
  const kept = lines.filter((line) => line.at >= now - KEPT_DAYS * DAY);
  expect(storedBytes(store, dataDir, source?.id ?? '').toString()).toBe(kept.map((l) => l.text).join(''));
  expect(sources.accounting()).toMatchObject({
    addsUp: true,
    lines: lines.length,
    storedTemplated: kept.length,
    expired: lines.length - kept.length,
  });
  const files = store.read.all<{ file: string }>(sql`SELECT file FROM log_blocks WHERE file IS NOT NULL`);
  const there = readdirSync(path.join(dataDir, 'log-blocks')).map((name) => `log-blocks/${name}`);
  // one may be left of a block whose row never came: it goes when next swept
  expect(there).toEqual(expect.arrayContaining(files.map(({ file }) => file)));
});
