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
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { EncodedSegment, PlacedSegment } from '../pipeline-types.ts';
import { isPartition } from './partition.ts';

/** Where a block stands: its partition's file, from `place`, so many bytes. */
export type Place = { readonly partition: string; readonly place: number; readonly bytes: number };

export const segmentFolder = (dataDir: string): string => path.join(dataDir, 'log-segments');
const ENDING = '.seg';
export const segmentFile = (dataDir: string, partition: string): string => {
  if (!isPartition(partition)) throw new RangeError(`not a partition: ${partition}`);
  return path.join(segmentFolder(dataDir), partition + ENDING);
};

/** Free stretches of one file; beyond `end` all is free. */
type Room = { end: number; gaps: { place: number; bytes: number }[] };

const roomOf = (used: readonly Place[]): Room => {
  const gaps: Room['gaps'] = [];
  let end = 0;
  for (const { place, bytes } of [...used].sort((a, b) => a.place - b.place)) {
    if (place > end) gaps.push({ place: end, bytes: place - end });
    end = Math.max(end, place + bytes);
  }
  return { end, gaps };
};
/** The first stretch that is large enough. */
function take(room: Room, bytes: number): number {
  const gap = room.gaps.find((g) => g.bytes >= bytes);
  if (!gap) {
    const place = room.end;
    room.end += bytes;
    return place;
  }
  const { place } = gap;
  gap.place += bytes;
  gap.bytes -= bytes;
  if (gap.bytes === 0) room.gaps.splice(room.gaps.indexOf(gap), 1);
  return place;
}
function giveBack(room: Room, place: number, bytes: number): void {
  room.gaps.push({ place, bytes });
  room.gaps.sort((a, b) => a.place - b.place);
  room.gaps = room.gaps.reduce<Room['gaps']>((joined, gap) => {
    const before = joined.at(-1);
    if (before && before.place + before.bytes === gap.place) before.bytes += gap.bytes;
    else joined.push({ ...gap });
    return joined;
  }, []);
  const last = room.gaps.at(-1);
  if (last && last.place + last.bytes === room.end) {
    room.end = last.place;
    room.gaps.pop();
  }
}

/**
 * One file a partition under `<dataDir>/log-segments`, written by one thread. A block counts once its row is committed: what was appended
 * before a crash without a row is overwritten, and so is the room of blocks that were freed. Readers check a block's checksum and
 * ask for fresh rows when it does not fit.
 */
export class SegmentFiles {
  private readonly dataDir: string;
  private readonly rooms: Map<string, Room>;
  /** the files written last; few, since lines come in order */
  private readonly open = new Map<string, number>();

  private constructor(dataDir: string, rooms: Map<string, Room>) {
    this.dataDir = dataDir;
    this.rooms = rooms;
  }
  /** `used`: the places of all rows of log_segments. */
  static open(dataDir: string, used: Iterable<Place>): SegmentFiles {
    const byFile = Map.groupBy(used, (place) => place.partition);
    return new SegmentFiles(dataDir, new Map([...byFile].map(([file, places]) => [file, roomOf(places)])));
  }

  /**
   * Writes the block and waits for the disk.
   * @throws AppError `store.full` when there is no room, `data.locked` when the folder cannot be written
   */
  append(segment: EncodedSegment): PlacedSegment {
    const { bytes, ...rest } = segment;
    const { partition } = segment;
    const room = this.rooms.get(partition) ?? { end: 0, gaps: [] };
    this.rooms.set(partition, room);
    const place = take(room, bytes.length);
    try {
      const file = this.fileOf(partition);
      for (let done = 0; done < bytes.length; )
        done += writeSync(file, bytes, done, bytes.length - done, place + done);
      fsyncSync(file);
    } catch (cause) {
      giveBack(room, place, bytes.length);
      // opened anew at the next try: it may have been taken away
      this.shut(partition);
      throw fileError(cause, segmentFolder(this.dataDir));
    }
    return { ...rest, place, bytes: bytes.length };
  }
  /** The bytes of a block, as they are on disk now. */
  read(at: Place): Uint8Array {
    return readBlock(this.dataDir, at);
  }
  /** Call after the transaction that removed their rows: their room is used again, and a file without a block goes. */
  free(places: readonly Place[]): void {
    for (const { partition, place, bytes } of places) {
      const room = this.rooms.get(partition);
      if (!room) continue;
      giveBack(room, place, bytes);
      if (room.end === 0) this.remove(partition);
    }
  }
  /** Removes every file in which no block stands. Call when the row of each block that was appended is committed. */
  sweep(): void {
    const folder = segmentFolder(this.dataDir);
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const partition = path.basename(name, ENDING);
      if (name.endsWith(ENDING) && isPartition(partition) && !this.rooms.get(partition)?.end)
        this.remove(partition);
    }
  }
  close(): void {
    for (const partition of [...this.open.keys()]) this.shut(partition);
  }

  private remove(partition: string): void {
    this.shut(partition);
    this.rooms.delete(partition);
    try {
      rmSync(segmentFile(this.dataDir, partition), { force: true });
    } catch {
      // another program looks into it: it is empty to us, and goes when next swept
    }
  }
  private fileOf(partition: string): number {
    const known = this.open.get(partition);
    if (known !== undefined) return known;
    const [oldest] = this.open.keys();
    if (this.open.size >= 8 && oldest !== undefined) this.shut(oldest);
    mkdirSync(segmentFolder(this.dataDir), { recursive: true, mode: 0o700 });
    const name = segmentFile(this.dataDir, partition);
    const file = openForWriting(name);
    this.open.set(partition, file);
    return file;
  }
  private shut(partition: string): void {
    const file = this.open.get(partition);
    if (file !== undefined) closeSync(file);
    this.open.delete(partition);
  }
}

function openForWriting(name: string): number {
  try {
    return openSync(name, 'r+');
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'ENOENT') throw cause;
    return openSync(name, 'wx+', 0o600);
  }
}

function fileError(cause: unknown, dir: string): AppError {
  if (cause instanceof AppError) return cause;
  const code = (cause as { code?: unknown } | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new AppError('store.full', {}, { cause });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR')
    return new AppError('data.locked', { dir }, { cause });
  return new AppError('internal', {}, { cause });
}

/** Reads `[place, place + bytes)`, or less at the end of the file. */
export function readBlock(dataDir: string, { partition, place, bytes }: Place): Uint8Array {
  const file = openSync(segmentFile(dataDir, partition), 'r');
  try {
    return readFrom(file, place, bytes);
  } finally {
    closeSync(file);
  }
}
export function readFrom(file: number, place: number, bytes: number): Uint8Array {
  const length = Math.max(0, Math.min(bytes, fstatSync(file).size - place));
  const into = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const n = readSync(file, into, done, length - done, place + done);
    if (n === 0) break;
    done += n;
  }
  return done === length ? into : into.subarray(0, done);
}
