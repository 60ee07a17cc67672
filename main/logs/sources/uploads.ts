import { Buffer } from 'node:buffer';
import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../../errors.ts';

/** Dropped files, arriving in pieces; kept in the data folder until they have been read. */
export class Uploads {
  private readonly dir: string;
  constructor(dir: string) {
    this.dir = dir;
  }
  /** @returns the file once it is whole. A piece sent again takes the place of the first. */
  take(o: { uploadId: string; name: string; offset: number; data: string; done: boolean }): {
    received: number;
    file: string | null;
  } {
    if (!/^[\w-]{8,64}$/.test(o.uploadId)) throw new AppError('input.invalid', { detail: o.uploadId });
    const safe = path
      .basename(o.name.replaceAll('\\', '/'))
      .replace(/[^\p{L}\p{N}._-]/gu, '_')
      .slice(-100);
    const file = path.join(this.dir, `${o.uploadId}-${safe || 'log'}`);
    const part = path.join(this.dir, `${o.uploadId}.part`);
    const bytes = Buffer.from(o.data, 'base64');
    try {
      mkdirSync(this.dir, { recursive: true, mode: 0o700 });
      const have = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
      if (o.offset > have)
        throw new AppError('input.invalid', { detail: `piece at ${o.offset}, ${have} received` });
      const fd = openSync(part, have === 0 ? 'w' : 'r+', 0o600);
      try {
        for (let done = 0; done < bytes.length; )
          done += writeSync(fd, bytes, done, bytes.length - done, o.offset + done);
      } finally {
        closeSync(fd);
      }
      const received = o.offset + bytes.length;
      truncateSync(part, received);
      if (!o.done) return { received, file: null };
      renameSync(part, file);
      return { received, file };
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      const { code } = cause as { code?: string };
      if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('store.full', {}, { cause });
      throw new AppError('logs.unwritable', { file, detail: code ?? String(cause) }, { cause });
    }
  }
  /** Read to its end: an uploaded file goes. */
  finished(file: string | null): void {
    if (file !== null && path.dirname(file) === this.dir) rmSync(file, { force: true });
  }
}
