/** SQL with its values always bound. Fragments (`raw`, nested `sql`) are explicit. */
export type SqlValue = string | number | bigint | null | Uint8Array;
export type Sql = { readonly text: string; readonly values: readonly SqlValue[] };
/** One statement, once or for many rows, inside a transaction. */
export type Statement = {
  readonly text: string;
  readonly rows: readonly (readonly SqlValue[])[];
  /** the whole transaction is refused unless this statement changes exactly so many rows */
  readonly expect?: { readonly changes: number; readonly why: string };
};

const isSql = (value: unknown): value is Sql =>
  typeof value === 'object' && value !== null && 'text' in value && 'values' in value;

export function sql(strings: TemplateStringsArray, ...args: readonly (SqlValue | boolean | Sql)[]): Sql {
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  args.forEach((arg, i) => {
    if (isSql(arg)) {
      text += arg.text;
      values.push(...arg.values);
    } else {
      text += '?';
      values.push(typeof arg === 'boolean' ? Number(arg) : arg);
    }
    text += strings[i + 1] ?? '';
  });
  return { text, values };
}

const NAME = /^[a-z_][a-z0-9_]*$/i;
/** A table or column name; anything that is not a plain identifier is refused. */
export function name(identifier: string): Sql {
  if (!NAME.test(identifier)) throw new TypeError(`not an SQL identifier: ${identifier}`);
  return { text: `"${identifier}"`, values: [] };
}
export const join = (parts: readonly Sql[], separator = ', '): Sql => ({
  text: parts.map((p) => p.text).join(separator),
  values: parts.flatMap((p) => [...p.values]),
});
/** `(?, ?, ?)` */
export const list = (values: readonly SqlValue[]): Sql => ({
  text: `(${values.map(() => '?').join(', ') || 'NULL'})`,
  values,
});
/** conditions joined with AND; `1` when there are none */
export const all = (conditions: readonly (Sql | null | undefined | false)[]): Sql => {
  const given = conditions.filter((c) => c !== null && c !== undefined && c !== false) as Sql[];
  return given.length ? join(given, ' AND ') : { text: '1', values: [] };
};

export const run = (query: Sql, expect?: Statement['expect']): Statement => ({
  text: query.text,
  rows: [query.values],
  ...(expect ? { expect } : {}),
});

const toSqlValue = (value: unknown): SqlValue =>
  typeof value === 'boolean' ? Number(value) : value === undefined ? null : (value as SqlValue);
/** Inserts (or, by `key`, replaces the other columns of) rows given as objects with the same columns. */
export function upsert(
  table: string,
  columns: readonly string[],
  key: string | null,
  rows: readonly Readonly<Record<string, unknown>>[],
): Statement {
  const cols = columns.map((c) => name(c).text);
  const others = columns.filter((c) => c !== key).map((c) => `${name(c).text} = excluded.${name(c).text}`);
  const conflict =
    key === null
      ? ''
      : ` ON CONFLICT(${name(key).text}) DO ${others.length ? `UPDATE SET ${others.join(', ')}` : 'NOTHING'}`;
  return {
    text: `INSERT INTO ${name(table).text} (${cols.join(', ')}) VALUES (${cols.map(() => '?').join(', ')})${conflict}`,
    rows: rows.map((row) => columns.map((c) => toSqlValue(row[c]))),
  };
}

/** The same of rows that name all of their columns. */
export function saveRows(
  table: string,
  key: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Statement {
  const [first] = rows;
  if (!first) return { text: `DELETE FROM ${name(table).text} WHERE FALSE`, rows: [] };
  return upsert(table, Object.keys(first), key, rows);
}

/** Keeps one value of the table `settings`, in the place of the one of this key. `at`: epoch ms */
export const saveSetting = (key: string, value: string, at: number): Statement =>
  saveRows('settings', 'key', [{ key, value, changed_at: at }]);
