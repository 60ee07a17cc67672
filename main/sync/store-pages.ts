import type { Clock } from '../clock.ts';
import type { SqlValue, Statement, Store } from '../store/index.ts';
import { throwIfAborted } from '../task.ts';
import { type DeadRow, deadRow, rowParser } from './parse-row.ts';
import type { TablePlan } from './plan.ts';
import { countDead, deleteKeys, dropDead, keepDead, upsertChanged } from './queries.ts';
import type { Cell, Session } from './session.ts';

export type TableReport = { table: string; read: number; written: number; deleted: number; dead: number };
export type ReadContext = {
  readonly session: Session;
  readonly store: Store;
  readonly clock: Clock;
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

/**
 * Streams a query into the copy: each page is one transaction of its rows, its refused rows and the position that `position`
 * returns. While one page is being stored the next is read.
 */
export async function storePages(
  context: ReadContext,
  text: string,
  values: readonly (string | number)[],
  report: TableReport,
  seen: Seen | null,
  position: (page: readonly Cell[][], good: readonly Cell[][]) => Statement[],
): Promise<void> {
  const { session, store, plan, clock } = context;
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
      for (const row of dead) seen?.dead.add(row.key);
      const hasDead = dead.length > 0 || countDead(store.read, plan.name) > 0;
      // a row that can no longer be read must not stand there with its old values
      const replaced = dead.filter((row) => row.hasKey && !rows.has(row.key)).map((row) => row.key);
      const batch: Statement[] = [
        upsertChanged(plan, [...rows.values()]),
        deleteKeys(plan, replaced),
        ...(hasDead ? [dropDead(plan.name, [...rows.keys()]), keepDead(plan.name, dead, clock.now())] : []),
        ...position(page, goodCells),
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
