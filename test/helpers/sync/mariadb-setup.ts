// One server for the whole mariadb shelf; each test makes its own database and accounts in it.
import type { TestProject } from 'vitest/node';
import { MariaDb, type MariaDbPlace } from './mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mariadb: MariaDbPlace;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await MariaDb.start();
  project.provide('mariadb', server.place);
  return () => server.close();
}
