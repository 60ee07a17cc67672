/** An archive: each file in it is read like a file of its own, in the order of the archive. */
import type { Buffer } from 'node:buffer';
import { statSync } from 'node:fs';
import path from 'node:path';
import { openPromise, type Entry as ZipEntry } from 'yauzl';
import { AppError } from '../../../kernel/errors.ts';
import { type TarEntry, tarEntries } from '../../../kernel/tar.ts';
import type { Checkpoint } from '../../ingest/messages.ts';
import type { LogReader, LogReaderContext } from '../log-reader.ts';
import { unreadable } from '../plain-file.ts';
import {
  type Packing as FilePacking,
  openStream,
  type Packed,
  PackedFile,
  type Unpacked,
} from './packed-file.ts';

/** More entries than any bundle of logs has: what stands behind them is refused, not passed over. */
const MAX_ENTRIES = 200_000;

type Packing = Exclude<FilePacking, Packed>;

export async function archiveReaders(o: {
  readonly name: string;
  readonly file: string;
  readonly packing: Packing;
  readonly places: ReadonlyMap<string, Checkpoint>;
  readonly follows: boolean;
  readonly context: LogReaderContext;
}): Promise<LogReader[]> {
  const { file, packing } = o;
  const entries = await entriesOf(file, packing, MAX_ENTRIES);
  const walk = packing === 'zip' ? null : new TarWalk(file, packing, entries.length);
  return entries.map((entry) => {
    const shown = entry.nth === 1 ? entry.name : `${entry.name} (${entry.nth})`;
    const name = o.name ? `${o.name}/${shown}` : shown;
    return new PackedFile({
      name,
      file: `${file}/${shown}`,
      place: o.places.get(name) ?? null,
      follows: o.follows,
      service: path.posix.basename(entry.name),
      context: o.context,
      open: () => (walk ? walk.open(entry) : openZipEntry(file, entry)),
      letGo: () => walk?.close(),
      packed: file,
    });
  });
}
/** An archive may hold several files of one name: an older one that was added to. */
type Entry = {
  readonly name: string;
  /** among those of its name, from 1 */
  readonly nth: number;
  /** among all files of the archive, from 0 */
  readonly place: number;
  readonly zip: ZipEntry | null;
};

/** @throws `logs.unreadable` where there are more than `most` */
async function entriesOf(file: string, packing: Packing, most: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  const met = new Map<string, number>();
  let place = 0;
  try {
    for await (const { name, zip } of packing === 'zip' ? zipNames(file) : tarNames(file, packing)) {
      const nth = (met.get(name) ?? 0) + 1;
      met.set(name, nth);
      if (!name.endsWith('/')) entries.push({ name, nth, place, zip });
      place++;
      if (entries.length > most) break;
    }
  } catch (cause) {
    // of a cut tar, what stands before the cut is read; the last entry says what is wrong
    if (packing === 'zip' || entries.length === 0) throw unreadable(file, cause);
  }
  if (entries.length > most)
    throw new AppError('logs.unreadable', { file, detail: `more than ${most} files` });
  return entries;
}
type Named = { readonly name: string; readonly zip: ZipEntry | null };
async function* zipNames(file: string): AsyncGenerator<Named> {
  const zip = await openPromise(file, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) yield { name: entry.fileName, zip: entry };
  } finally {
    zip.close();
  }
}
async function* tarNames(file: string, packing: Exclude<Packing, 'zip'>): AsyncGenerator<Named> {
  const source = openStream(file, outerOf(packing));
  try {
    for await (const { name } of tarFiles(source)) yield { name, zip: null };
  } finally {
    source.close();
  }
}
async function* tarFiles({ chunks }: Unpacked): AsyncGenerator<TarEntry> {
  for await (const entry of tarEntries(chunks, 'LxgK'))
    if (entry.type === '0' || entry.type === '\0') yield entry;
}
const outerOf = (packing: Exclude<Packing, 'zip'>): Packed | null =>
  packing === 'tar' ? null : (packing.slice('tar.'.length) as Packed);

/** Walks through a tar once: whoever asks for the next entry gets it without what stands before it being read again. */
class TarWalk {
  private readonly file: string;
  private readonly packing: Exclude<Packing, 'zip'>;
  private readonly files: number;
  private now: { readonly source: Unpacked; readonly entries: AsyncGenerator<TarEntry> } | null = null;
  /** the entry given last, and whether it is read to its end */
  private place = -1;
  private isRead = true;

  constructor(file: string, packing: Exclude<Packing, 'zip'>, files: number) {
    this.file = file;
    this.packing = packing;
    this.files = files;
  }
  async open({ name, place }: Entry): Promise<Unpacked> {
    // an entry that is half read keeps its stream: another one begins at the beginning
    if (!this.isRead) this.now = null;
    else if (place <= this.place) this.close();
    if (this.now === null) {
      const source = openStream(this.file, outerOf(this.packing));
      this.now = { source, entries: tarFiles(source) };
      this.place = -1;
    }
    const { now } = this;
    for (;;) {
      const { value: entry, done } = await now.entries.next();
      if (done) {
        this.close();
        throw new AppError('logs.unreadable', { file: `${this.file}/${name}`, detail: 'no such entry' });
      }
      if (++this.place < place) continue;
      this.isRead = false;
      return {
        ...now.source,
        chunks: this.chunksOf(entry, now),
        changedAt: entry.changedAt,
        close: () => {
          now.source.close();
          if (this.now === now) this.close();
        },
      };
    }
  }
  private async *chunksOf(entry: TarEntry, of: NonNullable<TarWalk['now']>): AsyncGenerator<Buffer> {
    yield* entry.body;
    if (this.now !== of) of.source.close();
    else if (this.place === this.files - 1) this.close();
    else this.isRead = true;
  }
  close(): void {
    this.now?.source.close();
    this.now = null;
    this.place = -1;
    this.isRead = true;
  }
}
async function openZipEntry(file: string, { name, zip: entry }: Entry): Promise<Unpacked> {
  if (entry === null)
    throw new AppError('logs.unreadable', { file: `${file}/${name}`, detail: 'no such entry' });
  if (entry.isEncrypted())
    throw new AppError('logs.unreadable', { file: `${file}/${name}`, detail: 'encrypted' });
  const stat = statSync(file, { bigint: true });
  const zip = await openPromise(file, { autoClose: false });
  const stream = await zip.openReadStreamPromise(entry);
  stream.on('close', () => zip.close());
  return {
    chunks: stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>,
    changedAt: entry.getLastModDate().getTime(),
    inode: String(stat.ino),
    size: Number(stat.size),
    close: () => void stream.destroy(),
  };
}
/** The first file in it; nothing but an error where there is none. */
export async function openFirstEntry(file: string, packing: Packing): Promise<Unpacked> {
  const [first] = await entriesOf(file, packing, MAX_ENTRIES);
  if (!first) throw new AppError('logs.unreadable', { file, detail: 'empty archive' });
  return packing === 'zip' ? openZipEntry(file, first) : new TarWalk(file, packing, 1).open(first);
}
