import { z } from 'zod';
import { ErrorData, Instant } from '../../api/contract/common.ts';
import { LogTable, TableRowRefusal } from './tables.ts';

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
/** How bad a line says it is; null: it does not say. */
export const LogLevel = z.enum(LEVELS);
export type LogLevel = z.infer<typeof LogLevel>;
export const ParameterType = z.enum([
  'number',
  'ip',
  'hex',
  'uuid',
  'path',
  'duration',
  'time',
  'id',
  'text',
]);
export type ParameterType = z.infer<typeof ParameterType>;

/**
 * The synced table `system_logs` is the one source of kind `company`; its id is `company` too. Any further table of the company's is
 * a source of kind `table`, read straight from there.
 */
export const LogSourceKind = z.enum(['company', 'table', 'file', 'folder', 'import', 'stdin']);
export type LogSourceKind = z.infer<typeof LogSourceKind>;
/** What a person may set; the rest is detected. A change is applied to lines read from then on, and to dead letters on replay. */
export const LogSourceRules = z.object({
  name: z.string().trim().min(1).max(200),
  /** a format's name; null: detected from the first lines */
  format: z.string().max(50).nullable(),
  /** a TextDecoder label; null: detected */
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'shift_jis', 'euc-jp', 'windows-1252']).nullable(),
  /** IANA zone or `+09:00`: what times without an offset mean; null: the site's zone */
  timeZone: z.string().max(64).nullable(),
  /** how far the source's clock is ahead, ms; taken off its times */
  skewMs: z.number().int().min(-86_400_000).max(86_400_000),
  /** the service of lines that name none; null: the file's name */
  service: z.string().trim().max(200).nullable(),
  /** for a folder: which files, e.g. `*.log`; null: everything that looks like text, gz or zip */
  pattern: z.string().trim().max(200).nullable(),
  paused: z.boolean(),
  /** of a company's table, and of nothing else */
  table: LogTable.optional(),
});
export type LogSourceRules = z.infer<typeof LogSourceRules>;
/**
 * Records by what their times are worth. `unread`: none of their own. `guessed`: a time of day without its day. `ambiguous`: day and month,
 * or the zone, could be others. `future`: more than a day ahead of their reading.
 */
export const TimesRead = z.object({
  read: z.number().int(),
  unread: z.number().int(),
  guessed: z.number().int(),
  ambiguous: z.number().int(),
  future: z.number().int(),
});
export type TimesRead = z.infer<typeof TimesRead>;
export const LogSource = LogSourceRules.extend({
  id: z.string(),
  kind: LogSourceKind,
  path: z.string().nullable(),
  /** what is in use now, chosen or detected, those of most files first; empty before the first line */
  usedFormats: z.array(z.object({ format: z.string(), files: z.number().int() })),
  usedEncodings: z.array(z.string()),
  /** share of the first lines that parse so */
  formatRate: z.number().nullable(),
  /** of all its records; null: nothing was read, or none of it was counted */
  times: TimesRead.nullable(),
  state: z.enum(['reading', 'following', 'paused', 'waiting', 'done']),
  /** why it waits, since when, and when it is tried again */
  error: ErrorData.nullable(),
  waitsSince: Instant.nullable(),
  nextTryAt: Instant.nullable(),
  /** exact, since the source was added: lines = templated + unparsed */
  lines: z.number().int(),
  templated: z.number().int(),
  unparsed: z.number().int(),
  /** raw bytes read, bytes in the store now (lines that could not be read too), and bytes known to be still unread (null: not known) */
  bytes: z.number().int(),
  storedBytes: z.number().int(),
  behindBytes: z.number().int().nullable(),
  /** of the company's tables: when it was last read to its end; of `company`, when its copy was last up to date */
  lookedAt: Instant.nullable(),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  addedAt: Instant,
});
export type LogSource = z.infer<typeof LogSource>;

/** The sum that must always add up: lines = templated + unparsed, for every source and in all. */
export const Accounting = z.object({
  lines: z.number().int(),
  templated: z.number().int(),
  unparsed: z.number().int(),
  /** counted from what is stored: what the roll-ups come to by template, and rows of the dead-letter table */
  storedTemplated: z.number().int(),
  storedUnparsed: z.number().int(),
  /** lines dropped after the time to live, in both `lines` and `templated` */
  expired: z.number().int(),
  addsUp: z.boolean(),
  rawBytes: z.number().int(),
  storedBytes: z.number().int(),
  oldestDay: z.string().nullable(),
  keepDays: z.number().int(),
  templates: z.number().int(),
  /** stored lines that cannot be read any more, a day or several of a source at a time; they are counted in `storedTemplated` */
  damaged: z.array(
    z.object({
      sourceId: z.string(),
      sourceName: z.string(),
      /** in the site's zone */
      firstDay: z.string(),
      lastDay: z.string(),
      lines: z.number().int(),
      foundAt: Instant,
    }),
  ),
  sources: z.array(LogSource),
});
export type Accounting = z.infer<typeof Accounting>;

/** `too-long`: over a million characters; `binary`: not text; `undecodable`: not valid in the source's encoding; the others of tables. */
export const LogDeadReason = z.enum(['too-long', 'binary', 'undecodable', 'no-time', 'no-message']);
export type LogDeadReason = z.infer<typeof LogDeadReason>;
export const LogDeadLetter = z.object({
  id: z.number().int(),
  sourceId: z.string(),
  sourceName: z.string(),
  reason: LogDeadReason,
  /** as far as it can be shown; control characters as pictures */
  text: z.string(),
  bytes: z.number().int(),
  at: Instant,
});
export type LogDeadLetter = z.infer<typeof LogDeadLetter>;

export const TemplatePart = z.union([
  z.object({ kind: z.enum(['word', 'mark']), text: z.string(), gap: z.boolean() }),
  z.object({ kind: z.literal('parameter'), type: ParameterType, gap: z.boolean() }),
]);
/** `known`: seen and understood, no news. `noise`: hidden from anomalies and, unless asked for, from lists. */
export const TemplateMark = z.enum(['none', 'known', 'noise']);
export type TemplateMark = z.infer<typeof TemplateMark>;
export const LogTemplate = z.object({
  /** stable for life */
  id: z.number().int(),
  parts: z.array(TemplatePart),
  /** with `<*>` for parameters */
  text: z.string(),
  /** a person's name for it */
  name: z.string().nullable(),
  /** locked: never widened or merged by the miner */
  locked: z.boolean(),
  mark: TemplateMark,
  level: LogLevel.nullable(),
  services: z.array(z.string()),
  lines: z.number().int(),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  /** templates a person merged into this one; can be split off again */
  merged: z.array(z.number().int()),
});
export type LogTemplate = z.infer<typeof LogTemplate>;
/** Values of one parameter in stored lines. `numbers`: present when nearly all are numbers (durations in ms). */
export const ParameterStats = z.object({
  /** index among the template's parameters */
  parameter: z.number().int(),
  type: ParameterType,
  /** so many newest lines were looked at; null: all of them */
  newest: z.number().int().nullable(),
  /** values in these lines */
  seen: z.number().int(),
  distinct: z.number().int(),
  /** most frequent first, at most 20, of many only those that came more than once; `share` of the values seen */
  top: z.array(z.object({ value: z.string(), count: z.number().int(), share: z.number() })),
  numbers: z
    .object({
      min: z.number(),
      p50: z.number(),
      p95: z.number(),
      p99: z.number(),
      max: z.number(),
      unit: z.string().nullable(),
      histogram: z.array(z.object({ from: z.number(), to: z.number(), count: z.number().int() })),
    })
    .nullable(),
});
export type ParameterStats = z.infer<typeof ParameterStats>;
export const TemplateChange = z.object({
  at: Instant,
  templateId: z.number().int(),
  what: z.enum([
    'created',
    'widened',
    'absorbed',
    'merged',
    'unmerged',
    'split',
    'renamed',
    'locked',
    'unlocked',
    'marked',
  ]),
  /** other templates it concerns */
  others: z.array(z.number().int()),
  actor: z.string().nullable(),
  detail: z.string().nullable(),
});
export type TemplateChange = z.infer<typeof TemplateChange>;

/** Which lines. Absent means all; `[]` means none. Times are inclusive from, exclusive to. */
export const LineFilter = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  sources: z.array(z.string()).max(200).optional(),
  services: z.array(z.string()).max(200).optional(),
  /** '' stands for lines without a level */
  levels: z.array(z.union([LogLevel, z.literal('')])).optional(),
  templates: z.array(z.number().int()).max(5000).optional(),
  notTemplates: z.array(z.number().int()).max(5000).optional(),
  /** words that must all be in the line, width, case and kana folded; `"a b"` is one; `-word` must not be there */
  text: z.string().max(500).optional(),
  /** a regular expression on the raw line instead of `text` */
  regex: z.string().max(500).optional(),
  /** values of fields: `host`, `pid`, `trace`, attributes of structured lines, or `template.parameter` as `123.0` */
  fields: z
    .array(
      z.object({ key: z.string().max(200), value: z.string().max(1000), not: z.boolean().default(false) }),
    )
    .max(20)
    .optional(),
  /** lines of templates marked as noise too */
  noise: z.boolean().optional(),
  /** only lines with a bookmark */
  bookmarked: z.boolean().optional(),
});
export type LineFilter = z.infer<typeof LineFilter>;
export const LogLine = z.object({
  /** stable for the line's life; later lines of a source have higher ids */
  id: z.number().int(),
  at: Instant,
  /** the line had no time of its own: that of the line before it, or of its reading */
  atGuessed: z.boolean(),
  sourceId: z.string(),
  service: z.string().nullable(),
  level: LogLevel.nullable(),
  host: z.string().nullable(),
  templateId: z.number().int(),
  /** byte for byte the original, decoded; a joined stack trace has several lines */
  text: z.string(),
  /** raw lines it stands for */
  lines: z.number().int(),
  /** [start, end) of each parameter's value in `text`, in the template's order; end 0: not in this line */
  parameters: z.array(z.tuple([z.number().int(), z.number().int()])),
  /** structured attributes, e.g. of the company's table or a JSON line; '' when there are none */
  attributes: z.string(),
  note: z.string().nullable(),
  bookmarked: z.boolean(),
});
export type LogLine = z.infer<typeof LogLine>;
/** A block that does not read any more: days in the site's zone, and all its lines, whether they would be found or not. */
export const LeftOutBlock = z.object({
  block: z.number().int(),
  sourceId: z.string(),
  firstDay: z.string(),
  lastDay: z.string(),
  lines: z.number().int(),
});
export type LeftOutBlock = z.infer<typeof LeftOutBlock>;
export const LinePage = z.object({
  lines: z.array(LogLine),
  /** hand it back for the next page; null: no more */
  next: z.string().nullable(),
  /** how much of what may hold such lines has been looked at; a search can go on by `next` */
  searched: z.object({ segments: z.number().int(), of: z.number().int() }),
  /** blocks that do not read any more and may hold such lines; of one that reaches into the next page both tell */
  leftOut: z.array(LeftOutBlock),
  tookMs: z.number(),
});
export type LinePage = z.infer<typeof LinePage>;
/** Counts from roll-ups: exact, whatever the number of lines. Text, regex and fields need lines and are not in them. */
export const CountBy = z.enum(['level', 'service', 'template', 'source']);
export type CountBy = z.infer<typeof CountBy>;
export const LogCounts = z.object({
  /** epoch ms of the first bucket, and a bucket's length */
  from: Instant,
  bucketMs: z.number().int(),
  /** one series per value, most lines first; `counts[i]` is bucket i */
  series: z.array(z.object({ key: z.string(), total: z.number().int(), counts: z.array(z.number().int()) })),
  total: z.number().int(),
  /** false: text, regex, fields or a bookmark filter left out of these counts; of lines found: not all were looked at, or can be */
  exact: z.boolean(),
});
export type LogCounts = z.infer<typeof LogCounts>;
/** Counts of the lines found, of the blocks looked at by now: `exact` once all are, and all of them read. */
export const FoundCounts = z.object({
  byLevel: LogCounts,
  /** in one bucket */
  byTemplate: LogCounts,
  /** counted to the end when both are the same */
  searched: z.object({ segments: z.number().int(), of: z.number().int() }),
  /** blocks that do not read any more and may hold such lines: not in the counts */
  leftOut: z.array(LeftOutBlock),
});
export type FoundCounts = z.infer<typeof FoundCounts>;
/** `meaning`: what is asked by meaning, of lines that the rest narrows */
export const SavedFilter = LineFilter.extend({ meaning: z.string().max(500).optional() });
export type SavedFilter = z.infer<typeof SavedFilter>;
export const SavedSearch = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(200),
  filter: SavedFilter,
  at: Instant,
});
export type SavedSearch = z.infer<typeof SavedSearch>;
export const FormatView = z.object({
  name: z.string(),
  title: z.object({ ja: z.string(), en: z.string() }),
  samples: z.array(z.string()),
  /** the site's own, kept in the data folder */
  isOwn: z.boolean(),
});
export type FormatView = z.infer<typeof FormatView>;
/** How the first lines of a file would be read, before it is added. */
export const SourcePreview = z.object({
  format: z.string(),
  formatRate: z.number(),
  encoding: z.string(),
  times: TimesRead,
  lines: z.array(
    z.object({
      text: z.string(),
      at: Instant.nullable(),
      level: LogLevel.nullable(),
      service: z.string().nullable(),
      content: z.string(),
    }),
  ),
});
export type SourcePreview = z.infer<typeof SourcePreview>;
/** The same of a table: its newest rows, and those of them that would be dead letters. */
export const TablePreview = SourcePreview.omit({ encoding: true }).extend({
  refused: z.array(z.object({ reason: TableRowRefusal, raw: z.string() })),
});
export type TablePreview = z.infer<typeof TablePreview>;
