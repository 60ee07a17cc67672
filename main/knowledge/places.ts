import type { Place } from './contract/knowledge.ts';

/** From `from` on, UTF-16 units, up to the next mark, the text of a document stands at this place of its file. */
export type PlaceMark = { readonly from: number; readonly at: Place };

const isSame = (a: Place, b: Place): boolean =>
  a.kind === b.kind && (a.kind !== 'sheet' || (b.kind === 'sheet' && a.sheet === b.sheet));

/** Where a stretch of a document stands in its file; from its first page or row to its last. `marks` ascend. */
export function placeOf(marks: readonly PlaceMark[], from: number, to: number): Place | null {
  const begin = marks.findLast((mark) => mark.from <= from)?.at ?? null;
  const end = marks.findLast((mark) => mark.from < to)?.at;
  if (begin === null || begin.kind === 'heading') return begin;
  return end && end.kind !== 'heading' && isSame(begin, end) && end.last > begin.last
    ? { ...begin, last: end.last }
    : begin;
}

/** a page whose last paragraph is longer and ends no sentence goes on overleaf */
const TITLE = 20;
const NEAR = 200;
const SENTENCE_ENDS = /[。．.!?！？：:」』）)]$/u;

/**
 * Where a passage must end whatever its length, so that its citation can be exact: at a slide, a sheet, and a page, unless a sentence
 * runs over to the next page.
 */
export function breaksOf(marks: readonly PlaceMark[], text: string): ReadonlySet<number> {
  return new Set(
    marks.flatMap(({ from, at }, i) => {
      const before = marks[i - 1]?.at;
      if (at.kind === 'heading' || (at.kind === 'sheet' && before && isSame(before, at))) return [];
      if (at.kind !== 'page') return [from];
      const whole = text.slice(Math.max(0, from - NEAR), from).trimEnd();
      const last = whole.slice(whole.lastIndexOf('\n') + 1);
      return last.length > TITLE && !SENTENCE_ENDS.test(last) ? [] : [from];
    }),
  );
}

/** Marks of a text that a person changed: those before the change stay, those after it move with their words. */
export function moveMarks(marks: readonly PlaceMark[], before: string, after: string): readonly PlaceMark[] {
  if (before === after || marks.length === 0) return marks;
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return marks.flatMap((mark) => {
    if (mark.from <= head) return [mark];
    if (mark.from < before.length - tail) return [];
    return [{ ...mark, from: mark.from + after.length - before.length }];
  });
}
