import type { Table } from '../api/contract/common.ts';
import type { Answered, MeasureInfo, Query, RowsOf } from './contract/measures.ts';

/** Reads only. */
export interface Measures {
  list(): readonly MeasureInfo[];
  /** @throws `measures.*`, which says what of the query cannot be kept */
  query(query: Query): Promise<Answered>;
  /** what a group's figures were counted from, at most 1000 rows */
  rows(of: RowsOf): Promise<Table>;
}
