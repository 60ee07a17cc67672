/** From a source to the things that are read one after another. */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Checkpoint, SourceWork } from '../ingest/messages.ts';
import { logsBelow } from './list-logs.ts';
import type { LogReader, LogReaderContext } from './log-reader.ts';
import { archiveReaders } from './packed/archive.ts';
import { isArchive, openStream, PackedFile, packingOf } from './packed/packed-file.ts';
import { runsOf } from './pipes/pipe-files.ts';
import { Piped } from './pipes/piped.ts';
import { PlainFile } from './plain-file.ts';

/** Runs of standard input come and go: those known stay as they are. */
export function openPipes(o: {
  readonly dataDir: string;
  readonly work: SourceWork;
  readonly known: ReadonlyMap<string, LogReader>;
  readonly context: LogReaderContext;
}): ReadonlyMap<string, LogReader> {
  const { dataDir, work, known, context } = o;
  const runs = runsOf(dataDir, work.id);
  for (const [name, reader] of known) if (!runs.some((run) => run.name === name)) reader.close();
  return new Map(
    runs.map(({ name, dir }) => {
      const place = work.files.find((f) => f.name === name)?.place ?? null;
      return [name, known.get(name) ?? new Piped({ name, dir, place, context })];
    }),
  );
}
/** The readers of a source that is one file, one archive or a folder of a person's, by name. */
export async function openReaders(
  work: SourceWork,
  context: LogReaderContext,
): Promise<ReadonlyMap<string, LogReader>> {
  if (work.path === null) return new Map();
  const places = new Map(work.files.map((f) => [f.name, f.place]));
  const follows = work.kind === 'file';
  const open = (name: string, file: string): Promise<LogReader[]> =>
    readersOf({ name, file, places, follows, isMember: false, context });
  const byName = (readers: readonly LogReader[]) => new Map(readers.map((s) => [s.name, s]));
  if (!statSync(work.path, { throwIfNoEntry: false })?.isDirectory())
    return byName(await open('', work.path));
  const { found, unread } = logsBelow(work.path);
  const readers = unread.map(({ name, why }) => refusing(name, why));
  // one bad archive of a folder leaves the rest readable
  for (const { name, file } of found)
    readers.push(...(await open(name, file).catch((why: unknown) => [refusing(name, why)])));
  return byName(readers);
}
/** What could not even be opened says why when its turn comes. */
export const refusing = (name: string, why: unknown): LogReader => ({
  name,
  read: () => Promise.reject(why),
  place: () => null,
  behind: () => null,
  holding: 0,
  close: () => {},
});

/** Of one file: itself, what is packed in it, or each entry of an archive. */
export async function readersOf(o: {
  readonly name: string;
  readonly file: string;
  readonly places: ReadonlyMap<string, Checkpoint>;
  readonly follows: boolean;
  /** of a folder, which sees to renaming itself */
  readonly isMember: boolean;
  readonly context: LogReaderContext;
}): Promise<LogReader[]> {
  const { name, file, follows, isMember, context } = o;
  const place = o.places.get(name) ?? null;
  const packing = packingOf(file);
  if (isArchive(packing)) return archiveReaders({ ...o, packing });
  if (packing === null)
    return [new PlainFile({ name, file, place, follows, isMember, service: path.basename(file), context })];
  return [
    new PackedFile({
      name,
      file,
      place,
      follows,
      service: path.basename(file).replace(/\.(?:gz|zst|bz2|xz)$/i, ''),
      context,
      open: async () => openStream(file, packing),
      packed: file,
    }),
  ];
}
