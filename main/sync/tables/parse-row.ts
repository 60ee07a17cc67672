import { createHash } from 'node:crypto';
import type { SqlValue } from '../../store/index.ts';
import { SYNC } from '../config.ts';
import type { Cell } from '../session.ts';
import { type Parsed, parseValue, rawValue } from './parse-value.ts';
import type { PlanColumn, TablePlan } from './plan.ts';

export type GoodRow = { readonly key: string; readonly values: readonly SqlValue[] };
export type DeadRow = {
  /** the row's key as text; a row without one is known by its content */
  readonly key: string;
  readonly hasKey: boolean;
  /** `column refusal`, joined by `; ` */
  readonly reason: string;
  readonly raw: string;
  /** instant of the cursor where that much could be read */
  readonly cursorAt: number | null;
};

/** The columns that are read, in the order of a source row's cells. */
export const sourceColumns = (plan: TablePlan): string[] =>
  plan.columns.flatMap((c) => (c.source === null ? [] : [c.source]));

/** Rows of one table as ours. Both results are in the order of `plan.columns`. */
export function rowParser(plan: TablePlan): (cells: readonly Cell[]) => GoodRow | DeadRow {
  let at = 0;
  const places = plan.columns.map((column) => ({ column, cell: column.source === null ? -1 : at++ }));
  return (cells) => {
    const values: SqlValue[] = new Array(places.length);
    let problems: string[] | null = null;
    for (let i = 0; i < places.length; i++) {
      const place = places[i];
      if (!place) continue;
      const parsed = parseCell(place.column, place.cell < 0 ? null : (cells[place.cell] ?? null));
      if (parsed !== null && 'refused' in parsed) {
        problems ??= [];
        problems.push(`${place.column.name} ${parsed.refused}`);
        values[i] = null;
      } else values[i] = parsed === null ? null : parsed.value;
    }
    const key = values[plan.keyIndex];
    if (!problems) return { key: String(key), values };
    return deadRow(plan, cells, problems, values);
  };
}

const BLANK = /^[\s\u3000]*$/;
/** null: no value, which is fine here */
function parseCell(column: PlanColumn, cell: Cell): Parsed | null {
  const isText = column.kind === 'text';
  const blank =
    cell === null ||
    (typeof cell === 'string' && (cell === '' || (!isText && BLANK.test(cell)))) ||
    (Buffer.isBuffer(cell) && cell.length === 0);
  if (!blank) return parseValue(column.kind, cell, column);
  return column.optional ? null : { refused: 'missing' };
}

export function deadRow(
  plan: TablePlan,
  cells: readonly Cell[],
  problems: readonly string[],
  values: readonly SqlValue[],
): DeadRow {
  let at = 0;
  const raw: Record<string, string | number | null> = {};
  for (const column of plan.columns)
    raw[column.name] = column.source === null ? null : rawValue(cells[at++] ?? null);
  const json = JSON.stringify(raw);
  const key = values[plan.keyIndex];
  const hasKey = key !== null && key !== undefined;
  return {
    key: hasKey ? String(key) : `(no key) ${createHash('sha256').update(json).digest('hex').slice(0, 16)}`,
    hasKey,
    reason: problems.join('; '),
    raw: json.length > SYNC.rawLimit ? `${json.slice(0, SYNC.rawLimit)}…` : json,
    cursorAt: cursorInstant(plan, values),
  };
}

/** The cursor of a parsed row as an instant; the start of the day where it is a date. */
export function cursorInstant(plan: TablePlan, values: readonly SqlValue[]): number | null {
  if (!plan.cursor) return null;
  const value = values[plan.cursor.index];
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const parsed = parseValue('instant', value, { zone: plan.cursor.zone });
  return 'value' in parsed ? Number(parsed.value) : null;
}
