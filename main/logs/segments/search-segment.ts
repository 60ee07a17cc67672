import type { Segment } from './decode-segment.ts';
import { foldWords, joinsWhenFolded } from './fold-words.ts';
import type { LineMatch } from './line-match.ts';
import type { WordMatcher } from './words.ts';

const NO = 0;
const YES = 1;
const MAYBE = 2;

/** `joins`: only the whole line, folded, can tell. */
type Folded = { readonly parts: readonly string[]; readonly joins: boolean };
/** Folded layouts of a segment, made once. */
const foldedLayouts = new WeakMap<Segment, Folded[]>();
function foldedOf(segment: Segment): Folded[] {
  let folded = foldedLayouts.get(segment);
  if (!folded) {
    folded = segment.layouts.map(({ pieces, hasTail }) => ({
      parts: pieces.map(foldWords),
      joins: hasTail || pieces.some(joinsWhenFolded),
    }));
    foldedLayouts.set(segment, folded);
  }
  return folded;
}

/** Whether lines of a layout hold a word, as far as the layout tells. */
function inLayout(word: WordMatcher, { parts: pieces, joins }: Folded): number {
  if (joins) return MAYBE;
  if (pieces.length === 1) return word.isIn(pieces[0] as string) ? YES : NO;
  if (word.lettersOnly && pieces.some((piece) => piece.includes(word.word.text))) return YES;
  // marks are never in variables
  for (const { mark, count } of word.marks) {
    let left = count;
    for (const piece of pieces) for (const c of piece) if (c === mark) left--;
    if (left > 0) return NO;
  }
  return MAYBE;
}

/**
 * Rows of the groups in which some variable is the number or the id, or holds the letters; some more, since how a number is
 * padded and what stands beside is not looked at.
 */
function rowsHolding(segment: Segment, piece: string, groups: ReadonlySet<number>): Uint8Array {
  const found = new Uint8Array(segment.records);
  const hasDigit = /\d/.test(piece);
  const value = /^\d{1,15}$/.test(piece) ? Number(piece) : -1;
  const holds = (text: string): boolean => foldWords(text).includes(piece);
  const isIt = (text: string): boolean => text.length === piece.length && text.toLowerCase() === piece;
  for (const group of groups) {
    const rows = segment.groupRowsOf(group);
    if (segment.isLoose(group)) {
      for (const row of rows) if (holds(segment.text(row))) found[row] = 1;
      continue;
    }
    for (const column of segment.columnsOf(group)) {
      if (column.kind === 'numbers') {
        if (value < 0) continue;
        const { values } = column;
        for (let i = 0; i < rows.length; i++) if (values[i] === value) found[rows[i] as number] = 1;
        continue;
      }
      const { texts, places, alphabet } = column.column;
      // a number or an id is a whole variable where variables are letters and digits only; letters may be part of one
      const test = hasDigit && alphabet !== 'any' ? isIt : holds;
      if (!hasDigit && (alphabet === 'digits' || (alphabet === 'hex' && !/^[a-f]+$/.test(piece)))) continue;
      if (test === holds && !holds(texts.join('\n'))) continue;
      const hit = texts.map(test);
      if (!hit.includes(true)) continue;
      for (let i = 0; i < rows.length; i++)
        if (hit[places ? (places[i] as number) : i]) found[rows[i] as number] = 1;
    }
  }
  return found;
}

/** One word over one segment: what each kind says of it, and where a kind cannot, the rows that may hold all its pieces. */
class WordRows {
  readonly word: WordMatcher;
  readonly byKind: Uint8Array;
  private readonly joins: Uint8Array;
  private readonly pieces: { inKind: Uint8Array; rows: Uint8Array }[] = [];
  constructor(word: WordMatcher, segment: Segment, kinds: readonly number[]) {
    this.word = word;
    const layouts = foldedOf(segment);
    const layoutOf = (kind: number): Folded => layouts[segment.kinds.layoutOf[kind] as number] as Folded;
    this.byKind = new Uint8Array(segment.kinds.templateOf.length);
    this.joins = new Uint8Array(this.byKind.length);
    let open: number[] = [];
    for (const kind of kinds) {
      const state = inLayout(word, layoutOf(kind));
      this.byKind[kind] = state;
      if (layoutOf(kind).joins) this.joins[kind] = 1;
      if (state === MAYBE) open.push(kind);
    }
    for (const piece of word.pieces) {
      if (!open.length) return;
      const inKind = new Uint8Array(this.byKind.length);
      const groups = new Set<number>();
      for (const kind of open) {
        const { parts, joins } = layoutOf(kind);
        if (joins || parts.some((part) => part.includes(piece))) inKind[kind] = 1;
        else for (const group of segment.groupsOf(kind)) groups.add(group);
      }
      const rows = rowsHolding(segment, piece, groups);
      this.pieces.push({ inKind, rows });
      const live = new Set(
        [...groups].filter((group) => segment.groupRowsOf(group).some((row) => rows[row])),
      );
      open = open.filter((kind) => {
        const isOpen = inKind[kind] || segment.groupsOf(kind).some((group) => live.has(group));
        if (!isOpen) this.byKind[kind] = NO;
        return isOpen;
      });
    }
  }
  /** What is to be said of each row: NO and YES are certain; MAYBE asks for the whole line. */
  states(segment: Segment, first: number, last: number): Uint8Array {
    const { byKind, joins, pieces } = this;
    const kindOf = segment.rows;
    const found = new Uint8Array(segment.records);
    const sure = this.word.lettersOnly;
    for (let row = first; row <= last; row++) {
      const kind = kindOf[row] as number;
      let state = byKind[kind] as number;
      if (state === MAYBE) {
        for (let p = 0; p < pieces.length; p++) {
          const piece = pieces[p] as (typeof pieces)[number];
          if (piece.inKind[kind] || piece.rows[row]) continue;
          state = NO;
          break;
        }
        if (state === MAYBE && sure && !joins[kind]) state = YES;
      }
      found[row] = state;
    }
    return found;
  }
}

/**
 * Calls `take` with each row that matches, newest or oldest first, until it returns false. `first` and `last` bound the rows
 * looked at (rising, inclusive). The time range of the match is the caller's business.
 */
export function findRows(
  segment: Segment,
  match: LineMatch,
  o: { readonly newest: boolean; readonly first: number; readonly last: number },
  take: (row: number) => boolean,
): void {
  const kinds: number[] = [];
  for (let kind = 0; kind < segment.kinds.templateOf.length; kind++)
    if (match.allowsKind(segment.kinds, kind)) kinds.push(kind);
  if (!kinds.length) return;
  const must: WordRows[] = [];
  let left = kinds;
  for (const word of match.must) {
    const rows = new WordRows(word, segment, left);
    must.push(rows);
    left = left.filter((kind) => rows.byKind[kind] !== NO);
    if (!left.length) return;
  }
  const mustNot = match.mustNot.map((word) => new WordRows(word, segment, left));
  left = left.filter((kind) => mustNot.every((rows) => rows.byKind[kind] !== YES));
  const allowed = new Uint8Array(segment.kinds.templateOf.length);
  for (const kind of left) allowed[kind] = 1;

  const { rows } = segment;
  const wantedRows = must.map((word) => word.states(segment, o.first, o.last));
  const unwantedRows = mustNot.map((word) => word.states(segment, o.first, o.last));
  const [onlyWanted, ...moreWanted] = wantedRows;
  const ids = match.ids ? segment.times.id : null;
  const candidates = rowsThat(allowed, rows, onlyWanted ?? null, o);
  for (let n = 0; n < candidates.length; n++) {
    const row = candidates[o.newest ? candidates.length - 1 - n : n] as number;
    if (ids && !match.ids?.has(ids[row] as number)) continue;
    let text: string | null = null;
    if (must.length + mustNot.length) {
      if (moreWanted.some((states) => states[row] === NO)) continue;
      let isOpen = wantedRows.some((states) => states[row] === MAYBE);
      let isUnwanted = false;
      for (const states of unwantedRows) {
        const state = states[row];
        if (state === YES) isUnwanted = true;
        else if (state === MAYBE) isOpen = true;
      }
      if (isUnwanted) continue;
      if (isOpen) {
        text = segment.text(row);
        const folded = foldWords(text);
        if (!match.must.every((word) => word.isIn(folded))) continue;
        if (match.mustNot.some((word) => word.isIn(folded))) continue;
      }
    }
    if (match.looksAtLines && !match.allowsLine(segment, row, text ?? segment.text(row))) continue;
    if (!take(row)) return;
  }
}
/** Of the rows looked at those of an allowed kind that a word does not rule out, rising. */
function rowsThat(
  allowed: Uint8Array,
  kindOf: Float64Array,
  states: Uint8Array | null,
  { first, last }: { readonly first: number; readonly last: number },
): Int32Array {
  const found = new Int32Array(last - first + 1);
  let n = 0;
  for (let row = first; row <= last; row++)
    if ((!states || states[row] !== NO) && allowed[kindOf[row] as number]) found[n++] = row;
  return found.subarray(0, n);
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
