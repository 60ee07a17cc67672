import type { MessageBody } from '../api/contract/chat.ts';
import type { Fact, Lang } from '../api/contract/common.ts';
import type { Log } from '../kernel/log.ts';
import { type CheckInput, checkText, type Violation } from './check.ts';
import { type Bend, bendsOf } from './check-meaning.ts';
import type { Line } from './draft.ts';
import { type Filled, fillSlots, type Mark, slotsOf } from './facts.ts';

export type WordedLine = Filled & {
  readonly before: Line['before'];
  readonly by: 'composer' | 'model';
  readonly section?: string | undefined;
  readonly fixed?: boolean | undefined;
};
export type WordingInput = {
  readonly lines: readonly Line[];
  readonly facts: readonly Fact[];
  readonly lang: Lang;
  readonly names: Pick<CheckInput, 'allowedNames' | 'people' | 'places'>;
  readonly log: Log;
};

const sameSlots = (a: string, b: string): boolean =>
  [...new Set(slotsOf(a))].sort().join() === [...new Set(slotsOf(b))].sort().join();

export type Refusal = 'slots' | readonly (Violation | Bend)[];
/** Why a model's line may not take the place of the composer's; null when it may. Both hold slots. */
export function refusalOf(
  line: string,
  draftLine: string,
  { facts, lang, names }: Pick<WordingInput, 'facts' | 'lang' | 'names'>,
): Refusal | null {
  if (!sameSlots(line, draftLine)) return 'slots';
  const filled = fillSlots(line, facts, lang);
  if (!filled) return 'slots';
  // only code writes facts: one that the model spelt out, even rightly, is not covered
  const found = checkText(filled.text, { ...names, facts: [], lang, marks: filled.marks });
  if (found.length > 0) return found;
  const bends = bendsOf(line, draftLine, facts, lang);
  return bends.length > 0 ? bends : null;
}

/** The composer's lines, filled. One that fails its own gate is null: left out, and logged as the bug it is. */
export function fillLines({ lines, facts, lang, names, log }: WordingInput): (WordedLine | null)[] {
  return lines.map(({ text, before, section, fixed }) => {
    const filled = fillSlots(text, facts, lang);
    const found = filled ? checkText(filled.text, { ...names, facts: [], lang, marks: filled.marks }) : [];
    if (filled && found.length === 0) return { ...filled, before, by: 'composer', section, fixed };
    log.error('a composed line did not pass its own gate and was left out', { line: text, found });
    return null;
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
