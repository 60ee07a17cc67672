// How few bytes the lines of a block could take: what its columns hold, counted column by column. A bound for coders that know a
// column's own values, the value before, the columns beside it, and the line's instant; a text is counted at what brotli makes of it.
import { brotliCompressSync } from 'node:zlib';
import { fieldAt, fieldsFor } from '../../main/logs/segments/clock-field.ts';
import type { Segment } from '../../main/logs/segments/decode-segment.ts';

const HOUR = 3_600_000;
const OFFSETS = Array.from({ length: 27 }, (_, i) => (i - 12) * HOUR);
/** A context must have been seen so often, on the mean, to count as known. */
const ROWS_A_CONTEXT = 4;
/** log2(n!) (Stirling), and log2 of how many ways there are to choose. */
const factorialBits = (n: number): number =>
  n < 2 ? 0 : (n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n)) / Math.LN2;
/** Of the set of `distinct` values out of 2^bits. */
const setBits = (bits: number, distinct: number): number =>
  bits > 40 || distinct < 2 ** (bits - 4)
    ? distinct * bits - factorialBits(distinct)
    : factorialBits(2 ** bits) - factorialBits(distinct) - factorialBits(Math.max(0, 2 ** bits - distinct));

type Value = number | string;
function counted<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
/** Of the order the values come in, once it is known how often each does. */
const orderBits = (values: readonly Value[]): number =>
  [...counted(values).values()].reduce((bits, n) => bits - factorialBits(n), factorialBits(values.length));
/**
 * Of naming the distinct values: numbers by how long they are, as those of so many bits; texts by the letters at each place. What was
 * named in the block before is known (`named`).
 */
function namingBits(values: readonly Value[], named: Set<string>): number {
  const distinct = [...new Set(values)];
  if (distinct.every((value) => typeof value === 'number' || /^[1-9]\d*$/.test(value))) {
    const classes = Map.groupBy(distinct.map(BigInt), (value) => value.toString(2).length);
    let bits = 0;
    for (const alike of classes.values()) {
      const rising = alike.sort((a, b) => (a < b ? -1 : 1));
      const range = (rising.at(-1) ?? 0n) - (rising[0] ?? 0n) + 1n;
      bits += setBits(Math.log2(Number(range)), alike.length);
    }
    return bits;
  }
  const fresh = distinct.map(String).filter((text) => !named.has(text));
  for (const text of fresh) named.add(text);
  let bits = 0;
  for (const [length, alike] of Map.groupBy(fresh, (text) => text.length)) {
    for (let place = 0; place < length; place++)
      bits += alike.length * Math.log2(new Set(alike.map((text) => text[place])).size);
    bits -= factorialBits(alike.length);
  }
  return Math.max(0, bits);
}
function inContext(values: readonly Value[], context: readonly Value[]): number {
  if (new Set(context).size * ROWS_A_CONTEXT > values.length) return Number.POSITIVE_INFINITY;
  const groups = Map.groupBy(values.keys(), (i) => context[i]);
  return [...groups.values()].reduce((bits, at) => bits + orderBits(at.map((i) => values[i] as Value)), 0);
}

/** Bits that a column holds at least; `near`: the columns beside it. */
export function columnBits(values: readonly Value[], near: readonly (readonly Value[])[] = [], named = new Set<string>()): number {
  const before = ['', ...values.slice(0, -1)];
  const arranged = Math.min(
    orderBits(values),
    ...[before, ...near].map((context) => inContext(values, context)),
  );
  const ways = [namingBits(values, named) + arranged];
  if (values.every((value) => typeof value === 'number')) {
    const steps = values.slice(1).map((value, i) => (value as number) - (values[i] as number));
    const least = Math.min(...steps);
    ways.push(64 + namingBits(steps.map((step) => step - Math.min(0, least) + 1), named) + orderBits(steps));
  }
  return Math.max(0, Math.min(...ways));
}

/** What of a column of numbers the line's instant does not tell. */
function untold(values: readonly number[], at: readonly number[], padding: number): readonly number[] {
  const digits = padding || String(values[0]).length;
  const unit = digits === 6 || digits === 9 ? 10 ** (digits - 3) : 1;
  const ways = [
    ...fieldsFor(digits, true).flatMap((field) =>
      OFFSETS.map((offset) =>
        values.map((value, i) => value - fieldAt(field, at[i] ?? 0, digits < 10 ? offset : 0)),
      ),
    ),
    values.map((value) => value % unit),
  ];
  const isMs = values.every((value, i) => Math.floor(value / unit) === (((at[i] ?? 0) % 1000) + 1000) % 1000);
  const rests = isMs ? ways : ways.slice(0, -1);
  return rests.find((rest) => new Set(rest).size <= 4) ?? (isMs ? (ways.at(-1) ?? values) : values);
}

export type ColumnBound = { readonly what: string; readonly rows: number; readonly bits: number };
/** The bound of a block, column by column; `loose`: what its few lines of rare kinds take, which is not looked into. */
export function boundOf(segment: Segment, loose: number): ColumnBound[] {
  const { times, records, layouts, kinds } = segment;
  const at = Array.from(times.at);
  const unit = at.every((t) => t % 1000 === 0) ? 1000 : 1;
  const found: ColumnBound[] = [
    { what: 'instants', rows: records, bits: columnBits(at.map((t) => t / unit)) },
    { what: 'kind of each line', rows: records, bits: columnBits(Array.from(segment.rows)) },
    {
      what: 'layouts, as brotli',
      rows: layouts.length,
      bits:
        8 * brotliCompressSync(Buffer.from([...new Set(layouts.flatMap((l) => l.pieces))].join('\n'))).length,
    },
    { what: 'lines of rare kinds, as they are', rows: 0, bits: 8 * loose },
  ];
  const named = new Set<string>();
  for (let group = 0; group < segment.groups; group++) {
    if (segment.isLoose(group)) continue;
    const rows = segment.groupRowsOf(group);
    const own = Array.from(rows, (row) => at[row] ?? 0);
    const layout = layouts[kinds.layoutOf[kinds.groupOf.indexOf(group)] ?? -1];
    const near: (readonly Value[])[] = [];
    segment.columnsOf(group).forEach((column, v) => {
      const values: readonly Value[] =
        column.kind === 'numbers'
          ? untold(Array.from(column.values), own, column.padding)
          : own.map(
              (_, i) => column.column.texts[column.column.places ? (column.column.places[i] ?? 0) : i] ?? '',
            );
      const isTold = near.some((other) => other.every((value, i) => value === values[i]));
      if (!isTold && new Set(values).size > 1)
        found.push({
          what: layout
            ? `${(layout.pieces[layout.headVariables + v] ?? '').slice(-24)}§`
            : `§ ${v + 1} of a head`,
          rows: rows.length,
          bits: columnBits(values, near.slice(-3), named),
        });
      near.push(values);
    });
  }
  return found;
}
