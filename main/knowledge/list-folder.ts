import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfAborted } from '../kernel/task.ts';
import { KNOWLEDGE_LIMITS } from './config.ts';
import type { FileRow } from './queries.ts';
import { isLookedInto } from './take-file.ts';

export type SeenFile = { readonly size: number; readonly modifiedAt: number };
export type FolderLook = {
  /** by their way below the folder, parted by `/` */
  readonly files: ReadonlyMap<string, SeenFile>;
  /** files of kinds that hold no words */
  readonly otherFiles: number;
  /** folders below that could not be read: what was in them is not known to be gone */
  readonly unread: readonly string[];
  /** there are more files than are looked at */
  readonly cut: boolean;
};
/** what editors and systems leave beside a document */
const ASIDE = /^(?:\.|~\$|~WRL|Thumbs\.db$|desktop\.ini$)|\.(?:tmp|bak|swp)$|~$/i;

/**
 * The files of a folder and of those below, one call to the system at a time: a share that hangs holds up one thread only.
 * Links are not followed. Rejects with the system's error when the folder itself cannot be read.
 */
export async function listFolder(root: string, signal: AbortSignal): Promise<FolderLook> {
  const files = new Map<string, SeenFile>();
  const unread: string[] = [];
  let otherFiles = 0;
  let cut = false;
  const walk = async (below: string, depth: number): Promise<void> => {
    throwIfAborted(signal);
    const entries = await readdir(path.join(root, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const own = below === '' ? entry.name : `${below}/${entry.name}`;
      if (ASIDE.test(entry.name)) continue;
      if (entry.isDirectory()) {
        if (depth >= KNOWLEDGE_LIMITS.depth) continue;
        await walk(own, depth + 1).catch((error: unknown) => {
          throwIfAborted(signal);
          if (!isSystemError(error)) throw error;
          unread.push(own);
        });
      } else if (entry.isFile()) {
        if (!isLookedInto(entry.name)) otherFiles++;
        else if (files.size >= KNOWLEDGE_LIMITS.files) cut = true;
        else {
          throwIfAborted(signal);
          const seen = await stat(path.join(root, own)).catch((error: unknown) => {
            if (!isSystemError(error)) throw error;
            unread.push(own);
            return null;
          });
          if (seen) files.set(own, { size: seen.size, modifiedAt: Math.floor(seen.mtimeMs) });
        }
      }
    }
  };
  await walk('', 1);
  return { files, otherFiles, unread, cut };
}

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string';

export type FolderChanges = {
  /** to be read: new, or of another size or time than when they were read */
  readonly open: readonly string[];
  /** not there, and known to be gone rather than out of sight */
  readonly missing: readonly FileRow[];
  /** there again after a look that missed them */
  readonly back: readonly FileRow[];
};
/** What a look shows against what is known. */
export function compareFolder(known: readonly FileRow[], look: FolderLook): FolderChanges {
  const byPath = new Map(known.map((row) => [row.path, row]));
  const isHidden = (file: string): boolean =>
    look.cut || look.unread.some((gone) => file === gone || file.startsWith(`${gone}/`));
  return {
    open: [...look.files].flatMap(([file, seen]) => {
      const row = byPath.get(file);
      return row && row.size === seen.size && row.modifiedAt === seen.modifiedAt ? [] : [file];
    }),
    missing: known.filter((row) => !look.files.has(row.path) && !isHidden(row.path)),
    back: known.filter((row) => row.missed > 0 && look.files.has(row.path)),
  };
}
