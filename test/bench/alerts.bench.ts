// What the alerts ring for: on simulated normal days everything told is a false alarm; on shortage days the planted one has to be found.

import type { Alert } from '../../main/alerts/contract/alerts.ts';
import { createAlerts } from '../../main/alerts/index.ts';
import { createForecasts } from '../../main/forecast/index.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { loadDay } from '../../main/placement/day-plan/load-day.ts';
import { DEFAULT_RULES, loadPicture } from '../../main/placement/index.ts';
import { DEFAULT_SETTINGS } from '../../main/settings/index.ts';
import type { ScenarioName } from '../../main/simulator/index.ts';
import { findSlow } from '../../main/timeline/find-slow.ts';
import { workedOf } from '../../main/timeline/work-line.ts';
import { at, FROM, openDay, STEP, UNTIL, ZONE } from './simulated-day.ts';
import { measureSlowWork } from './slow-work.ts';

const DAYS = Number(process.env['TORIDE_BENCH_DAYS'] ?? 10);
const SHORTAGES = Math.max(2, Math.round(DAYS / 3));
const WEEK = 5;
const TARGET = '札幌\u001f523201\u001fエントリ1';

/** Every alert of one day, looked at every four minutes. */
async function alertsOf(seed: number, scenario: ScenarioName): Promise<Alert[]> {
  const { store, clock, analytics, close } = openDay(seed, scenario);
  const { expected } = createForecasts({ store, clock, zone: () => ZONE });
  const options = { zone: ZONE, rules: DEFAULT_RULES, expected };
  const alerts = createAlerts({
    store,
    clock,
    zone: () => 'Asia/Tokyo',
    analytics,
    settings: () => DEFAULT_SETTINGS.alerts,
    verdict: () => null,
    work: (when) => {
      const day = analytics.day(when);
      return (
        day && {
          day,
          slow: day.cells.flatMap((cell) => {
            const stretch = findSlow(workedOf(cell), cell.usual).slow.at(-1);
            return stretch?.until === null ? [{ cellId: cell.cell.cellId, ...stretch }] : [];
          }),
        }
      );
    },
    instance: (horizon) =>
      horizon === 'today'
        ? (loadPicture(store.read, clock.now(), options)?.instance ?? null)
        : loadDay(store.read, clock.now(), options),
    plans: null,
    notify: () => {},
    log: silentLog,
  });
  for (let minute = FROM; minute <= UNTIL; minute += STEP) {
    clock.advance(at(minute) - clock.now());
    await alerts.check();
  }
  const found = alerts.list({ limit: 500 }).alerts;
  close();
  return found;
}

export async function run(print: (line: string) => void): Promise<void> {
  const fired = new Map<string, number>();
  for (let seed = 7001; seed < 7001 + DAYS; seed++)
    for (const alert of await alertsOf(seed, 'normal')) {
      fired.set(alert.kind, (fired.get(alert.kind) ?? 0) + 1);
      if (process.env['TORIDE_BENCH_SAY'])
        print(`${seed} ${alert.kind} ${alert.said?.title.ja}: ${alert.said?.text.ja}`);
    }
  print(`normal days: ${DAYS} (24 cells, looked at every ${STEP} minutes); alerts a week of ${WEEK} days`);
  for (const kind of ['delay', 'productivity-drop', 'attendance', 'skill-gap', 'overtime'])
    print(`  ${kind}: ${(((fired.get(kind) ?? 0) / DAYS) * WEEK).toFixed(1)}`);
  let found = 0;
  for (let seed = 7101; seed < 7101 + SHORTAGES; seed++)
    if ((await alertsOf(seed, 'shortage')).some((a) => a.kind === 'delay' && a.cell?.cellId === TARGET))
      found++;
  measureSlowWork(print, DAYS);
  print(`shortage days: the delay of 札幌 SS エントリ1 found on ${found} of ${SHORTAGES}`);
}
