/**
 * A folder of logs, with those below it: every file of the pattern is followed; a file that was renamed, moved, copied or packed
 * goes on where it was read to.
 */

import type { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Checkpoint, SourceWork } from '../ingest/messages.ts';
import { type Found, logsBelow } from './list-logs.ts';
import type { LogReader, LogReaderContext } from './log-reader.ts';
import { readersOf, refusing } from './open-readers.ts';
import { isArchive, openStream, type Packed, packingOf } from './packed/packed-file.ts';
import { lookAt } from './plain-file.ts';
import { isSameFile } from './print.ts';

/** Whether a file holds the text that was read up to a place, plain or packed. */
async function holdsPlace(
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

/** The copy of a followed file, or one that is being packed, is left alone for so long: the original may be about to go. */
const COPY_MS = 10_000;

/** `*.log`, `app-?.txt`: `*` any characters, `?` one; several patterns with commas. */
export function matcher(pattern: string | null): (name: string) => boolean {
  if (pattern === null) return () => true;
  const parts = pattern
    .split(',')
    .map((p) => p.trim())
    .filter(Boolean)
    .map((p) =>
      p
        .normalize('NFC')
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.'),
    );
  const expression = new RegExp(`^(?:${parts.join('|')})$`, 'i');
  // macOS keeps a name’s voiced kana as two characters
  return (name) => expression.test(name.normalize('NFC'));
}

/** What is known of one file read so far. */
type Track = {
  readonly name: string;
  readonly place: Checkpoint | null;
  readonly readers: readonly LogReader[];
};
export type Scan = {
  readonly readers: ReadonlyMap<string, LogReader>;
  /** texts that go by another name now: where they were, and where they are */
  readonly moved: readonly { readonly from: string; readonly name: string; readonly place: Checkpoint }[];
};

export class Folder {
  private readonly work: SourceWork;
  private readonly context: LogReaderContext;
  private tracks: Map<string, Track>;

  constructor(work: SourceWork, context: LogReaderContext) {
    this.work = work;
    this.context = context;
    this.tracks = new Map();
    for (const { name, place } of work.files) {
      const file = fileOf(work.path ?? '', name);
      if (!this.tracks.has(file))
        this.tracks.set(file, { name: file, place: file === name ? place : null, readers: [] });
    }
  }

  /** The files as they are now. Opens nothing that is not new. */
  async scan(): Promise<Scan> {
    const { rules } = this.work;
    const { found, unread } = logsBelow(this.work.path ?? '', matcher(rules.pattern), rules.pattern === null);
    const root = unread.find(({ name }) => name === '');
    if (root) throw root.why;
    const before = [...this.tracks.values()].map((t) => ({ ...t, place: placeOf(t) }));
    const next = new Map<string, Track>();
    const taken = new Set<string>();
    const renamed: { from: string; name: string; place: Checkpoint }[] = [];
    const open: Found[] = [];
    for (const file of found) {
      const own = before.find((t) => t.name === file.name);
      if (own && (await this.isStill(file, own))) {
        next.set(file.name, own);
        taken.add(own.name);
      } else open.push(file);
    }
    for (const file of open) {
      const known = before.filter((t) => t.place && t.place.offset > 0);
      const moved = await longest(
        file,
        known.filter((t) => !taken.has(t.name)),
      );
      if (moved) {
        taken.add(moved.name);
        for (const s of moved.readers) s.close();
        if (moved.place) renamed.push({ from: moved.name, name: file.name, place: moved.place });
        next.set(file.name, await this.track(file, moved.place));
        continue;
      }
      const copied = await longest(
        file,
        known.filter((t) => taken.has(t.name)),
      );
      // a share's clock may be ahead of ours
      if ((copied || isHalfPacked(file)) && Math.abs(Date.now() - file.changedAt) < COPY_MS) continue;
      next.set(file.name, await this.track(file, copied?.place ?? null));
    }
    for (const track of before) {
      if (taken.has(track.name)) continue;
      for (const s of track.readers) s.close();
      // gone, but it may come back; under another file's name it cannot
      if (!next.has(track.name)) next.set(track.name, { ...track, readers: [] });
    }
    this.tracks = next;
    const readers = [
      ...[...next.values()].flatMap((t) => t.readers),
      // a folder that cannot be looked into leaves the others readable
      ...unread.map(({ name, why }) => refusing(name, why)),
    ];
    return { readers: new Map(readers.map((s) => [s.name, s])), moved: renamed };
  }

  private async track(file: Found, place: Checkpoint | null): Promise<Track> {
    const places = new Map(
      this.work.files.filter((f) => f.name.startsWith(`${file.name}/`)).map((f) => [f.name, f.place]),
    );
    if (place) places.set(file.name, place);
    const readers = await readersOf({
      name: file.name,
      file: file.file,
      places,
      follows: true,
      isMember: true,
      context: this.context,
    });
    return { name: file.name, place, readers };
  }
  /** Whether the file under a name is still the one that was read under it; opens it when nothing has read it yet. */
  private async isStill(file: Found, own: Track & { readers: readonly LogReader[] }): Promise<boolean> {
    const { place } = own;
    const isSame = place === null || place.offset === 0 || (await holdsPlace(file, place));
    if (!isSame) return false;
    if (own.readers.length === 0) Object.assign(own, { readers: (await this.track(file, place)).readers });
    return true;
  }
}

/** The file that a place is in: an archive's entries are kept as `archive/entry`. */
function fileOf(dir: string, name: string): string {
  const parts = name.split('/');
  for (let n = 1; n < parts.length; n++) {
    const file = parts.slice(0, n).join('/');
    const stat = lookAt(path.join(dir, file));
    if (stat ? stat.isFile() : /\.(?:zip|tar|tgz|tar\.\w+)$/i.test(file)) return file;
  }
  return name;
}
const placeOf = (track: Track): Checkpoint | null =>
  track.readers.find((s) => s.name === track.name)?.place() ?? track.place;
/** Of the files known, the one this is, read farthest. */
async function longest<T extends Track>(file: Found, known: readonly T[]): Promise<T | null> {
  let best: T | null = null;
  for (const track of known) {
    if (!track.place || (best?.place?.offset ?? -1) >= track.place.offset) continue;
    if (await holdsPlace(file, track.place)) best = track;
  }
  return best;
}
const isHalfPacked = (file: Found): boolean => /\.(?:gz|zst)$/i.test(file.name);
