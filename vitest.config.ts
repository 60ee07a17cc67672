import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { TEST_MS, WAIT_MS } from './test/limits.ts';

// worker threads and the command line start from sources: once compiled, a start costs half
process.env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, '.cache/compiled');

// what is made once for all files of a run
if (process.env['TORIDE_TEST_RUN'] === undefined) {
  const run = mkdtempSync(path.join(os.tmpdir(), 'toride-run-'));
  process.env['TORIDE_TEST_RUN'] = run;
  process.once('exit', () => rmSync(run, { recursive: true, force: true }));
}

/** Shelves of plain Node (and MariaDB) share the processors; then browsers, two at a time; then what has the machine to itself. */
const PLAIN = { maxWorkers: '100%', sequence: { groupOrder: 0 } };
const PAIRED = { maxWorkers: 2, sequence: { groupOrder: 1 } };
const ALONE = { maxWorkers: 1, sequence: { groupOrder: 2 } };

const project = (
  name: string,
  machine: typeof PLAIN | typeof PAIRED | typeof ALONE,
  globalSetup: string[] = [],
) => ({
  test: {
    ...machine,
    name,
    globalSetup,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: TEST_MS,
    hookTimeout: TEST_MS,
    expect: { poll: { timeout: WAIT_MS } },
    pool: 'forks' as const,
  },
});

/** Tests are shelved by what they need: nothing, a temporary folder, MariaDB, Chromium, the built shell, the packed app. */
export default defineConfig({
  test: {
    projects: [
      project('unit', PLAIN),
      project('rules', PLAIN),
      project('engine', PLAIN),
      project('mariadb', PLAIN, ['test/helpers/sync/mariadb-setup.ts']),
      project('clickhouse', PLAIN),
      project('browser', PAIRED),
      project('shell', ALONE),
      project('pack', ALONE),
    ],
  },
});
