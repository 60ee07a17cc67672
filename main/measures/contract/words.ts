// What limits an answer of numbers, in words. Pure.

import type { Lang } from '../../api/contract/common.ts';
import { fill, type Words } from '../../kernel/words.ts';
import type { Note } from './measures.ts';
import words from './words.json' with { type: 'json' };

/** `{x}` is filled from the note's parameters, `x.ja` and `x.en` before `x`. */
const NOTES: Readonly<Record<string, Words>> = words.notes;
export const wordNote = ({ code, params }: Note, lang: Lang): string =>
  fill(NOTES[code] ?? { ja: code, en: code }, params, lang);
