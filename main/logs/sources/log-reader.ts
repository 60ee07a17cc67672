// What a source gives to the reading loop, whatever it is.
import type { LogSourceRules } from '../contract/logs.ts';
import type { Batch } from '../ingest/batch.ts';
import type { Checkpoint } from '../ingest/messages.ts';

/** `more`: there is more to read at once. `dry`: nothing more now. `done`: nothing more ever. */
export type Progress = 'more' | 'dry' | 'done';
/** What to do at the end with what stands open: wait for more lines of a trace, close it, or take part of a line too. */
export type Closing = 'wait' | 'heads' | 'all';

/** One thing read in order: a file, an entry of an archive, standard input. */
export interface LogReader {
  /** its row in log_files */
  readonly name: string;
  /** Reads until the batch is full or nothing is left. Throws AppError. */
  read(batch: Batch, closing: Closing): Promise<Progress>;
  /** where it stands after what is in batches by now; null: nothing read yet */
  place(): Checkpoint | null;
  /** bytes known to be unread */
  behind(): number | null;
  /** bytes held back: a head that may get lines, part of a line */
  readonly holding: number;
  close(): void;
}
export type LogReaderContext = {
  readonly rules: LogSourceRules;
  readonly zone: () => string;
  /** epoch ms of the app's clock */
  readonly now: () => number;
  /** read at once */
  readonly chunkBytes: number;
};
