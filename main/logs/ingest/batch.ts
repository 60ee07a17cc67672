/** What one transaction will hold: records of one source, counted while they are made. */
import type { SqlValue, Statement } from '../../store/index.ts';
import type { DeadLine, LogRecord } from '../pipeline-types.ts';
import { partitionOf } from '../segments/partition.ts';
import { SEGMENT_RECORDS, SHARED_RECORDS } from '../segments/segment-format.ts';
import type { RawLine } from '../sources/cut-lines.ts';
import { countStatements, levelNumber } from '../templates/keep-templates.ts';
import type { TemplateCount } from '../templates/types.ts';
import type { Level, Mined } from '../types.ts';
import type { DayOf } from './day-of.ts';
import type { Draft, RecordSink } from './make-records.ts';
import type { Names } from './names.ts';

/** A batch is closed at so many bytes even when its records are few. */
const BATCH_BYTES = 8 << 20;
const MINUTE = 60_000;
/** Of a block: a batch goes on to the end of what was read at once, and its last few records are not worth one of their own. */
const MOST_RECORDS = 1.25 * SEGMENT_RECORDS;

/** What batches of all sources share: numbers of lines, the miner, names, days. */
export type Desk = {
  nextLine: number;
  readonly mine: (content: string, level: Level | null) => Mined;
  /** values of holes, for statistics */
  readonly note: (mined: Mined, content: string) => void;
  readonly names: Names;
  readonly dayOf: DayOf;
};

export type BlockRecords = { readonly partition: string; readonly records: readonly LogRecord[] };
type DayRecords = { readonly day: string; readonly records: readonly LogRecord[] };

export class Batch implements RecordSink {
  readonly sourceId: string;
  readonly records: LogRecord[] = [];
  readonly deads: DeadLine[] = [];
  /** raw lines, under a template and not */
  templated = 0;
  /** bytes of everything taken: how far the source has been read */
  bytes = 0;
  minAt = Number.POSITIVE_INFINITY;
  maxAt = Number.NEGATIVE_INFINITY;
  private readonly desk: Desk;

  private readonly most: number;

  /** @param most records, after which it is full */
  constructor(desk: Desk, sourceId: string, most = SEGMENT_RECORDS) {
    this.desk = desk;
    this.most = most;
    this.sourceId = sourceId;
  }
  get lines(): number {
    return this.templated + this.deads.length;
  }
  get isFull(): boolean {
    return this.records.length + this.deads.length >= this.most || this.bytes >= BATCH_BYTES;
  }
  get isEmpty(): boolean {
    return this.records.length === 0 && this.deads.length === 0;
  }

  record(draft: Draft): number {
    const { desk } = this;
    const { at, head } = draft;
    let template = head?.template ?? 0;
    if (!head) {
      const content = draft.content ?? '';
      const mined = desk.mine(content, draft.level);
      desk.note(mined, content);
      template = mined.template;
    }
    this.records.push({
      id: desk.nextLine,
      at,
      atGuessed: draft.atGuessed,
      level: draft.level,
      service: desk.names.known(draft.service),
      host: draft.host,
      template,
      text: draft.text,
      ending: draft.ending,
      lines: draft.lines,
      attributes: draft.attributes,
      raw: draft.raw,
    });
    desk.nextLine += draft.lines;
    this.templated += draft.lines;
    this.bytes += draft.bytes;
    if (at < this.minAt) this.minAt = at;
    if (at > this.maxAt) this.maxAt = at;
    return template;
  }
  dead(line: NonNullable<RawLine['dead']>, at: number, bytes: number): void {
    this.deads.push({ id: this.desk.nextLine++, ...line, at });
    this.bytes += bytes;
  }

  /**
   * What goes into one block each: of one day and of like size, but quiet days one after another, over before the instant `over`,
   * share blocks.
   */
  blocks(over: number): BlockRecords[] {
    const blocks: BlockRecords[] = [];
    let quiet: DayRecords[] = [];
    for (const day of this.days()) {
      if (day.records.length <= SHARED_RECORDS && (day.records[0]?.at ?? over) < over) quiet.push(day);
      else {
        blocks.push(...shared(quiet), ...apart(day));
        quiet = [];
      }
    }
    return [...blocks, ...shared(quiet)];
  }
  /** In order of time. */
  private days(): DayRecords[] {
    const days = new Map<string, LogRecord[]>();
    for (const record of this.records) {
      const day = this.desk.dayOf.day(record.at);
      const list = days.get(day);
      if (list) list.push(record);
      else days.set(day, [record]);
    }
    const first = (list: readonly LogRecord[]): number => list[0]?.at ?? 0;
    return [...days]
      .map(([day, records]) => ({ day, records }))
      .sort((a, b) => first(a.records) - first(b.records));
  }
  /** Roll-ups, counts of templates, dead letters: everything but the segments and the source's own row. */
  statements(): Statement[] {
    const { sourceId, desk } = this;
    const cells = countCells(this.records, desk.names);
    const dead: Statement = {
      text: 'INSERT INTO log_dead_letters (source_id, reason, raw, bytes, line_id, at) VALUES (?, ?, ?, ?, ?, ?)',
      rows: this.deads.map((d) => [sourceId, d.reason, d.raw, d.bytes, d.id, d.at]),
    };
    return [
      ...rollUp(sourceId, cells, 1),
      ...countStatements(perTemplate(sourceId, cells)),
      ...(this.deads.length ? [dead] : []),
    ];
  }
}

/** A day by itself. */
function apart({ day, records }: DayRecords): BlockRecords[] {
  const size = Math.ceil(records.length / Math.ceil(records.length / MOST_RECORDS));
  const blocks: BlockRecords[] = [];
  for (let from = 0; from < records.length; from += size)
    blocks.push({ partition: day, records: records.slice(from, from + size) });
  return blocks;
}
/** Whole days together, in blocks of like size. */
function shared(days: readonly DayRecords[]): BlockRecords[] {
  const total = days.reduce((sum, { records }) => sum + records.length, 0);
  const enough = total / Math.ceil(total / SHARED_RECORDS);
  const groups: DayRecords[][] = [];
  let size = 0;
  for (const day of days) {
    const group = groups.at(-1);
    if (group && size < enough && size + day.records.length <= SHARED_RECORDS) {
      group.push(day);
      size += day.records.length;
    } else {
      groups.push([day]);
      size = day.records.length;
    }
  }
  return groups.map((group) => ({
    partition: partitionOf(group[0]?.day ?? '', group.at(-1)?.day ?? ''),
    records: group.flatMap(({ records }) => records),
  }));
}

/** Lines of one minute, template, service and level. */
export type Cell = {
  readonly minute: number;
  readonly template: number;
  readonly service: number;
  readonly level: Level | null;
  lines: number;
  minAt: number;
  maxAt: number;
};
/** Counted by minute; `names` gives a service its number. */
export function countCells(
  records: readonly Pick<LogRecord, 'at' | 'template' | 'service' | 'level' | 'lines'>[],
  names: Names,
): Cell[] {
  const minutes = new Map<number, Map<number, Chained>>();
  const all: Chained[] = [];
  let last = null as Chained | null;
  let inMinute: Map<number, Chained> = new Map();
  let minuteNow = Number.NaN;
  for (const { at, template, service, level, lines } of records) {
    const minute = Math.floor(at / MINUTE);
    const name = names.number(service);
    if (minute !== minuteNow) {
      minuteNow = minute;
      last = null;
      inMinute = minutes.get(minute) ?? new Map();
      minutes.set(minute, inMinute);
    }
    let cell: Chained | null = last;
    if (!cell || cell.template !== template || cell.service !== name || cell.level !== level) {
      const key = keyOf(template, levelNumber(level), name);
      const first: Chained | null = inMinute.get(key) ?? null;
      cell = first;
      while (cell && !(cell.template === template && cell.level === level && cell.service === name))
        cell = cell.next;
      if (!cell) {
        cell = { minute, template, service: name, level, lines: 0, minAt: at, maxAt: at, next: first };
        inMinute.set(key, cell);
        all.push(cell);
      }
      last = cell;
    }
    cell.lines += lines;
    if (at < cell.minAt) cell.minAt = at;
    if (at > cell.maxAt) cell.maxAt = at;
  }
  return all;
}
/** `next`: of the same minute and key */
type Chained = Cell & { readonly next: Chained | null };

const ADD = (table: string, unit: string): string =>
  `INSERT INTO ${table} (${unit}, source_id, service, level, template, lines) VALUES (?, ?, ?, ?, ?, ?)
   ON CONFLICT (${unit}, template, service, level, source_id) DO UPDATE SET lines = lines + excluded.lines`;
const ADD_MINUTES = ADD('log_minutes', 'minute');
const ADD_HOURS = ADD('log_hours', 'hour');

/** Adds the cells to both roll-ups, or takes them off again (`sign` -1; what is then nothing goes). */
export function rollUp(sourceId: string, cells: readonly Cell[], sign: 1 | -1): Statement[] {
  if (!cells.length) return [];
  const hours = new Map<number, Map<number, HourRow[]>>();
  const minutes: SqlValue[][] = [];
  const hourRows: HourRow[] = [];
  for (const { minute, template, service, level, lines } of cells) {
    const number = levelNumber(level);
    minutes.push([minute, sourceId, service, number, template, sign * lines]);
    const hour = Math.floor(minute / 60);
    const inHour = ownOf(hours, hour, () => new Map<number, HourRow[]>());
    const alike = ownOf(inHour, keyOf(template, number, service), () => []);
    const known = alike.find((row) => row[4] === template && row[3] === number && row[2] === service);
    if (known) known[5] += sign * lines;
    else {
      const row: HourRow = [hour, sourceId, service, number, template, sign * lines];
      alike.push(row);
      hourRows.push(row);
    }
  }
  const statements: Statement[] = [
    { text: ADD_MINUTES, rows: minutes },
    { text: ADD_HOURS, rows: hourRows },
  ];
  if (sign < 0)
    statements.push(
      {
        text: 'DELETE FROM log_minutes WHERE minute = ? AND lines <= 0',
        rows: [...new Set(cells.map((c) => c.minute))].map((m) => [m]),
      },
      {
        text: 'DELETE FROM log_hours WHERE hour = ? AND lines <= 0',
        rows: [...hours.keys()].map((h) => [h]),
      },
    );
  return statements;
}
/** Of all minutes together. */
export function perTemplate(sourceId: string, cells: readonly Cell[]): TemplateCount[] {
  const found = new Map<number, Counted[]>();
  const all: Counted[] = [];
  for (const { template, service, level, lines, minAt, maxAt } of cells) {
    const alike = ownOf(found, keyOf(template, levelNumber(level), service), () => []);
    const known = alike.find((c) => c.template === template && c.level === level && c.service === service);
    if (!known) {
      const count = { template, sourceId, service, level, lines, minAt, maxAt };
      alike.push(count);
      all.push(count);
    } else {
      known.lines += lines;
      known.minAt = Math.min(known.minAt, minAt);
      known.maxAt = Math.max(known.maxAt, maxAt);
    }
  }
  return all;
}
type Counted = TemplateCount & { lines: number; minAt: number; maxAt: number };
type HourRow = [
  hour: number,
  source: string,
  service: number,
  level: number,
  template: number,
  lines: number,
];

/** Of 32 bits, which a map finds sooner than a larger one or a text; others may have the same. */
const keyOf = (template: number, level: number, service: number): number =>
  Math.imul(template * 8 + level, 0x9e3779b1) ^ service;
function ownOf<V>(map: Map<number, V>, key: number, make: () => V): V {
  let own = map.get(key);
  if (own === undefined) {
    own = make();
    map.set(key, own);
  }
  return own;
}
