import type { Base, Statement } from '../../store/index.ts';
import { allDead, dropDead, keepDead, upsertChanged } from '../queries.ts';
import type { Session } from '../session.ts';
import { rowParser } from './parse-row.ts';
import type { TablePlan } from './plan.ts';
import { quote, selectFrom } from './source-sql.ts';

const KEYS = 500;

export type Replayed = { readonly replayed: number; readonly fixed: number };

/** The refused rows of all these tables, or of `source` alone, anew. */
export async function replayTables(
  o: Pick<Base, 'store' | 'clock'> & { readonly session: Session },
  plans: readonly TablePlan[],
  source?: string,
): Promise<Replayed> {
  const sum = { replayed: 0, fixed: 0 };
  for (const plan of plans) {
    if (source !== undefined && plan.name !== source) continue;
    const one = await replayTable({ ...o, plan });
    sum.replayed += one.replayed;
    sum.fixed += one.fixed;
  }
  return sum;
}

/**
 * Asks the source again for the refused rows of one table. A row that can be read now moves into the copy, one that is gone leaves
 * the list; rows without a key are met again by the next sync.
 */
async function replayTable(
  o: Pick<Base, 'store' | 'clock'> & {
    session: Session;
    plan: TablePlan;
  },
): Promise<Replayed> {
  const { session, store, plan, clock } = o;
  const parse = rowParser(plan);
  const letters = allDead(store.read, plan.name).filter((l) => !/^\(no key\) | #\d+$/.test(l.key));
  let fixed = 0;
  for (let i = 0; i < letters.length; i += KEYS) {
    const keys = letters.slice(i, i + KEYS).map((l) => l.key);
    const good = new Map<string, Statement['rows'][number]>();
    const dead: Parameters<typeof keepDead>[1][number][] = [];
    const text = `${selectFrom(plan)} WHERE ${quote(plan.key)} IN (${keys.map(() => '?').join(', ')})`;
    for await (const page of session.pages(text, keys, KEYS, plan.table))
      for (const cells of page) {
        const row = parse(cells);
        if ('values' in row) good.set(row.key, row.values);
        else dead.push(row);
      }
    const still = new Set(dead.map((row) => row.key));
    const gone = keys.filter((key) => !still.has(key));
    await store.write([
      upsertChanged(plan, [...good.values()]),
      dropDead(plan.name, gone),
      keepDead(plan.name, dead, clock.now()),
    ]);
    fixed += gone.length;
  }
  return { replayed: letters.length, fixed };
}
