/** From a source to the things that are read one after another. */
import path from 'node:path';
import type { FilePlace, SourceWork } from '../ingest/messages.ts';
import { openGzip, PackedFile, packingOf } from './packed-file.ts';
import { Piped } from './piped.ts';
import { PlainFile } from './plain-file.ts';
import type { Stretch, StretchContext } from './stretch.ts';
import { zipStretches } from './zip-file.ts';

/** The stretches of a source that is no folder, by name. */
export async function openStretches(
  work: SourceWork,
  context: StretchContext,
): Promise<ReadonlyMap<string, Stretch>> {
  if (work.kind === 'stdin') return new Map([['', new Piped(context)]]);
  if (work.path === null) return new Map();
  const places = new Map(work.files.map((f) => [f.name, f.place]));
  const follows = work.kind === 'file';
  const stretches = await stretchesOf({
    name: '',
    file: work.path,
    places,
    follows,
    isMember: false,
    context,
  });
  return new Map(stretches.map((s) => [s.name, s]));
}

/** Of one file: itself, what is packed in it, or each entry of an archive. */
export async function stretchesOf(o: {
  readonly name: string;
  readonly file: string;
  readonly places: ReadonlyMap<string, FilePlace>;
  readonly follows: boolean;
  /** of a folder, which sees to renaming itself */
  readonly isMember: boolean;
  readonly context: StretchContext;
}): Promise<Stretch[]> {
  const { name, file, follows, isMember, context } = o;
  const place = o.places.get(name) ?? null;
  const packing = packingOf(file);
  if (packing === 'zip') return zipStretches(o);
  if (packing === null)
    return [new PlainFile({ name, file, place, follows, isMember, service: path.basename(file), context })];
  return [
    new PackedFile({
      name,
      file,
      place,
      follows,
      service: path.basename(file).replace(/\.gz$/i, ''),
      context,
      open: async () => openGzip(file),
      packed: file,
    }),
  ];
}
