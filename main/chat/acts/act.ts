import type { Alert } from '../../alerts/contract/alerts.ts';
import type { Lang } from '../../api/contract/common.ts';
import type { Log } from '../../kernel/log.ts';
import type { Answered, MeasureInfo, Query } from '../../measures/contract/measures.ts';
import type { Proposal } from '../../placement/contract/placement.ts';
import type { Act, Plan, Reading } from '../../questions/contract/questions.ts';
import type { ChatEvent, MessageBody } from '../contract/chat.ts';
import type { Draft } from '../draft.ts';
import type { FactBook } from '../facts.ts';
import type { StepTimer } from '../step-timer.ts';
import type { ChatAnalytics, ChatKnowledge, ChatTools, MasterData } from '../types.ts';
import type { WordedLine } from '../word-answer.ts';

/** What has been answered so far; kept as it grows, so that a stopped answer keeps what was written. */
export type AnswerState = {
  text: string;
  body: MessageBody;
  /** the composed lines, for a model to arrange; empty where it may not */
  composed: readonly WordedLine[];
};
/** What the chat asks of the measures: reads only. */
export type ChatMeasures = {
  /** an AppError says what of the query cannot be kept */
  query(query: Query): Promise<Answered>;
  list(): readonly MeasureInfo[];
};
/** Where an act gets what it tells. There is no approving, rejecting or writing in it. */
export type ActMeans = {
  readonly master: () => MasterData;
  readonly measures: ChatMeasures;
  readonly analytics: ChatAnalytics;
  readonly knowledge: ChatKnowledge;
  readonly tools: ChatTools;
  /** of the data, epoch ms: what "now" and "today" mean */
  readonly now: number;
  readonly zone: string;
  readonly log: Log;
  readonly stopwatch: () => number;
  readonly signal: AbortSignal;
};
/** What the conversation is about: of this session only. */
export type Carried = {
  readonly previous: Reading | null;
  /** what this session's answers proposed, newest first, as they are now */
  readonly proposals: readonly Proposal[];
  /** the alert that the chat was opened from */
  readonly alert: Alert | null;
};
export type ActContext = {
  readonly lang: Lang;
  /** the question as asked */
  readonly text: string;
  readonly reading: Reading;
  readonly book: FactBook;
  /** every sentence goes here, in both languages; numbers, times and names as slots of `book` */
  readonly draft: Draft;
  readonly means: ActMeans;
  readonly carried: Carried;
  /** `body`: proposalId, alertIds, citations, charts, next, focus …; `facts`, `tables` and `marks` are filled from the book */
  readonly state: AnswerState;
  /** the act that solves begins and ends the step `proposal`; the other steps are the pipeline's */
  readonly steps: StepTimer;
};
/**
 * Answers one plan: writes to `draft` and `state.body`, yields what a person should see
 * meanwhile, where there is anything. Each act begins at the top of a
 * paragraph. What it throws becomes the answer's error, after what the draft holds.
 */
export type ActRun<A extends Act> = (
  plan: Extract<Plan, { act: A }>,
  context: ActContext,
) => AsyncGenerator<ChatEvent, void> | Promise<void>;
export type Acts = { readonly [A in Act]: ActRun<A> };
