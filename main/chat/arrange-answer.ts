import type { Bilingual, Fact, Lang } from '../api/contract/common.ts';
import { formatNumber } from '../api/contract/format.ts';
import { type AppError, Cancelled, wordError } from '../kernel/errors.ts';
import { type ArrangeMeans, arrange, arrangeable, HIDDEN, type Item, joined } from './arrange.ts';
import type { ChatEvent, KeptWords, Message, Step } from './contract/chat.ts';
import { both } from './facts.ts';
import { joinLines, type WordedLine } from './word-answer.ts';

type Arranging = Omit<ArrangeMeans, 'lang'> & {
  readonly stopwatch: () => number;
  /** stores the answer as it is arranged */
  readonly keep: (message: Message) => Promise<void>;
};

/** The lines as a model is shown them: figures, and nothing that names or quotes. */
function itemsOf(lines: readonly WordedLine[], facts: readonly Fact[], lang: Lang): Item[] {
  const names = new Set(facts.filter(({ unit }) => unit === 'text').map(({ id }) => id));
  return lines.map((line) => {
    let text = '';
    let from = 0;
    for (const { fact, start, end } of line.marks) {
      text += line.text.slice(from, start) + (names.has(fact) ? HIDDEN[lang] : line.text.slice(start, end));
      from = end;
    }
    return { ...line, text: text + line.text.slice(from) };
  });
}
/** Whether there is anything for a model to arrange. */
export const isArrangeable = (
  lines: readonly WordedLine[],
  { body: { facts, lang } }: Pick<Message, 'body'>,
): boolean => arrangeable(itemsOf(lines, facts, lang), lang) > 0;

/** The line with a connective before it; its marks move along. */
function withConnective(line: WordedLine, word: string, lang: Lang): WordedLine {
  const text = joined(word, line.text, line.marks[0]?.start === 0, lang);
  const by = text.length - line.text.length;
  const marks = line.marks.map((mark) => ({ ...mark, start: mark.start + by, end: mark.end + by }));
  return { ...line, text, marks };
}

/** said where the model changed nothing */
const UNCHANGED: Readonly<Record<KeptWords | 'done', Bilingual>> = {
  done: both('定型の文（モデルは並べ方を変えませんでした）', 'composed; the model left the order as it was'),
  stopped: both(
    '定型の文（モデルを途中で止めました）',
    'composed; the model was stopped before it had chosen',
  ),
  late: both('定型の文（モデルが時間内に答えませんでした）', 'composed; the model did not answer in time'),
  failed: both('定型の文（モデルが動きませんでした{why}）', 'composed; the model did not work{why}'),
};
/** said after how many are arranged by the model, where it did not come to the end */
const CUT_SHORT: Readonly<Record<KeptWords | 'done', Bilingual>> = {
  done: both('', ''),
  stopped: both('、途中で止めました', ', then stopped'),
  late: both('、残りは時間切れ', ', no time for the rest'),
  failed: both('、途中でモデルが動かなくなりました', ', then the model broke'),
};
const withWhy = ({ ja, en }: Bilingual, because: AppError | null): Bilingual => {
  const why = (lang: Lang): string => (because ? wordError(because, lang).say.replace(/[。.]$/, '') : '');
  return both(
    ja.replace('{why}', () => (because ? `：${why('ja')}` : '')),
    en.replace('{why}', () => (because ? `: ${why('en')}` : '')),
  );
};

/**
 * An answer that has been given and stored, arranged by a model paragraph by paragraph. At any time it is whole: stopping it, or a reader
 * that goes away, keeps what has been arranged so far.
 */
export async function* arrangeAnswer(
  message: Message,
  composed: readonly WordedLine[],
  o: Arranging,
): AsyncGenerator<ChatEvent> {
  const { lang, facts } = message.body;
  const items = itemsOf(composed, facts, lang);
  const of = arrangeable(items, lang);
  const shown = [...composed];
  const began = o.stopwatch();
  let looked = 0;
  let changed = 0;
  let kept: KeptWords | null = null;
  let because: AppError | null = null;
  const now = (): Message => {
    const { text, marks, sections } = joinLines(shown);
    const seconds = formatNumber((o.stopwatch() - began) / 1000, 'en', 1);
    const end = kept ?? 'done';
    const note =
      changed > 0
        ? both(
            `定型の文のうち ${changed}/${of} をモデルが並べました（${seconds}秒${CUT_SHORT[end].ja}）`,
            `composed, then arranged by the model: ${changed}/${of} (${seconds} s${CUT_SHORT[end].en})`,
          )
        : withWhy(UNCHANGED[end], because);
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
          kept,
          ...(because ? { because: { code: because.code, params: { ...because.params } } } : {}),
        },
      },
    };
  };
  let isKept = false;
  const keep = async (): Promise<Message> => {
    isKept = true;
    const arranged = now();
    await o.keep(arranged);
    return arranged;
  };
  try {
    try {
      for await (const told of arrange(items, { ...o, lang })) {
        if ('kept' in told) {
          kept = told.kept;
          if (kept === 'failed') because = told.because;
          break;
        }
        const before = changed;
        for (const [i, { index, connective }] of told.order.entries()) {
          const place = told.from + i;
          const line = composed[index];
          const there = composed[place];
          if (!line || !there) continue;
          looked++;
          if (index !== place || connective !== '') changed++;
          shown[place] = { ...withConnective(line, connective, lang), before: there.before };
        }
        if (changed === before) continue;
        const { text, marks, sections } = joinLines(shown);
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
      // who stops it, or asks the next question, keeps the words as they are: the answer itself was complete
      if (!o.signal.aborted && !(thrown instanceof Cancelled)) throw thrown;
      kept = 'stopped';
    }
    yield { kind: 'answered', message: await keep() };
  } finally {
    if (!isKept && changed > 0) await keep();
  }
}
