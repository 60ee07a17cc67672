import { AppError } from '../../kernel/errors.ts';
import type { LogTable, TableRole } from '../../logs/contract/tables.ts';
import { TABLE_ROLES } from '../../logs/contract/tables.ts';
import type { Bound, Cell } from '../session.ts';
import { parseValue } from '../tables/parse-value.ts';
import { isNumber, isTime, type TheirTable } from '../tables/read-schema.ts';
import { quote } from '../tables/source-sql.ts';

/** A column as comparisons name it. */
export type Part = {
  readonly column: string;
  readonly sql: string;
  readonly bound: string;
  readonly isNumber: boolean;
};
/** `number`: rises with every row and is no time. */
export type OrderKind = 'moment' | 'date' | 'epoch' | 'number';
export type LogPlan = {
  readonly table: string;
  readonly created: string | null;
  /** the number its next row gets, where the order is that number */
  readonly nextNumber: string | null;
  readonly key: readonly Part[];
  readonly order: Part & { readonly kind: OrderKind; readonly zone: string; readonly nullable: boolean };
  /** what is read, in this order: the key, the order, then these */
  readonly columns: readonly {
    readonly column: string;
    readonly role: TableRole | null;
    readonly bits: boolean;
  }[];
  /** that of the time column's values */
  readonly zone: string;
  readonly since: { readonly column: string; readonly at: number; readonly isDate: boolean } | null;
  readonly select: string;
};

/**
 * Binds what a person chose to the table that is really there.
 * @throws `logs.table-…`, each with what to do
 */
export function planLogTable(chosen: LogTable, theirs: TheirTable | undefined, zone: string): LogPlan {
  const { table } = chosen;
  if (!theirs) throw new AppError('logs.table-gone', { table });
  const columnOf = (column: string): TheirTable['columns'][number] => {
    const there = theirs.columns.find((c) => c.column === column);
    if (!there) throw new AppError('logs.table-column', { table, column });
    return there;
  };
  if (theirs.keys.length === 0) throw new AppError('logs.table-no-key', { table });
  for (const column of chosen.key) columnOf(column);
  if (!theirs.keys.some((key) => key.join('\n') === chosen.key.join('\n')))
    throw new AppError('logs.table-bad-key', {
      table,
      columns: chosen.key.join(', '),
      known: theirs.keys.map((key) => key.join(', ')).join(' / '),
    });
  const columns = [
    ...TABLE_ROLES.flatMap((role) => {
      const column = chosen[role];
      return column === null ? [] : [{ column, role }];
    }),
    ...chosen.others.map((column) => ({ column, role: null })),
  ].map(({ column, role }) => {
    const { type } = columnOf(column);
    return { column, role, bits: type === 'bit' };
  });
  const order = columnOf(chosen.cursor);
  if (!isTime(order.type) && !isNumber(order.type)) throw new AppError('logs.table-no-order', { table });
  const time = chosen.time === null ? null : columnOf(chosen.time);
  const kind: OrderKind =
    order.type === 'date'
      ? 'date'
      : isTime(order.type)
        ? 'moment'
        : chosen.time === chosen.cursor
          ? 'epoch'
          : 'number';
  const key = chosen.key.map((column) => partOf(column, columnOf(column).type));
  const orderPart = partOf(order.column, order.type);
  const zoneOf = (type: string | undefined): string => (type === 'timestamp' ? 'UTC' : zone);
  return {
    table,
    created: theirs.created,
    nextNumber: order.counts ? theirs.nextNumber : null,
    key,
    order: { ...orderPart, kind, zone: zoneOf(order.type), nullable: order.nullable },
    columns,
    zone: zoneOf(time?.type),
    since:
      chosen.since !== null && time && isTime(time.type)
        ? { column: time.column, at: chosen.since, isDate: time.type === 'date' }
        : null,
    select: `SELECT ${[...key.map((p) => p.sql), orderPart.sql, ...columns.map((c) => quote(c.column))].join(', ')} FROM ${quote(table)}`,
  };
}

/** An ENUM, SET or BIT is in order by its number, and compared so. */
function partOf(column: string, type: string): Part {
  const own = quote(column);
  const isCode = /^(enum|set|bit)$/.test(type);
  return {
    column,
    sql: isCode ? `(${own} + 0)` : own,
    bound: type === 'decimal' ? 'CAST(? AS DECIMAL(65, 20))' : '?',
    isNumber: isCode || isNumber(type),
  };
}

/** A cell as JSON keeps it, exactly. */
export type Kept = string | number | null | { readonly hex: string };
export const keep = (cell: Cell): Kept => (Buffer.isBuffer(cell) ? { hex: cell.toString('hex') } : cell);
/** As it is bound: whole numbers as numbers, whatever their size. */
export function bind(part: Part, kept: Kept): Bound {
  if (typeof kept === 'object') return kept === null ? null : Buffer.from(kept.hex, 'hex');
  return part.isNumber && typeof kept === 'string' && /^-?\d+$/.test(kept) ? BigInt(kept) : kept;
}

export type Condition = { readonly text: string; readonly values: readonly Bound[] };
/** What comes behind (or, `orSame`, at) a place in the order of these parts. */
export function behind(
  parts: readonly Part[],
  values: readonly Kept[],
  o: { readonly sign: '>' | '<'; readonly orSame: boolean },
): Condition {
  const texts: string[] = [];
  const bound: Bound[] = [];
  parts.forEach((part, i) => {
    const isLast = i === parts.length - 1;
    const before = parts.slice(0, i);
    const conditions = [
      ...before.map((p) => `${p.sql} = ${p.bound}`),
      `${part.sql} ${o.sign}${isLast && o.orSame ? '=' : ''} ${part.bound}`,
    ];
    texts.push(`(${conditions.join(' AND ')})`);
    bound.push(...[...before, part].map((p, at) => bind(p, values[at] ?? null)));
  });
  return { text: `(${texts.join(' OR ')})`, values: bound };
}

/** A place in the order as a number: an instant, or the number itself; null where it is neither. */
export function orderNumber(plan: LogPlan, cell: Kept): number | null {
  if (cell === null || typeof cell === 'object') return null;
  if (plan.order.kind === 'number') return Number(cell);
  const parsed = parseValue('instant', cell, { zone: plan.order.zone });
  return 'value' in parsed ? Number(parsed.value) : null;
}
