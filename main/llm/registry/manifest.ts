import { z } from 'zod';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import { KnownModel, type ModelView } from '../contract/models.ts';
import type { ModelRecord } from './record.ts';

/** models/manifest.json: the models that are known to fit. */
export const KNOWN_MODELS: readonly KnownModel[] = z
  .strictObject({ $schema: z.string().optional(), models: z.array(KnownModel) })
  .parse(manifest).models;

/** Sizes in the manifest are partly computed; real files of the same kind differ by their header. */
const SIZE_TOLERANCE = 0.02;

/** What is known of a model: which entry of the manifest it is, and how the file that its checksum is of compares with it. */
export type Recognised = {
  readonly known: KnownModel | null;
  readonly checksum: ModelView['checksum'];
  readonly compared: ModelView['compared'];
};
/** The known model that this is: by its checksum, else by what its file (or folder) is called and its size. */
export function findKnown(
  model: Pick<ModelRecord, 'format' | 'facts' | 'bytes' | 'files'> & { readonly sha256: string | null },
  known: readonly KnownModel[] = KNOWN_MODELS,
): Recognised {
  const { facts } = model;
  const bytes = model.files.find((f) => f.path.endsWith(facts.file))?.bytes ?? model.bytes;
  const as = (entry: KnownModel | null, checksum: Recognised['checksum'], found: KnownModel | null) => ({
    known: found,
    checksum,
    compared: { file: facts.file, bytes, listedBytes: entry?.bytes ?? null },
  });
  const same = known.find((k) => k.sha256 !== null && k.sha256 === model.sha256);
  if (same) return as(same, 'matches', same);
  const named =
    known.find(
      (k) =>
        k.format === model.format &&
        k.file.toLowerCase() === facts.file.toLowerCase() &&
        (facts.kind === 'gguf' || facts.folder.toLowerCase().includes(k.id)),
    ) ?? null;
  if (!named) return as(null, 'unknown', null);
  if (model.sha256 !== null && named.sha256 !== null) return as(named, 'differs', null);
  const isAsLarge = Math.abs(bytes - named.bytes) <= named.bytes * SIZE_TOLERANCE;
  return isAsLarge ? as(named, 'unknown', named) : as(named, 'other-size', null);
}
