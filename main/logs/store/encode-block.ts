/** Lines of one source as a block: those alike share columns, what is alike is compressed together. Any text comes back unit for unit. */
import { crc32 } from 'node:zlib';
import {
  type Column,
  type Group,
  type Hosts,
  type Ints,
  joinParts,
  type Kind,
  STREAMS,
  type StreamName,
  type Texts,
} from './block-format.ts';
import { encodeInts, TimeFields, zoneOf } from './columns.ts';
import { foldWords, joinsWhenFolded } from './fold-words.ts';
import { bytesOf, ENDINGS, inOrder, LEVEL_ORDER, type LogRecord } from './records.ts';
import { type Numbers, numbersWithin, type TokenGroup, TokenTable } from './tokens.ts';
import {
  buildFilter,
  HashSet,
  hashesOf,
  hashMacs,
  hashNumber,
  hashQuads,
  isIndexedNumber,
} from './word-filter.ts';

/** A block ready to be written to its file. */
export type EncodedBlock = {
  readonly sourceId: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
  readonly firstId: number;
  readonly lastId: number;
  readonly records: number;
  readonly lines: number;
  readonly rawBytes: number;
  readonly minAt: number;
  readonly maxAt: number;
  /** what a search needs to pass it by, see BlockMeta */
  readonly meta: string;
};
/** Templates, levels and services in a block. */
export type BlockMeta = {
  readonly templates: readonly number[];
  /** bit i: LEVEL_ORDER[i] is in it */
  readonly levels: number;
  /** '' for none */
  readonly services: readonly string[];
};

/** Fewer lines with the same gaps are taken together with others that begin alike. */
const RARE = 6;
const RARE_TOKENS = 12;
const DIGITS = /^[0-9\n]*$/;
const HEX = /^[0-9a-fA-F\n]*$/;
const HAS_SPACE = /\s/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant
const BEYOND_ASCII = /[^\x00-\x7f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: every ASCII character is meant
const ASCII = /[\x00-\x7f]/;
const COMBINES = /^[\p{M}\uff9e\uff9f]/u;
const HYPHENS = /^-+$/;
const MAC_MARK = /[:-]/;
const LONE_MARK = /^[.:-]$/;
/** Whether a text beyond ASCII may become one word, or one address, with what stands beside it when a line is folded. */
const mayJoin = (text: string): boolean =>
  joinsWhenFolded(text) || COMBINES.test(text) || (text.length === 1 && LONE_MARK.test(foldWords(text)));

/** A column's values as they were, for those that may be the same. */
type Written = { readonly numbers: Numbers } | { readonly texts: readonly string[] };

class BlockWriter {
  readonly keys = new HashSet();
  /** bit n: numbers of n digits that say the instant are not among the keys */
  unindexed = 0;
  private readonly parts: Record<StreamName, Uint8Array[]> = {
    ...{ ints: [], places: [], digits: [], hex: [], words: [], texts: [] },
  };
  private readonly fields: TimeFields;
  /** whether nothing is looked for in what is written now */
  private isMute = false;
  constructor(fields: TimeFields) {
    this.fields = fields;
  }
  streams(): Uint8Array[] {
    return STREAMS.map((name) => Buffer.concat(this.parts[name]));
  }
  private put(stream: StreamName, bytes: Uint8Array): readonly [number, number] {
    this.parts[stream].push(bytes);
    return [STREAMS.indexOf(stream), bytes.length];
  }
  ints(values: Float64Array, stream: StreamName = 'ints'): Ints {
    const { plan, bytes } = encodeInts(values);
    return [plan, this.put(stream, bytes)];
  }
  private texts(values: readonly string[]): Texts {
    const width = (values[0] as string).length;
    const isEven = width > 0 && values.every((v) => v.length === width);
    const all = values.join(isEven ? '' : '\n');
    const isPlain = all.isWellFormed() && (isEven || !values.some((v) => v.includes('\n')));
    const stream = DIGITS.test(all)
      ? 'digits'
      : HEX.test(all)
        ? 'hex'
        : HAS_SPACE.test(values[0] as string)
          ? 'texts'
          : 'words';
    const bytes = Buffer.from(isPlain ? all : JSON.stringify(values));
    return [isPlain ? (isEven ? width : 0) : -1, this.put(stream, bytes)];
  }

  /** Texts in groups, the group of each; those of one `sort` share one. @param isMute nothing is looked for in them */
  groups(
    texts: readonly string[],
    o: { readonly rows: Iterable<number>; readonly sort: (row: number) => number; readonly isMute: boolean },
  ): { groups: Group[]; groupOf: Int32Array } {
    this.isMute = o.isMute;
    const groups: Group[] = [];
    const groupOf = new Int32Array(texts.length).fill(-1);
    const write = (table: TokenTable, { gaps, rows }: TokenGroup): void => {
      for (const row of rows) groupOf[row] = groups.length;
      groups.push(this.group(texts, table, { gaps, rows: Int32Array.from(rows) }));
    };
    const rare: number[] = [];
    const table = new TokenTable(texts);
    for (const group of table.groups(o.rows, o.sort)) {
      if (group.rows.length < RARE) rare.push(...group.rows);
      else write(table, group);
    }
    const short = new TokenTable(texts, RARE_TOKENS);
    rare.sort((a, b) => a - b);
    for (const group of short.groups(rare, () => 0)) write(short, group);
    return { groups, groupOf };
  }
  private group(
    texts: readonly string[],
    table: TokenTable,
    { gaps, rows }: { readonly gaps: readonly string[]; readonly rows: Int32Array },
  ): Group {
    const written: Written[] = [];
    const columns: Column[] = [];
    let joins = false;
    let isLoose = table.isCut(gaps);
    for (let t = 0; t + 1 < gaps.length; t++) {
      const { column, beyond } = this.tokenColumn(table, rows, t, written);
      columns.push(column);
      if (beyond?.some(mayJoin)) joins = true;
      if (beyond?.some((text) => ASCII.test(foldWords(text)))) isLoose = true;
      // folding drops hyphens behind kana
      if (t > 0 && HYPHENS.test(gaps[t] as string) && beyond) joins = true;
    }
    if (!this.isMute) {
      if (joins) for (const row of rows) this.find(texts[row] as string);
      this.addresses(table, gaps, rows);
    }
    return { gaps, columns, ...(joins && { joins }), ...(isLoose && { isLoose }) };
  }
  /** Addresses, whose numbers and pairs by themselves are too common. */
  private addresses(table: TokenTable, gaps: readonly string[], rows: Int32Array): void {
    let dots = 0;
    let marks = 0;
    for (let t = 1; t + 1 < gaps.length; t++) {
      const gap = gaps[t];
      dots = gap === '.' ? dots + 1 : 0;
      marks = gap === ':' || gap === '-' ? marks + 1 : 0;
      if (dots >= 3) for (const row of rows) hashQuads(table.span(row, t - 3, t), this.keys.add);
      if (marks < 5) continue;
      for (const row of rows)
        if (table.token(row, t - 1).length === 2) hashMacs(table.span(row, t - 5, t), this.keys.add);
    }
  }
  private find(text: string): void {
    if (this.isMute) return;
    const folded = foldWords(text);
    hashesOf(folded, this.keys.add);
    if (MAC_MARK.test(folded)) hashMacs(folded, this.keys.add);
  }
  /** `beyond`: its texts, where they are not all ASCII. */
  private tokenColumn(
    table: TokenTable,
    rows: Int32Array,
    t: number,
    written: Written[],
  ): { column: Column; beyond?: readonly string[] } {
    if (table.isConstant(rows, t)) {
      const text = table.token(rows[0] as number, t);
      written.push({ texts: [text] });
      this.find(text);
      return { column: ['c', text], ...(BEYOND_ASCII.test(text) && { beyond: [text] }) };
    }
    const numbers = table.numbers(rows, t);
    if (numbers) return { column: this.numberColumn(numbers, rows, written) };
    return this.textColumn(
      Array.from(rows, (row) => table.token(row, t)),
      rows,
      written,
    );
  }
  private numberColumn(numbers: Numbers, rows: Int32Array, written: Written[]): Column {
    const { values, width } = numbers;
    const same = written.findIndex(
      (other) => 'numbers' in other && other.numbers.width === width && alike(other.numbers.values, values),
    );
    written.push({ numbers });
    if (same >= 0) return ['s', same];
    const column = this.instantOrNumbers(numbers, rows, ['', '']);
    if (column[0] === 'n' || !TimeFields.isFine(column[4])) this.findNumbers(numbers);
    else this.unindexed |= 1 << (width || String(values[0]).length);
    return column;
  }
  private instantOrNumbers(
    { values, width }: Numbers,
    rows: Int32Array,
    [head, tail]: readonly [string, string],
  ): Extract<Column, readonly ['t' | 'n', ...unknown[]]> {
    const field = this.fields.findNumber(values, rows);
    if (field >= 0) return ['t', head, tail, width, field];
    return ['n', head, tail, width, this.ints(values)];
  }
  private findNumbers({ values, width }: Numbers): void {
    if (this.isMute) return;
    let before = -1;
    for (const value of values) {
      if (value === before) continue;
      before = value;
      const digits = width || (value < 10_000 ? 1 : String(value).length);
      if (isIndexedNumber(digits)) this.keys.add(hashNumber(value, digits));
    }
  }
  textColumn(
    values: readonly string[],
    rows: Int32Array,
    written: Written[],
  ): { column: Column; beyond?: readonly string[] } {
    const same = written.findIndex((other) => 'texts' in other && alike(other.texts, values));
    written.push({ texts: values });
    const isBeyond = values.some((v) => BEYOND_ASCII.test(v));
    if (same >= 0) return { column: ['s', same], ...(isBeyond && { beyond: values }) };
    const field = this.fields.findWord(values, rows);
    const within = field < 0 ? numbersWithin(values) : null;
    if (within) {
      for (const v of values) this.find(v);
      const column = this.instantOrNumbers(within, rows, [within.head, within.tail]);
      return { column, ...(isBeyond && { beyond: values }) };
    }
    const places = new Map<string, number>();
    const ids = new Float64Array(values.length);
    for (let i = 0; i < ids.length; i++) {
      const value = values[i] as string;
      let place = places.get(value);
      if (place === undefined) {
        place = places.size;
        places.set(value, place);
        this.find(value);
      }
      ids[i] = place;
    }
    const words = [...places.keys()];
    const beyond = isBeyond ? words : undefined;
    if (field >= 0) return { column: ['w', field] };
    const column: Column =
      words.length * 2 <= values.length
        ? ['d', words.length, this.texts(words), this.ints(ids, 'places')]
        : ['x', this.texts(values)];
    return { column, ...(beyond && { beyond }) };
  }
}
const alike = <T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
};
/** The records in order of (at, id) as one block. */
export function encodeBlock(o: {
  readonly sourceId: string;
  readonly encoding: string;
  readonly records: readonly LogRecord[];
}): EncodedBlock {
  const { sourceId, encoding } = o;
  const records = isSorted(o.records) ? o.records : [...o.records].sort(inOrder);
  const n = records.length;
  if (n === 0) throw new RangeError('a block has records');
  const texts = records.map((r) => r.text);
  const ats = Float64Array.from(records, (r) => r.at);
  const ids = Float64Array.from(records, (r) => r.id);
  const zone = zoneOf(texts, ats);
  const writer = new BlockWriter(new TimeFields(ats, zone));
  const at = writer.ints(ats);
  const id = writer.ints(ids);
  const lines = writer.groups(texts, {
    rows: texts.keys(),
    sort: (row) => records[row]?.template ?? 0,
    isMute: false,
  });
  const attributes = writer.groups(
    records.map((r) => r.attributes),
    {
      rows: records.flatMap((r, row) => (r.attributes === '' ? [] : [row])),
      sort: () => 0,
      isMute: true,
    },
  );
  const { kinds, kindOf } = kindsOf(records, lines.groupOf, attributes.groupOf);
  const kind = writer.ints(kindOf, 'places');
  const head = {
    ...{ sourceId, encoding, records: n, zone, at, id, lines: lines.groups, attributes: attributes.groups },
    ...{ kinds, kind, hosts: hostsOf(writer, records) },
    raw: records.flatMap(({ raw }, row) =>
      raw ? [[row, Buffer.from(raw).toString('base64')] as const] : [],
    ),
  };
  const { unindexed } = writer;
  const bytes = joinParts([Buffer.from(JSON.stringify(head)), ...writer.streams()], {
    bits: buildFilter(writer.keys),
    unindexed,
  });
  const meta: BlockMeta = {
    templates: [...new Set(kinds.map((k) => k.template))].sort((a, b) => a - b),
    levels: kinds.reduce((mask, k) => mask | (1 << k.level), 0),
    services: [...new Set(kinds.map((k) => k.service ?? ''))],
  };
  return {
    ...{ sourceId, bytes, checksum: crc32(bytes), records: n, meta: JSON.stringify(meta) },
    firstId: ids.reduce((least, one) => Math.min(least, one)),
    lastId: ids.reduce((most, one) => Math.max(most, one)),
    lines: records.reduce((sum, r) => sum + r.lines, 0),
    rawBytes: records.reduce((sum, r) => sum + bytesOf(r), 0),
    minAt: ats[0] as number,
    maxAt: ats[n - 1] as number,
  };
}
function isSorted(records: readonly LogRecord[]): boolean {
  for (let i = 1; i < records.length; i++)
    if (inOrder(records[i - 1] as LogRecord, records[i] as LogRecord) > 0) return false;
  return true;
}
function kindsOf(
  records: readonly LogRecord[],
  groupOf: Int32Array,
  attributesOf: Int32Array,
): { kinds: Kind[]; kindOf: Float64Array } {
  const kinds: Kind[] = [];
  const services = new Map<string | null, number>();
  /** by group of lines and what few values are together, those that differ in the rest */
  const known: Map<number, number[]>[] = [];
  const kindOf = Float64Array.from(records, (r, row) => {
    const { template, lines, service, atGuessed: guessed } = r;
    const group = groupOf[row] as number;
    const attributes = attributesOf[row] as number;
    const level = LEVEL_ORDER.indexOf(r.level);
    const ending = ENDINGS.indexOf(r.ending);
    let name = services.get(service);
    if (name === undefined) {
      name = services.size;
      services.set(service, name);
    }
    const key = ((name * 8 + level) * 4 + ending) * 2 + (guessed ? 1 : 0);
    known[group] ??= new Map();
    let alike = known[group].get(key);
    if (!alike) {
      alike = [];
      known[group].set(key, alike);
    }
    for (const k of alike) {
      const kind = kinds[k] as Kind;
      if (kind.template === template && kind.lines === lines && kind.attributes === attributes) return k;
    }
    alike.push(kinds.length);
    return kinds.push({ template, level, service, ending, guessed, lines, group, attributes }) - 1;
  });
  return { kinds, kindOf };
}
/** Where each line says its host itself, only where. */
function hostsOf(writer: BlockWriter, records: readonly LogRecord[]): Hosts {
  if (records.every((r) => r.host === null)) return null;
  const places = Float64Array.from(records, (r) => (r.host === null ? 0 : r.text.indexOf(r.host)));
  if (!places.includes(-1)) {
    const lengths = Float64Array.from(records, (r) => (r.host === null ? 0 : r.host.length + 1));
    return { places: writer.ints(places), lengths: writer.ints(lengths) };
  }
  const texts = records.map((r) => (r.host === null ? '' : `=${r.host}`));
  return { column: writer.textColumn(texts, Int32Array.from(texts.keys()), []).column };
}
