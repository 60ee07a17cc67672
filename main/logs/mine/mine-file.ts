import { Buffer } from 'node:buffer';
import { closeSync, openSync, writeSync } from 'node:fs';
import { AppError } from '../../kernel/errors.ts';
import type { Draft, RecordSink } from '../ingest/make-records.ts';
import { NO_RULES } from '../manage/check-rules.ts';
import { formatNamed } from '../read/formats.ts';
import { isArchive, openStream, packingOf } from '../sources/packed/packed-file.ts';
import { StreamedText } from '../sources/packed/streamed-text.ts';
import { unreadable } from '../sources/plain-file.ts';
import type { Template } from '../types.ts';
import { Miner, templateText } from './mine-templates.ts';

export type MineReport = {
  readonly format: string;
  /** share of the first lines that parse in this format */
  readonly rate: number;
  /** raw lines; always `templated + unparsed` */
  readonly lines: number;
  /** lines under a template, the continued ones under their head's */
  readonly templated: number;
  /** empty lines, and what is no text: nothing to file them under */
  readonly unparsed: number;
  /** of the templated: lines joined to the line before them */
  readonly continued: number;
  /** of the templated: records that tell no time */
  readonly withoutTime: number;
  readonly templates: readonly Template[];
};

const CHUNK_BYTES = 1 << 18;

/** A text as ingest reads it, into templates that nothing keeps; remembers for every raw line which. 4 bytes a line. */
export class TextMiner implements RecordSink {
  private readonly miner = new Miner();
  private readonly text: StreamedText;
  private ids = new Int32Array(1024);
  lines = 0;
  /** as ingest counts them: how far the text has been read */
  bytes = 0;
  unparsed = 0;
  continued = 0;
  withoutTime = 0;

  /** @param format a format's name; null: detected */
  constructor(format: string | null = null) {
    const now = Date.now;
    const context = {
      rules: { ...NO_RULES, name: 'mine', format },
      zone: () => 'UTC',
      now,
      chunkBytes: CHUNK_BYTES,
    };
    this.text = new StreamedText({ context, service: null, place: null });
  }
  take(chunk: Buffer): void {
    this.text.take(chunk, this);
  }
  end(): void {
    this.text.end(this);
  }
  get told(): { readonly format: string; readonly rate: number } {
    return this.text.place(null) ?? { format: 'plain', rate: 0 };
  }

  record({ content, level, head, lines, bytes, at: _, atGuessed, text }: Draft): number {
    this.bytes += bytes;
    if (content === '' && text.trim() === '') {
      this.unparsed += lines;
      this.note(0, lines);
      return head?.template ?? 0;
    }
    this.continued += head ? lines : lines - 1;
    if (!head && atGuessed) this.withoutTime++;
    const template = head?.template || this.miner.add(content ?? '', level ?? undefined).template;
    this.note(template, lines);
    return template;
  }
  dead(_line: unknown, _at: number, bytes: number): void {
    this.bytes += bytes;
    this.unparsed++;
    this.note(0, 1);
  }
  private note(id: number, times: number): void {
    if (this.lines + times > this.ids.length) {
      const larger = new Int32Array(2 * (this.lines + times));
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids.fill(id, this.lines, this.lines + times);
    this.lines += times;
  }
  /** The template of raw line `index` (from 0) as things stand now; null for a line that is under none. */
  cluster(index: number): number | null {
    const id = this.ids[index] ?? 0;
    return id === 0 ? null : this.miner.resolve(id);
  }
  templates(): Template[] {
    return this.miner.templates();
  }
}

/** Mines one file (`-`: standard input) from a fresh state and stores nothing but the CSV it is asked for. */
export async function mineFile(o: {
  readonly file: string;
  /** `LineId,cluster,template`, one row per raw line; LineId from 1 */
  readonly csv?: string;
  /** a format's name; absent: detected */
  readonly format?: string;
  readonly signal?: AbortSignal;
}): Promise<MineReport> {
  if (o.format !== undefined) formatNamed(o.format);
  const miner = new TextMiner(o.format);
  for await (const chunk of chunksOf(o.file)) {
    o.signal?.throwIfAborted();
    miner.take(chunk);
  }
  miner.end();
  if (o.csv !== undefined) writeCsv(o.csv, miner);
  const { lines, unparsed, continued, withoutTime } = miner;
  const { format, rate } = miner.told;
  const templated = lines - unparsed;
  const templates = miner.templates();
  return { format, rate, lines, templated, unparsed, continued, withoutTime, templates };
}
/** Unpacked where it is packed. @throws `logs.unreadable`, `logs.archive`, `logs.packing` */
async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  if (file === '-') {
    for await (const chunk of process.stdin) yield Buffer.from(chunk as Buffer);
    return;
  }
  const packing = packingOf(file);
  if (isArchive(packing)) throw new AppError('logs.archive', { file });
  try {
    const source = openStream(file, packing);
    try {
      yield* { [Symbol.asyncIterator]: () => source.chunks };
    } finally {
      source.close();
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

const ROWS_PER_WRITE = 10_000;
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
function writeCsv(file: string, miner: TextMiner): void {
  const texts = new Map(miner.templates().map((t) => [t.id, quoted(templateText(t))]));
  try {
    const out = openSync(file, 'w');
    try {
      let rows = ['LineId,cluster,template'];
      for (let i = 0; i < miner.lines; i++) {
        const cluster = miner.cluster(i);
        rows.push(cluster === null ? `${i + 1},,` : `${i + 1},${cluster},${texts.get(cluster) ?? ''}`);
        if (rows.length >= ROWS_PER_WRITE) {
          writeSync(out, `${rows.join('\n')}\n`);
          rows = [];
        }
      }
      if (rows.length) writeSync(out, `${rows.join('\n')}\n`);
    } finally {
      closeSync(out);
    }
  } catch (cause) {
    throw new AppError(
      'logs.unwritable',
      { file, detail: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}
