import type { NewNotification } from '../api/contract/alerts.ts';
import type { Incident } from '../api/contract/anomalies.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { isWorse } from './detect/detection-window.ts';
import { type LogSeverity, severityOf } from './detect/severity-of.ts';
import type { AnomalyRow, TemplateFact } from './types.ts';
import { capital, subject } from './word-anomaly.ts';

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

const WHAT: Readonly<Record<AnomalyRow['kind'], (row: AnomalyRow) => Bilingual>> = {
  'new-template': (r) =>
    r.observed >= 3
      ? { ja: 'が初めて出て急増', en: 'appeared for the first time and keeps coming' }
      : { ja: 'が初めて発生', en: 'appeared for the first time' },
  spike: () => ({ ja: 'が急増', en: 'rose suddenly' }),
  rate: (r) =>
    (r.score ?? 0) > 0
      ? { ja: 'がふだんより多い', en: 'is above the usual' }
      : { ja: 'がふだんより少ない', en: 'is below the usual' },
  missing: () => ({ ja: 'が止まっています', en: 'has stopped' }),
  'new-component': () => ({ ja: 'が急に増加', en: 'suddenly makes up much of all lines' }),
  value: () => ({ ja: 'の値がいつもの範囲の外', en: 'has values out of their usual range' }),
  sequence: () => ({ ja: 'の処理の流れがいつもと違う', en: 'does not follow its usual course' }),
};
/** 「db-main のエラー「connection pool timeout …」が急増 ほか web-entry」 */
export function titleOf(rows: readonly AnomalyRow[], fact: (id: number) => TemplateFact): Bilingual {
  const main = mainOf(rows, fact);
  if (!main) return { ja: '', en: '' };
  const isSource = main.kind === 'missing' && main.templateId === null && main.service === null;
  const about = isSource
    ? { ja: '取り込み元のログ', en: 'the log of a source' }
    : subject(main.service, main.templateId === null ? null : fact(main.templateId));
  const what = WHAT[main.kind](main);
  const others = [...new Set(rows.flatMap((r) => r.service ?? []))].filter((s) => s !== main.service);
  const more =
    others.length === 0
      ? { ja: '', en: '' }
      : {
          ja: `(${others.slice(0, 3).join('、')} でも)`,
          en: `; also in ${others.slice(0, 3).join(', ')}`,
        };
  return { ja: `${about.ja}${what.ja}${more.ja}`, en: `${capital(about.en)} ${what.en}${more.en}` };
}

const STATES: Readonly<Record<Incident['state'], Bilingual>> = {
  open: { ja: '未対応に戻しました', en: 'Opened again' },
  acknowledged: { ja: '確認しました', en: 'Acknowledged' },
  resolved: { ja: '解決にしました', en: 'Resolved' },
  dismissed: { ja: '問題なしとしました', en: 'Dismissed' },
};
export const wordState = (state: Incident['state'], actor: string): Bilingual => ({
  ja: `${actor} が${STATES[state].ja}。`,
  en: `${STATES[state].en} by ${actor}.`,
});
export const WORD_CLOSED: Readonly<Record<'over' | 'expected', Bilingual>> = {
  over: {
    ja: '収まったため、自動で解決にしました。',
    en: 'Resolved by itself: nothing more was seen.',
  },
  expected: {
    ja: '想定内か、異常ではないものだけになったため、自動で解決にしました。',
    en: 'Resolved by itself: all that is left of it is expected or no anomaly.',
  },
};
export const WORD_AGAIN: Bilingual = { ja: '再び発生しました。', en: 'It came back.' };
export const wordFeedback = (title: string, worked: boolean): Bilingual => ({
  ja: `対処「${title}」: ${worked ? '効果あり' : '効果なし'}`,
  en: `Remedy “${title}” ${worked ? 'worked' : 'did not work'}.`,
});
/** The first line of a template in an incident. */
export const wordFirstLine = (service: string | null, fact: TemplateFact, text: string): Bilingual => {
  const about = subject(service, fact);
  return { ja: `${about.ja}の最初の行: ${text}`, en: `First line of ${about.en}: ${text}` };
};
export const wordLastLine = (service: string | null, fact: TemplateFact, text: string): Bilingual => {
  const about = subject(service, fact);
  return { ja: `${about.ja}の最後の行: ${text}`, en: `Last line of ${about.en}: ${text}` };
};

export const wordRaised = ({ id, severity, title }: Incident): NewNotification => ({
  kind: 'incident',
  severity: severity === 'high' ? 'danger' : severity === 'medium' ? 'watch' : 'info',
  subject: id,
  title: { ja: '障害の疑い', en: 'Possible incident' },
  text: title,
});
