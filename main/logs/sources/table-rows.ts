/** Rows of a company's log table as records: what its columns do not say, its messages may. One row is one line. */
import { Buffer } from 'node:buffer';
import type { LogSourceRules, TablePreview } from '../contract/logs.ts';
import type { TableRow } from '../contract/tables.ts';
import type { Batch } from '../ingest/batch.ts';
import { NO_TIMES } from '../ingest/make-records.ts';
import type { ToldFormat } from '../ingest/messages.ts';
import { DETECTION_LINES, detectFormat, formatNamed, headsOf } from '../read/detect-format.ts';
import { LEVEL_PATTERN, levelOf, levelOfNumber, levelOfPriority } from '../read/levels.ts';
import { TimeReader } from '../read/read-time.ts';
import type { Level, ParsedLine } from '../types.ts';

const DAY_MS = 24 * 3_600_000;

type Context = {
  readonly rules: LogSourceRules;
  /** a format's name */
  readonly format: string;
  readonly zone: string;
  readonly now: number;
};
type Line = {
  readonly at: number;
  readonly atGuessed: boolean;
  readonly level: Level | null;
  readonly service: string | null;
  readonly host: string | null;
  readonly content: string;
  readonly attributes: string;
};

export function takeTableRows(batch: Batch, rows: readonly TableRow[], context: Context): void {
  const read = lineReader(context);
  for (const row of rows) {
    if (row.refused) {
      const raw = Buffer.from(row.refused.raw);
      const { reason } = row.refused;
      batch.dead({ reason, raw, bytes: raw.length }, row.at ?? context.now, raw.length);
      continue;
    }
    const { at, atGuessed, level, service, host, content, attributes } = read(row);
    batch.record({
      at,
      atGuessed,
      level,
      service,
      host,
      content,
      text: row.message,
      ending: 'none',
      lines: 1,
      bytes: [row.message, attributes, service ?? '', host ?? ''].reduce(
        (sum, text) => sum + Buffer.byteLength(text),
        0,
      ),
      attributes,
      raw: null,
      head: null,
    });
  }
}

/** What the messages are: told from the first of them, or as the rules say. */
export function tellMessages(messages: readonly string[], rules: LogSourceRules): ToldFormat {
  const heads = messages.map(firstLine);
  if (rules.format === null) {
    const { format, rate } = detectFormat(heads);
    return { name: format.name, rate, probed: messages.length };
  }
  const format = formatNamed(rules.format);
  const asked = headsOf(heads);
  const rate = asked.length ? asked.filter((line) => format.parse(line)).length / asked.length : 0;
  return { name: format.name, rate, probed: DETECTION_LINES };
}

/** The newest rows as they would be read. */
export function previewRows(
  rows: readonly TableRow[],
  o: { readonly rules: LogSourceRules; readonly zone: string; readonly now: number },
): TablePreview {
  const readable = rows.filter((row) => !row.refused);
  const told = tellMessages(
    readable.map((row) => row.message),
    o.rules,
  );
  const read = lineReader({ ...o, format: told.name });
  const lines = readable.map(read);
  const unread = lines.filter(({ atGuessed }) => atGuessed).length;
  const future = lines.filter(({ at, atGuessed }) => !atGuessed && at > o.now + DAY_MS).length;
  return {
    format: told.name,
    formatRate: told.rate,
    times: { ...NO_TIMES, read: lines.length - unread - future, unread, future },
    lines: readable.map((row) => {
      const { at, atGuessed, level, service, content } = read(row);
      return { text: row.message, at: atGuessed ? null : at, level, service, content };
    }),
    refused: rows.flatMap((row) => row.refused ?? []),
  };
}

function lineReader({ rules, format, zone, now }: Context): (row: TableRow) => Line {
  const messages = formatNamed(format);
  const times = new TimeReader({ zone: rules.timeZone ?? zone, skewMs: rules.skewMs, reference: now });
  const fallback = rules.service ?? rules.table?.table ?? null;
  return (row) => {
    const head = firstLine(row.message);
    const parsed: ParsedLine | null = messages.parse(head);
    const level = row.level === null ? undefined : levelOfColumn(row.level);
    const told = row.at === null && parsed?.time !== undefined ? times.read(parsed.time) : null;
    const at = row.at === null ? told : row.at - rules.skewMs;
    return {
      at: at ?? now,
      atGuessed: at === null,
      level: level ?? parsed?.level ?? levelBefore(head),
      service: row.service ?? parsed?.service ?? fallback,
      host: row.host ?? parsed?.host ?? null,
      content: parsed?.content ?? head,
      // what names no level is not lost
      attributes: attributesOf(row, row.level !== null && level === undefined ? row.level : null),
    };
  };
}

const firstLine = (text: string): string => {
  const end = text.search(/[\r\n]/);
  return (end < 0 ? text : text.slice(0, end)).trimEnd();
};
/** `ERROR [web] …`, `[警告] …`: a message without a header may still begin with its level. */
const BEGINS = new RegExp(`^[\\[(<【]?(${LEVEL_PATTERN})(?=[\\])>】:\\s|])`);
const levelBefore = (head: string): Level | null => {
  const word = BEGINS.exec(head)?.[1];
  return word === undefined ? null : (levelOf(word) ?? null);
};
/** Words, the severities of syslog (0–7) or the tens of logging libraries. */
function levelOfColumn(text: string): Level | undefined {
  if (!/^\d{1,2}$/.test(text)) return levelOf(text);
  return Number(text) <= 7 ? levelOfPriority(text) : levelOfNumber(Number(text));
}
function attributesOf({ attributes, trace }: TableRow, level: string | null): string {
  if (trace === null && level === null) return attributes;
  return JSON.stringify({
    ...(trace === null ? {} : { trace }),
    ...(level === null ? {} : { level }),
    ...(attributes === '' ? {} : (JSON.parse(attributes) as object)),
  });
}
