// A line as it is kept, from the reader to the block or the tail. Plain data, so that it can cross threads.
import type { Level } from '../types.ts';

/** How a raw line ended in the file: `\n`, `\r\n`, nothing (end of file), or `\r` alone before `\n` several times (kept in `raw`). */
export type LineEnding = 'lf' | 'crlf' | 'none';

/** One head line with the lines joined to it, as it is stored. */
export type LogRecord = {
  /** rises by the raw lines it stands for; unique over all sources for life */
  readonly id: number;
  /** epoch ms */
  readonly at: number;
  readonly atGuessed: boolean;
  readonly level: Level | null;
  readonly service: string | null;
  readonly host: string | null;
  /** as the miner named it at that time */
  readonly template: number;
  /** the raw text; joined lines with `\n` or `\r\n` between them as in the file */
  readonly text: string;
  /** of the last raw line */
  readonly ending: LineEnding;
  /** raw lines it stands for */
  readonly lines: number;
  /** structured attributes that are not in `text` (the company's table): JSON, '' when none */
  readonly attributes: string;
  /** the original bytes without the ending, where encoding `text` would not give them back */
  readonly raw: Uint8Array | null;
};

/** 0: the line has no level */
export const LEVEL_ORDER: readonly (Level | null)[] = [
  null,
  'trace',
  'debug',
  'info',
  'warn',
  'error',
  'fatal',
];
export const ENDINGS: readonly LineEnding[] = ['lf', 'crlf', 'none'];
const END_BYTES = { lf: 1, crlf: 2, none: 0 } as const;

/** The order of lines: by instant, then by number. */
export const inOrder = (a: { at: number; id: number }, b: { at: number; id: number }): number =>
  a.at - b.at || a.id - b.id;
/** Bytes of a line and its end, as UTF-8. */
export const bytesOf = ({ text, ending }: LogRecord): number => Buffer.byteLength(text) + END_BYTES[ending];
