// One simulated day in memory, to be looked at from `FROM` on: its store, clock and analytics.
import { createAnalytics } from '../../main/analytics/index.ts';
import { instantOf, ManualClock } from '../../main/kernel/clock.ts';
import { createSite, type ScenarioName } from '../../main/simulator/index.ts';
import { columnNames, type Store, upsert } from '../../main/store/index.ts';
import { memoryStore } from '../helpers/store/memory-store.ts';

export const ZONE = 'Asia/Tokyo';
const DATE = '2026-11-20';
/** minutes of the day: looked at from, until, and every so many */
export const [FROM, UNTIL, STEP] = [9 * 60, 20 * 60, 4] as const;
/** The instant of a minute of the day. */
export const at = (minute: number): number => instantOf(DATE, minute, ZONE);

export function openDay(seed: number, scenario: ScenarioName) {
  const memory = memoryStore();
  const site = createSite({
    seed,
    scenario,
    zone: ZONE,
    startDate: DATE,
    logs: { perMinute: 0, unknownErrors: 0 },
  });
  for (const part of [site.master(), site.history(14), site.until(at(UNTIL))])
    for (const batch of part)
      if (batch.table !== 'system_logs')
        memory.apply([upsert(batch.table, columnNames(batch.table), null, batch.rows)]);
  const store = {
    read: memory.read,
    write: async (batch: Parameters<Store['write']>[0]) => {
      memory.apply(batch);
      return [];
    },
  } as unknown as Store;
  const clock = new ManualClock(at(FROM));
  const analytics = createAnalytics({
    store,
    clock,
    zone: () => ZONE,
    freshness: () => ({
      source: 'demo',
      dataAt: clock.now(),
      syncedAt: clock.now(),
      online: true,
      stale: false,
      failing: [],
    }),
  });
  return { store, clock, analytics, close: () => memory.close() };
}
