import { addDays, daysFrom, weekdayOf } from '../kernel/clock.ts';
import type { Days } from '../measures/contract/measures.ts';
import { foldMapped } from '../vectors/index.ts';
import type { Stretch } from './types.ts';

export type Unit =
  | 'people'
  | 'percent'
  | 'items'
  | 'hours'
  | 'minutes'
  | 'days'
  | 'times'
  | 'count'
  | 'rank'
  | 'places'
  | 'lines'
  | 'plain';
export type NumberSpan = Stretch & { readonly unit: Unit; readonly value: number };
/** Times of day, minutes from midnight; 25時 is 1500. `open`: it may be the end of what is due (16時納期). */
export type TimeSpan = Stretch & {
  readonly start: number | null;
  readonly end: number | null;
  readonly at: number | null;
};
/** A bare weekday is the last or the next one: `next` tells the other. */
export type DaySpan = Stretch & { readonly days: Days; readonly next: Days | null };
export type Quantities = {
  readonly numbers: readonly NumberSpan[];
  readonly times: readonly TimeSpan[];
  readonly days: readonly DaySpan[];
};

const KANJI = '〇一二三四五六七八九';
const WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const TENS: Readonly<Record<string, number>> = {
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
};
const WORD = `half a dozen|a dozen|a couple of|a couple|(?:(?:a|${WORDS.slice(1).join('|')}) )?(?:hundred|thousand)|${[...WORDS, ...Object.keys(TENS)].sort((a, b) => b.length - a.length).join('|')}`;
const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?:万|千(?!\p{Script=Han})|百(?!\p{Script=Han})|k\b)?|[〇一二三四五六七八九十百千万]+|\b(?:${WORD})\b`;

/** 二十三 → 23, 1万 → 10000, three → 3 */
export function numberOf(text: string): number {
  const digits = /^[\d,.]+/.exec(text)?.[0];
  if (digits)
    return (
      Number(digits.replaceAll(',', '')) *
      ({ 万: 10_000, 千: 1000, 百: 100, k: 1000 }[text.slice(digits.length)] ?? 1)
    );
  if (text.startsWith('half')) return 6;
  if (text === 'a dozen') return 12;
  if (text.startsWith('a couple')) return 2;
  if (/^[a-z]/.test(text)) {
    const [times = '', of] = text.split(' ');
    return of
      ? Math.max(1, WORDS.indexOf(times)) * (TENS[of] ?? 1)
      : (TENS[text] ?? Math.max(0, WORDS.indexOf(text)));
  }
  let total = 0;
  let part = 0;
  let digit = 0;
  for (const c of text) {
    const place = '十百千'.indexOf(c);
    if (c === '万') {
      total += (part + digit || 1) * 10_000;
      part = digit = 0;
    } else if (place >= 0) {
      part += Math.max(1, digit) * 10 ** (place + 1);
      digit = 0;
    } else digit = digit * 10 + KANJI.indexOf(c);
  }
  return total + part + digit;
}

/** 1時間ごと is a split, no length of time */
const SPLIT = 'ごと|毎|単位|おき|別|刻み|きざみ';
const SPLIT_HOURS = new RegExp(`^時間(?:${SPLIT})`);
const MORE = `(?:(?:more|fewer|less|extra|additional|other|further) )*`;
const UNITS: readonly (readonly [Unit, RegExp, number])[] = [
  ['percent', /^ ?(?:%|ぱせんと|percent\b|per cent\b|pct\b)/, 1],
  ['percent', /^割(?:5分)?/, 10],
  ['rank', /^(?:番目|位|番手)/, 1],
  ['rank', /^(?:st|nd|rd|th)\b/, 1],
  [
    'people',
    new RegExp(
      `^ ?(?:人(?!時|目|日|当|あた|ひとり|一人|ずつ)|名(?!前)|${MORE}(?:people|persons?|operators?|staff|workers?|heads?|members?|employees?|hands|helpers?|colleagues?|movers|temps|folks|bodies|guys)\\b)`,
    ),
    1,
  ],
  ['items', new RegExp(`^ ?(?:件|枚|通(?!り)|本|${MORE}(?:items?|cases?|documents?|forms?|sheets?)\\b)`), 1],
  ['hours', new RegExp(`^ ?(?:時間(?!${SPLIT})|(?:more |extra )?hours?\\b|hrs?\\b|h\\b)`), 1],
  ['minutes', /^ ?(?:分(?!の[\d一二三四五六七八九])|(?:more |extra )?minutes?\b|mins?\b)/, 1],
  ['days', /^ ?(?:日(?!曜)間?|days?\b)/, 1],
  ['days', /^ ?(?:週間|weeks?\b)/, 7],
  ['count', /^ ?(?:倍|回|度(?!目)|times\b)/, 1],
  ['places', /^ ?(?:か所|箇所|カ所|ヶ所|つ(?!の案)|個)/, 1],
  ['lines', /^行/, 1],
];

const TIME = String.raw`(?:(?<part>午前|午後|朝|夕方|夜|深夜|昼の?)の?)?(?:(?<![\d:.])(?<h>[0-3]?\d|4[0-7])(?:時(?!間)(?:(?<half>半)|(?<m>\d{1,2})分)?|:(?<m2>\d{2})(?!\d)(?:\s*(?<ap2>am|pm|a\.m\.|p\.m\.))?|\s*(?<ap>am|pm|a\.m\.|p\.m\.)(?![a-z])|\s*o'?clock)|(?<word>正午|\bnoon\b|\bmidday\b|\bmidnight\b|\blunchtime\b))`;
const HOURS = WORDS.slice(1, 13).join('|');
const BARE = String.raw`(?<![\d:.])(?<b>half (?:past )?(?:[01]?\d|${HOURS})\b|[0-2]?\d|\b(?:${HOURS})\b)(?![\d:.])`;
const unnamed = (source: string): string => source.replace(/\?<(?![=!])\w+>/g, '?:');
const T = unnamed(TIME);
const ANY = `(?:${T}|${unnamed(BARE)})`;
/** each shape of a stretch of time, the longest first; %a and %b are times */
const SHAPES: readonly (readonly [shape: RegExp, role: 'range' | 'until' | 'from' | 'at'])[] = [
  [
    new RegExp(
      `(?:between|from) (?<a>${ANY}) (?:and|to|until|till|-) (?<z>${T}|${unnamed(BARE)}(?! ?(?:people|items|persons|%|percent|forms)))|(?<a2>${T}|\\d{1,2}) ?[〜~ー–—-] ?(?<z2>${T})(?:まで)?(?:の?間)?(?:に)?`,
    ),
    'range',
  ],
  [new RegExp(`(?<a>${T})(?:から|より|〜|~)(?<z>${T})(?:までの?間|まで)?(?:の間)?に?`), 'range'],
  [new RegExp(`(?<a>${T}) (?:to|until|till|and) (?<z>${T})`), 'range'],
  [
    new RegExp(
      `(?:(?:by|before|until|till|up to|no later than|due at|due by) )(?:at )?(?<z>${T})|(?<z2>${T})(?:までに|までの|まで|迄に|迄|より前|前に|前の|前まで|以前)`,
    ),
    'until',
  ],
  [
    new RegExp(
      `(?:(?:since|after|from|starting at) )(?<a>${T})(?: onwards?| on)?|(?<a2>${T})(?:以降に?|以後|から今まで|からこれまで|から|過ぎから|より後|すぎ|過ぎ| onwards?)(?:今まで|ずっと|の)?に?`,
    ),
    'from',
  ],
  [
    new RegExp(`(?:(?:at|around|about|as of) )?(?<x>${T})(?:時点|現在|ちょうど|ごろ|頃|ころ|台)?(?:に|で)?`),
    'at',
  ],
  [new RegExp(`\\b(?<x>${HOURS}) o'clock`), 'at'],
  [
    new RegExp(`\\bat (?<x>${unnamed(BARE)})(?= (?:this|in the|yesterday|today|on|last|o'clock)|[?.!]|$)`),
    'at',
  ],
  [new RegExp(`\\bsince (?<a>${unnamed(BARE)})(?=[?.!,]|$| (?:today|this))`), 'from'],
  [new RegExp(`\\b(?:by|before|until) (?<z>${unnamed(BARE)})(?=[?.!,]|$| (?:today|tonight|this))`), 'until'],
];

const MINUTE_OF = new RegExp(TIME);
function minuteOf(text: string): { minute: number; pm: boolean; said: boolean } {
  const g = MINUTE_OF.exec(text)?.groups;
  if (!g) {
    const hour = numberOf(/\d+|[a-z]+$/.exec(text)?.[0] ?? '0');
    // by 5, at four: of the working day
    const late = hour > 0 && hour <= 7 ? 12 : 0;
    return { minute: (hour + late) * 60 + (text.startsWith('half') ? 30 : 0), pm: false, said: false };
  }
  const half = g['ap'] ?? g['ap2'] ?? '';
  const pm =
    /午後|夕方/.test(g['part'] ?? '') || half.startsWith('p') || (g['part'] === '夜' && Number(g['h']) >= 5);
  const am = /午前|朝/.test(g['part'] ?? '') || half.startsWith('a');
  const hour = g['word'] ? (g['word'] === 'midnight' ? 24 : 12) : Number(g['h']);
  const minutes = g['half'] ? 30 : Number(g['m'] ?? g['m2'] ?? 0);
  // 3時, 4 o'clock: of the working day
  const bare = !am && g['m2'] === undefined && !/夜|朝/.test(g['part'] ?? '') && hour >= 1 && hour <= 5;
  return {
    minute: ((pm || bare) && hour < 12 ? hour + 12 : am && hour === 12 ? 0 : hour) * 60 + minutes,
    pm,
    said: pm || am,
  };
}

const WEEKDAYS = '日月火水木金土';
const ENGLISH_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY =
  /(?:(?<week>再来週|来週|今週|先々週|先週|翌週|前週|次|今度|前|この前|next|this|last|coming|previous)\s*(?:の)?\s*)?(?:(?<ja>[日月火水木金土])曜日?|\b(?<en>sun|mon|tues|wednes|thurs|fri|satur)days?\b|\b(?<short>mon|tue|wed|thu|fri)\b)(?: (?<after>last week|this week|next week))?|(?<monday>週明け)/g;
const WEEKS: Readonly<Record<string, number>> = {
  再来週: 2,
  来週: 1,
  翌週: 1,
  next: 1,
  次: 1,
  今度: 1,
  coming: 1,
  今週: 0,
  this: 0,
  先週: -1,
  前週: -1,
  last: -1,
  previous: -1,
  前: -1,
  この前: -1,
  先々週: -2,
  'last week': -1,
  'this week': 0,
  'next week': 1,
};
const FIXED: readonly (readonly [RegExp, Days])[] = [
  [
    /(?:(?:in|over|for|within|during) )?(?:the )?past month|(?:over|within|during) the last month/g,
    { kind: 'last-days', days: 30 },
  ],
  [
    /(?:(?:in|over|for|within|during) )?(?:the )?past week|(?:over|within|during) the last week/g,
    { kind: 'last-days', days: 7 },
  ],
  [/明後日|あさって|(?:the )?day after tomorrow|翌々日/g, { kind: 'day', offset: 2 }],
  [/一昨日|おととい|(?:the )?day before yesterday/g, { kind: 'day', offset: -2 }],
  [/一昨昨日|さきおととい|3日前|three days ago|3 days ago/g, { kind: 'day', offset: -3 }],
  [
    /明日|翌営業日|次の営業日|next (?:business|working) day|翌日|翌朝|あした|あす(?![かが])|明朝|tomorrow's|tomorrow|(?:the )?(?:next|following) day|tmrw|tmr\b/g,
    { kind: 'day', offset: 1 },
  ],
  [
    /昨日|前日(?!比)|昨夜|昨晩|きのう|昨夕|yesterday's|yesterday|last night|(?:the )?day before|(?:the )?previous day/g,
    { kind: 'day', offset: -1 },
  ],
  [
    /since (?:this |the |early )?morning|今日中|本日中|今日|本日|当日(?!欠勤)|きょう|今夜|今晩|定時|終業|today's|today|tonight|by the end of the day|end of (?:the )?day|this (?=morning|afternoon|evening)|今(?=朝)/g,
    { kind: 'day', offset: 0 },
  ],
  [/先々週|(?:the )?week before last|two weeks ago|2週間前/g, { kind: 'week', offset: -2 }],
  [/再来週|(?:the )?week after next/g, { kind: 'week', offset: 2 }],
  [/来週|らいしゅう|翌週|next week's|next week/g, { kind: 'week', offset: 1 }],
  [
    /先週いっぱい|先週|せんしゅう|前週(?!比)|last week's|last week|(?:the )?previous week|(?:the )?week before/g,
    { kind: 'week', offset: -1 },
  ],
  [/今週|こんしゅう|this week's|this week|週内/g, { kind: 'week', offset: 0 }],
  [/先々月|(?:the )?month before last/g, { kind: 'month', offset: -2 }],
  [/来月|翌月|next month's|next month/g, { kind: 'month', offset: 1 }],
  [/先月|前月(?!比)|last month's|last month|(?:the )?previous month/g, { kind: 'month', offset: -1 }],
  [/今月|当月|this month's|this month/g, { kind: 'month', offset: 0 }],
];
const COUNTED = new RegExp(
  String.raw`(?:(?<past>過去|直近|ここ|この|最近|(?:in |over |for |within |during )?(?:the )?(?:last|past|previous))|(?<next>今後|向こう|これから|(?:in |over |for )?(?:the )?next|この先))の?\s*(?<n>\d+|[一二三四五六七八九十]+|\b(?:${WORD})\b)?\s*(?:(?<unit>日|days?)|(?<weeks>週|weeks\b)|(?<months>(?:か|ヶ|カ|ケ|ヵ)月|months\b)|(?<hours>時間|hours?\b)|(?<minutes>分|minutes?\b))(?:間)?(?:分)?(?:で|に|の|以内に?|以内)?`,
  'g',
);
const AGO = new RegExp(
  String.raw`(?<n>\d+|[二三四五六七]|\b(?:${WORD})\b) ?(?:日前|days? (?:ago|back|earlier))`,
  'g',
);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DATE =
  /(?:(?<y>20\d{2})[-/年.])?(?<![\d/:.])(?<m>1[0-2]|0?[1-9])(?:月|[-/])(?<d>3[01]|[12]\d|0?[1-9])(?![\d/%:]|\s*時(?![間点]))日?|(?<![\d月])(?<d2>3[01]|[12]\d|[1-9])日(?!間|以上|以下|未満|連続|に?何回|1回|\d|あた)|\b(?<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:the )?(?<d3>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b|\b(?:the )?(?<d4>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?: of)?\s+(?<mon2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:on )?the (?<d5>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b/g;
const MONTH =
  /(?<![\d/])(?<m>1[0-2]|[1-9])月(?!\d|曜)(?:分|中|度)?|\b(?:in |of |during )(?<mon>january|february|march|april|june|july|august|september|october|november|december)\b/g;
const RANGE_ENDS =
  /^(?:から|〜|~|-|–| to | until | till | through | - |より)(?:the )?(?:(?<m>1[0-2]|[1-9])(?:月|\/))?(?<d>3[01]|[12]\d|[1-9])(?:日|st|nd|rd|th)?(?![\d:時])(?:まで(?:の間)?)?/;

type Claim = (from: number, length: number) => Stretch | null;

/** Numbers, times and days of a question, each with its place in the original. `taken`: spans that belong to names or fixed words. */
export function findQuantities(
  original: string,
  taken: readonly Stretch[],
  now: { readonly today: string; readonly minute: number },
): Quantities {
  const folded = foldMapped(original);
  const { text } = folded;
  const used = Array.from({ length: text.length }, (_, i) =>
    taken.some((t) => (folded.starts[i] ?? 0) >= t.from && (folded.starts[i] ?? 0) < t.to),
  );
  const claim: Claim = (from, length) => {
    if (length === 0 || used.slice(from, from + length).includes(true)) return null;
    used.fill(true, from, from + length);
    return { from: folded.starts[from] ?? 0, to: folded.ends[from + length - 1] ?? 0 };
  };
  const lastHours = findLastHours(text, claim);
  const days = findDays(text, claim, now.today);
  const ago = findAgo(text, claim, now.minute);
  return {
    days: [...days, ...lastHours],
    times: [...ago, ...findTimes(text, claim)],
    numbers: findNumbers(text, claim),
  };
}

/** 直近1時間, the last hour */
function findLastHours(text: string, claim: Claim): DaySpan[] {
  const days: DaySpan[] = [];
  for (const m of text.matchAll(COUNTED)) {
    const g = m.groups ?? {};
    if ((!g['hours'] && !g['minutes']) || !g['past']) continue;
    const minutes = (g['n'] ? numberOf(g['n']) : 1) * (g['hours'] ? 60 : 1);
    if (minutes < 1 || minutes > 1440) continue;
    const span = claim(m.index, m[0].length);
    if (span) days.push({ ...span, days: { kind: 'last-minutes', minutes }, next: null });
  }
  return days;
}

function findDays(text: string, claim: Claim, today: string): DaySpan[] {
  const days: DaySpan[] = [];
  const put = (from: number, length: number, value: Days, next: Days | null = null): void => {
    const span = claim(from, length);
    if (span) days.push({ ...span, days: value, next });
  };
  for (const m of text.matchAll(COUNTED)) {
    const g = m.groups ?? {};
    if (g['hours'] || g['minutes'] || (!g['n'] && !g['unit'] && !g['weeks'] && !g['months'])) continue;
    if (!g['n'] && !(g['weeks'] || g['months'])) continue;
    const n = (g['n'] ? numberOf(g['n']) : 1) * (g['weeks'] ? 7 : g['months'] ? 30 : 1);
    if (n > 0)
      put(m.index, m[0].length, g['past'] ? { kind: 'last-days', days: n } : { kind: 'next-days', days: n });
  }
  for (const m of text.matchAll(WEEKDAY)) {
    const g = m.groups ?? {};
    const weekday = g['monday']
      ? 1
      : g['ja']
        ? WEEKDAYS.indexOf(g['ja'])
        : ENGLISH_DAYS.findIndex((d) => (g['en'] ?? g['short'] ?? '').startsWith(d));
    const week = g['monday'] ? 1 : WEEKS[g['after'] ?? g['week'] ?? ''];
    const ahead = (weekday - weekdayOf(today) + 7) % 7;
    if (week !== undefined) put(m.index, m[0].length, { kind: 'weekday', weekday, week });
    else
      put(
        m.index,
        m[0].length,
        { kind: 'day', offset: ahead === 0 ? 0 : ahead - 7 },
        { kind: 'day', offset: ahead },
      );
  }
  for (const m of text.matchAll(DATE)) {
    const g = m.groups ?? {};
    const named = MONTHS.indexOf(g['mon'] ?? g['mon2'] ?? '') + 1;
    const month = Number(g['m'] ?? 0) || named || Number(today.slice(5, 7));
    const year = Number(g['y'] ?? today.slice(0, 4));
    const date = (mo: number, d: number): string =>
      new Date(Date.UTC(year, mo - 1, d)).toISOString().slice(0, 10);
    const day = Number(g['d'] ?? g['d2'] ?? g['d3'] ?? g['d4'] ?? g['d5']);
    const end = RANGE_ENDS.exec(text.slice(m.index + m[0].length));
    const from = date(month, day);
    if (end)
      put(m.index, m[0].length + end[0].length, {
        kind: 'dates',
        from,
        to: date(Number(end.groups?.['m'] ?? month), Number(end.groups?.['d'])),
      });
    else if (from > today)
      put(m.index, m[0].length, {
        kind: 'day',
        offset: daysFrom(today, from),
      });
    else put(m.index, m[0].length, { kind: 'dates', from, to: from });
  }
  for (const m of text.matchAll(MONTH)) {
    const month = m.groups?.['m']
      ? Number(m.groups['m'])
      : MONTHS.indexOf((m.groups?.['mon'] ?? '').slice(0, 3)) + 1;
    const [y = 1970, now = 1] = today.split('-').map(Number);
    const year = month > now ? y - 1 : y;
    const date = (mo: number, d: number): string =>
      new Date(Date.UTC(year, mo - 1, d)).toISOString().slice(0, 10);
    put(m.index, m[0].length, { kind: 'dates', from: date(month, 1), to: date(month + 1, 0) });
  }
  for (const m of text.matchAll(AGO))
    put(m.index, m[0].length, { kind: 'day', offset: -numberOf(m.groups?.['n'] ?? '0') });
  for (const [pattern, value] of FIXED)
    for (const m of text.matchAll(pattern)) put(m.index, m[0].length, value);
  return daysJoined(text, days, today);
}

const RANGE = /^(?:から|〜|~|ー|-|–|—| to | through | till | until | - )$/;
/** the one date that a day is; null: a week, a month */
function dateOf(days: Days, today: string): string | null {
  if (days.kind === 'day') return addDays(today, days.offset);
  if (days.kind === 'weekday')
    return addDays(today, ((days.weekday + 6) % 7) - ((weekdayOf(today) + 6) % 7) + 7 * days.week);
  return days.kind === 'dates' && days.from === days.to ? days.from : null;
}
/** 月曜から水曜まで: the days between, where the later one is of the same week unless it says another */
function daysJoined(text: string, found: readonly DaySpan[], today: string): DaySpan[] {
  const out: DaySpan[] = [];
  for (const day of found.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    const from = last && RANGE.test(text.slice(last.to, day.from)) ? dateOf(last.days, today) : null;
    const bare = dateOf(day.days, today);
    let to = bare;
    // 先週の月曜から水曜: of that week too
    while (from && bare && to && day.next && addDays(to, -7) > from) to = addDays(to, -7);
    if (last && from && to && from < to)
      out[out.length - 1] = { from: last.from, to: day.to, days: { kind: 'dates', from, to }, next: null };
    else out.push(day);
  }
  return out;
}

/** 昨日の今ごろ, the same time yesterday: as late in the day as it is now */
const SAME_TIME =
  /今[ごこ]ろ|今頃|同じ(?:時刻|時間帯?|[ごこ]ろ|頃)|同時刻|同時間帯?|この時[間刻]|(?:at |by )?(?:the |this )?same (?:time|hour|point)(?![a-z])|(?:at |by )?this (?:time|hour|point)(?= (?:yesterday|last))|(?:by now|now)(?= yesterday)|(?<=yesterday )(?:at |by )(?:this time|now|the same time|this point)/g;
/** 1時間前, two hours ago: a time of today */
const AGO_TIME = new RegExp(
  String.raw`(?<n>${NUMBER}|half an|an)\s*(?:(?<h>時間(?<half>半)?|hours?\b)|分|minutes?\b)\s*(?:前|まえ|ago\b)`,
  'g',
);
function findAgo(text: string, claim: Claim, now: number): TimeSpan[] {
  const same = [...text.matchAll(SAME_TIME)].flatMap((m) => {
    const span = claim(m.index, m[0].length);
    return span ? [{ ...span, start: null, end: null, at: now }] : [];
  });
  const ago = [...text.matchAll(AGO_TIME)].flatMap((m) => {
    const g = m.groups ?? {};
    const n = g['n'] === 'an' ? 1 : g['n'] === 'half an' ? 0.5 : numberOf(g['n'] ?? '0');
    const at = now - Math.round((n + (g['half'] ? 0.5 : 0)) * (g['h'] ? 60 : 1));
    const span = at >= 0 && at < now ? claim(m.index, m[0].length) : null;
    return span ? [{ ...span, start: null, end: null, at }] : [];
  });
  return [...same, ...ago];
}

function findTimes(text: string, claim: Claim): TimeSpan[] {
  const times: TimeSpan[] = [];
  for (const [shape, role] of SHAPES)
    for (const m of text.matchAll(new RegExp(shape, 'g'))) {
      const g = m.groups ?? {};
      const a = g['a'] ?? g['a2'] ?? g['x'];
      const z = g['z'] ?? g['z2'];
      if (/^\d+$/.test(a ?? '') && /^\d+$/.test(z ?? '') && Number(z) > 24) continue;
      const span = claim(m.index, m[0].length);
      if (!span) continue;
      const first = a === undefined ? null : minuteOf(a);
      const last = z === undefined ? null : minuteOf(z);
      // 2 to 3 pm: both are in the afternoon; between 9 and 11, between 1 and 3: of the working day
      const start =
        first && last?.pm && !first.said && first.minute + 720 < last.minute
          ? first.minute + 720
          : (first?.minute ?? null);
      const end = last?.minute ?? null;
      const small = role === 'range' && start !== null && end !== null && end <= 360 && !last?.said;
      const shift = small ? 720 : 0;
      if (role === 'at')
        times.push(
          /台/.test(m[0])
            ? { ...span, start, end: (start ?? 0) + 60, at: null }
            : { ...span, start: null, end: null, at: start },
        );
      else
        times.push({
          ...span,
          start: start === null ? null : start + shift,
          end: end === null ? null : end + shift,
          at: null,
        });
    }
  return times;
}

function findNumbers(text: string, claim: Claim): NumberSpan[] {
  const numbers: NumberSpan[] = [];
  for (const m of text.matchAll(new RegExp(NUMBER, 'gu'))) {
    const end = m.index + m[0].length;
    const rest = text.slice(end, end + 28);
    const unit = UNITS.find(([, pattern]) => pattern.test(rest));
    const before = text.slice(Math.max(0, m.index - 16), m.index);
    // 一 and one are numbers only beside a unit or a limit: 一覧, one of them
    const bound =
      /(?:at most|only|just|exactly|up to|top|bottom|than|max|maximum|add|least|with|first|last|plus) $/.test(
        before,
      );
    if (SPLIT_HOURS.test(rest)) continue;
    if (!unit && !/^\d/.test(m[0]) && !(bound || (/^[a-z]/.test(m[0]) && m[0] !== 'one'))) continue;
    if (/[a-z]$/.test(before) && /^\d/.test(m[0])) continue;
    if (/^[a-z]/.test(rest) && /^\d/.test(m[0]) && !unit) continue;
    const length = unit ? (unit[1].exec(rest)?.[0].length ?? 0) : 0;
    const sign = /[-−±]$/.test(before) && !/[\d\p{L}] ?[-−]$/u.test(before);
    const span = claim(m.index, m[0].length + length);
    if (!span) continue;
    const value = numberOf(m[0]) * (unit?.[2] ?? 1) * (sign ? -1 : 1);
    const half = unit?.[0] === 'hours' && /^半/.test(text.slice(end + length));
    numbers.push({
      ...span,
      to: half ? span.to + 1 : span.to,
      unit: unit?.[0] ?? 'plain',
      value: half ? value + 0.5 : value,
    });
  }
  for (const m of text.matchAll(
    /\b(?:half an hour|half[- ]hour|an(?:other| extra| additional)? hour)\b|(?<!\d)半時間/g,
  )) {
    const span = claim(m.index, m[0].length);
    if (span) numbers.push({ ...span, unit: 'minutes', value: /half|半/.test(m[0]) ? 30 : 60 });
  }
  for (const m of text.matchAll(
    /\b(?:half|(?:a |one )?quarter)(?: of)?\b|\bhalv(?:e|es|ed|ing)\b|半分|半数|半減|倍増|(?<![\d一二三四五六七八九十])倍(?=に|の)|\bdoubl(?:e|es|ed)\b/g,
  )) {
    const span = claim(m.index, m[0].length);
    if (span)
      numbers.push({
        ...span,
        unit: 'percent',
        value: /倍|doubl/.test(m[0]) ? 100 : /quarter/.test(m[0]) ? 25 : 50,
      });
  }
  return numbers;
}
