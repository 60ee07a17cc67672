// A site's own format of log lines: a data file that can be carried to another machine.
import { z } from 'zod';
import { LogLevel, SourcePreview } from './logs.ts';

const Pattern = z.string().min(1).max(4000);
/**
 * Patterns are regular expressions with named groups: `time`, `level`, `service`, `host`, `pid`, `pri` (a syslog priority) and
 * `content`, the message. `{stamp}` stands for a time in any notation, `{dated}` for one with its day, `{level}` for a level.
 */
export const OwnFormat = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/),
  title: z.strictObject({ ja: z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(100) }),
  patterns: z.array(Pattern).min(1).max(20),
  /** how the first line of a record looks, where a record has several lines: the patterns are then for all of them */
  begins: Pattern.optional(),
  /** lines with a header of their own that belong to the record before them */
  joins: Pattern.optional(),
  /** of records that name none */
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).optional(),
  /** its own words for levels: `{ "異常": "error" }` */
  words: z
    .record(z.string().max(50), z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']))
    .optional(),
  /** lines, and the fields they must give: the format is tried on them whenever it is read */
  samples: z
    .array(
      z.strictObject({
        line: z.string().min(1).max(20_000),
        fields: z.strictObject({
          content: z.string(),
          time: z.string().optional(),
          level: z.string().optional(),
          service: z.string().optional(),
          host: z.string().optional(),
          pid: z.string().optional(),
        }),
      }),
    )
    .min(1)
    .max(50),
});
export type OwnFormat = z.infer<typeof OwnFormat>;

/** One line on which a person has marked what is what, and what the marked word for the level means (null: as anywhere). */
export const FormatMarks = z.object({
  name: OwnFormat.shape.name,
  title: z.string().trim().min(1).max(100),
  line: z.string().min(1).max(20_000),
  /** places in `line`, the end not included; none twice */
  marks: z
    .array(
      z.object({
        field: z.enum(['time', 'level', 'service', 'host', 'pid', 'content']),
        start: z.number().int().min(0),
        end: z.number().int().min(1),
      }),
    )
    .min(1)
    .max(6),
  level: LogLevel.nullable(),
});
export type FormatMarks = z.infer<typeof FormatMarks>;

/** What a format makes of a file: records it reads of those in the file's beginning, and how. */
export const FormatTrial = z.object({
  records: z.number().int(),
  /** records that the format itself reads */
  read: z.number().int(),
  preview: SourcePreview,
});
export type FormatTrial = z.infer<typeof FormatTrial>;
