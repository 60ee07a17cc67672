import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Notify } from '../alerts/contract/alerts.ts';
import { ErrorData } from '../api/contract/common.ts';
import { AppError, Cancelled, failureOf } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { replaceFile } from '../kernel/move-file.ts';
import type { Base } from '../store/index.ts';
import { alone, backupsIn } from './backup-folder.ts';
import {
  type BackupFile,
  type BackupManifest,
  type BackupSettings,
  Drill,
  isWhole,
} from './contract/backup.ts';
import { makeBackup, STATE } from './make-backup.ts';
import { type Opened, restoreInTask, tryRestore } from './try-restore.ts';
import words from './words.json' with { type: 'json' };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** the computer has other things to do right after the start */
const FIRST_AFTER_MS = 10 * MINUTE;
/** what failed is tried again after */
const AGAIN_AFTER_MS = 60 * MINUTE;

const State = z.object({
  madeAt: z.number().nullable(),
  failed: z.object({ at: z.number(), error: ErrorData }).nullable(),
  drill: Drill.nullable(),
});
type State = z.infer<typeof State>;

export type Backups = ReturnType<typeof createBackups>;

/** Backups of the data folder: made while it is in use, checked, kept so many, and restored for trial. */
export function createBackups(
  o: Base & {
    readonly version: string;
    readonly settings: () => BackupSettings;
    readonly passphrase: { get(): Promise<string | null>; set(value: string | null): Promise<void> };
    readonly models: () => Promise<BackupManifest['models']>;
    /** false while there is nothing but the demo */
    readonly isWorth: () => boolean;
    readonly open: (dir: string) => Promise<Opened>;
    readonly notify: Notify;
  },
) {
  const log = o.log.area('backup');
  const changed = new Emitter<void>();
  const stateFile = path.join(o.dataDir, STATE);
  const folderOf = (given?: string): string =>
    path.resolve(given || o.settings().folder || path.join(o.dataDir, 'backups'));

  const state = (): State => {
    try {
      return State.parse(JSON.parse(readFileSync(stateFile, 'utf8')));
    } catch {
      return { madeAt: null, failed: null, drill: null }; // none yet
    }
  };
  const keepState = (change: Partial<State>): void => {
    replaceFile(stateFile, JSON.stringify({ ...state(), ...change }));
    changed.emit();
  };

  async function create(
    given: { folder?: string | undefined; passphrase?: string | undefined } = {},
  ): Promise<BackupFile> {
    const folder = folderOf(given.folder);
    const { encrypt, keep } = o.settings();
    const passphrase = given.passphrase ?? (encrypt ? await o.passphrase.get() : null);
    if (encrypt && passphrase === null) throw new AppError('backup.passphrase');
    const made = await o.tasks.run('backup', (task) =>
      alone(folder, (scratch) => makeBackup({ ...o, log }, { folder, scratch, passphrase }, task)),
    );
    // elsewhere somebody asked for one of their own
    if (folder === folderOf())
      for (const old of backupsIn(folder).slice(keep)) rmSync(old.file, { force: true });
    keepState({ madeAt: made.madeAt, failed: null });
    return made;
  }

  type Given = { readonly file: string; readonly passphrase?: string | undefined };
  async function drill({ file, passphrase }: Given): Promise<Drill> {
    const found = await o.tasks.run('backup-drill', (task) =>
      alone(folderOf(), (scratch) => {
        const dir = path.join(scratch, 'data');
        const now = o.clock.now();
        return tryRestore({ file, dir, passphrase, kept: o.passphrase.get, now, open: o.open }, task);
      }),
    );
    keepState({ drill: found });
    if (!isWhole(found)) log.warn('a restored backup is not whole', found);
    return found;
  }

  /** Into another folder. @throws as `restoreBackup`, and `backup.inside` */
  async function restore({ passphrase, ...given }: Given & { readonly dir: string }) {
    const file = path.resolve(given.file);
    const dir = path.resolve(given.dir);
    const inside = path.relative(path.resolve(o.dataDir), dir);
    if (!inside.startsWith('..') && !path.isAbsolute(inside)) throw new AppError('backup.inside', { dir });
    const { files, models } = await o.tasks.run('backup-restore', (task) =>
      restoreInTask({ file, dir, passphrase, kept: o.passphrase.get }, task),
    );
    return { dir, files: files.length, models: models.map((model) => model.name) };
  }

  let startedAt = 0;
  let checkedAt = 0;
  let working = false;
  async function tick(): Promise<void> {
    const now = o.clock.now();
    if (working || now - startedAt < FIRST_AFTER_MS || !o.isWorth()) return;
    const { madeAt, failed } = state();
    const isDaily = o.settings().every === 'daily';
    const last = isDaily ? (madeAt ?? 0) : checkedAt;
    if (now - last < DAY || (failed && now - failed.at < AGAIN_AFTER_MS)) return;
    working = true;
    try {
      // a backup checks the database itself
      if (isDaily) await create();
      else await checkStore();
      checkedAt = now;
    } catch (thrown) {
      if (thrown instanceof Cancelled) return;
      const error = failureOf(thrown);
      log.error('backup', thrown);
      // told once, not every hour
      if (failed?.error.code !== error.code) await tell(error.code === 'store.corrupt');
      keepState({ failed: { at: now, error } });
    } finally {
      working = false;
    }
  }
  async function checkStore(): Promise<void> {
    const damage = await o.store.check();
    if (damage !== null) throw new AppError('store.corrupt', { detail: damage });
  }
  const tell = async (isDamage: boolean): Promise<void> =>
    o.notify({
      kind: 'engine',
      severity: isDamage ? 'danger' : 'watch',
      subject: null,
      title: words[isDamage ? 'damaged' : 'not-made'],
      text: words['where-why'],
    });

  return {
    changed,
    create,
    drill,
    restore,
    async overview() {
      const { failed, drill: last } = state();
      const folder = folderOf();
      return {
        folder,
        files: backupsIn(folder),
        hasPassphrase: (await o.passphrase.get().catch(() => null)) !== null,
        failed,
        drill: last,
      };
    },
    async setPassphrase(passphrase: string | null) {
      await o.passphrase.set(passphrase);
      changed.emit();
    },
    tick,
    start() {
      startedAt = o.clock.now();
      return o.clock.every(MINUTE, () => void tick());
    },
  };
}
