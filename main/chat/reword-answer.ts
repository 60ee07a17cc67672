import type { ChatEvent, KeptWords, Message, Step } from '../api/contract/chat.ts';
import type { Bilingual, Lang } from '../api/contract/common.ts';
import { formatNumber } from '../api/contract/format.ts';
import { type AppError, Cancelled, wordError } from '../kernel/errors.ts';
import type { AnswerState } from './acts/act.ts';
import { both } from './facts.ts';
import { type RewordInput, reword, rewordable } from './reword.ts';
import { joinLines } from './word-answer.ts';

type Rewording = Omit<RewordInput, 'lines' | 'facts' | 'lang'> & {
  readonly stopwatch: () => number;
  /** stores the answer in its new words */
  readonly keep: (message: Message) => Promise<void>;
};

/** Why lines stay the composer's, the likeliest to explain all of it first. */
const REASONS = ['stopped', 'late', 'failed', 'refused', 'unwritten'] as const satisfies readonly KeptWords[];
/** said where not one line is the model's */
const NOTHING_TAKEN: Readonly<Record<KeptWords, Bilingual>> = {
  stopped: both(
    '定型の文（モデルの言い換えは途中で止めました）',
    'composed; the model was stopped before its words came',
  ),
  late: both('定型の文（モデルが時間内に答えませんでした）', 'composed; the model did not answer in time'),
  failed: both('定型の文（モデルが動きませんでした{why}）', 'composed; the model did not work{why}'),
  refused: both(
    '定型の文（モデルの文は検算を通らず不採用）',
    'composed; the model’s words did not pass the check and were not taken',
  ),
  unwritten: both(
    '定型の文（モデルは使える文を書きませんでした）',
    'composed; the model wrote no line that could be used',
  ),
};
/** said after how many are the model's, where that is not simply how it turned out */
const CUT_SHORT: Readonly<Partial<Record<KeptWords, Bilingual>>> = {
  stopped: both('、途中で止めました', ', then stopped'),
  late: both('、残りは時間切れ', ', no time for the rest'),
  failed: both('、途中でモデルが動かなくなりました', ', then the model broke'),
};

/** The reason in the place that a sentence keeps for it. */
const withWhy = ({ ja, en }: Bilingual, because: AppError | null): Bilingual => {
  const why = (lang: Lang): string => (because ? wordError(because, lang).say.replace(/[。.]$/, '') : '');
  return both(
    ja.replace('{why}', () => (because ? `：${why('ja')}` : '')),
    en.replace('{why}', () => (because ? `: ${why('en')}` : '')),
  );
};

/**
 * An answer that has been given and stored, put into a model's words line by line as they come. Each line stands on its own, so that
 * stopping at any time, or a reader that goes away, keeps what has been reworded so far.
 */
export async function* rewordAnswer(
  message: Message,
  composed: AnswerState['composed'],
  o: Rewording,
): AsyncGenerator<ChatEvent> {
  const lines = composed.map((c) => c.line);
  const of = rewordable(lines);
  const worded = composed.map((c) => c.worded);
  const began = o.stopwatch();
  let looked = 0;
  let changed = 0;
  const reasons = new Set<KeptWords>();
  let because: AppError | null = null;
  const now = (): Message => {
    const { text, marks, sections } = joinLines(worded);
    // the answer was there before: its steps keep their times, and what came after is told beside them
    const seconds = formatNumber((o.stopwatch() - began) / 1000, 'en', 1);
    const kept = changed < of ? (REASONS.find((reason) => reasons.has(reason)) ?? 'stopped') : null;
    const cut = (kept && CUT_SHORT[kept]) ?? both('', '');
    const note =
      changed > 0 || kept === null
        ? both(
            `定型の文のあと、モデルの文 ${changed}/${of}（${seconds}秒${cut.ja}）`,
            `composed, then worded by the model: ${changed}/${of} (${seconds} s${cut.en})`,
          )
        : withWhy(NOTHING_TAKEN[kept], because);
    const step = (old: Step): Step => (old.step === 'wording' ? { ...old, note } : old);
    return {
      ...message,
      text,
      body: {
        ...message.body,
        marks: [...marks],
        ...(sections.length > 0 ? { sections } : {}),
        steps: message.body.steps.map(step),
        wordedBy: changed > 0 ? 'model' : 'composer',
        worded: {
          modelId: o.model.modelId,
          lines: changed,
          of,
          seed: o.seed,
          kept,
          ...(because ? { because: { code: because.code, params: { ...because.params } } } : {}),
        },
      },
    };
  };
  let isKept = false;
  const keep = async (): Promise<Message> => {
    isKept = true;
    const reworded = now();
    await o.keep(reworded);
    return reworded;
  };
  try {
    try {
      for await (const line of reword({
        ...o,
        lines,
        facts: message.body.facts,
        lang: message.body.lang,
      })) {
        const { index, filled, kept } = line;
        looked++;
        if (line.kept) because ??= line.because ?? null;
        // what a model that was stopped did not write is not its own doing
        if (kept) reasons.add(kept === 'unwritten' && o.signal.aborted ? 'stopped' : kept);
        const old = worded[index];
        if (!filled || !old) continue;
        worded[index] = { ...old, ...filled, by: 'model' };
        changed++;
        const { text, marks, sections } = joinLines(worded);
        yield {
          kind: 'revised',
          messageId: message.id,
          text,
          marks: [...marks],
          ...(sections.length > 0 ? { sections } : {}),
          done: looked,
          of,
        };
      }
    } catch (thrown) {
      // who stops the rewording, or asks the next question, keeps the words as they are: the answer itself was complete
      if (!o.signal.aborted && !(thrown instanceof Cancelled)) throw thrown;
      reasons.add('stopped');
    }
    yield { kind: 'answered', message: await keep() };
  } finally {
    if (!isKept && changed > 0) await keep();
  }
}
