/** An archive: each file in it is read like a file of its own, in the order of the archive. */
import type { Buffer } from 'node:buffer';
import { statSync } from 'node:fs';
import path from 'node:path';
import { openPromise } from 'yauzl';
import { AppError } from '../../kernel/errors.ts';
import type { FilePlace } from '../ingest/messages.ts';
import { PackedFile, type Unpacked } from './packed-file.ts';
import { unreadable } from './plain-file.ts';
import type { Stretch, StretchContext } from './stretch.ts';

/** More entries than any bundle of logs has. */
const MAX_ENTRIES = 10_000;

export async function zipStretches(o: {
  readonly name: string;
  readonly file: string;
  readonly places: ReadonlyMap<string, FilePlace>;
  readonly follows: boolean;
  readonly context: StretchContext;
}): Promise<Stretch[]> {
  const { file } = o;
  const entries = await entriesOf(file);
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
      open: () => openEntry(file, entry),
      packed: file,
    });
  });
}
/** An archive may hold several files of one name: an older one that was added to. `nth`: from 1 */
type Entry = { readonly name: string; readonly nth: number };

async function entriesOf(file: string): Promise<Entry[]> {
  try {
    const zip = await openPromise(file, { autoClose: false });
    try {
      const entries: Entry[] = [];
      const met = new Map<string, number>();
      for await (const { fileName: name } of zip.eachEntry()) {
        const nth = (met.get(name) ?? 0) + 1;
        met.set(name, nth);
        if (!name.endsWith('/')) entries.push({ name, nth });
        if (entries.length >= MAX_ENTRIES) break;
      }
      return entries;
    } finally {
      zip.close();
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
async function openEntry(file: string, { name, nth }: Entry): Promise<Unpacked> {
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
export async function openFirstEntry(file: string): Promise<Unpacked> {
  const [first] = await entriesOf(file);
  if (!first) throw new AppError('logs.unreadable', { file, detail: 'empty archive' });
  return openEntry(file, first);
}
