import type { FileText, Progress } from './file-text.ts';
import { TextWriter } from './file-text.ts';
import type { Package } from './open-package.ts';
import { type Element, parseXml } from './parse-xml.ts';
import { type ListNumbers, readNumbering } from './word-numbering.ts';

/**
 * Not the words of the document: what was deleted or moved away with changes tracked, readings over characters (ruby), codes of fields,
 * and the second form of what has two.
 */
const SKIPPED = new Set(['del', 'moveFrom', 'rt', 'instrText', 'delText', 'delInstrText', 'Fallback']);

type Style = {
  readonly name: string;
  readonly basedOn: string | null;
  readonly level: number | null;
  readonly list: ListMark | null;
};
type ListMark = { readonly list: string; readonly level: number };
type Paragraph = {
  text: string;
  style: string | null;
  level: number | null;
  list: string | null;
  listLevel: number | null;
};
type Table = { cells: string[]; cell: string[] };

const isOn = (element: Element): boolean => !/^(?:0|false|off|none)$/.test(element.attribute('val') ?? '');
const numberOf = (element: Element): number | null => {
  const value = Number(element.attribute('val') ?? Number.NaN);
  return Number.isInteger(value) ? value : null;
};
/** 0–8 are the nine levels of headings, 9 is body text, ISO/IEC 29500-1 17.3.1.20 */
const BODY_LEVEL = 9;

/** The words of a Word document under its headings; a table's row is a line. Hidden text and tables of contents are left out. */
export async function readWord(file: Package, progress: Progress): Promise<FileText> {
  progress(0, 1);
  const relations = await file.relations(file.main);
  const partOf = (type: string): string | undefined => relations.find((r) => r.type === type)?.part;
  const [stylesPart, numberingPart] = [partOf('styles'), partOf('numbering')];
  const styles = readStyles(stylesPart ? await file.text(stylesPart) : null);
  const numbers = readNumbering(numberingPart ? await file.text(numberingPart) : null);
  const writer = new TextWriter();
  readBody((await file.text(file.main)) ?? '', styles, numbers, writer);
  progress(1, 1);
  return writer.done(await file.author());
}

function readStyles(xml: string | null): ReadonlyMap<string, Style> {
  const styles = new Map<string, Style>();
  let id: string | null = null;
  let style = { name: '', basedOn: null as string | null, level: null as number | null };
  let list: { list: string | null; level: number | null } = { list: null, level: null };
  if (xml !== null)
    parseXml(xml, {
      open(element) {
        const value = element.attribute('val');
        if (element.name === 'style') {
          id = element.attribute('styleId');
          style = { name: '', basedOn: null, level: null };
          list = { list: null, level: null };
        } else if (element.name === 'name') style.name = value ?? '';
        else if (element.name === 'basedOn') style.basedOn = value;
        else if (element.name === 'outlineLvl') style.level = numberOf(element);
        else if (element.name === 'numId') list.list = value;
        else if (element.name === 'ilvl') list.level = numberOf(element);
      },
      close(name) {
        if (name !== 'style' || id === null) return;
        styles.set(id, {
          ...style,
          list: list.list === null ? null : { list: list.list, level: list.level ?? 0 },
        });
        id = null;
      },
    });
  return styles;
}

/** What a style says, or the one it is based on. A chain that comes back to itself ends. */
function fromStyle<T>(
  styles: ReadonlyMap<string, Style>,
  id: string | null,
  read: (style: Style) => T | null,
): T | null {
  const seen = new Set<string>();
  for (let at = id; at !== null && !seen.has(at); at = styles.get(at)?.basedOn ?? null) {
    seen.add(at);
    const style = styles.get(at);
    const found = style ? read(style) : null;
    if (found !== null) return found;
  }
  return null;
}
const headingLevel = ({ name, level }: Style): number | null => {
  if (level !== null) return level;
  const numbered = /^heading (\d)$/i.exec(name)?.[1];
  if (numbered) return Number(numbered) - 1;
  return /^title$/i.test(name) ? 0 : null;
};

function readBody(
  xml: string,
  styles: ReadonlyMap<string, Style>,
  numbers: ListNumbers,
  writer: TextWriter,
): void {
  const paragraphs: Paragraph[] = [];
  const tables: Table[] = [];
  /** runs stand in runs where characters have readings */
  const runs: { isHidden: boolean }[] = [];
  let inText = 0;
  let inRunSettings = false;

  const put = (text: string): void => {
    const paragraph = paragraphs.at(-1);
    if (paragraph && !runs.some((run) => run.isHidden)) paragraph.text += text;
  };
  const end = ({ text, style, level, list, listLevel }: Paragraph): void => {
    const isContents =
      fromStyle(styles, style, ({ name }) => (/^toc \d$/i.test(name) ? true : null)) === true;
    if (isContents || text.trim() === '') return;
    const heading = level ?? fromStyle(styles, style, headingLevel) ?? BODY_LEVEL;
    const inherited = fromStyle(styles, style, (found) => found.list);
    const mark = numbers.next(list ?? inherited?.list ?? null, listLevel ?? inherited?.level ?? 0);
    const words = mark === null ? text.trim() : `${mark} ${text.trim()}`;
    const table = tables.at(-1);
    if (table) table.cell.push(words);
    else if (heading < BODY_LEVEL) {
      const line = words.replace(/\s+/g, ' ');
      writer.at({ kind: 'heading', heading: line });
      writer.paragraph(`${'#'.repeat(Math.min(6, heading + 1))} ${line}`);
    } else if (mark !== null) writer.line(words);
    else writer.paragraph(words);
  };
  const endRow = (table: Table): void => {
    const row = table.cells.join('、');
    table.cells = [];
    const outer = tables.at(-2);
    if (outer) outer.cell.push(row);
    else writer.line(row);
  };

  parseXml(
    xml,
    {
      open(element) {
        const paragraph = paragraphs.at(-1);
        switch (element.name) {
          case 'p':
            paragraphs.push({ text: '', style: null, level: null, list: null, listLevel: null });
            return;
          case 'r':
            runs.push({ isHidden: false });
            return;
          case 'rPr':
            inRunSettings = runs.length > 0;
            return;
          case 'vanish': {
            const run = runs.at(-1);
            if (run && inRunSettings && isOn(element)) run.isHidden = true;
            return;
          }
          case 't':
            inText++;
            return;
          case 'tab':
            if (runs.length > 0) put(' ');
            return;
          case 'br':
          case 'cr':
            put('\n');
            return;
          case 'noBreakHyphen':
            put('-');
            return;
          case 'tbl':
            tables.push({ cells: [], cell: [] });
            return;
        }
        if (!paragraph) return;
        if (element.name === 'pStyle') paragraph.style = element.attribute('val');
        else if (element.name === 'outlineLvl') paragraph.level = numberOf(element);
        else if (element.name === 'numId') paragraph.list = element.attribute('val');
        else if (element.name === 'ilvl') paragraph.listLevel = numberOf(element);
      },
      text(text) {
        if (inText > 0) put(text);
      },
      close(name) {
        const table = tables.at(-1);
        if (name === 'p') {
          const paragraph = paragraphs.pop();
          if (paragraph) end(paragraph);
        } else if (name === 'r') runs.pop();
        else if (name === 'rPr') inRunSettings = false;
        else if (name === 't') inText--;
        else if (table && name === 'tc') {
          const cell = table.cell.join(' ').trim();
          if (cell !== '') table.cells.push(cell);
          table.cell = [];
        } else if (table && name === 'tr') endRow(table);
        else if (name === 'tbl') tables.pop();
      },
    },
    SKIPPED,
  );
}
