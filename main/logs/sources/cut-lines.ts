/** Bytes into lines: cut at line ends, decoded, and nothing of them lost. The same lines however the bytes arrive. */
import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { detectEncoding, type Encoding } from '../../kernel/encoding.ts';
import type { LogDeadReason } from '../contract/logs.ts';
import { encodeText } from '../read/encode-text.ts';
import type { LineEnding } from '../store/records.ts';

/** Longer lines are dead letters; their rest is counted, not kept. */
export const MAX_LINE_BYTES = 1 << 20;
/** So much is kept of a line that is too long; of others that are dead, all of it. */
export const KEPT_BYTES = 1 << 16;
/** Above this share of control characters, what does not decode is no text at all. */
const BINARY_SHARE = 0.1;

export type RawLine = {
  /** '' for a dead line */
  readonly text: string;
  readonly ending: LineEnding;
  /** with its end: how far the source has been read */
  readonly bytes: number;
  /** the bytes without the end, where encoding `text` would not give them back */
  readonly raw: Uint8Array | null;
  readonly dead: { readonly reason: LogDeadReason; readonly raw: Uint8Array; readonly bytes: number } | null;
};

const NOTHING = Buffer.alloc(0);
const isWide = (encoding: Encoding): boolean => encoding === 'utf-16le' || encoding === 'utf-16be';

export class LineCutter {
  /** As long as only ASCII was seen it is a guess, which the first other bytes may correct. */
  encoding: Encoding;
  isGuess: boolean;
  private atStart: boolean;
  private rest: Buffer = NOTHING;
  /** of a line too long to be kept: bytes so far */
  private skipped = 0;
  private decoder: InstanceType<typeof TextDecoder> | null = null;

  /** @param atStart the next byte is the source's first, where a byte order mark may stand */
  constructor(o: { readonly encoding: Encoding; readonly isGuess: boolean; readonly atStart: boolean }) {
    this.encoding = o.encoding;
    this.isGuess = o.isGuess;
    this.atStart = o.atStart;
  }

  /** Bytes taken that are in no line yet. */
  get waiting(): number {
    return this.skipped + this.rest.length;
  }

  /** Adds the whole lines to `out`. `chunk` may be reused by the caller afterwards. */
  take(chunk: Buffer, out: RawLine[]): void {
    const end = this.lastEnd(chunk);
    if (end < 0) {
      this.keep(chunk);
      return;
    }
    let from = 0;
    if (this.waiting > 0) {
      // the line begun before; in UTF-16 a character may be cut in two
      const first = this.firstEnd(chunk);
      this.keep(chunk.subarray(0, first));
      const line = this.rest;
      this.rest = NOTHING;
      if (this.skipped > 0) out.push(this.tooLong(line));
      else this.cut(line, out);
      this.skipped = 0;
      from = first;
    }
    if (from < end) this.cut(chunk.subarray(from, end), out);
    this.keep(chunk.subarray(end));
  }
  /** The last line, when it has no end. */
  finish(out: RawLine[]): void {
    const line = this.rest;
    if (this.waiting === 0) return;
    this.rest = NOTHING;
    if (this.skipped > 0 || line.length > MAX_LINE_BYTES) out.push(this.tooLong(line));
    else out.push(this.line(line, 'none', 0, isAscii(line) || isUtf8(line)));
    this.skipped = 0;
  }

  /** A copy: the caller's buffer is its own. */
  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.skipped > 0 || this.rest.length + bytes.length > MAX_LINE_BYTES + 4) {
      const room = Math.max(0, KEPT_BYTES - this.rest.length);
      const all = this.rest.length + bytes.length;
      if (this.skipped === 0) {
        this.rest =
          room > 0
            ? Buffer.concat([this.rest, bytes.subarray(0, room)])
            : Buffer.from(this.rest.subarray(0, KEPT_BYTES));
        this.skipped = all - this.rest.length;
      } else this.skipped += bytes.length;
      return;
    }
    this.rest = this.rest.length ? Buffer.concat([this.rest, bytes]) : Buffer.from(bytes);
  }
  private tooLong(kept: Buffer): RawLine {
    this.atStart = false;
    const bytes = kept.length + this.skipped;
    const raw = Buffer.from(kept.subarray(0, KEPT_BYTES));
    return { text: '', ending: 'lf', bytes, raw: null, dead: { reason: 'too-long', raw, bytes } };
  }

  /** Places after a line end, counted in `chunk`. */
  private firstEnd(chunk: Buffer): number {
    return this.endAfter(chunk, 0);
  }
  private endAfter(chunk: Buffer, from: number): number {
    if (!isWide(this.encoding)) {
      const at = chunk.indexOf(10, from);
      return at < 0 ? -1 : at + 1;
    }
    const odd = this.waiting & 1;
    const [low, high] = this.encoding === 'utf-16le' ? [0, 1] : [1, 0];
    // a unit whose first byte was in the chunk before
    if (odd && from === 0 && chunk.length > 0) {
      const before = this.skipped > 0 ? -1 : (this.rest[this.rest.length - 1] ?? -1);
      const unit = this.encoding === 'utf-16le' ? [before, chunk[0]] : [chunk[0], before];
      if (unit[0] === 10 && unit[1] === 0) return 1;
    }
    for (let at = from + ((from + odd) & 1); at + 1 < chunk.length; at += 2)
      if (chunk[at + low] === 10 && chunk[at + high] === 0) return at + 2;
    return -1;
  }
  private lastEnd(chunk: Buffer): number {
    if (!isWide(this.encoding)) return chunk.lastIndexOf(10) + 1 || -1;
    let last = -1;
    for (let at = this.endAfter(chunk, 0); at >= 0; at = this.endAfter(chunk, at)) last = at;
    return last;
  }

  /** Whole lines, each with its end. */
  private cut(block: Buffer, out: RawLine[]): void {
    if (isWide(this.encoding)) {
      let from = 0;
      const [low, high] = this.encoding === 'utf-16le' ? [0, 1] : [1, 0];
      for (let at = 0; at + 1 < block.length; at += 2)
        if (block[at + low] === 10 && block[at + high] === 0) {
          this.end(block.subarray(from, at + 2), out, false);
          from = at + 2;
        }
      return;
    }
    if (this.isGuess && !isAscii(block)) {
      this.encoding = detectEncoding(block);
      // a byte that is of no Japanese encoding says little about the next ones
      this.isGuess = this.encoding === 'windows-1252';
      this.decoder = null;
      if (isWide(this.encoding)) this.encoding = 'utf-8'; // lines were cut by bytes: they are not wide
    }
    const isClean = block.indexOf(0) < 0;
    const ascii = isClean && isAscii(block);
    const fast = ascii || (isClean && this.encoding === 'utf-8' && isUtf8(block));
    let from = 0;
    for (let at = block.indexOf(10); at >= 0; at = block.indexOf(10, from)) {
      if (fast && !this.atStart && at - from <= MAX_LINE_BYTES) {
        const isCr = at > from && block[at - 1] === 13;
        const end = isCr ? at - 1 : at;
        out.push({
          text: ascii ? block.toString('latin1', from, end) : block.toString('utf8', from, end),
          ending: isCr ? 'crlf' : 'lf',
          bytes: at + 1 - from,
          raw: null,
          dead: null,
        });
      } else this.end(block.subarray(from, at + 1), out, fast);
      from = at + 1;
    }
  }
  private end(line: Buffer, out: RawLine[], isValid: boolean): void {
    const unit = isWide(this.encoding) ? 2 : 1;
    if (line.length - unit > MAX_LINE_BYTES) {
      out.push(this.tooLong(line));
      return;
    }
    const before = line.length - 2 * unit;
    const carriage =
      before >= 0 &&
      (unit === 1 ? line[before] === 13 : (line[before] ?? 0) + (line[before + 1] ?? 0) === 13);
    out.push(
      this.line(
        line.subarray(0, carriage ? before : before + unit),
        carriage ? 'crlf' : 'lf',
        carriage ? 2 * unit : unit,
        isValid,
      ),
    );
  }

  private line(bytes: Buffer, ending: LineEnding, endBytes: number, isValidUtf8: boolean): RawLine {
    const all = bytes.length + endBytes;
    const marked = this.atStart ? markLength(bytes, this.encoding) : 0;
    this.atStart = false;
    const text = this.decode(bytes.subarray(marked), isValidUtf8);
    if (typeof text !== 'string') {
      const raw = Buffer.from(bytes);
      return { text: '', ending, bytes: all, raw: null, dead: { ...text, raw, bytes: bytes.length } };
    }
    const isExact =
      marked === 0 &&
      (this.encoding === 'utf-8' || (encodeText(text, this.encoding)?.equals(bytes) ?? false));
    return { text, ending, bytes: all, raw: isExact ? null : Buffer.from(bytes), dead: null };
  }
  private decode(bytes: Buffer, isValidUtf8: boolean): string | { reason: LogDeadReason } {
    const { encoding } = this;
    if (!isWide(encoding) && bytes.includes(0)) return { reason: 'binary' };
    if (encoding === 'utf-8') {
      if (isValidUtf8 || isUtf8(bytes)) return bytes.toString('utf8');
      return { reason: looksBinary(bytes) ? 'binary' : 'undecodable' };
    }
    this.decoder ??= new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    try {
      const text = this.decoder.decode(bytes);
      return isWide(encoding) && text.includes('\0') ? { reason: 'binary' } : text;
    } catch {
      return { reason: looksBinary(bytes) ? 'binary' : 'undecodable' };
    }
  }
}

function markLength(bytes: Buffer, encoding: Encoding): number {
  if (encoding === 'utf-8') return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (encoding === 'utf-16le') return bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 0;
  return encoding === 'utf-16be' && bytes[0] === 0xfe && bytes[1] === 0xff ? 2 : 0;
}
function looksBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) controls++;
  return controls > bytes.length * BINARY_SHARE;
}
