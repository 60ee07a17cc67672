import { chmodSync, createWriteStream, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';
import { makePrivateFolder } from '../kernel/private-folder.ts';
import { type CheckedUpdate, readUpdate } from './update-file.ts';

export type Updates = ReturnType<typeof createUpdates>;

/** Signed updates: looked at, and taken after a backup. */
export function createUpdates(o: {
  readonly dataDir: string;
  readonly version: string;
  readonly platform?: string;
  /** undefined: no policy names one, and no update is believed */
  readonly updateKey: string | undefined;
  readonly backup: () => Promise<{ readonly file: string }>;
}) {
  const platform = o.platform ?? `${process.platform}-${process.arch}`;
  const asked = (file: string): Parameters<typeof readUpdate>[0] => {
    if (o.updateKey === undefined) throw new AppError('update.no-key');
    return { file: path.resolve(file), updateKey: o.updateKey, current: o.version, platform };
  };
  return {
    check: async (file: string): Promise<CheckedUpdate> => readUpdate(asked(file)),
    /** A backup, then the installer beside the data, whole or not at all. */
    async take(
      file: string,
    ): Promise<CheckedUpdate & { readonly installer: string; readonly backup: string }> {
      const known = await readUpdate(asked(file));
      const backup = await o.backup();
      const folder = path.join(o.dataDir, 'updates');
      makePrivateFolder(folder);
      const installer = path.join(folder, known.name);
      const part = `${installer}.new`;
      try {
        const head = await readUpdate({
          ...asked(file),
          write: (body) =>
            pipeline(Readable.from(body), createWriteStream(part, { mode: 0o600, flush: true })),
        });
        chmodSync(part, 0o700);
        moveSync(part, installer);
        return { ...head, installer, backup: backup.file };
      } finally {
        rmSync(part, { force: true });
      }
    },
  };
}
