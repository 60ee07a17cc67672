import { type Lines, MAYBE, NO, YES } from '../store/lines.ts';
import type { LineMatch } from './line-match.ts';

/**
 * Calls `take` with each row that matches, newest or oldest first, until it returns false. `first` and `last` bound the rows
 * looked at (rising, inclusive). The time range of the match is the caller's business.
 */
export function findRows(
  lines: Lines,
  match: LineMatch,
  o: { readonly newest: boolean; readonly first: number; readonly last: number },
  take: (row: number) => boolean,
): void {
  const { kindOf } = lines;
  const allowed = Uint8Array.from(lines.kinds, (kind) => (match.allowsKind(kind) ? 1 : 0));
  if (!allowed.includes(1)) return;
  const states: Uint8Array[] = [];
  for (const word of match.must) {
    const own = lines.states(word, allowed);
    if (!own.some((state) => state !== NO)) return;
    states.push(own);
  }
  const unwanted = match.mustNot.map((word) => lines.states(word, allowed));
  const ids = match.ids ? lines.id : null;
  const step = o.newest ? -1 : 1;
  for (let row = o.newest ? o.last : o.first; row >= o.first && row <= o.last; row += step) {
    if (!allowed[kindOf[row] as number]) continue;
    if (ids && !match.ids?.has(ids[row] as number)) continue;
    if (states.some((own) => own[row] === NO) || unwanted.some((own) => own[row] === YES)) continue;
    const isOpen = states.some((own) => own[row] === MAYBE) || unwanted.some((own) => own[row] === MAYBE);
    if (isOpen) {
      const folded = lines.folded(row);
      if (!match.must.every((word) => word.isIn(folded))) continue;
      if (match.mustNot.some((word) => word.isIn(folded))) continue;
    }
    if (match.looksAtLines && !match.allowsLine(lines, row, lines.text(row))) continue;
    if (!take(row)) return;
  }
}
/** First row (rising) whose instant is at least `at`; `records` when there is none. */
export function lowerRow(at: Float64Array, instant: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
