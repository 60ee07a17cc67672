import { chmodSync, createReadStream, createWriteStream, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';
import { makePrivateFolder } from '../kernel/private-folder.ts';
import { type CheckedUpdate, readUpdate } from './update-file.ts';
import { installerFolder } from './versions.ts';

export type Updates = ReturnType<typeof createUpdates>;

/** Signed updates: looked at, and taken after a backup. */
export function createUpdates(o: {
  readonly dataDir: string;
  readonly version: string;
  readonly platform?: string;
  /** undefined: no policy names one, and no update is believed */
  readonly updateKey: string | undefined;
  readonly backup: () => Promise<{ readonly file: string }>;
  /** this app as one file (an AppImage), kept for the way back */
  readonly app?: string | undefined;
}) {
  const platform = o.platform ?? `${process.platform}-${process.arch}`;
  const asked = (file: string): Parameters<typeof readUpdate>[0] => {
    if (o.updateKey === undefined) throw new AppError('update.no-key');
    return { file: path.resolve(file), updateKey: o.updateKey, current: o.version, platform };
  };
  return {
    check: async (file: string): Promise<CheckedUpdate> => readUpdate(asked(file)),
    /** A backup, then the installer beside the data, whole or not at all; with that of this version, and no others. */
    async take(
      file: string,
    ): Promise<CheckedUpdate & { readonly installer: string; readonly backup: string }> {
      const known = await readUpdate(asked(file));
      const backup = await o.backup();
      const installer = path.join(installerFolder(o.dataDir, known.version), known.name);
      const head = await keepWhole(installer, (to) =>
        readUpdate({ ...asked(file), write: (body) => pipeline(Readable.from(body), to()) }),
      );
      const own = o.app !== undefined && existsSync(o.app) ? o.app : null;
      if (own)
        await keepWhole(path.join(installerFolder(o.dataDir, o.version), path.basename(own)), (to) =>
          pipeline(createReadStream(own), to()),
        );
      const folder = path.join(o.dataDir, 'updates');
      for (const name of readdirSync(folder))
        if (name !== known.version && name !== o.version)
          rmSync(path.join(folder, name), { recursive: true, force: true });
      return { ...head, installer, backup: backup.file };
    },
  };
}

/** An installer under its name once it was written whole, executable. */
async function keepWhole<T>(
  installer: string,
  write: (to: () => ReturnType<typeof createWriteStream>) => Promise<T>,
): Promise<T> {
  makePrivateFolder(path.dirname(installer));
  const part = `${installer}.new`;
  try {
    const written = await write(() => createWriteStream(part, { mode: 0o600, flush: true }));
    chmodSync(part, 0o700);
    moveSync(part, installer);
    return written;
  } finally {
    rmSync(part, { force: true });
  }
}
