import { rmSync } from 'node:fs';
import { isHeld } from '../../kernel/move-file.ts';

/** Removes a file or a folder with what is in it. False: some process has it open still (on Windows); another time, then. */
export function takeAway(at: string): boolean {
  try {
    rmSync(at, { recursive: true, force: true });
    return true;
  } catch (cause) {
    if (isHeld(cause) || (cause as { code?: string }).code === 'ENOTEMPTY') return false;
    throw cause;
  }
}
