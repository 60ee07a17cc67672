import { AppError, type Failure } from '../../kernel/errors.ts';
import { throwIfAborted } from '../../kernel/task.ts';
import type { Base, SqlValue, Statement } from '../../store/index.ts';
import { countDead, countHeld, deleteKeys, dropDead, keepDead, upsertChanged } from '../queries.ts';
import type { Cell, Session } from '../session.ts';
import { type DeadRow, deadRow, rowParser } from './parse-row.ts';
import type { TablePlan } from './plan.ts';

export type TableReport = {
  table: string;
  read: number;
  written: number;
  deleted: number;
  dead: number;
  /** why it could not be brought up to date */
  error: Failure | null;
};
export type ReadContext = Pick<Base, 'store' | 'clock'> & {
  readonly session: Session;
  readonly plan: TablePlan;
  readonly signal: AbortSignal;
  readonly pageRows: number;
  /** compare the counts with the source whatever their size and age */
  readonly count: boolean;
  onRows(rows: number): void;
};

export type Seen = { readonly good: Set<string>; readonly dead: Set<string> };
/** Removes what the source no longer has, of the given local keys, in one transaction. */
export async function deleteUnseen(
  { plan, store }: ReadContext,
  report: TableReport,
  keys: readonly string[],
  deadOnes: readonly string[],
  seen: Seen,
  more: readonly Statement[] = [],
): Promise<void> {
  const gone = keys.filter((key) => !seen.good.has(key));
  const goneDead = deadOnes.filter((key) => !seen.dead.has(key));
  const changes = await store.write([deleteKeys(plan, gone), dropDead(plan.name, goneDead), ...more]);
  report.deleted += changes[0] ?? 0;
}

export type Storing = {
  /** notes every row that was met */
  readonly seen?: Seen;
  /** what is stored with a page, in the same transaction */
  readonly position?: (page: readonly Cell[][], good: readonly Cell[][]) => Statement[];
  /**
   * Refuses the whole read (`sync.refused-rows`) when its first page shows that the table changed: more rows of the copy turned
   * unreadable than there are readable ones. The copy stays as it is; the refused rows are kept beside it.
   */
  readonly keepCopy?: boolean;
};

/**
 * Streams a query into the copy: each page is one transaction of its rows, its refused rows and the position that `position`
 * returns. While one page is being stored the next is read.
 */
export async function storePages(
  context: ReadContext,
  text: string,
  values: readonly (string | number)[],
  report: TableReport,
  { seen, position, keepCopy = false }: Storing = {},
): Promise<void> {
  const { session, store, plan, clock } = context;
  let isFirst = true;
  const parse = rowParser(plan);
  const twins = new Map<string, number>();
  let storing: Promise<void> = Promise.resolve();
  try {
    for await (const page of session.pages(text, values, context.pageRows, plan.table)) {
      throwIfAborted(context.signal);
      const rows = new Map<string, readonly SqlValue[]>();
      const goodCells: Cell[][] = [];
      const dead: DeadRow[] = [];
      for (const cells of page) {
        const row = parse(cells);
        if ('values' in row) {
          if (rows.has(row.key) || seen?.good.has(row.key)) {
            dead.push(twin(deadRow(plan, cells, [`${plan.key} duplicate`], row.values), twins));
            continue;
          }
          rows.set(row.key, row.values);
          goodCells.push(cells);
          seen?.good.add(row.key);
        } else dead.push(row.hasKey && !seen?.good.has(row.key) ? row : twin(row, twins));
      }
      if (keepCopy && isFirst && dead.length > rows.size) {
        const turned = countHeld(
          store.read,
          plan,
          dead.map((row) => row.key),
        );
        if (turned > rows.size) {
          await store.write([keepDead(plan.name, dead, clock.now())]);
          throw refusedRows(plan, dead, page.length);
        }
      }
      isFirst = false;
      for (const row of dead) seen?.dead.add(row.key);
      const hasDead = dead.length > 0 || countDead(store.read, plan.name) > 0;
      // a row that can no longer be read must not stand there with its old values
      const replaced = dead.filter((row) => row.hasKey && !rows.has(row.key)).map((row) => row.key);
      const batch: Statement[] = [
        upsertChanged(plan, [...rows.values()]),
        deleteKeys(plan, replaced),
        ...(hasDead ? [dropDead(plan.name, [...rows.keys()]), keepDead(plan.name, dead, clock.now())] : []),
        ...(position?.(page, goodCells) ?? []),
      ];
      await storing;
      report.read += page.length;
      context.onRows(page.length);
      storing = store.write(batch).then((changes) => {
        report.written += changes[0] ?? 0;
        report.deleted += changes[1] ?? 0;
      });
      storing.catch(() => {});
    }
  } finally {
    await storing;
  }
}

/** The second and later rows under one name get a number, so that every row of the source is accounted for. */
function twin(row: DeadRow, twins: Map<string, number>): DeadRow {
  const n = (twins.get(row.key) ?? 0) + 1;
  twins.set(row.key, n);
  if (!row.hasKey) return n === 1 ? row : { ...row, key: `${row.key} #${n}` };
  return { ...row, key: `${row.key} #${n + 1}`, hasKey: false };
}

/** Most rows were refused; names the column that was refused most often. */
export function refusedRows(
  plan: TablePlan,
  dead: readonly { readonly reason: string }[],
  rows: number,
): AppError {
  const columns = dead.flatMap(({ reason }) => reason.split('; ').map((part) => part.split(' ')[0] ?? ''));
  const times = Map.groupBy(columns, (column) => column);
  const [worst = ''] = [...times].sort(([, a], [, b]) => b.length - a.length)[0] ?? [];
  const column = plan.columns.find((c) => c.name === worst)?.source ?? worst;
  return new AppError('sync.refused-rows', { table: plan.table, column, refused: dead.length, rows });
}
