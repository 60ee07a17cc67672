/** Lines into records: header taken off, time read, stack traces joined to their head. The same records in batches of any size. */
import { Buffer } from 'node:buffer';
import type { Encoding } from '../../kernel/encoding.ts';
import type { TimesRead } from '../contract/logs.ts';
import { encodeText } from '../read/encode-text.ts';
import { continues } from '../read/join-lines.ts';
import type { LineReader } from '../read/line-reader.ts';
import type { TimeReader } from '../read/read-time.ts';
import type { RawLine } from '../sources/cut-lines.ts';
import type { LineEnding } from '../store/records.ts';
import type { Level, ParsedLine } from '../types.ts';

/** A record does not grow beyond these; what follows is a record of its own under the same template. */
const MAX_JOINED_LINES = 1000;
const MAX_JOINED_CHARS = 1 << 18;

/** What lines after a head take from it. Kept with the source's place, so that a restart changes nothing. */
export type Head = {
  readonly at: number;
  readonly level: Level | null;
  readonly service: string | null;
  readonly host: string | null;
  readonly template: number;
};
/** A record before it has a number and a template. */
export type Draft = {
  at: number;
  atGuessed: boolean;
  level: Level | null;
  service: string | null;
  host: string | null;
  /** what the miner is given; null: a continuation, which is under `head`'s template */
  content: string | null;
  text: string;
  ending: LineEnding;
  lines: number;
  bytes: number;
  attributes: string;
  raw: Uint8Array | null;
  head: Head | null;
};
/** Where records go. `record` gives the template it was put under. */
export interface RecordSink {
  record(draft: Draft): number;
  dead(line: NonNullable<RawLine['dead']>, at: number, bytes: number): void;
}

const withoutReturns = (text: string): string => {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 13) end--;
  return end === text.length ? text : text.slice(0, end);
};
export const NO_TIMES: TimesRead = { read: 0, unread: 0, guessed: 0, ambiguous: 0, future: 0 };
/** Clocks differ: a day ahead is none. */
const AHEAD_MS = 24 * 3_600_000;
const isBlank = (text: string): boolean => {
  const code = text.charCodeAt(0);
  return text === '' || ((code <= 32 || code === 0x3000 || code === 0xa0) && text.trim() === '');
};

export class RecordMaker {
  head: Head | null;
  private pending: Draft | null = null;
  /** the bytes of each line of `pending`, once one of them cannot be had back from its text */
  private parts: Uint8Array[] | null = null;
  /** the pending record is read from all of its lines */
  private isWhole = false;
  private readonly counts: { -readonly [K in keyof TimesRead]: TimesRead[K] };
  private readonly reader: LineReader;
  private readonly times: TimeReader;
  private readonly service: string | null;
  private readonly encoding: () => Encoding;

  constructor(o: {
    readonly reader: LineReader;
    readonly times: TimeReader;
    /** counted before */
    readonly counts?: TimesRead | undefined;
    /** of lines that name none */
    readonly service: string | null;
    readonly encoding: () => Encoding;
    readonly head: Head | null;
  }) {
    this.reader = o.reader;
    this.times = o.times;
    this.counts = { ...NO_TIMES, ...o.counts };
    this.service = o.service;
    this.encoding = o.encoding;
    this.head = o.head;
  }

  /** Bytes of a head that may still get lines. */
  get waiting(): number {
    return this.pending?.bytes ?? 0;
  }

  /** Of all records so far. */
  get timesRead(): TimesRead {
    return { ...this.counts };
  }

  take(line: RawLine, sink: RecordSink): void {
    const { text } = line;
    if (line.dead) {
      this.flush(sink);
      sink.dead(line.dead, this.head?.at ?? this.times.reference, line.bytes);
      return;
    }
    if (isBlank(text) && !(this.pending && this.reader.isOpen)) {
      this.flush(sink);
      sink.record(this.draft(line, '', this.head?.at ?? this.times.reference, true));
      return;
    }
    const parsed = this.reader.read(withoutReturns(text));
    // a head without words takes the first line under it, whatever that looks like
    if (
      (this.pending ?? this.head) &&
      (parsed === 'joins' || (!parsed && (continues(text) || (this.isWhole && this.pending?.content === ''))))
    ) {
      this.join(line, sink);
      return;
    }
    this.put(sink);
    const draft = this.draft(line, withoutReturns(text), this.head?.at ?? this.times.reference, true);
    if (parsed && parsed !== 'joins') {
      this.isWhole = parsed.isWhole === true;
      this.fill(draft, parsed);
    } else this.counts.unread++;
    this.pending = draft;
    this.parts = line.raw ? [line.raw] : null;
  }
  private fill(draft: Draft, parsed: ParsedLine): void {
    const at = parsed.time === undefined ? null : this.times.read(parsed.time);
    draft.content = parsed.content;
    draft.at = at ?? this.head?.at ?? this.times.reference;
    draft.atGuessed = at === null;
    draft.level = parsed.level ?? null;
    draft.service = parsed.service ?? this.service;
    draft.host = parsed.host ?? null;
    draft.attributes = parsed.fields ?? '';
    if (!this.isWhole) this.count(at);
  }
  private count(at: number | null): void {
    const { counts, times } = this;
    if (at === null) counts.unread++;
    else if (at > times.reference + AHEAD_MS) counts.future++;
    else if (times.doubt === 'none') counts.read++;
    else counts[times.doubt]++;
  }
  /** The pending head gets no more lines. */
  flush(sink: RecordSink): void {
    this.reader.close();
    this.put(sink);
  }
  private put(sink: RecordSink): void {
    const draft = this.pending;
    if (!draft) return;
    this.pending = null;
    if (this.isWhole) {
      this.isWhole = false;
      const parsed = this.reader.whole(draft.text);
      if (parsed) this.fill(draft, parsed);
      else this.counts.unread++;
    }
    if (this.parts) draft.raw = Buffer.concat(this.parts);
    this.parts = null;
    const template = sink.record(draft);
    if (draft.head === null)
      this.head = { at: draft.at, level: draft.level, service: draft.service, host: draft.host, template };
  }

  private draft(line: RawLine, content: string | null, at: number, atGuessed: boolean): Draft {
    return {
      at,
      atGuessed,
      level: null,
      service: this.service,
      host: null,
      content,
      text: line.text,
      ending: line.ending,
      lines: 1,
      bytes: line.bytes,
      attributes: '',
      raw: line.raw,
      head: null,
    };
  }
  private join(line: RawLine, sink: RecordSink): void {
    let draft = this.pending;
    if (
      !draft ||
      draft.lines >= MAX_JOINED_LINES ||
      draft.text.length + line.text.length > MAX_JOINED_CHARS
    ) {
      this.flush(sink);
      const { head } = this;
      draft = this.draft(line, null, head?.at ?? this.times.reference, true);
      if (head) Object.assign(draft, { level: head.level, service: head.service, host: head.host, head });
      this.pending = draft;
      this.parts = line.raw ? [line.raw] : null;
      return;
    }
    if (line.raw && !this.parts) this.parts = [this.bytesOf(draft.text)];
    const end = draft.ending === 'crlf' ? '\r\n' : '\n';
    if (this.parts) this.parts.push(this.bytesOf(end), line.raw ?? this.bytesOf(line.text));
    draft.text += end + line.text;
    draft.ending = line.ending;
    draft.lines++;
    draft.bytes += line.bytes;
  }
  private bytesOf(text: string): Uint8Array {
    return encodeText(text, this.encoding()) ?? Buffer.from(text);
  }
}
