import { Worker } from 'node:worker_threads';
import { encodeBlock } from '../store/encode-block.ts';
import type { LogRecord } from '../store/records.ts';
import type { Encoded, EncodeJob, EncodeReply } from './encode-worker.ts';

/** A smaller batch is encoded where it is: crossing to another thread would cost more. */
const WORTH_IT = 1000;
/** What lives shortly there, MB: without a limit it grows far beyond what a batch needs. */
const YOUNG_MB = 48;

const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './encode-worker.ts' : './log-encoder.js', import.meta.url);

/** Encodes blocks, large ones in a thread of its own, one after another. */
export class Encoder {
  private readonly storeFile: string;
  private worker: Worker | null = null;
  private readonly waiting: {
    resolve: (blocks: readonly Encoded[]) => void;
    reject: (error: unknown) => void;
  }[] = [];

  constructor(storeFile: string) {
    this.storeFile = storeFile;
  }
  async encode(
    parts: readonly (readonly LogRecord[])[],
    o: { readonly sourceId: string; readonly encoding: string },
  ): Promise<readonly Encoded[]> {
    if (parts.reduce((sum, records) => sum + records.length, 0) >= WORTH_IT)
      return this.ask({ kind: 'records', ...o, parts });
    return parts.map((records) => ({ encoding: o.encoding, block: encodeBlock({ ...o, records }) }));
  }
  /** The oldest lines of a tail that are of one encoding, as a block. */
  async tail(sourceId: string, most: number): Promise<Encoded | null> {
    const [block] = await this.ask({ kind: 'tail', sourceId, most });
    return block ?? null;
  }
  private ask(job: EncodeJob): Promise<readonly Encoded[]> {
    const { promise, resolve, reject } = Promise.withResolvers<readonly Encoded[]>();
    this.started().postMessage(job);
    this.waiting.push({ resolve, reject });
    return promise;
  }
  private started(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(workerFile(), {
      workerData: { storeFile: this.storeFile },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.unref();
    worker.on('message', (reply: EncodeReply) => {
      const asked = this.waiting.shift();
      if (reply.blocks) asked?.resolve(reply.blocks);
      else asked?.reject(new Error(reply.error));
    });
    const die = (cause: unknown): void => {
      if (this.worker === worker) this.worker = null;
      for (const { reject } of this.waiting.splice(0)) reject(cause);
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
