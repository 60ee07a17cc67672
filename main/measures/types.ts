import type { Bilingual, Table } from '../api/contract/common.ts';
import type { Answered, Dimension, MeasureId, MeasureInfo, Query, RowsOf } from '../api/contract/measures.ts';

/** What people call it. `weak` words serve other measures too: they count where no strong word of another measure stands. */
export type Words = { readonly strong: readonly string[]; readonly weak: readonly string[] };
export type BothWords = { readonly ja: Words; readonly en: Words };

/** What a question can be made of. */
export type Vocabulary = {
  readonly measures: readonly {
    readonly id: MeasureId;
    readonly name: Bilingual;
    readonly words: BothWords;
    readonly dimensions: readonly Dimension[];
  }[];
  readonly dimensions: readonly {
    readonly id: Dimension;
    readonly name: Bilingual;
    readonly words: { readonly ja: readonly string[]; readonly en: readonly string[] };
  }[];
};

/** Reads only. */
export interface Measures {
  list(): readonly MeasureInfo[];
  vocabulary(): Vocabulary;
  /** @throws `measures.*`, which says what of the query cannot be kept */
  query(query: Query): Promise<Answered>;
  /** what a group's figures were counted from, at most 1000 rows */
  rows(of: RowsOf): Promise<Table>;
}
