// Packs records into blocks beside the ingest thread, which makes the next batch meanwhile. Keeps nothing.
import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../../store/index.ts';
import { type EncodedBlock, encodeBlock } from '../store/encode-block.ts';
import type { LogRecord } from '../store/records.ts';
import { readTail } from '../store/tail.ts';

export type EncodeJob =
  | {
      readonly kind: 'records';
      readonly sourceId: string;
      readonly encoding: string;
      readonly parts: readonly (readonly LogRecord[])[];
    }
  /** the oldest lines of a tail, so many at most */
  | { readonly kind: 'tail'; readonly sourceId: string; readonly most: number };
export type Encoded = { readonly block: EncodedBlock; readonly encoding: string };
export type EncodeReply =
  | { readonly blocks: readonly Encoded[]; readonly error: null }
  | { readonly blocks: null; readonly error: string };

const port = parentPort;
if (!port) throw new Error('encode-worker runs as a worker thread');
const { storeFile } = workerData as { storeFile: string };
const read = openReader(storeFile);

function encode(job: EncodeJob): Encoded[] {
  const { sourceId } = job;
  if (job.kind === 'records') {
    const { encoding } = job;
    return job.parts.map((records) => ({ encoding, block: encodeBlock({ sourceId, encoding, records }) }));
  }
  const rows = readTail(read, { sourceId, most: job.most });
  const [first] = rows;
  if (!first) return [];
  const { encoding } = first;
  const records = rows.filter((row) => row.encoding === encoding).map((row) => row.record);
  return [{ encoding, block: encodeBlock({ sourceId, encoding, records }) }];
}

port.on('message', (job: EncodeJob) => {
  try {
    port.postMessage({ blocks: encode(job), error: null } satisfies EncodeReply);
  } catch (thrown) {
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    port.postMessage({ blocks: null, error } satisfies EncodeReply);
  }
});
