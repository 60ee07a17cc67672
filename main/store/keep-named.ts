import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { name, run, type Statement, sql } from './sql.ts';
import type { Store } from './store.ts';

/** What was removed can be brought back for this long. */
const KEEP_REMOVED_MS = 24 * 3_600_000;

type Named = { readonly id: string; readonly createdAt: number; readonly updatedAt: number };
type Given<T extends Named> = Omit<T, keyof Named> & { readonly id?: string | undefined };
export type KeptNamed<T extends Named> = {
  /** newest first */
  list(): T[];
  /** without an `id` a new one */
  save(given: Given<T>): Promise<T>;
  /** hides it; gone for good a day later */
  remove(id: string): Promise<void>;
  restore(id: string): Promise<T>;
  /** one is new, changed or gone */
  readonly changed: Emitter<void>;
};

/** What a person keeps under a name, a row each of a table with `removed_at`. */
export function keepNamed<T extends Named>(o: {
  readonly store: Store;
  readonly clock: Clock;
  readonly table: string;
  readonly idColumn: string;
  /** newest first, without those removed */
  readonly list: () => T[];
  readonly saved: (thing: T) => Statement;
}): KeptNamed<T> {
  const { write } = o.store;
  const [table, idColumn] = [name(o.table), name(o.idColumn)];
  const changed = new Emitter<void>();
  const get = (id: string): T => {
    const thing = o.list().find((one) => one.id === id);
    if (!thing) throw new AppError('not-found', { what: id });
    return thing;
  };
  const mark = (id: string, at: number | null): Statement =>
    run(sql`UPDATE ${table} SET removed_at = ${at} WHERE ${idColumn} = ${id}`);
  return {
    changed,
    list: o.list,
    async save(given) {
      const now = o.clock.now();
      const old = given.id === undefined ? null : get(given.id);
      const thing = {
        ...given,
        id: old?.id ?? newId(),
        createdAt: old?.createdAt ?? now,
        updatedAt: now,
      } as T;
      await write([o.saved(thing)]);
      changed.emit();
      return thing;
    },
    async remove(id) {
      get(id);
      const now = o.clock.now();
      await write([
        run(sql`DELETE FROM ${table} WHERE removed_at < ${now - KEEP_REMOVED_MS}`),
        mark(id, now),
      ]);
      changed.emit();
    },
    async restore(id) {
      await write([mark(id, null)]);
      changed.emit();
      return get(id);
    },
  };
}
