import type { Anomaly, AnomalyKind } from '../api/contract/anomalies.ts';
import type { Bilingual } from '../api/contract/common.ts';
import type { LogLevel, TemplateMark } from '../api/contract/logs.ts';
export type Severity = Anomaly['severity'];

/** What a detector knows of a template besides its counts. */
export type TemplateFact = {
  readonly id: number;
  /** with `<*>` for holes, or a person's name for it */
  readonly text: string;
  readonly level: LogLevel | null;
  readonly mark: TemplateMark;
  /** null: not known */
  readonly firstAt: number | null;
};

/** A condition met in a window that ends at `at` (exclusive). One a window and topic; `track-conditions.ts` makes anomalies of them. */
export type Finding = {
  readonly kind: AnomalyKind;
  readonly severity: Severity;
  /** when what was seen began */
  readonly from: number;
  readonly at: number;
  readonly templateId: number | null;
  readonly service: string | null;
  readonly level: LogLevel | null;
  /** whose lines it rests on */
  readonly source: string | null;
  readonly observed: number;
  readonly expected: number | null;
  readonly sd: number | null;
  readonly score: number | null;
  readonly windowMs: number;
  readonly baselineDays: number;
  readonly learning: boolean;
  readonly words: Bilingual;
  /** see `Anomaly` */
  readonly examples?: readonly string[];
};

/** An anomaly as it is kept. */
export type AnomalyRow = Omit<Anomaly, 'until'> & {
  readonly topic: string;
  readonly source: string | null;
  /** when its condition was last met */
  readonly lastAt: number;
  readonly until: number | null;
};
export type IncidentRow = {
  readonly id: string;
  readonly state: 'open' | 'acknowledged' | 'resolved' | 'dismissed';
  /** closed by itself */
  readonly quiet: boolean;
  readonly severity: Severity;
  readonly title: Bilingual;
  readonly from: number;
  readonly lastAt: number;
  readonly to: number | null;
};
