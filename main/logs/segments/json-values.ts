/** Texts of JSON objects, as whole values: what is words, and varies from row to row, is no part of a layout. */

/** So many different texts of a key are worth a layout each; if that makes too many layouts, one is. */
export const MOST_WORDINGS = [16, 1] as const;

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const SPACE = 32;
const isDigit = (c: number): boolean => c >= 48 && c <= 57;

type Take = (key: string, start: number, end: number) => void;

/** Calls `take` with each string value in [from, to) that a splitter by digits would leave in the layout; offsets without its quotes. */
function readWordings(text: string, from: number, to: number, take: Take): void {
  let key = '';
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) !== QUOTE) continue;
    const start = ++i;
    let digits = false;
    let words = false;
    for (let c = text.charCodeAt(i); i < to && c !== QUOTE; c = text.charCodeAt(++i)) {
      if (c === BACKSLASH) i++;
      if (isDigit(c)) digits = true;
      else if (c === SPACE || c > 127) words = true;
    }
    if (text.charCodeAt(i + 1) === COLON) key = text.slice(start, i);
    else if (i > start && i < to && (words || !digits)) take(key, start, i);
  }
}

/**
 * The values of those keys that have more than `most` different ones, as [start, end) in the joined texts, one pair after another.
 * @param starts row i is [starts[i], starts[i + 1])
 */
export function variedValues(text: string, starts: Int32Array, most: number): Int32Array {
  const seen = new Map<string, Set<string>>();
  const each = (take: Take): void => {
    for (let row = 0; row + 1 < starts.length; row++)
      readWordings(text, starts[row] as number, starts[row + 1] as number, take);
  };
  each((key, start, end) => {
    let values = seen.get(key);
    if (!values) {
      values = new Set();
      seen.set(key, values);
    }
    if (values.size <= most) values.add(text.slice(start, end));
  });
  const spans: number[] = [];
  each((key, start, end) => {
    if ((seen.get(key)?.size ?? 0) > most) spans.push(start, end);
  });
  return Int32Array.from(spans);
}
