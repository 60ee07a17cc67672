import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../../kernel/errors.ts';
import { moveAnything } from '../../kernel/move-file.ts';
import { throwIfAborted } from '../../kernel/task.ts';
import { DURABLE_EVERY } from '../config.ts';
import { fileError } from './file-errors.ts';
import { checkUnchanged, isSameFile } from './read-source.ts';
import { ModelFile } from './record.ts';

const PIECE = 4 * 1024 * 1024;
/** Beside the files: where they came from, and how many bytes of them, counted through all, are on the disk for sure. */
const Progress = z.object({
  version: z.literal(1),
  root: z.string(),
  files: z.array(ModelFile),
  durable: z.number().int().min(0),
});
export type CopyJob = {
  /** where the files are now */
  readonly root: string;
  readonly files: readonly ModelFile[];
  /** whose checksum is wanted */
  readonly main: string;
  /** where copies grow; made, and kept when the copy is cut off */
  readonly into: string;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number, stage: string) => void;
  /** bytes between two syncs to the disk */
  readonly durableEvery?: number;
};
export const progressFile = (into: string): string => path.join(into, 'progress.json');

/**
 * Copies the files, computing the main one's SHA-256 on the way. Goes on where an earlier try stopped: after a crash only what was
 * synced to the disk counts, and a source that changed since is copied anew. @returns the checksum, hex
 */
export async function copyFiles(job: CopyJob): Promise<string> {
  const total = job.files.reduce((sum, f) => sum + f.bytes, 0);
  const start = await findStart(job);
  if (start === 0) await rm(job.into, { recursive: true, force: true });
  await mkdir(job.into, { recursive: true, mode: 0o700 });
  let before = 0;
  let sha256 = '';
  let marked = start;
  const mark = async (durable: number): Promise<void> => {
    marked = durable;
    const { root, files } = job;
    await writeDurably(progressFile(job.into), JSON.stringify({ version: 1, root, files, durable }));
  };
  await mark(start);
  for (const file of job.files) {
    const hash = file.path === job.main ? createHash('sha256') : null;
    const have = Math.min(file.bytes, Math.max(0, start - before));
    const copied = path.join(job.into, file.path);
    await mkdir(path.dirname(copied), { recursive: true, mode: 0o700 });
    const target = await open(copied, have > 0 ? 'r+' : 'w', 0o600);
    try {
      await target.truncate(have);
      if (hash) await hashPart({ handle: target, bytes: have, hash, offset: before, total, job });
      if (have < file.bytes) {
        const source = await open(path.join(job.root, file.path), 'r').catch((thrown: unknown) => {
          throw fileError(thrown, file.path);
        });
        try {
          for (let at = have; at < file.bytes; ) {
            throwIfAborted(job.signal);
            const piece = await readPiece(source, file, at);
            hash?.update(piece);
            await writeAll(target, piece, at);
            at += piece.length;
            job.progress(before + at, total, 'copy');
            if (before + at - marked >= (job.durableEvery ?? DURABLE_EVERY)) {
              await target.sync();
              await mark(before + at);
            }
          }
        } finally {
          await source.close();
        }
      }
      await target.sync();
    } finally {
      await target.close();
    }
    await checkUnchanged(job.root, file);
    before += file.bytes;
    await mark(before);
    if (hash) sha256 = hash.digest('hex');
  }
  return sha256;
}

/** SHA-256 of a file that stays where it is, hex. */
export async function hashFile(
  job: Pick<CopyJob, 'root' | 'main' | 'files' | 'signal' | 'progress'>,
): Promise<string> {
  const file = job.files.find((f) => f.path === job.main);
  if (!file) throw new AppError('models.source-gone', { file: job.main });
  try {
    const hash = createHash('sha256');
    await using handle = await open(path.join(job.root, job.main), 'r');
    await hashPart({ handle, bytes: file.bytes, hash, offset: 0, total: file.bytes, job });
    await checkUnchanged(job.root, file);
    return hash.digest('hex');
  } catch (thrown) {
    throw fileError(thrown, job.main);
  }
}

/** How far an earlier try got with the same files; 0: from the beginning. */
async function findStart(job: CopyJob): Promise<number> {
  let text: string;
  try {
    text = await readFile(progressFile(job.into), 'utf8');
  } catch {
    return 0; // there was none
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 0;
  }
  const parsed = Progress.safeParse(value);
  if (!parsed.success) return 0;
  const { root, files, durable } = parsed.data;
  const isSame =
    root === job.root &&
    files.length === job.files.length &&
    files.every((f, i) => {
      const now = job.files[i];
      return now !== undefined && isSameFile(f, now);
    });
  if (!isSame) return 0;
  let before = 0;
  for (const file of job.files) {
    const have = Math.min(file.bytes, Math.max(0, durable - before));
    if (have > 0) {
      const seen = await stat(path.join(job.into, file.path)).catch(() => null);
      if (!seen || seen.size < have) return 0;
    }
    before += file.bytes;
  }
  return durable;
}

async function hashPart(o: {
  handle: FileHandle;
  bytes: number;
  hash: Hash;
  offset: number;
  total: number;
  job: Pick<CopyJob, 'signal' | 'progress' | 'main'>;
}): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(PIECE, Math.max(1, o.bytes)));
  for (let at = 0; at < o.bytes; ) {
    throwIfAborted(o.job.signal);
    const { bytesRead } = await o.handle.read(buffer, 0, Math.min(buffer.length, o.bytes - at), at);
    if (bytesRead === 0) throw new AppError('models.source-changed', { file: path.basename(o.job.main) });
    o.hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
    o.job.progress(o.offset + at, o.total, 'checksum');
  }
}

async function readPiece(source: FileHandle, file: ModelFile, at: number): Promise<Buffer> {
  const want = Math.min(PIECE, file.bytes - at);
  const piece = Buffer.allocUnsafe(want);
  for (let have = 0; have < want; ) {
    const { bytesRead } = await source.read(piece, have, want - have, at + have).catch((thrown: unknown) => {
      throw fileError(thrown, file.path);
    });
    if (bytesRead === 0) throw new AppError('models.source-changed', { file: path.basename(file.path) });
    have += bytesRead;
  }
  return piece;
}
export async function writeAll(target: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.length; )
    done += (await target.write(piece, done, piece.length - done, at + done)).bytesWritten;
}

/** Either the old content or the new one is there, whatever happens. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const next = `${file}.new`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await moveAnything(next, file);
  await syncFolder(path.dirname(file));
}
/** A renamed file is where it should be only when its folder is on the disk; Windows does that by itself. */
export async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using handle = await open(dir, 'r');
  await handle.sync();
}
