import { foldMapped } from '../vectors/index.ts';

/**
 * A folded text with spaces and joining marks taken out, for matching names: エントリ 1, ｴﾝﾄﾘｰ-1 and エントリ1 are the same
 * row of characters here. `starts`/`ends` lead back to the original text.
 */
export type CompactText = {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** per unit: a word may begin here (only Latin letters and digits know words) */
  readonly opens: readonly boolean[];
  /** per unit: a word may end after it */
  readonly closes: readonly boolean[];
};

/** left out between the parts of a name */
const JOINER = /[\s\-_・･·'’.#/]/;
const LATIN = /[a-z]/;
const DIGIT = /[0-9]/;
const kindOf = (unit: string): 'latin' | 'digit' | 'other' =>
  LATIN.test(unit) ? 'latin' : DIGIT.test(unit) ? 'digit' : 'other';

export function compact(original: string): CompactText {
  const folded = foldMapped(original);
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  const opens: boolean[] = [];
  const closes: boolean[] = [];
  let gap = true;
  let before: ReturnType<typeof kindOf> = 'other';
  for (let i = 0; i < folded.text.length; i++) {
    const unit = folded.text.charAt(i);
    if (JOINER.test(unit)) {
      gap = true;
      if (closes.length > 0) closes[closes.length - 1] = true;
      continue;
    }
    const kind = kindOf(unit);
    const border = gap || kind === 'other' || kind !== before;
    if (closes.length > 0 && border) closes[closes.length - 1] = true;
    text += unit;
    starts.push(folded.starts[i] ?? 0);
    ends.push(folded.ends[i] ?? 0);
    opens.push(border);
    closes.push(kind === 'other');
    gap = false;
    before = kind;
  }
  if (closes.length > 0) closes[closes.length - 1] = true;
  return { text, starts, ends, opens, closes };
}

/** A name as it is looked up. */
export const compactName = (name: string): string => compact(name).text;
