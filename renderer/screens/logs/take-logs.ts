/** What was dropped or picked, as logs: by its path where the shell knows it, else as files to be sent. */
import { isLogName, isLogText, LOG_LOOK_BYTES } from '../../../main/logs/contract/files.ts';
import { filesBelow, isFolder, type PlacedFile, readDrop } from '../../dropped-entries.ts';
import { pathsOf } from '../../shell-bridge.ts';
import type { Gathered, GivenLog } from '../../stores/log-uploads.ts';

/** of one folder; the way on is to follow it by its path */
const MAX_FILES = 5000;

/** To be called within the event. */
export function takeDropped(data: DataTransfer): GivenLog[] {
  const { files, entries } = readDrop(data);
  const paths = pathsOf(files);
  if (paths) return files.map((file, i) => byPath(file.name, paths[i] ?? ''));
  if (entries.length === 0) return takePicked(files);
  return entries.map((entry) => ({
    name: entry.name,
    isFolder: isFolder(entry),
    path: null,
    gather: async (signal) => {
      const { files: found, unread, hasMore } = await filesBelow(entry, MAX_FILES, signal);
      return choose(found, unread, hasMore, signal);
    },
  }));
}
export function takePicked(files: readonly File[]): GivenLog[] {
  const paths = pathsOf(files);
  if (paths) return files.map((file, i) => byPath(file.name, paths[i] ?? ''));
  return files.map((file) => ({
    name: file.name,
    isFolder: false,
    path: null,
    gather: (signal) => choose([{ place: file.name, file }], [], false, signal),
  }));
}
const byPath = (name: string, path: string): GivenLog => ({
  name,
  isFolder: false,
  path,
  gather: () => Promise.reject(new Error('what has a path is not sent')),
});

/** Logs apart from what is empty or no text. Every file is looked into, so that one that cannot be read is known before it is sent. */
async function choose(
  found: readonly PlacedFile[],
  unreadBefore: readonly string[],
  hasMore: boolean,
  signal: AbortSignal,
): Promise<Gathered> {
  const files: PlacedFile[] = [];
  const [notLogs, empty, unread]: [string[], string[], string[]] = [[], [], [...unreadBefore]];
  for (const placed of found) {
    signal.throwIfAborted();
    const { place, file } = placed;
    if (file.size === 0) empty.push(place);
    else {
      const head = await file
        .slice(0, LOG_LOOK_BYTES)
        .arrayBuffer()
        .catch(() => null);
      if (head === null && !placed.again) unread.push(place);
      else if (head === null || isLogName(file.name) || isLogText(new Uint8Array(head))) files.push(placed);
      else notLogs.push(place);
    }
  }
  return { files, leftOut: { notLogs, empty, unread, beyond: hasMore ? MAX_FILES : null } };
}
