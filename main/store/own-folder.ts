import path from 'node:path';
import { AppError } from '../kernel/errors.ts';
import { delay } from '../kernel/task.ts';
import { tryLock } from './connection.ts';
import { openStore, type Store, type StoreOptions } from './store.ts';

/** One that was just closed may still be writing its last. */
const WAIT_MS = 3_000;
const LOOK_MS = 100;

/**
 * Makes this process the one that does what is due by the clock (sync, alerts, the night's report): two would do it twice. The
 * system lets go of it when the process ends, however it ends.
 * @throws `data.in-use` while another process has it
 */
export async function ownFolder(dataDir: string): Promise<{ release(): void }> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const lock = tryLock(path.join(dataDir, 'engine.lock'));
    if (lock) return lock;
    if (waited >= WAIT_MS) throw new AppError('data.in-use', { dir: dataDir });
    await delay(LOOK_MS);
  }
}

/**
 * The store of a folder that is this process's own, from before it is opened until it is closed.
 * @param owns called once the folder is this process's own, before the store is opened
 */
export async function openOwnStore(
  dataDir: string,
  { owns, ...o }: StoreOptions & { readonly owns?: () => void } = {},
): Promise<Store> {
  // first: what another version does to the store must not happen below a running one
  const owned = await ownFolder(dataDir);
  try {
    owns?.();
    const store = await openStore(dataDir, o);
    const close = async (): Promise<void> => {
      await store.close();
      owned.release();
    };
    return { ...store, close };
  } catch (thrown) {
    owned.release();
    throw thrown;
  }
}
