/**
 * Young lines: rows of `log_tail` until there are enough of them for a block. Each piece of a tail has a row in `log_blocks`, without a
 * file, so that a search of some time reads little more than it needs.
 */
import { type Reader, run, type SqlValue, type Statement, sql } from '../../store/index.ts';
import { DamagedBlock } from './block-format.ts';
import type { BlockRow } from './block-rows.ts';
import { foldWords } from './fold-words.ts';
import { type LineKind, type Lines, NO, type WordTest, YES } from './lines.ts';
import { bytesOf, ENDINGS, inOrder, LEVEL_ORDER, type LogRecord } from './records.ts';

/** A piece takes more lines until it has so many; also in the table's index and in OPEN. */
const PIECE_RECORDS = 512;
/** Lines added to a piece at once: fewer than fill one, else they would not be added to the piece that is open, but pass it by. */
const AT_ONCE = PIECE_RECORDS / 2;
/** of a row beside its texts, in the table */
const ROW_BYTES = 40;
/** of a record in memory */
const RECORD_BYTES = 250;

/** Text as SQLite keeps it unit for unit: what UTF-8 cannot hold is kept as UTF-16. */
const kept = (text: string): SqlValue => (text.isWellFormed() ? text : Buffer.from(text, 'utf16le'));
const keptOrNull = (text: string | null): SqlValue => (text === null ? null : kept(text));
const textOf = (value: string | Uint8Array): string =>
  typeof value === 'string' ? value : Buffer.from(value).toString('utf16le');

const INSERT = `INSERT INTO log_tail (source_id, line_id, at, guessed, level, service, host, template, text, ending, lines, attributes, raw, encoding)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const OPEN = `INSERT INTO log_blocks (source_id, file, place, bytes, first_id, last_id, records, lines, raw_bytes, min_at, max_at, checksum, meta)
  VALUES (?, NULL, 0, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')
  ON CONFLICT (source_id) WHERE file IS NULL AND records < 512 DO UPDATE SET bytes = bytes + excluded.bytes, first_id = min(first_id, excluded.first_id),
  last_id = max(last_id, excluded.last_id), records = records + excluded.records, lines = lines + excluded.lines,
  raw_bytes = raw_bytes + excluded.raw_bytes, min_at = min(min_at, excluded.min_at), max_at = max(max_at, excluded.max_at),
  checksum = checksum + 1`;

/** Adds lines to the tail of their source. */
export function tailStatements(
  sourceId: string,
  encoding: string,
  records: readonly LogRecord[],
): Statement[] {
  if (!records.length) return [];
  const pieces: (readonly LogRecord[])[] = [];
  for (let from = 0; from < records.length; from += AT_ONCE) pieces.push(records.slice(from, from + AT_ONCE));
  return [
    {
      text: INSERT,
      rows: records.map((r) => [
        ...[sourceId, r.id, r.at, r.atGuessed ? 1 : 0, LEVEL_ORDER.indexOf(r.level)],
        ...[keptOrNull(r.service), keptOrNull(r.host), r.template, kept(r.text), ENDINGS.indexOf(r.ending)],
        ...[r.lines, kept(r.attributes), r.raw, encoding],
      ]),
    },
    { text: OPEN, rows: pieces.map((piece) => [sourceId, ...sumsOf(piece)]) },
  ];
}
/** What the row of a piece says of its lines. */
function sumsOf(records: readonly LogRecord[]): SqlValue[] {
  const sum = (of: (r: LogRecord) => number): number => records.reduce((all, r) => all + of(r), 0);
  const least = (of: (r: LogRecord) => number): number => Math.min(...records.map(of));
  const most = (of: (r: LogRecord) => number): number => Math.max(...records.map(of));
  return [
    ...[sum(rowBytes), least((r) => r.id), most((r) => r.id), records.length, sum((r) => r.lines)],
    ...[sum(bytesOf), least((r) => r.at), most((r) => r.at)],
  ];
}
/** What a row takes on disk, roughly. */
const rowBytes = (r: LogRecord): number =>
  ROW_BYTES +
  [r.text, r.attributes, r.service ?? '', r.host ?? ''].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  ) +
  (r.raw?.length ?? 0);

type TailRow = {
  readonly id: number;
  readonly at: number;
  readonly guessed: number;
  readonly level: number;
  readonly service: string | Uint8Array | null;
  readonly host: string | Uint8Array | null;
  readonly template: number;
  readonly text: string | Uint8Array;
  readonly ending: number;
  readonly lines: number;
  readonly attributes: string | Uint8Array;
  readonly raw: Uint8Array | null;
  readonly encoding: string;
};
export type TailRecord = { readonly record: LogRecord; readonly encoding: string };
/** Lines of a tail in the order of their numbers: those after one, up to another, so many at most. */
export function readTail(
  read: Reader,
  o: {
    readonly sourceId: string;
    readonly after?: number;
    readonly upTo?: number;
    readonly most?: number;
  },
): TailRecord[] {
  const { sourceId, after = 0, upTo = Number.MAX_SAFE_INTEGER, most = -1 } = o;
  return read
    .all<TailRow>(
      sql`SELECT line_id AS id, at, guessed, level, service, host, template, text, ending, lines, attributes, raw, encoding FROM log_tail
        WHERE source_id = ${sourceId} AND line_id > ${after} AND line_id <= ${upTo} ORDER BY line_id LIMIT ${most}`,
    )
    .map(({ encoding, ...row }) => ({
      encoding,
      record: {
        id: row.id,
        at: row.at,
        atGuessed: row.guessed === 1,
        level: LEVEL_ORDER[row.level] ?? null,
        service: row.service === null ? null : textOf(row.service),
        host: row.host === null ? null : textOf(row.host),
        template: row.template,
        text: textOf(row.text),
        ending: ENDINGS[row.ending] ?? 'none',
        lines: row.lines,
        attributes: textOf(row.attributes),
        raw: row.raw === null ? null : new Uint8Array(row.raw),
      },
    }));
}

/** Takes these lines off the tail: they are in a block, or gone. What is left has new rows: nobody keeps what was read of the old ones. */
export function untailStatements(
  sourceId: string,
  which:
    | { readonly upTo: number; readonly encoding: string; readonly records: number }
    | { readonly before: number },
): Statement[] {
  const off =
    'upTo' in which
      ? run(
          sql`DELETE FROM log_tail WHERE source_id = ${sourceId} AND line_id <= ${which.upTo} AND encoding = ${which.encoding}`,
          { changes: which.records, why: 'lines of a tail are gone' },
        )
      : run(sql`DELETE FROM log_tail WHERE source_id = ${sourceId} AND at < ${which.before}`);
  return [off, ...reopenStatements(sourceId)];
}
/** Files lines of a tail under other templates. */
export const refileStatements = (
  sourceId: string,
  renamed: readonly { readonly id: number; readonly template: number }[],
): Statement[] => [
  {
    text: 'UPDATE log_tail SET template = ? WHERE source_id = ? AND line_id = ?',
    rows: renamed.map(({ id, template }) => [template, sourceId, id]),
    expect: { changes: renamed.length, why: 'lines of a tail are gone' },
  },
  ...reopenStatements(sourceId),
];
/** The rows of a tail, made anew of its lines. */
const reopenStatements = (sourceId: string): Statement[] => [
  run(sql`DELETE FROM log_blocks WHERE source_id = ${sourceId} AND file IS NULL`),
  run(sql`INSERT INTO log_blocks (source_id, file, place, bytes, first_id, last_id, records, lines, raw_bytes, min_at, max_at, checksum, meta)
    SELECT source_id, NULL, 0, sum(${ROW_BYTES} + octet_length(text) + octet_length(attributes) + octet_length(coalesce(service, ''))
      + octet_length(coalesce(host, '')) + octet_length(coalesce(raw, ''))), min(line_id), max(line_id), count(*), sum(lines),
      sum(octet_length(text) + CASE ending WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 0 END), min(at), max(at), 0, ''
    FROM (SELECT *, (row_number() OVER (ORDER BY line_id) - 1) / CAST(${PIECE_RECORDS} AS INTEGER) AS piece FROM log_tail WHERE source_id = ${sourceId})
    GROUP BY piece`),
];

/** Lines as records: a tail, or an old block. */
export class RecordLines implements Lines {
  readonly kinds: LineKind[] = [];
  private all: LogRecord[];
  private isSorted = false;
  private ats = new Float64Array();
  private ids = new Float64Array();
  private kindsByRow = new Int32Array();
  private readonly kindByKey = new Map<string, number>();
  /** of a record, made when a word is looked for */
  private readonly foldedOf = new WeakMap<LogRecord, string>();
  private foldedAll: string | null = null;
  private chars = 0;

  constructor(records: readonly LogRecord[]) {
    this.all = [...records];
    this.count(records);
  }
  add(records: readonly LogRecord[]): void {
    for (const record of records) this.all.push(record);
    this.isSorted = false;
    this.foldedAll = null;
    this.count(records);
  }
  private count(records: readonly LogRecord[]): void {
    for (const { text, attributes } of records) this.chars += text.length + attributes.length;
  }
  get records(): number {
    return this.all.length;
  }
  private sort(): void {
    if (this.isSorted) return;
    this.isSorted = true;
    this.all.sort(inOrder);
    this.ats = Float64Array.from(this.all, (r) => r.at);
    this.ids = Float64Array.from(this.all, (r) => r.id);
    this.kindsByRow = Int32Array.from(this.all, (r) => this.kindFor(r));
  }
  private kindFor({ template, level, service }: LogRecord): number {
    const key = `${template} ${level} ${service === null ? '' : `=${service}`}`;
    let kind = this.kindByKey.get(key);
    if (kind === undefined) {
      kind = this.kinds.push({ template, level: LEVEL_ORDER.indexOf(level), service }) - 1;
      this.kindByKey.set(key, kind);
    }
    return kind;
  }
  get at(): Float64Array {
    this.sort();
    return this.ats;
  }
  get id(): Float64Array {
    this.sort();
    return this.ids;
  }
  get kindOf(): Int32Array {
    this.sort();
    return this.kindsByRow;
  }
  record(row: number): LogRecord {
    this.sort();
    const record = this.all[row];
    if (!record) throw new DamagedBlock('no such line');
    return record;
  }
  text(row: number): string {
    return this.record(row).text;
  }
  folded(row: number): string {
    const record = this.record(row);
    let folded = this.foldedOf.get(record);
    if (folded === undefined) {
      folded = foldWords(record.text);
      this.foldedOf.set(record, folded);
    }
    return folded;
  }
  linesOf(row: number): number {
    return this.record(row).lines;
  }
  host(row: number): string | null {
    return this.record(row).host;
  }
  attributes(row: number): string {
    return this.record(row).attributes;
  }
  states(word: WordTest, allowed: Uint8Array): Uint8Array {
    const { kindOf } = this;
    this.foldedAll ??= this.all.map((_, row) => this.folded(row)).join('\n');
    if (!this.foldedAll.includes(word.word.text)) return new Uint8Array(this.all.length);
    return Uint8Array.from(this.all, (_, row) =>
      allowed[kindOf[row] as number] && word.isIn(this.folded(row)) ? YES : NO,
    );
  }
  get weight(): number {
    return this.all.length * RECORD_BYTES + 2 * this.chars;
  }
}

/** A piece of a tail as far as its row says; `known`: what was read of it before. @throws DamagedBlock when lines of it went meanwhile */
export function openTail(read: Reader, row: BlockRow, known: Tail | null): Tail {
  const after = known?.lastId ?? row.firstId - 1;
  const fresh = readTail(read, { sourceId: row.sourceId, after, upTo: row.lastId }).map((t) => t.record);
  if ((known?.lines.records ?? 0) + fresh.length !== row.records)
    throw new DamagedBlock('the tail is other than its row says');
  if (!known) return { lines: new RecordLines(fresh), lastId: row.lastId };
  known.lines.add(fresh);
  return { lines: known.lines, lastId: row.lastId };
}
export type Tail = { readonly lines: RecordLines; readonly lastId: number };
