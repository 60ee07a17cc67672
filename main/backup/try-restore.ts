import path from 'node:path';
import { AppError } from '../kernel/errors.ts';
import type { TaskContext } from '../kernel/task.ts';
import { checkDatabase } from '../store/index.ts';
import { isSealedFile } from './archive.ts';
import type { BackupManifest, Drill } from './contract/backup.ts';
import { DATABASE } from './make-backup.ts';
import { restoreBackup } from './restore.ts';

/** What is restored, and where the kept passphrase is when none is given. */
export type Restoring = {
  readonly file: string;
  readonly dir: string;
  readonly passphrase: string | undefined;
  readonly kept: () => Promise<string | null>;
};
/** A restored copy, opened to look at what it holds. */
export type Opened = {
  readonly services: {
    readonly approvals: { audit(limit: number): { readonly intact: boolean } };
    readonly logs: { accounting(): { readonly addsUp: boolean; readonly lines: number } };
  };
  close(): Promise<void>;
};

/** As `restoreBackup`, a task of the jobs page. */
export async function restoreInTask(
  { file, dir, ...o }: Restoring,
  task: TaskContext,
): Promise<BackupManifest> {
  task.about(path.basename(file));
  let done = 0;
  return restoreBackup({
    file,
    dir,
    passphrase: (await isSealedFile(file)) ? (o.passphrase ?? (await o.kept())) : null,
    signal: task.signal,
    wrote: (bytes) => {
      done += bytes;
      task.progress(done, null, 'restore');
    },
  });
}

/** Restores for trial, and says what of it is whole. */
export async function tryRestore(
  o: Restoring & { readonly now: number; readonly open: (dir: string) => Promise<Opened> },
  task: TaskContext,
): Promise<Drill> {
  const began = performance.now();
  const checks: Drill['checks'] = [];
  const check = (what: Drill['checks'][number]['what'], ok: boolean, detail: string | null): void => {
    checks.push({ what, ok, detail });
  };
  try {
    const manifest = await restoreInTask(o, task);
    check('files', true, String(manifest.files.length));
    task.progress(0, null, 'check');
    const damage = await checkDatabase(path.join(o.dir, DATABASE));
    check('database', damage === null, damage);
    const { services, close } = await o.open(o.dir);
    const auditIntact = services.approvals.audit(1).intact;
    const lines = services.logs.accounting();
    await close();
    check('audit', auditIntact, manifest.audit ? String(manifest.audit.seq) : null);
    check('lines', lines.addsUp, String(lines.lines));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'backup.damaged') throw error;
    check('files', false, String(error.params['detail']));
  }
  return { file: o.file, at: o.now, ms: Math.round(performance.now() - began), checks };
}
