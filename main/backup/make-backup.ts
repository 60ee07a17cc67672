import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { HEAD_FILE, headOf } from '../approvals/index.ts';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';
import type { TaskContext } from '../kernel/task.ts';
import { usedFiles } from '../logs/index.ts';
import { type Base, checkDatabase, openReader } from '../store/index.ts';
import { Changed, type Kept, readArchive, writeArchive } from './archive.ts';
import { nameAt } from './backup-folder.ts';
import type { BackupFile, BackupManifest } from './contract/backup.ts';

/** Logs are merged and expire while they are read. */
const ATTEMPTS = 5;
export const DATABASE = 'toride.db';
/** What is known of the backups of this data folder. */
export const STATE = 'backups.json';
/** Not kept: the copy stands for the database; records of the app itself; models; installers; passwords, which only this user on this machine can open. */
const LEFT_OUT = new Set([
  DATABASE,
  'logs',
  'models',
  'backups',
  'updates',
  'secrets.json',
  'versions.json',
  STATE,
  HEAD_FILE,
]);
const LEFT_OUT_ENDINGS = /^(toride\.db-(wal|shm|journal)|.*\.lock(-journal)?|.*\.new|open\.html)$/;

/**
 * Makes one backup, read again from its beginning to its end before it has its name.
 * @param scratch an empty folder in `folder`
 * @throws `store.corrupt`, `store.full`
 */
export async function makeBackup(
  o: Pick<Base, 'store' | 'dataDir' | 'clock' | 'zone' | 'log'> & {
    readonly version: string;
    readonly models: () => Promise<BackupManifest['models']>;
  },
  { folder, scratch, passphrase }: { folder: string; scratch: string; passphrase: string | null },
  task: TaskContext,
): Promise<BackupFile> {
  const copy = path.join(scratch, DATABASE);
  const part = path.join(scratch, 'part');
  const models = await o.models();
  for (let attempt = 1; ; attempt++) {
    try {
      await o.store.copy(copy, {
        signal: task.signal,
        copied: (pages, of) => task.progress(pages, of, 'copy-database'),
      });
      const damage = await checkDatabase(copy);
      if (damage !== null) throw new AppError('store.corrupt', { detail: damage });
      const reader = openReader(copy);
      const audit = headOf(reader);
      const blocks = usedFiles(reader);
      reader.close();
      const head = Buffer.from(JSON.stringify(audit));
      const kept: Kept[] = [
        { path: DATABASE, from: copy, size: statSync(copy).size },
        ...(audit ? [{ path: HEAD_FILE, from: head, size: head.length }] : []),
        ...listFiles(o.dataDir, folder, blocks),
      ];
      const total = kept.reduce((sum, file) => sum + file.size, 0);
      let done = 0;
      const went = (stage: string) => (bytes: number) => {
        done += bytes;
        task.progress(done, 2 * total, stage);
      };
      const madeAt = o.clock.now();
      await writeArchive({
        to: part,
        kept,
        about: { format: 'toride-backup', version: 1, toride: o.version, madeAt, audit, models },
        passphrase,
        signal: task.signal,
        wrote: went('write-backup'),
      });
      await readArchive({ file: part, passphrase, signal: task.signal, read: went('check-backup') });
      const file = path.join(folder, nameAt(folder, madeAt, o.zone(), passphrase !== null));
      moveSync(part, file);
      return { file, madeAt, bytes: statSync(file).size, encrypted: passphrase !== null };
    } catch (error) {
      const isGone = error instanceof Changed || (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isGone || attempt === ATTEMPTS) throw error;
      o.log.info('a file changed while it was read: once more', error);
      for (const one of readdirSync(scratch)) rmSync(path.join(scratch, one), { force: true });
    }
  }
}

/** Every file that belongs in a backup beside the database; log blocks as the copy of the database has them. */
function listFiles(dataDir: string, folder: string, blocks: readonly string[]): Kept[] {
  const kept: Kept[] = [];
  const walk = (under: string): void => {
    for (const entry of readdirSync(path.join(dataDir, under), { withFileTypes: true })) {
      const name = under ? `${under}/${entry.name}` : entry.name;
      const isOut = !under && (LEFT_OUT.has(name) || LEFT_OUT_ENDINGS.test(name));
      if (isOut || path.join(dataDir, name) === folder) continue;
      if (entry.isDirectory() && name !== 'log-blocks' && name !== 'log-segments') walk(name);
      else if (entry.isFile()) kept.push(fileAt(dataDir, name));
    }
  };
  walk('');
  return [...kept, ...blocks.map((name) => fileAt(dataDir, name))];
}
const fileAt = (dataDir: string, name: string): Kept => {
  const from = path.join(dataDir, name);
  const found = statSync(from, { throwIfNoEntry: false });
  if (!found) throw new Changed(name);
  return { path: name, from, size: found.size };
};
