import { formatNumber, formatPercent, partDue } from '../../../api/contract/format.ts';
import { wordPrecedes } from '../../../timeline/contract/words.ts';
import { wordLateAfter } from '../../contract/words.ts';
import type { AlertRecord } from '../../types.ts';
import { timeText, type WordOptions } from '../kind.ts';

/** Which queue will miss which deadline, and how sure that is. */
export function delayTitle({ cell, evidence, severity, state }: AlertRecord, o: WordOptions): string {
  const { lang } = o;
  const place = cell ? `${cell.location} ${cell.businessName} ${cell.process}` : '';
  const deadline = evidence?.deadline ?? null;
  if (deadline === null) return place;
  const time = timeText(deadline, o);
  const sure = severity === 'danger';
  if (state === 'expired')
    return lang === 'ja'
      ? `${place} の納期 ${time} を過ぎました`
      : `${place}: the deadline of ${time} has passed`;
  if (state === 'resolved')
    return lang === 'ja'
      ? `${place} が納期 ${time} に間に合わないおそれはなくなりました`
      : `${place} is no longer likely to miss its deadline of ${time}`;
  return lang === 'ja'
    ? `${place} が納期 ${time} に${sure ? '間に合わない見込みです' : '間に合わないおそれがあります'}`
    : `${place} ${sure ? 'is likely to' : 'may'} miss its deadline of ${time}`;
}

/** The figures of a delay, the steps after it, then what precedes it. */
export function delayText(alert: AlertRecord, o: WordOptions): string {
  const { lang } = o;
  const { evidence } = alert;
  if (!evidence) return '';
  const { pMiss, backlog, throughput, required, people, shortItems, finishAt } = evidence;
  const part = partDue(evidence);
  // while the system stands, it is not for want of people
  const systemFirst = alert.verdict?.sides.includes('system') ?? false;
  const n = (value: number): string => formatNumber(value, lang);
  const items = (value: number): string => `${n(value)} ${Math.round(value) === 1 ? 'item' : 'items'}`;
  const time = (at: number): string => timeText(at, o);
  const parts =
    lang === 'ja'
      ? [
          `間に合わない確率 ${formatPercent(pMiss, lang)}`,
          `残件 ${n(backlog)}件${part === null ? '' : `（納期までに ${n(part)}件）`}`,
          throughput !== null && required !== null
            ? `処理速度 ${n(throughput)}件/時 (必要 ${n(required)}件/時)`
            : null,
          `${n(people)}名`,
          shortItems >= 1 ? `納期時点で約${n(shortItems)}件不足` : null,
          finishAt === null
            ? systemFirst
              ? '今の速さでは終わりません'
              : '今の人員では終わりません'
            : `納期分の完了見込み ${time(finishAt)}`,
          wordLateAfter(alert, { lang, time }),
          alert.verdict && wordPrecedes(alert.verdict, lang),
        ]
      : [
          `${formatPercent(pMiss, lang)} likely to be late`,
          `${items(backlog)} waiting${part === null ? '' : ` (${n(part)} to be done by then)`}`,
          throughput !== null && required !== null ? `${n(throughput)} items/h (needs ${n(required)})` : null,
          `${n(people)} ${people === 1 ? 'person' : 'people'}`,
          shortItems >= 1 ? `about ${items(shortItems)} short at the deadline` : null,
          finishAt === null
            ? systemFirst
              ? 'will not finish at this speed'
              : 'will not finish with the people there now'
            : `due work done by ${time(finishAt)}`,
          wordLateAfter(alert, { lang, time }),
          alert.verdict && wordPrecedes(alert.verdict, lang),
        ];
  return parts.filter((part) => part !== null).join(lang === 'ja' ? '、' : ', ');
}
