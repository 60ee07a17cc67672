import { minuteOfDay } from '../kernel/clock.ts';
import type { ErrorCode, ErrorParams } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Statement } from '../store/index.ts';
import type { Alert, AlertSettings } from './contract/alerts.ts';
import { closeAlert, openAlert } from './kinds/follow-findings.ts';
import { liveAlerts, saveAlert } from './queries.ts';
import type { AlertRecord, AlertsBase } from './types.ts';
import type { AlertViews } from './view-alerts.ts';
import { wordNotification } from './word-notification.ts';

/** What is wrong with alerting itself, or with the data under it. */
export type Trouble = {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly severity: Alert['severity'];
};

/** Opens, updates or closes the one alert of a kind that has no cell. */
export function judgePlain(
  kind: 'sync-failing' | 'alerting-broken',
  trouble: Trouble | null,
  live: readonly AlertRecord[],
  now: number,
): AlertRecord | null {
  const own = live.find((alert) => alert.problem === kind);
  if (!trouble) return own ? closeAlert(own, 'resolved', now) : null;
  const error = { code: trouble.code, params: { ...trouble.params } };
  if (own) return { ...own, error, updatedAt: now };
  return openAlert({ id: newId(), problem: kind, kind, severity: trouble.severity, error }, now);
}

const mayTell = (alert: AlertRecord, { notify }: AlertSettings): boolean =>
  notify === 'all' || (notify === 'danger' && alert.severity === 'danger');
function isQuiet({ quietFrom, quietTo }: AlertSettings, minute: number): boolean {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false;
  return quietFrom < quietTo
    ? minute >= quietFrom && minute < quietTo
    : minute >= quietFrom || minute < quietTo;
}

/** Tells what is still to be told; what quiet hours hold back is told after them, if it is still open then. */
export async function tellAlerts({ log, ...o }: AlertsBase, views: AlertViews): Promise<void> {
  const settings = o.settings();
  const when = { now: o.clock.now(), zone: o.zone() };
  if (isQuiet(settings, minuteOfDay(when.now, when.zone))) return;
  const told: Statement[] = [];
  for (const alert of liveAlerts(o.store.read)) {
    if (alert.notice === null || alert.state !== 'open' || views.isMuted(alert)) continue;
    try {
      if (mayTell(alert, settings)) await o.notify(wordNotification(alert, alert.notice, when));
      told.push(saveAlert({ ...alert, notice: null }));
    } catch (error) {
      log.warn('notification failed, will be tried again', error);
    }
  }
  if (told.length > 0) await o.store.write(told);
}

/** Alerting itself is in trouble: says so in an alert and, should even that not be possible, in a notification. */
export async function raiseBroken(o: AlertsBase, views: AlertViews, trouble: Trouble): Promise<void> {
  const now = o.clock.now();
  const broken = (live: readonly AlertRecord[]) => judgePlain('alerting-broken', trouble, live, now);
  try {
    const alert = broken(liveAlerts(o.store.read));
    if (alert) await o.store.write([saveAlert(alert)]);
    await tellAlerts(o, views);
  } catch (error) {
    o.log.error('the alert that alerting is broken could not be kept', error);
    const alert = broken([]);
    if (alert) await o.notify(wordNotification(alert, 'opened', { now, zone: o.zone() }));
  }
}
