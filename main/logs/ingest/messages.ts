// What the engine and the ingest thread tell each other. Plain data.

import type { Encoding } from '../../kernel/encoding.ts';
import type { Failure } from '../../kernel/errors.ts';
import type { Statement } from '../../store/index.ts';
import type { LogSourceKind, LogSourceRules, TimesRead } from '../contract/logs.ts';
import type { TablePage, TableRow } from '../contract/tables.ts';
import type { Plan } from '../read/line-reader.ts';
import type { BlockRow } from '../store/block-rows.ts';
import type { Part, TemplateRow, TemplateRule } from '../types.ts';
import type { Head } from './make-records.ts';

/** How far a file has been read, and what is needed to go on as if nothing had happened. */
export type Checkpoint = {
  /** bytes in records and dead letters; of the unpacked text where the file is packed */
  readonly offset: number;
  readonly inode: string;
  /** of its first bytes, and of the last ones before `offset`: what tells the file from another of the same name */
  readonly first: Print;
  readonly last: Print;
  readonly encoding: Encoding;
  readonly isGuess: boolean;
  readonly format: string;
  readonly rate: number;
  /** lines the format was told from */
  readonly probed: number;
  /** what else was told from them; absent: nothing, or the place is of an older version */
  readonly plan?: Plan;
  /** of its records, counted as they are read */
  readonly times?: TimesRead;
  readonly head: Head | null;
  /** of a packed file: its size when it was read to its end */
  readonly packedSize: number | null;
  /** the rotated file read before this one, and when it was last changed: those changed later come first */
  readonly after: { readonly inode: string; readonly at: number } | null;
};
export type Print = { readonly bytes: number; readonly hash: string };

/** A source as the ingest thread needs it. */
export type SourceWork = {
  readonly id: string;
  readonly kind: LogSourceKind;
  readonly path: string | null;
  readonly rules: LogSourceRules;
  readonly generation: number;
  /** read to its end before */
  readonly isDone: boolean;
  /** by name; a single file's is '' */
  readonly files: readonly { readonly name: string; readonly place: Checkpoint }[];
  /** of a table */
  readonly table: TablePlace;
};
/** How far a table of the company's was read (the text is that of who reads it), and what its messages were told to be. */
export type TablePlace = { readonly text: string; readonly format: ToldFormat | null };
/** `probed`: messages it was told from */
export type ToldFormat = { readonly name: string; readonly rate: number; readonly probed: number };

export type Start = {
  readonly dataDir: string;
  readonly storeFile: string;
  readonly zone: string;
  readonly now: number;
  readonly nextLine: number;
  readonly names: readonly { readonly id: number; readonly name: string }[];
  readonly templates: readonly TemplateRow[];
  readonly rules: readonly TemplateRule[];
  readonly sources: readonly SourceWork[];
  readonly tuning: Tuning;
};

/** What tests and benches set otherwise. */
export type Tuning = {
  /** how often files and the company's table are looked at */
  readonly pollMs: number;
  /** a batch is closed at so many records */
  readonly batchRecords: number;
  /** read of a file at once: a batch is at least what is in it */
  readonly chunkBytes: number;
};

/** One transaction. `always` holds even when the source was cleared meanwhile; `own` only while its generation stands. */
export type Commit = {
  readonly sourceId: string;
  readonly always: readonly Statement[];
  readonly own: readonly Statement[];
  readonly lines: number;
  readonly from: number;
  readonly to: number;
  readonly templates: readonly number[];
};
export type SourceState = {
  readonly sourceId: string;
  readonly state: 'reading' | 'following' | 'waiting' | 'done' | 'paused';
  readonly error: Failure | null;
  readonly nextTryAt: number | null;
  readonly behindBytes: number | null;
  /** of a table: when it was last read to its end */
  readonly lookedAt: number | null;
};
export type ReplayLetter = {
  readonly id: number;
  readonly raw: Uint8Array;
  readonly bytes: number;
  readonly at: number;
};

/** What the engine asks of the thread; each has its answer. */
export type Requests = {
  follow: { in: { on: boolean }; out: null };
  /** reads one source to its end, followed or not: of a file what can be read now, of standard input until all of it has come */
  read: { in: { sourceId: string }; out: null };
  settle: { in: null; out: null };
  /** a source is new, other than it was, or gone: what is said of it in the store holds from now on */
  reload: { in: { sourceId: string; tellsAnew: boolean }; out: null };
  /** no more waiting after an error */
  poke: { in: { sourceId: string }; out: null };
  rules: { in: { rules: readonly TemplateRule[] }; out: null };
  replay: { in: { sourceId: string; letters: readonly ReplayLetter[] }; out: { fixed: number } };
  /** some blocks of before migration 210 are written anew; whether there are more */
  convert: { in: null; out: { more: boolean } };
  /** a block as two, one of what is before an instant and one of the rest; false: it is damaged and stays as it is */
  cut: { in: { row: BlockRow; at: number }; out: boolean };
  split: {
    in: {
      id: number;
      parameter: number;
      values: readonly string[];
      family: readonly number[];
      parts: readonly Part[];
    };
    out: readonly number[];
  };
  /** rows were taken away elsewhere: files with nothing left in them go */
  sweep: { in: null; out: null };
  /** the app's time, which may run other than the machine's, and the site's zone */
  clock: { in: { now: number; zone: string }; out: null };
  close: { in: null; out: null };
};
/** What the thread asks of the engine. */
export type Questions = {
  commit: { in: Commit; out: { refused: boolean } };
  work: { in: { sourceId: string }; out: SourceWork | null };
  /** null: the source was cleared or is gone */
  tablePage: {
    in: { sourceId: string; generation: number; place: string; limit: number };
    out: TablePage | null;
  };
  /** refused rows of a table, anew; null where one is gone */
  tableAgain: {
    in: { sourceId: string; raws: readonly string[] };
    out: readonly (TableRow | null)[];
  };
  /** one transaction outside the batches; with `splitId`, what that split writes besides */
  write: {
    in: { statements: readonly Statement[]; splitId: number | null; made: readonly number[] };
    out: null;
  };
  templates: { in: null; out: { saved: readonly TemplateRow[]; rules: readonly TemplateRule[] } };
  state: { in: SourceState; out: null };
  log: { in: { message: string; detail: string }; out: null };
};
