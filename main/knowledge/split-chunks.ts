/** A searchable piece of a document. `heading`: what it stands under; it helps the vector and is not shown twice. */
export type Chunk = { readonly text: string; readonly heading: string };

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

/** Sentences of one line, in order; nothing but space is lost. */
export const splitSentences = (line: string): string[] =>
  line
    .split(SENTENCE_END)
    .map((s) => s.trim())
    .filter((s) => s !== '');

/** Cuts what is longer than a chunk, at the last comma or space before the limit where there is one. */
function* cutLong(sentence: string): Generator<string> {
  let rest = sentence;
  while (rest.length > MOST) {
    const head = rest.slice(0, MOST);
    const soft = Math.max(head.lastIndexOf('、'), head.lastIndexOf(','), head.lastIndexOf(' '));
    let cut = soft > MOST / 2 ? soft + 1 : MOST;
    if (/[\ud800-\udbff]/.test(rest.charAt(cut - 1))) cut--;
    yield rest.slice(0, cut).trim();
    rest = rest.slice(cut).trim();
  }
  if (rest) yield rest;
}

type Unit = { readonly text: string; readonly newLine: boolean };
const joinUnits = (units: readonly Unit[]): string =>
  units
    .map((u, i) => {
      if (i === 0) return u.text;
      const before = units[i - 1]?.text.at(-1) ?? '';
      return `${u.newLine ? '\n' : /[\x21-\x7e]/.test(before) ? ' ' : ''}${u.text}`;
    })
    .join('');

/**
 * Chunks of about 200–400 characters along headings, paragraphs, list items and sentences of either language. The last
 * sentence of a chunk opens the next one under the same heading, so that no thought is cut off from its neighbour.
 */
export function splitChunks(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  const headings: string[] = [];
  let units: Unit[] = [];
  let fresh = 0;
  const size = (): number => units.reduce((sum, u) => sum + u.text.length + 1, 0);
  const flush = (overlap: boolean): void => {
    if (fresh > 0) chunks.push({ text: joinUnits(units), heading: headings.filter(Boolean).join(' ') });
    const last = units.at(-1);
    units = overlap && last && last.text.length <= LONGEST_OVERLAP ? [{ ...last, newLine: false }] : [];
    fresh = 0;
  };
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n')) {
    const line = raw.trim();
    const heading = HEADING.exec(line);
    if (heading) {
      flush(false);
      const level = heading[1]?.length ?? 1;
      headings.length = level - 1;
      headings[level - 1] = (heading[2] ?? heading[3] ?? heading[4] ?? '').trim();
      units = [{ text: line, newLine: false }];
      fresh = 1;
      continue;
    }
    if (line === '') {
      if (size() >= ENOUGH) flush(true);
      continue;
    }
    const sentences = LIST_ITEM.test(line) ? [line] : splitSentences(line);
    sentences
      .flatMap((s) => [...cutLong(s)])
      .forEach((piece, i) => {
        if (units.length > 0 && size() + piece.length > MOST) flush(true);
        if (size() + piece.length > MOST) units = [];
        units.push({ text: piece, newLine: i === 0 });
        fresh++;
      });
  }
  flush(false);
  return chunks;
}
