import type { Fact } from '../../../main/api/contract/common.ts';
import type { MessageBody } from '../../../main/chat/contract/chat.ts';

export type Piece = { readonly text: string; readonly fact: Fact | null; readonly start: number };

/** The answer cut at its marks. Marks that overlap or leave the text are passed over, never the text itself. */
export function cutAtMarks(text: string, marks: MessageBody['marks'], facts: readonly Fact[]): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    if (mark.start < done || mark.end > text.length || mark.end <= mark.start) continue;
    if (mark.start > done) pieces.push({ text: text.slice(done, mark.start), fact: null, start: done });
    const fact = facts.find((f) => f.id === mark.fact) ?? null;
    pieces.push({ text: text.slice(mark.start, mark.end), fact, start: mark.start });
    done = mark.end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), fact: null, start: done });
  return pieces;
}

export type Tailed = Piece & {
  /** punctuation right behind a fact: it stays on the fact's line, though a button may be followed by a break */
  readonly tail: string;
};
const TAIL = /^[、。，．,.）)」』】！？!?：；:;％%]+/;
/** The same text, with the punctuation behind each fact taken to it. */
export function withTails(pieces: readonly Piece[]): Tailed[] {
  return pieces.flatMap((piece, i) => {
    const after = pieces[i + 1];
    const tail = piece.fact && after && !after.fact ? (TAIL.exec(after.text)?.[0] ?? '') : '';
    const before = piece.fact ? 0 : (pieces[i - 1]?.fact && TAIL.exec(piece.text)?.[0].length) || 0;
    const text = piece.text.slice(before);
    return text || tail ? [{ ...piece, text, start: piece.start + before, tail }] : [];
  });
}

export type Part = {
  readonly key: string;
  readonly isHeading: boolean;
  readonly start: number;
  readonly end: number;
};
/** The answer's headings and what stands between them, in order; one part where it has no sections. */
export function partsOf(text: string, sections: MessageBody['sections']): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const { key, start, end } of (sections ?? []).toSorted((a, b) => a.start - b.start)) {
    if (start < done || end > text.length) continue;
    if (start > done) parts.push({ key: `before ${key}`, isHeading: false, start: done, end: start });
    parts.push({ key, isHeading: true, start, end });
    done = end;
  }
  if (done < text.length) parts.push({ key: 'rest', isHeading: false, start: done, end: text.length });
  return parts;
}
