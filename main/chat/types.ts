import type { Alert } from '../alerts/contract/alerts.ts';
import type { CellDetail, Situation, SituationFilter } from '../analytics/contract/situation.ts';
import type { IncidentDetail } from '../anomalies/contract/anomalies.ts';
import type { Cell, Lang } from '../api/contract/common.ts';
import type { LogHit, LogsFound } from '../clusters/contract/clusters.ts';
import type { Hit } from '../knowledge/contract/knowledge.ts';
import type { LogLine } from '../logs/contract/logs.ts';
import type { DayBoard } from '../placement/contract/day-plan.ts';
import type {
  Decision,
  Proposal,
  ProposalOutcome,
  ProposalScope,
  ProposeEvent,
  WhyNot,
} from '../placement/contract/placement.ts';
import type { Change, Comparison } from '../placement/contract/what-if.ts';
import type { Plan, Reading } from '../questions/contract/questions.ts';
import type { Verdict } from '../timeline/contract/timeline.ts';
import type { ChatEvent, IntentResult, Session } from './contract/chat.ts';
import type { Sessions } from './sessions.ts';

/** Names as the company's database writes them; the only entities an answer may speak of. */
export type MasterData = {
  readonly locations: readonly string[];
  readonly businesses: readonly { readonly id: string; readonly name: string }[];
  readonly processes: readonly string[];
  readonly operators: readonly { readonly id: string; readonly name: string }[];
};

/** What the chat asks of analytics: reads only. */
export type ChatAnalytics = {
  situation(filter?: SituationFilter): Situation;
  cell(cellId: string): CellDetail;
};
/** What the chat asks of the registered know-how. */
export type ChatKnowledge = {
  /** `nearest`: also what fits hardly at all */
  search(text: string, limit: number, o?: { readonly nearest?: boolean }): Hit[] | Promise<Hit[]>;
  used(chunkIds: readonly string[]): void | Promise<void>;
};

/** What a question wants from the logs. */
export type LogQuestion = {
  /** what to look for; null: nothing named */
  readonly words: string | null;
  /** epoch ms; null: it means now */
  readonly span: { readonly from: number; readonly to: number } | null;
};
/** A decision with its proposal's target and what came of it. */
export type Decided = {
  readonly decision: Decision;
  /** null: the proposal helps no one queue */
  readonly target: Cell | null;
  /** people it moves */
  readonly people: number;
  readonly outcome: ProposalOutcome | null;
};
/** What the logs say of a time. Instants are epoch ms. */
export type LogInquiry = {
  /** the window counted; `before` counts as long a time before it */
  readonly from: number;
  readonly to: number;
  /** the question named the window; else it is the last hour, and incidents are of the last day */
  readonly named: boolean;
  /** per service: errors in the window and before it, all lines in the window; most errors first. Empty: nothing was logged */
  readonly services: readonly {
    readonly service: string;
    readonly now: number;
    readonly before: number;
    readonly lines: number;
  }[];
  /** going on, or of that time, the gravest first, with similar past ones and what helped then */
  readonly incidents: readonly Pick<IncidentDetail, 'incident' | 'similar' | 'recommendations'>[];
  /** the words of the question that were searched for; null: it named none */
  readonly asked: string | null;
  readonly hits: readonly LogHit[];
  /** why these were found by words alone; null where meaning was asked too, or nothing was searched for */
  readonly withoutMeaning: LogsFound['withoutMeaning'];
};

/**
 * Everything an answer may set in motion. There is no approving, rejecting or writing here on purpose: whatever a
 * question, a know-how text or a log line says, the most that can come of it is a proposal for a person to decide on.
 */
export type ChatTools = {
  /** solves; its last event carries the stored proposal */
  propose(
    input: Partial<ProposalScope> & { readonly alertId?: string; readonly supersedes?: string },
    signal: AbortSignal,
  ): AsyncGenerator<ProposeEvent>;
  /** why somebody is not in a plan */
  whyNot(proposalId: string, operatorId: string, signal: AbortSignal): Promise<WhyNot>;
  /** a plan for a day as people × time */
  board(proposalId: string): Promise<DayBoard>;
  /** the situation as it would be under these changes, beside the one as it is */
  compare(changes: readonly Change[], signal: AbortSignal): Promise<Comparison>;
  /** alerts in the states open and acknowledged, worst first */
  openAlerts(): readonly Alert[];
  /** alerts raised in that time, whatever became of them */
  alertsOf(from: number, until: number): readonly Alert[];
  proposal(id: string): Proposal | null;
  /** people, system, both or unknown for queues that are late; one that cannot be judged is left out */
  verdicts(cellIds: readonly string[]): readonly Verdict[];
  /** reads only */
  logs(question: LogQuestion): Promise<LogInquiry>;
  /** the newest lines that hold all these words, of these services and levels (all when empty) */
  lines(o: {
    readonly services: readonly string[];
    readonly levels: readonly string[];
    readonly words: readonly string[];
    readonly from: number;
    readonly until: number;
    readonly limit: number;
  }): Promise<readonly LogLine[]>;
  /** of that time, newest first */
  decisions(from: number, until: number): Decided[];
};

/** What a question is read beside: of its own conversation only. */
export type Conversation = {
  /** of the screen, where the question does not tell */
  readonly lang: Lang;
  readonly previous: Reading | null;
  /** newest first, with the people they move */
  readonly proposals: readonly { readonly id: string; readonly people: readonly string[] }[];
  readonly alert: Pick<Cell, 'location' | 'businessId' | 'process'> | null;
};
/** Reads a question; milliseconds, never fails. */
export type Read = (text: string, conversation: Conversation) => Reading;

export type SendInput = {
  /** absent: a new session */
  readonly sessionId?: string | undefined;
  readonly text: string;
  /** of the screen: an answer speaks the language of its question, and this one where that does not tell */
  readonly lang: Lang;
  readonly alertId?: string | undefined;
  /** a person corrected how `text` was read: run as they are */
  readonly plans?: readonly Plan[] | undefined;
};
export type ExportFormat = 'markdown' | 'json' | 'csv';
export type ExportFile = { readonly name: string; readonly mime: string; readonly text: string };

export interface Chat
  extends Pick<Sessions, 'create' | 'rename' | 'pin' | 'remove' | 'restore' | 'messages'> {
  /** pinned first, then newest; with `text`: only those whose title or messages hold every word of it */
  sessions(input?: { readonly text?: string | undefined; readonly limit?: number | undefined }): Session[];
  /**
   * Answers one question: read, looked up, solved where asked, worded, checked. Refuses (AppError) an empty or too long text before anything is stored. Aborting
   * stops at once and keeps what was written, marked `stopped`.
   */
  send(input: SendInput, signal?: AbortSignal): AsyncGenerator<ChatEvent>;
  /** what a question is understood as, by itself */
  intent(text: string): Promise<IntentResult>;
  /**
   * Somebody opened the chat or began to type: models that play a role are made ready, behind whatever is asked of them. Returns at
   * once; what fails is logged.
   */
  prepare(lang: Lang): void;
  /** Another model plays a role: it is made ready where the chat is in use. Nothing is loaded for a chat that nobody opened. */
  rolesChanged(): void;
  /** Ends what goes on in the background. */
  close(): Promise<void>;
  export(sessionId: string, format: ExportFormat): ExportFile;
}
