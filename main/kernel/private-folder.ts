import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from './errors.ts';

/**
 * Makes the folder and those above it, for this user alone; one that is there already is made private only while it is empty, since what
 * else it holds may be meant for others.
 * Level by level: where a folder cannot be made at all (`/proc/x`), Node's `recursive` tries for ever.
 * @throws `data.locked` with what the system said
 */
export function makePrivateFolder(dir: string): void {
  try {
    makeLevel(path.resolve(dir));
    if (readdirSync(dir).length === 0) chmodSync(dir, 0o700);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== 'EPERM') throw new AppError('data.locked', { dir }, { cause });
  }
}

function makeLevel(dir: string): void {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return;
  const above = path.dirname(dir);
  if (above !== dir) makeLevel(above);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (cause) {
    // made meanwhile by another process
    if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw cause;
  }
}
