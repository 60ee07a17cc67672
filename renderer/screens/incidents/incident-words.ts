import type { Incident } from '../../../main/anomalies/contract/anomalies.ts';
import type { LogQuery } from '../../logs/log-address.ts';
import type { TimeRange } from '../../stores/time-range.ts';
import type { Format } from '../../use-format.ts';
import type { Translate } from '../../words.ts';

const NAMED = 2;
const MARGIN_MS = 10 * 60_000;

/** `payments, auth ほか 3` */
export function servicesOf(services: readonly string[], t: Translate<'incidents'>, format: Format): string {
  const names = services.filter(Boolean);
  if (names.length === 0) return t('noService');
  const head = format.list(names.slice(0, NAMED));
  const rest = names.length - NAMED;
  return rest > 0 ? t('moreServices', { names: head, n: format.number(rest) }) : head;
}
/** From when to when, the day once; of one that lasts, for how long it has. */
export function whenOf(
  { from, to }: Pick<Incident, 'from' | 'to'>,
  now: number,
  t: Translate<'incidents'>,
  format: Format,
): string {
  const sameDay = to !== null && format.date(from) === format.date(to);
  const lasting = t('ongoingFor', { length: format.minutes((now - from) / 60_000) });
  const end = to === null ? lasting : sameDay ? format.time(to) : format.dateTime(to);
  return t('between', { from: format.dateTime(from), to: end });
}
/** Which lines an incident is made of: its templates around its time. */
export const linesOf = (incident: Incident, now: number): readonly [LogQuery, TimeRange] => [
  incident.templates.length > 0 ? { templates: incident.templates } : { services: incident.services },
  {
    kind: 'between',
    from: incident.from - MARGIN_MS,
    to: Math.max(incident.from, incident.to ?? now) + MARGIN_MS,
  },
];
/** What the one clock shows of it: an hour before, half an hour after. */
export const aroundOf = (incident: Incident, now: number): { from: string; to: string } => ({
  from: String(incident.from - 60 * 60_000),
  to: String(Math.max(incident.from, incident.to ?? now) + 30 * 60_000),
});
