import { readFileSync } from 'node:fs';

/** Whether a process is there; one that has ended and only waits for its parent to notice is not. Linux. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
