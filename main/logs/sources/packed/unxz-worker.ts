// Unpacks one xz in a thread of its own: the library reads one stream at a time, and lets every other one wait until that has ended.
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { workerData } from 'node:worker_threads';
import xz from 'xz-decompress';
import { serveThread } from '../../../kernel/thread.ts';

/** the next bytes, null at the end; or why there are none */
export type UnxzCalls = {
  next: { in: null; out: { readonly bytes: Uint8Array | null } | { readonly broken: string } };
};
/** Enough that crossing to another thread does not count. */
const PIECE_BYTES = 1 << 19;
/** What the library's numbers mean. */
const WHY: Readonly<Record<string, string>> = {
  4: 'needs too much memory',
  5: 'no xz',
  6: 'packed with an option that is not read here (a filter, or SHA-256 as checksum)',
  7: 'broken data',
  8: 'cut off',
};

const { fd } = workerData as { fd: number };
const packed = Readable.toWeb(createReadStream('', { fd, autoClose: false })) as ReadableStream<Uint8Array>;
const chunks = new xz.XzReadableStream(packed)[Symbol.asyncIterator]();
let failed: string | null = null;

serveThread<UnxzCalls>({
  async next() {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    try {
      while (failed === null && bytes < PIECE_BYTES) {
        const { value, done } = await chunks.next();
        if (done) break;
        pieces.push(value);
        bytes += value.length;
      }
    } catch (thrown) {
      const number = /error code (\d+)$/.exec(String(thrown))?.[1] ?? '';
      failed = WHY[number] ?? String(thrown);
    }
    // what came before it broke counts
    if (bytes === 0 && failed !== null) return { broken: failed };
    return { bytes: bytes === 0 ? null : Buffer.concat(pieces) };
  },
});
