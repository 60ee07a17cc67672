import type { Timeline, Verdict } from '../api/contract/timeline.ts';

export interface OneClock {
  /** The last four hours (or `from`…`to`) of the matching cells, staffing changes, incidents and log counts. */
  view(o: {
    location?: string | undefined;
    businessId?: string | undefined;
    process?: string | undefined;
    from?: number | undefined;
    to?: number | undefined;
  }): Timeline;
  /** Why a cell is (or will be) late, as things stand at `at` (the planning instant when absent). Never throws for want of logs. */
  verdict(cellId: string, at?: number): Verdict;
}
