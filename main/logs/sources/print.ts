/** What tells one file from another of the same name: a few of its bytes. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import type { Checkpoint, Print } from '../ingest/messages.ts';

const PRINT_BYTES = 1024;

export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 24);
export const NO_PRINT: Print = { bytes: 0, hash: hashOf(new Uint8Array()) };

/** @returns fewer bytes than asked for where the file ends */
export function bytesAt(fd: number, place: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  let got = 0;
  while (got < bytes) {
    const n = readSync(fd, buffer, got, bytes - got, place + got);
    if (n === 0) break;
    got += n;
  }
  return buffer.subarray(0, got);
}
/** Of a file's first bytes and the last ones before `offset`. */
export function printsOf(fd: number, offset: number, known: Print | null): { first: Print; last: Print } {
  const length = Math.min(offset, PRINT_BYTES);
  const read = (from: number): Print => ({ bytes: length, hash: hashOf(bytesAt(fd, from, length)) });
  const first = known && known.bytes === PRINT_BYTES ? known : read(0);
  return { first, last: offset <= PRINT_BYTES ? first : read(offset - length) };
}
/** Whether this is the file that was read up to `place`: long enough, and with the same bytes at both ends of what was read. */
export function isSameFile(
  fd: number,
  size: number,
  place: Pick<Checkpoint, 'offset' | 'first' | 'last'>,
): boolean {
  if (size < place.offset) return false;
  const { first, last, offset } = place;
  return (
    hashOf(bytesAt(fd, 0, first.bytes)) === first.hash &&
    (offset === first.bytes || hashOf(bytesAt(fd, offset - last.bytes, last.bytes)) === last.hash)
  );
}
