// Which version last came up on a data folder, which one tried to, and the way back where it did not.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../kernel/errors.ts';
import { replaceFile } from '../kernel/move-file.ts';
import {
  keptCopies,
  openOwnStore,
  openStore,
  putBack,
  type Store,
  type StoreOptions,
} from '../store/index.ts';
import { isNewer } from './update-file.ts';

const Marks = z.object({
  /** the version that came up last, and when */
  started: z.object({ version: z.string(), at: z.number() }).nullable(),
  /** a version that began to open the data and has not come up */
  starting: z.string().nullable(),
});
type Marks = z.infer<typeof Marks>;
/** A new version did not come up: where to go back to. */
export type WayBack = {
  /** the version that did not come up */
  readonly failed: string;
  /** the version that came up last */
  readonly former: string;
  /** its installer, where it was kept */
  readonly installer: string | null;
  /** the database from before the new version migrated it; null: it was not touched */
  readonly copy: { readonly file: string; readonly at: number } | null;
};

const fileOf = (dataDir: string): string => path.join(dataDir, 'versions.json');
function marksOf(dataDir: string): Marks {
  try {
    return Marks.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
  } catch {
    return { started: null, starting: null }; // none yet, or damaged: no way back is offered
  }
}
function keep(dataDir: string, marks: Marks): void {
  replaceFile(fileOf(dataDir), `${JSON.stringify(marks)}\n`);
}

/** Before a version opens the data: if it does not come up, the next start knows. */
export function beginStart(dataDir: string, version: string): void {
  const marks = marksOf(dataDir);
  if (marks.started?.version !== version) keep(dataDir, { ...marks, starting: version });
}
/**
 * The data folder's store for a version; `owned`: the folder is this process's own until the store is closed.
 * @throws `store.newer`, naming the newer version where it is known
 */
export async function openStoreFor(
  version: string,
  { owned, dataDir, ...o }: StoreOptions & { readonly owned: boolean; readonly dataDir: string },
): Promise<Store> {
  const owns = (): void => beginStart(dataDir, version);
  try {
    return await (owned ? openOwnStore(dataDir, { ...o, owns }) : openStore(dataDir, o));
  } catch (error) {
    throw namedNewer(dataDir, version, error);
  }
}
/** When it is up. */
export const cameUp = (dataDir: string, version: string, at: number): void =>
  keep(dataDir, { started: { version, at }, starting: null });

/** The folder of the installer of a version. */
export const installerFolder = (dataDir: string, version: string): string =>
  path.join(dataDir, 'updates', version);
function installerOf(dataDir: string, version: string): string | null {
  const folder = installerFolder(dataDir, version);
  const name = existsSync(folder) ? readdirSync(folder).find((one) => !one.endsWith('.new')) : undefined;
  return name === undefined ? null : path.join(folder, name);
}

/** The way back, asked by the version that did not come up or by the former one; null: there is nothing to go back from. */
export function wayBack(dataDir: string, version: string): WayBack | null {
  const { started, starting } = marksOf(dataDir);
  if (!started || starting === null || !isNewer(starting, started.version)) return null;
  // the oldest since: a migration in several tries keeps a copy for each
  const copy = keptCopies(dataDir).find(({ at }) => at > started.at) ?? null;
  const isFormer = version === started.version;
  // the former one opens what was not touched without being asked
  if (!(isFormer ? copy : version === starting)) return null;
  const installer = isFormer ? null : installerOf(dataDir, started.version);
  return { failed: starting, former: started.version, installer, copy };
}

/**
 * Goes back: the kept copy takes the place of the database, which stays in `backups`. Nothing is lost: the new version never worked on it.
 * @throws `update.no-way-back`, `data.in-use`, `store.corrupt`
 */
export async function goBack(
  dataDir: string,
  version: string,
): Promise<WayBack & { readonly aside: string | null }> {
  const way = wayBack(dataDir, version);
  if (!way) throw new AppError('update.no-way-back', { version });
  const aside = way.copy
    ? (await putBack(dataDir, way.copy.file, `left-${way.failed}-${way.copy.at}.db`)).aside
    : null;
  keep(dataDir, { ...marksOf(dataDir), starting: null });
  return { ...way, aside };
}

/** `store.newer` with the versions of the app in place of the schema's, where they are known. */
function namedNewer(dataDir: string, version: string, error: unknown): unknown {
  const { started, starting } = marksOf(dataDir);
  const found = [starting, started?.version].find((one) => one && isNewer(one, version));
  return error instanceof AppError && error.code === 'store.newer' && found
    ? new AppError('store.newer', { found, known: version }, { cause: error })
    : error;
}
