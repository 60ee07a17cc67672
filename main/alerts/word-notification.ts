import type { Bilingual } from '../api/contract/common.ts';
import { isErrorCode, type Lang, wordError } from '../kernel/errors.ts';
import type { Alert, NewNotification } from './contract/alerts.ts';
import { wordAnswer } from './contract/words.ts';
import { kindOf } from './kinds/all-kinds.ts';
import type { AlertRecord, Notice } from './types.ts';

const both = (word: (lang: Lang) => string): Bilingual => ({ ja: word('ja'), en: word('en') });
const PREFIX: Record<Lang, Record<Notice, Record<Alert['severity'], string>>> = {
  ja: {
    opened: { watch: '【警戒】', danger: '【危険】' },
    escalated: { watch: '【警戒】', danger: '【危険になりました】' },
    added: { watch: '【警戒・納期の追加】', danger: '【危険・納期の追加】' },
    'snooze-over': { watch: '【警戒・再通知】', danger: '【危険・再通知】' },
  },
  en: {
    opened: { watch: 'Watch: ', danger: 'Danger: ' },
    escalated: { watch: 'Watch: ', danger: 'Now at danger: ' },
    added: { watch: 'Watch, a further deadline: ', danger: 'Danger, a further deadline: ' },
    'snooze-over': { watch: 'Still at watch: ', danger: 'Still at danger: ' },
  },
};
const BROKEN: Record<'alerting-broken' | 'sync-failing', Bilingual> = {
  'alerting-broken': { ja: '遅延アラートが動いていません', en: 'Delay alerts are not working' },
  'sync-failing': { ja: 'データが届いていません', en: 'No data is arriving' },
};

/** What an alert says, by its kind; null for those about alerting itself. */
export function wordAlert(alert: AlertRecord, o: { now: number; zone: string }): Alert['said'] {
  const kind = kindOf(alert.kind);
  // what another version kept is not worded, but the alert is still there
  if (!kind || kind.details?.safeParse(alert.details).success === false) return null;
  const ja = kind.words(alert, { ...o, lang: 'ja' });
  const en = kind.words(alert, { ...o, lang: 'en' });
  const points = (ja.points ?? []).map((point, i) => ({ ja: point, en: en.points?.[i] ?? point }));
  return {
    points,
    title: { ja: ja.title, en: en.title },
    text: { ja: withAnswer(ja.text, alert, 'ja'), en: withAnswer(en.text, alert, 'en') },
  };
}
/** What was found to do about it; of an alert that is over nothing is to be done. */
function withAnswer(text: string, { answer, closedAt }: AlertRecord, lang: Lang): string {
  const words = closedAt === null && answer && wordAnswer(answer, lang);
  return words ? `${text}${lang === 'ja' ? '。' : '. '}${words}` : text;
}

const UNREAD = { ja: '取り込めない表があります', en: 'Some tables cannot be read' };

/** What a person reads when an alert opens, gets worse or comes back from a snooze; in both languages. */
export function wordNotification(
  alert: AlertRecord,
  notice: Notice,
  { now, zone }: { now: number; zone: string },
): NewNotification {
  const { kind, error, severity } = alert;
  const base = { kind: 'alert' as const, severity, subject: alert.id };
  const said = wordAlert(alert, { now, zone });
  if (kind !== 'sync-failing' && kind !== 'alerting-broken')
    return {
      ...base,
      title: both((lang) => PREFIX[lang][notice][severity] + (said?.title[lang] ?? '')),
      text: said?.text ?? { ja: '', en: '' },
    };
  const worded = (lang: Lang): string => {
    if (!error || !isErrorCode(error.code)) return BROKEN[kind][lang];
    const { say, next } = wordError({ code: error.code, params: error.params }, lang);
    return lang === 'ja' ? say + next : `${say} ${next}`;
  };
  const title = error?.code === 'sync.tables-failed' ? UNREAD : BROKEN[kind];
  return { ...base, title, text: both(worded) };
}
