import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ReadLoop } from '../../../main/logs/ingest/read-loop.ts';
import { sourceRow, workOf } from '../../../main/logs/ingest/source-rows.ts';
import { NO_RULES } from '../../../main/logs/manage/check-rules.ts';
import { openStore, run, sql } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

const DAY = 86_400_000;

/** The ingest thread's loop in this thread, whose clock can be set. */
async function follow(file: string, dataDir: string) {
  const store = await openStore(dataDir);
  await store.write([
    run(sql`INSERT INTO log_sources (source_id, kind, path, rules, used, place, state, added_at)
      VALUES ('s', 'file', ${file}, ${JSON.stringify({ name: 'app', ...NO_RULES })}, '{}', '{}', 'reading', 0)`),
  ]);
  const work = async () => {
    const row = sourceRow(store.read, 's');
    return row ? workOf(store.read, row) : null;
  };
  const source = await work();
  const loop = new ReadLoop(
    {
      dataDir,
      storeFile: store.file,
      zone: 'UTC',
      now: Date.now(),
      nextLine: 1,
      names: [],
      templates: [],
      rules: [],
      sources: source ? [source] : [],
      tuning: { pollMs: 5, batchRecords: 100, chunkBytes: 4096 },
    },
    {
      commit: async ({ own, always }) => {
        await store.write([...own, ...always]);
        return { refused: false };
      },
      now: () => Date.now(),
      zone: () => 'UTC',
      work,
      tablePage: async () => null,
      state: () => {},
      log: () => {},
      lost: (error) => expect.unreachable(String(error)),
    },
  );
  loop.follow(true);
  const running = loop.run();
  onTestFinished(async () => {
    await loop.close();
    await running;
    await store.close();
  });
  return { lines: () => sourceRow(store.read, 's')?.lines };
}

test('a computer’s clock that is set back a day does not keep a log from being read until that day is over', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 21) });
  onTestFinished(() => void vi.useRealTimers());
  const dir = tempDir();
  const file = path.join(dir, 'app.log');
  writeFileSync(file, 'one\n');
  const { lines } = await follow(file, path.join(dir, 'data'));
  await expect.poll(() => lines()).toBe(1);
  vi.setSystemTime(Date.now() - DAY);
  appendFileSync(file, 'two\n');
  await expect.poll(() => lines()).toBe(2);
});
