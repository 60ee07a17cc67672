import { AppError } from '../../../kernel/errors.ts';
import { delay } from '../../../kernel/task.ts';

/** How long a full disk is left alone before the next try. */
const FULL_MS = 1000;
/** Of the system and, as `store.full`, of the store. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'store.full']);

/**
 * Again until the disk has room for it, saying so each time. Whatever else is in the way is thrown.
 * @throws `logs.unwritable`, AppErrors of `write` as they are; Cancelled when `signal` asks for it while the disk is full
 */
export async function untilRoom<T>(
  o: {
    readonly dir: string;
    readonly signal?: AbortSignal | undefined;
    readonly waits: (why: AppError) => void;
  },
  write: () => T | Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (cause) {
      const { code } = cause as { code?: string };
      if (code === undefined || !FULL.has(code)) {
        if (cause instanceof AppError) throw cause;
        throw new AppError('logs.unwritable', { file: o.dir, detail: code ?? String(cause) }, { cause });
      }
      o.waits(new AppError('store.full', {}, { cause }));
      await delay(FULL_MS, o.signal);
    }
  }
}
