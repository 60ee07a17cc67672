/** What a scenario supposes, in words: the same on the screen, on a card and on the command line. Pure. */

import { CELL_SEPARATOR } from '../../api/contract/common.ts';
import { formatMinutes, formatNumber, formatPercent } from '../../api/contract/format.ts';
import { fill, type Lang } from '../../kernel/words.ts';
import type { Change, ChangeScope, Who } from './what-if.ts';
import words from './what-if-words.json' with { type: 'json' };

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
    .join(' ') || words.who['all-sites'][lang];
const cellOf = (cellId: string, lang: Lang, names: Names): string => {
  const [location, businessId, process] = cellId.split(CELL_SEPARATOR);
  return scopeOf({ location, businessId, process }, lang, names);
};

function whoOf(who: Who, lang: Lang): string {
  const { name, number, everybody, half, share, 'and-more': andMore } = words.who;
  if (who.kind === 'named') {
    const told = who.people.slice(0, NAMED).map((one) => fill(name, { name: one.name }, lang));
    const names = told.join(lang === 'ja' ? '、' : ', ');
    const more = who.people.length - told.length;
    return more > 0 ? fill(andMore, { names, n: more }, lang) : names;
  }
  if (who.kind === 'number')
    return fill(number, { n: who.count === 1 ? 1 : formatNumber(who.count, lang) }, lang);
  if (who.share === 1) return everybody[lang];
  if (who.share === 0.5) return half[lang];
  return fill(share, { share: formatPercent(who.share, lang) }, lang);
}

/** ` (15:00から)` / ` from 15:00`; empty for now and until the end */
function whenOf(
  o: { readonly from?: number | undefined; readonly until?: number | undefined },
  lang: Lang,
): string {
  const from = o.from === undefined ? '' : wordDayMinute(o.from);
  const until = o.until === undefined ? '' : wordDayMinute(o.until);
  if (!from && !until) return '';
  const { between, from: since, until: upTo } = words.when;
  return fill(from && until ? between : from ? since : upTo, { from, until }, lang);
}
/** `20%増` / `20% more`; `2倍` from twice on */
function factorOf(factor: number, lang: Lang, of: 'amount' | 'speed'): string {
  const { same, times, more, less, faster, slower } = words.factors;
  if (factor === 1) return same[lang];
  if (factor >= 2) return fill(times, { factor: formatNumber(factor, lang, 2) }, lang);
  const [up, down] = of === 'amount' ? [more, less] : [faster, slower];
  const share = `${formatNumber(Math.abs(factor - 1) * 100, lang, 1)}%`;
  return fill(factor > 1 ? up : down, { share }, lang);
}

function deadlineWords(
  { where, deadline, shift }: Extract<Change, { kind: 'deadline' }>,
  lang: Lang,
  names: Names,
): string {
  const { every, next, named, moved, earlier, later } = words.deadlines;
  const isBy = shift.kind === 'by';
  const which =
    deadline === undefined
      ? (isBy ? every : next)[lang]
      : fill(named, { time: wordDayMinute(deadline) }, lang);
  const scope = scopeOf(where, lang, names);
  if (!isBy) return fill(moved, { scope, which, time: wordDayMinute(shift.at) }, lang);
  const by = formatMinutes(Math.abs(shift.minutes), lang);
  return fill(shift.minutes < 0 ? earlier : later, { scope, which, by }, lang);
}

/** English lines begin with a capital. */
const begin = (text: string, lang: Lang): string =>
  lang === 'ja' ? text : text.charAt(0).toUpperCase() + text.slice(1);
/** One change as a line without a full stop: `横浜で半分が不在 (13:00から)` / `横浜: half of the people absent from 13:00`. */
export const wordChange = (change: Change, lang: Lang, names: Names): string =>
  begin(lineOf(change, lang, names), lang);

function lineOf(change: Change, lang: Lang, names: Names): string {
  const say = (key: keyof typeof words.changes, params: Record<string, string>): string =>
    fill(words.changes[key], params, lang);
  if (change.kind === 'deadline') return deadlineWords(change, lang, names);
  if (change.kind === 'extra') {
    const who = whoOf({ kind: 'number', count: change.count }, lang);
    return say('extra', { cell: cellOf(change.cellId, lang, names), who, when: whenOf(change, lang) });
  }
  const where = scopeOf(change.where, lang, names);
  switch (change.kind) {
    case 'move': {
      const params = { who: whoOf(change.who, lang), to: cellOf(change.toCellId, lang, names), from: where };
      const key = change.who.kind === 'named' ? 'move' : 'move-from';
      return say(key, { ...params, when: whenOf(change, lang) });
    }
    case 'absence': {
      const isAnywhere =
        change.who.kind === 'named' && Object.values(change.where).every((v) => v === undefined);
      const params = { where, who: whoOf(change.who, lang), when: whenOf(change, lang) };
      return say(isAnywhere ? 'absence-anywhere' : 'absence', params);
    }
    case 'volume': {
      if (change.items !== undefined) {
        const n = formatNumber(Math.abs(change.items), lang);
        return say(change.items >= 0 ? 'items-more' : 'items-fewer', { where, n });
      }
      const factor = factorOf(change.factor, lang, 'amount');
      return say(change.of === 'coming' ? 'coming' : 'volume', { where, factor });
    }
    case 'speed':
      if (change.factor === 0) return say('stopped', { where });
      return say('speed', { where, factor: factorOf(change.factor, lang, 'speed') });
    case 'overtime':
      return say('overtime', { where, who: whoOf(change.who, lang), until: wordDayMinute(change.until) });
  }
}
