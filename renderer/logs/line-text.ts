/** A line cut into what stays the same and what varies, so that each value can be clicked. */
import type { LogLine, LogTemplate, ParameterType } from '../../main/logs/contract/logs.ts';

export type Segment = {
  readonly text: string;
  /** which parameter of the template it is; absent: plain text */
  readonly parameter?: { readonly index: number; readonly type: ParameterType };
};

const typesOf = (template: LogTemplate | undefined): ParameterType[] =>
  template?.parts.flatMap((part) => (part.kind === 'parameter' ? [part.type] : [])) ?? [];

/** The original text from its first to its last character. */
export function rawSegments(line: LogLine, template: LogTemplate | undefined): Segment[] {
  const types = typesOf(template);
  const found = line.parameters
    .map(([start, end], index) => ({ start, end, index }))
    .filter((parameter) => parameter.end > parameter.start)
    .sort((a, b) => a.start - b.start);
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end, index } of found) {
    if (start < at) continue;
    if (start > at) segments.push({ text: line.text.slice(at, start) });
    segments.push({ text: line.text.slice(start, end), parameter: { index, type: types[index] ?? 'text' } });
    at = end;
  }
  if (at < line.text.length) segments.push({ text: line.text.slice(at) });
  return segments;
}

/**
 * What the line says, without the header that the other columns show already: the template with this line's values in its parameters.
 * The original where the template does not cover every value (e.g. after a merge by hand), or says too little of a joined line.
 */
export function messageSegments(line: LogLine, template: LogTemplate | undefined): Segment[] {
  if (!template || template.parts.length === 0) return rawSegments(firstLine(line), template);
  const segments: Segment[] = [];
  let parameter = 0;
  for (const part of template.parts) {
    const gap = part.gap && segments.length > 0 ? ' ' : '';
    if (part.kind !== 'parameter') {
      segments.push({ text: gap + part.text });
      continue;
    }
    const [start, end] = line.parameters[parameter] ?? [0, 0];
    if (end <= start) return rawSegments(firstLine(line), template);
    if (gap) segments.push({ text: gap });
    segments.push({ text: line.text.slice(start, end), parameter: { index: parameter, type: part.type } });
    parameter += 1;
  }
  // words that are not in the line: it was mined as another template and merged since
  const holds = segments.every((s) => s.parameter || line.text.includes(s.text.trim()));
  return holds ? segments : rawSegments(firstLine(line), template);
}
/** The head of a joined line. */
export function firstLine(line: LogLine): LogLine {
  const end = line.text.search(/\r?\n/);
  return end < 0
    ? line
    : {
        ...line,
        text: line.text.slice(0, end),
        parameters: line.parameters.map((h) => (h[1] <= end ? h : [0, 0])),
      };
}
/** What was joined to the head: a stack trace. */
export function continuation(line: LogLine): string[] {
  const lines = line.text.split(/\r?\n/);
  return lines.slice(1);
}

const foldChar = (char: string): string => {
  const folded = char.normalize('NFKC').toLowerCase();
  if (folded.length !== 1) return char;
  return folded >= 'ァ' && folded <= 'ヶ' ? String.fromCharCode(folded.charCodeAt(0) - 0x60) : folded;
};
/** Width, case and kana made one, character by character, so that places stay the same. */
export const foldEach = (text: string): string => Array.from(text, foldChar).join('');

/** The words to mark in a text: as the search reads them, the excluded ones left out. */
export function searchedWords(words: string): string[] {
  const found = [...words.matchAll(/(-?)"([^"]+)"|(\S+)/g)].flatMap(([, minus, phrase, word]) => {
    if (phrase !== undefined) return minus ? [] : [phrase];
    return word === undefined || word.startsWith('-') ? [] : [word];
  });
  return found.map(foldEach).filter((word) => word !== '');
}
/** Where the words stand in a text, as [start, end) in order, not overlapping. */
export function markedPlaces(text: string, words: readonly string[]): (readonly [number, number])[] {
  if (words.length === 0 || text.length > 20_000) return [];
  const folded = foldEach(text);
  if (folded.length !== text.length) return [];
  const places: [number, number][] = [];
  for (const word of words)
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      places.push([at, at + word.length]);
  places.sort((a, b) => a[0] - b[0]);
  return places.filter(([start], i) => i === 0 || start >= (places[i - 1]?.[1] ?? 0));
}
