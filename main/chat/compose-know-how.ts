import type { Draft } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { both } from './facts.ts';
import type { Question } from './question.ts';

/** How well a know-how text must fit before a sentence points to it, and before it is the answer to how something is done. */
const MENTION_FROM = 0.35;
const STRONG_FROM = 0.5;
const ASKS_HOW =
  /手順|手引き|マニュアル|やり方|方法|対処法|直し方|どうす[れる]|どうしたら|どのように|どう(?:対応|対処|直|復旧)|(?:誰|だれ|どこ)に(?:連絡|電話|報告)|連絡先|\b(?:procedures?|instructions?|manual|steps? (?:to|for)|how (?:do|can|should|to)|what (?:do|should|must) (?:i|we) do|who (?:do|should) (?:i|we) (?:call|contact|tell))\b/i;

/** A question how something is done that names logs only in passing: what the site wrote down about it is the answer. */
export const knowHowComesFirst = ({ text }: Pick<Question, 'text'>, { hits, logs }: Evidence): boolean =>
  ASKS_HOW.test(text) && (hits[0]?.score ?? 0) >= STRONG_FROM && logs?.named !== true;

/** The beginning of the know-how that fits best, with its title. */
export function sayKnowHow(draft: Draft, evidence: Evidence): void {
  const best = evidence.hits[0];
  if (!best || best.score < MENTION_FROM) return;
  const title = draft.book.name(best.title, both('ノウハウの題名', 'Title of the know-how'));
  const quote = draft.book.name(quoteOf(best.text), both(`「${best.title}」の一節`, `From “${best.title}”`));
  draft.paragraph();
  draft.say(`ノウハウ「${title}」より：「${quote}」`, `From the know-how “${title}”: “${quote}”`);
}

/** characters of a quotation */
const MOST = 90;

/** A heading stands for the title, which is told beside the quotation; rules and fences say nothing. */
const LEFT_OUT =
  /^(?:#{1,6}(?:\s.*)?|[■◆●▼]\s*\S.{0,60}|【.{1,60}】|[-=*_]{3,}|`{3,}.*|~{3,}.*|\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*)$/u;
const UNDERLINE = /^(?:={2,}|-{2,})$/;
/** quote marks, bullets and boxes to tick at the beginning of a line; numbers of steps stay, they are the order */
const OPENING = /^(?:>\s?)*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?/;
const INLINE: readonly (readonly [RegExp, string])[] = [
  [/!?\[([^\]]*)\]\([^)\s]*(?:\s"[^"]*")?\)/g, '$1'],
  [/(`+)(.+?)\1/g, '$2'],
  [/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/g, '$2'],
  [/~~(?=\S)(.+?)(?<=\S)~~/g, '$1'],
  [/(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])/g, '$1'],
  [/(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\p{L}\p{N}_])/gu, '$1'],
  [/\\([\\`*_{}[\]()#+\-.!|>~])/g, '$1'],
];

const plainLine = (line: string): string => {
  const words = line.startsWith('|')
    ? line
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean)
        .join('、')
    : line.replace(OPENING, '');
  return INLINE.reduce((text, [mark, kept]) => text.replace(mark, kept), words).trim();
};

/** The lines of a Markdown text as they are read, without headings and marks; of a text that is all headings these. */
function plainLines(text: string): string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  const told = lines.filter(
    (line, i) =>
      line !== '' && !LEFT_OUT.test(line) && !(UNDERLINE.test(lines[i + 1] ?? '') && line.length <= MOST),
  );
  const kept = told.length > 0 ? told : lines.map((line) => line.replace(/^#+\s*/, ''));
  return kept.map(plainLine).filter((line) => line !== '');
}

/** The beginning of a know-how text as one line of plain words, at a sentence's end where there is one. */
export function quoteOf(text: string): string {
  const line = plainLines(text).join(' ').replace(/\s+/g, ' ').replace(/[{}]/g, '').trim();
  if (line.length <= MOST) return line;
  const cut = [...line.slice(0, MOST)].join('').replace(/[\ud800-\udbff]$/, '');
  const end = Math.max(cut.lastIndexOf('。'), cut.lastIndexOf('. ')) + 1;
  return end > MOST / 3 ? cut.slice(0, end).trim() : `${cut.trim()}…`;
}
