/** One line of any kind: JSON, pairs, labels, XML, or a head in any notation; and, where its message is a line of its own, that line. */
import type { Level, ParsedLine } from '../types.ts';
import { findInstant, type HeadHints, readHead, withoutColours } from './general.ts';
import { levelInMessage, levelOf, levelOfPriority, troubleOf } from './levels.ts';
import { namesColumn } from './names.ts';
import { DATED } from './notations.ts';
import {
  isLabel,
  parseJsonLine,
  parseLabelled,
  parseLogfmtLine,
  parseLoosePairs,
  parsePairCells,
  parseXmlEvent,
} from './parse-structured.ts';
import { unwrap, wrapped } from './unwrap.ts';

/** Lines that name their parts; null: it is not one. */
function readStructured(line: string): ParsedLine | null {
  const first = line.charCodeAt(0);
  if (first === 123) return parseJsonLine(line) ?? parseLoosePairs(line);
  if (first === 60) return parseXmlEvent(line);
  if (first === 32 && /^\s+\{/.test(line)) return parseJsonLine(line);
  if (first === 34 || (first === 91 && line.includes(']['))) {
    const cells = parsePairCells(line);
    if (cells || first === 34) return cells;
  }
  if (line.includes('\t') || isLabel(line)) {
    const labelled = parseLabelled(line);
    if (labelled) return labelled;
  }
  if (/^(?:- \{|\p{L}[\w.]*(?:: |=>|=[^\s;|]+[;|]))/u.test(line) && /, |[;|]/.test(line)) {
    const loose = parseLoosePairs(line);
    if (loose) return loose;
  }
  const sign = line.indexOf('=');
  return sign > 0 && sign < 40 && /^[\w@.-]+=/.test(line) ? parseLogfmtLine(line) : null;
}

/** `… start_time="2026-11-23 13:01:05" …`, `… Time: 2026-11-23 13:01:05`, `… (2026-11-23 13:01:05)`: the only instant stands behind the text. */
const TAIL = new RegExp(
  `(?:\\(|(?<=[\\s(])([\\p{L}_-]{2,20})(?:="?|: ?))(${DATED})(?:\\)$|"|(?=\\s|$))`,
  'u',
);
const MAY_HAVE_TAIL = /=|\)$|: ?\d.*\d$/;
function withTail(line: string, front: ParsedLine | null): ParsedLine | null {
  const found = MAY_HAVE_TAIL.test(line) ? TAIL.exec(line) : null;
  if (!found || (found[1] !== undefined && !namesColumn(found[1], 'time'))) return front;
  return { content: line, ...front, time: found[2] ?? '' };
}

/** Null where the line has neither a time nor a level. */
export function readAny(original: string, hints?: HeadHints): ParsedLine | null {
  const line = withoutColours(original);
  const outer = wrapped(line) && unwrap(line);
  if (outer) {
    const inner = readAny(outer.content, hints);
    return inner ? merged(outer, inner) : outer;
  }
  const front = readStructured(line) ?? behindPriority(line) ?? readHead(line, hints);
  const own = front?.time === undefined ? withTail(line, front) : front;
  return own && completed(withInner(own));
}

/** `<134>id=firewall time="…" …`: pairs behind a priority. */
function behindPriority(line: string): ParsedLine | null {
  if (line.charCodeAt(0) !== 60) return null;
  const found = /^<(\d{1,3})>(?=[\w.]+=)/.exec(line);
  const pairs = found && parseLogfmtLine(line.slice(found[0].length));
  const level = found ? levelOfPriority(found[1] ?? '') : undefined;
  return pairs && { ...(level ? { level } : {}), ...pairs };
}

/** A message that is a line by itself tells its level and who speaks. */
function withInner(outer: ParsedLine): ParsedLine {
  const inner = readInner(outer.content);
  return inner ? merged(outer, inner) : outer;
}
function readInner(content: string): ParsedLine | null {
  const first = content.charCodeAt(0);
  // what cannot begin such a line is not tried: most messages
  if (first === 123) return parseJsonLine(content);
  const second = content.charCodeAt(1);
  const isGlued = first >= 65 && first <= 90 && second >= 48 && second <= 57;
  // `10.2.0.254 date=… level=…`: pairs behind the host of a relay
  const relayed = /^([\w.:-]*\d[\w.:-]*):? +(?=[\w.-]+=)/.exec(content);
  if (relayed) {
    const pairs = parseLogfmtLine(content.slice(relayed[0].length));
    if (pairs) return { host: relayed[1] ?? '', ...pairs };
  }
  if (first === 60 || first === 91 || (first >= 48 && first <= 57) || isGlued) {
    const place = findInstant(content);
    if (!place || place.start > 1) return null;
    const found = readHead(content);
    return found?.time !== undefined &&
      found.content.length < content.length - 8 &&
      /[:/-]\d/.test(found.time)
      ? found
      : null;
  }
  const sign = content.indexOf('=');
  return sign > 0 &&
    sign < 24 &&
    /^(?:(?:level|severity|lvl|time|ts|msg|logger)=|[\w.-]+=\S* +[\w.-]+=)/.test(content)
    ? parseLogfmtLine(content)
    : null;
}
/** The instant is the outer one's, which has its zone and its date; the rest the inner one's, where it tells it; a process that names itself is who speaks. */
function merged(outer: ParsedLine, inner: ParsedLine): ParsedLine {
  const time = outer.time !== undefined && isFull(outer.time) ? outer.time : (inner.time ?? outer.time);
  const own = outer.service !== undefined && outer.pid !== undefined ? { service: outer.service } : {};
  return { ...outer, ...inner, ...own, ...(time === undefined ? {} : { time }) };
}
/** With a year and a zone. */
const isFull = (time: string): boolean =>
  /^\d{4}-.*(?:Z|[+-]\d\d:?\d\d)$/.test(time) || /^\d{10,}/.test(time);

/** With the level its message tells, where its header told none. @param whole where a value may tell it, too */
export function completed(line: ParsedLine, whole = line.content): ParsedLine {
  if (line.level !== undefined) return line;
  const level = levelInMessage(line.content) ?? levelInPairs(whole);
  return level === undefined ? line : { ...line, level };
}
const PAIR = /([\p{L}_.]{2,30})=(?:"([^"]{1,40})"|([^\s",;]{1,40}))/gu;
/** `状態=異常終了`: a value under a name for levels or states. */
function levelInPairs(content: string): Level | undefined {
  if (!content.includes('=')) return undefined;
  for (const [, name = '', quoted, bare] of content.slice(0, 400).matchAll(PAIR))
    if (namesColumn(name, 'level') || namesColumn(name, 'status')) {
      const value = quoted ?? bare ?? '';
      const level = namesColumn(name, 'level') && value.length > 1 ? levelOf(value) : troubleOf(value);
      if (level) return level;
    }
  return undefined;
}
