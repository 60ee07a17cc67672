/** A file that is read, and followed while it grows, is rotated, is emptied, goes and comes back. */
import { Buffer } from 'node:buffer';
import {
  type BigIntStats,
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { Batch } from '../ingest/batch.ts';
import type { Checkpoint } from '../ingest/messages.ts';
import { beginReader, isSettled } from './begin-reader.ts';
import type { Closing, LogReader, LogReaderContext, Progress } from './log-reader.ts';
import { bytesAt, isSameFile, NO_PRINT, printsOf } from './print.ts';
import { PROBE_BYTES, type TextReader } from './text-reader.ts';

/** More neighbours than these are not looked through for a file that was moved away. */
const MAX_NEIGHBOURS = 2000;
/** A program may go on writing to a renamed file until it is told to open the new one. */
const GRACE_MS = 1000;

export const unreadable = (file: string, cause: unknown): AppError =>
  cause instanceof AppError
    ? cause
    : new AppError(
        'logs.unreadable',
        { file, detail: cause instanceof Error ? cause.message : String(cause) },
        { cause },
      );
/** undefined: there is nothing. @throws AppError where that cannot be told, e.g. a share that is away */
export function lookAt(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
/** Whoever opens a pipe waits for its other end, and a device may never end. @throws `logs.not-a-file` */
export function refuseDevice(file: string, stat: Stats): void {
  if (!stat.isFile() && !stat.isDirectory()) throw new AppError('logs.not-a-file', { file });
}
/** Opens what is to be read, and nothing else. */
export function openLog(file: string): number {
  refuseDevice(file, statSync(file));
  return openSync(file, 'r');
}
const changedAt = (stat: { readonly mtimeNs: bigint }): number => Number(stat.mtimeNs / 1000n) / 1000;
const inodeOf = (stat: { readonly ino: bigint }): string => String(stat.ino);

export class PlainFile implements LogReader {
  readonly name: string;
  private readonly file: string;
  private readonly follows: boolean;
  private readonly isMember: boolean;
  private readonly service: string;
  private readonly context: LogReaderContext;
  private fd: number | null = null;
  private inode = '';
  private known: Checkpoint | null;
  private reader: TextReader | null = null;
  /** what it was when it was read to its end, of one that is not followed */
  private ended: BigIntStats | null = null;
  /** bytes taken into the reader */
  private at = 0;
  private size = 0;
  /** this is what stood at the path before; the path's file comes after it */
  private isOld = false;
  private renamedAt: number | null = null;
  /** all that was there has been read once */
  private hasEnded = false;
  private first = NO_PRINT;
  private after: Checkpoint['after'] = null;
  private buffer: Buffer | null = null;

  constructor(o: {
    readonly name: string;
    readonly file: string;
    readonly place: Checkpoint | null;
    /** more may come; else its end is its end */
    readonly follows: boolean;
    /** of a folder, which sees what became of a file that is not what it was */
    readonly isMember: boolean;
    readonly service: string;
    readonly context: LogReaderContext;
  }) {
    this.name = o.name;
    this.file = o.file;
    this.known = o.place;
    this.follows = o.follows;
    this.isMember = o.isMember;
    this.service = o.service;
    this.context = o.context;
  }

  get holding(): number {
    return this.reader?.waiting ?? 0;
  }
  behind(): number | null {
    return this.fd === null ? null : Math.max(0, this.size - this.at);
  }

  async read(batch: Batch, closing: Closing): Promise<Progress> {
    try {
      return this.step(batch, closing);
    } catch (cause) {
      this.giveUp();
      throw unreadable(this.file, cause);
    }
  }
  /** What was taken counts, if it can still be said where that ends. */
  private giveUp(): void {
    try {
      this.known = this.place();
    } catch {
      // read again from where the store is
    }
    this.close();
  }
  private step(batch: Batch, closing: Closing): Progress {
    if (this.fd === null) {
      if (this.isMember && this.known && statSync(this.file).size === this.known.offset) return 'dry';
      if (this.ended !== null && this.isAsItEnded(this.ended)) return 'done';
      this.open();
    }
    let isUnchecked = true;
    while (!batch.isFull) {
      const { fd } = this;
      if (fd === null) return 'more';
      this.buffer ??= Buffer.allocUnsafe(this.context.chunkBytes);
      const got = readSync(fd, this.buffer, 0, this.buffer.length, this.at);
      if (got > 0) {
        if (isUnchecked && this.startsAnew(fd)) return this.isMember ? 'dry' : this.anew(batch);
        isUnchecked = false;
        this.renamedAt = null;
        if (!this.begin(fd)) continue;
        this.at += got;
        if (this.at > this.size) this.size = this.at;
        this.reader?.take(this.buffer.subarray(0, got), batch);
        continue;
      }
      if (this.isOld) {
        this.reader?.flush(batch, true);
        return this.next();
      }
      if (!this.follows) {
        this.reader?.flush(batch, true);
        this.ended = fstatSync(fd, { bigint: true });
        this.rest();
        return 'done';
      }
      this.hasEnded = true;
      const moved = this.isMember ? null : this.movedAway(fd);
      if (moved === 'emptied') return this.anew(batch);
      if (moved === 'renamed') {
        // what was written between the last reading and the renaming
        if (fstatSync(fd).size > this.at) continue;
        this.renamedAt ??= performance.now();
        if (closing === 'wait' && performance.now() - this.renamedAt < GRACE_MS) return 'dry';
        this.reader?.flush(batch, true);
        return this.next();
      }
      if (closing !== 'wait') this.reader?.flush(batch, closing === 'all');
      // opened anew at the next look: the path’s file goes on, whatever becomes of this one
      if (moved === 'replaced' || (this.isMember && this.holding === 0)) this.rest();
      return 'dry';
    }
    return 'more';
  }

  /** Opens where reading stopped: the same file, or what became of it, or a new one. */
  private open(): void {
    const { known } = this;
    const fd = openLog(this.file);
    const stat = fstatSync(fd, { bigint: true });
    if (!stat.isFile()) {
      closeSync(fd);
      throw new AppError('logs.is-folder', { file: this.file });
    }
    this.isOld = false;
    if (known && known.offset > 0 && !isSameFile(fd, Number(stat.size), known)) {
      const before = this.follows && !this.isMember ? this.findMoved(known) : null;
      closeSync(fd);
      if (before) {
        this.isOld = true;
        this.use(openSync(before, 'r'), known);
        return;
      }
      this.use(openLog(this.file), null);
      return;
    }
    const rotated = known?.offset === 0 && known.after ? this.rotatedAfter(known.after) : null;
    if (rotated) {
      closeSync(fd);
      this.isOld = true;
      this.use(openSync(rotated, 'r'), known);
      return;
    }
    this.use(fd, known);
  }
  private use(fd: number, place: Checkpoint | null): void {
    const stat = fstatSync(fd, { bigint: true });
    this.fd = fd;
    this.inode = inodeOf(stat);
    this.size = Number(stat.size);
    this.known = place;
    this.at = place?.offset ?? 0;
    this.first = place?.first ?? NO_PRINT;
    this.after = place?.after ?? null;
    this.reader = null;
  }
  /** The reader, once there is something to tell the format from; told again while there was little: then false, and `at` is its place. */
  private begin(fd: number): boolean {
    const { reader, known, context } = this;
    const stat = fstatSync(fd);
    this.size = stat.size;
    const reference = this.reference(stat.mtimeMs);
    reader?.setReference(reference);
    if (reader && isSettled(reader, stat.size)) return true;
    const beginning = (): Buffer => bytesAt(fd, 0, PROBE_BYTES);
    const next = beginReader({ reader, known, context, beginning, service: this.service, reference });
    if (next === reader) return true;
    this.reader = next;
    if (!reader) return true;
    this.at = next.offset;
    return false;
  }
  /**
   * Lines cannot be later than their reading; of a file at rest, than its last change. What comes after its end was seen is of now:
   * Windows does not tell the last change while the writer has the file open.
   */
  private reference(changedAt: number): number {
    const now = this.context.now();
    return Math.floor(this.hasEnded ? now : Math.min(changedAt, now));
  }

  /** Emptied and filled again between two looks: it no longer begins as it did. */
  private startsAnew(fd: number): boolean {
    const place = this.place();
    return place !== null && place.offset > 0 && !isSameFile(fd, fstatSync(fd).size, place);
  }
  private isAsItEnded(ended: BigIntStats): boolean {
    const now = statSync(this.file, { bigint: true, throwIfNoEntry: false });
    return !now || (now.ino === ended.ino && now.size === ended.size && now.mtimeNs === ended.mtimeNs);
  }
  private movedAway(fd: number): 'renamed' | 'replaced' | 'emptied' | null {
    const own = fstatSync(fd);
    if (own.size < this.at) return 'emptied';
    const there = statSync(this.file, { bigint: true, throwIfNoEntry: false });
    // gone: kept open, in case it is between a renaming and its successor
    if (!there) return null;
    if (inodeOf(there) === this.inode && Number(there.size) >= this.at) return null;
    // some shares give a file the number of its name, or another one at each look: its text tells
    const isThere = this.isTextThere();
    return isThere === null ? null : isThere ? 'replaced' : 'renamed';
  }
  /** Whether what was read up to now stands at the path, under whatever number; null: it cannot be told now. */
  private isTextThere(): boolean | null {
    const place = this.place();
    if (place === null || place.offset === 0) return false;
    let fd: number;
    try {
      fd = openLog(this.file);
    } catch {
      return null;
    }
    try {
      return isSameFile(fd, fstatSync(fd).size, place);
    } finally {
      closeSync(fd);
    }
  }
  /** The text was taken away under us: read what was saved of it elsewhere, then begin again. */
  private anew(batch: Batch): Progress {
    const place = this.place();
    const copy = place && place.offset > 0 ? this.findMoved(place) : null;
    if (!copy) this.reader?.flush(batch, true);
    if (copy && place) {
      this.close();
      this.isOld = true;
      this.use(openSync(copy, 'r'), place);
      return 'more';
    }
    return this.next();
  }
  /** On to the beginning of what is at the path now. */
  private next(): Progress {
    const { known, reader } = this;
    const told = { ...(known ?? FRESH), ...reader?.told };
    const after =
      this.fd === null ? null : { inode: this.inode, at: changedAt(fstatSync(this.fd, { bigint: true })) };
    this.close();
    this.known = {
      ...told,
      offset: 0,
      inode: '',
      first: NO_PRINT,
      last: NO_PRINT,
      probed: 0,
      head: null,
      after,
    };
    this.renamedAt = null;
    this.hasEnded = false;
    return 'more';
  }
  /** The first of the rotated files that was changed after the one read last: rotated twice while nobody looked. */
  private rotatedAfter(after: NonNullable<Checkpoint['after']>): string | null {
    const dir = path.dirname(this.file);
    const own = path.basename(this.file);
    let first: { file: string; at: number } | null = null;
    for (const name of readdirSync(dir)) {
      if (!isRotatedName(name, own)) continue;
      const file = path.join(dir, name);
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      if (!stat?.isFile() || inodeOf(stat) === after.inode) continue;
      const at = changedAt(stat);
      if (at > after.at && (!first || at < first.at)) first = { file, at };
    }
    return first?.file ?? null;
  }
  /** The neighbour that holds what was read up to `place`: a rotated file, or the copy made before emptying it. */
  private findMoved(place: Checkpoint): string | null {
    const dir = path.dirname(this.file);
    const own = path.basename(this.file);
    const stem = own.replace(/\.[^.]*$/, '');
    const names = readdirSync(dir).filter((name) => name !== own && name.startsWith(stem));
    for (const name of names.slice(0, MAX_NEIGHBOURS)) {
      const file = path.join(dir, name);
      const stat = statSync(file, { throwIfNoEntry: false });
      if (!stat?.isFile() || stat.size < place.offset) continue;
      const fd = openSync(file, 'r');
      try {
        if (isSameFile(fd, stat.size, place)) return file;
      } finally {
        closeSync(fd);
      }
    }
    return null;
  }

  place(): Checkpoint | null {
    const { reader, fd } = this;
    if (!reader || fd === null) return this.known;
    const { offset } = reader;
    if (this.known && this.known.offset === offset && this.known.inode === this.inode) return this.known;
    const prints = printsOf(fd, offset, this.first);
    this.first = prints.first;
    this.known = reader.place({ inode: this.inode, ...prints, packedSize: null, after: this.after });
    return this.known;
  }
  /** A folder may have more files than a process may keep open, and a copy of ours goes when it has been read. */
  private rest(): void {
    this.known = this.place();
    this.close();
  }
  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
    this.reader = null;
    this.buffer = null;
  }
}

const FRESH: Checkpoint = {
  offset: 0,
  inode: '',
  first: NO_PRINT,
  last: NO_PRINT,
  encoding: 'utf-8',
  isGuess: true,
  format: 'plain',
  rate: 0,
  probed: 0,
  head: null,
  packedSize: null,
  after: null,
};
/** `app.log.1`, `app.log-20261121`, `app-20261121.log`, `app.1.log`; packed ones are read by nobody but a folder source. */
export function isRotatedName(name: string, own: string): boolean {
  const ending = path.extname(own);
  const stem = own.slice(0, own.length - ending.length);
  if (name === own || !name.startsWith(stem)) return false;
  const rest = name.startsWith(own)
    ? name.slice(own.length)
    : name.slice(stem.length, name.length - ending.length);
  return /^[-._]\d[\d.T_-]*$/.test(rest) && (name.startsWith(own) || name.endsWith(ending));
}
