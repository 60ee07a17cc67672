import { z } from 'zod';
import { ErrorData, Freshness, Instant, Table } from '../../api/contract/common.ts';
import { base, none } from '../../api/contract/procedure.ts';

export const Connection = z.object({
  host: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65535),
  user: z.string().min(1).max(128),
  database: z.string().min(1).max(128),
  tls: z.enum(['off', 'on', 'verify']),
  ca: z.string().max(100_000).nullable(),
  /** how the company writes DATETIME */
  timeZone: z.string().min(1).max(64),
  /** off: decisions stay in Toride */
  writeBack: z.boolean(),
  /** the table through which laptops share remedies, know-how and rules; null or missing: they do not */
  sharedTable: z
    .string()
    .regex(/^[\w$-]{1,64}$/)
    .nullable()
    .optional(),
});
export type Connection = z.infer<typeof Connection>;
export const ConnectionView = z.object({
  connection: Connection.nullable(),
  /** where the password is: OS key store, a file only this user can read, memory until quit, nowhere */
  password: z.enum(['key-store', 'file', 'memory', 'none']),
  keyStore: z.boolean(),
  /** the OS seals with a key that is no secret: used only where an administrator allows it */
  weakKeyStore: z.boolean(),
});
export const TestStep = z.object({
  step: z.enum([
    'address',
    'connect',
    'tls',
    'login',
    'database',
    'rights',
    'read-only',
    'tables',
    'columns',
    'write-back',
    'sharing',
  ]),
  ok: z.boolean(),
  error: ErrorData.nullable(),
  note: z.string().nullable(),
});
export const TestResult = z.object({
  ok: z.boolean(),
  steps: z.array(TestStep),
  server: z.string().nullable(),
  ms: z.number(),
});
export type TestResult = z.infer<typeof TestResult>;

/** canonical table → their table and, per canonical column, their column (null: not there) */
export const Mapping = z.object({
  version: z.literal(1),
  tables: z.record(
    z.string(),
    z.object({ table: z.string().nullable(), columns: z.record(z.string(), z.string().nullable()) }),
  ),
});
export type Mapping = z.infer<typeof Mapping>;
export const MappingSuggestion = z.object({
  mapping: Mapping,
  /** 0–1 per `table` and `table.column`: how sure the suggestion is */
  confidence: z.record(z.string(), z.number()),
  problems: z.array(ErrorData),
  theirTables: z.array(
    z.object({
      table: z.string(),
      columns: z.array(z.object({ column: z.string(), type: z.string() })),
      rows: z.number().nullable(),
    }),
  ),
});
export type MappingSuggestion = z.infer<typeof MappingSuggestion>;

export const SyncTable = z.object({
  table: z.string(),
  localRows: z.number().int(),
  sourceRows: z.number().int().nullable(),
  deadLetters: z.number().int(),
  cursor: z.string().nullable(),
  lastOkAt: Instant.nullable(),
  error: ErrorData.nullable(),
  /** source = local + dead, when both were counted */
  reconciled: z.boolean().nullable(),
});
export const SyncStatus = z.object({
  configured: z.boolean(),
  running: z.boolean(),
  online: z.boolean(),
  lastOkAt: Instant.nullable(),
  nextAt: Instant.nullable(),
  error: ErrorData.nullable(),
  tables: z.array(SyncTable),
  outbox: z.object({ waiting: z.number().int(), failed: z.number().int(), confirmed: z.number().int() }),
});
export type SyncStatus = z.infer<typeof SyncStatus>;
export const SyncReport = z.object({
  tables: z.array(
    z.object({
      table: z.string(),
      read: z.number().int(),
      written: z.number().int(),
      deleted: z.number().int(),
      dead: z.number().int(),
      /** why it could not be brought up to date; the other tables were */
      error: ErrorData.nullable(),
    }),
  ),
  rows: z.number().int(),
  ms: z.number(),
  rowsPerSecond: z.number(),
});
export type SyncReport = z.infer<typeof SyncReport>;
export const DeadLetter = z.object({
  id: z.string(),
  source: z.string(),
  key: z.string(),
  reason: z.string(),
  raw: z.string(),
  firstAt: Instant,
  lastAt: Instant,
  times: z.number().int(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

export const DemoStatus = z.object({
  running: z.boolean(),
  seed: z.number().int(),
  speed: z.number(),
  /** the demo's own clock */ now: Instant,
  scenario: z.string(),
  scenarios: z.array(z.string()),
});
export type DemoStatus = z.infer<typeof DemoStatus>;
export type ConnectionView = z.infer<typeof ConnectionView>;
export type TestStep = z.infer<typeof TestStep>;
export type SyncTable = z.infer<typeof SyncTable>;

export const company = {
  connection: base.input(none).output(ConnectionView),
  save: base
    .input(
      z.object({
        connection: Connection,
        password: z.string().max(1000).optional(),
        remember: z.enum(['key-store', 'file', 'memory']).default('memory'),
      }),
    )
    .output(ConnectionView),
  forget: base.input(none).output(ConnectionView),
  test: base
    .input(z.object({ connection: Connection, password: z.string().max(1000).optional() }))
    .output(TestResult),
  suggest: base.input(none).output(MappingSuggestion),
  mapping: base.input(none).output(Mapping.nullable()),
  saveMapping: base
    .input(z.object({ mapping: Mapping }))
    .output(z.object({ mapping: Mapping, problems: z.array(ErrorData) })),
  /** the first rows of a table as they would arrive, with what would be refused */
  preview: base
    .input(z.object({ mapping: Mapping, table: z.string().max(100) }))
    .output(z.object({ table: Table, dead: z.array(DeadLetter) })),
  sync: base.input(none).output(SyncReport),
  status: base.input(none).output(SyncStatus),
  deadLetters: base
    .input(
      z
        .object({
          source: z.string().max(100).optional(),
          limit: z.number().int().min(1).max(1000).default(100),
        })
        .partial(),
    )
    .output(z.object({ items: z.array(DeadLetter), total: z.number().int() })),
  replay: base
    .input(z.object({ source: z.string().max(100).optional() }).partial())
    .output(z.object({ replayed: z.number().int(), fixed: z.number().int() })),
  freshness: base.input(none).output(Freshness),
};
export const demo = {
  status: base.input(none).output(DemoStatus),
  start: base
    .input(
      z
        .object({
          seed: z
            .number()
            .int()
            .min(0)
            .max(2 ** 31 - 1)
            .optional(),
          scenario: z.string().max(50).optional(),
          speed: z.number().min(0).max(600).optional(),
        })
        .partial(),
    )
    .output(DemoStatus),
  stop: base.input(none).output(DemoStatus),
};
