// Packs records into blocks beside the ingest thread, which makes the next batch meanwhile. Keeps nothing.
import { workerData } from 'node:worker_threads';
import { serveThread } from '../../kernel/thread.ts';
import { openReader } from '../../store/index.ts';
import { type EncodedBlock, encodeBlock } from '../store/encode-block.ts';
import type { LogRecord } from '../store/records.ts';
import { readTail } from '../store/tail.ts';

export type Encoded = { readonly block: EncodedBlock; readonly encoding: string };
export type EncodeCalls = {
  records: {
    in: {
      readonly sourceId: string;
      readonly encoding: string;
      readonly parts: readonly (readonly LogRecord[])[];
    };
    out: readonly Encoded[];
  };
  /** the oldest lines of a tail that are of one encoding, `most` of them */
  tail: { in: { readonly sourceId: string; readonly most: number }; out: Encoded | null };
};

const { storeFile } = workerData as { storeFile: string };
const read = openReader(storeFile);

serveThread<EncodeCalls>({
  records: ({ sourceId, encoding, parts }) =>
    parts.map((records) => ({ encoding, block: encodeBlock({ sourceId, encoding, records }) })),
  tail({ sourceId, most }) {
    const rows = readTail(read, { sourceId, most });
    const [first] = rows;
    if (!first) return null;
    const { encoding } = first;
    const records = rows.filter((row) => row.encoding === encoding).map((row) => row.record);
    return { encoding, block: encodeBlock({ sourceId, encoding, records }) };
  },
});
