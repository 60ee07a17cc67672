// Copies of the database that `migrate` kept before it went to a new version, and the way back to one.
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';
import { ownFolder } from './own-folder.ts';
import { checkDatabase } from './store.ts';

const NAME = /^before-\d+-(\d+)\.db$/;
const BESIDE = ['', '-wal', '-shm'];
export type KeptCopy = { readonly file: string; readonly at: number };

/** The name of the copy that is made before migration `id`, at `now` (epoch ms). */
export const copyName = (id: number, now: number): string => `before-${id}-${now}.db`;

/** The copies in `dataDir`, oldest first. */
export function keptCopies(dataDir: string): KeptCopy[] {
  const folder = path.join(dataDir, 'backups');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .flatMap((name) => {
      const at = NAME.exec(name)?.[1];
      return at === undefined ? [] : [{ file: path.join(folder, name), at: Number(at) }];
    })
    .sort((a, b) => a.at - b.at);
}

/**
 * Puts a copy in the place of the database, whose files stay in `backups` under `aside`. Killed in between, the folder holds the one
 * or the other whole, and the call can be made again.
 * @throws `data.in-use`, `store.corrupt` (the copy is damaged; nothing was changed)
 */
export async function putBack(dataDir: string, copy: string, aside: string): Promise<{ aside: string }> {
  const owned = await ownFolder(dataDir);
  try {
    const damage = await checkDatabase(copy);
    if (damage !== null) throw new AppError('store.corrupt', { detail: `${copy}: ${damage}` });
    const file = path.join(dataDir, 'toride.db');
    const left = path.join(dataDir, 'backups', aside);
    mkdirSync(path.dirname(left), { recursive: true, mode: 0o700 });
    for (const end of BESIDE)
      if (existsSync(file + end) && !existsSync(left + end)) {
        copyFileSync(file + end, `${left}.new`);
        onDisk(`${left}.new`);
        moveSync(`${left}.new`, left + end);
      }
    copyFileSync(copy, `${file}.new`);
    onDisk(`${file}.new`);
    // what SQLite wrote beside the one must not be read into the other
    for (const end of BESIDE.slice(1)) rmSync(file + end, { force: true });
    moveSync(`${file}.new`, file);
    return { aside: left };
  } finally {
    owned.release();
  }
}

function onDisk(file: string): void {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}
