import { z } from 'zod';
import { Instant } from '../../api/contract/common.ts';
import { base, file, none } from '../../api/contract/procedure.ts';

/** What lies in the data folder, in the order it is listed. */
export const STORES = [
  'database',
  'wal',
  'logBlocks',
  'indexes',
  'models',
  'imports',
  'backups',
  'appLog',
  'other',
] as const;
export const QUEUES = ['writes', 'tasks', 'outbox', 'outboxFailed', 'unreadBytes'] as const;
const bytes = z.number();
const perDay = z.number().nullable();
const Timing = z.object({
  name: z.string(),
  count: z.number().int(),
  /** of the last 100 */
  medianMs: z.number(),
  worstMs: z.number(),
  totalMs: z.number(),
});

/** How the engine fares now. Growth is bytes a day over up to two weeks; null until six hours have been seen. */
export const Health = z.object({
  at: Instant,
  startedAt: Instant,
  memory: z.object({ process: bytes, heap: bytes, free: bytes, total: bytes }),
  /** of the disk that holds the data folder; `fullAt`: at this growth, null where it does not grow or grows for years */
  disk: z.object({ free: bytes, total: bytes, perDay, fullAt: Instant.nullable() }),
  stores: z.array(z.object({ name: z.enum(STORES), path: z.string(), bytes, perDay })),
  queues: z.array(z.object({ name: z.enum(QUEUES), length: z.number() })),
  /** statements that took longer than 50 ms, with their values left out; programs of the solver; jobs of models */
  slow: z.array(Timing),
  solver: z.array(Timing),
  models: z.array(Timing),
});
export type Health = z.infer<typeof Health>;

export const health = {
  read: base.input(none).output(Health),
  /** what a support desk needs, without names of people, sites, machines and folders */
  diagnostics: base.input(none).output(file),
};
