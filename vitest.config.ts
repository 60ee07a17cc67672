import { defineConfig } from 'vitest/config';

/** Shelves of plain Node (and MariaDB) share the processors; what opens a browser has the machine to itself, after them. */
const PLAIN = { maxWorkers: '100%', sequence: { groupOrder: 0 } };
const ALONE = { maxWorkers: 1, sequence: { groupOrder: 1 } };

/** How long a poll waits for what will be so: it costs time only where something is wrong. */
const POLL_MS = 30_000;

const project = (
  name: string,
  timeout: number,
  machine: typeof PLAIN | typeof ALONE,
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
      project('browser', 300_000, ALONE),
      project('shell', 300_000, ALONE),
      project('pack', 300_000, ALONE),
    ],
  },
});
