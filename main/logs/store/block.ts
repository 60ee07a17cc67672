/** A block opened: each part is unpacked when it is needed, each column read when it is asked. */
import { crc32 } from 'node:zlib';
import {
  type BlockHead,
  type Column,
  DamagedBlock,
  type Group,
  type Ints,
  type Kind,
  readParts,
  type Texts,
} from './block-format.ts';
import { decodeInts, TimeFields } from './columns.ts';
import { foldWords } from './fold-words.ts';
import { type Lines, MAYBE, NO, type State, type WordTest, YES } from './lines.ts';
import { ENDINGS, LEVEL_ORDER, type LogRecord } from './records.ts';

/** of a group with what a search folds of it; of a row */
const GROUP_BYTES = 2048;
const ROW_BYTES = 40;

/** A column as it is read: the text of each row, and in which rows some word may be. */
type Values = {
  at(i: number): string;
  /** Rows whose text may hold the piece (all of a number or an id, letters anywhere): one for all, or one each. */
  find(piece: Piece): boolean | Uint8Array;
};
/** `value`: of a number of digits alone, else -1 */
type Piece = { readonly text: string; readonly value: number; readonly hasDigit: boolean };
const pieceOf = (text: string, isOpen = false): Piece => ({
  text,
  value: !isOpen && /^\d{1,15}$/.test(text) ? Number(text) : -1,
  hasDigit: /\d/.test(text),
});
/** The rows of each group, and which of its group's rows each row is. */
type Members = { readonly rows: readonly Int32Array[]; readonly rank: Int32Array };
/** Groups of lines, or of their attributes, with what was read of them. */
type MembersOf = {
  readonly groups: readonly Group[];
  readonly of: (kind: Kind) => number;
  read: Members | null;
  readonly columns: (Values[] | undefined)[];
  readonly pieces: (Pieces | undefined)[];
};
type Pieces = { readonly gaps: readonly string[]; readonly moving: readonly Values[] };

export class Block implements Lines {
  readonly sourceId: string;
  readonly encoding: string;
  readonly records: number;
  readonly kinds: readonly Kind[];
  private readonly head: BlockHead;
  private readonly parts: readonly (() => Uint8Array)[];
  /** where each column's bytes stand, by its span */
  private readonly starts = new Map<readonly [number, number], number>();
  private readonly size: number;
  private unpacked = 0;
  private atRead: Float64Array | null = null;
  private idRead: Float64Array | null = null;
  private kindRead: Float64Array | null = null;
  private fieldsRead: TimeFields | null = null;
  private hostsRead: ((row: number) => string | null) | null = null;
  private rawRead: ReadonlyMap<number, string> | null = null;
  private readonly gapsRead: (readonly string[] | undefined)[] = [];
  private readonly lineMembers: MembersOf;
  private readonly attributeMembers: MembersOf;

  /** @throws DamagedBlock */
  constructor(bytes: Uint8Array, checksum?: number) {
    if (checksum !== undefined && crc32(bytes) !== checksum) throw new DamagedBlock('checksum');
    const [head, ...parts] = readParts(bytes);
    if (!head) throw new DamagedBlock('no head');
    this.size = bytes.length;
    this.parts = parts;
    this.head = JSON.parse(Buffer.from(head()).toString('utf8')) as BlockHead;
    const { sourceId, encoding, records, kinds } = this.head;
    this.sourceId = sourceId;
    this.encoding = encoding;
    this.records = records;
    this.kinds = kinds;
    this.lineMembers = {
      groups: this.head.lines,
      of: (kind) => kind.group,
      read: null,
      columns: [],
      pieces: [],
    };
    this.attributeMembers = {
      groups: this.head.attributes,
      of: (kind) => kind.attributes,
      read: null,
      columns: [],
      pieces: [],
    };
    const ends = parts.map(() => 0);
    for (const [, span] of intsAndTexts(this.head)) {
      const [stream, bytes] = span;
      this.starts.set(span, ends[stream] as number);
      ends[stream] = (ends[stream] as number) + bytes;
    }
  }
  private bytesOf(span: readonly [number, number]): Uint8Array {
    const [stream, bytes] = span;
    const part = this.parts[stream]?.() ?? new Uint8Array();
    const start = this.starts.get(span) ?? 0;
    if (start + bytes > part.length) throw new DamagedBlock('past the end of a part');
    return part.subarray(start, start + bytes);
  }
  private ints([plan, span]: Ints, n: number): Float64Array {
    this.unpacked += 8 * n;
    return decodeInts(plan, this.bytesOf(span), n);
  }
  private texts([width, span]: Texts): string[] {
    const all = Buffer.from(this.bytesOf(span)).toString('utf8');
    this.unpacked += 2 * all.length;
    if (width < 0) return JSON.parse(all) as string[];
    if (width === 0) return all.split('\n');
    return Array.from({ length: all.length / width }, (_, i) => all.slice(i * width, (i + 1) * width));
  }

  get at(): Float64Array {
    this.atRead ??= this.ints(this.head.at, this.records);
    return this.atRead;
  }
  get id(): Float64Array {
    this.idRead ??= this.ints(this.head.id, this.records);
    return this.idRead;
  }
  get kindOf(): Float64Array {
    this.kindRead ??= this.ints(this.head.kind, this.records);
    return this.kindRead;
  }
  private get fields(): TimeFields {
    this.fieldsRead ??= new TimeFields(this.at, this.head.zone);
    return this.fieldsRead;
  }
  private members(of: MembersOf): Members {
    of.read ??= this.readMembers(of);
    return of.read;
  }
  private readMembers({ groups, of }: MembersOf): Members {
    const { kindOf, kinds } = this;
    const groupOf = kinds.map(of);
    const counts = groups.map(() => 0);
    const rank = new Int32Array(this.records);
    for (let row = 0; row < rank.length; row++) {
      const group = groupOf[kindOf[row] as number] as number;
      if (group < 0) continue;
      rank[row] = counts[group] as number;
      counts[group] = (counts[group] as number) + 1;
    }
    const rows = counts.map((n) => new Int32Array(n));
    for (let row = 0; row < rank.length; row++) {
      const group = groupOf[kindOf[row] as number] as number;
      if (group >= 0) (rows[group] as Int32Array)[rank[row] as number] = row;
    }
    return { rows, rank };
  }
  private columns(of: MembersOf, group: number): readonly Values[] {
    let columns = of.columns[group];
    if (!columns) {
      const rows = this.members(of).rows[group] ?? new Int32Array();
      columns = [];
      for (const column of of.groups[group]?.columns ?? []) columns.push(this.values(column, rows, columns));
      of.columns[group] = columns;
    }
    return columns;
  }
  private values(column: Column, rows: Int32Array, before: readonly Values[]): Values {
    switch (column[0]) {
      case 'c': {
        const [, text] = column;
        let folded: string | null = null;
        return {
          at: () => text,
          find(piece) {
            folded ??= foldWords(text);
            return folded.includes(piece.text);
          },
        };
      }
      case 's': {
        const same = before[column[1]];
        if (!same) throw new DamagedBlock('no such column');
        return same;
      }
      case 'w': {
        const words = texts(rows.length, (i) => this.fields.word(column[1], rows[i] as number));
        return { at: words.at, find: (piece) => TimeFields.mayHold(piece.text) && words.find(piece) };
      }
      case 't': {
        const [, head, tail, width, field] = column;
        return numbers(rows.length, { head, tail, width }, (i) =>
          this.fields.number(field, rows[i] as number),
        );
      }
      case 'n': {
        const [, head, tail, width, ints] = column;
        let values: Float64Array | null = null;
        const read = (): Float64Array => (values ??= this.ints(ints, rows.length));
        return numbers(rows.length, { head, tail, width }, (i) => read()[i] as number);
      }
      case 'd': {
        const [, count, words, ints] = column;
        let read: { words: string[]; places: Float64Array } | null = null;
        const all = () => (read ??= { words: this.texts(words), places: this.ints(ints, rows.length) });
        return {
          at: (i) => all().words[all().places[i] as number] as string,
          find(piece) {
            const { words, places } = all();
            if (words.length !== count) throw new DamagedBlock('words of another number');
            const hits = words.map((word) => foldWords(word).includes(piece.text));
            return hits.includes(true) && Uint8Array.from(places, (place) => (hits[place] ? 1 : 0));
          },
        };
      }
      case 'x': {
        let read: string[] | null = null;
        const all = (): string[] => {
          read ??= this.texts(column[1]);
          if (read.length !== rows.length) throw new DamagedBlock('texts of another number');
          return read;
        };
        return texts(rows.length, (i) => all()[i] as string, all);
      }
    }
  }

  text(row: number): string {
    return this.joined(this.lineMembers, this.kindAt(row).group, row);
  }
  attributes(row: number): string {
    const group = this.kindAt(row).attributes;
    return group < 0 ? '' : this.joined(this.attributeMembers, group, row);
  }
  private joined(of: MembersOf, group: number, row: number): string {
    const { gaps, moving } = this.pieces(of, group);
    const i = this.members(of).rank[row] as number;
    let text = gaps[0] as string;
    for (let t = 0; t < moving.length; t++) text += (moving[t] as Values).at(i) + (gaps[t + 1] as string);
    return text;
  }
  /** What is the same in all lines of a group is joined once. */
  private pieces(of: MembersOf, group: number): Pieces {
    let pieces = of.pieces[group];
    if (!pieces) {
      const own = of.groups[group];
      if (!own) throw new DamagedBlock('no such group');
      const gaps = [own.gaps[0] as string];
      const moving: Values[] = [];
      this.columns(of, group).forEach((column, t) => {
        const gap = own.gaps[t + 1] as string;
        const given = own.columns[t] as Column;
        if (given[0] === 'c') gaps[gaps.length - 1] += given[1] + gap;
        else {
          moving.push(column);
          gaps.push(gap);
        }
      });
      pieces = { gaps, moving };
      of.pieces[group] = pieces;
    }
    return pieces;
  }
  folded(row: number): string {
    return foldWords(this.text(row));
  }
  private kindAt(row: number): Kind {
    const kind = this.kinds[this.kindOf[row] as number];
    if (!kind) throw new DamagedBlock('no such kind');
    return kind;
  }
  linesOf(row: number): number {
    return this.kindAt(row).lines;
  }
  host(row: number): string | null {
    this.hostsRead ??= this.readHosts();
    return this.hostsRead(row);
  }
  private readHosts(): (row: number) => string | null {
    const { hosts } = this.head;
    if (!hosts) return () => null;
    if ('column' in hosts) {
      const every = Int32Array.from({ length: this.records }, (_, i) => i);
      const column = this.values(hosts.column, every, []);
      return (row) => {
        const text = column.at(row);
        return text === '' ? null : text.slice(1);
      };
    }
    const places = this.ints(hosts.places, this.records);
    const lengths = this.ints(hosts.lengths, this.records);
    return (row) => {
      const length = lengths[row] as number;
      const place = places[row] as number;
      return length === 0 ? null : this.text(row).slice(place, place + length - 1);
    };
  }
  record(row: number): LogRecord {
    const kind = this.kindAt(row);
    const ending = ENDINGS[kind.ending];
    this.rawRead ??= new Map(this.head.raw);
    const raw = this.rawRead.get(row);
    if (!ending) throw new DamagedBlock('no such line end');
    return {
      id: this.id[row] as number,
      at: this.at[row] as number,
      atGuessed: kind.guessed,
      level: LEVEL_ORDER[kind.level] ?? null,
      service: kind.service,
      host: this.host(row),
      template: kind.template,
      text: this.text(row),
      ending,
      lines: kind.lines,
      attributes: this.attributes(row),
      raw: raw === undefined ? null : new Uint8Array(Buffer.from(raw, 'base64')),
    };
  }
  /** Bytes it holds in memory by now, roughly. */
  get weight(): number {
    return this.size + this.unpacked + GROUP_BYTES * this.head.lines.length + ROW_BYTES * this.records;
  }

  states(word: WordTest, allowed: Uint8Array): Uint8Array {
    const { kinds, kindOf, records } = this;
    const found = new Uint8Array(records);
    const groups = new Set(kinds.flatMap((kind, k) => (allowed[k] ? [kind.group] : [])));
    const states = new Map<number, State | Uint8Array>();
    for (const group of groups) states.set(group, this.inGroup(group, word));
    const { rank } = this.members(this.lineMembers);
    for (let row = 0; row < records; row++) {
      const k = kindOf[row] as number;
      if (!allowed[k]) continue;
      const state = states.get((kinds[k] as Kind).group) ?? NO;
      found[row] = typeof state === 'number' ? state : (state[rank[row] as number] as number);
    }
    return found;
  }
  /** Whether the lines of a group hold a word: all, none, or one by one. */
  private inGroup(group: number, word: WordTest): State | Uint8Array {
    const { joins, isLoose } = this.head.lines[group] as Group;
    const hit = word.lettersOnly ? YES : MAYBE;
    if (joins || word.tokens.length === 0 || (isLoose && word.pieces.length === 0)) return MAYBE;
    const found = isLoose ? this.anywhere(group, word) : this.inPlace(group, word);
    if (typeof found === 'boolean') return found ? hit : NO;
    return found.map((is) => (is ? hit : NO));
  }
  /** Rows that hold all pieces of the word, wherever. */
  private anywhere(group: number, { pieces }: WordTest): boolean | Uint8Array {
    const columns = [...new Set(this.columns(this.lineMembers, group))];
    return every(pieces, (text) => {
      const piece = pieceOf(text);
      return some(columns, (column) => column.find(piece));
    });
  }
  /** Rows in which the word's tokens stand side by side as they do in the word. */
  private inPlace(group: number, { tokens, gaps }: WordTest): boolean | Uint8Array {
    const own = this.foldedGaps(group);
    const columns = this.columns(this.lineMembers, group);
    const pieces = tokens.map((token) => pieceOf(token.text, token.isOpen));
    const places: number[] = [];
    for (let t = 0; t + tokens.length <= columns.length; t++)
      if (gaps.every((gap, i) => own[t + i + 1] === gap)) places.push(t);
    return some(places, (t) => every(pieces, (piece, i) => (columns[t + i] as Values).find(piece)));
  }
  private foldedGaps(group: number): readonly string[] {
    let gaps = this.gapsRead[group];
    if (!gaps) {
      gaps = (this.head.lines[group] as Group).gaps.map(foldWords);
      this.gapsRead[group] = gaps;
    }
    return gaps;
  }
}

/** Rows for which one of them says so, or all. */
function some<T>(
  items: readonly T[],
  find: (item: T, i: number) => boolean | Uint8Array,
): boolean | Uint8Array {
  let rows: Uint8Array | null = null;
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found === true) return true;
    if (found) rows = rows ? either(rows, found) : found;
  }
  return rows ?? false;
}
function every<T>(
  items: readonly T[],
  find: (item: T, i: number) => boolean | Uint8Array,
): boolean | Uint8Array {
  let rows: Uint8Array | null = null;
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found === false) return false;
    if (found === true) continue;
    rows = rows ? both(rows, found) : found;
    if (!rows.includes(1)) return false;
  }
  return rows ?? true;
}
const both = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((is, i) => is & (b[i] as number));
const either = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((is, i) => is | (b[i] as number));

/** Texts that are looked through one by one; `all`, where they are there as a list, is looked through at once before. */
function texts(n: number, at: (i: number) => string, all?: () => readonly string[]): Values {
  return {
    at,
    find(piece) {
      if (all && !foldWords(all().join('\n')).includes(piece.text)) return false;
      const rows = new Uint8Array(n);
      for (let i = 0; i < n; i++) if (foldWords(at(i)).includes(piece.text)) rows[i] = 1;
      return rows.includes(1) && rows;
    },
  };
}
/** Numbers of two and three digits, as they stand in every header. */
const PADDED: readonly (readonly string[] | undefined)[] = [undefined, undefined, 2, 3].map((width) =>
  width === undefined
    ? undefined
    : Array.from({ length: 10 ** width }, (_, n) => String(n).padStart(width, '0')),
);
function numbers(
  n: number,
  { head, tail, width }: { readonly head: string; readonly tail: string; readonly width: number },
  value: (i: number) => number,
): Values {
  const known = PADDED[width];
  const digits = known
    ? (i: number) => known[value(i)] as string
    : width
      ? (i: number) => String(value(i)).padStart(width, '0')
      : (i: number) => String(value(i));
  const at = head || tail ? (i: number) => head + digits(i) + tail : digits;
  return {
    at,
    find(piece) {
      const rows = new Uint8Array(n);
      if (!piece.hasDigit) {
        if (!head && !tail) return false;
        return foldWords(`${head}\n${tail}`).includes(piece.text);
      }
      // a number is a whole one where it stands alone or beside letters; an id is all of the text
      const isNumber = piece.value >= 0;
      if (!isNumber && !head && !tail && !/^\d+$/.test(piece.text)) return false;
      for (let i = 0; i < n; i++)
        if (isNumber ? value(i) === piece.value : foldWords(at(i)).includes(piece.text)) rows[i] = 1;
      return rows.includes(1) && rows;
    },
  };
}

/** The spans of a head in the order in which they were written. */
function* intsAndTexts({ at, id, lines, attributes, kind, hosts }: BlockHead): Generator<Ints | Texts> {
  yield at;
  yield id;
  for (const { columns } of [...lines, ...attributes]) for (const column of columns) yield* spansOf(column);
  yield kind;
  if (hosts && 'column' in hosts) yield* spansOf(hosts.column);
  else if (hosts) {
    yield hosts.places;
    yield hosts.lengths;
  }
}
function* spansOf(column: Column): Generator<Ints | Texts> {
  if (column[0] === 'n') yield column[4];
  else if (column[0] === 'x') yield column[1];
  else if (column[0] === 'd') {
    yield column[2];
    yield column[3];
  }
}
