import { Worker } from 'node:worker_threads';
import type { EncodedSegment } from '../pipeline-types.ts';
import { encodeSegment } from '../segments/encode-segment.ts';
import { memoryOf, packRecords } from '../segments/packed-records.ts';
import type { BlockRecords } from './batch.ts';
import type { EncodeJob, EncodeReply } from './encode-worker.ts';

/** A smaller batch is encoded where it is: crossing to another thread would cost more. */
const WORTH_IT = 1000;
/** What lives shortly there, MB: without a limit it grows far beyond what a batch needs. */
const YOUNG_MB = 48;

const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './encode-worker.ts' : './log-encoder.js', import.meta.url);

/** Encodes blocks, large batches in a thread of its own. One batch at a time. */
export class Encoder {
  private worker: Worker | null = null;
  private waiting: {
    resolve: (segments: EncodedSegment[]) => void;
    reject: (error: unknown) => void;
  } | null = null;

  async encode(
    blocks: readonly BlockRecords[],
    o: { sourceId: string; encoding: string },
  ): Promise<EncodedSegment[]> {
    if (blocks.reduce((sum, b) => sum + b.records.length, 0) < WORTH_IT)
      return blocks.map(({ partition, records }) => encodeSegment({ ...o, partition, records }));
    const worker = this.started();
    const { promise, resolve, reject } = Promise.withResolvers<EncodedSegment[]>();
    this.waiting = { resolve, reject };
    const jobs = blocks.map(
      ({ partition, records }): EncodeJob => ({ ...o, partition, records: packRecords(records) }),
    );
    worker.postMessage(
      jobs,
      jobs.flatMap((job) => memoryOf(job.records)),
    );
    return promise;
  }
  private started(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(workerFile(), { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    worker.unref();
    worker.on('message', (reply: EncodeReply) => {
      const { waiting } = this;
      this.waiting = null;
      if (reply.segments) waiting?.resolve([...reply.segments]);
      else waiting?.reject(new Error(reply.error));
    });
    const die = (cause: unknown): void => {
      if (this.worker === worker) this.worker = null;
      this.waiting?.reject(cause);
      this.waiting = null;
    };
    worker.on('error', die);
    worker.on('exit', () => die(new Error('the encoding thread ended')));
    this.worker = worker;
    return worker;
  }
  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}
