/** From bytes to records for one text: encoding and format told from its beginning, then lines, then records. */
import { type Buffer, isAscii } from 'node:buffer';
import { detectEncoding, type Encoding } from '../../kernel/encoding.ts';
import type { LogSourceRules, TimesRead } from '../contract/logs.ts';
import { type Head, RecordMaker, type RecordSink } from '../ingest/make-records.ts';
import type { Checkpoint } from '../ingest/messages.ts';
import { refreshOwnFormats } from '../manage/own-formats.ts';
import {
  DETECTION_LINES,
  type Detected,
  detectFormat,
  formatNamed,
  headsOf,
  withOrder,
} from '../read/detect-format.ts';
import { formatStillNamed } from '../read/formats.ts';
import { LineReader } from '../read/line-reader.ts';
import { TimeReader } from '../read/read-time.ts';
import type { Format } from '../types.ts';
import { LineCutter, type RawLine } from './cut-lines.ts';

/** So much of a beginning is looked at. */
export const PROBE_BYTES = 1 << 18;

export type Told = Pick<Checkpoint, 'encoding' | 'isGuess' | 'format' | 'rate' | 'probed' | 'plan' | 'times'>;

/** What the first bytes say, where the rules leave it open. */
export function tell(
  beginning: Buffer,
  rules: LogSourceRules,
  clock: { readonly zone: string; readonly reference: number },
  /** instead of what the rules and the bytes say */
  given?: Format,
): Told {
  const encoding: Encoding = rules.encoding ?? detectEncoding(beginning);
  refreshOwnFormats();
  const lines: RawLine[] = [];
  const cutter = new LineCutter({ encoding, isGuess: rules.encoding === null, atStart: true });
  cutter.take(beginning, lines);
  if (lines.length === 0) cutter.finish(lines);
  const texts = lines.filter((l) => !l.dead).map((l) => l.text.trimEnd());
  const isGuess = rules.encoding === null && (cutter.isGuess || isAscii(beginning));
  const heads = texts.slice(0, 2 * DETECTION_LINES);
  const detected =
    given || rules.format !== null
      ? asAsked(heads, given ?? formatNamed(rules.format ?? ''))
      : detectFormat(heads);
  const zone = rules.timeZone ?? clock.zone;
  return {
    encoding: cutter.encoding,
    isGuess,
    format: detected.format.name,
    rate: detected.rate,
    plan: withOrder(detected, heads, { ...clock, zone }),
    probed: rules.format === null ? texts.length : DETECTION_LINES,
  };
}
/** A format that a person chose; what the lines teach besides it still holds. */
function asAsked(lines: readonly string[], format: Format): Detected {
  if (!format.begins && format.name !== 'general') {
    const asked = headsOf(lines);
    const parsed = asked.filter((line) => format.parse(line)).length;
    return { format, rate: asked.length ? parsed / asked.length : 0, plan: {} };
  }
  const { plan, rate } = detectFormat(lines, [format]);
  return { format, rate, plan };
}

/** What more of the text says; an encoding that was no guess stands, unless the rules name one. */
export const toldAgain = (told: Told | null, again: Told, rules: LogSourceRules): Told =>
  told && rules.encoding === null && !told.isGuess
    ? { ...again, encoding: told.encoding, isGuess: false }
    : again;

export class TextReader {
  private readonly base: Told;
  /** bytes in records and dead letters */
  offset: number;
  private readonly cutter: LineCutter;
  private readonly maker: RecordMaker;
  private readonly times: TimeReader;
  private readonly lines: RawLine[] = [];

  constructor(o: {
    readonly told: Told;
    /** instead of the one it was told to be */
    readonly format?: Format | undefined;
    readonly offset: number;
    readonly head: Head | null;
    readonly rules: LogSourceRules;
    readonly zone: string;
    readonly service: string | null;
    /** epoch ms: when its lines were written at the latest */
    readonly reference: number;
  }) {
    refreshOwnFormats();
    const { encoding, isGuess, format, rate, probed, plan = {}, times } = o.told;
    this.base = { encoding, isGuess, format, rate, probed, plan };
    this.offset = o.offset;
    this.times = new TimeReader({
      zone: o.rules.timeZone ?? o.zone,
      skewMs: o.rules.skewMs,
      reference: o.reference,
      order: plan.order ?? null,
      isUnsettled: plan.unsettled ?? false,
    });
    this.cutter = new LineCutter({ encoding, isGuess, atStart: o.offset === 0 });
    this.maker = new RecordMaker({
      reader: new LineReader(o.format ?? formatStillNamed(o.told.format), plan),
      times: this.times,
      counts: times,
      service: o.rules.service ?? o.service,
      encoding: () => this.cutter.encoding,
      head: o.head,
    });
  }
  get told(): Told {
    return { ...this.base, times: this.timesRead };
  }
  get timesRead(): TimesRead {
    return this.maker.timesRead;
  }
  get encoding(): Encoding {
    return this.cutter.encoding;
  }
  get isGuess(): boolean {
    return this.cutter.isGuess;
  }
  get head(): Head | null {
    return this.maker.head;
  }
  /** Bytes taken that are in no record yet. */
  get waiting(): number {
    return this.cutter.waiting + this.maker.waiting;
  }
  /** How far it has come, as it is kept. */
  place(file: Pick<Checkpoint, 'inode' | 'first' | 'last' | 'packedSize' | 'after'>): Checkpoint {
    const { offset, told, encoding, isGuess, head } = this;
    return { offset, ...file, ...told, encoding, isGuess, head };
  }
  setReference(at: number): void {
    this.times.reference = at;
  }

  take(chunk: Buffer, sink: RecordSink & { bytes: number }): void {
    const before = sink.bytes;
    this.cutter.take(chunk, this.lines);
    this.drain(sink);
    this.offset += sink.bytes - before;
  }
  /** The open head gets no more lines; with `all`, the last line no more bytes either. */
  flush(sink: RecordSink & { bytes: number }, all: boolean): void {
    const before = sink.bytes;
    if (all) {
      this.cutter.finish(this.lines);
      this.drain(sink);
    }
    this.maker.flush(sink);
    this.offset += sink.bytes - before;
  }
  private drain(sink: RecordSink): void {
    for (const line of this.lines) this.maker.take(line, sink);
    this.lines.length = 0;
  }
}
