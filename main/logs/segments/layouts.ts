import type { ByteReader, ByteWriter } from './bytes.ts';
import { joinsWhenFolded } from './fold-words.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import type { PackedRecords, Units } from './packed-records.ts';
import { type Head, planHeads } from './plan-heads.ts';
import { Splitter } from './split-text.ts';
import { readTexts, type TextColumn, textAt, writeTexts } from './text-column.ts';
import { Variables } from './variables.ts';

const NO_HEAD: Head = { variables: 0, group: -1 };

type Layout = {
  /** what stands before, between and after the variables: one more than they are */
  readonly pieces: readonly string[];
  /** the first of its rows */
  readonly row: number;
  /** its lines must be folded as a whole to know their words */
  readonly joins: boolean;
  readonly hasTail: boolean;
  /** the next layout with the same hash, or -1 */
  readonly next: number;
};

/** The layouts of a segment's texts, and where in each text its variables are. */
export class LayoutTable {
  private readonly splitter: Splitter;
  private readonly units: Units;
  private readonly text: string;
  private readonly textStarts: Int32Array;
  private readonly layouts: Layout[] = [];
  private readonly byHash = new Map<number, number>();
  /** where a row's variables begin among those of all, and those behind its head */
  private readonly base: Int32Array;
  private readonly tailBase: Int32Array;
  private heads: readonly Head[] = [];
  /** variables counted from the beginning of the line, or from behind its head */
  readonly whole: Variables;
  readonly tails: Variables;

  /**
   * @param text all texts of `records` as one
   * @param whole what of it is a variable as it stands (see Splitter)
   */
  constructor(records: PackedRecords, text: string, whole?: Int32Array) {
    this.units = records.units;
    this.text = text;
    this.textStarts = records.textStarts;
    this.base = new Int32Array(records.ids.length + 1);
    this.tailBase = new Int32Array(records.ids.length);
    this.splitter = new Splitter(records.units, text, whole);
    this.whole = new Variables(text, records.units, this.splitter, this.base);
    this.tails = new Variables(text, records.units, this.splitter, this.tailBase);
  }

  get size(): number {
    return this.layouts.length;
  }
  /** The layout of each row. */
  addAll(): Float64Array {
    const layoutOf = new Float64Array(this.tailBase.length);
    for (let row = 0; row < layoutOf.length; row++) layoutOf[row] = this.add(row);
    return layoutOf;
  }
  /** Adds a row's text, after that of the row before, and returns its layout. */
  private add(row: number): number {
    const s = this.splitter;
    const from = this.textStarts[row] as number;
    const to = this.textStarts[row + 1] as number;
    s.split(from, to);
    this.base[row] = s.first;
    this.tailBase[row] = s.first;
    this.base[row + 1] = s.used;
    const head = this.byHash.get(s.hash) ?? -1;
    for (let i = head; i >= 0; ) {
      const layout = this.layouts[i] as Layout;
      if (layout.hasTail === s.hasTail && this.same(layout.row, row)) return i;
      i = layout.next;
    }
    const pieces: string[] = [];
    let at = from;
    for (let v = s.first; v < s.used; v++) {
      pieces.push(this.text.slice(at, s.starts[v]));
      at = s.ends[v] as number;
    }
    pieces.push(this.text.slice(at, to));
    this.byHash.set(s.hash, this.layouts.length);
    const { hasTail } = s;
    const joins = hasTail || (s.used > s.first && pieces.some(joinsWhenFolded));
    this.layouts.push({ pieces, row, joins, hasTail, next: head });
    return this.layouts.length - 1;
  }
  /** Whether two rows are alike but for their variables. */
  private same(a: number, b: number): boolean {
    const { units, base, textStarts } = this;
    const { starts, ends } = this.splitter;
    const [first, other] = [base[a] as number, base[b] as number];
    const variables = (base[a + 1] as number) - first;
    if (variables !== (base[b + 1] as number) - other) return false;
    let at = textStarts[a] as number;
    let to = textStarts[b] as number;
    for (let v = 0; v <= variables; v++) {
      const end = v < variables ? (starts[first + v] as number) : (textStarts[a + 1] as number);
      const stop = v < variables ? (starts[other + v] as number) : (textStarts[b + 1] as number);
      if (end - at !== stop - to) return false;
      for (; at < end; at++, to++) if (units[at] !== units[to]) return false;
      if (v === variables) break;
      at = ends[first + v] as number;
      to = ends[other + v] as number;
    }
    return true;
  }
  /** How many variables are before the tail, which is shared by those of like template. */
  headOf(layout: number): Head {
    return this.heads[layout] ?? NO_HEAD;
  }
  tailVariables(layout: number): number {
    return (this.layouts[layout] as Layout).pieces.length - 1 - this.headOf(layout).variables;
  }
  /** Finds what lines have in common at their beginning. */
  planHeads(layoutOf: Float64Array, templates: Int32Array): void {
    const { splitter, base } = this;
    this.heads = planHeads({
      pieces: this.layouts.map((layout) => (layout.hasTail ? null : layout.pieces)),
      layoutOf,
      templates,
      value: (row, variable) => {
        const number = splitter.nums[(base[row] as number) + variable] as number;
        return number >= 0 ? number : this.whole.variable(row, variable);
      },
    });
    for (let row = 0; row < layoutOf.length; row++)
      this.tailBase[row] = (base[row] as number) + this.headOf(layoutOf[row] as number).variables;
  }
  /** Variables of a layout's head, or of what is left, with dots after it, the next one and the one after that: where an address may begin. */
  quads(layout: number, inHead: boolean): number[] {
    const { pieces } = this.layouts[layout] as Layout;
    const head = this.headOf(layout).variables;
    const found: number[] = [];
    for (let v = 0; v + 3 < pieces.length; v++) {
      if (pieces[v + 1] !== '.' || pieces[v + 2] !== '.' || pieces[v + 3] !== '.') continue;
      if (inHead === v < head) found.push(inHead ? v : v - head);
    }
    return found;
  }
  joins(layout: number): boolean {
    return (this.layouts[layout] as Layout).joins;
  }
  *constants(): Generator<string> {
    const seen = new Set<string>();
    for (const { pieces } of this.layouts)
      for (const piece of pieces) {
        if (seen.has(piece)) continue;
        seen.add(piece);
        yield piece;
      }
  }
  /** @param groups the group of rows of each head */
  write(out: ByteWriter, groups: readonly number[]): void {
    const heads = new Distinct();
    const tails = new Distinct();
    const headOf = new Float64Array(this.layouts.length);
    const tailOf = new Float64Array(this.layouts.length);
    this.layouts.forEach(({ pieces, hasTail }, layout) => {
      const { variables, group } = this.headOf(layout);
      headOf[layout] = heads.add(pieces.slice(0, variables), group < 0 ? 0 : 1 + (groups[group] as number));
      tailOf[layout] = tails.add(pieces.slice(variables), hasTail ? 1 : 0);
    });
    for (const { lists, marks } of [heads, tails]) {
      out.varint(lists.length);
      writeNumbers(
        out,
        Float64Array.from(lists, (pieces) => pieces.length),
      );
      writeNumbers(out, Float64Array.from(marks));
    }
    out.varint(this.layouts.length);
    writeNumbers(out, headOf);
    writeNumbers(out, tailOf);
    const pieces = [...heads.lists, ...tails.lists].flat();
    out.varint(pieces.length);
    writeTexts(out, pieces);
  }
}

/** Lists of texts, each with a number, kept once. */
class Distinct {
  readonly lists: (readonly string[])[] = [];
  readonly marks: number[] = [];
  private readonly known = new Map<string, number>();
  add(list: readonly string[], mark: number): number {
    const key = JSON.stringify([mark, ...list]);
    let place = this.known.get(key);
    if (place === undefined) {
      place = this.lists.push(list) - 1;
      this.marks.push(mark);
      this.known.set(key, place);
    }
    return place;
  }
}

export type StoredLayout = {
  /** one more than it has variables */
  readonly pieces: readonly string[];
  /** its last variable is the rest of a long text */
  readonly hasTail: boolean;
  /** of its variables, how many are in the columns of `headGroup` */
  readonly headVariables: number;
  /** -1: none */
  readonly headGroup: number;
};
export function readLayouts(input: ByteReader, version: number): StoredLayout[] {
  return version === 1 ? readWholeLayouts(input) : readCutLayouts(input);
}
function readCutLayouts(input: ByteReader): StoredLayout[] {
  const [heads, tails] = [0, 1].map(() => {
    const n = input.varint();
    return { counts: readNumbers(input, n), marks: readNumbers(input, n) };
  }) as [Lists, Lists];
  const n = input.varint();
  const headOf = readNumbers(input, n);
  const tailOf = readNumbers(input, n);
  const texts: TextColumn = readTexts(input, input.varint());
  let at = 0;
  const listed = ({ counts }: Lists): string[][] =>
    Array.from(counts, (count) => Array.from({ length: count }, () => textAt(texts, at++)));
  const headPieces = listed(heads);
  const tailPieces = listed(tails);
  return Array.from({ length: n }, (_, i) => {
    const [head, tail] = [headOf[i] as number, tailOf[i] as number];
    const before = headPieces[head] as string[];
    return {
      pieces: [...before, ...(tailPieces[tail] as string[])],
      hasTail: tails.marks[tail] === 1,
      headVariables: before.length,
      headGroup: (heads.marks[head] as number) - 1,
    };
  });
}
type Lists = { readonly counts: Float64Array; readonly marks: Float64Array };
function readWholeLayouts(input: ByteReader): StoredLayout[] {
  const n = input.varint();
  const counts = readNumbers(input, n);
  const tails = readNumbers(input, n);
  const total = input.varint();
  const pieces: TextColumn = readTexts(input, total);
  let at = 0;
  const layouts = Array.from({ length: n }, (_, i) => ({
    pieces: Array.from({ length: counts[i] as number }, () => textAt(pieces, at++)),
    hasTail: tails[i] === 1,
    headVariables: 0,
    headGroup: -1,
  }));
  if (at !== total) throw new RangeError('layouts of another length');
  return layouts;
}
