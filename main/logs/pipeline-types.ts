// What passes between the parts of ingest: reader → miner → block → one transaction. Plain data, so that it can cross threads.
import type { LogDeadReason } from '../api/contract/logs.ts';

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
