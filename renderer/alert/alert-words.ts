import type { Alert } from '../../main/alerts/contract/alerts.ts';
import { ALERT_KINDS } from '../../main/alerts/contract/words.ts';
import type { Format } from '../use-format.ts';
import type { Translate } from '../words.ts';

/** What an alert is about: the queue, or what is broken. */
export const titleOf = (alert: Alert, format: Format): string =>
  alert.cell ? format.cell(alert.cell) : ALERT_KINDS[alert.kind][format.lang];

/** The alert in half a sentence. */
export function lineOf(alert: Alert, t: Translate<'alerts'>, format: Format): string {
  if (!alert.evidence) return ALERT_KINDS[alert.kind][format.lang];
  const pMiss = format.percent(alert.evidence.pMiss);
  const { deadline } = alert.evidence;
  return deadline === null
    ? t('lineNoDeadline', { pMiss })
    : t('line', { pMiss, deadline: format.time(deadline) });
}
