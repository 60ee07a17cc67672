import type { Place } from './contract/knowledge.ts';
import { breaksOf, type PlaceMark, placeOf } from './places.ts';

/**
 * A searchable piece of a document. `heading`: what it stands under; it helps the vector and is not shown twice. `from`, `to`: the
 * stretch of the document it is made of, UTF-16 units. `place`: where that stands in its file.
 */
export type Chunk = {
  readonly text: string;
  readonly heading: string;
  readonly from: number;
  readonly to: number;
  readonly place: Place | null;
};

/** characters: from ENOUGH on, a paragraph's end ends the chunk; MOST is never passed */
const ENOUGH = 200;
const MOST = 400;
/** a longer last sentence is not repeated in the next chunk */
const LONGEST_OVERLAP = 150;

const HEADING = /^(?:(#{1,6})\s+(.+)|[■◆●▼]\s*(\S.{0,60})|【(.{1,60})】)$/u;
const LIST_ITEM =
  /^(?:[-*+・•◦▪‣]\s*|[0-9０-９]{1,3}[.．)）、]\s*|[①-⑳]\s*|[(（][0-9０-９a-zA-Z]{1,3}[)）]\s*)\S/u;
/** after 。！？ and closing brackets; after a Latin full stop only before a space, so that 1.5 and app.log stay whole */
const SENTENCE_END = /(?<=[。！？][」』）)"]*)(?![。！？」』）)"])|(?<=[.!?．]["')]*)\s+/u;

/** A piece of a line and where it stands in the whole text. */
type Piece = { readonly text: string; readonly from: number; readonly to: number };
type Unit = Piece & { readonly newLine: boolean };

const trimmed = (text: string, from: number): Piece => {
  const start = from + (text.length - text.trimStart().length);
  const kept = text.trim();
  return { text: kept, from: start, to: start + kept.length };
};
function sentencesOf(line: Piece): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const part of line.text.split(SENTENCE_END)) {
    const start = line.text.indexOf(part, at);
    at = start + part.length;
    const piece = trimmed(part, line.from + start);
    if (piece.text !== '') found.push(piece);
  }
  return found;
}

/** Sentences of one line, in order; nothing but space is lost. */
export const splitSentences = (line: string): string[] =>
  sentencesOf({ text: line, from: 0, to: line.length }).map((piece) => piece.text);

/** Cuts what is longer than a chunk, at the last comma or space before the limit where there is one. */
function* cutLong(sentence: Piece): Generator<Piece> {
  let rest = sentence;
  while (rest.text.length > MOST) {
    const head = rest.text.slice(0, MOST);
    const soft = Math.max(head.lastIndexOf('、'), head.lastIndexOf(','), head.lastIndexOf(' '));
    let cut = soft > MOST / 2 ? soft + 1 : MOST;
    if (/[\ud800-\udbff]/.test(rest.text.charAt(cut - 1))) cut--;
    yield trimmed(rest.text.slice(0, cut), rest.from);
    rest = trimmed(rest.text.slice(cut), rest.from + cut);
  }
  if (rest.text) yield rest;
}

const joinUnits = (units: readonly Unit[]): string =>
  units
    .map((u, i) => {
      if (i === 0) return u.text;
      const before = units[i - 1]?.text.at(-1) ?? '';
      return `${u.newLine ? '\n' : /[\x21-\x7e]/.test(before) ? ' ' : ''}${u.text}`;
    })
    .join('');

/** The lines of a text with where each begins; any line ending. */
function* linesOf(text: string): Generator<Piece> {
  let from = 0;
  for (const end of text.matchAll(/\r\n?|\n|$/g)) {
    yield trimmed(text.slice(from, end.index), from);
    from = end.index + end[0].length;
  }
}

/**
 * Chunks of about 200–400 characters along headings, paragraphs, list items and sentences of either language. The last
 * sentence of a chunk opens the next one under the same heading, so that no thought is cut off from its neighbour.
 * @param marks where stretches of the text stand in its file, ascending; no chunk goes over from one slide or sheet to another,
 *   nor from a page to the next but with a sentence that does
 */
export function splitChunks(text: string, marks: readonly PlaceMark[] = []): Chunk[] {
  const breaks = breaksOf(marks, text);
  const chunks: Chunk[] = [];
  const headings: string[] = [];
  let units: Unit[] = [];
  let fresh = 0;
  const size = (): number => units.reduce((sum, u) => sum + u.text.length + 1, 0);
  const flush = (overlap: boolean): void => {
    const [first, last] = [units[0], units.at(-1)];
    if (fresh > 0 && first && last)
      chunks.push({
        text: joinUnits(units),
        heading: headings.filter(Boolean).join(' '),
        from: first.from,
        to: last.to,
        place: placeOf(marks, first.from, last.to),
      });
    units = overlap && last && last.text.length <= LONGEST_OVERLAP ? [{ ...last, newLine: false }] : [];
    fresh = 0;
  };
  for (const line of linesOf(text)) {
    if (breaks.has(line.from)) {
      flush(false);
      headings.length = 0;
    }
    const heading = HEADING.exec(line.text);
    if (heading) {
      flush(false);
      const level = heading[1]?.length ?? 1;
      headings.length = level - 1;
      headings[level - 1] = (heading[2] ?? heading[3] ?? heading[4] ?? '').trim();
      units = [{ ...line, newLine: false }];
      fresh = 1;
      continue;
    }
    if (line.text === '') {
      if (size() >= ENOUGH) flush(true);
      continue;
    }
    const sentences = LIST_ITEM.test(line.text) ? [line] : sentencesOf(line);
    sentences
      .flatMap((s) => [...cutLong(s)])
      .forEach((piece, i) => {
        if (units.length > 0 && size() + piece.text.length > MOST) flush(true);
        if (size() + piece.text.length > MOST) units = [];
        units.push({ ...piece, newLine: i === 0 });
        fresh++;
      });
  }
  flush(false);
  return chunks;
}
