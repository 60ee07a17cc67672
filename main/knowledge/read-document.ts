import { readCsv } from '../api/contract/csv.ts';
import { detectEncoding } from '../kernel/encoding.ts';
import { AppError } from '../kernel/errors.ts';
import { KNOW_HOW_FILE_LIMIT, KNOW_HOW_FILES, TEXT_FILES } from './contract/knowledge.ts';

/** A file as know-how. What a file does not say is empty or null. */
export type ReadDocument = {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly author: string | null;
};
export const MOST_TITLE = 300;
/** control characters that stand in no text; logs may hold escapes of colours */
const CONTROL = /[^\P{Cc}\t\n\f\r]/gu;
const ESCAPE = String.fromCharCode(27);

export const endingOf = (name: string): string => (/\.[^./\\]+$/.exec(name)?.[0] ?? '').toLowerCase();
export const fileTooLarge = (name: string, bytes: number, limit: number): AppError =>
  new AppError('knowledge.file-too-large', {
    name,
    size: `${(bytes / 1e6).toFixed(1)} MB`,
    limit: `${limit / 1e6} MB`,
  });

/**
 * The bytes of a file of text as know-how: its encoding found out, its markup taken off.
 * @throws AppError knowledge.wrong-kind, knowledge.file-too-large, knowledge.not-text, knowledge.empty
 */
export function readDocument(name: string, bytes: Uint8Array): ReadDocument {
  if (!(TEXT_FILES as readonly string[]).includes(endingOf(name)))
    throw new AppError('knowledge.wrong-kind', { name, known: KNOW_HOW_FILES.join(' ') });
  if (bytes.byteLength > KNOW_HOW_FILE_LIMIT) throw fileTooLarge(name, bytes.byteLength, KNOW_HOW_FILE_LIMIT);
  const text = decodeText(name, bytes);
  const ending = endingOf(name);
  const read =
    ending === '.html' || ending === '.htm'
      ? fromHtml(text)
      : ending === '.csv'
        ? fromTable(text, ',')
        : ending === '.tsv'
          ? fromTable(text, '\t')
          : fromMarkdown(text);
  if (read.text.trim() === '') throw new AppError('knowledge.empty');
  const bare = (name.split(/[/\\]/).at(-1) ?? name).replace(/\.[^.]+$/, '');
  return { ...read, title: (read.title.trim() || bare).slice(0, MOST_TITLE) };
}

function decodeText(name: string, bytes: Uint8Array): string {
  const encoding = detectEncoding(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('knowledge.not-text', { name }, { cause });
  }
  // a picture or a program decodes as something too, full of control characters
  const odd = (text.match(CONTROL) ?? []).filter((c) => c !== ESCAPE).length;
  if (odd > text.length / 1000) throw new AppError('knowledge.not-text', { name });
  return text.replace(CONTROL, '');
}

/** Markdown or plain text; what stands above it between `---` lines says title, tags and author. */
function fromMarkdown(text: string): ReadDocument {
  const front = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  const body = front ? text.slice(front[0].length) : text;
  const said = new Map(
    (front?.[1] ?? '').split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, key = '', value = ''] = /^(\w+)\s*:\s*(.*)$/.exec(line) ?? [];
      return key ? [[key.toLowerCase(), value.trim().replace(/^(["'])(.*)\1$/, '$2')]] : [];
    }),
  );
  return {
    title: said.get('title') ?? /^#\s+(.+)$/m.exec(body)?.[1] ?? '',
    text: body,
    tags: (said.get('tags') ?? '')
      .replace(/^\[|\]$/g, '')
      .split(/[,、]/)
      .map((tag) => tag.trim().replace(/^(["'])(.*)\1$/, '$2'))
      .filter((tag) => tag !== ''),
    author: said.get('author') || null,
  };
}

/** Every row as a paragraph of its own that names its columns, so that a row found alone can be understood. */
function fromTable(text: string, separator: string): ReadDocument {
  const [head = [], ...rows] = readCsv(text, separator);
  const paragraphs = rows.map((row) =>
    row
      .flatMap((value, i) => {
        const label = head[i]?.trim();
        return value.trim() === '' ? [] : [label ? `${label}: ${value.trim()}` : value.trim()];
      })
      .join('\n'),
  );
  const body = rows.length === 0 ? head.join('\n') : paragraphs.filter((p) => p !== '').join('\n\n');
  return { title: '', text: body, tags: [], author: null };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  yen: '¥',
  middot: '・',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  copy: '©',
};
const decodeEntities = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });

/** A page's words: headings as headings, list items as list items, nothing of its scripts and styles. */
function fromHtml(page: string): ReadDocument {
  const attribute = (tag: string): string | undefined =>
    new RegExp(`<meta[^>]+name\\s*=\\s*["']?${tag}["']?[^>]*content\\s*=\\s*["']([^"']*)`, 'i').exec(
      page,
    )?.[1];
  const title = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(page)?.[1] ?? '';
  const text = page
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style|head|template|noscript)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<h([1-6])\b[^>]*>/gi, (_, level: string) => `\n\n${'#'.repeat(Number(level))} `)
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/(?:td|th)\s*>/gi, '、')
    .replace(/<br\b[^>]*>|<\/?tr\b[^>]*>/gi, '\n')
    .replace(
      /<\/?(?:p|div|h[1-6]|ul|ol|table|section|article|blockquote|pre|dl|dd|dt|hr|body)\b[^>]*>/gi,
      '\n\n',
    )
    .replace(/<[^>]*>/g, '');
  const lines = decodeEntities(text)
    .split('\n')
    .map((line) => line.replace(/、\s*$/, '').trim());
  return {
    title: decodeEntities(title).replace(/\s+/g, ' '),
    text: lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    tags: (attribute('keywords') ?? '')
      .split(/[,、]/)
      .map((tag) => decodeEntities(tag).trim())
      .filter((tag) => tag !== ''),
    author: decodeEntities(attribute('author') ?? '').trim() || null,
  };
}
