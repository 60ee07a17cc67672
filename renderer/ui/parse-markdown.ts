/** Headings, paragraphs, lists, tables, fenced code; bold, code and links inside. Enough for our manual, and nothing else. */
export type Block = { readonly line: number } & (
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly id: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
);
export type Inline =
  | { readonly kind: 'text' | 'bold' | 'code'; readonly at: number; readonly text: string }
  | { readonly kind: 'link'; readonly at: number; readonly text: string; readonly href: string };

const ITEM = /^\s*(?:[-*]|(\d+)\.)\s+(.*)$/;
const FENCE = /^```/;
const HEADING = /^(#{1,3})\s+(.*)$/;
const starts = (line: string): boolean =>
  ITEM.test(line) || FENCE.test(line) || HEADING.test(line) || line.startsWith('|');
export const headingId = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
const cells = (line: string): string[] =>
  line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());

export function parseBlocks(source: string): Block[] {
  const lines = source.split(/\r?\n/);
  const blocks: Block[] = [];
  const takeWhile = (from: number, keep: (line: string) => boolean): string[] => {
    const end = lines.findIndex((line, i) => i >= from && !keep(line));
    return lines.slice(from, end < 0 ? lines.length : end);
  };
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') i += 1;
    else if (FENCE.test(line)) {
      const body = takeWhile(i + 1, (l) => !FENCE.test(l));
      blocks.push({ kind: 'code', line: i, text: body.join('\n') });
      i += body.length + 2;
    } else if (heading) {
      const text = heading[2] ?? '';
      const level = heading[1]?.length === 1 ? 1 : heading[1]?.length === 2 ? 2 : 3;
      blocks.push({ kind: 'heading', line: i, level, text, id: headingId(text) });
      i += 1;
    } else if (line.startsWith('|')) {
      const rows = takeWhile(i, (l) => l.startsWith('|'));
      const [head = '', , ...body] = rows;
      blocks.push({ kind: 'table', line: i, head: cells(head), rows: body.map(cells) });
      i += rows.length;
    } else if (ITEM.test(line)) {
      const rows = takeWhile(i, (l) => ITEM.test(l) || /^\s{2,}\S/.test(l));
      const items: string[] = [];
      for (const row of rows) {
        const item = ITEM.exec(row)?.[2];
        if (item !== undefined) items.push(item);
        else items.push(`${items.pop() ?? ''} ${row.trim()}`);
      }
      blocks.push({ kind: 'list', line: i, ordered: ITEM.exec(line)?.[1] !== undefined, items });
      i += rows.length;
    } else {
      const rows = [line, ...takeWhile(i + 1, (l) => l.trim() !== '' && !starts(l))];
      blocks.push({ kind: 'text', line: i, text: rows.join(' ') });
      i += rows.length;
    }
  }
  return blocks;
}

const MARK = /\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\((#[^)\s]*)\)/g;
/** Only links inside the app (`#/…`) are links; everything else stays text. */
export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const found of text.matchAll(MARK)) {
    if (found.index > at) parts.push({ kind: 'text', at, text: text.slice(at, found.index) });
    const [whole, bold, code, label, href] = found;
    if (bold !== undefined) parts.push({ kind: 'bold', at: found.index, text: bold });
    else if (code !== undefined) parts.push({ kind: 'code', at: found.index, text: code });
    else parts.push({ kind: 'link', at: found.index, text: label ?? '', href: href ?? '' });
    at = found.index + whole.length;
  }
  if (at < text.length) parts.push({ kind: 'text', at, text: text.slice(at) });
  return parts;
}
