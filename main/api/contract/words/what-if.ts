/** What a scenario supposes, in words: the same on the screen, on a card and on the command line. Pure. */
import type { Lang } from '../../../kernel/errors.ts';
import { CELL_SEPARATOR } from '../common.ts';
import { formatMinutes, formatNumber, formatPercent } from '../format.ts';
import type { Change, ChangeScope, Who } from '../what-if.ts';

type Names = {
  /** of a business, by id */
  readonly business: (id: string) => string;
};
/** Names of people told before “and n more”. */
const NAMED = 3;

/** `15:00`; `25:30` past midnight */
export const wordDayMinute = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

const scopeOf = ({ location, businessId, process }: ChangeScope, lang: Lang, names: Names): string =>
  [location, businessId === undefined ? undefined : names.business(businessId), process]
    .filter(Boolean)
    .join(' ') || (lang === 'ja' ? '全拠点' : 'all sites');
const cellOf = (cellId: string, lang: Lang, names: Names): string => {
  const [location, businessId, process] = cellId.split(CELL_SEPARATOR);
  return scopeOf({ location, businessId, process }, lang, names);
};

function whoOf(who: Who, lang: Lang): string {
  const ja = lang === 'ja';
  if (who.kind === 'named') {
    const told = who.people.slice(0, NAMED).map(({ name }) => (ja ? `${name}さん` : name));
    const more = who.people.length - told.length;
    if (more > 0) return ja ? `${told.join('、')}ほか${more}人` : `${told.join(', ')} and ${more} more`;
    return told.join(ja ? '、' : ', ');
  }
  if (who.kind === 'number') {
    const n = formatNumber(who.count, lang);
    return ja ? `${n}人` : who.count === 1 ? '1 person' : `${n} people`;
  }
  if (who.share === 1) return ja ? '全員' : 'everybody';
  if (who.share === 0.5) return ja ? '半分' : 'half of the people';
  return ja ? `${formatPercent(who.share, lang)}の人` : `${formatPercent(who.share, lang)} of the people`;
}

/** ` (15:00から)` / ` from 15:00`; empty for now and until the end */
function whenOf(
  { from, until }: { readonly from?: number | undefined; readonly until?: number | undefined },
  lang: Lang,
): string {
  const a = from === undefined ? '' : wordDayMinute(from);
  const b = until === undefined ? '' : wordDayMinute(until);
  if (lang === 'ja') {
    if (a && b) return ` (${a}〜${b})`;
    return a ? ` (${a}から)` : b ? ` (${b}まで)` : '';
  }
  if (a && b) return `, ${a}–${b}`;
  return a ? ` from ${a}` : b ? ` until ${b}` : '';
}
/** `20%増` / `20% more`; `2倍` from twice on */
function factorOf(
  factor: number,
  lang: Lang,
  [moreJa, lessJa, moreEn, lessEn]: readonly [string, string, string, string],
): string {
  if (factor === 1) return lang === 'ja' ? '今のまま' : 'as now';
  if (factor >= 2)
    return lang === 'ja' ? `${formatNumber(factor, lang, 2)}倍` : `${formatNumber(factor, lang, 2)} times`;
  const share = `${formatNumber(Math.abs(factor - 1) * 100, lang, 1)}%`;
  if (lang === 'ja') return `${share}${factor > 1 ? moreJa : lessJa}`;
  return `${share} ${factor > 1 ? moreEn : lessEn}`;
}

function deadlineWords(
  { where, deadline, shift }: Extract<Change, { kind: 'deadline' }>,
  lang: Lang,
  names: Names,
): string {
  const scope = scopeOf(where, lang, names);
  const isBy = shift.kind === 'by';
  if (lang === 'ja') {
    const which =
      deadline === undefined ? (isBy ? 'すべての納期' : '次の納期') : `${wordDayMinute(deadline)}の納期`;
    if (!isBy) return `${scope}の${which}を${wordDayMinute(shift.at)}に変更`;
    return `${scope}の${which}を${formatMinutes(Math.abs(shift.minutes), lang)}${shift.minutes < 0 ? '前倒し' : '延長'}`;
  }
  const which =
    deadline === undefined
      ? isBy
        ? 'every deadline'
        : 'the next deadline'
      : `the ${wordDayMinute(deadline)} deadline`;
  if (!isBy) return `${scope}: ${which} at ${wordDayMinute(shift.at)}`;
  return `${scope}: ${which} ${formatMinutes(Math.abs(shift.minutes), lang)} ${shift.minutes < 0 ? 'earlier' : 'later'}`;
}

/** English lines begin with a capital. */
const begin = (text: string, lang: Lang): string =>
  lang === 'ja' ? text : text.charAt(0).toUpperCase() + text.slice(1);
/** One change as a line without a full stop: `横浜で半分が不在 (13:00から)` / `横浜: half of the people absent from 13:00`. */
export const wordChange = (change: Change, lang: Lang, names: Names): string =>
  begin(lineOf(change, lang, names), lang);

function lineOf(change: Change, lang: Lang, names: Names): string {
  const ja = lang === 'ja';
  switch (change.kind) {
    case 'move': {
      const [from, to] = [scopeOf(change.where, lang, names), cellOf(change.toCellId, lang, names)];
      const who = whoOf(change.who, lang);
      const source = change.who.kind === 'named' ? '' : ja ? `${from}から` : ` from ${from}`;
      const when = whenOf(change, lang);
      return ja ? `${source}${who}を${to}へ${when}` : `${who}${source} to ${to}${when}`;
    }
    case 'absence': {
      const [where, who] = [scopeOf(change.where, lang, names), whoOf(change.who, lang)];
      const anywhere =
        change.who.kind === 'named' && Object.values(change.where).every((v) => v === undefined);
      return ja
        ? `${anywhere ? '' : `${where}で`}${who}が不在${whenOf(change, lang)}`
        : `${anywhere ? '' : `${where}: `}${who} absent${whenOf(change, lang)}`;
    }
    case 'extra': {
      const cell = cellOf(change.cellId, lang, names);
      const who = whoOf({ kind: 'number', count: change.count }, lang);
      return ja
        ? `${cell}に外から${who}追加${whenOf(change, lang)}`
        : `${cell}: ${who} more from outside${whenOf(change, lang)}`;
    }
    case 'volume': {
      const where = scopeOf(change.where, lang, names);
      if (change.items !== undefined) {
        const n = formatNumber(Math.abs(change.items), lang);
        const more = change.items >= 0;
        if (ja) return `${where}に入る件数が${n}件${more ? '増' : '減'}`;
        return `${where}: ${n} ${more ? 'more' : 'fewer'} items arriving`;
      }
      if (change.of === 'coming') {
        const words = factorOf(change.factor, lang, ['増', '減', 'more', 'less']);
        return ja ? `${where}にこれから入る件数が${words}` : `${where}: ${words} work arriving`;
      }
      const factor = factorOf(change.factor, lang, ['増', '減', 'more', 'less']);
      return ja ? `${where}の物量が${factor}` : `${where}: ${factor} work`;
    }
    case 'speed': {
      if (change.factor === 0)
        return ja
          ? `${scopeOf(change.where, lang, names)}の作業が停止`
          : `${scopeOf(change.where, lang, names)}: work stands still`;
      const factor = factorOf(change.factor, lang, ['向上', '低下', 'faster', 'slower']);
      return ja
        ? `${scopeOf(change.where, lang, names)}の処理速度が${factor}`
        : `${scopeOf(change.where, lang, names)}: ${factor}`;
    }
    case 'deadline':
      return deadlineWords(change, lang, names);
    case 'overtime': {
      const [where, who] = [scopeOf(change.where, lang, names), whoOf(change.who, lang)];
      const until = wordDayMinute(change.until);
      return ja ? `${where}の${who}が${until}まで残業` : `${where}: ${who} on overtime until ${until}`;
    }
  }
}
