import type { Bilingual } from '../api/contract/common.ts';
import type { Findable, GroupedIncident } from '../clusters/index.ts';
import type { Emitter } from '../kernel/events.ts';
import type { LogLevel, TemplateMark } from '../logs/contract/logs.ts';
import type { Statement } from '../store/index.ts';
import type {
  Anomaly,
  AnomalyKind,
  AnomalyStatus,
  Expectation,
  Incident,
  IncidentDetail,
  IncidentExplanation,
  Remedy,
} from './contract/anomalies.ts';

export type Severity = Anomaly['severity'];

/** What a detector knows of a template besides its counts. */
export type TemplateFact = {
  readonly id: number;
  /** with `<*>` for parameters, or a person's name for it */
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

/** See SharedKind of main/sharing. */
export type SharedRemedies = {
  readonly kind: 'remedy';
  list(): { readonly id: string; readonly stamp: number; readonly body: () => object }[];
  take(id: string, body: unknown): Promise<void>;
};

export interface Anomalies {
  status(): AnomalyStatus;
  /** Looks at all whole windows since the last look, up to `until` (epoch ms; the clock's now when absent). One look at a time. */
  look(until?: number): Promise<AnomalyStatus>;
  list(o?: {
    from?: number | undefined;
    to?: number | undefined;
    kinds?: readonly AnomalyKind[] | undefined;
    open?: boolean | undefined;
    limit?: number | undefined;
  }): Anomaly[];
  dismiss(id: string, actor: string): Promise<Anomaly>;
  expect(e: Omit<Expectation, 'id' | 'at'>): Promise<Expectation>;
  expectations(): Expectation[];
  unexpect(id: string): Promise<void>;
  incidents(o?: {
    from?: number | undefined;
    to?: number | undefined;
    states?: readonly Incident['state'][] | undefined;
    limit?: number | undefined;
  }): Incident[];
  incident(id: string): Promise<IncidentDetail>;
  /**
   * What an incident is, since when, what it precedes and what helped then, in a few sentences. `arrange`: as a model arranges them, where one
   * plays that role, which takes seconds; else, and where none does, at once in the authored order.
   */
  explain(o: {
    id: string;
    lang: 'ja' | 'en';
    arrange: boolean;
    signal?: AbortSignal | undefined;
  }): Promise<IncidentExplanation>;
  setState(o: {
    id: string;
    state: Incident['state'];
    note?: string | null | undefined;
    remedyId?: string | null | undefined;
    actor: string;
  }): Promise<IncidentDetail>;
  remedies(): Remedy[];
  saveRemedy(o: {
    id?: string | undefined;
    incidentId?: string | undefined;
    title: string;
    steps: string;
  }): Promise<Remedy>;
  removeRemedy(id: string): Promise<void>;
  /** the remedies, for other laptops of the company */
  readonly shared: SharedRemedies;
  feedback(o: { incidentId: string; remedyId: string; worked: boolean }): Promise<IncidentDetail>;
  /** Writes it down through `know` (given by the engine) and remembers which document. */
  toKnowledge(id: string, lang: 'ja' | 'en'): Promise<Incident>;
  /** for the search index */
  texts(): Findable[];
  /** incidents to be grouped, dismissed ones left out, and what people tried in them; the newest 10,000; in turns with the engine */
  grouped(): Promise<GroupedIncident[]>;
  /** Statements that take away what was concluded from a company copy that is cleared. */
  forget(): Statement[];
  /** Looks at new lines as they come, until the returned function is called. */
  start(): () => void;
  /** A look under way ends where it is; the next start goes on from there. */
  close(): Promise<void>;
  readonly changed: Emitter<void>;
  /** a new incident, or one that got worse */
  readonly raised: Emitter<Incident>;
}
