import type { Fact, Lang } from '../api/contract/common.ts';
import type { Log } from '../kernel/log.ts';
import type { MessageBody } from './contract/chat.ts';
import type { Line } from './draft.ts';
import { type Filled, fillSlots, type Mark } from './facts.ts';

export type WordedLine = Filled & Omit<Line, 'text'>;

/** The number gate: figures of a text that no fact covers. */
export function strayFigures({ text, marks }: Filled): string[] {
  let rest = text;
  for (const { start, end } of [...marks].sort((a, b) => b.start - a.start))
    rest = `${rest.slice(0, start)}\n${rest.slice(end)}`;
  return rest.normalize('NFKC').match(/[\p{N}%‰]+/gu) ?? [];
}

/** The composer's lines, filled. One that fails the number gate is left out, and logged as the bug it is. */
export function fillLines(
  lines: readonly Line[],
  { facts, lang, log }: { readonly facts: readonly Fact[]; readonly lang: Lang; readonly log: Log },
): WordedLine[] {
  return lines.flatMap((line) => {
    const filled = fillSlots(line.text, facts, lang);
    const stray = filled ? strayFigures(filled) : [];
    if (filled && stray.length === 0) return [{ ...line, ...filled }];
    log.error('a composed line did not pass the number gate and was left out', { line: line.text, stray });
    return [];
  });
}

export type Joined = {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly sections: NonNullable<MessageBody['sections']>;
};
/** Joins worded lines; marks move with them, and each section of a structured answer is told by its heading and its end. */
export function joinLines(lines: readonly WordedLine[]): Joined {
  let text = '';
  const marks: Mark[] = [];
  const sections: { key: string; start: number; end: number; bodyEnd: number }[] = [];
  for (const line of lines) {
    if (text) text += line.before;
    const start = text.length;
    for (const mark of line.marks)
      marks.push({ fact: mark.fact, start: mark.start + start, end: mark.end + start });
    text += line.text;
    if (line.section === undefined) continue;
    const open = sections.at(-1);
    if (open?.key === line.section) open.bodyEnd = text.length;
    else sections.push({ key: line.section, start, end: text.length, bodyEnd: text.length });
  }
  return { text, marks, sections };
}
