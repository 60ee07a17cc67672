import path from 'node:path';
import { defineConfig } from 'vitest/config';

// worker threads and the command line start from sources: once compiled, a start costs half
process.env['NODE_COMPILE_CACHE'] ??= path.join(import.meta.dirname, '.cache/compiled');

/** Shelves of plain Node (and MariaDB) share the processors; then browsers, two at a time; then what has the machine to itself. */
const PLAIN = { maxWorkers: '100%', sequence: { groupOrder: 0 } };
const PAIRED = { maxWorkers: 2, sequence: { groupOrder: 1 } };
const ALONE = { maxWorkers: 1, sequence: { groupOrder: 2 } };

/** How long a poll waits for what will be so: it costs time only where something is wrong. */
const POLL_MS = 30_000;

const project = (
  name: string,
  timeout: number,
  machine: typeof PLAIN | typeof PAIRED | typeof ALONE,
  globalSetup: string[] = [],
) => ({
  test: {
    ...machine,
    name,
    globalSetup,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: timeout,
    expect: { poll: { timeout: POLL_MS } },
    pool: 'forks' as const,
  },
});

/** Tests are shelved by what they need: nothing, a temporary folder, MariaDB, Chromium, the built shell, the packed app. */
export default defineConfig({
  test: {
    projects: [
      project('unit', 60_000, PLAIN),
      project('rules', 300_000, PLAIN),
      project('engine', 300_000, PLAIN),
      project('regression', 300_000, PLAIN),
      project('mariadb', 300_000, PLAIN, ['test/helpers/mariadb-setup.ts']),
      project('browser', 300_000, PAIRED),
      project('shell', 300_000, ALONE),
      project('pack', 300_000, ALONE),
    ],
  },
});
