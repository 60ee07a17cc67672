import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError, Cancelled } from '../kernel/errors.ts';
import type { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { Turns } from '../kernel/task.ts';
import type { Base } from '../store/index.ts';
import { KNOWLEDGE_LIMITS } from './config.ts';
import type { Folder } from './contract/knowledge.ts';
import { createFolderFiles, type TakeFile } from './folder-files.ts';
import { compareFolder, type FolderLook, isSystemError, listFolder } from './list-folder.ts';
import {
  deleteFolder,
  type FolderRow,
  type Problem,
  saveFolder,
  selectFiles,
  selectFolders,
} from './queries.ts';

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
/** Folders of know-how, followed by looking: files added, changed, moved and deleted. A share that is away deletes nothing. */
export function createFolderWatch(
  o: Pick<Base, 'store' | 'clock' | 'tasks' | 'log'> & {
    readonly take: TakeFile;
    readonly changed: Emitter<void>;
  },
): FolderWatch {
  const { store, clock, log } = o;
  const { read } = store;
  const stopping = new AbortController();
  /** files of other kinds, from the last look */
  const others = new Map<string, number>();
  const stopped = new Set<string>();
  const files = createFolderFiles({ store, clock, take: o.take, stopping: stopping.signal });

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
    await store.write([saveFolder(row)], row);
    o.changed.emit();
  };

  /** What a look at it brings; its files are taken over on the way. */
  const lookAt = async (folder: FolderRow): Promise<Partial<FolderRow>> => {
    const known = selectFiles(read, folder.id);
    let look: FolderLook;
    try {
      look = await listFolder(folder.path, stopping.signal);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (folder.state !== 'unreachable') log.warn('a watched folder is away', { path: folder.path, error });
      const params = { path: folder.path, detail: error.code ?? '' };
      return { state: 'unreachable', problem: { code: 'knowledge.folder-unreachable', params } };
    }
    others.set(folder.id, look.otherFiles);
    const scannedAt = clock.now();
    // the place where a share is mounted is an empty folder while the share is away
    if (look.files.size === 0 && known.length > 0) {
      const params = { path: folder.path, n: known.length };
      return { scannedAt, state: 'emptied', problem: { code: 'knowledge.folder-emptied', params } };
    }
    const changes = compareFolder(known, look);
    const work = changes.open.length + changes.missing.length + changes.back.length;
    // a look that finds nothing new is no job worth showing
    if (work > 0)
      await o.tasks.run(
        'knowledge-folder',
        (context) => files.carryOver(folder, known, changes, context, () => stopped.has(folder.id)),
        stopping.signal,
      );
    const params = { path: folder.path, limit: KNOWLEDGE_LIMITS.files };
    const problem: Problem | null = look.cut ? { code: 'knowledge.folder-many', params } : null;
    return { scannedAt, state: 'watching', problem };
  };
  const scanNow = async (id: string): Promise<void> => {
    const folder = rowOf(id);
    const found = await lookAt(folder);
    if (stillThere(id)) await keep({ ...folder, ...found });
  };
  const stillThere = (id: string): boolean => selectFolders(read).some((folder) => folder.id === id);

  const turns = new Turns();
  const scan = (id: string): Promise<void> => turns.take(() => scanNow(id));
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
      await turns.take(async () => {
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
