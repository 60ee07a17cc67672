/** The reader of one source: what its first lines have taught, applied line by line. */
import type { Format, ParsedLine } from '../types.ts';
import { type Columns, directive, isHeader, isOpenRow, readRow } from './columns.ts';
import { formatStillNamed } from './formats.ts';
import { findInstant, type HeadHints, withoutColours } from './general.ts';
import { type Layout, LayoutReader } from './layout.ts';
import { levelOfRank } from './levels.ts';
import { namesColumn } from './names.ts';
import { parseJsonLine, parsePairLines, parseXmlEvent } from './parse-structured.ts';
import { completed, readAny } from './read-any.ts';
import type { DateOrder } from './read-time.ts';
import { wrapped } from './unwrap.ts';

/** What was learned of a source besides its format. Plain data: it is kept with the source's place. */
export type Plan = {
  readonly columns?: Columns;
  /** how the first line of a record looks, where records have several; `dated`: it has a date in its head */
  readonly begins?: string;
  /** other formats some of its lines are in, by name */
  readonly also?: readonly string[];
  /** lines without a head belong to the dated one before them */
  readonly joins?: boolean;
  /** most lines have a level right behind the instant */
  readonly levels?: boolean;
  /** most lines have it farther behind */
  readonly isFar?: boolean;
  /** most lines have who speaks before a colon or in a round bracket */
  readonly names?: boolean;
  /** so many words stand between the instant and the level in most lines */
  readonly levelWord?: number;
  /** the columns of most heads */
  readonly layout?: Layout;
  /** levels are numbers that rise from this one, which most lines have */
  readonly usualRank?: number;
  /** of dates in three short numbers; `unsettled`: the lines do not say which */
  readonly order?: DateOrder;
  readonly unsettled?: boolean;
};

/** A record of several lines that is not at its end. */
type Open = 'row' | 'json' | 'xml' | 'part' | 'block';

export class LineReader {
  private readonly format: Format;
  private readonly also: readonly Format[];
  private readonly hints: HeadHints;
  private readonly beginnings: readonly ((line: string) => boolean)[];
  private readonly joins: boolean;
  private readonly usualRank: number | undefined;
  private columns: Columns | null;
  private open: Open | null = null;
  private depth = 0;

  constructor(format: Format, plan: Plan = {}) {
    this.format = format;
    this.also = (plan.also ?? []).map(formatStillNamed);
    this.joins = plan.joins ?? false;
    this.usualRank = plan.usualRank;
    this.columns = plan.columns ?? null;
    this.beginnings = [
      ...(format.begins ? [format.begins] : []),
      ...(plan.begins === undefined ? [] : [beginningOf(plan.begins)]),
    ];
    this.hints = {
      levels: plan.levels ?? false,
      isFar: plan.isFar ?? false,
      names: plan.names ?? false,
      ...(plan.levelWord === undefined ? {} : { levelWord: plan.levelWord }),
      ...(plan.layout === undefined ? {} : { layout: new LayoutReader(plan.layout) }),
    };
  }

  /** The record read last needs more lines: empty ones are of it, too. */
  get isOpen(): boolean {
    return this.open !== null;
  }
  /** The record read last gets no more lines, whatever they are. */
  close(): void {
    this.open = null;
  }

  /** A head; `joins`: a line of the record before it; null: it has no header. */
  read(line: string): ParsedLine | 'joins' | null {
    const text = withoutColours(line);
    if (this.open !== null && this.goesOn(text)) return 'joins';
    const { format } = this;
    if (this.columns?.isDirective && text.charCodeAt(0) === 35) {
      this.columns = directive(text, !this.columns.isUtc) ?? this.columns;
      return null;
    }
    const begun = this.begin(text, format);
    if (begun) return begun;
    if (!format.begins) {
      if (format.joins?.(text)) return 'joins';
      const parsed = format.name === 'general' ? this.general(text) : this.named(text);
      if (parsed) return completed(parsed);
    }
    // a line of its own in a source of something else; what is indented belongs to the line before it
    if (format.name === 'general' || text.charCodeAt(0) <= 32) return this.joins ? 'joins' : null;
    const other = readAny(text, this.hints);
    return other?.time === undefined ? null : other;
  }
  /** All lines of a record, read together. */
  whole(text: string): ParsedLine | null {
    const clean = withoutColours(text);
    const [first = '', ...rest] = clean.split(/\r?\n/);
    const { format } = this;
    const parsed = format.begins?.(first) ? format.parse(clean) : null;
    if (parsed) return completed(parsed);
    if (this.columns) {
      const row = readRow(clean, this.columns);
      if (row) return completed(row);
    }
    const structured = clean.trimStart().startsWith('<')
      ? parseXmlEvent(clean)
      : parseJsonLine(clean.replaceAll('\n', ' '));
    if (wrapped(first)) return readAny(clean);
    if (structured) return structured;
    const pairs = parsePairLines(clean);
    if (pairs) return pairs;
    const head = readAny(first, this.hints);
    // an instant or a name alone in its line: the next line says what happened
    const said = rest.find((line) => /[\p{L}\p{N}]/u.test(line) && !CIRCUMSTANCES.test(line.trim()));
    if (!head || said === undefined) return head;
    const { isWhole, ...given } = head;
    const own = withoutCircumstances(given);
    const next = own.level === undefined ? readAny(said) : null;
    if (next?.level !== undefined && next.time === undefined)
      return { ...own, level: next.level, content: next.content };
    return completed({ ...own, content: /[\p{L}\p{N}]/u.test(own.content) ? own.content : said.trim() });
  }

  private begin(text: string, format: Format): ParsedLine | null {
    if (this.begins(text)) return this.opened('block', text);
    if (this.columns) {
      if (this.columns.delimiter !== ' ' && isOpenRow(text)) {
        return this.opened('row', text);
      }
      const row = readRow(text, this.columns);
      if (row) return completed(row, this.columns.names ? row.content : text);
      if (isHeader(text, this.columns)) return { content: text };
    }
    const first = text.charCodeAt(0);
    if (first === 123 || (first === 32 && /^ +\{/.test(text))) {
      const part = wrapped(text);
      if (part?.isPart) return this.opened('part', text);
      if (part) return null;
      this.depth = depthOf(text, 0);
      if (this.depth > 0 && format.name !== 'plain') return this.opened('json', text);
    } else if (first === 60 && /^<(?:\w+:)?[Ee]vent\b/.test(text)) {
      if (!/<\/(?:\w+:)?[Ee]vent>/.test(text) && !/\/>\s*$/.test(text)) return this.opened('xml', text);
    } else if (first >= 48 && first <= 57 && text.includes(' P ')) {
      if (wrapped(text)?.isPart) return this.opened('part', text);
    }
    return null;
  }
  private begins(text: string): boolean {
    return this.beginnings.some((begins) => begins(text));
  }
  private opened(open: Open, content: string): ParsedLine {
    this.open = open;
    return { content, isWhole: true };
  }
  /** Whether the line belongs to the open record; says when that ends. */
  private goesOn(text: string): boolean {
    switch (this.open) {
      case 'row':
        if (isOpenRow(text)) this.open = null;
        return true;
      case 'json':
        this.depth = depthOf(text, this.depth);
        if (this.depth <= 0) this.open = null;
        return true;
      case 'xml':
        if (/<\/(?:\w+:)?[Ee]vent>/.test(text)) this.open = null;
        return true;
      case 'part': {
        const part = wrapped(text);
        if (!part?.isPart) this.open = null;
        return part !== null;
      }
      case 'block':
        if (!this.begins(text)) return true;
        this.open = null;
        return false;
      default:
        return false;
    }
  }
  private named(text: string): ParsedLine | null {
    const parsed = this.format.parse(text);
    if (parsed !== null) return parsed;
    for (const other of this.also) {
      const read = other.parse(text);
      if (read !== null) return read;
    }
    return null;
  }
  private general(text: string): ParsedLine | null {
    const parsed = readAny(text, this.hints);
    if (parsed && parsed.content === '') return { ...parsed, isWhole: true };
    return parsed?.rank === undefined || this.usualRank === undefined
      ? parsed
      : { ...parsed, level: levelOfRank(parsed.rank, this.usualRank) };
  }
}

/** `Process(12.1) User(mqm) Program(amqzmuc0)`: where it happened, not what. */
const CIRCUMSTANCES = /^(?:[A-Za-z]\w*\([^()]*\) *)+$/;
const PROGRAM = /([A-Za-z]\w*)\(([^()]+)\)/g;
function withoutCircumstances(line: ParsedLine): ParsedLine {
  if (!CIRCUMSTANCES.test(line.content)) return line;
  const found = [...line.content.matchAll(PROGRAM)].find(([, name = '']) => namesColumn(name, 'service'));
  return { ...line, ...(found?.[2] === undefined ? {} : { service: found[2] }), content: '' };
}

/** What a plan's `begins` says. */
const beginningOf = (begins: string): ((line: string) => boolean) => {
  if (begins === 'dated') return isDated;
  const pattern = new RegExp(begins);
  return (line) => pattern.test(line);
};
/** Whether a date stands in a line's head. */
export const isDated = (line: string): boolean =>
  line.charCodeAt(0) > 32 && findInstant(withoutColours(line))?.kind === 'dated';

/** How many braces are open behind a line; those in quotes do not count. */
function depthOf(text: string, before: number): number {
  let depth = before;
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 34) isQuoted = !isQuoted;
    else if (!isQuoted && code === 123) depth++;
    else if (!isQuoted && code === 125) depth--;
  }
  return depth;
}
