/** An archive: each file in it is read like a file of its own, in the order of the archive. */
import type { Buffer } from 'node:buffer';
import { statSync } from 'node:fs';
import path from 'node:path';
import { openPromise } from 'yauzl';
import { AppError } from '../../../kernel/errors.ts';
import { type TarEntry, tarEntries } from '../../../kernel/tar.ts';
import type { FilePlace } from '../../ingest/messages.ts';
import { unreadable } from '../plain-file.ts';
import type { Stretch, StretchContext } from '../stretch.ts';
import {
  type Packing as FilePacking,
  openStream,
  type Packed,
  PackedFile,
  type Unpacked,
} from './packed-file.ts';

/** More entries than any bundle of logs has. */
const MAX_ENTRIES = 10_000;

type Packing = Exclude<FilePacking, Packed>;

export async function archiveStretches(o: {
  readonly name: string;
  readonly file: string;
  readonly packing: Packing;
  readonly places: ReadonlyMap<string, FilePlace>;
  readonly follows: boolean;
  readonly context: StretchContext;
}): Promise<Stretch[]> {
  const { file, packing } = o;
  const entries = await entriesOf(file, packing);
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
      open: () => openEntry(file, packing, entry),
      packed: file,
    });
  });
}
/** An archive may hold several files of one name: an older one that was added to. `nth`: from 1 */
type Entry = { readonly name: string; readonly nth: number };

async function entriesOf(file: string, packing: Packing): Promise<Entry[]> {
  const entries: Entry[] = [];
  const met = new Map<string, number>();
  try {
    for await (const name of packing === 'zip' ? zipNames(file) : tarNames(file, packing)) {
      const nth = (met.get(name) ?? 0) + 1;
      met.set(name, nth);
      if (!name.endsWith('/')) entries.push({ name, nth });
      if (entries.length >= MAX_ENTRIES) break;
    }
  } catch (cause) {
    // of a cut tar, what stands before the cut is read; the last entry says what is wrong
    if (packing === 'zip' || entries.length === 0) throw unreadable(file, cause);
  }
  return entries;
}
async function* zipNames(file: string): AsyncGenerator<string> {
  const zip = await openPromise(file, { autoClose: false });
  try {
    for await (const { fileName } of zip.eachEntry()) yield fileName;
  } finally {
    zip.close();
  }
}
async function* tarNames(file: string, packing: Exclude<Packing, 'zip'>): AsyncGenerator<string> {
  const source = openStream(file, outerOf(packing));
  try {
    for await (const { name } of tarFiles(source)) yield name;
  } finally {
    source.close();
  }
}
async function* tarFiles({ chunks }: Unpacked): AsyncGenerator<TarEntry> {
  for await (const entry of tarEntries(chunks, 'LxgK'))
    if (entry.type === '0' || entry.type === '\0') yield entry;
}
const outerOf = (packing: Exclude<Packing, 'zip'>): Packed | null =>
  packing === 'tar' ? null : packing === 'tar.gz' ? 'gz' : packing === 'tar.zst' ? 'zst' : 'bz2';
/** Entries of a tar are found by reading what stands before them. */
async function openTarEntry(
  file: string,
  packing: Exclude<Packing, 'zip'>,
  { name, nth }: Entry,
): Promise<Unpacked> {
  const source = openStream(file, outerOf(packing));
  let before = nth - 1;
  for await (const entry of tarFiles(source)) {
    if (entry.name !== name || before-- > 0) continue;
    return { ...source, chunks: entry.body, changedAt: entry.changedAt };
  }
  source.close();
  throw new AppError('logs.unreadable', { file: `${file}/${name}`, detail: 'no such entry' });
}
async function openEntry(file: string, packing: Packing, entry: Entry): Promise<Unpacked> {
  return packing === 'zip' ? openZipEntry(file, entry) : openTarEntry(file, packing, entry);
}
async function openZipEntry(file: string, { name, nth }: Entry): Promise<Unpacked> {
  let before = nth - 1;
  const stat = statSync(file, { bigint: true });
  const zip = await openPromise(file, { autoClose: false });
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== name || before-- > 0) continue;
    if (entry.isEncrypted()) {
      zip.close();
      throw new AppError('logs.unreadable', { file: `${file}/${name}`, detail: 'encrypted' });
    }
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
  zip.close();
  throw new AppError('logs.unreadable', { file: `${file}/${name}`, detail: 'no such entry' });
}
/** The first file in it; nothing but an error where there is none. */
export async function openFirstEntry(file: string, packing: Packing): Promise<Unpacked> {
  const [first] = await entriesOf(file, packing);
  if (!first) throw new AppError('logs.unreadable', { file, detail: 'empty archive' });
  return openEntry(file, packing, first);
}
