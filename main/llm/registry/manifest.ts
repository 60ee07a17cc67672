import { z } from 'zod';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import { KnownModel } from '../../api/contract/models.ts';
import type { ModelRecord } from './record.ts';

/** models/manifest.json: the models that are known to fit. */
export const KNOWN_MODELS: readonly KnownModel[] = z
  .strictObject({ $schema: z.string().optional(), models: z.array(KnownModel) })
  .parse(manifest).models;

/** Sizes in the manifest are partly computed; real files of the same kind differ by their header. */
const SIZE_TOLERANCE = 0.02;

/** The known model that this is: by its checksum, else by what its file (or folder) is called and its size. */
export function findKnown(
  model: Pick<ModelRecord, 'format' | 'facts' | 'bytes' | 'files'> & { readonly sha256: string | null },
  known: readonly KnownModel[] = KNOWN_MODELS,
): { readonly known: KnownModel | null; readonly checksum: 'matches' | 'differs' | 'unknown' } {
  const same = known.find((k) => k.sha256 !== null && k.sha256 === model.sha256);
  if (same) return { known: same, checksum: 'matches' };
  const { facts } = model;
  const main = model.files.find((f) => f.path.endsWith(facts.file));
  const bytes = main?.bytes ?? model.bytes;
  const named = known.find(
    (k) =>
      k.format === model.format &&
      k.file.toLowerCase() === facts.file.toLowerCase() &&
      (facts.kind === 'gguf' || facts.folder.toLowerCase().includes(k.id)),
  );
  if (named && model.sha256 !== null && named.sha256 !== null) return { known: null, checksum: 'differs' };
  const isAsLarge = named !== undefined && Math.abs(bytes - named.bytes) <= named.bytes * SIZE_TOLERANCE;
  return { known: isAsLarge ? named : null, checksum: 'unknown' };
}
