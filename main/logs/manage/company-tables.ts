import { defined } from '../../kernel/defined.ts';
import { AppError } from '../../kernel/errors.ts';
import { Turns } from '../../kernel/task.ts';
import type { LogSourceRules } from '../contract/logs.ts';
import type { LogTable, TableReading, TableRow } from '../contract/tables.ts';
import { previewRows } from '../sources/table-rows.ts';
import type { CompanyTables, LogSources } from '../types.ts';
import { checkRules, NO_RULES } from './check-rules.ts';
import type { SourceEditor } from './edit-sources.ts';
import type { SourcesContext } from './sources-base.ts';

const DAY_MS = 24 * 3_600_000;
/** Rows of a table that are shown before it is added. */
const PREVIEW_ROWS = 30;

/** @throws `sync.not-configured` */
function connected(tables: CompanyTables | undefined): CompanyTables {
  if (!tables) throw new AppError('sync.not-configured');
  return tables;
}
/** @throws `sync.not-configured`, and what is wrong with the table */
export async function newestRows(
  tables: CompanyTables | undefined,
  table: LogTable,
  { timeZone, encoding }: LogSourceRules,
): Promise<TableRow[]> {
  const reading: TableReading = { table, timeZone, encoding };
  return connected(tables).newest(reading, PREVIEW_ROWS);
}

/** The company's own tables: which there are, what one of them says, one of them followed. */
export function createTables(
  context: SourcesContext,
  editor: SourceEditor,
): Pick<LogSources, 'tables' | 'previewTable' | 'addTable'> {
  const { clock } = context;
  const tables: LogSources['tables'] = async () => {
    const since = clock.now() - context.keepDays * DAY_MS;
    const own = new Map(editor.list().flatMap((s) => (s.table ? [[s.table.table, s.name] as const] : [])));
    const found = await connected(context.tables).list(since);
    return found.map((t) => ({ ...t, usedAs: own.get(t.table) ?? t.usedAs }));
  };
  const addOne: LogSources['addTable'] = async ({ table, rules }) => {
    const { usedAs = null } = (await tables()).find((t) => t.table === table.table) ?? {};
    if (usedAs !== null) throw new AppError('logs.table-known', { table: table.table, name: usedAs });
    const all = checkRules({ ...NO_RULES, name: table.table, ...defined(rules), table });
    // what cannot be read is refused before it stands in the list
    await newestRows(context.tables, table, all);
    return editor.view(await editor.add('table', null, all));
  };
  const adding = new Turns();
  return {
    tables,
    async previewTable({ table, rules }) {
      const all = checkRules({ ...NO_RULES, name: table.table, ...defined(rules), table });
      const rows = await newestRows(context.tables, table, all);
      return previewRows(rows, { rules: all, zone: context.zone(), now: clock.now() });
    },
    /** One after another: asked for twice at once, a table is still read once. */
    addTable: (given) => adding.take(() => addOne(given)),
  };
}
