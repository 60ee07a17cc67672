import type { Fact, Lang } from '../api/contract/common.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type CheckInput, checkText, type Violation } from './check.ts';
import type { Line } from './draft.ts';
import { type Filled, fillSlots, type Mark, slotsOf } from './facts.ts';
import type { Wording } from './pipeline-types.ts';
import { untilAborted } from './until-aborted.ts';

export type WordedLine = Filled & { readonly before: Line['before']; readonly by: 'composer' | 'model' };
export type WordingInput = {
  readonly lines: readonly Line[];
  readonly facts: readonly Fact[];
  readonly lang: Lang;
  readonly names: Pick<CheckInput, 'allowedNames' | 'people' | 'places'>;
  readonly wording: Wording | undefined;
  /** a model that stays silent longer than this leaves the rest to the composer */
  readonly patienceMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
};

/** Lines of a stream of pieces, without their ends; the last may be unfinished when the stream breaks. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    rest += piece;
    const parts = rest.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.trim()) yield part.trim();
  }
  if (rest.trim()) yield rest.trim();
}

const sameSlots = (a: string, b: string): boolean =>
  [...new Set(slotsOf(a))].sort().join() === [...new Set(slotsOf(b))].sort().join();

/** Why a model's line may not stand; null when it may. */
export function refusalOf(
  line: string,
  draftLine: string,
  { facts, lang, names }: Pick<WordingInput, 'facts' | 'lang' | 'names'>,
): 'slots' | readonly Violation[] | null {
  if (!sameSlots(line, draftLine)) return 'slots';
  const filled = fillSlots(line, facts, lang);
  if (!filled) return 'slots';
  // only the facts of this very line: a number of another sentence, spelt out here, says something else
  const here = new Set(slotsOf(draftLine));
  const found = checkText(filled.text, {
    ...names,
    facts: facts.filter((fact) => here.has(fact.id)),
    lang,
    marks: filled.marks,
  });
  return found.length > 0 ? found : null;
}

/**
 * The answer line by line: the model's where one is given, keeps the line's facts and passes the gate, else the composer's. The
 * composer's own lines go through the gate as well; one that fails is left out and logged as the bug it is.
 */
export async function* wordAnswer(input: WordingInput): AsyncGenerator<WordedLine> {
  const { lines, facts, lang, names, wording, patienceMs, clock, log, signal } = input;
  const giveUp = new AbortController();
  const relay = (): void => giveUp.abort();
  signal.addEventListener('abort', relay, { once: true });
  let model: AsyncGenerator<string> | null = wording
    ? linesOf(
        wording(
          facts,
          lines.map((line) => line.text),
          lang,
          giveUp.signal,
        ),
      )
    : null;
  const leave = (): void => {
    giveUp.abort();
    void model?.return(undefined).catch(() => {});
    model = null;
  };
  const nextOfModel = async (): Promise<string | null> => {
    if (!model) return null;
    const next = model.next();
    next.catch(() => {});
    const late = Promise.withResolvers<null>();
    const stop = clock.every(patienceMs, () => late.resolve(null));
    try {
      const result = await untilAborted(Promise.race([next, late.promise]), signal);
      if (result && !result.done) return result.value;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      log.warn('the wording failed; the composer goes on', thrown);
    } finally {
      stop();
    }
    leave();
    return null;
  };
  try {
    for (const line of lines) {
      const worded = await nextOfModel();
      if (worded !== null) {
        const refusal = refusalOf(worded, line.text, input);
        const filled = refusal === null ? fillSlots(worded, facts, lang) : null;
        if (filled) {
          yield { ...filled, before: line.before, by: 'model' };
          continue;
        }
        log.info('a worded line was refused', { refusal });
      }
      const filled = fillSlots(line.text, facts, lang);
      const found = filled ? checkText(filled.text, { ...names, facts: [], lang, marks: filled.marks }) : [];
      if (filled && found.length === 0) yield { ...filled, before: line.before, by: 'composer' };
      else
        log.error('a composed line did not pass its own gate and was left out', { line: line.text, found });
    }
  } finally {
    signal.removeEventListener('abort', relay);
    leave();
  }
}

/** Joins worded lines; marks move with them. */
export function joinLines(lines: readonly WordedLine[]): { text: string; marks: Mark[] } {
  let text = '';
  const marks: Mark[] = [];
  for (const line of lines) {
    if (text) text += line.before;
    for (const mark of line.marks)
      marks.push({ fact: mark.fact, start: mark.start + text.length, end: mark.end + text.length });
    text += line.text;
  }
  return { text, marks };
}
