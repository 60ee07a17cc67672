import { closeSync, openSync, writeSync } from 'node:fs';
import { AppError } from '../kernel/errors.ts';
import { Miner, templateText } from './mine-templates.ts';
import { DETECTION_LINES, type Detected, detectFormat, formatNamed } from './read/detect-format.ts';
import { continues } from './read/join-lines.ts';
import { LineReader, type Plan } from './read/line-reader.ts';
import { readLines } from './read/read-lines.ts';
import type { Format, Template } from './types.ts';

export type MineReport = {
  readonly format: string;
  /** share of the first lines that parse in this format */
  readonly rate: number;
  /** raw lines; always `templated + unparsed` */
  readonly lines: number;
  /** lines under a template, the continued ones under their head's */
  readonly templated: number;
  /** empty lines: nothing to file them under */
  readonly unparsed: number;
  /** of the templated: lines joined to the line before them */
  readonly continued: number;
  /** of the templated: lines that are not of the format and were taken whole */
  readonly withoutHeader: number;
  /** lines cut because they were over a million characters long */
  readonly cut: number;
  readonly templates: readonly Template[];
};

/** Lines one after another into templates; remembers for every raw line which. 4 bytes a line. */
export class LineMiner {
  private readonly miner = new Miner();
  private readonly reader: LineReader;
  private ids = new Int32Array(1024);
  private head = 0;
  lines = 0;
  unparsed = 0;
  continued = 0;
  withoutHeader = 0;

  constructor(format: Format, plan: Plan = {}) {
    this.reader = new LineReader(format, plan);
  }
  add(line: string): void {
    this.note(this.templateOf(line));
  }
  private templateOf(line: string): number {
    if (!line.trim()) {
      this.unparsed++;
      return 0;
    }
    const parsed = this.reader.read(line);
    if (this.head > 0 && (parsed === 'joins' || (!parsed && continues(line)))) {
      this.continued++;
      return this.head;
    }
    const own = parsed === 'joins' ? null : parsed;
    if (!own) this.withoutHeader++;
    this.head = this.miner.add(own?.content ?? line, own?.level).template;
    return this.head;
  }
  private note(id: number): void {
    if (this.lines === this.ids.length) {
      const larger = new Int32Array(2 * this.ids.length);
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids[this.lines++] = id;
  }
  /** The template of raw line `index` (from 0) as things stand now; null for an empty line. */
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
  let detected: Detected | null =
    o.format === undefined ? null : { format: formatNamed(o.format), rate: 1, plan: {} };
  let miner: LineMiner | null = detected && new LineMiner(detected.format, detected.plan);
  let waiting: string[] = [];
  const start = (): LineMiner => {
    detected ??= detectFormat(waiting);
    const started = new LineMiner(detected.format, detected.plan);
    for (const line of waiting) started.add(line);
    waiting = [];
    return started;
  };
  const source = readLines(o.file);
  for await (const batch of source.lines) {
    o.signal?.throwIfAborted();
    for (const line of batch) {
      if (miner) miner.add(line);
      else if (waiting.push(line) >= DETECTION_LINES) miner = start();
    }
  }
  miner ??= start();
  if (o.csv !== undefined) writeCsv(o.csv, miner);
  const { lines, unparsed, continued, withoutHeader } = miner;
  return {
    format: detected?.format.name ?? 'plain',
    rate: detected?.rate ?? 0,
    lines,
    templated: lines - unparsed,
    unparsed,
    continued,
    withoutHeader,
    cut: source.cut(),
    templates: miner.templates(),
  };
}

const ROWS_PER_WRITE = 10_000;
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
function writeCsv(file: string, miner: LineMiner): void {
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
