import type { AlertAnswer, AlertKind, AlertMute, Backtest } from '../alerts.ts';
import type { Lang, PlanUnderWay } from '../common.ts';
import { formatNumber, formatPercent } from '../format.ts';

/** What an alert of a kind is about. */
export const ALERT_KINDS: Readonly<Record<AlertKind, Readonly<Record<Lang, string>>>> = {
  delay: { ja: '遅延のおそれ', en: 'May be late' },
  'productivity-drop': { ja: '処理速度の低下', en: 'Slower than usual' },
  'skill-gap': { ja: 'スキル不足', en: 'Skill missing' },
  overtime: { ja: '残業', en: 'Overtime' },
  attendance: { ja: '欠勤・遅刻の影響', en: 'Absence or lateness matters' },
  'alerting-broken': { ja: 'アラートの確認が止まっています', en: 'Alerts are not being checked' },
  'sync-failing': {
    ja: '会社データベースの取り込みに失敗しています',
    en: 'The company database cannot be synced',
  },
};

const clockText = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
/** 札幌 SS エントリ1: 遅延のおそれ（22:00〜6:00） */
export function wordMute(mute: AlertMute, businessName: (id: string) => string, lang: Lang): string {
  const { location, businessId, process, kind, from, to } = mute;
  const place = [location, businessId === undefined ? undefined : businessName(businessId), process]
    .filter((part) => part !== undefined)
    .join(' ');
  const where = place || (lang === 'ja' ? 'すべての工程' : 'every process');
  const what = kind === undefined ? (lang === 'ja' ? 'すべての種類' : 'every kind') : ALERT_KINDS[kind][lang];
  const hours =
    from === undefined || to === undefined
      ? ''
      : lang === 'ja'
        ? `（${clockText(from)}〜${clockText(to)}）`
        : ` (${clockText(from)}–${clockText(to)})`;
  return `${where}: ${what}${hours}`;
}

/** What a setting would have done in the past, in a sentence or two. */
export function wordBacktest(result: Backtest, days: number, lang: Lang): string {
  const { fired, late, unknown, pending, unseen, looks } = result;
  const n = (value: number): string => formatNumber(value, lang);
  if (looks === 0)
    return lang === 'ja'
      ? 'この期間の進捗の記録がありません。'
      : 'There are no progress records of that time.';
  const asides = [
    unknown > 0
      ? { ja: `${n(unknown)}回は記録がなく不明`, en: `${n(unknown)} unknown for want of records` }
      : null,
    pending > 0 ? { ja: `${n(pending)}回はこれから納期`, en: `${n(pending)} not due yet` } : null,
  ].flatMap((aside) => (aside ? [aside[lang]] : []));
  if (lang === 'ja') {
    const past = days === 7 ? '先週なら' : `過去${n(days)}日なら`;
    return [
      fired === 0
        ? `${past}一度も鳴りませんでした。`
        : `${past}${n(fired)}回鳴り、うち${n(late)}回は本当に遅れました${asides.length > 0 ? `（${asides.join('、')}）` : ''}。`,
      unseen > 0 ? `鳴らずに遅れた納期は${n(unseen)}件です。` : '鳴らずに遅れた納期はありません。',
    ].join('');
  }
  const past = days === 7 ? 'Last week' : `In the last ${n(days)} days`;
  return [
    fired === 0
      ? `${past} it would not have rung at all.`
      : `${past} it would have rung ${n(fired)} ${fired === 1 ? 'time' : 'times'}; ${n(late)} of them were really late${asides.length > 0 ? ` (${asides.join(', ')})` : ''}.`,
    unseen > 0
      ? `${n(unseen)} missed ${unseen === 1 ? 'deadline' : 'deadlines'} would have gone unannounced.`
      : 'No missed deadline would have gone unannounced.',
  ].join(' ');
}

type NoMove = Extract<AlertAnswer, { kind: 'no-move' }>['why'];
const NO_MOVE: Record<NoMove, Record<Lang, string>> = {
  system: {
    ja: '人を動かしても早まりません。まずシステムの復旧見込みを確認してください。',
    en: 'Moving people will not help. First ask when the system will be back.',
  },
  standstill: {
    ja: '仕事が止まっているため、人を動かしても早まりません。まず止まっている理由を確認してください。',
    en: 'Work stands still, so moving people will not help. First find out why it stopped.',
  },
  'no-move-helps': {
    ja: '今のルールでは、動かして改善できる人がいません。納期か物量の調整、またはルールの見直しを検討してください。',
    en: 'Under the present rules nobody can be moved to improve it. Consider the deadline, the volume or the rules.',
  },
  'not-needed': {
    ja: '今の人員で間に合う計算のため、配置変更の案はありません。進み具合を見守ってください。',
    en: 'By calculation the people there now can make it, so no move is proposed. Keep an eye on the progress.',
  },
};

/** What the worked-out answer of an alert does, or why there is none; null while it is being worked out. */
export function wordAnswer(answer: AlertAnswer, lang: Lang): string | null {
  if (answer.kind === 'solving') return null;
  if (answer.kind === 'no-move') return NO_MOVE[answer.why][lang];
  const { people, before, after } = answer;
  const n = formatNumber(people, lang);
  if (before === null || after === null)
    return lang === 'ja'
      ? `${n}名の配置変更案があります。`
      : `A plan that moves ${n} ${people === 1 ? 'person' : 'people'} is ready.`;
  const [from, to] = [formatPercent(before, lang), formatPercent(after, lang)];
  return lang === 'ja'
    ? `${n}名の応援で、間に合う確率 ${from}→${to}。`
    : `Moving ${n} ${people === 1 ? 'person' : 'people'} raises the chance of making it from ${from} to ${to}.`;
}

/** The state of what is handled but not over, in two words. */
export const UNDER_WAY: Readonly<Record<Lang, string>> = {
  ja: '対策済み・確認中',
  en: 'Handled, being checked',
};
/** 対策済み・確認中（SGT20261121-1a2b3c4d、次の確認 15:30） */
export const wordUnderWay = (
  { proposalId, nextCheckAt }: PlanUnderWay,
  { lang, time }: { readonly lang: Lang; readonly time: (at: number) => string },
): string =>
  lang === 'ja'
    ? `${UNDER_WAY.ja}（${proposalId}、次の確認 ${time(nextCheckAt)}）`
    : `${UNDER_WAY.en} (${proposalId}, next look ${time(nextCheckAt)})`;
