/**
 * Where the values of a template's parameters stand in a line. The line is cut into tokens as the miner cuts it and laid against the
 * template's parts, so a parameter's ends are those the miner saw; only where that cannot be (the content is escaped inside JSON) the
 * words between the parameters are searched for.
 */

import type { Part } from '../types.ts';
import { joined } from './phrase-frames.ts';
import { Scanner } from './scan-tokens.ts';
import { otherReading, type Shaped, shapeTokens } from './shape-tokens.ts';

/** [start, end) in the text; end 0: not in this line. */
export type Span = [start: number, end: number];

const scanner = new Scanner();
/** Places in a line at which its content is tried to begin. */
const MAX_STARTS = 48;

/**
 * One span per parameter of `parts`, in `text`, a raw line with its header (or several lines: the first has the values). `content`: what
 * the miner was given of it, where that is known; without it, the line's end is taken to be the content.
 */
export function parametersOf(parts: readonly Part[], text: string, content?: string): Span[] {
  if (!parts.some((p) => p.kind === 'parameter')) return [];
  const head = firstLine(text);
  const from = content === undefined ? -1 : head.lastIndexOf(content);
  return (
    (content !== undefined && from >= 0
      ? aligned(parts, content, from)
      : (alignedInRecord(parts, head) ?? alignedEnd(parts, head))) ??
    searched(parts, head) ??
    parts.filter((p) => p.kind === 'parameter').map((): Span => [0, 0])
  );
}
/** The value of one parameter in a line; null where it is not found. */
export function valueIn(
  parts: readonly Part[],
  parameter: number,
  text: string,
  content?: string,
): string | null {
  const [start, end] = parametersOf(parts, text, content)[parameter] ?? [0, 0];
  return end > 0 ? text.slice(start, end) : null;
}

const firstLine = (text: string): string => {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, text.charCodeAt(end - 1) === 13 ? end - 1 : end);
};

function aligned(parts: readonly Part[], content: string, offset: number): Span[] | null {
  scanner.scan(content);
  const tokens = shapeTokens(scanner);
  const own = laid(parts, tokens, content, 0);
  if (own) return moved(own, offset);
  const other = otherReading(tokens);
  const again = other && laid(parts, other, content, 0);
  return again && moved(again, offset);
}
const moved = (spans: Span[], by: number): Span[] =>
  by === 0 ? spans : spans.map(([start, end]): Span => [start + by, end + by]);

const STRING = /"((?:[^"\\]|\\.)*)"/g;
/** A JSON record says it in one of its strings, wherever that stands. */
function alignedInRecord(parts: readonly Part[], head: string): Span[] | null {
  const [word = ''] = parts.flatMap((part) => (part.kind === 'word' ? part.text.split('<*>') : []));
  if (word === '' || !head.startsWith('{')) return null;
  for (const { 1: content = '', index } of head.matchAll(STRING)) {
    const spans = content.includes(word) ? aligned(parts, content, index + 1) : null;
    if (spans) return spans;
  }
  return null;
}

function alignedEnd(parts: readonly Part[], head: string): Span[] | null {
  scanner.scan(head);
  const starts = Array.from(scanner.start.subarray(0, scanner.count));
  const tokens = shapeTokens(scanner);
  for (const reading of [tokens, otherReading(tokens)]) {
    for (let more = 0; reading && more <= MAX_MORE; more++) {
      const whole = laid(parts, reading, head, reading.length - parts.length - more);
      if (whole) return whole;
    }
  }
  // the header's last value and the content's first may have been read as one list
  for (const start of starts.slice(-MAX_STARTS)) {
    const spans = aligned(parts, head.slice(start), start);
    if (spans) return spans;
  }
  return null;
}

/** More tokens than parts by so many: one parameter may hold a phrase of several words. */
const MAX_MORE = 5;
/** The spans when tokens `from` to the last are those of `parts`. */
function laid(parts: readonly Part[], tokens: readonly Shaped[], text: string, from: number): Span[] | null {
  const more = tokens.length - from - parts.length;
  if (from < 0 || more < 0 || more > MAX_MORE) return null;
  if (more === 0) return laidAt(parts, tokens, text, from);
  for (const [at, part] of parts.entries()) {
    if (part.kind !== 'parameter' || part.type !== 'text') continue;
    const spans = laidAt(parts, joined(tokens, from + at, more + 1), text, from);
    if (spans) return spans;
  }
  return null;
}
function laidAt(
  parts: readonly Part[],
  tokens: readonly Shaped[],
  text: string,
  from: number,
): Span[] | null {
  const spans: Span[] = [];
  for (let i = 0; i < parts.length; i++) {
    const [part, token] = [parts[i], tokens[from + i]];
    if (!part || !token) return null;
    if (part.kind === 'parameter') spans.push([token.start, token.end]);
    else if (token.text !== part.text && !isLike(part.text, text.slice(token.start, token.end))) return null;
  }
  return spans;
}
/** `eth<*>` is like `eth0`. */
function isLike(pattern: string, word: string): boolean {
  if (pattern === word) return true;
  if (!pattern.includes('<*>')) return false;
  let at = 0;
  const pieces = pattern.split('<*>');
  for (const [i, piece] of pieces.entries()) {
    if (!word.startsWith(piece, at)) return false;
    at += piece.length;
    if (i === pieces.length - 1) break;
    const from = at;
    while (/[0-9０-９]/.test(word.charAt(at))) at++;
    if (at === from) return false;
  }
  return at === word.length;
}

/** The words between the parameters, looked for from the end backwards. */
function searched(parts: readonly Part[], head: string): Span[] | null {
  const spans: Span[] = [];
  let next = head.length;
  let open: number | null = null; // the end of a parameter whose start is not known yet
  let tight = false; // whether the part after stands right behind
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i];
    if (!part) return null;
    if (part.kind === 'parameter') {
      if (open === null) open = tight ? next : head.slice(0, next).trimEnd().length;
      tight = !part.gap;
      spans.unshift([0, open]);
      continue;
    }
    const literal = part.text.split('<*>')[0] ?? '';
    const at = head.lastIndexOf(literal, next - literal.length);
    if (at < 0 || next < literal.length) return null;
    const first = spans[0];
    if (open !== null && first) {
      const [begin, end] = trimmed(head, at + literal.length, open);
      first[0] = begin;
      first[1] = end;
      open = null;
    }
    next = at;
    tight = !part.gap;
  }
  const first = spans[0];
  if (open !== null && first) {
    const [begin] = trimmed(
      head,
      Math.max(head.lastIndexOf(' ', open - 2), head.lastIndexOf('"', open - 2)) + 1,
      open,
    );
    first[0] = begin;
  }
  return spans.every(([start, end]) => end > start) ? spans : null;
}
function trimmed(text: string, start: number, end: number): Span {
  let [from, to] = [start, end];
  while (from < to && text.charCodeAt(from) <= 32) from++;
  while (to > from && text.charCodeAt(to - 1) <= 32) to--;
  return [from, to];
}
