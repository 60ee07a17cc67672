/** Whether a file holds the text that was read up to a place, plain or packed. */
import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import type { Checkpoint } from '../ingest/messages.ts';
import { isArchive, openStream, type Packed, packingOf } from './packed/packed-file.ts';
import { isSameFile } from './print.ts';

export async function holdsPlace(
  file: { readonly file: string; readonly size: number },
  place: Checkpoint,
): Promise<boolean> {
  const packing = packingOf(file.file);
  // packed places are told by the packed bytes
  if (place.packedSize !== null)
    return packing !== null && holdsBytes(file, { ...place, offset: place.packedSize });
  if (packing === null) return holdsBytes(file, place);
  return !isArchive(packing) && place.first.bytes > 0 && (await holdsUnpacked(file.file, packing, place));
}
function holdsBytes(
  file: { readonly file: string; readonly size: number },
  place: Pick<Checkpoint, 'offset' | 'first' | 'last'>,
): boolean {
  if (file.size < place.offset) return false;
  let fd: number;
  try {
    fd = openSync(file.file, 'r');
  } catch {
    return false;
  }
  try {
    return isSameFile(fd, file.size, place);
  } finally {
    closeSync(fd);
  }
}
/** Unpacks as far as it must: another text is known from its first bytes. */
async function holdsUnpacked(
  file: string,
  packing: Packed,
  { first, last, offset }: Checkpoint,
): Promise<boolean> {
  const source = openStream(file, packing);
  const begins = createHash('sha256');
  const ends = createHash('sha256');
  let at = 0;
  const feed = (chunk: Buffer, from: number, to: number, hash: typeof begins): void => {
    const a = Math.max(0, from - at);
    const b = Math.min(chunk.length, to - at);
    if (b > a) hash.update(chunk.subarray(a, b));
  };
  const is = (hash: typeof begins, print: Checkpoint['first']): boolean =>
    hash.digest('hex').startsWith(print.hash);
  let isBegun = false;
  try {
    for (let next = await source.chunks.next(); !next.done; next = await source.chunks.next()) {
      if (!isBegun) feed(next.value, 0, first.bytes, begins);
      feed(next.value, offset - last.bytes, offset, ends);
      at += next.value.length;
      if (!isBegun && at >= first.bytes) {
        isBegun = true;
        if (!is(begins, first)) return false;
      }
      if (at >= offset) return is(ends, last);
    }
    return false;
  } catch {
    return false;
  } finally {
    source.close();
  }
}
