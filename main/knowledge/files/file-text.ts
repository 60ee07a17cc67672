import { AppError } from '../../kernel/errors.ts';
import { KNOWLEDGE_LIMITS } from '../config.ts';
import type { Place } from '../contract/knowledge.ts';
import type { PlaceMark } from '../places.ts';

/** The words of a file and where each stands in it. The text neither begins nor ends with space. */
export type FileText = {
  readonly text: string;
  readonly marks: readonly PlaceMark[];
  readonly author: string | null;
};

/** how far a file is read: pages, sheets or slides */
export type Progress = (done: number, total: number) => void;

/** control characters that stand in no text */
const CONTROL = /[^\P{Cc}\t\n]/gu;

/** Gathers paragraphs in the order of the file. Throws `knowledge.too-large` as soon as there are too many characters. */
export class TextWriter {
  private readonly parts: string[] = [];
  private readonly marks: PlaceMark[] = [];
  private length = 0;
  private place: Place | null = null;
  private isMarked = true;
  /** What comes from now on stands here. */
  at(place: Place): void {
    this.place = place;
    this.isMarked = false;
  }
  /** A paragraph of its own; nothing where it is only space. */
  paragraph(text: string): void {
    this.add(text, '\n\n');
  }
  /** A line under the one before. */
  line(text: string): void {
    this.add(text, '\n');
  }
  private add(given: string, parted: string): void {
    const text = given.replace(CONTROL, '').trim();
    if (text === '') return;
    if (this.length > 0) {
      this.parts.push(parted);
      this.length += parted.length;
    }
    if (!this.isMarked && this.place) this.marks.push({ from: this.length, at: this.place });
    this.isMarked = true;
    this.parts.push(text);
    this.length += text.length;
    if (this.length > KNOWLEDGE_LIMITS.characters)
      throw new AppError('knowledge.too-large', {
        size: `${KNOWLEDGE_LIMITS.characters.toLocaleString('en')}+`,
        limit: KNOWLEDGE_LIMITS.characters.toLocaleString('en'),
      });
  }
  done(author: string | null = null): FileText {
    return { text: this.parts.join(''), marks: this.marks, author: author?.trim() || null };
  }
}
