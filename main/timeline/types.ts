import type { WorkDay } from '../analytics/types.ts';
import type { Timeline, Verdict } from './contract/timeline.ts';

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
  /**
   * The day up to `at` and the cells whose people are slower than usual and still are, by CUSUM on what they did against what those
   * present usually do (dry queues and late comers left out). Null without snapshots.
   */
  work(at: number): { readonly day: WorkDay; readonly slow: readonly SlowNow[] } | null;
}
/** `ratio`: items done ÷ usual for those present, since `from` (epoch ms). */
export type SlowNow = {
  readonly cellId: string;
  readonly from: number;
  readonly ratio: number;
  readonly items: number;
  readonly usual: number;
  /** what CUSUM has added up; see find-slow.ts */
  readonly strength: number;
};
