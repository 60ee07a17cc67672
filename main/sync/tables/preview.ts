import type { Table } from '../../api/contract/common.ts';
import { AppError } from '../../kernel/errors.ts';
import { COMPANY, type ColumnType, type CompanyTableName } from '../../store/index.ts';
import { SYNC } from '../config.ts';
import type { Connection, DeadLetter, Mapping } from '../contract/company.ts';
import type { Session } from '../session.ts';
import { currentDatabase } from '../test-connection.ts';
import { COLUMN_NAMES, TABLE_NAMES } from './names.ts';
import { type DeadRow, rowParser } from './parse-row.ts';
import { planTable } from './plan.ts';
import { readSchema } from './read-schema.ts';
import { quote, selectFrom } from './source-sql.ts';

const KIND: Readonly<Record<ColumnType, Table['columns'][number]['kind']>> = {
  id: 'text',
  text: 'text',
  json: 'text',
  time: 'text',
  bool: 'text',
  int: 'number',
  real: 'number',
  instant: 'instant',
  date: 'date',
};
const firstName = (names: string | undefined, fallback: string): string => names?.split(' ')[0] ?? fallback;

/** The newest rows of one table as they would arrive under this mapping, and those that would be refused. Nothing is stored. */
export async function previewTable(
  session: Session,
  connection: Connection,
  mapping: Mapping,
  table: string,
  now: number,
): Promise<{ table: Table; dead: DeadLetter[] }> {
  if (!(table in COMPANY)) throw new AppError('not-found', { what: table });
  const name = table as CompanyTableName;
  const schema = await readSchema(session, await currentDatabase(session));
  const plan = planTable(name, mapping, schema, connection);
  if (plan instanceof AppError) throw plan;
  const parse = rowParser(plan);
  const order = plan.cursor ? ` ORDER BY ${quote(plan.cursor.column)} DESC` : '';
  const rows: Table['rows'] = [];
  const dead: DeadRow[] = [];
  for await (const page of session.pages(
    `${selectFrom(plan)}${order} LIMIT ${SYNC.previewRows}`,
    [],
    SYNC.previewRows,
    plan.table,
  ))
    for (const cells of page) {
      const row = parse(cells);
      if ('reason' in row) dead.push(row);
      else
        rows.push(
          Object.fromEntries(
            plan.columns.map((c, i) => {
              const value = row.values[i];
              return [
                c.name,
                typeof value === 'string' || typeof value === 'number' ? shown(c.kind, value) : null,
              ];
            }),
          ),
        );
    }
  return {
    table: {
      title: { ja: firstName(TABLE_NAMES[name], name), en: name },
      query: 'preview',
      slots: { table: plan.table },
      columns: plan.columns.map((c) => ({
        key: c.name,
        label: { ja: firstName(COLUMN_NAMES[c.name], c.name), en: c.name },
        kind: KIND[c.kind],
      })),
      rows,
      total: rows.length,
      asOf: now,
    },
    dead: dead.map((row, i) => ({
      id: `preview:${i}`,
      source: name,
      key: row.key,
      reason: row.reason,
      raw: row.raw,
      firstAt: now,
      lastAt: now,
      times: 1,
    })),
  };
}

const shown = (kind: ColumnType, value: string | number): string | number => {
  if (kind !== 'time' || typeof value === 'string') return value;
  return `${Math.floor(value / 60)}:${String(value % 60).padStart(2, '0')}`;
};
