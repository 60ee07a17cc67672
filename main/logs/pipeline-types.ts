// What passes between the parts of ingest: reader → miner → segment → one transaction. Plain data, so that it can cross threads.
import type { LogDeadReason } from '../api/contract/logs.ts';
import type { Level } from './types.ts';

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

/** An encoded block of records of one source, ready to be appended to the file of its partition. */
export type EncodedSegment = {
  readonly sourceId: string;
  readonly partition: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly records: number;
  readonly lines: number;
  readonly rawBytes: number;
  readonly minAt: number;
  readonly maxAt: number;
  /** what a search needs to pass it by: the templates in it, hashed words, … */
  readonly meta: Uint8Array;
};
/** Where it was written. */
export type PlacedSegment = Omit<EncodedSegment, 'bytes'> & {
  readonly place: number;
  readonly bytes: number;
};

export type DeadLine = {
  readonly id: number;
  readonly reason: LogDeadReason;
  /** at most 64 KiB of it */
  readonly raw: Uint8Array;
  readonly bytes: number;
  readonly at: number;
};

/** One template as it has to be kept: everything the miner needs to go on after a restart. */
export type TemplateRow = {
  readonly id: number;
  /** JSON of Part[] */
  readonly parts: string;
  readonly text: string;
  /** JSON, the miner's own */
  readonly miner: string;
  readonly absorbedInto: number | null;
};
export type TemplateEvent = {
  readonly templateId: number;
  readonly what: 'created' | 'widened' | 'absorbed' | 'split';
  readonly others: readonly number[];
};
/** What a person decided about a template and the miner must obey. */
export type TemplateRule = {
  readonly id: number;
  readonly locked: boolean;
  /** lines with `value` in hole `hole` belong to `template` */
  readonly splits: readonly { readonly hole: number; readonly value: string; readonly template: number }[];
};
/** Values seen in holes since the last commit. `seen` is added; `sketch`, where there is one, is merged into the stored one. */
export type HoleSketchRow = {
  readonly templateId: number;
  readonly hole: number;
  readonly seen: number;
  readonly sketch: string | null;
};
