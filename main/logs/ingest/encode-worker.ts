// Packs records into blocks beside the ingest thread, which makes the next batch meanwhile. Keeps nothing.
import { parentPort } from 'node:worker_threads';
import type { EncodedSegment } from '../pipeline-types.ts';
import { encodePacked } from '../segments/encode-segment.ts';
import type { PackedRecords } from '../segments/packed-records.ts';

export type EncodeJob = {
  readonly sourceId: string;
  readonly partition: string;
  readonly encoding: string;
  readonly records: PackedRecords;
};
export type EncodeReply =
  | { readonly segments: readonly EncodedSegment[]; readonly error: null }
  | { readonly segments: null; readonly error: string };

const port = parentPort;
if (!port) throw new Error('encode-worker runs as a worker thread');
port.on('message', (jobs: readonly EncodeJob[]) => {
  try {
    const segments = jobs.map(encodePacked);
    port.postMessage({ segments, error: null } satisfies EncodeReply);
  } catch (thrown) {
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    port.postMessage({ segments: null, error } satisfies EncodeReply);
  }
});
