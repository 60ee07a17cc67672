import type { ByteReader, ByteWriter } from './bytes.ts';
import { joinsWhenFolded } from './fold-words.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import type { PackedRecords, Units } from './packed-records.ts';
import { Splitter } from './split-text.ts';
import { readTexts, type TextColumn, textAt, writeTexts } from './text-column.ts';

const ZERO = 48;

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
  /** where a row's variables begin among those of all */
  private readonly base: Int32Array;

  /** @param text all texts of `records` as one */
  constructor(records: PackedRecords, text: string) {
    this.units = records.units;
    this.text = text;
    this.textStarts = records.textStarts;
    this.base = new Int32Array(records.ids.length + 1);
    this.splitter = new Splitter(records.units, text);
  }

  /** Adds a row's text, after that of the row before, and returns its layout. */
  add(row: number): number {
    const s = this.splitter;
    const from = this.textStarts[row] as number;
    const to = this.textStarts[row + 1] as number;
    s.split(from, to);
    this.base[row] = s.first;
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
  variables(layout: number): number {
    return (this.layouts[layout] as Layout).pieces.length - 1;
  }
  /**
   * The values of one variable in `rows` when all are plain numbers written alike: `padding` 0 without leading zeros, else the
   * number of digits all of them have. null: a column of texts.
   */
  numbers(rows: readonly number[], variable: number): { values: Float64Array; padding: number } | null {
    const { base, units } = this;
    const { starts, ends, nums } = this.splitter;
    const n = rows.length;
    const width = this.digits(rows[0] as number, variable);
    if ((nums[(base[rows[0] as number] as number) + variable] as number) < 0) return null;
    const values = new Float64Array(n);
    let natural = true;
    let fixed = true;
    for (let k = 0; k < n; k++) {
      const i = (base[rows[k] as number] as number) + variable;
      const value = nums[i] as number;
      if (value < 0) return null;
      values[k] = value;
      const start = starts[i] as number;
      const digits = (ends[i] as number) - start;
      if (digits !== width) fixed = false;
      if (digits > 1 && natural && units[start] === ZERO) natural = false;
      if (!natural && !fixed) return null;
    }
    return { values, padding: natural ? 0 : width };
  }
  digits(row: number, variable: number): number {
    const i = (this.base[row] as number) + variable;
    return (this.splitter.ends[i] as number) - (this.splitter.starts[i] as number);
  }
  /** Variables of a layout with dots after it, the next one and the one after that: where an address may begin. */
  quads(layout: number): number[] {
    const { pieces } = this.layouts[layout] as Layout;
    const found: number[] = [];
    for (let v = 0; v + 3 < pieces.length; v++)
      if (pieces[v + 1] === '.' && pieces[v + 2] === '.' && pieces[v + 3] === '.') found.push(v);
    return found;
  }
  variable(row: number, variable: number): string {
    const i = (this.base[row] as number) + variable;
    return this.text.slice(this.splitter.starts[i], this.splitter.ends[i]);
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
  write(out: ByteWriter): void {
    out.varint(this.layouts.length);
    const counts = Float64Array.from(this.layouts, (l) => l.pieces.length);
    writeNumbers(out, counts);
    writeNumbers(
      out,
      Float64Array.from(this.layouts, (l) => (l.hasTail ? 1 : 0)),
    );
    const pieces = this.layouts.flatMap((l) => l.pieces);
    out.varint(pieces.length);
    writeTexts(out, pieces);
  }
}

export type StoredLayout = {
  /** one more than it has variables */
  readonly pieces: readonly string[];
  /** its last variable is the rest of a long text */
  readonly hasTail: boolean;
};
export function readLayouts(input: ByteReader): StoredLayout[] {
  const n = input.varint();
  const counts = readNumbers(input, n);
  const tails = readNumbers(input, n);
  const total = input.varint();
  const pieces: TextColumn = readTexts(input, total);
  let at = 0;
  const layouts = Array.from({ length: n }, (_, i) => ({
    pieces: Array.from({ length: counts[i] as number }, () => textAt(pieces, at++)),
    hasTail: tails[i] === 1,
  }));
  if (at !== total) throw new RangeError('layouts of another length');
  return layouts;
}
