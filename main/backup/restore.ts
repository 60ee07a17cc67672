import { createWriteStream, mkdirSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../kernel/errors.ts';
import { moveAnything } from '../kernel/move-file.ts';
import { makePrivateFolder } from '../kernel/private-folder.ts';
import { checkDatabase } from '../store/index.ts';
import { readArchive } from './archive.ts';
import type { BackupManifest } from './contract/backup.ts';

/**
 * Restores a backup into a folder that is empty or not there. The folder appears whole, in one step: killed before that, nothing is
 * there but a folder beside it that the next try clears away.
 * @throws `backup.not-empty`, `backup.damaged`, `backup.passphrase`
 */
export async function restoreBackup(o: {
  readonly file: string;
  readonly dir: string;
  readonly passphrase: string | null;
  readonly signal?: AbortSignal;
  readonly wrote?: (bytes: number) => void;
}): Promise<BackupManifest> {
  const dir = path.resolve(o.dir);
  const there = statSync(dir, { throwIfNoEntry: false });
  if (there && (!there.isDirectory() || readdirSync(dir).length > 0))
    throw new AppError('backup.not-empty', { dir });
  const aside = `${dir}.restoring`;
  rmSync(aside, { recursive: true, force: true });
  makePrivateFolder(aside);
  try {
    const manifest = await readArchive({
      file: o.file,
      passphrase: o.passphrase,
      signal: o.signal,
      ...(o.wrote ? { read: o.wrote } : {}),
      each: async (name, body) => {
        const file = path.join(aside, name);
        mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
        await pipeline(body, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
      },
    });
    const damage = await checkDatabase(path.join(aside, 'toride.db'));
    if (damage !== null) throw new AppError('backup.damaged', { file: o.file, detail: damage });
    // left by the check
    for (const ending of ['-wal', '-shm']) rmSync(path.join(aside, `toride.db${ending}`), { force: true });
    if (there) rmdirSync(dir);
    await moveAnything(aside, dir);
    return manifest;
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
}
