import { setImmediate as turn } from 'node:timers/promises';
import type { Alert } from '../api/contract/alerts.ts';
import type { ChatEvent, Intent, IntentResult, Message, MessageBody, Step } from '../api/contract/chat.ts';
import type { Bilingual, Lang } from '../api/contract/common.ts';
import { type Proposal, sameScope } from '../api/contract/placement.ts';
import type { Situation } from '../api/contract/situation.ts';
import { AppError, Cancelled, toAppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { untilAborted } from '../kernel/task.ts';
import type { AnswerState } from './acts/act.ts';
import { checkText } from './check.ts';
import { type Clarified, clarifyFor, examplesNow } from './clarify.ts';
import { type Composition, composeAnswer } from './compose.ts';
import type { IntentDecision } from './decide-intent.ts';
import { Draft } from './draft.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { both, FactBook, fillSlots } from './facts.ts';
import type { ChatAnalytics, ChatKnowledge, ChatTools } from './pipeline-types.ts';
import { aboutAlert, asksForAll, carryOver, type Question } from './question.ts';
import { catalogueSlots, proposalScope } from './slots.ts';
import { answerSmallTalk } from './small-talk.ts';
import { StepTimer } from './step-timer.ts';
import type { MasterData, Understand, Understanding } from './types.ts';
import { fillLines, joinLines } from './word-answer.ts';

export type Asked = {
  readonly text: string;
  readonly lang: Lang;
  readonly alert: Alert | null;
  /** the session's answer before this question */
  readonly previous: Message | null;
};
export type Means = {
  readonly understand: Understand;
  /** a second opinion where the first is unsure */
  readonly decide: (text: string, read: Understanding, signal: AbortSignal) => Promise<IntentDecision>;
  readonly master: () => MasterData;
  readonly analytics: ChatAnalytics;
  readonly knowledge: ChatKnowledge;
  readonly tools: ChatTools;
  readonly zone: string;
  readonly log: Log;
  readonly stopwatch: () => number;
  readonly signal: AbortSignal;
};

const STEPS: readonly Step['step'][] = ['intent', 'evidence', 'proposal', 'wording', 'check'];
const EXAMPLES = 3;

export const emptyAnswer = (lang: Lang): MessageBody => ({
  lang,
  understood: null,
  steps: STEPS.map((step) => ({ step, state: 'waiting', ms: null, note: null })),
  facts: [],
  tables: [],
  citations: [],
  proposalId: null,
  alertIds: [],
  clarify: null,
  marks: [],
  wordedBy: 'composer',
  reading: null,
  chips: [],
  next: [],
  charts: [],
  focus: null,
  stopped: false,
  error: null,
});

const INTENT_NAMES: Record<Intent, Bilingual> = {
  deadline_optimization: both('納期に間に合わせる', 'meet the deadline'),
  delay_risk_detection: both('遅れのリスク', 'delay risk'),
  impact_analysis: both('影響の試算', 'what-if'),
  improve_alerts: both('アラートの解消', 'resolve alerts'),
  optimize_assignment: both('翌日の配置', 'plan the next day'),
  simple_query: both('状況の確認', 'look-up'),
  productivity_analysis: both('生産性の確認', 'productivity'),
  log_investigation: both('ログの確認', 'logs'),
  out_of_scope: both('対象外', 'out of scope'),
};

/** The five steps of one answer. Throws what makes an answer impossible; `state` then holds what there was. */
export async function* answerQuestion(
  asked: Asked,
  state: AnswerState,
  means: Means,
): AsyncGenerator<ChatEvent> {
  const { signal } = means;
  const steps = new StepTimer(state, means.stopwatch);
  const pause = async (): Promise<void> => untilAborted(turn(undefined), signal);

  yield steps.begin('intent');
  await pause();
  const { question, by } = await readQuestion(asked, means);
  state.body.understood = question.result;
  if (asked.alert) state.body.alertIds = [asked.alert.id];
  yield steps.end('intent', noteOfIntent(question, by));
  yield { kind: 'understood', understood: question.result };

  yield steps.begin('evidence');
  await pause();
  const situation = means.analytics.situation();
  const needsRows =
    question.result.intent !== 'out_of_scope' && question.result.intent !== 'log_investigation';
  if (situation.rows.length === 0 && needsRows) throw new AppError('placement.no-data');
  const alerts = means.tools.openAlerts();
  const book = new FactBook(situation.asOf, means.zone);
  const clarified = clarifyFor(question, situation, alerts.length, book);
  let draft: Draft;
  if (clarified) {
    yield steps.end('evidence', both('聞き返し', 'asking back'));
    yield steps.skip('proposal');
    draft = askBack(question, clarified, book, state);
  } else {
    const slots = catalogueSlots(question, situation.asOf, means.zone);
    const evidence = await untilAborted(gatherEvidence(question, situation, alerts, slots, means), signal);
    cite(state, evidence);
    yield steps.end('evidence', noteOfEvidence(evidence));
    const proposed = yield* propose(question, evidence, state, steps, means);
    draft = composeAnswer(book, {
      question,
      evidence: { ...evidence, proposal: proposed.proposal },
      slots,
      refusal: proposed.refusal,
    });
    if (question.result.intent === 'out_of_scope') offerExamples(situation, alerts.length, state);
  }
  const mayBeWorded = clarified === null && question.result.intent !== 'out_of_scope';
  yield* wordAndCheck(draft, book, mayBeWorded, state, steps, means);
}

async function readQuestion(
  { text, lang, alert, previous }: Asked,
  { understand, decide, signal }: Means,
): Promise<{ question: Question; by: IntentDecision['by'] }> {
  const first = understand(text);
  const told = (understanding: Understanding, result: IntentResult): Question => ({
    text,
    lang,
    understanding,
    result: aboutAlert(result, alert),
    alert,
    all: asksForAll(text),
  });
  if (answerSmallTalk(text)) {
    const result = {
      ...first.result,
      intent: 'out_of_scope',
      requires_action: false,
      confidence: 1,
    } as const;
    return { question: told(first, result), by: 'classifier' };
  }
  const before = previous?.body.understood ?? null;
  const carried = carryOver(text, first, before);
  // what goes on from the question before needs no second opinion
  if (carried !== first.result) return { question: told(first, carried), by: 'classifier' };
  const { understanding, by } = await decide(text, first, signal);
  return { question: told(understanding, understanding.result), by };
}

function askBack(
  { lang }: Question,
  { ja, en, options }: Clarified,
  book: FactBook,
  state: AnswerState,
): Draft {
  const filled = (sentence: string, to: Lang): string => fillSlots(sentence, book.facts, to)?.text ?? '';
  state.body.clarify = { question: both(filled(ja, 'ja'), filled(en, 'en')), options };
  return new Draft(lang, book).say(ja, en);
}
function offerExamples(situation: Situation, alerts: number, state: AnswerState): void {
  state.body.clarify = {
    question: both('たとえば、次のようにお尋ねください。', 'You could ask, for example:'),
    options: examplesNow(situation, alerts, EXAMPLES),
  };
}
function cite(state: AnswerState, { hits }: Evidence): void {
  state.body.citations = hits.map((hit) => ({
    documentId: hit.documentId,
    chunkId: hit.chunkId,
    title: hit.title,
    excerpt: hit.text.slice(0, 400),
    place: hit.place,
    score: hit.score,
  }));
}

type Proposed = { readonly proposal: Proposal | null; readonly refusal: Composition['refusal'] };

/**
 * Only the intent of the person's own message comes here: no text that was found can ask for a proposal, and a proposal is all
 * there is to ask for.
 */
async function* propose(
  question: Question,
  evidence: Evidence,
  state: AnswerState,
  steps: StepTimer,
  { tools, signal, log }: Means,
): AsyncGenerator<ChatEvent, Proposed> {
  const scope = proposalScope(question, evidence);
  if (!scope) {
    yield steps.skip('proposal');
    return { proposal: null, refusal: null };
  }
  state.body.alertIds = [...new Set([...state.body.alertIds, ...scope.alertIds])];
  yield steps.begin('proposal');
  const solved = scope.solvedId === null ? null : tools.proposal(scope.solvedId);
  const { alertId: _, ...wanted } = scope.input;
  if (solved && solved.status === 'open' && !solved.stale && sameScope(solved.scope, wanted)) {
    state.body.proposalId = solved.id;
    yield steps.end('proposal', both('アラートと一緒に計算済み', 'already solved for the alert'));
    return { proposal: solved, refusal: null };
  }
  let proposal: Proposal | null = null;
  const events = tools.propose(scope.input, signal);
  try {
    for (;;) {
      const next = await untilAborted(events.next(), signal);
      if (next.done) break;
      if (next.value.kind === 'proposal') proposal = next.value.proposal;
      else if (next.value.progress.moves !== null)
        yield steps.note('proposal', noteOfMoves(next.value.progress.moves));
    }
  } catch (thrown) {
    if (signal.aborted || thrown instanceof Cancelled) throw thrown;
    const error = toAppError(thrown);
    log.warn('no proposal', thrown);
    state.body.error = { code: error.code, params: { ...error.params } };
    yield steps.end('proposal', null, 'failed');
    return { proposal: null, refusal: { code: error.code, params: error.params } };
  } finally {
    // not awaited: a solver that does not listen must not hold up the person who stopped it
    events.return(undefined).catch(() => {});
  }
  state.body.proposalId = proposal?.id ?? null;
  yield steps.end('proposal', noteOfMoves(proposal?.moves.length ?? 0));
  return { proposal, refusal: null };
}

async function* wordAndCheck(
  draft: Draft,
  book: FactBook,
  mayBeWorded: boolean,
  state: AnswerState,
  steps: StepTimer,
  means: Means,
): AsyncGenerator<ChatEvent> {
  const { signal, log } = means;
  const names = namesOf(means.master());
  state.body.facts = book.facts;
  state.body.tables = book.tables;
  yield steps.begin('wording');
  await untilAborted(turn(undefined), signal);
  const filled = fillLines({ lines: draft.lines, facts: book.facts, lang: draft.lang, names, log });
  const composed = draft.lines.flatMap((line, i) => {
    const worded = filled[i];
    return worded ? [{ line, worded }] : [];
  });
  for (const [i, { worded }] of composed.entries()) {
    const delta = i > 0 ? worded.before + worded.text : worded.text;
    const { marks, sections } = joinLines(composed.slice(0, i + 1).map((c) => c.worded));
    state.text += delta;
    state.body.marks = [...marks];
    if (sections.length > 0) state.body.sections = sections;
    yield { kind: 'delta', text: delta };
    await untilAborted(turn(undefined), signal);
  }
  yield steps.end('wording', both('定型の文', 'composed'));

  yield steps.begin('check');
  const used = new Set(state.body.marks.map((mark) => mark.fact));
  const found = checkText(state.text, { ...names, facts: [], lang: draft.lang, marks: state.body.marks });
  if (found.length > 0) log.error('an answer did not pass the check', { found });
  yield steps.end(
    'check',
    found.length > 0
      ? both('確認できない表現があります', 'something could not be verified')
      : both(`数値と名前 ${used.size}個を照合`, `${used.size} facts verified`),
    found.length > 0 ? 'failed' : 'done',
  );
  if (mayBeWorded) state.composed = composed;
}

/** Names of people and places that may stand in an answer only as facts. */
export const namesOf = ({
  operators,
  locations,
}: MasterData): { people: string[]; places: readonly string[] } => ({
  people: operators.map((operator) => operator.name),
  places: locations,
});

const DECIDED: Record<IntentDecision['by'], Bilingual> = {
  classifier: both('', ''),
  model: both('（モデルの判断を加味）', ' (with the model’s judgement)'),
  kept: both('（モデルも同じ判断）', ' (the model agrees)'),
  late: both('（モデルの判断が間に合わず、分類器で判断）', ' (by the classifier: the model was too slow)'),
  'no-room': both(
    '（意図の理解のモデルはほかのモデルと一緒にはメモリに入らず、分類器で判断）',
    ' (by the classifier: no room in memory for its model beside the others)',
  ),
  failed: both('（モデルが使えず、分類器で判断）', ' (by the classifier: the model failed)'),
};
const noteOfIntent = ({ result }: Question, by: IntentDecision['by']): Bilingual => {
  const entities = [result.location, result.process].filter((name) => name !== null);
  const name = INTENT_NAMES[result.intent];
  const who = DECIDED[by];
  return both(
    `${[...entities, name.ja].join(' / ')}${who.ja}`,
    `${[...entities, name.en].join(' / ')}${who.en}`,
  );
};
const noteOfEvidence = ({ rows, alerts, hits }: Evidence): Bilingual =>
  both(
    `${rows.length}工程、アラート${alerts.length}件、ノウハウ${hits.length}件`,
    `queues: ${rows.length}, alerts: ${alerts.length}, know-how: ${hits.length}`,
  );
const noteOfMoves = (moves: number): Bilingual =>
  both(`${moves}名の配置変更`, `${moves} ${moves === 1 ? 'move' : 'moves'}`);
