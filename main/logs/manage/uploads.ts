import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  truncateSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { Asked } from '../types.ts';
import { takeAway } from './take-away.ts';

/** What nobody has gone on with for so long is not coming any more. */
const ABANDONED_MS = 86_400_000;

/** Dropped files, and the files of dropped folders, arriving in pieces; kept in the data folder until they have been read. */
export class Uploads {
  private readonly dir: string;
  constructor(dir: string) {
    this.dir = dir;
  }
  /** @returns what was dropped, a file or a folder, once it is whole. A piece sent again takes the place of the first. */
  take(piece: Asked['upload']): { received: number; path: string | null } {
    const { uploadId, offset } = piece;
    if (!/^[\w-]{8,64}$/.test(uploadId)) throw new AppError('input.invalid', { detail: uploadId });
    const own = path.join(this.dir, uploadId);
    const name = path.basename(piece.name.replaceAll('\\', '/'));
    const parts = (piece.place?.split('/') ?? [name]).map(keepable);
    const file = path.join(own, ...parts);
    const bytes = Buffer.from(piece.data, 'base64');
    try {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      const have = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      if (offset > have)
        throw new AppError('input.invalid', { detail: `piece at ${offset}, ${have} received` });
      const fd = openSync(file, have === 0 ? 'w' : 'r+', 0o600);
      try {
        for (let done = 0; done < bytes.length; )
          done += writeSync(fd, bytes, done, bytes.length - done, offset + done);
      } finally {
        closeSync(fd);
      }
      const received = offset + bytes.length;
      truncateSync(file, received);
      // times without a year are read by when the file was last written to
      if (piece.modifiedAt !== undefined) utimesSync(file, piece.modifiedAt / 1000, piece.modifiedAt / 1000);
      return { received, path: piece.done ? path.join(own, parts[0] ?? '') : null };
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      const { code } = cause as { code?: string };
      if (code === 'ENOSPC' || code === 'EDQUOT') throw new AppError('store.full', {}, { cause });
      throw new AppError('logs.unwritable', { file, detail: code ?? String(cause) }, { cause });
    }
  }
  /** Read to its end: what was dropped goes; what somebody has open, when it is abandoned. */
  finished(read: string | null): void {
    const [own] = read === null ? [] : path.relative(this.dir, read).split(path.sep);
    if (own && own !== '..' && !path.isAbsolute(own)) takeAway(path.join(this.dir, own));
  }
  /** What a page began to send and never ended goes; `kept`: paths of sources. */
  clear(kept: readonly string[], now: number): void {
    for (const own of existsSync(this.dir) ? readdirSync(this.dir) : []) {
      const at = path.join(this.dir, own);
      if (kept.some((file) => file === at || file.startsWith(`${at}${path.sep}`))) continue;
      if (now - statSync(at).mtimeMs > ABANDONED_MS) takeAway(at);
    }
  }
}

/** A name that any system can keep; one that had to be changed stays apart from those it now looks like. */
function keepable(name: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
    .replace(/[. ]+$/, '')
    .slice(-100);
  if (safe === name && safe !== '') return safe;
  return `${createHash('sha256').update(name).digest('hex').slice(0, 6)}-${safe || 'log'}`;
}
