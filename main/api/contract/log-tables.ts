import { z } from 'zod';
import { Instant } from './common.ts';
export const TABLE_ROLES = ['time', 'message', 'level', 'service', 'host', 'trace'] as const;
export type TableRole = (typeof TABLE_ROLES)[number];

const Name = z.string().min(1).max(64);
/** A table of the company's database that is read as a log, and what its columns mean. */
export const LogTable = z.object({
  table: Name,
  /** columns of the primary key, or of a unique key without NULL, in its order */
  key: z.array(Name).min(1).max(16),
  /** by what new rows are found: a time, or a number that only rises */
  cursor: Name,
  /** null: the time is in the message, or is that of reading */
  time: Name.nullable(),
  message: Name,
  level: Name.nullable(),
  service: Name.nullable(),
  host: Name.nullable(),
  trace: Name.nullable(),
  /** further columns, kept as fields of the line */
  others: z.array(Name).max(50),
  /** rows before it are not read; null: all of them */
  since: Instant.nullable(),
});
export type LogTable = z.infer<typeof LogTable>;

export const LogTableChoice = z.object({
  table: z.string(),
  comment: z.string(),
  /** the server's estimate */
  rows: z.number().nullable(),
  columns: z.array(z.object({ column: z.string(), type: z.string() })),
  /** those that can be read in order: times and numbers */
  cursors: z.array(z.string()),
  /** columns the server finds rows by at once; in any other order it looks at the whole table each time */
  indexed: z.array(z.string()),
  /** the primary key first */
  keys: z.array(z.array(z.string())),
  /** how much it looks like a log, 0–1 */
  score: z.number(),
  /** null: it cannot be read as one, see `problem` */
  suggestion: LogTable.nullable(),
  /** per role, how sure the suggestion is, 0–1 */
  confidence: z.record(z.string(), z.number()),
  /** `no-key`: its rows cannot be told apart; `no-order`: nothing tells which are new; `no-text`: no column of text */
  problem: z.enum(['no-key', 'no-order', 'no-text']).nullable(),
  /** what it already is here: a table of the mapping, or the name of a source */
  usedAs: z.string().nullable(),
});
export type LogTableChoice = z.infer<typeof LogTableChoice>;

/** `no-time`: its time is missing or not one; `no-message`: NULL; `undecodable`: not text in UTF-8; `too-long`: over a million characters. */
export const TableRowRefusal = z.enum(['no-time', 'no-message', 'undecodable', 'too-long']);
export type TableRowRefusal = z.infer<typeof TableRowRefusal>;
