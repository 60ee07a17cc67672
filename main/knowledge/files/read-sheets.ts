import { type FileText, type Progress, TextWriter } from './file-text.ts';
import type { Package } from './open-package.ts';
import { type Element, parseXml } from './parse-xml.ts';
import { type Row, writeRows } from './sheet-tables.ts';
import { readSheetStyles, type SheetStyles, showNumber } from './sheet-values.ts';

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
