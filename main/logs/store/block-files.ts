/** Each block is a file under `<dataDir>/log-blocks`, written once; a file without a row counts for nothing and goes. */
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { type BlockRow, isFar, type PlacedBlock } from './block-rows.ts';
import type { EncodedBlock } from './encode-block.ts';

const FOLDER = 'log-blocks';
/** Of before migration 210: a file a day, many blocks in each. */
const OLD_FOLDER = 'log-segments';
const ENDING = '.block';
const NAME = /^(log-blocks\/[\w-]+\.block|log-segments\/[\w-]+\.seg)$/;

const pathOf = (dataDir: string, file: string): string => {
  if (!NAME.test(file)) throw new RangeError(`not a file of blocks: ${file}`);
  return path.join(dataDir, file);
};

/**
 * Writes a block and waits for the disk. The caller makes it count by its row.
 * @throws AppError `store.full` when there is no room, `data.locked` when the folder cannot be written
 */
export function writeBlock(dataDir: string, block: EncodedBlock): PlacedBlock {
  const { bytes, ...rest } = block;
  const folder = path.join(dataDir, FOLDER);
  const file = `${FOLDER}/${block.firstId}-${block.checksum.toString(16).padStart(8, '0')}${ENDING}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fd = openSync(pathOf(dataDir, file), 'w', 0o600);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    syncFolder(folder);
  } catch (cause) {
    removeFiles(dataDir, [file]);
    throw fileError(cause, folder);
  }
  return { ...rest, file, bytes: bytes.length };
}
/** So that the name of a new file outlives a power cut; Windows keeps names by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
function fileError(cause: unknown, dir: string): AppError {
  if (cause instanceof AppError) return cause;
  const code = (cause as { code?: unknown } | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new AppError('store.full', {}, { cause });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST')
    return new AppError('data.locked', { dir }, { cause });
  return new AppError('internal', {}, { cause });
}

/** The first `bytes` of a block as they are on disk now, or fewer where the file is shorter. */
export function readBlock(
  dataDir: string,
  { file, place }: Pick<BlockRow, 'file' | 'place'>,
  bytes: number,
): Uint8Array {
  const fd = openSync(pathOf(dataDir, file ?? ''), 'r');
  try {
    const into = new Uint8Array(Math.max(0, Math.min(bytes, fstatSync(fd).size - place)));
    let done = 0;
    for (let n = -1; n !== 0 && done < into.length; done += n)
      n = readSync(fd, into, done, into.length - done, place + done);
    return into.subarray(0, done);
  } finally {
    closeSync(fd);
  }
}

/** Whether all of a block's bytes are on disk: its file is there and was not cut. What they say is not looked at. */
export function isThere(
  dataDir: string,
  { file, place, bytes }: Pick<BlockRow, 'file' | 'place' | 'bytes'>,
): boolean {
  if (file === null || isFar({ file })) return true;
  return (statSync(pathOf(dataDir, file), { throwIfNoEntry: false })?.size ?? 0) >= place + bytes;
}

/** Removes what no block stands in any more. Call when the row of each block that was written is committed. */
export function sweepFiles(dataDir: string, used: readonly string[]): void {
  const kept = new Set(used);
  for (const folder of [FOLDER, OLD_FOLDER]) {
    const at = path.join(dataDir, folder);
    for (const name of existsSync(at) ? readdirSync(at) : []) {
      const file = `${folder}/${name}`;
      if (NAME.test(file) && !kept.has(file)) removeFiles(dataDir, [file]);
    }
  }
}
export function removeFiles(dataDir: string, files: readonly string[]): void {
  for (const file of files) {
    try {
      rmSync(pathOf(dataDir, file), { force: true });
    } catch {
      // another program looks into it: it goes when next swept
    }
  }
}
