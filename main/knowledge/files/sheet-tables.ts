import type { TextWriter } from './file-text.ts';

export type Cell = { readonly text: string; readonly isWord: boolean };
/** `number`: as the sheet counts its rows, from 1. */
export type Row = { readonly number: number; readonly cells: Map<number, Cell> };

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
export function writeRows(sheet: string, rows: readonly Row[], writer: TextWriter): void {
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
