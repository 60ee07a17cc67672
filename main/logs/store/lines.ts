/** What a search reads: an opened block, or the tail of a source; it need not know which. */
import type { LogRecord } from './records.ts';

export const NO = 0;
export const YES = 1;
/** only the whole line can tell */
export const MAYBE = 2;
export type State = typeof NO | typeof YES | typeof MAYBE;

/** What lines have in common that most filters ask for; `level` as in LEVEL_ORDER. */
export type LineKind = {
  readonly template: number;
  readonly level: number;
  readonly service: string | null;
};
/** A word that lines must or must not hold. */
export interface WordTest {
  /** only letters: in one token, never across */
  readonly lettersOnly: boolean;
  /** numbers, ids and runs of letters in it: each is in one token */
  readonly pieces: readonly string[];
  /** its runs, each in a token of a line that holds it, one after another, with these gaps; an open one may be part of a number or an id */
  readonly tokens: readonly { readonly text: string; readonly isOpen: boolean }[];
  readonly gaps: readonly string[];
  /** folded */
  readonly word: { readonly text: string };
  /** `folded`: a whole line, folded */
  isIn(folded: string): boolean;
}

/** Lines of one source in order of (at, id). */
export interface Lines {
  readonly records: number;
  readonly at: Float64Array;
  readonly id: Float64Array;
  readonly kinds: readonly LineKind[];
  /** by row, a place in `kinds` */
  readonly kindOf: ArrayLike<number>;
  /** By row whether it holds the word; of rows of other kinds than the allowed ones NO. */
  states(word: WordTest, allowed: Uint8Array): Uint8Array;
  text(row: number): string;
  folded(row: number): string;
  linesOf(row: number): number;
  host(row: number): string | null;
  attributes(row: number): string;
  record(row: number): LogRecord;
  /** bytes it holds in memory by now, roughly */
  readonly weight: number;
}
