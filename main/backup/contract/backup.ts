import { z } from 'zod';
import { ErrorData, GivenPath, Instant } from '../../api/contract/common.ts';
import { base, none, ok } from '../../api/contract/procedure.ts';
import { AuditHead } from '../../placement/contract/placement.ts';

/** What a backup says of itself; its last entry, so that a file that was cut off has none. */
export const BackupManifest = z.object({
  format: z.literal('toride-backup'),
  version: z.literal(1),
  /** of the Toride that made it */
  toride: z.string(),
  madeAt: Instant,
  files: z.array(z.object({ path: z.string(), bytes: z.number().int(), sha256: z.string() })),
  /** of the audit record, to compare with */
  audit: AuditHead.nullable(),
  /** models are not in it: they are gigabytes that are carried by themselves */
  models: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string().nullable() })),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export const BackupFile = z.object({
  file: z.string(),
  madeAt: Instant,
  bytes: z.number().int(),
  encrypted: z.boolean(),
});
export type BackupFile = z.infer<typeof BackupFile>;

/** What a restored copy was asked, in this order. */
export const DRILL_CHECKS = ['files', 'database', 'audit', 'lines'] as const;
export const Drill = z.object({
  file: z.string(),
  at: Instant,
  ms: z.number(),
  checks: z.array(z.object({ what: z.enum(DRILL_CHECKS), ok: z.boolean(), detail: z.string().nullable() })),
});
export type Drill = z.infer<typeof Drill>;
export const isWhole = (drill: Drill): boolean =>
  drill.checks.length === DRILL_CHECKS.length && drill.checks.every((check) => check.ok);

export const BackupSettings = z.object({
  every: z.enum(['off', 'daily']),
  /** how many are kept; older ones go */
  keep: z.number().int().min(1).max(60),
  /** empty: `backups` in the data folder */
  folder: z.string().max(1000),
  encrypt: z.boolean(),
});
export type BackupSettings = z.infer<typeof BackupSettings>;

const passphrase = z.string().min(8).max(200);
export const backup = {
  overview: base.input(none).output(
    z.object({
      folder: z.string(),
      /** newest first */
      files: z.array(BackupFile),
      /** one is kept for encrypted backups */
      hasPassphrase: z.boolean(),
      /** why the last one that was due was not made */
      failed: z.object({ at: Instant, error: ErrorData }).nullable(),
      drill: Drill.nullable(),
    }),
  ),
  create: base
    .input(z.object({ folder: z.string().max(1000).optional(), passphrase: passphrase.optional() }))
    .output(BackupFile),
  /** restores it into a folder that goes again, opens that and looks */
  drill: base
    .input(z.object({ file: z.string().max(1000), passphrase: passphrase.optional() }))
    .output(Drill),
  /** into a folder that is empty or not there; the data of this engine is not touched */
  restore: base
    .input(
      z.object({
        file: GivenPath.pipe(z.string().min(1)),
        dir: GivenPath.pipe(z.string().min(1)),
        passphrase: passphrase.optional(),
      }),
    )
    .output(z.object({ dir: z.string(), files: z.number().int(), models: z.array(z.string()) })),
  setPassphrase: base.input(z.object({ passphrase: passphrase.nullable() })).output(ok),
};
