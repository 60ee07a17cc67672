import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { dateTimeIn } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { makePrivateFolder } from '../kernel/private-folder.ts';
import { tryLock } from '../store/index.ts';
import type { BackupFile } from './contract/backup.ts';

const NAME = /^toride-(\d{8}-\d{6})(-\d+)?\.tar\.zst(\.sealed)?$/;

/** One at a time works in a folder; what one that was killed left there goes. */
export async function alone<T>(folder: string, work: (scratch: string) => Promise<T>): Promise<T> {
  let lock: ReturnType<typeof tryLock>;
  try {
    makePrivateFolder(folder);
    lock = tryLock(path.join(folder, 'backup.lock'));
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  if (!lock) throw new AppError('backup.busy', { dir: folder });
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith('.toride-')) rmSync(path.join(folder, name), { recursive: true, force: true });
    const scratch = mkdtempSync(path.join(folder, '.toride-'));
    try {
      return await work(scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  } catch (cause) {
    throw written(folder, cause);
  } finally {
    lock.release();
  }
}

/** A name in the folder that is not taken yet. */
export function nameAt(folder: string, at: number, zone: string, encrypted: boolean): string {
  const time = dateTimeIn(at, zone).replaceAll(/[-:]/g, '').replace(' ', '-');
  const ending = encrypted ? '.tar.zst.sealed' : '.tar.zst';
  for (let i = 1; ; i++) {
    const name = `toride-${time}${i > 1 ? `-${i}` : ''}${ending}`;
    if (!existsSync(path.join(folder, name))) return name;
  }
}

/** The backups in a folder, the newest first. */
export const backupsIn = (folder: string): BackupFile[] =>
  namesIn(folder)
    .filter((name) => NAME.test(name))
    .map((name) => {
      const file = path.join(folder, name);
      const { mtimeMs, size } = statSync(file);
      return { file, madeAt: Math.round(mtimeMs), bytes: size, encrypted: name.endsWith('.sealed') };
    })
    .sort((a, b) => (a.file < b.file ? 1 : -1));

function unwritable(dir: string, thrown: unknown): AppError {
  const cause = thrown instanceof AppError ? thrown.cause : thrown;
  const detail = (cause as NodeJS.ErrnoException | undefined)?.code ?? String(cause);
  return new AppError('backup.unwritable', { dir, detail }, { cause });
}
/** none where the folder cannot be read: why is told when one is to be made */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
const WRITE_CODES = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'ENOENT', 'EDQUOT']);
function written(folder: string, cause: unknown): unknown {
  if (cause instanceof AppError) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC') return new AppError('store.full', {}, { cause });
  return WRITE_CODES.has(code) ? unwritable(folder, cause) : cause;
}
