import { setImmediate as turn } from 'node:timers/promises';
import type { Alert } from '../alerts/contract/alerts.ts';
import type { Bilingual, Lang } from '../api/contract/common.ts';
import { AppError, Cancelled, toAppError, wordError } from '../kernel/errors.ts';
import { untilAborted } from '../kernel/task.ts';
import type { Proposal } from '../placement/contract/placement.ts';
import type { Plan, Reading } from '../questions/contract/questions.ts';
import {
  askBack,
  chipsOf,
  namesNobodyHere,
  notUnderstood,
  planNames,
  plansKept,
  sayNotUnderstood,
  tellPlans,
} from './account.ts';
import type { ActContext, ActMeans, ActRun, AnswerState } from './acts/act.ts';
import { type FoundNotes, notesOn, offerNote, quoteNotes, topicOf } from './acts/how-to.ts';
import { ACTS } from './acts/index.ts';
import type { ChatEvent, IntentResult, MessageBody, Step } from './contract/chat.ts';
import { Draft } from './draft.ts';
import { both, FactBook } from './facts.ts';
import { nextQuestions } from './next-questions.ts';
import { sayFreshness } from './say-freshness.ts';
import { StepTimer } from './step-timer.ts';
import { type Weighing, weighReadings } from './weigh-readings.ts';
import { fillLines, joinLines, strayFigures } from './word-answer.ts';

export type Asked = {
  readonly text: string;
  readonly reading: Reading;
  /** a model that chooses where the reading has rivals; null: none is there */
  readonly weighing: Weighing | null;
  /** a reading as an intent, for those who count intents */
  readonly intentOf: (reading: Reading) => IntentResult;
  readonly alert: Alert | null;
  /** of this session's answer before */
  readonly previous: Reading | null;
  /** of this session, newest first */
  readonly proposals: readonly Proposal[];
  /** reading took so long, ms */
  readonly readMs: number;
};

const STEPS: readonly Step['step'][] = ['intent', 'evidence', 'proposal', 'wording', 'check'];

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

/** The steps of one answer. Throws what makes an answer impossible; `state` then holds what there was. */
export async function* answerQuestion(
  asked: Asked,
  state: AnswerState,
  means: ActMeans,
): AsyncGenerator<ChatEvent> {
  const { signal, log } = means;
  const steps = new StepTimer(state, means.stopwatch);
  const pause = async (): Promise<void> => untilAborted(turn(undefined), signal);

  yield steps.begin('intent');
  await pause();
  const told = (plans: readonly Plan[]): string => tellPlans(plans, asked.reading.lang, means);
  const reading = asked.weighing
    ? await weighReadings(asked.reading, { ...asked.weighing, told, log, signal })
    : asked.reading;
  const understood = asked.intentOf(reading);
  state.body.understood = understood;
  state.body.reading = reading;
  if (asked.alert) state.body.alertIds = [asked.alert.id];
  yield steps.end('intent', noteOfReading(reading, means), 'done', asked.readMs);
  yield { kind: 'understood', understood };

  yield steps.begin('evidence');
  await pause();
  const book = new FactBook(means.now, means.zone);
  const draft = new Draft(reading.lang, book);
  const context: ActContext = {
    lang: reading.lang,
    text: asked.text,
    reading,
    book,
    draft,
    means,
    carried: { previous: asked.previous, proposals: asked.proposals, alert: asked.alert },
    state,
    steps,
  };
  let offered: MessageBody['next'] = [];
  if (reading.outcome === 'ask') {
    askBack(reading, context);
    yield steps.end('evidence', both('聞き返し', 'asking back'));
  } else {
    if (means.master().locations.length === 0 && !reading.plans.some((plan) => standsAlone(plan, means)))
      throw new AppError('placement.no-data');
    const plans = plansKept(reading);
    const isOwn = plans.some(({ act }) => NOTES_THEMSELVES.has(act));
    const found = isOwn ? null : await untilAborted(notesOn(asked.text, means), signal);
    const isOutside = plans.every(({ act }) => act === 'out-of-scope');
    if (
      found &&
      ((isOutside && found.sure) || (isGuessed(reading, plans) && found.fits)) &&
      !namesNobodyHere(reading)
    )
      quoteNotes(found, context);
    else {
      yield* runPlans(plans, context);
      if (notUnderstood(reading).length > 0) sayNotUnderstood(reading, context);
      // a note that only names the same place says nothing of what is asked
      if (found?.likely && sameNote(found, await notesOn(topicOf(reading), means)))
        offered = offerNote(found, asked.text);
    }
    if (plans.some((plan) => !standsAlone(plan, means)))
      sayFreshness(draft, means.analytics.situation().freshness);
    state.body.chips = chipsOf(reading.plans, context);
    if (state.body.next.length === 0) state.body.next = nextQuestions(plans, context);
    state.body.next = [...otherReading(reading, means), ...offered, ...state.body.next];
    yield* steps.ended('evidence', noteOfEvidence(book, state));
  }
  yield* steps.skipped('proposal');
  yield* wordAndCheck(context);
}

/** No word of the question names the figure it was taken to ask for. */
const isGuessed = ({ account }: Reading, plans: readonly Plan[]): boolean =>
  plans.every(({ act }) => act === 'measure') &&
  !account.some(({ field }) => field === 'measures') &&
  account.some(
    ({ field, state, text }) => field === 'examples' || (state === 'not-understood' && /\p{L}/u.test(text)),
  );
const sameNote = (a: FoundNotes, b: FoundNotes): boolean => a.notes[0]?.chunkId === b.notes[0]?.chunkId;

/** They quote notes where there are any, or are no question at all. */
const NOTES_THEMSELVES: ReadonlySet<Plan['act']> = new Set(['how-to', 'help', 'small-talk']);
const ALONE: ReadonlySet<Plan['act']> = new Set(['help', 'small-talk', 'out-of-scope', 'how-to', 'logs']);
/** It can be answered before there are any company data. */
const standsAlone = (plan: Plan, { measures }: ActMeans): boolean =>
  ALONE.has(plan.act) ||
  (plan.act === 'measure' &&
    measures
      .list()
      .some(({ id, dimensions }) => plan.query.measures.includes(id) && !dimensions.includes('location')));

/** Each plan in a paragraph of its own, in the order asked. One that cannot be kept is told, and the others still answered. */
async function* runPlans(plans: readonly Plan[], context: ActContext): AsyncGenerator<ChatEvent> {
  const { draft, means, steps, state } = context;
  for (const plan of plans) {
    if (draft.lines.length > 0) draft.paragraph();
    const act = ACTS[plan.act] as ActRun<Plan['act']>;
    const running = act(plan, context);
    try {
      if (running instanceof Promise) await untilAborted(running, means.signal);
      else
        for (;;) {
          const next = await untilAborted(running.next(), means.signal);
          if (next.done) break;
          // what is read is read before a plan is solved
          if (next.value.kind === 'step' && next.value.step.step === 'proposal')
            yield* steps.ended('evidence', noteOfEvidence(context.book, state));
          yield next.value;
        }
    } catch (thrown) {
      if (means.signal.aborted || thrown instanceof Cancelled) throw thrown;
      const error = toAppError(thrown);
      if (error.code === 'internal' || (plans.length === 1 && draft.lines.length === 0)) throw thrown;
      sayError(error, context);
    } finally {
      // not awaited: one that does not listen must not hold up the person who stopped it
      if (!(running instanceof Promise)) running.return(undefined).catch(() => {});
    }
  }
}
function sayError(error: AppError, { draft, book }: ActContext): void {
  const [ja, en] = (['ja', 'en'] as const).map((lang) => wordError(error, lang));
  const said = book.words(
    both(`${ja?.say ?? ''}${ja?.next ?? ''}`, `${en?.say ?? ''} ${en?.next ?? ''}`.trim()),
    both('答えられない理由', 'Why there is no answer'),
  );
  draft.say(said, said);
}

async function* wordAndCheck({
  draft,
  book,
  reading,
  state,
  steps,
  means,
}: ActContext): AsyncGenerator<ChatEvent> {
  const { signal, log } = means;
  state.body.facts = book.facts;
  state.body.tables = book.tables;
  yield steps.begin('wording');
  await untilAborted(turn(undefined), signal);
  const composed = fillLines(draft.lines, { facts: book.facts, lang: draft.lang, log });
  for (const [i, line] of composed.entries()) {
    const delta = i > 0 ? line.before + line.text : line.text;
    const { marks, sections } = joinLines(composed.slice(0, i + 1));
    state.text += delta;
    state.body.marks = [...marks];
    if (sections.length > 0) state.body.sections = sections;
    yield { kind: 'delta', text: delta };
    await untilAborted(turn(undefined), signal);
  }
  yield steps.end('wording', both('定型の文', 'composed'));

  yield steps.begin('check');
  const used = new Set(state.body.marks.map((mark) => mark.fact));
  const found = strayFigures({ text: state.text, marks: state.body.marks });
  if (found.length > 0) log.error('an answer did not pass the check', { found });
  yield steps.end(
    'check',
    found.length > 0
      ? both('確認できない表現があります', 'something could not be verified')
      : both(`数値と名前 ${used.size}個を照合`, `${used.size} facts verified`),
    found.length > 0 ? 'failed' : 'done',
  );
  const talk = reading.plans.every(({ act }) => TALK.has(act));
  if (!state.body.clarify && !talk) state.composed = composed;
}
/** Their words stand as they are. */
const TALK: ReadonlySet<Plan['act']> = new Set(['help', 'small-talk', 'out-of-scope']);

const READ_BY: Readonly<Record<Reading['by'], Bilingual>> = {
  grammar: both('', ''),
  model: both('（モデルの判断を加味）', ' (with the model’s judgement)'),
  person: both('（修正された読み取り）', ' (as corrected)'),
};
/** The likeliest of what else was meant, as a question to go on with. */
const otherReading = ({ rivals }: Reading, means: ActMeans): MessageBody['next'] =>
  rivals.slice(0, 1).map(({ plans }) => ({
    ...both(
      `${tellPlans(plans, 'ja', means)}のことですか`,
      `Did you mean: ${tellPlans(plans, 'en', means)}?`,
    ),
    plans,
  }));
function noteOfReading({ plans, outcome, by }: Reading, means: ActMeans): Bilingual {
  if (outcome === 'ask') return both('聞き返し', 'asking back');
  if (plans.length === 0) return both('読み取れません', 'not understood');
  const names = planNames(plans, means);
  return both(
    `${names.map((n) => n.ja).join(' / ')}${READ_BY[by].ja}`,
    `${names.map((n) => n.en).join(' / ')}${READ_BY[by].en}`,
  );
}
const noteOfEvidence = ({ tables }: FactBook, { body }: AnswerState): Bilingual => {
  const rows = tables.reduce((sum, table) => sum + table.total, 0);
  return both(
    `表${tables.length}件（${rows}行）、ノウハウ${body.citations.length}件`,
    `tables: ${tables.length} (rows: ${rows}), know-how: ${body.citations.length}`,
  );
};
