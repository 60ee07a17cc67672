import type { LogDeadReason } from '../api/contract/logs.ts';

/** What stands in a hole; `text` when it is several of the others, or none. */
export type HoleType = 'number' | 'ip' | 'hex' | 'uuid' | 'path' | 'duration' | 'time' | 'id' | 'text';

/** How bad a line says it is; formats map their own words to these. */
export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** One part of a template. `gap`: white space stands before it. */
export type Part =
  | { readonly kind: 'word' | 'mark'; readonly text: string; readonly gap: boolean }
  | { readonly kind: 'hole'; readonly type: HoleType; readonly gap: boolean };

export type Template = {
  /** from 1, in the order of first sight, never reused */
  readonly id: number;
  readonly parts: readonly Part[];
  readonly lines: number;
};

/** What a line did to the templates. `absorbed`: older numbers that now mean `template`, its own excepted. */
export type Mined =
  | { readonly kind: 'created'; readonly template: number }
  | { readonly kind: 'widened'; readonly template: number; readonly absorbed: readonly number[] }
  | { readonly kind: 'matched'; readonly template: number };

/** A line's header, taken apart. Absent means the line does not say. */
export type ParsedLine = {
  readonly content: string;
  readonly time?: string;
  readonly level?: Level;
  readonly service?: string;
  readonly host?: string;
  readonly pid?: string;
  /** the columns of a table's row: JSON */
  readonly fields?: string;
  /** the record may have more lines, and is read from all of them once it has them */
  readonly isWhole?: boolean;
};

export type Format = {
  readonly name: string;
  readonly title: { readonly ja: string; readonly en: string };
  /** of two formats that parse as many lines, the higher says more about them */
  readonly rank: number;
  /** false only for plain text: its lines have nothing to tell a head from a continuation */
  readonly hasHeader: boolean;
  /** null: the line is not of this format */
  readonly parse: (line: string) => ParsedLine | null;
  /** of records of several lines: whether one begins here. `parse` is then given all of its lines. */
  readonly begins?: (line: string) => boolean;
  /** a line with a header of its own that belongs to the record before it */
  readonly joins?: (line: string) => boolean;
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
