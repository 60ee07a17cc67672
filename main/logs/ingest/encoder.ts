import { entryFile, startWorker, Thread } from '../../kernel/thread.ts';
import { encodeBlock } from '../store/encode-block.ts';
import type { EncodeCalls, Encoded } from './encode-worker.ts';

/** A smaller batch is encoded where it is: crossing to another thread would cost more. */
const WORTH_IT = 1000;
/** What lives shortly there, MB: without a limit it grows far beyond what a batch needs. */
const YOUNG_MB = 48;

/** Encodes blocks, large ones in a thread of its own, one after another. */
export class Encoder {
  private readonly storeFile: string;
  private thread: Thread<EncodeCalls> | null = null;

  constructor(storeFile: string) {
    this.storeFile = storeFile;
  }
  async encode(batch: EncodeCalls['records']['in']): Promise<readonly Encoded[]> {
    const { parts, ...o } = batch;
    if (parts.reduce((sum, records) => sum + records.length, 0) >= WORTH_IT)
      return this.started().call('records', batch);
    return parts.map((records) => ({ encoding: o.encoding, block: encodeBlock({ ...o, records }) }));
  }
  /** The oldest lines of a tail that are of one encoding, as a block. */
  tail(sourceId: string, most: number): Promise<Encoded | null> {
    return this.started().call('tail', { sourceId, most });
  }
  private started(): Thread<EncodeCalls> {
    if (!this.thread || this.thread.isOver)
      this.thread = new Thread(
        startWorker(entryFile(import.meta.url, 'encode-worker', 'log-encoder'), {
          workerData: { storeFile: this.storeFile },
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
        }),
      );
    return this.thread;
  }
  async close(): Promise<void> {
    await this.thread?.stop();
  }
}
