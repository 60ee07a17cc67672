import type { Bilingual, Lang } from '../api/contract/common.ts';
import { fillBoth, type Params, type Words } from '../kernel/words.ts';
import type { FactBook } from './facts.ts';

/** One sentence or list entry with its slots; `before` is what parts it from the one above. */
export type Line = {
  readonly before: '' | ' ' | '\n' | '\n\n';
  readonly text: string;
  /** stands as it is: a quotation, a heading */
  readonly fixed?: true;
  /** the part of a structured answer it belongs to */
  readonly section?: string;
  /** evidence that a model may put first within its group: a part stands by itself, its sentences stay together */
  readonly weighs?: { readonly group: number; readonly part: number };
};

/** The answer as it is being composed: sentences in one language, numbers only as slots of the book. */
export class Draft {
  readonly lines: Line[] = [];
  readonly lang: Lang;
  readonly book: FactBook;
  private next: Line['before'] | null = null;
  private part: string | null = null;
  private weighing: Line['weighs'];
  constructor(lang: Lang, book: FactBook) {
    this.lang = lang;
    this.book = book;
  }
  /** a sentence; an empty one is left out */
  say(ja: string, en: string): this {
    return this.put(this.lang === 'ja' ? ja : en, this.lang === 'ja' ? '' : ' ');
  }
  /** an entry of a list, on a line of its own */
  entry(ja: string, en: string): this {
    this.next = '\n';
    this.put(this.lang === 'ja' ? `・${ja}` : `• ${en}`, '\n');
    this.next = '\n';
    return this;
  }
  /** a sentence kept as data, filled */
  tell(words: Words, slots: Params = {}): this {
    const { ja, en } = fillBoth(words, slots);
    return this.say(ja, en);
  }
  /** the same as an entry of a list */
  item(words: Words, slots: Params = {}): this {
    const { ja, en } = fillBoth(words, slots);
    return this.entry(ja, en);
  }
  /** the next sentence begins a paragraph */
  paragraph(): this {
    this.next = '\n\n';
    return this;
  }
  /** what follows belongs to this part of a structured answer, under its heading; null: to none */
  section(key: string | null, title: Bilingual = { ja: '', en: '' }): this {
    this.part = key;
    if (key === null) return this.paragraph();
    this.next = '\n\n';
    this.put(title[this.lang], '\n\n', true);
    this.next = '\n';
    return this;
  }
  /** Evidence, each part said by one of these: which of them leads is for a model to weigh. */
  weigh(parts: readonly (() => void)[]): this {
    const group = this.lines.length;
    for (const [part, say] of parts.entries()) {
      this.weighing = { group, part };
      say();
    }
    this.weighing = undefined;
    return this;
  }
  pick(words: Bilingual): string {
    return words[this.lang];
  }
  private put(text: string, usual: Line['before'], fixed = false): this {
    if (!text) return this;
    this.lines.push({
      before: this.lines.length === 0 ? '' : (this.next ?? usual),
      text,
      ...(fixed ? { fixed } : {}),
      ...(this.part === null ? {} : { section: this.part }),
      ...(this.weighing ? { weighs: this.weighing } : {}),
    });
    this.next = null;
    return this;
  }
}
/** 「A、B、C」 / “A, B and C” */
export const enumerate = (parts: readonly string[], lang: Lang): string => {
  if (lang === 'ja') return parts.join('、');
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
};
