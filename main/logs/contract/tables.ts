import { z } from 'zod';
import { Instant } from '../../api/contract/common.ts';
import type { Failure } from '../../kernel/errors.ts';
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

/** How such a table is to be read. */
export type TableReading = {
  readonly table: LogTable;
  /** of its DATETIME; null: the company's zone */
  readonly timeZone: string | null;
  /** of texts in columns of bytes; null: UTF-8 */
  readonly encoding: string | null;
};
/** The field that says what of a row's columns is not there: how many characters each had that was cut. */
export const CUT_FIELD = '_cut';
/** A row as it was read; what its message says is the business of whoever takes it. */
export type TableRow = {
  /** place in the order, and key, as JSON: tells it from every other; kept while the row may be met again */
  readonly key: string;
  /** in the table's order; null: it has no place there */
  readonly place: number | null;
  /** null: the table has no column of time */
  readonly at: number | null;
  /** '' of a refused row, however long it is */
  readonly message: string;
  readonly level: string | null;
  readonly service: string | null;
  readonly host: string | null;
  readonly trace: string | null;
  /** JSON of the further columns; '' when there are none. Of those that are too long the beginning, see CUT_FIELD */
  readonly attributes: string;
  /** why it cannot be a line, and the row as JSON with its key */
  readonly refused: { readonly reason: TableRowRefusal; readonly raw: string } | null;
};
export type TablePage = {
  /** those not read before, in order */
  readonly rows: readonly TableRow[];
  /** where the next page begins: the text of whoever reads the table */
  readonly place: string;
  /** false: there is more to read at once */
  readonly isEnd: boolean;
  /** rows before this number in the order are not met again; null: not known yet */
  readonly keepFrom: number | null;
  /** keys of rows read before are to be forgotten: the table begins anew */
  readonly forgets: boolean;
  /** after the end, when there may be more */
  readonly everyMs: number;
};
/** What stands between the company's database and those who read it, as far as this process knows. */
export type CompanyStanding = {
  /** why it does not answer; null: it does, or none is set up; undefined: nobody has asked it yet */
  readonly database: Failure | null | undefined;
  /** why the copy of its own log table is not kept up to date; null and undefined as above */
  readonly copy: Failure | null | undefined;
  /** when that was found out, epoch ms */
  readonly foundAt: number;
  readonly nextTryAt: number | null;
  /** when that copy was last up to date */
  readonly copiedAt: number | null;
};
