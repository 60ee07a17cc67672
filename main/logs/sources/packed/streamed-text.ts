/** Text that comes in pieces and cannot be read again: its beginning is held until there is enough to tell the format from. */
import { Buffer } from 'node:buffer';
import type { RecordSink } from '../../ingest/make-records.ts';
import type { Checkpoint } from '../../ingest/messages.ts';
import type { LogReaderContext } from '../log-reader.ts';
import { NO_PRINT } from '../print.ts';
import { PROBE_BYTES, TextReader, tell } from '../text-reader.ts';

type Sink = RecordSink & { bytes: number };

export class StreamedText {
  private readonly context: LogReaderContext;
  private readonly service: string | null;
  private readonly from: Checkpoint | null;
  private readonly changedAt: number | null;
  private beginning: Buffer[] = [];
  private held = 0;
  private reader: TextReader | null = null;
  /** bytes still to be passed over: in the store already */
  private skip: number;
  private known: Checkpoint | null = null;

  constructor(o: {
    readonly context: LogReaderContext;
    readonly service: string | null;
    readonly place: Checkpoint | null;
    readonly changedAt?: number | null;
  }) {
    this.context = o.context;
    this.service = o.service;
    this.from = o.place;
    this.skip = o.place?.offset ?? 0;
    this.changedAt = o.changedAt ?? null;
  }
  get holding(): number {
    return this.held + (this.reader?.waiting ?? 0);
  }

  take(chunk: Buffer, sink: Sink): void {
    if (this.reader) {
      this.pass(chunk, sink);
      return;
    }
    this.beginning.push(Buffer.from(chunk));
    this.held += chunk.length;
    if (this.held >= PROBE_BYTES) this.begin(sink);
  }
  end(sink: Sink): void {
    this.breakOff(sink);
    this.reader?.flush(sink, true);
  }
  /** It cannot be read on: whole lines count, however few there are. */
  breakOff(sink: Sink): void {
    if (!this.reader && this.held > 0) this.begin(sink);
  }
  private begin(sink: Sink): void {
    const beginning = Buffer.concat(this.beginning);
    this.beginning = [];
    this.held = 0;
    const { rules, zone, now } = this.context;
    const reference = Math.floor(Math.min(this.changedAt ?? now(), now()));
    this.reader = new TextReader({
      told:
        this.from && this.from.probed > 0
          ? this.from
          : tell(beginning.subarray(0, PROBE_BYTES), rules, { zone: zone(), reference }),
      offset: this.from?.offset ?? 0,
      head: this.from?.head ?? null,
      rules,
      zone: zone(),
      service: this.service,
      reference,
    });
    this.pass(beginning, sink);
  }
  private pass(chunk: Buffer, sink: Sink): void {
    const over = Math.min(this.skip, chunk.length);
    this.skip -= over;
    if (over < chunk.length) this.reader?.take(over ? chunk.subarray(over) : chunk, sink);
  }
  /** `packed`: the file's size once it was read to its end */
  place(packed: { readonly inode: string; readonly size: number | null } | null): Checkpoint | null {
    const { reader, known } = this;
    if (!reader) return this.known ?? this.from;
    const size = packed?.size ?? null;
    if (known && known.offset === reader.offset && known.packedSize === size) return known;
    this.known = reader.place({
      inode: packed?.inode ?? '',
      first: this.from?.first ?? NO_PRINT,
      last: this.from?.last ?? NO_PRINT,
      packedSize: size,
      after: null,
    });
    return this.known;
  }
}
