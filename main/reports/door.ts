import type { Report, ReportSummary } from '../api/contract/reports.ts';
import type { Emitter } from '../kernel/events.ts';
import type { Statement } from '../store/index.ts';

export interface Reports {
  list(): ReportSummary[];
  get(id: string): Report;
  /** Makes (or makes again) the nightly report of a day, `YYYY-MM-DD`; today when absent. */
  make(date?: string): Promise<Report>;
  validate(): Promise<Report>;
  export(o: { id: string; format: 'markdown' | 'csv' | 'json'; lang: 'ja' | 'en' }): {
    name: string;
    mime: string;
    text: string;
  };
  remove(id: string): Promise<void>;
  /** Statements that take away the nights of a company copy that is cleared. */
  forget(): Statement[];
  /** At 02:00 of the site's zone, and at once for a night that was missed, until the returned function is called. */
  start(): () => void;
  readonly changed: Emitter<void>;
}
