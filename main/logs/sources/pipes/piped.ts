/** Standard input, as it was kept in pieces: read like one file that grows until its end is known. */
import { Buffer } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../../kernel/errors.ts';
import type { Batch } from '../../ingest/batch.ts';
import type { Checkpoint } from '../../ingest/messages.ts';
import { beginReader, isOpen, isSettled } from '../begin-reader.ts';
import type { Closing, LogReader, LogReaderContext, Progress } from '../log-reader.ts';
import { unreadable } from '../plain-file.ts';
import { bytesAt, NO_PRINT } from '../print.ts';
import { PROBE_BYTES, type TextReader } from '../text-reader.ts';
import { endOf, piecesOf, receivedOf } from './pipe-files.ts';

export class Piped implements LogReader {
  readonly name: string;
  private readonly dir: string;
  private readonly context: LogReaderContext;
  private known: Checkpoint | null;
  private reader: TextReader | null = null;
  /** bytes taken into the reader */
  private at: number;
  private open: { readonly fd: number; readonly from: number } | null = null;
  private buffer: Buffer | null = null;
  private isEnded = false;

  constructor(o: {
    readonly name: string;
    readonly dir: string;
    readonly place: Checkpoint | null;
    readonly context: LogReaderContext;
  }) {
    this.name = o.name;
    this.dir = o.dir;
    this.context = o.context;
    this.known = o.place;
    this.at = o.place?.offset ?? 0;
  }
  get holding(): number {
    // what is waiting to be told the format of is held too
    return this.reader?.waiting ?? Math.max(0, receivedOf(this.dir) - this.at);
  }
  behind(): number {
    return Math.max(0, receivedOf(this.dir) - this.at);
  }

  async read(batch: Batch, closing: Closing): Promise<Progress> {
    if (this.isEnded) return 'done';
    try {
      return this.step(batch, closing);
    } catch (cause) {
      throw unreadable(this.dir, cause);
    }
  }
  private step(batch: Batch, closing: Closing): Progress {
    // looked for first: what came before the end was written is there now
    const end = endOf(this.dir);
    if (!this.begin(end !== null || closing !== 'wait')) return 'dry';
    while (!batch.isFull) {
      const chunk = this.next();
      if (chunk) {
        this.at += chunk.length;
        this.reader?.take(chunk, batch);
        continue;
      }
      if (end === null) {
        // a line is never cut while its rest may come
        if (closing !== 'wait') this.reader?.flush(batch, false);
        return 'dry';
      }
      if (this.at < end)
        throw new AppError('logs.unreadable', { file: this.dir, detail: `${this.at} < ${end}` });
      this.reader?.flush(batch, true);
      this.known = this.place();
      this.isEnded = true;
      this.close();
      return 'done';
    }
    return 'more';
  }
  /** The reader, once there is enough to tell the format from, or no more is to be expected soon; told again while there was little. */
  private begin(isEnough: boolean): boolean {
    const { reader, known, context } = this;
    const received = receivedOf(this.dir);
    if (reader && isSettled(reader, received)) return true;
    if (!reader && isOpen(known, context) && !isEnough && received < PROBE_BYTES) return false;
    const next = beginReader({
      reader,
      known,
      context,
      beginning: () => this.beginning(),
      service: null,
      reference: Math.floor(context.now()),
    });
    if (next === reader) return true;
    this.reader = next;
    this.at = next.offset;
    return true;
  }
  private beginning(): Buffer {
    const [first] = piecesOf(this.dir);
    if (!first) return Buffer.alloc(0);
    const fd = openSync(first.file, 'r');
    try {
      return bytesAt(fd, 0, PROBE_BYTES);
    } finally {
      closeSync(fd);
    }
  }
  private next(): Buffer | null {
    this.buffer ??= Buffer.allocUnsafe(this.context.chunkBytes);
    const { open } = this;
    if (open && this.at >= open.from) {
      const got = readSync(open.fd, this.buffer, 0, this.buffer.length, this.at - open.from);
      if (got > 0) return this.buffer.subarray(0, got);
    }
    const piece = piecesOf(this.dir).findLast(({ from }) => from <= this.at);
    if (!piece || piece.from === open?.from) return null;
    if (open) closeSync(open.fd);
    this.open = { fd: openSync(piece.file, 'r'), from: piece.from };
    const got = readSync(this.open.fd, this.buffer, 0, this.buffer.length, this.at - piece.from);
    return got > 0 ? this.buffer.subarray(0, got) : null;
  }

  place(): Checkpoint | null {
    const { reader, known } = this;
    if (!reader || (known && known.offset === reader.offset)) return known;
    this.known = reader.place({ inode: '', first: NO_PRINT, last: NO_PRINT, packedSize: null, after: null });
    return this.known;
  }
  close(): void {
    if (this.open) closeSync(this.open.fd);
    this.open = null;
    this.reader = null;
    this.buffer = null;
    this.at = this.known?.offset ?? 0;
  }
}
