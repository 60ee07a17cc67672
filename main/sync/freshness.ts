import type { Freshness } from '../api/contract/common.ts';
import { Emitter } from '../kernel/events.ts';
import type { Tasks } from '../kernel/task.ts';
import { type Base, sql } from '../store/index.ts';
import type { Sync } from './sync.ts';

const MINUTE = 60_000;
const FRESH_MS = 5 * MINUTE;

/** How old the company's data are, and what follows from it. */
export type Data = {
  freshness(): Freshness;
  /**
   * Plans are for the instant of the newest data, so that backlog, people and time left belong together and every screen shows the
   * same numbers. Between rare snapshots they are for now: nobody can start to move in the past.
   */
  planningAt(): number;
  /** whether every table has come once: half a company is no ground for an alert */
  isWhole(): boolean;
  /** whether the rows up to an instant are here, or none are awaited */
  isHere(until: number): boolean;
  /** newer data are there, all of them */
  readonly came: Emitter<void>;
};

export function watchData(
  o: Pick<Base, 'store' | 'clock'> & {
    readonly tasks: Pick<Tasks, 'changed'>;
    readonly sync: Pick<Sync, 'configured' | 'online' | 'lastOkAt' | 'failing'>;
    readonly demo: { status(): { readonly running: boolean }; readonly changed: Emitter<void> };
    readonly settings: () => { readonly staleMinutes: number };
  },
): Data {
  const { store, clock, sync } = o;
  const isDemo = (): boolean => o.demo.status().running;
  const awaitsCompany = (): boolean => !isDemo() && sync.configured();
  const freshness = (): Freshness => {
    const now = clock.now();
    const dataAt =
      store.read.get<{ at: number | null }>(
        sql`SELECT max(snapshot_time) AS at FROM progress_snapshots WHERE snapshot_time <= ${now}`,
      )?.at ?? null;
    const isOld = (at: number): boolean => now - at > o.settings().staleMinutes * MINUTE;
    return {
      source: isDemo() ? 'demo' : sync.configured() ? 'mysql' : 'none',
      dataAt,
      syncedAt: isDemo() ? dataAt : sync.lastOkAt(),
      online: isDemo() || sync.online(),
      stale: dataAt !== null && isOld(dataAt),
      failing: awaitsCompany()
        ? sync.failing().map((t) => ({ ...t, stale: t.readAt === null || isOld(t.readAt) }))
        : [],
    };
  };
  const came = new Emitter<void>();
  let seenAt: number | null = null;
  const look = (): void => {
    const { dataAt } = freshness();
    if (dataAt === null || dataAt === seenAt) return;
    seenAt = dataAt;
    came.emit();
  };
  o.demo.changed.on(look);
  o.tasks.changed.on((task) => {
    if (task.kind === 'sync' && task.state === 'done') look();
  });
  return {
    freshness,
    planningAt() {
      const { stale, dataAt } = freshness();
      const now = clock.now();
      return dataAt !== null && (stale || now - dataAt <= FRESH_MS) ? dataAt : now;
    },
    isWhole: () => !awaitsCompany() || sync.lastOkAt() !== null,
    isHere: (until) => !awaitsCompany() || (sync.lastOkAt() ?? 0) >= until,
    came,
  };
}
