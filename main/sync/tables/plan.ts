import { AppError } from '../../kernel/errors.ts';
import {
  APPROVAL_COLUMNS,
  APPROVAL_TABLE,
  COMPANY,
  COMPANY_TABLES,
  type ColumnType,
  type CompanyTableName,
} from '../../store/index.ts';
import type { Connection, Mapping } from '../contract/company.ts';
import type { TheirTable } from './read-schema.ts';

export type PlanColumn = {
  readonly name: string;
  readonly kind: ColumnType;
  readonly optional: boolean;
  readonly signed: boolean;
  readonly bits: boolean;
  /** their column; null: not there, so null in every row */
  readonly source: string | null;
  /** DATETIME is in the company's zone, TIMESTAMP arrives in UTC */
  readonly zone: string;
};
/** How the values of the cursor column compare in the source. */
export type CursorKind = 'datetime' | 'timestamp' | 'date' | 'number' | 'text';
/** All that reading one table needs. */
export type TablePlan = {
  readonly name: CompanyTableName;
  readonly table: string;
  readonly columns: readonly PlanColumn[];
  readonly keyIndex: number;
  readonly key: string;
  readonly cursor: {
    readonly index: number;
    readonly column: string;
    readonly local: string;
    readonly kind: CursorKind;
    /** day: the cursor has no time of day on one of the two sides */
    readonly unit: 'day' | 'moment';
    readonly zone: string;
  } | null;
  /** another origin: other rows; another shape: the same rows read differently */
  readonly origin: string;
  readonly shape: string;
  readonly estimate: number | null;
};
export type Planned = {
  readonly plans: readonly TablePlan[];
  /** what keeps a table from being read; the other tables are read all the same */
  readonly problems: ReadonlyMap<string, AppError>;
};

type Columns = Readonly<Record<string, { readonly type: ColumnType; readonly optional?: true }>>;
export const columnsOf = (table: string): Columns =>
  table === APPROVAL_TABLE ? APPROVAL_COLUMNS : (COMPANY[table as CompanyTableName]?.columns ?? {});
const SIGNED = new Set(['relevance_score', 'productivity_score']);
const isMapped = (name: string, mapping: Mapping): boolean => (mapping.tables[name]?.table ?? null) !== null;

/** Binds the mapping to the tables that are really there. Tables that are neither required nor mapped are left out in silence. */
export function planTables(mapping: Mapping, schema: readonly TheirTable[], connection: Connection): Planned {
  const plans: TablePlan[] = [];
  const problems = new Map<string, AppError>();
  for (const name of COMPANY_TABLES) {
    if (!COMPANY[name].required && !isMapped(name, mapping)) continue;
    const planned = planTable(name, mapping, schema, connection);
    if (planned instanceof AppError) problems.set(name, planned);
    else plans.push(planned);
  }
  return { plans, problems };
}

export function planTable(
  name: CompanyTableName,
  mapping: Mapping,
  schema: readonly TheirTable[],
  connection: Connection,
): TablePlan | AppError {
  const bound = mapping.tables[name];
  if (!bound?.table) return new AppError('sync.missing-table', { table: name });
  const theirs = schema.find((t) => t.table === bound.table);
  if (!theirs) return new AppError('sync.missing-table', { table: bound.table });
  const columns: PlanColumn[] = [];
  for (const [column, { type, optional }] of Object.entries(columnsOf(name))) {
    const source = bound.columns[column] ?? null;
    const there = theirs.columns.find((c) => c.column === source);
    if (source === null ? !optional : !there)
      return new AppError('sync.missing-column', { table: theirs.table, column: source ?? column });
    columns.push({
      name: column,
      kind: type,
      optional: optional ?? false,
      signed: SIGNED.has(column),
      bits: there?.type === 'bit',
      source,
      zone: there?.type === 'timestamp' ? 'UTC' : connection.timeZone,
    });
  }
  const spec = COMPANY[name];
  const keyIndex = columns.findIndex((c) => c.name === spec.key);
  const key = columns[keyIndex]?.source ?? spec.key;
  const index = spec.mode === 'keyset' ? columns.findIndex((c) => c.name === spec.cursor) : -1;
  const cursor = columns[index];
  const kind = cursorKind(theirs.columns.find((c) => c.column === cursor?.source)?.type ?? '');
  return {
    name,
    table: theirs.table,
    columns,
    keyIndex,
    key,
    cursor: cursor
      ? {
          index,
          column: cursor.source ?? cursor.name,
          local: cursor.name,
          kind,
          unit: kind === 'date' || cursor.kind === 'date' ? 'day' : 'moment',
          zone: connection.timeZone,
        }
      : null,
    origin: JSON.stringify([connection.host, connection.port, connection.database, theirs.table, key]),
    shape: JSON.stringify([connection.timeZone, columns.map((c) => c.source)]),
    estimate: theirs.rows,
  };
}

const cursorKind = (type: string): CursorKind => {
  if (type === 'datetime' || type === 'timestamp' || type === 'date') return type;
  return /int|decimal|numeric|double|float/.test(type) ? 'number' : 'text';
};

/** What a person should know before saving a mapping: nothing missing, nothing bound twice, no unknown names. */
export function mappingProblems(
  mapping: Mapping,
  schema: readonly TheirTable[],
  connection: Connection,
): AppError[] {
  const problems = [...planTables(mapping, schema, connection).problems.values(), ...unknownNames(mapping)];
  const approvals = mapping.tables[APPROVAL_TABLE]?.table ?? null;
  if (connection.writeBack) {
    const problem = approvalProblem(mapping, schema);
    if (problem) problems.push(problem);
  }
  for (const name of COMPANY_TABLES)
    if (approvals !== null && mapping.tables[name]?.table === approvals)
      problems.push(new AppError('mapping.invalid', { detail: `${approvals}: ${APPROVAL_TABLE}, ${name}` }));
  return problems;
}

/** Why decisions cannot be written with this mapping. */
export function approvalProblem(mapping: Mapping, schema: readonly TheirTable[]): AppError | null {
  const bound = mapping.tables[APPROVAL_TABLE];
  if (!bound?.table) return new AppError('sync.read-only-copy');
  const theirs = schema.find((t) => t.table === bound.table);
  if (!theirs) return new AppError('sync.missing-table', { table: bound.table });
  for (const [column, { optional }] of Object.entries(columnsOf(APPROVAL_TABLE))) {
    const source = bound.columns[column] ?? null;
    if (source === null ? !optional : !theirs.columns.some((c) => c.column === source))
      return new AppError('sync.missing-column', { table: bound.table, column: source ?? column });
  }
  return null;
}

function unknownNames(mapping: Mapping): AppError[] {
  const bad: string[] = [];
  for (const [table, { columns }] of Object.entries(mapping.tables)) {
    const known = columnsOf(table);
    if (Object.keys(known).length === 0) bad.push(table);
    else for (const column of Object.keys(columns)) if (!(column in known)) bad.push(`${table}.${column}`);
  }
  return bad.map((detail) => new AppError('mapping.invalid', { detail }));
}
