import { type FileText, type Progress, TextWriter } from './file-text.ts';
import type { Package } from './open-package.ts';
import { type Element, parseXml } from './parse-xml.ts';
import { readSheetStyles, type SheetStyles, showNumber } from './sheet-values.ts';

type Cell = { readonly text: string; readonly isWord: boolean };
/** `number`: as the sheet counts its rows, from 1. */
type Row = { readonly number: number; readonly cells: Map<number, Cell> };

/** from so many columns on, rows name their columns; two read well side by side */
const COLUMNS = 3;

const inOrder = (row: Row): (readonly [number, string])[] =>
  [...row.cells]
    .sort(([a], [b]) => a - b)
    .map(([column, { text }]) => [column, text.replace(/\s*\n\s*/g, ' ')]);

/** Rows parted by empty ones are blocks of their own. */
function* blocksOf(rows: readonly Row[]): Generator<Row[]> {
  let block: Row[] = [];
  for (const row of rows) {
    if (row.cells.size === 0) continue;
    const last = block.at(-1);
    if (last && row.number > last.number + 1) {
      yield block;
      block = [];
    }
    block.push(row);
  }
  if (block.length > 0) yield block;
}

/** The row that names the columns of a block: the first with several cells, when all are words and rows follow. */
function headOf(block: readonly Row[]): number | null {
  const at = block.findIndex((row) => row.cells.size > 1);
  const row = block[at];
  if (!row || row.cells.size < COLUMNS || at === block.length - 1) return null;
  const isNaming = [...row.cells.values()].every((cell) => cell.isWord);
  const named = [...row.cells.keys()];
  const below = block.slice(at + 1);
  const fits = below.filter((other) => [...other.cells.keys()].every((column) => named.includes(column)));
  return isNaming && fits.length * 2 > below.length ? at : null;
}

/**
 * The rows of a sheet under its name: of a table each row is a paragraph that names its columns, so that one found alone can be
 * understood; of two columns the left one names the right one.
 */
function writeRows(sheet: string, rows: readonly Row[], writer: TextWriter): void {
  const first = rows.find((row) => row.cells.size > 0);
  if (!first) return;
  const at = ({ number }: Row): void => writer.at({ kind: 'sheet', sheet, first: number, last: number });
  at(first);
  writer.paragraph(`# ${sheet}`);
  for (const block of blocksOf(rows)) {
    const head = headOf(block);
    const names = head === null ? null : new Map(inOrder(block[head] as Row));
    block.forEach((row, i) => {
      if (i === head) return;
      at(row);
      const cells = inOrder(row);
      if (names && head !== null && i > head) {
        const told = cells.map(([column, text]) =>
          names.has(column) ? `${names.get(column)}: ${text}` : text,
        );
        writer.paragraph(told.join('\n'));
      } else {
        const line = cells.map(([, text]) => text).join(cells.length === 2 ? ': ' : '、');
        if (i === 0) writer.paragraph(line);
        else writer.line(line);
      }
    });
  }
}

/** Readings of names beside the names (phonetic runs) are not what a cell says. */
const SKIPPED = new Set(['rPh', 'phoneticPr', 'Fallback']);
/** more cells than this of one sheet are no know-how but a store of data */
const MOST_ROWS = 100_000;
const MOST_MERGED = 5_000;

type Book = { readonly sheets: { name: string; relation: string }[]; readonly is1904: boolean };
type Means = { readonly shared: readonly string[]; readonly styles: SheetStyles; readonly is1904: boolean };

/** The cells of a workbook, sheet by sheet, as the sheets show them; hidden sheets are left out. Nothing is computed or run. */
export async function readSheets(file: Package, progress: Progress): Promise<FileText> {
  const book = readBook((await file.text(file.main)) ?? '');
  const relations = await file.relations(file.main);
  const textOf = async (type: string): Promise<string | null> => {
    const part = relations.find((relation) => relation.type === type)?.part;
    return part === undefined ? null : file.text(part);
  };
  const shared = readShared(await textOf('sharedStrings'));
  const means: Means = { shared, styles: readSheetStyles(await textOf('styles')), is1904: book.is1904 };
  const writer = new TextWriter();
  for (const [i, sheet] of book.sheets.entries()) {
    progress(i, book.sheets.length);
    const found = relations.find(({ id, type }) => id === sheet.relation && type === 'worksheet');
    const xml = found ? await file.text(found.part) : null;
    if (xml !== null) writeRows(sheet.name, readRows(xml, means), writer);
  }
  progress(book.sheets.length, book.sheets.length);
  return writer.done(await file.author());
}

function readBook(xml: string): Book {
  const sheets: Book['sheets'] = [];
  let is1904 = false;
  parseXml(xml, {
    open(element) {
      if (element.name === 'workbookPr') is1904 = /^(?:1|true)$/.test(element.attribute('date1904') ?? '');
      if (element.name !== 'sheet' || (element.attribute('state') ?? 'visible') !== 'visible') return;
      sheets.push({ name: element.attribute('name') ?? '', relation: element.attribute('id') ?? '' });
    },
  });
  return { sheets, is1904 };
}

function readShared(xml: string | null): string[] {
  const strings: string[] = [];
  let inText = false;
  let text = '';
  if (xml !== null)
    parseXml(
      xml,
      {
        open({ name }) {
          if (name === 'si') text = '';
          inText = name === 't';
        },
        text(given) {
          if (inText) text += given;
        },
        close(name) {
          inText = false;
          if (name === 'si') strings.push(text);
        },
      },
      SKIPPED,
    );
  return strings;
}

/** B7 → column 1, row 7; columns count from 0, rows from 1 as the sheet numbers them */
function placeOfCell(reference: string): { column: number; row: number } | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference) ?? [];
  if (!letters || !digits) return null;
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(digits) };
}

function readRows(xml: string, means: Means): Row[] {
  const rows: Row[] = [];
  const merged: string[] = [];
  let row: { number: number; cells: Map<number, { text: string; isWord: boolean }> } | null = null;
  let cell: { column: number; type: string; style: number; value: string; text: string } | null = null;
  let into: 'value' | 'text' | null = null;
  let column = 0;
  const openCell = (element: Element): void => {
    const given = placeOfCell(element.attribute('r') ?? '');
    column = given?.column ?? column;
    cell = {
      column,
      type: element.attribute('t') ?? 'n',
      style: Number(element.attribute('s') ?? 0),
      value: '',
      text: '',
    };
  };
  parseXml(
    xml,
    {
      open(element) {
        if (element.name === 'row') {
          if (rows.length >= MOST_ROWS) return;
          row = {
            number: Number(element.attribute('r') ?? (rows.at(-1)?.number ?? 0) + 1),
            cells: new Map(),
          };
          column = 0;
        } else if (element.name === 'c') openCell(element);
        else if (element.name === 'v') into = 'value';
        else if (element.name === 't') into = 'text';
        else if (element.name === 'mergeCell') merged.push(element.attribute('ref') ?? '');
      },
      text(text) {
        if (!cell || into === null) return;
        cell[into] += text;
      },
      close(name) {
        if (name === 'v' || name === 't') into = null;
        else if (name === 'c' && cell) {
          const told = tellCell(cell, means);
          if (row && told.text !== '') row.cells.set(cell.column, told);
          column = cell.column + 1;
          cell = null;
        } else if (name === 'row' && row) {
          rows.push(row);
          row = null;
        }
      },
    },
    SKIPPED,
  );
  spreadMerged(rows, merged);
  return rows;
}

function tellCell(
  { type, style, value, text }: { type: string; style: number; value: string; text: string },
  { shared, styles, is1904 }: Means,
): { text: string; isWord: boolean } {
  const word = (told: string): { text: string; isWord: boolean } => ({ text: told.trim(), isWord: true });
  switch (type) {
    case 's':
      return word(shared[Number(value)] ?? '');
    case 'inlineStr':
      return word(text);
    case 'str':
      return word(value);
    case 'b':
      return { text: value === '1' ? 'TRUE' : 'FALSE', isWord: false };
    // #N/A and the like say nothing
    case 'e':
      return { text: '', isWord: false };
    default:
      return { text: showNumber(value, styles.shownBy(style), is1904), isWord: false };
  }
}

/** What stands in a cell merged over several rows is said of each of them. */
function spreadMerged(rows: readonly Row[], merged: readonly string[]): void {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  for (const range of merged) {
    const [from, to] = range.split(':').map(placeOfCell);
    const cell = from ? byNumber.get(from.row)?.cells.get(from.column) : undefined;
    if (!from || !to || !cell) continue;
    for (let number = from.row + 1; number <= Math.min(to.row, from.row + MOST_MERGED); number++)
      byNumber.get(number)?.cells.set(from.column, cell);
  }
}
