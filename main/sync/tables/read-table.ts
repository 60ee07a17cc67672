import { AppError } from '../../kernel/errors.ts';
import type { Statement } from '../../store/index.ts';
import { SYNC } from '../config.ts';
import {
  countDead,
  countRows,
  deadKeys,
  deleteAll,
  listDead,
  localKeys,
  readState,
  type SyncState,
  setState,
} from '../queries.ts';
import { sourceColumns } from './parse-row.ts';
import { parseValue } from './parse-value.ts';
import type { TablePlan } from './plan.ts';
import { repair } from './repair.ts';
import { cursorText, quote, selectFrom } from './source-sql.ts';
import { deleteUnseen, type ReadContext, refusedRows, storePages, type TableReport } from './store-pages.ts';

/**
 * Brings one table up to date; `report` counts what changed, also of a read that fails. All reads of it see one snapshot of the source, so the counts agree while
 * others write. Killed at any point, the next call goes on after the last page that was stored.
 */
export async function readTable(context: ReadContext, report: TableReport): Promise<void> {
  const { session, store, plan, clock } = context;
  const state = readState(store.read, plan.name);
  const known = sourceOf(state);
  const isNew = known?.origin !== plan.origin;
  const isReshaped = !isNew && known?.shape !== plan.shape;
  await session.run('START TRANSACTION WITH CONSISTENT SNAPSHOT', [], plan.table);
  try {
    const [now] = await session.rows<{ s: number }>('SELECT UNIX_TIMESTAMP() AS s');
    const begun = Number(now?.s ?? 0) * 1000;
    const before: Statement[] = isNew
      ? [...deleteAll(plan.name), setState(plan.name, { ...BLANK, source: sourceText(plan) })]
      : isReshaped
        ? [
            setState(plan.name, {
              cursor_value: null,
              cursor_key: null,
              complete: 0,
              source: sourceText(plan),
            }),
          ]
        : [];
    const [any] = await session.rows<object>(`SELECT 1 FROM ${quote(plan.table)} LIMIT 1`, [], plan.table);
    const held = isNew ? 0 : countRows(store.read, plan.name);
    if (!any && held > 0) refuseEmpty(state, plan, held);
    await store.write([...before, setState(plan.name, { last_tried_at: clock.now() })]);
    const start = isNew || isReshaped ? null : state;
    const keepCopy = held > 0;
    if (plan.cursor) await readOnwards(context, start, begun, report, keepCopy);
    else await readWhole(context, report, keepCopy);
    await finish(context, report, isNew || isReshaped ? null : state);
    await session.run('COMMIT');
  } finally {
    report.dead = countDead(store.read, plan.name);
  }
}

const BLANK = {
  cursor_value: null,
  cursor_key: null,
  overlap_from: null,
  rows_read: 0,
  rows_dead: 0,
  source_rows: null,
  local_rows: null,
  last_ok_at: null,
  last_error: null,
  complete: 0,
  counted_at: null,
} satisfies Partial<SyncState>;
const sourceText = (plan: TablePlan): string => JSON.stringify({ origin: plan.origin, shape: plan.shape });
const sourceOf = (state: SyncState | null): { origin: string; shape: string } | null =>
  state?.source ? (JSON.parse(state.source) as { origin: string; shape: string }) : null;

/** A table that is suddenly empty is believed the second time. */
function refuseEmpty(state: SyncState | null, plan: TablePlan, rows: number): void {
  const last = state?.last_error ? (JSON.parse(state.last_error) as { code: string }).code : null;
  if (last !== 'sync.emptied') throw new AppError('sync.emptied', { table: plan.table, rows });
}

/** Where a keyset pass begins. */
function startOf(
  plan: TablePlan,
  state: SyncState | null,
): { where: string; values: (string | number)[]; resumed: boolean } {
  const none = { where: '', values: [], resumed: false };
  const cursor = plan.cursor;
  if (!cursor || state?.cursor_value == null || state.cursor_key == null) return none;
  const c = quote(cursor.column);
  if (state.complete === 0)
    return {
      where: ` WHERE ${c} >= ? AND (${c} > ? OR ${quote(plan.key)} > ?)`,
      values: [state.cursor_value, state.cursor_value, state.cursor_key],
      resumed: true,
    };
  const column = plan.columns[cursor.index];
  const parsed = column && parseValue('instant', spelled(state.cursor_value), { zone: column.zone });
  if (!parsed || !('value' in parsed)) return none;
  // rows dated ahead of the company's clock are read again at each pass, so one wrong date cannot hide what follows
  const newest = Math.min(Number(parsed.value), Number(state.overlap_from ?? Number.POSITIVE_INFINITY));
  const overlap = cursor.unit === 'day' ? SYNC.overlapDateMs : SYNC.overlapMs;
  return {
    where: ` WHERE ${c} IS NULL OR ${c} >= ?`,
    values: [cursorText(plan, newest - overlap, Number(state.cursor_value))],
    resumed: false,
  };
}
const spelled = (text: string): string | number => (/^\d{9,13}(\.\d+)?$/.test(text) ? Number(text) : text);

async function readOnwards(
  context: ReadContext,
  state: SyncState | null,
  begun: number,
  report: TableReport,
  keepCopy: boolean,
): Promise<void> {
  const { plan, store } = context;
  const cursor = plan.cursor;
  if (!cursor) return;
  const start = startOf(plan, state);
  const passBegun = start.resumed ? (state?.overlap_from ?? String(begun)) : String(begun);
  const order = ` ORDER BY ${quote(cursor.column)}, ${quote(plan.key)}`;
  let rowsRead = start.resumed ? (state?.rows_read ?? 0) : 0;
  const cursorCell = sourceColumns(plan).indexOf(cursor.column);
  const keyCell = sourceColumns(plan).indexOf(plan.key);
  await storePages(context, `${selectFrom(plan)}${start.where}${order}`, start.values, report, {
    keepCopy,
    position: (page, good) => {
      rowsRead += page.length;
      const last = good.at(-1);
      return [
        setState(plan.name, {
          rows_read: rowsRead,
          overlap_from: passBegun,
          complete: 0,
          ...(last ? { cursor_value: String(last[cursorCell]), cursor_key: String(last[keyCell]) } : {}),
        }),
      ];
    },
  });
  await store.write([setState(plan.name, { complete: 1, overlap_from: passBegun, rows_read: rowsRead })]);
}

async function readWhole(context: ReadContext, report: TableReport, keepCopy: boolean): Promise<void> {
  const { plan, store } = context;
  const seen = { good: new Set<string>(), dead: new Set<string>() };
  let rows = 0;
  await storePages(context, selectFrom(plan), [], report, {
    seen,
    keepCopy,
    position: (page) => {
      rows += page.length;
      return [setState(plan.name, { rows_read: rows, complete: 0 })];
    },
  });
  await deleteUnseen(context, report, localKeys(store.read, plan), deadKeys(store.read, plan.name), seen, [
    setState(plan.name, { complete: 1, rows_read: rows, source_rows: rows }),
  ]);
}

/** Counts both sides at the same snapshot, repairs what differs, and closes the pass. */
async function finish(context: ReadContext, report: TableReport, state: SyncState | null): Promise<void> {
  const { session, store, plan, clock } = context;
  const at = clock.now();
  const local = (): number => countRows(store.read, plan.name);
  const deadNow = (): number => countDead(store.read, plan.name);
  let rows = local();
  let dead = deadNow();
  let counts: Partial<SyncState> = {};
  const isDue =
    context.count ||
    state?.counted_at == null ||
    rows < SYNC.reconcileAlwaysBelow ||
    at - state.counted_at >= SYNC.reconcileEveryMs;
  if (isDue || !plan.cursor) {
    const [counted] = await session.rows<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM ${quote(plan.table)}`,
      [],
      plan.table,
    );
    const source = Number(counted?.n ?? 0);
    if (plan.cursor && source !== rows + dead) {
      await repair(context, report);
      rows = local();
      dead = deadNow();
    }
    counts = { source_rows: source, local_rows: rows, rows_dead: dead, counted_at: at };
  }
  if (rows === 0 && dead > 0) {
    await store.write([setState(plan.name, counts)]);
    throw refusedRows(plan, listDead(store.read, plan.name, SYNC.pageRows), dead);
  }
  await store.write([setState(plan.name, { ...counts, last_ok_at: at, last_error: null })]);
}
