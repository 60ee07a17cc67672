/** The files of a folder that are logs. */
import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { isLogName, isLogText, LOG_LOOK_BYTES } from '../contract/files.ts';
import { unreadable } from './plain-file.ts';
import { bytesAt } from './print.ts';

const MAX_FILES = 20_000;

export type Found = {
  readonly name: string;
  readonly file: string;
  readonly size: number;
  readonly inode: string;
  readonly changedAt: number;
};

/**
 * Every log in a folder and in those below it, by its place with forward slashes, the oldest first; and the folders that cannot be
 * looked into. No link to a folder is followed.
 * @param matches asked of a file's name, without its folder
 * @param looksInside what is not called as logs are is looked into
 */
export function logsBelow(
  dir: string,
  matches: (name: string) => boolean = () => true,
  looksInside = true,
): {
  readonly found: readonly Found[];
  readonly unread: readonly { readonly name: string; readonly why: unknown }[];
} {
  const found: Found[] = [];
  const unread: { readonly name: string; readonly why: unknown }[] = [];
  const queue = [''];
  for (let at = queue.shift(); at !== undefined && found.length < MAX_FILES; at = queue.shift()) {
    const here = path.join(dir, at);
    const placeOf = (name: string): string => (at === '' ? name : `${at}/${name}`);
    try {
      const entries = readdirSync(here, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
      const names = entries.map(({ name }) => name).filter(matches);
      for (const file of logsAmong(here, names, looksInside))
        found.push({ ...file, name: placeOf(file.name) });
      for (const entry of entries) if (entry.isDirectory()) queue.push(placeOf(entry.name));
    } catch (why) {
      unread.push({ name: at, why: unreadable(here, why) });
    }
  }
  return { found: found.slice(0, MAX_FILES).sort(byAge), unread };
}
/** Those of these files in a folder that are logs. */
function logsAmong(dir: string, names: readonly string[], looksInside: boolean): Found[] {
  const found: Found[] = [];
  for (const name of names) {
    const file = path.join(dir, name);
    const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    if (looksInside && !looksLikeText(file)) continue;
    found.push({
      name,
      file,
      size: Number(stat.size),
      inode: String(stat.ino),
      changedAt: Number(stat.mtimeMs),
    });
    if (found.length >= MAX_FILES) break;
  }
  return found.sort(byAge);
}
/** The oldest first: rotated files before those that follow them. */
const byAge = (a: Found, b: Found): number => a.changedAt - b.changedAt || (a.name < b.name ? -1 : 1);
function looksLikeText(file: string): boolean {
  if (isLogName(path.basename(file))) return true;
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return true; // reading says why it cannot be read
  }
  try {
    return isLogText(bytesAt(fd, 0, LOG_LOOK_BYTES));
  } finally {
    closeSync(fd);
  }
}
