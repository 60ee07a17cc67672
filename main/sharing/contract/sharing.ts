import { z } from 'zod';
import { ErrorData, Instant } from '../../api/contract/common.ts';
import { base, none } from '../../api/contract/procedure.ts';

export const SHARED_KINDS = ['remedy', 'know-how', 'rules'] as const;
export const SharedKindName = z.enum(SHARED_KINDS);
export type SharedKindName = z.infer<typeof SharedKindName>;

/** What this laptop shares with the others through a table in the company's database. */
export const Shared = z.object({
  /** null: the connection names no table, nothing is shared */
  table: z.string().nullable(),
  /** items that the laptops agree on, by kind */
  agreed: z.record(SharedKindName, z.number().int()),
  waiting: z.number().int(),
  failed: z.number().int(),
  /** when the table was last read; null: not yet */
  lastAt: Instant.nullable(),
  error: ErrorData.nullable(),
  /** changed here and on another laptop: a person chooses */
  conflicts: z.array(
    z.object({
      kind: SharedKindName,
      id: z.string(),
      title: z.string().nullable(),
      /** who changed it there, and when */
      by: z.string(),
      at: Instant,
      /** as text to compare; null: removed */
      mine: z.string().nullable(),
      theirs: z.string().nullable(),
    }),
  ),
});
export type Shared = z.infer<typeof Shared>;

export const sharing = {
  view: base.input(none).output(Shared),
  /** reads and writes now */
  round: base.input(none).output(Shared),
  settle: base
    .input(
      z.object({ kind: SharedKindName, id: z.string().min(1).max(200), keep: z.enum(['mine', 'theirs']) }),
    )
    .output(Shared),
};
