// On Windows a file that another program has open just then (a virus scanner, a backup, the indexer) cannot be moved or replaced.
import { renameSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const HELD: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** ms between the tries: a small file is let go of within milliseconds */
const SHORT = [5, 10, 20, 40, 80, 160, 320];
/** a model of gigabytes when it has been scanned to its end */
const LONG = [...SHORT, 640, 1280, 2560, 5120, 10_240];

/** Whether the system refused because the file is in use; it says the same where something is forbidden for good. */
export const isHeld = (thrown: unknown): boolean =>
  HELD.has((thrown as { readonly code?: unknown } | null)?.code);

/** Moves a small file, taking the place of what is there; waits for who holds one of the two, most of a second. @throws as `rename` does */
export function moveSync(
  from: string,
  to: string,
  move: (from: string, to: string) => void = renameSync,
): void {
  for (const ms of SHORT)
    try {
      move(from, to);
      return;
    } catch (thrown) {
      if (!isHeld(thrown)) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    }
  move(from, to);
}

/** The same for a file or folder of any size: waits up to twenty seconds. */
export async function moveAnything(
  from: string,
  to: string,
  move: (from: string, to: string) => Promise<void> = rename,
): Promise<void> {
  for (const ms of LONG)
    try {
      return await move(from, to);
    } catch (thrown) {
      if (!isHeld(thrown)) throw thrown;
      await pause(ms);
    }
  await move(from, to);
}

/** Replaces a file, readable by this user alone. A crash leaves the old content or the new one. */
export function replaceFile(file: string, text: string): void {
  // another process may write the same file
  const next = `${file}.${process.pid}.new`;
  writeFileSync(next, text, { mode: 0o600, flush: true });
  moveSync(next, file);
}
