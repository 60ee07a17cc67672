import type { Alert } from '../api/contract/alerts.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { formatDateTime, formatNumber, formatPercent, formatTime, partDue } from '../api/contract/format.ts';
import { dateIn } from '../clock.ts';
import { isErrorCode, type Lang, wordError } from '../errors.ts';
import type { AlertRecord, NewNotification, Notice } from './types.ts';

const both = (word: (lang: Lang) => string): Bilingual => ({ ja: word('ja'), en: word('en') });
const PREFIX: Record<Lang, Record<Notice, Record<Alert['severity'], string>>> = {
  ja: {
    opened: { watch: '【警戒】', danger: '【危険】' },
    escalated: { watch: '【警戒】', danger: '【危険になりました】' },
    'snooze-over': { watch: '【警戒・再通知】', danger: '【危険・再通知】' },
  },
  en: {
    opened: { watch: 'Watch: ', danger: 'Danger: ' },
    escalated: { watch: 'Watch: ', danger: 'Now at danger: ' },
    'snooze-over': { watch: 'Still at watch: ', danger: 'Still at danger: ' },
  },
};
/** Of the same local day only the time is said. */
const timeText = (at: number, now: number, zone: string, lang: Lang): string =>
  dateIn(at, zone) === dateIn(now, zone) ? formatTime(at, zone, lang) : formatDateTime(at, zone, lang);

function delayTitle({ cell, evidence, severity }: Alert, now: number, zone: string, lang: Lang): string {
  const place = cell ? `${cell.location} ${cell.businessName} ${cell.process}` : '';
  const deadline = evidence?.deadline ?? null;
  if (deadline === null) return place;
  const time = timeText(deadline, now, zone, lang);
  const sure = severity === 'danger';
  return lang === 'ja'
    ? `${place} が納期 ${time} に${sure ? '間に合わない見込みです' : '間に合わないおそれがあります'}`
    : `${place} ${sure ? 'is likely to' : 'may'} miss its deadline of ${time}`;
}

/** What comes first, shortly; nothing while it is unknown. */
const CAUSE: Record<'people' | 'system' | 'both', Bilingual> = {
  people: { ja: '人員の不足が先に起きています', en: 'a shortage of people precedes it' },
  system: { ja: 'システムの異常が先に起きています', en: 'trouble in the system precedes it' },
  both: {
    ja: '人員の不足とシステムの異常が先に起きています',
    en: 'a shortage of people and trouble in the system precede it',
  },
};
const causeText = ({ verdict }: Alert, lang: Lang): string | null =>
  verdict && verdict.kind !== 'unknown' ? CAUSE[verdict.kind][lang] : null;

function delayText(alert: Alert, now: number, zone: string, lang: Lang): string {
  const { evidence } = alert;
  if (!evidence) return '';
  const { pMiss, backlog, throughput, required, people, shortItems, finishAt } = evidence;
  const part = partDue(evidence);
  // while the system stands, it is not for want of people
  const systemFirst = alert.verdict?.kind === 'system' || alert.verdict?.kind === 'both';
  const n = (value: number): string => formatNumber(value, lang);
  const time = (at: number): string => timeText(at, now, zone, lang);
  const parts =
    lang === 'ja'
      ? [
          `間に合わない確率 ${formatPercent(pMiss, lang)}`,
          `残件 ${n(backlog)}件${part === null ? '' : `（うち納期分 ${n(part)}件）`}`,
          throughput !== null && required !== null
            ? `処理速度 ${n(throughput)}件/時 (必要 ${n(required)}件/時)`
            : null,
          `${n(people)}名`,
          shortItems >= 1 ? `納期時点で約${n(shortItems)}件不足` : null,
          finishAt === null
            ? systemFirst
              ? '今の速さでは終わりません'
              : '今の人員では終わりません'
            : `${part === null ? '' : '納期分の'}終了見込み ${time(finishAt)}`,
          causeText(alert, lang),
        ]
      : [
          `${formatPercent(pMiss, lang)} likely to be late`,
          `${n(backlog)} items waiting${part === null ? '' : ` (${n(part)} due by then)`}`,
          throughput !== null && required !== null ? `${n(throughput)} items/h (needs ${n(required)})` : null,
          `${n(people)} ${people === 1 ? 'person' : 'people'}`,
          shortItems >= 1
            ? `about ${n(shortItems)} ${Math.round(shortItems) === 1 ? 'item' : 'items'} short at the deadline`
            : null,
          finishAt === null
            ? systemFirst
              ? 'will not finish at this speed'
              : 'will not finish with the people there now'
            : `expected finish${part === null ? '' : ' of those'} ${time(finishAt)}`,
          causeText(alert, lang),
        ];
  return parts.filter((part) => part !== null).join(lang === 'ja' ? '、' : ', ');
}

const BROKEN: Record<'alerting-broken' | 'sync-failing', Bilingual> = {
  'alerting-broken': { ja: '遅延アラートが動いていません', en: 'Delay alerts are not working' },
  'sync-failing': { ja: 'データが届いていません', en: 'No data is arriving' },
};

/** What a person reads when an alert opens, gets worse or comes back from a snooze; in both languages. */
export function wordNotification(
  alert: AlertRecord,
  notice: Notice,
  { now, zone }: { now: number; zone: string },
): NewNotification {
  const { kind, error, severity } = alert;
  const base = { kind: 'alert' as const, severity, subject: alert.id };
  if (kind === 'delay')
    return {
      ...base,
      title: both((lang) => PREFIX[lang][notice][severity] + delayTitle(alert, now, zone, lang)),
      text: both((lang) => delayText(alert, now, zone, lang)),
    };
  const worded = (lang: Lang): string => {
    if (!error || !isErrorCode(error.code)) return BROKEN[kind][lang];
    const { say, next } = wordError({ code: error.code, params: error.params }, lang);
    return lang === 'ja' ? say + next : `${say} ${next}`;
  };
  return { ...base, title: BROKEN[kind], text: both(worded) };
}
