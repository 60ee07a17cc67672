import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { GivenPath, Instant } from '../../api/contract/common.ts';
import { base, file, id, none, ok } from '../../api/contract/procedure.ts';
import { IndexStatus, LogsFound } from '../../clusters/contract/clusters.ts';
import { FormatMarks, FormatTrial, OwnFormat } from './formats.ts';
import {
  Accounting,
  CountBy,
  FormatView,
  FoundCounts,
  LineFilter,
  LinePage,
  LogCounts,
  LogDeadLetter,
  LogLine,
  LogSource,
  LogSourceRules,
  LogTemplate,
  ParameterStats,
  SavedFilter,
  SavedSearch,
  SourcePreview,
  TablePreview,
  TemplateChange,
  TemplateMark,
} from './logs.ts';
import { OriginalPart } from './original.ts';
import { LogTable, LogTableChoice } from './tables.ts';

export const logs = {
  sources: base.input(none).output(z.array(LogSource)),
  formats: base.input(none).output(z.array(FormatView)),
  /** what a format of the site's own, kept or not, makes of a file on this machine */
  tryFormat: base.input(z.object({ format: OwnFormat, path: GivenPath })).output(FormatTrial),
  /** a format from one marked line; keeps nothing */
  draftFormat: base.input(FormatMarks).output(OwnFormat),
  addFormat: base.input(OwnFormat).output(z.object({ name: z.string() })),
  removeFormat: base.input(z.object({ name: z.string().max(50) })).output(ok),
  /** how the first lines of a file on this machine would be read */
  preview: base
    .input(z.object({ path: GivenPath, rules: LogSourceRules.partial().optional() }))
    .output(SourcePreview),
  /** a file or folder on this machine, followed from now on, or read once */
  addSource: base
    .input(
      z.object({
        kind: z.enum(['file', 'folder', 'import']),
        path: GivenPath.pipe(z.string().min(1)),
        rules: LogSourceRules.partial().optional(),
      }),
    )
    .output(LogSource),
  /** the company's tables, those that look like logs first, each with the columns it would be read by */
  tables: base.input(none).output(z.array(LogTableChoice)),
  /** how its newest rows would be read, and which would be refused */
  previewTable: base
    .input(z.object({ table: LogTable, rules: LogSourceRules.partial().optional() }))
    .output(TablePreview),
  /** a further log table of the company's, followed from now on */
  addTable: base
    .input(z.object({ table: LogTable, rules: LogSourceRules.partial().optional() }))
    .output(LogSource),
  updateSource: base.input(z.object({ id, rules: LogSourceRules.partial() })).output(LogSource),
  /** its lines go with it; templates stay */
  removeSource: base.input(z.object({ id })).output(ok),
  /** tries a waiting source at once */
  retrySource: base.input(z.object({ id })).output(LogSource),
  /** a dropped file, or a folder's files, in pieces of at most 1 MB (base64); `done` on the last makes a source of kind `import` */
  upload: base
    .input(
      z.object({
        uploadId: z.string().regex(/^[\w-]{8,64}$/),
        name: z.string().min(1).max(300),
        /** of a folder's file: `folder/web/app.log`; `name` is the folder's then */
        place: z.string().min(1).max(2000).optional(),
        modifiedAt: Instant.optional(),
        offset: z.number().int().min(0),
        data: z.string().max(1_500_000),
        done: z.boolean(),
        rules: LogSourceRules.partial().optional(),
      }),
    )
    .output(z.object({ received: z.number().int(), source: LogSource.nullable() })),
  accounting: base.input(none).output(Accounting),
  deadLetters: base
    .input(
      z
        .object({
          sourceId: id.optional(),
          before: z.number().int().optional(),
          limit: z.number().int().min(1).max(1000).default(100),
        })
        .partial(),
    )
    .output(z.object({ items: z.array(LogDeadLetter), total: z.number().int() })),
  /** reads them again under the source's rules of now */
  replay: base
    .input(z.object({ sourceId: id.optional() }).partial())
    .output(z.object({ replayed: z.number().int(), fixed: z.number().int() })),
  lines: base
    .input(
      z.object({
        filter: LineFilter,
        order: z.enum(['newest', 'oldest']).default('newest'),
        limit: z.number().int().min(1).max(1000).default(200),
        /** a screenful at once rather than a whole page: where lines are far apart, `next` goes on sooner */
        soon: z.boolean().default(false),
        /** a page's `next` */
        after: z.string().max(500).optional(),
      }),
    )
    .output(LinePage),
  /** a line and its neighbours of the same source, in the order of the file */
  context: base
    .input(
      z.object({
        id: z.number().int(),
        before: z.number().int().min(0).max(500).default(20),
        after: z.number().int().min(0).max(500).default(20),
      }),
    )
    .output(z.array(LogLine)),
  counts: base
    .input(
      z.object({
        filter: LineFilter,
        by: CountBy,
        /** at most so many buckets; absent: one */
        buckets: z.number().int().min(1).max(500).default(1),
        top: z.number().int().min(1).max(5000).default(50),
      }),
    )
    .output(LogCounts),
  /** what roll-ups cannot tell (words, expressions, values, marks), counted line by line; grows until it is exact */
  countFound: base
    .input(
      z.object({
        filter: LineFilter,
        buckets: z.number().int().min(1).max(500).default(1),
        top: z.number().int().min(1).max(5000).default(50),
      }),
    )
    .output(eventIterator(FoundCounts)),
  templates: base
    .input(
      z
        .object({
          text: z.string().max(300),
          services: z.array(z.string()),
          levels: z.array(z.string()),
          mark: TemplateMark,
          noise: z.boolean(),
          sort: z.enum(['lines', 'newest', 'rarest', 'id']),
          limit: z.number().int().min(1).max(5000),
        })
        .partial(),
    )
    .output(z.object({ templates: z.array(LogTemplate), total: z.number().int() })),
  template: base.input(z.object({ id: z.number().int() })).output(
    z.object({
      template: LogTemplate,
      /** what was merged into it by a person, as it was on its own */
      parts: z.array(z.object({ id: z.number().int(), text: z.string() })),
      parameters: z.array(ParameterStats),
      history: z.array(TemplateChange),
    }),
  ),
  renameTemplate: base
    .input(z.object({ id: z.number().int(), name: z.string().max(300).nullable() }))
    .output(LogTemplate),
  lockTemplate: base.input(z.object({ id: z.number().int(), locked: z.boolean() })).output(LogTemplate),
  markTemplate: base.input(z.object({ id: z.number().int(), mark: TemplateMark })).output(LogTemplate),
  /** `ids` become part of `into`; can be taken back */
  mergeTemplates: base
    .input(z.object({ into: z.number().int(), ids: z.array(z.number().int()).min(1).max(500) }))
    .output(LogTemplate),
  unmergeTemplate: base.input(z.object({ id: z.number().int() })).output(LogTemplate),
  /** lines with one of `values` in a parameter get templates of their own, the stored ones too */
  splitTemplate: base
    .input(
      z.object({
        id: z.number().int(),
        parameter: z.number().int().min(0),
        values: z.array(z.string().max(1000)).min(1).max(20),
      }),
    )
    .output(z.array(LogTemplate)),
  bookmark: base
    .input(z.object({ lineId: z.number().int(), on: z.boolean(), note: z.string().max(5000).nullable() }))
    .output(LogLine),
  saved: base.input(none).output(z.array(SavedSearch)),
  /** takes the place of the one of this name */
  save: base
    .input(z.object({ name: z.string().trim().min(1).max(200), filter: SavedFilter }))
    .output(SavedSearch),
  removeSaved: base.input(z.object({ id })).output(ok),
  /** lines as a file, at most 100,000 */
  export: base.input(z.object({ filter: LineFilter, format: z.enum(['text', 'csv', 'json']) })).output(file),
  /** the bytes of a source as they came: byte order mark, encoding and order as they were */
  original: base.input(z.object({ id })).output(eventIterator(OriginalPart)),
  search: base
    .input(
      z.object({
        text: z.string().min(1).max(2000),
        services: z.array(z.string()).optional(),
        levels: z.array(z.string()).optional(),
        sources: z.array(z.string()).optional(),
        from: Instant.optional(),
        to: Instant.optional(),
        limit: z.number().int().min(1).max(200).default(30),
      }),
    )
    .output(LogsFound),
  indexes: base.input(none).output(z.array(IndexStatus)),
  rebuildIndex: base.input(z.object({ name: z.string() })).output(IndexStatus),
};
