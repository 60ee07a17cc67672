import { Buffer } from 'node:buffer';
import { closeSync } from 'node:fs';
import { entryFile, startWorker, Thread } from '../../../kernel/thread.ts';
import type { UnxzCalls } from './unxz-worker.ts';

/**
 * What an xz holds, unpacked in a thread that lives as long as it is read.
 * @param fd closed with the stream
 */
export function unxz(fd: number): { readonly chunks: AsyncIterator<Buffer>; close(): void } {
  const thread = new Thread<UnxzCalls>(
    startWorker(entryFile(import.meta.url, 'unxz-worker', 'log-unxz'), { workerData: { fd } }),
  );
  let isClosed = false;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    void thread.stop().finally(() => closeSync(fd));
  };
  const chunks = async function* (): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const next = await thread.call('next', null);
        if ('broken' in next) throw new Error(next.broken);
        if (next.bytes === null) return;
        yield Buffer.from(next.bytes.buffer, next.bytes.byteOffset, next.bytes.byteLength);
      }
    } finally {
      close();
    }
  };
  return { chunks: chunks(), close };
}
