import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError, Cancelled } from '../kernel/errors.ts';
import type { TaskContext } from '../kernel/task.ts';
import type { Base, Statement } from '../store/index.ts';
import { MISSED_LOOKS } from './config.ts';
import { OFFICE_FOLDER_LIMIT } from './contract/knowledge.ts';
import { type FolderChanges, isSystemError } from './list-folder.ts';
import {
  deleteFile,
  documentExists,
  type FileRow,
  type FolderRow,
  hideDocument,
  type Problem,
  saveFile,
} from './queries.ts';
import { fileTooLarge } from './read-document.ts';

/** a file changed less than so many ms ago may be changed again within the same tick of its clock: it is read once more */
const SETTLED_MS = 3_000;
/** not a time any file has: the next look reads it again */
const UNSETTLED = -1;

/** The document a file becomes. Rejects with AppError when it cannot be one. */
export type TakeFile = (file: {
  /** the document it has been so far */
  readonly id: string | null;
  readonly folder: FolderRow;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly modifiedAt: number;
  readonly signal: AbortSignal;
}) => Promise<{ readonly id: string; readonly statements: readonly Statement[] }>;

/** Files of watched folders become documents, go on as them where they moved, and go when they stay away. */
export function createFolderFiles(
  o: Pick<Base, 'store' | 'clock'> & {
    readonly take: TakeFile;
    readonly stopping: AbortSignal;
  },
) {
  const { store, clock, stopping } = o;
  const { read } = store;

  /** One file as it is now: a document, or the reason why not. What it was before stays where it cannot be read. */
  const takeFile = async (
    folder: FolderRow,
    file: string,
    before: FileRow | undefined,
    signal: AbortSignal,
    moved: (hash: string) => FileRow | undefined,
  ): Promise<Statement[]> => {
    const whole = path.join(folder.path, file);
    let bytes: Uint8Array;
    let modifiedAt: number;
    let size: number;
    try {
      const seen = await stat(whole);
      size = seen.size;
      modifiedAt = Math.floor(seen.mtimeMs);
      if (size > OFFICE_FOLDER_LIMIT) bytes = new Uint8Array(0);
      else bytes = await readFile(whole, { signal: stopping });
    } catch (error) {
      if (stopping.aborted) throw new Cancelled('closing', { cause: error });
      if (!isSystemError(error)) throw error;
      const problem: Problem = {
        code: 'knowledge.file-unreadable',
        params: { name: file, detail: error.code ?? '' },
      };
      const kept = before ?? { path: file, size: 0, hash: '', documentId: null, missed: 0 };
      return [saveFile(folder.id, { ...kept, modifiedAt: UNSETTLED, problem })];
    }
    const row = {
      path: file,
      size,
      modifiedAt: Date.now() - modifiedAt < SETTLED_MS ? UNSETTLED : modifiedAt,
      missed: 0,
    };
    if (size > OFFICE_FOLDER_LIMIT) {
      const { code, params } = fileTooLarge(file, size, OFFICE_FOLDER_LIMIT);
      const problem: Problem = { code, params };
      return [...gone(before), saveFile(folder.id, { ...row, hash: '', documentId: null, problem })];
    }
    const hash = createHash('sha256').update(bytes).digest('hex');
    // touched, or read before it had settled: the same bytes
    if (
      before?.hash === hash &&
      (before.problem === null || before.problem.code !== 'knowledge.file-unreadable')
    )
      return [saveFile(folder.id, { ...before, ...row })];
    // a person removed it here: it stays removed
    if (before && before.documentId === null && before.problem === null)
      return [saveFile(folder.id, { ...before, ...row, hash })];
    const from = before ? undefined : moved(hash);
    try {
      const id = from?.documentId ?? before?.documentId ?? null;
      const made = await o.take({ id, folder, path: whole, bytes, modifiedAt, signal });
      return [
        ...made.statements,
        ...(from ? [deleteFile(folder.id, from.path)] : []),
        saveFile(folder.id, { ...row, hash, documentId: made.id, problem: null }),
      ];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, params } = error;
      return [
        ...gone(before),
        saveFile(folder.id, { ...row, hash, documentId: null, problem: { code, params } }),
      ];
    }
  };
  const gone = (row: FileRow | undefined): Statement[] =>
    row?.documentId && documentExists(read, row.documentId)
      ? [hideDocument(row.documentId, clock.now())]
      : [];

  /** Carries the changes over, file by file: a cancel or a kill leaves what was done, and the next look goes on. */
  const carryOver = async (
    folder: FolderRow,
    known: readonly FileRow[],
    { open, missing, back }: FolderChanges,
    { signal, progress }: TaskContext,
    isStopped: () => boolean,
  ): Promise<void> => {
    const byPath = new Map(known.map((row) => [row.path, row]));
    const movable = new Map(missing.filter((row) => row.documentId).map((row) => [row.hash, row]));
    const moved = new Set<string>();
    const total = open.length + missing.length;
    for (const [i, file] of open.entries()) {
      if (signal.aborted || isStopped()) throw new Cancelled('stopped');
      progress(i, total, folder.path);
      const statements = await takeFile(folder, file, byPath.get(file), signal, (hash) => {
        const from = movable.get(hash);
        if (from) {
          movable.delete(hash);
          moved.add(from.path);
        }
        return from;
      });
      await store.write(statements);
    }
    const left = missing.filter((row) => !moved.has(row.path));
    const statements = [
      ...left.flatMap((row) =>
        row.missed + 1 >= MISSED_LOOKS
          ? [...gone(row), deleteFile(folder.id, row.path)]
          : [saveFile(folder.id, { ...row, missed: row.missed + 1 })],
      ),
      ...back
        .filter((row) => !open.includes(row.path))
        .map((row) => saveFile(folder.id, { ...row, missed: 0 })),
    ];
    if (statements.length > 0) await store.write(statements);
    progress(total, total, folder.path);
  };

  return { carryOver };
}
