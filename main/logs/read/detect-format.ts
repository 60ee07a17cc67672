/** What a source's first lines are: a named format where one fits, the general reader where none does, and what else they teach. */
import type { Format } from '../types.ts';
import { type Columns, learnColumns, readRow } from './columns.ts';
import { formatNamed, formatsNow, isOwn } from './formats.ts';
import { findInstant, hasFarLevel, levelWord, readHead, withoutColours, wordBehind } from './general.ts';
import { continues } from './join-lines.ts';
import { isName, type Layout, learnLayout } from './layout.ts';
import { bareLevelOf, levelInMessage, levelOf } from './levels.ts';
import { isDated, LineReader, type Plan } from './line-reader.ts';
import { PAIR_LINE, parsePairLines, parseXmlEvent, RULE_LINE } from './parse-structured.ts';
import { readAny } from './read-any.ts';
import { settleOrder } from './read-time.ts';

export { formatNamed };

/** Lines looked at before a source's format is settled. */
export const DETECTION_LINES = 1000;
/** Below this share of parsed lines a source has no header worth taking off. */
const MIN_RATE = 0.5;
/** Rates closer than this are equal; the format that says more wins. */
const RATE_STEP = 0.02;
/** A format of a lower rank knows dates and levels of any kind: it wins only where it parses so much more than one that says more. */
const SPECIFIC = 20;
const BETTER_BY = 0.1;
/** Share of lines with a level behind the instant that makes it their place. */
const LEVEL_RATE = 0.8;
/** The most usual number of a scale that rises at most, and so far above it is its end. */
const MOST_RISING = 2;
const MOST_ABOVE = 3;
/** Lines by which a layout is judged. */
const JUDGED_LINES = 200;
/** Different words there at most, where not all are levels. */
const MOST_KINDS = 8;

export type Detected = {
  readonly format: Format;
  /** share of the lines looked at that parse */
  readonly rate: number;
  readonly plan: Plan;
};

/** The lines a format is judged by: those that continue another are not held against it. */
export function headsOf(lines: readonly string[]): string[] {
  const said = lines.filter((line) => line.trim());
  const standing = said.filter((line) => !continues(line));
  return standing.length > 0 ? standing : said;
}

/** The format that parses most of `lines`; plain text when none parses half of them. */
export function detectFormat(lines: readonly string[], named: readonly Format[] = formatsNow()): Detected {
  const heads = headsOf(lines).slice(0, DETECTION_LINES);
  const plain = formatNamed('plain');
  if (!heads.length) return { format: plain, rate: 0, plan: {} };
  const columns = learnColumns(heads.some((line) => line.includes('"')) ? lines : heads);
  const table = columns && tableRate(lines, columns);
  if (columns && table !== null && (columns.names || !best(heads, named) || table > 0.9) && table >= MIN_RATE)
    return { format: formatNamed('general'), rate: table, plan: planOf({ columns }) };
  const block = bestBlock(lines, named);
  if (block) return { ...block, plan: {} };
  const first = best(heads, named);
  const begins = first ? null : learnBeginning(lines);
  if (begins !== null) return { format: formatNamed('general'), rate: 1, plan: { begins } };
  const { format, rate } = first ?? bestGeneral(lines, heads) ?? { format: plain, rate: 1 };
  if (format === plain) return { format, rate, plan: {} };
  const plan: { -readonly [K in keyof Plan]: Plan[K] } = {};
  if (first?.also) plan.also = first.also;
  if (columns && format.name === 'general' && table !== null && table >= MIN_RATE) plan.columns = columns;
  if (format.name === 'general' && !plan.columns && isUnderDated(lines)) plan.joins = true;
  if (format.name === 'general' && hasLevels(heads)) plan.levels = true;
  if (format.name === 'general' && hasNames(heads)) plan.names = true;
  const word = format.name === 'general' && !plan.columns && !plan.levels ? levelPlace(heads) : -1;
  if (word >= 0) plan.levelWord = word;
  if (format.name === 'general' && !plan.columns && isFar(heads)) plan.isFar = true;
  const layout =
    format.name === 'general' && !plan.columns ? learnLayout(heads.map(withoutColours), findInstant) : null;
  if (layout && saysMore(heads, plan, layout)) plan.layout = layout;
  const rank = format.name === 'general' ? usualRank(heads) : null;
  if (rank !== null) plan.usualRank = rank;
  return { format, rate, plan };
}
/** The level's number most lines have, where numbers rise with trouble; null: they fall, as those of syslog, or there are none. */
function usualRank(heads: readonly string[]): number | null {
  const ranks = heads.slice(0, JUDGED_LINES).flatMap((line) => readAny(line)?.rank ?? []);
  const most = mostOf(ranks);
  // a scale of five begins with debugging, and is often kept from its warnings on
  const usual = most === 2 && !ranks.includes(5) ? 1 : most;
  return usual === undefined || usual > MOST_RISING || ranks.some((rank) => rank > usual + MOST_ABOVE)
    ? null
    : usual;
}
function mostOf(values: readonly number[]): number | undefined {
  const count = (value: number): number => values.filter((other) => other === value).length;
  return [...new Set(values)].sort((a, b) => count(b) - count(a) || a - b)[0];
}
/** Whether the lines read by their layout tell as much as each read by itself, for most of them. */
function saysMore(heads: readonly string[], plan: Plan, layout: Layout): boolean {
  const general = formatNamed('general');
  const [alone, together] = [new LineReader(general, plan), new LineReader(general, { ...plan, layout })];
  let [lines, level, service, own, longer] = [0, 0, 0, 0, 0];
  for (const line of heads.slice(0, JUDGED_LINES)) {
    const [a, b] = [alone.read(line), together.read(line)];
    if (a === null || b === null || a === 'joins' || b === 'joins') continue;
    lines++;
    level += Number(b.level !== undefined) - Number(a.level !== undefined);
    const isNamed = a.service !== undefined && isName(a.service);
    service += Number(b.service !== undefined) - Number(isNamed);
    own += Number(isNamed);
    longer += Number(b.content.length > a.content.length);
  }
  // a name few lines have is none
  return level >= 0 && (service >= 0 || own < lines / 2) && longer < lines / 2;
}
const planOf = ({ columns }: { readonly columns: Columns }): Plan => ({ columns });

/** `also`: a site's own formats that other lines of the source are in */
type Fit = { readonly format: Format; readonly rate: number; readonly also?: readonly string[] };
/** The named format that fits best; null: none does, or the general reader fits so much better. */
function best(heads: readonly string[], named: readonly Format[]): Fit | null {
  let found: Fit | null = null;
  let score = 0;
  for (const format of named) {
    if (!format.hasHeader || format.begins || format.name === 'general') continue;
    const fitting = heads.filter((line) => format.parse(line) !== null || format.joins?.(line));
    const rate = fitting.length / heads.length;
    const own =
      Math.round((format.rank < SPECIFIC ? rate - BETTER_BY : rate) / RATE_STEP) * 1000 + format.rank;
    if (rate < MIN_RATE || own <= score) continue;
    score = own;
    found = { format, rate };
  }
  const own = ownTogether(heads, named);
  return own && (found === null || (isOwn(found.format) && own.rate > found.rate)) ? own : found;
}
/** A site's own formats where one file has lines of several: the one that fits most, and the others. */
function ownTogether(heads: readonly string[], named: readonly Format[]): Fit | null {
  const fits = named
    .filter((format) => isOwn(format) && !format.begins)
    .map((format) => ({ format, lines: heads.filter((line) => format.parse(line) !== null) }))
    .filter(({ lines }) => lines.length > 0)
    .sort((a, b) => b.lines.length - a.lines.length);
  const [most, ...others] = fits;
  if (!most || others.length === 0) return null;
  const rate = new Set(fits.flatMap(({ lines }) => lines)).size / new Set(heads).size;
  return rate < MIN_RATE
    ? null
    : { format: most.format, rate, also: others.map(({ format }) => format.name) };
}
/** Lines without a header between instants that stand alone are counted as theirs. */
function bestGeneral(lines: readonly string[], heads: readonly string[]): Fit | null {
  const format = formatNamed('general');
  const reader = new LineReader(format, { levels: hasLevels(heads) });
  let own = 0;
  let isUnder = false;
  const standing = lines.filter(
    (line) => line.trim() !== '' && (!continues(line) || reader.read(line) !== null),
  );
  for (const line of standing) {
    const read = reader.read(line);
    if (read !== null && read !== 'joins') {
      isUnder = read.isWhole === true && read.content === '';
      own++;
    } else if (read === 'joins' || isUnder) own++;
  }
  const rate = standing.length ? own / standing.length : 0;
  return rate >= MIN_RATE ? { format, rate } : null;
}
/** A format of records of several lines, each of which parses. */
function bestBlock(
  lines: readonly string[],
  named: readonly Format[],
): { readonly format: Format; readonly rate: number } | null {
  for (const format of named) {
    const { begins } = format;
    if (!begins) continue;
    const first = lines.findIndex((line) => begins(line));
    if (first < 0 || first > 20) continue;
    const records: string[][] = [];
    for (const line of lines.slice(first)) {
      if (begins(line)) records.push([]);
      records.at(-1)?.push(line);
    }
    const good = records.filter((record) => format.parse(record.join('\n')) !== null).length;
    if (good > 0 && good / records.length >= MIN_RATE) return { format, rate: good / records.length };
  }
  return null;
}
/** Of the lines of pairs, so many must be ones. */
const PAIR_RATE = 0.8;
/** How the first lines of records look, where every record has several; null: not so. */
function learnBeginning(lines: readonly string[]): string | null {
  const said = lines.filter((line) => line.trim() !== '');
  const rules = said.filter((line) => RULE_LINE.test(line)).length;
  const pairs = said.filter((line) => PAIR_LINE.test(line));
  const [first = ''] = said;
  if (pairs.length >= 3 && pairs.length >= (said.length - rules) * PAIR_RATE) {
    const key = PAIR_LINE.exec(first)?.[1];
    const begins = RULE_LINE.test(first)
      ? RULE_LINE.source
      : key === undefined
        ? // a title with a number: `Event[12]:`
          `^${literal(first).replace(/\d+/g, '\\d+')}$`
        : `^["']?${literal(key)}["']?\\s*[:=]`;
    const records = recordsOf(said, begins);
    if (records.every((record) => record.length > 1 && parsePairLines(record.join('\n')))) return begins;
  }
  const element = learnElement(said);
  if (element !== null) return element;
  // dated lines, each with others under it
  if (!isDated(first)) return null;
  let [dated, alone, under] = [0, 0, 0];
  said.forEach((line, i) => {
    if (!isDated(line)) under++;
    else {
      dated++;
      if (i + 1 < said.length && isDated(said[i + 1] ?? '')) alone++;
    }
  });
  return dated > 1 && ((alone === 0 && !isDated(said.at(-1) ?? '')) || under > dated) ? 'dated' : null;
}
const literal = (text: string): string => text.replace(/[^\p{L}\p{N} _]/gu, '\\$&');
/** How the first line of an element looks, where the lines are XML of elements with times. */
function learnElement(said: readonly string[]): string | null {
  const tags = said.flatMap((line) => /^\s*<([A-Za-z][\w:.-]*)[\s>]/.exec(line)?.[1] ?? []);
  if (tags.length < said.length * 0.3) return null;
  for (const tag of new Set(tags)) {
    const begins = `^\\s*<${tag}[\\s>]`;
    const records = recordsOf(said, begins);
    if (records.length > 0 && records.every((record) => parseXmlEvent(record.join('\n')))) return begins;
  }
  return null;
}
/** The records of several lines each; what stands before the first is left out. */
function recordsOf(said: readonly string[], begins: string): string[][] {
  const pattern = new RegExp(begins);
  const records: string[][] = [];
  for (const line of said)
    if (pattern.test(line)) records.push([line]);
    else records.at(-1)?.push(line);
  return records;
}
/** Dated lines and, under several of them, lines that have neither a time nor a level of their own. */
function isUnderDated(lines: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== '' && !continues(line));
  const dated = said.filter(isDated).length;
  const bearing = said.filter(
    (line, i) => isDated(line) && i + 1 < said.length && !isDated(said[i + 1] ?? ''),
  );
  return (
    bearing.length > 1 &&
    dated >= said.length / 2 &&
    isDated(said[0] ?? '') &&
    said.every((line) => isDated(line) || readHead(line) === null)
  );
}
function tableRate(lines: readonly string[], columns: Columns): number {
  const reader = new LineReader(formatNamed('general'), { columns });
  let records = 0;
  let rows = 0;
  for (const line of lines) {
    if (line.trim() === '' || (line.startsWith('#') && columns.isDirective)) continue;
    const read = reader.read(line);
    if (read === 'joins') continue;
    records++;
    if (read && (read.isWhole || readRow(line, columns))) rows++;
  }
  return records ? rows / (records - (columns.names && !columns.isDirective && records > 1 ? 1 : 0)) : 0;
}
/** A level where most lines have one: behind the instant, brackets and numbers. */
const LEVEL_PLACE = /^[\s\])>|,:#\d.-]*(?:[[{(][^\][{}()]*[\]})]\s*){0,3}[\s|:,-]*([\p{L}ー]+)[!\s:|,\])/]/u;
function hasLevels(heads: readonly string[]): boolean {
  const words = heads.flatMap((line) => {
    const found = findInstant(line);
    return LEVEL_PLACE.exec(line.slice(found?.end ?? 0))?.[1] ?? [];
  });
  const levels = words.filter((word) => levelOf(word) !== undefined);
  // few short words of one length, of which some are no level we know: `Std Trc Int Dbg`
  const kinds = new Set(words);
  if (
    words.length >= heads.length * LEVEL_RATE &&
    kinds.size <= MOST_KINDS &&
    kinds.size < words.length &&
    new Set([...kinds].map((word) => word.length)).size === 1 &&
    [...kinds].filter((word) => word.length > 2 && levelOf(word) !== undefined).length > 1
  )
    return true;
  // a letter is a level only beside others
  return (
    levels.length >= heads.length * LEVEL_RATE &&
    (levels.some((word) => bareLevelOf(word) !== undefined) ||
      (new Set(levels).size > 1 && levels.every((word) => word.length === 1)))
  );
}

/** A name of one word or several, then a colon, behind the head. */
const TITLED = /^\([A-Za-z][\w.-]{1,30}\) \S|^\p{Lu}[\p{L}\d]*(?: \p{Lu}[\p{L}\d]*){1,2}: \S/u;
const NAME_RATE = 0.9;
/** Whether most lines say who speaks before a colon, some of them in several words. */
function hasNames(heads: readonly string[]): boolean {
  const read = heads.flatMap((line) => readHead(line) ?? []);
  const titled = read.filter((line) => line.service === undefined && TITLED.test(line.content)).length;
  const named = read.filter((line) => line.service !== undefined).length;
  return titled > 1 && titled + named >= heads.length * NAME_RATE;
}

/** Words between the instant and the level at most. */
const FARTHEST = 4;
/** How many words stand between the instant and the level in most lines whose level is not read; -1: it stands in no one place. */
function levelPlace(heads: readonly string[]): number {
  const unread = heads.filter((line) => {
    const read = readHead(line);
    return read?.time !== undefined && read.level === undefined && levelInMessage(read.content) === undefined;
  });
  if (unread.length < heads.length / 2 || unread.length < 2) return -1;
  for (let place = 0; place <= FARTHEST; place++) {
    const words = heads.map((line) => {
      const [begin, end] = wordBehind(line, findInstant(line)?.end ?? 0, place);
      return begin < 0 ? '' : line.slice(begin, end);
    });
    // letters are levels only where nothing but such letters stands there
    const letters = words.every((word) => /^[VTDINWEFC]$/.test(word));
    const levels = words.filter(
      (word) => levelWord(word) !== undefined && (letters || word.replace(/\W/g, '').length > 1),
    );
    if (levels.length >= heads.length * LEVEL_RATE && new Set(levels.map(levelWord)).size > 1) return place;
  }
  return -1;
}

/** Of the lines whose level is not where heads have it, so many must have it farther behind; and of all lines. */
const FAR_RATE = 0.6;
const FAR_LEAST = 0.2;
function isFar(heads: readonly string[]): boolean {
  const missing = heads.filter((line) => readHead(line)?.level === undefined);
  const far = missing.filter((line) => hasFarLevel(line)).length;
  return far >= missing.length * FAR_RATE && far >= heads.length * FAR_LEAST;
}

/** The plan with the order of dates settled from the times of these lines. */
export function withOrder(
  detected: { readonly format: Format; readonly plan: Plan },
  lines: readonly string[],
  o: { readonly zone: string; readonly reference: number },
): Plan {
  const reader = new LineReader(detected.format, detected.plan);
  const times: string[] = [];
  for (const line of lines) {
    const read = reader.read(line);
    if (read !== null && read !== 'joins' && read.time !== undefined) times.push(read.time);
  }
  const settled = settleOrder(times, o);
  if (!settled) return detected.plan;
  return { ...detected.plan, order: settled.order, ...(settled.isSettled ? {} : { unsettled: true }) };
}
