/** Standard input, to its end. What was read and is not in the store when the process dies is gone: a pipe cannot be read again. */
import type { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Batch } from '../ingest/batch.ts';
import type { FilePlace } from '../ingest/messages.ts';
import { unreadable } from './plain-file.ts';
import { StreamedText } from './streamed-text.ts';
import type { Progress, Stretch, StretchContext } from './stretch.ts';

export class Piped implements Stretch {
  readonly name = '';
  private readonly text: StreamedText;
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(context: StretchContext) {
    const input = createReadStream('', { fd: 0, autoClose: false });
    this.chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.text = new StreamedText({ context, service: null, place: null });
  }
  get holding(): number {
    return this.text.holding;
  }
  behind(): null {
    return null;
  }
  place(): FilePlace | null {
    return this.text.place(null);
  }
  async read(batch: Batch): Promise<Progress> {
    try {
      while (!batch.isFull) {
        const next = await this.chunks.next();
        if (next.done) {
          this.text.end(batch);
          return 'done';
        }
        this.text.take(next.value, batch);
      }
      return 'more';
    } catch (cause) {
      throw unreadable('-', cause);
    }
  }
  close(): void {}
}
