import type { UtilityProcess } from 'electron';

const TERM_MS = 1_000;
const KILL_MS = 1_000;

/** Ends a process: asks the system to, then forces it. Resolves when it has gone, after two seconds at most. */
export async function endProcess(child: UtilityProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return; // it has gone, or never came
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const within = (ms: number): Promise<boolean> =>
    Promise.race([
      gone.then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms)),
    ]);
  child.kill();
  if (await within(TERM_MS)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // it went in between
  }
  await within(KILL_MS);
}
