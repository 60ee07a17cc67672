/** How a file's first lines would be read, before it becomes a source. */
import { Buffer } from 'node:buffer';
import { closeSync, fstatSync } from 'node:fs';
import { AppError } from '../../kernel/errors.ts';
import type { FormatTrial } from '../contract/formats.ts';
import type { LogSourceRules, SourcePreview } from '../contract/logs.ts';
import type { Draft } from '../ingest/make-records.ts';
import { logsBelow } from '../sources/list-logs.ts';
import { openFirstEntry } from '../sources/packed/archive.ts';
import { isArchive, openStream, packingOf, type Unpacked } from '../sources/packed/packed-file.ts';
import { lookAt, openLog, unreadable } from '../sources/plain-file.ts';
import { bytesAt } from '../sources/print.ts';
import { PROBE_BYTES, TextReader, tell } from '../sources/text-reader.ts';
import type { Format } from '../types.ts';

const SHOWN_LINES = 20;

export async function previewFile(o: {
  readonly file: string;
  readonly rules: LogSourceRules;
  readonly zone: string;
  readonly now: number;
}): Promise<SourcePreview> {
  const { beginning, changedAt } = await beginningOf(newestOf(o.file));
  return previewText(beginning, { ...o, reference: Math.floor(Math.min(changedAt, o.now)) });
}
/** What a format that is not kept yet makes of a file. */
export async function tryFile(o: {
  readonly file: string;
  readonly rules: LogSourceRules;
  readonly zone: string;
  readonly now: number;
  readonly format: Format;
}): Promise<FormatTrial> {
  const { format } = o;
  const { beginning, changedAt } = await beginningOf(newestOf(o.file));
  let records = 0;
  let read = 0;
  const preview = previewText(beginning, {
    ...o,
    reference: Math.floor(Math.min(changedAt, o.now)),
    seen: ({ text, content }) => {
      if (content === '') return;
      records++;
      if (format.parse(format.begins ? text : (text.split('\n', 1)[0] ?? '').trimEnd()) !== null) read++;
    },
  });
  return {
    records,
    read,
    preview: { ...preview, format: format.name, formatRate: records ? read / records : 0 },
  };
}
/** The records of a text's beginning, as they would be read, and what the times of all of them are worth. */
export function previewText(
  beginning: Buffer,
  o: {
    readonly rules: LogSourceRules;
    readonly zone: string;
    readonly reference: number;
    /** instead of the one that is detected */
    readonly format?: Format;
    readonly seen?: (draft: Draft) => void;
  },
): SourcePreview {
  const { rules, zone, reference, format } = o;
  const told = tell(beginning, rules, { zone, reference }, format);
  const reader = new TextReader({
    told,
    format,
    offset: 0,
    head: null,
    rules,
    zone,
    service: null,
    reference,
  });
  const lines: SourcePreview['lines'] = [];
  const sink = {
    bytes: 0,
    record: (draft: Draft): number => {
      sink.bytes += draft.bytes;
      o.seen?.(draft);
      if (lines.length < SHOWN_LINES && draft.content !== '')
        lines.push({
          text: draft.text,
          at: draft.atGuessed ? null : draft.at,
          level: draft.level,
          service: draft.service,
          content: draft.content ?? draft.text,
        });
      return 0;
    },
    dead: (_: unknown, _at: number, bytes: number): void => {
      sink.bytes += bytes;
    },
  };
  reader.take(beginning, sink);
  // the last line of a long text is cut off
  reader.flush(sink, beginning.length < PROBE_BYTES);
  return {
    format: told.format,
    formatRate: told.rate,
    encoding: reader.encoding,
    times: reader.timesRead,
    lines,
  };
}

/** Of a folder, its newest log. */
function newestOf(file: string): string {
  if (!lookAt(file)?.isDirectory()) return file;
  const newest = logsBelow(file).found.at(-1);
  if (!newest) throw new AppError('logs.empty-folder', { file });
  return newest.file;
}
async function beginningOf(file: string): Promise<{ beginning: Buffer; changedAt: number }> {
  try {
    const packing = packingOf(file);
    if (packing === null) {
      const fd = openLog(file);
      try {
        return { beginning: bytesAt(fd, 0, PROBE_BYTES), changedAt: fstatSync(fd).mtimeMs };
      } finally {
        closeSync(fd);
      }
    }
    return await unpackedBeginning(
      isArchive(packing) ? await openFirstEntry(file, packing) : openStream(file, packing),
    );
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
async function unpackedBeginning(source: Unpacked): Promise<{ beginning: Buffer; changedAt: number }> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    while (bytes < PROBE_BYTES) {
      const next = await source.chunks.next();
      if (next.done) break;
      parts.push(next.value);
      bytes += next.value.length;
    }
  } finally {
    source.close();
  }
  return { beginning: Buffer.concat(parts).subarray(0, PROBE_BYTES), changedAt: source.changedAt ?? 0 };
}
