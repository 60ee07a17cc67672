import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Folder, OFFICE_FOLDER_LIMIT } from '../api/contract/knowledge.ts';
import type { Clock } from '../kernel/clock.ts';
import { AppError, Cancelled } from '../kernel/errors.ts';
import type { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import type { Log } from '../kernel/log.ts';
import { type TaskContext, type Tasks, Turns } from '../kernel/task.ts';
import type { Statement, Store } from '../store/index.ts';
import { KNOWLEDGE_LIMITS, MISSED_LOOKS } from './config.ts';
import {
  compareFolder,
  type FolderChanges,
  type FolderLook,
  isSystemError,
  listFolder,
} from './list-folder.ts';
import {
  deleteFile,
  deleteFolder,
  documentExists,
  type FileRow,
  type FolderRow,
  hideDocument,
  type Problem,
  saveFile,
  saveFolder,
  selectFiles,
  selectFolders,
} from './queries.ts';
import { fileTooLarge } from './read-document.ts';

/** a file changed less than so many ms ago may be changed again within the same tick of its clock: it is read once more */
const SETTLED_MS = 3_000;
/** not a time any file has: the next look reads it again */
const UNSETTLED = -1;
/** files that cannot be know-how shown of a folder */
const SHOWN = 20;
/** Whether a folder is another one or lies in it; a whole drive is a folder too. Windows takes upper and lower case for the same. */
export function liesIn(
  folder: string,
  other: string,
  { relative, isAbsolute, sep }: path.PlatformPath = path,
): boolean {
  const way = relative(other, folder);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export type FolderWatch = {
  folders(): Folder[];
  watch(folderPath: string, tags: readonly string[]): Promise<Folder>;
  scan(id: string): Promise<Folder>;
  scanAll(): Promise<void>;
  unwatch(id: string, documents: 'keep' | 'remove'): Promise<void>;
  close(): Promise<void>;
};
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

/** Folders of know-how, followed by looking: files added, changed, moved and deleted. A share that is away deletes nothing. */
export function createFolderWatch(o: {
  readonly store: Store;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly take: TakeFile;
  readonly changed: Emitter<void>;
}): FolderWatch {
  const { store, clock, log } = o;
  const { read } = store;
  const stopping = new AbortController();
  /** files of other kinds, from the last look */
  const others = new Map<string, number>();
  const stopped = new Set<string>();

  const rowOf = (id: string): FolderRow => {
    const row = selectFolders(read).find((folder) => folder.id === id);
    if (!row) throw new AppError('not-found', { what: id });
    return row;
  };
  const view = (row: FolderRow): Folder => {
    const files = selectFiles(read, row.id);
    return {
      id: row.id,
      path: row.path,
      tags: [...row.tags],
      addedAt: row.addedAt,
      scannedAt: row.scannedAt,
      state: row.state,
      problem: row.problem,
      documents: files.filter((file) => file.documentId !== null).length,
      otherFiles: others.get(row.id) ?? 0,
      refused: files
        .flatMap((file) => (file.problem ? [{ path: file.path, problem: file.problem }] : []))
        .slice(0, SHOWN),
    };
  };
  const keep = async (row: FolderRow): Promise<void> => {
    await store.write([saveFolder(row)]);
    o.changed.emit();
  };

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
      else bytes = await readFile(whole, { signal: stopping.signal });
    } catch (error) {
      if (stopping.signal.aborted) throw new Cancelled('closing', { cause: error });
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
  ): Promise<void> => {
    const byPath = new Map(known.map((row) => [row.path, row]));
    const movable = new Map(missing.filter((row) => row.documentId).map((row) => [row.hash, row]));
    const moved = new Set<string>();
    const total = open.length + missing.length;
    for (const [i, file] of open.entries()) {
      if (signal.aborted || stopped.has(folder.id)) throw new Cancelled('stopped');
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

  const scanNow = async (id: string): Promise<void> => {
    const folder = rowOf(id);
    const known = selectFiles(read, id);
    let look: FolderLook;
    try {
      look = await listFolder(folder.path, stopping.signal);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const problem: Problem = {
        code: 'knowledge.folder-unreachable',
        params: { path: folder.path, detail: error.code ?? '' },
      };
      if (folder.state !== 'unreachable') log.warn('a watched folder is away', { path: folder.path, error });
      if (stillThere(id)) await keep({ ...folder, state: 'unreachable', problem });
      return;
    }
    others.set(id, look.otherFiles);
    const scannedAt = clock.now();
    // the place where a share is mounted is an empty folder while the share is away
    if (look.files.size === 0 && known.length > 0) {
      const problem: Problem = {
        code: 'knowledge.folder-emptied',
        params: { path: folder.path, n: known.length },
      };
      if (stillThere(id)) await keep({ ...folder, scannedAt, state: 'emptied', problem });
      return;
    }
    const changes = compareFolder(known, look);
    const work = changes.open.length + changes.missing.length + changes.back.length;
    // a look that finds nothing new is no job worth showing
    if (work > 0)
      await o.tasks.run(
        'knowledge-folder',
        (context) => carryOver(folder, known, changes, context),
        stopping.signal,
      );
    const problem: Problem | null = look.cut
      ? { code: 'knowledge.folder-many', params: { path: folder.path, limit: KNOWLEDGE_LIMITS.files } }
      : null;
    if (stillThere(id)) await keep({ ...folder, scannedAt, state: 'watching', problem });
  };
  const stillThere = (id: string): boolean => selectFolders(read).some((folder) => folder.id === id);

  const turns = new Turns();
  const inTurn = turns.take;
  const scan = (id: string): Promise<void> => inTurn(() => scanNow(id));
  let scanningAll: Promise<void> | null = null;

  return {
    folders: () => selectFolders(read).map(view),
    async watch(given, tags) {
      const folderPath = path.resolve(given);
      const isFolder =
        path.isAbsolute(given) &&
        (await stat(folderPath)
          .then((found) => found.isDirectory())
          .catch(() => false));
      if (!isFolder) throw new AppError('knowledge.folder-path', { path: given });
      const known = selectFolders(read);
      const other = known.find((row) => liesIn(row.path, folderPath) || liesIn(folderPath, row.path));
      if (other) throw new AppError('knowledge.folder-known', { path: folderPath, known: other.path });
      if (known.length >= KNOWLEDGE_LIMITS.folders)
        throw new AppError('knowledge.too-many-folders', { limit: KNOWLEDGE_LIMITS.folders });
      const row: FolderRow = {
        id: newId(),
        path: folderPath,
        tags: [...new Set(tags)],
        addedAt: clock.now(),
        scannedAt: null,
        state: 'waiting',
        problem: null,
      };
      await keep(row);
      return view(row);
    },
    async scan(id) {
      rowOf(id);
      await scan(id);
      return view(rowOf(id));
    },
    scanAll() {
      scanningAll ??= (async () => {
        for (const { id } of selectFolders(read))
          if (stillThere(id))
            await scan(id).catch((error: unknown) => {
              if (!(error instanceof Cancelled)) log.error('look at a folder', error);
            });
      })().finally(() => {
        scanningAll = null;
      });
      return scanningAll;
    },
    async unwatch(id, documents) {
      rowOf(id);
      // a look under way ends at its next file
      stopped.add(id);
      await inTurn(async () => {
        await store.write(deleteFolder(id, documents === 'remove' ? clock.now() : null));
        others.delete(id);
      });
      stopped.delete(id);
      o.changed.emit();
    },
    async close() {
      stopping.abort(new Cancelled('closing'));
      await scanningAll;
      await turns.idle();
    },
  };
}
