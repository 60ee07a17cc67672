/** What one transaction will hold: records of one source, counted while they are made. */
import type { Statement } from '../../store/index.ts';
import { countStatements } from '../manage/keep-templates.ts';
import type { RawLine } from '../sources/cut-lines.ts';
import { BLOCK_RECORDS } from '../store/block-format.ts';
import type { LogRecord } from '../store/records.ts';
import { countCells, perTemplate, rollUp } from '../store/rollups.ts';
import type { DeadLine, Level, Mined } from '../types.ts';
import type { Draft, RecordSink } from './make-records.ts';
import type { Names } from './names.ts';

/** A batch is closed at so many bytes even when its records are few. */
export const BATCH_BYTES = 8 << 20;
/** Of a block: a batch goes on to the end of what was read at once, and its last few records are not worth one of their own. */
const MOST_RECORDS = 1.25 * BLOCK_RECORDS;

/** What batches of all sources share: numbers of lines, the miner, names. */
export type MiningContext = {
  nextLine: number;
  readonly mine: (content: string, level: Level | null) => Mined;
  readonly names: Names;
};

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
  private readonly mining: MiningContext;

  private readonly most: number;

  /** @param most records, after which it is full */
  constructor(mining: MiningContext, sourceId: string, most = BLOCK_RECORDS) {
    this.mining = mining;
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
    const { mining } = this;
    const { at, head } = draft;
    let template = head?.template ?? 0;
    if (!head) {
      template = mining.mine(draft.content ?? '', draft.level).template;
    }
    this.records.push({
      id: mining.nextLine,
      at,
      atGuessed: draft.atGuessed,
      level: draft.level,
      service: mining.names.known(draft.service),
      host: draft.host,
      template,
      text: draft.text,
      ending: draft.ending,
      lines: draft.lines,
      attributes: draft.attributes,
      raw: draft.raw,
    });
    mining.nextLine += draft.lines;
    this.templated += draft.lines;
    this.bytes += draft.bytes;
    if (at < this.minAt) this.minAt = at;
    if (at > this.maxAt) this.maxAt = at;
    return template;
  }
  dead(line: NonNullable<RawLine['dead']>, at: number, bytes: number): void {
    this.deads.push({ id: this.mining.nextLine++, ...line, at });
    this.bytes += bytes;
  }

  /** What goes into one block each, of like size; nothing while they are too few for a block. */
  blocks(): readonly (readonly LogRecord[])[] {
    return this.isFull ? evenParts(this.records) : [];
  }
  /** Roll-ups, counts of templates, dead letters: everything but the lines and the source's own row. */
  statements(): Statement[] {
    const { sourceId, mining } = this;
    const cells = countCells(this.records, mining.names);
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

/** Records as lists of like size, none much larger than a block. */
export function evenParts<T>(records: readonly T[]): (readonly T[])[] {
  const size = Math.ceil(records.length / Math.ceil(records.length / MOST_RECORDS));
  const parts: (readonly T[])[] = [];
  for (let from = 0; from < records.length; from += size) parts.push(records.slice(from, from + size));
  return parts;
}
