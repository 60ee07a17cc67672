/** How a file's first lines would be read, before it becomes a source. */
import { Buffer } from 'node:buffer';
import { closeSync, fstatSync } from 'node:fs';
import type { LogSourceRules, SourcePreview } from '../../api/contract/logs.ts';
import { AppError } from '../../kernel/errors.ts';
import { formatNamed } from '../read/detect-format.ts';
import { TimeReader } from '../read/read-time.ts';
import { LineCutter, type RawLine } from './cut-lines.ts';
import { logsBelow } from './list-logs.ts';
import { openGzip, packingOf, type Unpacked } from './packed-file.ts';
import { lookAt, openLog, unreadable } from './plain-file.ts';
import { bytesAt } from './print.ts';
import { PROBE_BYTES, tell } from './text-reader.ts';
import { openFirstEntry } from './zip-file.ts';

const SHOWN_LINES = 20;

export async function previewFile(o: {
  readonly file: string;
  readonly rules: LogSourceRules;
  readonly zone: string;
  readonly now: number;
}): Promise<SourcePreview> {
  const { beginning, changedAt } = await beginningOf(newestOf(o.file));
  const told = tell(beginning, o.rules);
  const lines: RawLine[] = [];
  const cutter = new LineCutter({ ...told, atStart: true });
  cutter.take(beginning, lines);
  if (lines.length === 0) cutter.finish(lines);
  const format = formatNamed(told.format);
  const times = new TimeReader({
    zone: o.rules.timeZone ?? o.zone,
    skewMs: o.rules.skewMs,
    reference: Math.floor(Math.min(changedAt, o.now)),
  });
  return {
    format: told.format,
    formatRate: told.rate,
    encoding: told.encoding,
    lines: lines
      .filter((line) => !line.dead)
      .slice(0, SHOWN_LINES)
      .map(({ text }) => {
        const parsed = format.parse(text.trimEnd());
        return {
          text,
          at: parsed?.time === undefined ? null : times.read(parsed.time),
          level: parsed?.level ?? null,
          service: parsed?.service ?? o.rules.service,
          content: parsed?.content ?? text,
        };
      }),
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
    return await unpackedBeginning(packing === 'gz' ? openGzip(file) : await openFirstEntry(file));
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
