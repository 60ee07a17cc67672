import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sql } from '../../../main/store/index.ts';
import { bundleDir } from '../../helpers/bundle.ts';
import { killAgainAndAgain } from '../../helpers/logs/killed-ingest.ts';
import { openLogs, storedBytes } from '../../helpers/logs/open-logs.ts';
import { tempDir } from '../../helpers/temp.ts';

test('killed 40 times while it ingests: every line once, byte for byte, and the sum exact', async () => {
  const dir = tempDir();
  const bundle = bundleDir();
  onTestFinished(() => rmSync(bundle, { recursive: true, force: true }));
  const run = await killAgainAndAgain({ dir, bundle, kills: 40, seed: 7 });
  const { logs, store } = await openLogs(path.join(dir, 'data'));
  await logs.settle();
  const [source] = logs.sources().filter((s) => s.kind === 'file');
  expect(logs.accounting()).toMatchObject({
    addsUp: true,
    lines: run.lines,
    unparsed: run.dead,
    storedTemplated: run.lines - run.dead,
    storedUnparsed: run.dead,
  });
  expect(storedBytes(store, path.join(dir, 'data'), source?.id ?? '').toString('latin1')).toBe(run.written);
  const counted = store.read.get<{ lines: number; minutes: number; hours: number }>(
    sql`SELECT (SELECT sum(lines) FROM log_template_counts) AS lines, (SELECT sum(lines) FROM log_minutes) AS minutes,
      (SELECT sum(lines) FROM log_hour_totals) AS hours`,
  );
  const templated = run.lines - run.dead;
  expect(counted).toEqual({ lines: templated, minutes: templated, hours: templated });
});
