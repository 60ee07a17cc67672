import { defineConfig } from 'vitest/config';

const project = (name: string, timeout: number, globalSetup: string[] = []) => ({
  test: {
    name,
    globalSetup,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeout,
    hookTimeout: timeout,
    pool: 'forks' as const,
  },
});

/** Tests are shelved by what they need: nothing, a temporary folder, MariaDB, Chromium, the built shell, the packed app. */
export default defineConfig({
  test: {
    projects: [
      project('unit', 30_000),
      project('rules', 300_000),
      project('engine', 60_000),
      project('regression', 60_000),
      project('mariadb', 180_000, ['test/helpers/mariadb-setup.ts']),
      project('browser', 180_000),
      project('shell', 180_000),
      project('pack', 300_000),
    ],
  },
});
