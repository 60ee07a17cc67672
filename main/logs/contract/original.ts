import { z } from 'zod';

/** What the bytes of a source are, told after all of them. */
export const OriginalTold = z.object({
  /** the source's */
  name: z.string(),
  bytes: z.number().int(),
  /** of all bytes given, in hexadecimal digits */
  sha256: z.string(),
  /** `file`: of the file, which has the length, the beginning and the end that were read; `store`: put together from the stored lines */
  from: z.enum(['file', 'store']),
  /** whether length, beginning and end are those of what was read; null: it was no single file */
  isSame: z.boolean().nullable(),
  /** lines of which nothing or only the beginning is kept */
  missing: z.number().int(),
});
export type OriginalTold = z.infer<typeof OriginalTold>;
/** Bytes (base64); the last part has none and tells of all. */
export const OriginalPart = z.object({ data: z.string(), told: OriginalTold.nullable() });
export type OriginalPart = z.infer<typeof OriginalPart>;
