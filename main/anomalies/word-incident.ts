import type { NewNotification } from '../alerts/contract/alerts.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { wordsOf } from '../kernel/words.ts';
import type { Incident } from './contract/anomalies.ts';
import { isWorse } from './detect/detection-window.ts';
import { type LogSeverity, severityOf } from './detect/severity-of.ts';
import type { AnomalyRow, TemplateFact } from './types.ts';
import { begun, sourceLog, subject } from './word-anomaly.ts';
import words from './words.json' with { type: 'json' };

const say = wordsOf(words.events);

const WEIGHT: Readonly<Record<LogSeverity, number>> = { error: 2, warn: 1, info: 0 };
/** What an incident is about: its gravest anomaly, of equals the first. */
export function mainOf<T extends AnomalyRow>(
  rows: readonly T[],
  fact: (id: number) => TemplateFact,
): T | undefined {
  const weight = (row: T): number => (row.templateId === null ? 1 : WEIGHT[severityOf(fact(row.templateId))]);
  return rows.reduce<T | undefined>((best, row) => {
    if (!best || isWorse(row.severity, best.severity)) return row;
    if (isWorse(best.severity, row.severity)) return best;
    return weight(row) > weight(best) || (weight(row) === weight(best) && row.at < best.at) ? row : best;
  }, undefined);
}

function titleKey({ kind, observed, score }: AnomalyRow): keyof typeof words.titles {
  if (kind === 'new-template') return observed >= 3 ? 'new-rising' : 'new-template';
  if (kind === 'rate') return (score ?? 0) > 0 ? 'rate-above' : 'rate-below';
  return kind;
}
/** 「db-main のエラー「connection pool timeout …」が急増 ほか web-entry」 */
export function titleOf(rows: readonly AnomalyRow[], fact: (id: number) => TemplateFact): Bilingual {
  const main = mainOf(rows, fact);
  if (!main) return { ja: '', en: '' };
  const isSource = main.kind === 'missing' && main.templateId === null && main.service === null;
  const about = isSource
    ? sourceLog()
    : subject(main.service, main.templateId === null ? null : fact(main.templateId));
  const others = [...new Set(rows.flatMap((r) => r.service ?? []))].filter((s) => s !== main.service);
  const named = others.slice(0, 3);
  return wordsOf(words.titles)(titleKey(main), {
    about: begun(about),
    more: others.length ? say('also-in', { services: { ja: named.join('、'), en: named.join(', ') } }) : '',
  });
}

export const wordState = (state: Incident['state'], actor: string): Bilingual => say(state, { actor });
export const wordClosed = (why: 'over' | 'expected'): Bilingual => say(why);
export const wordAgain = (): Bilingual => say('again');
export const wordFeedback = (title: string, worked: boolean): Bilingual =>
  say(worked ? 'worked' : 'did-not-work', { title });
/** The first line of a template in an incident, or its last. */
export const wordLine = (
  which: 'first-line' | 'last-line',
  service: string | null,
  fact: TemplateFact,
  text: string,
): Bilingual => say(which, { about: subject(service, fact), text });

export const wordRaised = ({ id, severity, title }: Incident): NewNotification => ({
  kind: 'incident',
  severity: severity === 'high' ? 'danger' : severity === 'medium' ? 'watch' : 'info',
  subject: id,
  title: say('raised'),
  text: title,
});
