import type { TFunction } from 'i18next';
import type { Alert } from '../../main/api/contract/alerts.ts';
import type { Format } from '../use-format.ts';

/** What an alert is about: the queue, or what is broken. */
export const titleOf = (alert: Alert, t: TFunction<'alerts'>, format: Format): string =>
  alert.cell ? format.cell(alert.cell) : t(`kind.${alert.kind}`);

/** The alert in half a sentence. */
export function lineOf(alert: Alert, t: TFunction<'alerts'>, format: Format): string {
  if (!alert.evidence) return t(`kind.${alert.kind}`);
  const pMiss = format.percent(alert.evidence.pMiss);
  const { deadline } = alert.evidence;
  return deadline === null
    ? t('lineNoDeadline', { pMiss })
    : t('line', { pMiss, deadline: format.time(deadline) });
}
