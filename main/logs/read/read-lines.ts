import { Buffer } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { detectEncoding } from '../../kernel/encoding.ts';
import { AppError } from '../../kernel/errors.ts';

/** A longer line is cut here, and its rest dropped and counted, so that one line cannot fill the memory. UTF-16 units. */
export const MAX_LINE_CHARS = 1 << 20;
const CHUNK_BYTES = 1 << 18;

export type LineSource = {
  /** batches of lines without their line ends, in order */
  readonly lines: AsyncIterable<readonly string[]>;
  /** lines cut so far */
  readonly cut: () => number;
};

/** A file's lines (`-`: standard input): unpacked when gzipped, decoded, split. Throws `logs.unreadable`, `logs.archive`. */
export function readLines(file: string): LineSource {
  const splitter = new LineSplitter();
  async function* lines(): AsyncGenerator<readonly string[]> {
    const bytes = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES });
    try {
      let decoder: InstanceType<typeof TextDecoder> | null = null;
      for await (const chunk of unpack(bytes)) {
        if (!decoder && chunk.toString('latin1', 0, 4) === 'PK\u0003\u0004')
          throw new AppError('logs.archive', { file });
        decoder ??= new TextDecoder(detectEncoding(chunk));
        yield splitter.take(decoder.decode(chunk, { stream: true }));
      }
      if (decoder) yield splitter.take(decoder.decode());
      yield splitter.finish();
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new AppError('logs.unreadable', { file, detail }, { cause });
    } finally {
      bytes.destroy();
    }
  }
  return { lines: lines(), cut: () => splitter.cut };
}

async function* unpack(bytes: Readable): AsyncGenerator<Buffer> {
  const chunks = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const first = await chunks.next();
  if (first.done) return;
  const head = Buffer.from(first.value);
  const all = async function* (): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next())
      yield Buffer.from(next.value);
  };
  if (head[0] !== 0x1f || head[1] !== 0x8b) yield* all();
  // a failure destroys the last stream, which then throws where it is read
  else yield* pipeline(Readable.from(all()), createGunzip(), () => {}) as AsyncIterable<Buffer>;
}

/** Cuts text into lines at `\n`; `\r` before it belongs to the line end. The same lines whatever the pieces. */
export class LineSplitter {
  cut = 0;
  private rest = '';
  private isCut = false;

  take(text: string): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      this.append(text.slice(from, at));
      lines.push(this.end());
      from = at + 1;
    }
    this.append(text.slice(from));
    return lines;
  }
  /** The last line, when it has no line end. */
  finish(): string[] {
    return this.rest || this.isCut ? [this.end()] : [];
  }

  private append(text: string): void {
    if (!text) return;
    const room = MAX_LINE_CHARS - this.rest.length;
    if (text.length > room) this.isCut = true;
    if (room > 0) this.rest += text.length > room ? text.slice(0, room) : text;
  }
  private end(): string {
    let length = this.rest.length;
    while (length > 0 && this.rest.charCodeAt(length - 1) === 13) length--;
    const line = this.rest.slice(0, length);
    if (this.isCut) this.cut++;
    this.rest = '';
    this.isCut = false;
    return line;
  }
}
