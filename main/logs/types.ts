import type { Readable } from 'node:stream';
import type { InferContractRouterInputs } from '@orpc/contract';
import type { AppError } from '../kernel/errors.ts';
import type { Emitter } from '../kernel/events.ts';
import type { Statement } from '../store/index.ts';
import type { FormatTrial, OwnFormat } from './contract/formats.ts';
import type {
  Accounting,
  FormatView,
  FoundCounts,
  LineFilter,
  LinePage,
  LogCounts,
  LogDeadLetter,
  LogDeadReason,
  LogLevel,
  LogLine,
  LogSource,
  LogSourceRules,
  LogTemplate,
  ParameterStats,
  ParameterType,
  SavedFilter,
  SavedSearch,
  SourcePreview,
  TablePreview,
  TemplateChange,
  TemplateMark,
} from './contract/logs.ts';
import type { OriginalPart } from './contract/original.ts';
import type { logs } from './contract/procedures.ts';
import type {
  CompanyStanding,
  LogTableChoice,
  TablePage,
  TableReading,
  TableRow,
} from './contract/tables.ts';

/** What stands in a parameter; `text` when it is several of the others, or none. */
export type { ParameterType };

/** How bad a line says it is; formats map their own words to these. */
export type Level = LogLevel;

/** One part of a template. `gap`: white space stands before it. */
export type Part =
  | { readonly kind: 'word' | 'mark'; readonly text: string; readonly gap: boolean }
  | { readonly kind: 'parameter'; readonly type: ParameterType; readonly gap: boolean };

export type Template = {
  /** from 1, in the order of first sight, never reused */
  readonly id: number;
  readonly parts: readonly Part[];
  readonly lines: number;
};

/** What a line did to the templates. `absorbed`: older numbers that now mean `template`, its own excepted. */
export type Mined =
  | { readonly kind: 'created'; readonly template: number }
  | { readonly kind: 'widened'; readonly template: number; readonly absorbed: readonly number[] }
  | { readonly kind: 'matched'; readonly template: number };

/** A line's header, taken apart. Absent means the line does not say. */
export type ParsedLine = {
  readonly content: string;
  readonly time?: string;
  readonly level?: Level;
  readonly service?: string;
  readonly host?: string;
  readonly pid?: string;
  /** the columns of a table's row: JSON */
  readonly fields?: string;
  /** a number of one digit that stands for the level */
  readonly rank?: number;
  /** the record may have more lines, and is read from all of them once it has them */
  readonly isWhole?: boolean;
};

export type Format = {
  readonly name: string;
  readonly title: { readonly ja: string; readonly en: string };
  /** of two formats that parse as many lines, the higher says more about them */
  readonly rank: number;
  /** false only for plain text: its lines have nothing to tell a head from a continuation */
  readonly hasHeader: boolean;
  /** null: the line is not of this format */
  readonly parse: (line: string) => ParsedLine | null;
  /** of records of several lines: whether one begins here. `parse` is then given all of its lines. */
  readonly begins?: (line: string) => boolean;
  /** a line with a header of its own that belongs to the record before it */
  readonly joins?: (line: string) => boolean;
};

export type DeadLine = {
  readonly id: number;
  readonly reason: LogDeadReason;
  /** at most 64 KiB of it */
  readonly raw: Uint8Array;
  readonly bytes: number;
  readonly at: number;
};

/** One template as it has to be kept: everything the miner needs to go on after a restart. */
export type TemplateRow = {
  readonly id: number;
  /** JSON of Part[] */
  readonly parts: string;
  readonly text: string;
  /** JSON, the miner's own */
  readonly miner: string;
  readonly absorbedInto: number | null;
};
export type TemplateEvent = {
  readonly templateId: number;
  readonly what: 'created' | 'widened' | 'absorbed' | 'split';
  readonly others: readonly number[];
};
/** What a person decided about a template and the miner must obey. */
export type TemplateRule = {
  readonly id: number;
  readonly locked: boolean;
  /** lines with `value` in parameter `parameter` belong to `template` */
  readonly splits: readonly {
    readonly parameter: number;
    readonly value: string;
    readonly template: number;
  }[];
};

// The room as others see it. Three makers give a part each: sources (ingest), explore (lines and counts), templates.

/**
 * What is new: lines committed (with the newest and oldest instants among them), templates made or changed, sources changed
 * (`linesGone`: and lines of theirs are no more).
 */
export type LogsChange =
  | { readonly kind: 'lines'; readonly lines: number; readonly from: number; readonly to: number }
  | { readonly kind: 'templates'; readonly ids: readonly number[] }
  | { readonly kind: 'sources'; readonly linesGone?: true };

/** Those a person set; the others stay as they are. */
export type GivenRules = { readonly [K in keyof LogSourceRules]?: LogSourceRules[K] | undefined };

/** What is asked, as the contract has it. */
export type Asked = InferContractRouterInputs<typeof logs>;
type OfLines<K extends 'lines' | 'counts' | 'countFound'> = Omit<Asked[K], 'filter'> & { filter: LineFilter };

/** Who reads the company's tables. Declared here, implemented by sync; every call may reject with AppError. */
export interface CompanyTables {
  list(since: number | null): Promise<LogTableChoice[]>;
  /** the newest first */
  newest(reading: TableReading, limit: number): Promise<TableRow[]>;
  page(
    q: TableReading & {
      readonly place: string;
      readonly limit: number;
      readonly seen: (keys: readonly string[]) => ReadonlySet<string>;
    },
  ): Promise<TablePage>;
  again(reading: TableReading, raws: readonly string[]): Promise<(TableRow | null)[]>;
  standing(): CompanyStanding;
  /** tries again at once what waits for its turn */
  retry(): void;
  /** `standing` may be other than it was */
  readonly changed: Emitter<void>;
}

/** Of a source's blocks in ClickHouse: what is known of them here, and what is counted there. */
export type Shipped = {
  readonly blocks: number;
  readonly lines: number;
  readonly linesThere: number;
  readonly rolledUpThere: number;
};

export interface LogSources {
  sources(): LogSource[];
  formats(): FormatView[];
  /** @throws `logs.bad-format` */
  tryFormat(o: Asked['tryFormat']): Promise<FormatTrial>;
  /** @throws `logs.bad-format` where the line is not read as it is marked */
  draftFormat(marks: Asked['draftFormat']): OwnFormat;
  /** Kept in the data folder, and used from now on. @throws `logs.bad-format` */
  addFormat(format: OwnFormat): Promise<{ name: string }>;
  /** @throws `logs.unknown-format`, `logs.bad-format` where a source was told to use it */
  removeFormat(name: string): Promise<void>;
  preview(o: Asked['preview']): Promise<SourcePreview>;
  /** An `import` is a file or a folder, read once. @throws `logs.unreadable` when there is no such file */
  addSource(o: Asked['addSource']): Promise<LogSource>;
  /** The company's tables, those that look like logs first. */
  tables(): Promise<LogTableChoice[]>;
  previewTable(o: Asked['previewTable']): Promise<TablePreview>;
  /** @throws `logs.table-known`, and what is wrong with the table */
  addTable(o: Asked['addTable']): Promise<LogSource>;
  updateSource(id: string, rules: GivenRules): Promise<LogSource>;
  removeSource(id: string): Promise<void>;
  retrySource(id: string): Promise<LogSource>;
  upload(piece: Asked['upload']): Promise<{ received: number; source: LogSource | null }>;
  /**
   * Reads one file (or `-`, standard input) to its end, for the CLI, also where another process reads the sources. A file read
   * before goes on after its last line. Rejects with `logs.paused`, unless the rules resume it. What comes through standard input is kept in the data folder until it is in the store.
   */
  ingest(o: {
    file: string;
    /** of `-`; else the process's own */
    input?: Readable;
    rules?: GivenRules | undefined;
    signal?: AbortSignal;
    progress?: (bytes: number, total: number | null) => void;
    /** said each time it cannot go on for now: standard input that cannot be taken, a source that a person pauses */
    waits?: (why: AppError) => void;
  }): Promise<LogSource>;
  accounting(): Accounting;
  deadLetters(o: Asked['deadLetters']): { items: LogDeadLetter[]; total: number };
  replay(sourceId?: string): Promise<{ replayed: number; fixed: number }>;
  /** Resolves once everything that can be read now is committed. */
  settle(): Promise<void>;
  /** Follows all sources until the returned function is called. */
  start(): () => void;
  /** Statements that take away all lines of a source (the company's, when its copy is cleared) and let it begin anew. */
  forget(sourceId: string): Statement[];
  /** Drops days older than the time to live. */
  expire(): Promise<void>;
  readonly changed: Emitter<LogsChange>;
  close(): Promise<void>;
}

/** One cell of the roll-ups. Templates are as they stand now (merges followed); `at` is the bucket's start. */
export type MinuteCount = {
  readonly at: number;
  readonly sourceId: string;
  readonly service: string;
  readonly level: Level | null;
  readonly template: number;
  readonly lines: number;
};

export interface LogExplore {
  lines(o: OfLines<'lines'> & { signal?: AbortSignal }): Promise<LinePage>;
  context(o: Asked['context']): Promise<LogLine[]>;
  counts(o: OfLines<'counts'>): LogCounts;
  /** Counts of the lines themselves, whatever the filter asks; they grow, and the last ones are exact. @throws `logs.bad-regex` */
  countFound(o: OfLines<'countFound'> & { signal?: AbortSignal | undefined }): AsyncIterable<FoundCounts>;
  /** Every line of the filter, oldest first, in pages; for detectors and exports. */
  scan(filter: LineFilter, signal?: AbortSignal): AsyncIterable<readonly LogLine[]>;
  /** Values of a template's parameters in its newest stored lines; an absorbed or merged id means the template it belongs to now. */
  parameters(template: number): Promise<ParameterStats[]>;
  /** Roll-ups in order of time, exact; `unit` hour is coarser and cheaper. */
  minutes(o: { from: number; to: number; unit?: 'minute' | 'hour' }): Iterable<MinuteCount>;
  bookmark(lineId: number, on: boolean, note: string | null): Promise<LogLine>;
  saved(): SavedSearch[];
  /** takes the place of the one of this name */
  save(name: string, filter: SavedFilter): Promise<SavedSearch>;
  removeSaved(id: string): Promise<void>;
  export(
    filter: LineFilter,
    format: 'text' | 'csv' | 'json',
  ): Promise<{ name: string; mime: string; text: string }>;
  /** A source's bytes as they came; the last part tells their SHA-256, and from where they are. @throws `not-found` */
  original(o: Asked['original'] & { signal?: AbortSignal | undefined }): AsyncIterable<OriginalPart>;
  close(): Promise<void>;
}

export interface LogTemplates {
  list(o?: Asked['templates']): { templates: LogTemplate[]; total: number };
  /** null: never was. An absorbed or merged id gives the template it belongs to now. */
  get(id: number): LogTemplate | null;
  /** what it says on its own, or its name, though it be part of another now; '' when it never was */
  textOf(id: number): string;
  history(id: number): TemplateChange[];
  /** The id a template's lines are counted under now. */
  resolve(id: number): number;
  /** `id` and everything absorbed or merged into it. */
  family(id: number): readonly number[];
  rename(id: number, name: string | null, actor: string): Promise<LogTemplate>;
  lock(id: number, locked: boolean, actor: string): Promise<LogTemplate>;
  mark(id: number, mark: TemplateMark, actor: string): Promise<LogTemplate>;
  merge(into: number, ids: readonly number[], actor: string): Promise<LogTemplate>;
  unmerge(id: number, actor: string): Promise<LogTemplate>;
  split(id: number, parameter: number, values: readonly string[], actor: string): Promise<LogTemplate[]>;
}

export interface Logs extends LogSources, LogExplore {
  readonly templates: LogTemplates;
  /**
   * Reads a file as `ingest` does and moves its blocks to the company's ClickHouse as they are made; without a file, the blocks of all
   * sources as they stand. @throws `logs.clickhouse-…`
   */
  ship(
    o: Omit<Parameters<LogSources['ingest']>[0], 'file'> & { file: string | null },
  ): Promise<(Shipped & { readonly source: LogSource })[]>;
  /** host and port of the company's ClickHouse; null: none is named */
  clickHouse(): string | null;
  close(): Promise<void>;
}
