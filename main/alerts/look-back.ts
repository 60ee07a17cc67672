import { readLateItems } from '../placement/index.ts';
import { type BacktestData, type BacktestEvent, backtest, cameOf } from './backtest.ts';
import type { AlertQuality, AlertSettings } from './contract/alerts.ts';
import { qualityOf } from './quality.ts';
import { alertsSince, deadlinesBetween, snapshotTimes, wasApproved } from './queries.ts';
import type { AlertsBase } from './types.ts';

const DAY = 24 * 60 * 60_000;
/** Fewer items than this late is on time, as in the flow model. */
const LATE_ITEMS = 0.5;

/** Whether items due by a past deadline had not passed then, here or at an earlier step; null: the snapshots do not tell. */
function wasLate({ store, zone }: AlertsBase): BacktestData['wasLate'] {
  const lateItems = readLateItems(store.read, zone());
  return (cell, deadline) => {
    const items = lateItems(cell, deadline);
    return items === null ? null : items > LATE_ITEMS;
  };
}

/** What other levels would have raised in the last days of the copy. */
export async function* backtestDays(
  o: AlertsBase,
  { days, ...levels }: Partial<AlertSettings> & { readonly days: number },
  signal?: AbortSignal,
): AsyncGenerator<BacktestEvent> {
  const to = o.analytics.situation().asOf;
  const from = to - days * DAY;
  yield* backtest(
    {
      snapshots: snapshotTimes(o.store.read, from, to),
      risks: (at) => o.analytics.risks({ before: at + 1 }),
      wasLate: wasLate(o),
      deadlines: deadlinesBetween(o.store.read, from, to),
    },
    { ...o.settings(), ...levels },
    signal,
  );
}

/** Whether the alerts of the last days were right and of use. */
export function qualityOfDays(o: AlertsBase, days: number): AlertQuality {
  const now = o.clock.now();
  const since = now - days * DAY;
  const late = wasLate(o);
  const told = alertsSince(o.store.read, since)
    .map((alert) => ({ alert, end: alert.evidence?.deadline ?? alert.closedAt ?? now }))
    .filter(({ end }) => end <= now)
    .flatMap(({ alert, end }) => {
      const { cell, kind } = alert;
      if (!cell) return [];
      const acted = alert.acknowledgedBy !== null || wasApproved(o.store.read, alert.id, end);
      return [{ kind, location: cell.location, late: cameOf(alert, late), acted }];
    });
  return { since, rows: qualityOf(told) };
}
