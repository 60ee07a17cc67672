import { mkdir, open, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { HEAD_BYTES, whyNotGguf } from '../gguf/recognise-file.ts';
import type { UploadPiece } from '../types.ts';
import { writeAll } from './copy-files.ts';
import { fileError } from './file-errors.ts';
import type { ModelFolder } from './model-folder.ts';

const MAX_DEPTH = 12;
const MAX_NAME = 150;

/** A name's place below the upload's own folder. What leads out of it, or no system could keep, is refused. */
function placeOf(name: string): string {
  const parts = name.split('/');
  const isFine =
    parts.length <= MAX_DEPTH &&
    parts.every(
      (p) =>
        p !== '' &&
        p !== '.' &&
        p !== '..' &&
        p.length <= MAX_NAME &&
        !/[\\:*?"<>|\p{Cc}]/u.test(p) &&
        !/[. ]$/.test(p),
    );
  if (!isFine) throw new AppError('input.invalid', { detail: `name ${JSON.stringify(name.slice(0, 100))}` });
  return path.join(...parts);
}

/** Files dropped on the page of the browser host, arriving in pieces, one file after the other. */
export class Uploads {
  private readonly folder: ModelFolder;
  /** pieces of one upload are taken one at a time */
  private readonly turns = new Map<string, Promise<unknown>>();
  constructor(folder: ModelFolder) {
    this.folder = folder;
  }
  dirOf(uploadId: string): string {
    if (!/^[\w-]{8,64}$/.test(uploadId)) throw new AppError('input.invalid', { detail: uploadId });
    return path.join(this.folder.incoming, `upload-${uploadId}`);
  }
  /** @returns how much of this file is here; a first piece without data asks just that */
  take(piece: UploadPiece): Promise<number> {
    const before = this.turns.get(piece.uploadId) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(() => this.keep(piece));
    this.turns.set(piece.uploadId, turn);
    void turn
      .catch(() => {})
      .finally(() => this.turns.get(piece.uploadId) === turn && this.turns.delete(piece.uploadId));
    return turn;
  }
  private async keep(piece: UploadPiece): Promise<number> {
    const dir = this.dirOf(piece.uploadId);
    const file = path.join(dir, placeOf(piece.name));
    const bytes = Buffer.from(piece.data, 'base64');
    try {
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const have = (await stat(file).catch(() => null))?.size ?? 0;
      // a shorter file of the same name is another one
      if (have > piece.bytes) await rm(file);
      const kept = have > piece.bytes ? 0 : have;
      if (piece.offset === 0) await this.folder.checkSpace(piece.bytes - kept);
      if (bytes.length === 0 && piece.bytes > 0) return kept;
      if (piece.offset > kept)
        throw new AppError('input.invalid', { detail: `piece at ${piece.offset}, ${kept} received` });
      if (piece.offset + bytes.length > piece.bytes)
        throw new AppError('input.invalid', {
          detail: `${piece.offset + bytes.length} > ${piece.bytes} bytes`,
        });
      // what could never be a model is not sent to its end
      const why =
        piece.offset === 0 && !piece.name.includes('/')
          ? whyNotGguf(bytes.subarray(0, HEAD_BYTES), piece.bytes)
          : null;
      if (why) {
        await rm(dir, { recursive: true, force: true });
        throw why;
      }
      const handle = await open(file, kept === 0 ? 'w' : 'r+', 0o600);
      try {
        await writeAll(handle, bytes, piece.offset);
        await handle.truncate(piece.offset + bytes.length);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      const now = new Date();
      await utimes(dir, now, now); // its age says when somebody last went on with it
      return piece.offset + bytes.length;
    } catch (thrown) {
      throw fileError(thrown, piece.name);
    }
  }
}
