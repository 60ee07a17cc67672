import type { Chip, Plan, Span } from '../../../main/questions/contract/questions.ts';

type Json = Chip['choices'][number]['value'];

/** `target` with `value` at `path`; null takes away: an entry of a list goes, a field becomes null. A path that leads nowhere changes nothing. */
function setAt(target: Json, path: readonly string[], value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(target)) {
    const index = Number(step);
    if (!(index in target)) return target;
    if (rest.length === 0 && value === null) return target.filter((_, i) => i !== index);
    return target.map((one, i) => (i === index ? setAt(one, rest, value) : one));
  }
  if (typeof target !== 'object' || target === null || !(step in target)) return target;
  return { ...target, [step]: setAt(target[step] ?? null, rest, value) };
}
/** The plans after a chip was exchanged or taken away. Whether they can be kept is the engine's to say. */
export const changePlans = (plans: readonly Plan[], chip: Chip, value: Json): Plan[] =>
  setAt(plans as unknown as Json, chip.path.split('.'), value) as unknown as Plan[];

export type QuestionPiece = { readonly text: string; readonly start: number; readonly left: Span | null };
/** The question cut where words were not understood. */
export function cutAtLeft(text: string, account: readonly Span[]): QuestionPiece[] {
  const pieces: QuestionPiece[] = [];
  let done = 0;
  const left = account.filter((span) => span.state === 'not-understood');
  for (const span of left.toSorted((a, b) => a.start - b.start)) {
    if (span.start < done || span.end > text.length || span.end <= span.start) continue;
    if (span.start > done) pieces.push({ text: text.slice(done, span.start), start: done, left: null });
    pieces.push({ text: text.slice(span.start, span.end), start: span.start, left: span });
    done = span.end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), start: done, left: null });
  return pieces;
}
/** The question with another word where one was not understood. */
export const replaceSpan = (text: string, { start, end }: Span, word: string): string =>
  `${text.slice(0, start)}${word}${text.slice(end)}`;
