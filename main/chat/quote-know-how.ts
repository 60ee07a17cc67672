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
