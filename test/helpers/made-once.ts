// What many specifications begin with is made once in a run, by whichever of them asks first, and copied by the others.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TEST_MS } from '../limits.ts';

/** One folder for all processes of a run (vitest.config.ts makes it); a process of its own makes its own. */
function runFolder(): string {
  const shared = process.env['TORIDE_TEST_RUN'];
  if (shared !== undefined) return shared;
  const own = mkdtempSync(path.join(os.tmpdir(), 'toride-run-'));
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  process.env['TORIDE_TEST_RUN'] = own;
  return own;
}

/** Copies the folder of this name to `to`. The first in a run to ask has it made by `make`; others wait for that. */
export async function copyMadeOnce(
  name: string,
  to: string,
  make: (dir: string) => Promise<void>,
): Promise<void> {
  const made = path.join(runFolder(), name);
  const taken = `${made}.making`;
  const until = Date.now() + TEST_MS;
  while (!existsSync(made)) {
    if (Date.now() > until) throw new Error(`${name} was not made within ${TEST_MS} ms`);
    if (mkdirSync(taken, { recursive: true }) === undefined) await delay(100);
    else
      try {
        if (existsSync(made)) break;
        const dir = path.join(taken, 'folder');
        await make(dir);
        // complete as soon as it can be seen
        renameSync(dir, made);
      } finally {
        rmSync(taken, { recursive: true, force: true });
      }
  }
  cpSync(made, to, { recursive: true });
}
