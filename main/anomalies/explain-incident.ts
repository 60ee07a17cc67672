import type { IncidentDetail } from '../api/contract/anomalies.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { formatDateTime, formatNumber, formatTime } from '../api/contract/format.ts';
import { dateIn } from '../kernel/clock.ts';
import type { Lang } from '../kernel/errors.ts';

/** A delay that an incident precedes, as the timeline judged it. */
export type Preceded = { readonly cell: string; readonly deadline: number | null };
/** A finished sentence, what in it is data, and whether it stands by itself, so that a model may put it before others that do. */
export type Explained = {
  readonly text: string;
  readonly data: readonly string[];
  readonly weighs?: true | undefined;
};

const KINDS_TOLD = 2;
const REMEDIES_TOLD = 2;
const DELAYS_TOLD = 2;
const KINDS: Readonly<Record<IncidentDetail['incident']['anomalies'][number]['kind'], Bilingual>> = {
  'new-template': { ja: '初めて見るログ', en: 'lines never seen before' },
  rate: { ja: 'ふだんと違う件数', en: 'an unusual rate' },
  spike: { ja: '急な増加', en: 'a sudden rise' },
  missing: { ja: '出るはずのログの停止', en: 'lines that stopped' },
  'new-component': { ja: '急に目立つサービス', en: 'a service suddenly prominent' },
  value: { ja: '範囲を外れた値', en: 'values out of range' },
  sequence: { ja: 'いつもと違う処理の流れ', en: 'an unusual course' },
};

/** What an incident is, since when, what it precedes and what helped in it or ones like it, in a few sentences of one language. */
export function explainIncident(
  { incident, similar, recommendations }: IncidentDetail,
  preceded: readonly Preceded[],
  { lang, zone }: { readonly lang: Lang; readonly zone: string },
): Explained[] {
  const out: Explained[] = [];
  const say = (ja: string, en: string, ...data: string[]): void => {
    out.push({ text: lang === 'ja' ? ja : en, data });
  };
  const weigh = (ja: string, en: string, ...data: string[]): void => {
    out.push({ text: lang === 'ja' ? ja : en, data, weighs: true });
  };
  const n = (value: number): string => formatNumber(value, lang);
  const at = (instant: number, near: number): string =>
    dateIn(instant, zone) === dateIn(near, zone)
      ? formatTime(instant, zone, lang)
      : formatDateTime(instant, zone, lang);
  const title = incident.title[lang];
  const from = formatDateTime(incident.from, zone, lang);
  if (incident.to === null)
    say(
      `『${title}』という障害が、${from}から続いています。`,
      `The incident “${title}” has been going on since ${from}.`,
      title,
    );
  else {
    const to = at(incident.to, incident.from);
    say(
      `『${title}』という障害は${from}に始まり、${to}に収まりました。`,
      `The incident “${title}” began at ${from} and was over at ${to}.`,
      title,
    );
  }

  const services = incident.services.slice(0, 3);
  if (services.length > 0 && incident.lines > 0)
    weigh(
      `この障害の間に${services.join('、')}で${n(incident.lines)}行が記録されています。`,
      `${n(incident.lines)} ${incident.lines === 1 ? 'line was' : 'lines were'} logged during this incident by ${services.join(', ')}.`,
      ...services,
    );
  const kinds = [...Map.groupBy(incident.anomalies, (a) => a.kind)].sort((a, b) => b[1].length - a[1].length);
  const told = kinds
    .slice(0, KINDS_TOLD)
    .map(([kind, list]) =>
      lang === 'ja' ? `${KINDS[kind].ja}${n(list.length)}件` : `${KINDS[kind].en} (${n(list.length)})`,
    );
  if (told.length > 0)
    weigh(
      `この障害で検出したのは、おもに${told.join('と')}です。`,
      `What was detected in this incident is mostly ${told.join(' and ')}.`,
    );

  for (const { cell, deadline } of preceded.slice(0, DELAYS_TOLD)) {
    const due = deadline === null ? null : at(deadline, incident.from);
    weigh(
      `この障害は、${due ? `${due}の納期に対する` : ''}${cell}の遅れより先に起きています。`,
      `This incident precedes the delay of ${cell}${due ? `, due at ${due}` : ''}.`,
      cell,
    );
  }
  if (preceded.length === 0)
    weigh('この障害のあとに続く遅れは、見つかっていません。', 'No delay was found to follow this incident.');

  const past = similar[0]?.incident;
  if (past) {
    const when = formatDateTime(past.from, zone, lang);
    say(`似た障害が${when}にもありました。`, `A similar incident began at ${when}.`);
  }
  const tried = recommendations.filter((r) => r.tried > 0).slice(0, REMEDIES_TOLD);
  for (const remedy of tried)
    say(
      `『${remedy.title}』という対処は、${n(remedy.tried)}回のうち${n(remedy.worked)}回で効きました。`,
      `The remedy “${remedy.title}” was tried ${n(remedy.tried)} ${remedy.tried === 1 ? 'time' : 'times'} and worked ${n(remedy.worked)}.`,
      remedy.title,
    );
  if (tried.length === 0)
    say('効いたと分かっている対処は、まだありません。', 'No remedy is known to have worked yet.');
  return out;
}
