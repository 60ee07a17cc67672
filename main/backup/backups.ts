import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  type BackupFile,
  type BackupManifest,
  type BackupSettings,
  Drill,
  isWhole,
} from '../api/contract/backup.ts';
import { ErrorData } from '../api/contract/common.ts';
import { HEAD_FILE, headOf } from '../approvals/index.ts';
import { type Clock, dateTimeIn } from '../kernel/clock.ts';
import { AppError, Cancelled, failureOf } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import type { Log } from '../kernel/log.ts';
import { moveSync } from '../kernel/move-file.ts';
import { makePrivateFolder } from '../kernel/private-folder.ts';
import type { TaskContext, Tasks } from '../kernel/task.ts';
import { usedFiles } from '../logs/index.ts';
import { checkDatabase, openReader, type Store, tryLock } from '../store/index.ts';
import { Changed, isSealedFile, type Kept, readArchive, writeArchive } from './archive.ts';
import { restoreBackup } from './restore.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** the computer has other things to do right after the start */
const FIRST_AFTER_MS = 10 * MINUTE;
/** what failed is tried again after */
const AGAIN_AFTER_MS = 60 * MINUTE;
/** Logs are merged and expire while they are read. */
const ATTEMPTS = 5;
const DATABASE = 'toride.db';
const STATE = 'backups.json';
const NAME = /^toride-(\d{8}-\d{6})(-\d+)?\.tar\.zst(\.sealed)?$/;
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

const State = z.object({
  madeAt: z.number().nullable(),
  failed: z.object({ at: z.number(), error: ErrorData }).nullable(),
  drill: Drill.nullable(),
});
type State = z.infer<typeof State>;

/** A restored copy, opened to look at what it holds. */
export type Opened = {
  readonly auditIntact: boolean;
  readonly lines: { readonly addsUp: boolean; readonly lines: number };
};
export type Backups = ReturnType<typeof createBackups>;

/** Backups of the data folder: made while it is in use, checked, kept so many, and restored for trial. */
export function createBackups(o: {
  readonly store: Store;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly zone: () => string;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly version: string;
  readonly settings: () => BackupSettings;
  readonly passphrase: { get(): Promise<string | null>; set(value: string | null): Promise<void> };
  readonly models: () => Promise<BackupManifest['models']>;
  /** false while there is nothing but the demo */
  readonly isWorth: () => boolean;
  readonly open: (dir: string) => Promise<Opened>;
  readonly notify: (n: {
    kind: 'engine';
    severity: 'watch' | 'danger';
    subject: null;
    title: { ja: string; en: string };
    text: { ja: string; en: string };
  }) => Promise<unknown>;
}) {
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
    writeFileSync(`${stateFile}.new`, JSON.stringify({ ...state(), ...change }), { mode: 0o600 });
    moveSync(`${stateFile}.new`, stateFile);
    changed.emit();
  };

  /** One at a time works in a folder; what one that was killed left there goes. */
  async function alone<T>(folder: string, work: (scratch: string) => Promise<T>): Promise<T> {
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

  /** Every file that belongs in a backup beside the database; log blocks as the copy of the database has them. */
  function listFiles(folder: string, blocks: readonly string[]): Kept[] {
    const kept: Kept[] = [];
    const walk = (under: string): void => {
      for (const entry of readdirSync(path.join(o.dataDir, under), { withFileTypes: true })) {
        const name = under ? `${under}/${entry.name}` : entry.name;
        const isOut = !under && (LEFT_OUT.has(name) || LEFT_OUT_ENDINGS.test(name));
        if (isOut || path.join(o.dataDir, name) === folder) continue;
        if (entry.isDirectory() && name !== 'log-blocks' && name !== 'log-segments') walk(name);
        else if (entry.isFile()) kept.push(fileAt(name));
      }
    };
    walk('');
    return [...kept, ...blocks.map(fileAt)];
  }
  const fileAt = (name: string): Kept => {
    const from = path.join(o.dataDir, name);
    const found = statSync(from, { throwIfNoEntry: false });
    if (!found) throw new Changed(name);
    return { path: name, from, size: found.size };
  };

  async function make(folder: string, passphrase: string | null, task: TaskContext): Promise<BackupFile> {
    return alone(folder, async (scratch) => {
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
            ...listFiles(folder, blocks),
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
          const file = path.join(folder, nameAt(folder, madeAt, passphrase !== null));
          moveSync(part, file);
          return { file, madeAt, bytes: statSync(file).size, encrypted: passphrase !== null };
        } catch (error) {
          const isGone = error instanceof Changed || (error as NodeJS.ErrnoException).code === 'ENOENT';
          if (!isGone || attempt === ATTEMPTS) throw error;
          log.info('a file changed while it was read: once more', error);
          for (const one of readdirSync(scratch)) rmSync(path.join(scratch, one), { force: true });
        }
      }
    });
  }
  function nameAt(folder: string, at: number, encrypted: boolean): string {
    const time = dateTimeIn(at, o.zone()).replaceAll(/[-:]/g, '').replace(' ', '-');
    const ending = encrypted ? '.tar.zst.sealed' : '.tar.zst';
    for (let i = 1; ; i++) {
      const name = `toride-${time}${i > 1 ? `-${i}` : ''}${ending}`;
      if (!existsSync(path.join(folder, name))) return name;
    }
  }

  const list = (folder: string): BackupFile[] =>
    namesIn(folder)
      .filter((name) => NAME.test(name))
      .map((name) => {
        const file = path.join(folder, name);
        const { mtimeMs, size } = statSync(file);
        return { file, madeAt: Math.round(mtimeMs), bytes: size, encrypted: name.endsWith('.sealed') };
      })
      .sort((a, b) => (a.file < b.file ? 1 : -1));

  async function create(
    given: { folder?: string | undefined; passphrase?: string | undefined } = {},
  ): Promise<BackupFile> {
    const folder = folderOf(given.folder);
    const { encrypt, keep } = o.settings();
    const passphrase = given.passphrase ?? (encrypt ? await o.passphrase.get() : null);
    if (encrypt && passphrase === null) throw new AppError('backup.passphrase');
    const made = await o.tasks.run('backup', (task) => make(folder, passphrase, task));
    // elsewhere somebody asked for one of their own
    if (folder === folderOf()) for (const old of list(folder).slice(keep)) rmSync(old.file, { force: true });
    keepState({ madeAt: made.madeAt, failed: null });
    return made;
  }

  function drill({ file, passphrase }: { file: string; passphrase?: string | undefined }): Promise<Drill> {
    return o.tasks.run('backup-drill', (task) =>
      alone(folderOf(), async (scratch) => {
        const began = performance.now();
        const checks: Drill['checks'] = [];
        const dir = path.join(scratch, 'data');
        const check = (what: Drill['checks'][number]['what'], ok: boolean, detail: string | null): void => {
          checks.push({ what, ok, detail });
        };
        task.about(path.basename(file));
        try {
          const isSealed = await isSealedFile(file);
          let done = 0;
          const manifest = await restoreBackup({
            file,
            dir,
            passphrase: isSealed ? (passphrase ?? (await o.passphrase.get())) : null,
            signal: task.signal,
            wrote: (bytes) => {
              done += bytes;
              task.progress(done, null, 'restore');
            },
          });
          check('files', true, String(manifest.files.length));
          task.progress(0, null, 'check');
          const damage = await checkDatabase(path.join(dir, DATABASE));
          check('database', damage === null, damage);
          const { auditIntact, lines } = await o.open(dir);
          check('audit', auditIntact, manifest.audit ? String(manifest.audit.seq) : null);
          check('lines', lines.addsUp, String(lines.lines));
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'backup.damaged') throw error;
          check('files', false, String(error.params['detail']));
        }
        const result = { file, at: o.clock.now(), ms: Math.round(performance.now() - began), checks };
        keepState({ drill: result });
        if (!isWhole(result)) log.warn('a restored backup is not whole', result);
        return result;
      }),
    );
  }

  /** Into another folder. @throws as `restoreBackup`, and `backup.inside` */
  function restore({
    file,
    dir,
    passphrase,
  }: {
    file: string;
    dir: string;
    passphrase?: string | undefined;
  }) {
    const to = path.resolve(dir);
    const inside = path.relative(path.resolve(o.dataDir), to);
    if (!inside.startsWith('..') && !path.isAbsolute(inside))
      throw new AppError('backup.inside', { dir: to });
    return o.tasks.run('backup-restore', async (task) => {
      task.about(path.basename(file));
      let done = 0;
      const manifest = await restoreBackup({
        file: path.resolve(file),
        dir: to,
        passphrase: (await isSealedFile(file)) ? (passphrase ?? (await o.passphrase.get())) : null,
        signal: task.signal,
        wrote: (bytes) => {
          done += bytes;
          task.progress(done, null, 'restore');
        },
      });
      return { dir: to, files: manifest.files.length, models: manifest.models.map((model) => model.name) };
    });
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
  const tell = (isDamage: boolean): Promise<unknown> =>
    o.notify({
      kind: 'engine',
      severity: isDamage ? 'danger' : 'watch',
      subject: null,
      title: isDamage
        ? { ja: 'データファイルが壊れています', en: 'The data file is damaged' }
        : { ja: 'バックアップできませんでした', en: 'The backup was not made' },
      text: {
        ja: '理由と対処は 設定 → バックアップ にあります。',
        en: 'Settings → Backup says why, and what to do.',
      },
    });

  return {
    changed,
    create,
    drill,
    restore,
    async overview() {
      const { failed, drill: last } = state();
      const folder = folderOf();
      return { folder, files: list(folder), hasPassphrase: (await kept()) !== null, failed, drill: last };
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
  function kept(): Promise<string | null> {
    return o.passphrase.get().catch(() => null);
  }
}

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
