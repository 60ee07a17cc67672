import type { ByteReader, ByteWriter } from './bytes.ts';
import {
  EPOCH_MILLISECONDS,
  EPOCH_SECONDS,
  fieldAt,
  fieldsFor,
  MILLISECONDS,
  offsetFor,
} from './clock-field.ts';
import { FIELDS } from './fields.ts';
import { foldWords } from './fold-words.ts';
import type { Group } from './kind-table.ts';
import type { LayoutTable } from './layouts.ts';
import { readNumbers, writeNumbers } from './number-column.ts';
import { QuadTable, splitQuads } from './quad-table.ts';
import { readTexts, type TextColumn, writeTexts } from './text-column.ts';
import type { Variables } from './variables.ts';
import { type HashSet, hashesOf, hashNumber, hashQuad, isIndexedNumber } from './word-filter.ts';

const NUMBERS = 0;
const TEXTS = 1;
const CLOCK = 2;
/** the milliseconds of the line's own time, and digits finer than those */
const FINE = 3;
/** every row as in an earlier column */
const SAME = 4;
/** a line's own time, but for a few numbers that it is off by: one zone before the clocks change, another after */
const OFF_CLOCK = 5;
/** an address: this column and the next three */
const QUAD = 6;
/** more different ones are no zones */
const MOST_ZONES = 4;

/** Columns that may say what to expect of the next. */
const NEAR_COLUMNS = 3;

/** How a column's numbers are written: 0 as they are, else padded with zeros to so many digits. */
type Padding = number;
export type Column =
  | { readonly kind: 'numbers'; readonly values: Float64Array; readonly padding: Padding }
  | { readonly kind: 'texts'; readonly column: TextColumn };

/** Writes the variables of the rows of one group, a column each. */
export class GroupWriter {
  private readonly at: Float64Array;
  private readonly layouts: LayoutTable;
  /** of a small block */
  private quads: QuadTable | null = null;
  /** the variables of the group being written */
  private variables: Variables;
  /** what the block will be found by; null: nothing is looked for in it */
  private readonly words: HashSet | null;
  /** what lines' own times were ahead of their instants, as seen in other groups; 0 first */
  private readonly offsets: number[] = [0];
  /** bit n: numbers of n digits that are the lines' own times are not among the words */
  unindexed = 0;
  constructor(o: { at: Float64Array; layouts: LayoutTable; words: HashSet | null }) {
    this.at = o.at;
    this.layouts = o.layouts;
    this.variables = o.layouts.whole;
    this.words = o.words;
  }

  /** The addresses of the groups that will be written, for the beginning of a small block's columns. */
  writeQuads(out: ByteWriter, groups: readonly Group[]): void {
    const quads = new QuadTable();
    for (const group of groups) for (const column of this.quadsOf(group).values()) quads.add(column);
    quads.write(out);
    this.quads = quads;
  }
  /** By the first of their four columns. */
  private quadsOf(group: Group, { numbers, paddings } = this.read(group)): Map<number, Float64Array> {
    const found = new Map<number, Float64Array>();
    for (const v of this.quadPlaces(group)) {
      if (found.has(v - 1) || found.has(v - 2) || found.has(v - 3)) continue;
      const natural = [v, v + 1, v + 2, v + 3].every((k) => paddings[k] === 0);
      const joined = natural ? QuadTable.join(numbers.slice(v, v + 4)) : null;
      if (joined) found.set(v, joined);
    }
    return found;
  }
  private quadPlaces({ layouts, isHead }: Group): number[] {
    const places = new Set([...layouts].flatMap((layout) => this.layouts.quads(layout, isHead)));
    return [...places].sort((a, b) => a - b);
  }
  private read({ rows, variables, isHead }: Group): {
    table: Variables;
    numbers: (Float64Array | null)[];
    paddings: number[];
  } {
    const table = isHead ? this.layouts.whole : this.layouts.tails;
    const columns = Array.from({ length: variables }, (_, v) => table.numbers(rows, v));
    return {
      table,
      numbers: columns.map((column) => column?.values ?? null),
      paddings: columns.map((column) => column?.padding ?? 0),
    };
  }

  write(out: ByteWriter, group: Group): void {
    const { rows, variables } = group;
    const { table, numbers, paddings } = this.read(group);
    this.variables = table;
    const at = new Float64Array(rows.length);
    for (let i = 0; i < at.length; i++) at[i] = this.at[rows[i] as number] as number;
    this.learnOffset(rows, numbers);
    this.indexQuads(group, numbers);
    const quads = this.quads ? this.quadsOf(group, { table, numbers, paddings }) : null;
    const near = new Near(out);
    const texts: (readonly string[] | null)[] = numbers.map((column, v) =>
      column ? null : rows.map((row) => table.variable(row, v)),
    );
    for (let v = 0; v < variables; v++) {
      const values = numbers[v];
      const padding = paddings[v] as number;
      const same = values
        ? numbers.findIndex(
            (other, u) => u < v && paddings[u] === padding && other !== null && alike(other, values),
          )
        : texts.findIndex((other, u) => u < v && other !== null && alike(other, texts[v] ?? []));
      const quad = quads?.get(v);
      if (quad && this.quads && !quads?.has(same)) {
        out.field(FIELDS.columnKind, QUAD);
        const places = this.quads.placesOf(quad);
        writeNumbers(out, places, near.columns);
        near.add(places);
        v += 3;
      } else if (same >= 0) {
        out.field(FIELDS.columnKind, SAME);
        out.field(FIELDS.same, same);
      } else if (values) {
        this.writeNumber(out, values, padding, at, rows, v, near);
      } else {
        out.field(FIELDS.columnKind, TEXTS);
        const distinct = writeTexts(out, texts[v] ?? []);
        if (this.words) for (const text of distinct) hashesOf(foldWords(text), this.words.add);
      }
    }
  }

  private writeNumber(
    out: ByteWriter,
    values: Float64Array,
    padding: number,
    at: Float64Array,
    rows: readonly number[],
    v: number,
    near: Near,
  ): void {
    const digits = this.variables.digits(rows[0] as number, v);
    const clock =
      this.clockOf(at, values, fieldsFor(digits, out.bits !== null)) ??
      this.fineOf(at, values, padding) ??
      (out.bits ? zonesOf(at, values, digits) : null);
    if (!clock) {
      this.index(rows, v, values);
      out.field(FIELDS.columnKind, NUMBERS);
      out.field(FIELDS.padding, padding);
      writeNumbers(out, values, near.columns);
      near.add(values);
      return;
    }
    this.unindexed |= 1 << digits;
    out.field(FIELDS.columnKind, 'zones' in clock ? OFF_CLOCK : 'finer' in clock ? FINE : CLOCK);
    out.field(FIELDS.padding, padding);
    if ('field' in clock) out.field(FIELDS.clockField, clock.field);
    if ('zones' in clock) {
      writeNumbers(out, clock.zones);
      return;
    }
    out.signedField(FIELDS.clockOffset, clock.offset);
    if ('finer' in clock) writeNumbers(out, clock.finer);
  }

  private index(rows: readonly number[], v: number, values: Float64Array): void {
    const { words } = this;
    if (!words) return;
    let before = -1;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (value === before) continue;
      before = value;
      const digits = this.variables.digits(rows[i] as number, v);
      if (isIndexedNumber(digits)) words.add(hashNumber(value, digits));
    }
  }

  /** Addresses; of a place where only some layouts have one, all rows: more in the filter than need be does no harm. */
  private indexQuads(group: Group, numbers: readonly (Float64Array | null)[]): void {
    const { rows } = group;
    const { words } = this;
    if (!words) return;
    for (const v of this.quadPlaces(group)) {
      const [a, b, c, d] = [numbers[v], numbers[v + 1], numbers[v + 2], numbers[v + 3]];
      if (!a || !b || !c || !d) {
        this.indexTexts(rows, v, words);
        continue;
      }
      let before = -1;
      for (let i = 0; i < a.length; i++) {
        const hash = hashQuad(a[i] as number, b[i] as number, c[i] as number, d[i] as number);
        if (hash !== before) words.add(hash);
        before = hash;
      }
    }
  }

  /** Addresses whose numbers are not all columns of numbers: some are written with zeros before them. */
  private indexTexts(rows: readonly number[], v: number, words: HashSet): void {
    for (const row of rows) {
      const quad = [v, v + 1, v + 2, v + 3].map((k) => this.variables.variable(row, k));
      hashesOf(foldWords(quad.join('.')), words.add);
    }
  }

  /** Looks for hour, minute and second side by side, or as one number, in the first row. */
  private learnOffset(rows: readonly number[], numbers: readonly (Float64Array | null)[]): void {
    const row = rows[0] as number;
    const at = this.at[row] as number;
    for (let v = 0; v < Math.min(numbers.length, 10); v++) {
      const digits = this.variables.digits(row, v);
      const value = numbers[v]?.[0];
      if (value === undefined) continue;
      if (digits === 6) {
        const [h, m, s] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
        if (h < 24 && m < 60 && s < 60) this.learn(offsetFor(at, 3600 * h + 60 * m + s));
      }
      const [minute, second] = [numbers[v + 1]?.[0], numbers[v + 2]?.[0]];
      if (digits > 2 || minute === undefined || second === undefined) continue;
      const right = value < 24 && minute < 60 && second < 60;
      if (right && this.variables.digits(row, v + 1) === 2 && this.variables.digits(row, v + 2) === 2)
        this.learn(offsetFor(at, 3600 * value + 60 * minute + second));
    }
  }
  private learn(offset: number): void {
    if (this.offsets.length < 8 && !this.offsets.includes(offset)) this.offsets.push(offset);
  }

  private clockOf(
    at: Float64Array,
    values: Float64Array,
    fields: readonly number[],
  ): { field: number; offset: number } | null {
    const value = values[0] as number;
    const first = at[0] as number;
    for (const field of fields) {
      const offsets =
        field === EPOCH_SECONDS
          ? [value - Math.floor(first / 1000)]
          : field === EPOCH_MILLISECONDS
            ? [value - first]
            : this.offsets;
      for (const offset of offsets) {
        let i = 0;
        while (i < at.length && fieldAt(field, at[i] as number, offset) === values[i]) i++;
        if (i === at.length) return { field, offset };
      }
    }
    return null;
  }

  /** Microseconds or nanoseconds whose first three digits are the instant's milliseconds. */
  private fineOf(
    at: Float64Array,
    values: Float64Array,
    padding: number,
  ): { offset: number; finer: Float64Array } | null {
    if (padding !== 6 && padding !== 9) return null;
    const unit = unitOf(padding);
    const finer = new Float64Array(values.length);
    for (const offset of this.offsets) {
      let i = 0;
      for (; i < values.length; i++) {
        const value = values[i] as number;
        const ms = Math.floor(value / unit);
        if (ms !== fieldAt(MILLISECONDS, at[i] as number, offset)) break;
        finer[i] = value - ms * unit;
      }
      if (i === values.length) return { offset, finer };
    }
    return null;
  }
}

/** The last few columns of numbers that vary, of those written so far. */
class Near {
  columns: readonly Float64Array[] = [];
  private readonly isSmall: boolean;
  /** @param of what is written or read */
  constructor(of: { readonly bits: unknown }) {
    this.isSmall = of.bits !== null;
  }
  add(values: Float64Array): void {
    if (this.isSmall && values.some((value) => value !== values[0]))
      this.columns = [values, ...this.columns].slice(0, NEAR_COLUMNS);
  }
}

/** Seconds or milliseconds since 1970 that are off the instants by few numbers. */
function zonesOf(
  at: Float64Array,
  values: Float64Array,
  digits: number,
): { field: number; zones: Float64Array } | null {
  const field = digits === 10 ? EPOCH_SECONDS : digits === 13 ? EPOCH_MILLISECONDS : null;
  if (field === null) return null;
  const zones = values.map((value, i) => value - fieldAt(field, at[i] as number, 0));
  return new Set(zones).size <= MOST_ZONES ? { field, zones } : null;
}

const alike = <T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean => {
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
};
const unitOf = (padding: number): number => 10 ** (padding - 3);

/** Reads the columns of a group; `at(i)` is the instant of its i-th row. */
export function readGroup(
  input: ByteReader,
  rows: number,
  variables: number,
  at: (i: number) => number,
  quads: Float64Array | null = null,
): Column[] {
  const columns: Column[] = [];
  const near = new Near(input);
  for (let v = 0; v < variables; v++) {
    const kind = input.field(FIELDS.columnKind);
    if (kind === TEXTS) {
      columns.push({ kind: 'texts', column: readTexts(input, rows) });
      continue;
    }
    if (kind === SAME) {
      const same = columns[input.field(FIELDS.same)];
      if (!same) throw new RangeError('not a column');
      columns.push(same);
      continue;
    }
    if (kind === QUAD && quads) {
      const places = readNumbers(input, rows, near.columns);
      near.add(places);
      for (const values of splitQuads(places, quads)) columns.push({ kind: 'numbers', values, padding: 0 });
      v += 3;
      continue;
    }
    const padding = input.field(FIELDS.padding);
    if (kind === NUMBERS) {
      const values = readNumbers(input, rows, near.columns);
      near.add(values);
      columns.push({ kind: 'numbers', values, padding });
    } else if (kind === FINE) {
      const offset = input.signedField(FIELDS.clockOffset);
      const values = readNumbers(input, rows);
      for (let i = 0; i < rows; i++)
        values[i] = fieldAt(MILLISECONDS, at(i), offset) * unitOf(padding) + (values[i] as number);
      columns.push({ kind: 'numbers', values, padding });
    } else if (kind === CLOCK) {
      const field = input.field(FIELDS.clockField);
      const offset = input.signedField(FIELDS.clockOffset);
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) values[i] = fieldAt(field, at(i), offset);
      columns.push({ kind: 'numbers', values, padding });
    } else if (kind === OFF_CLOCK) {
      const field = input.field(FIELDS.clockField);
      const values = readNumbers(input, rows);
      for (let i = 0; i < rows; i++) values[i] = (values[i] as number) + fieldAt(field, at(i), 0);
      columns.push({ kind: 'numbers', values, padding });
    } else throw new RangeError('not a column');
  }
  return columns;
}
