import { foldMapped } from '../vectors/index.ts';
import type { DateMention, NumberMention, Span, TimeMention } from './types.ts';

/** Numbers, times and days of a question, each with its place in the original text. */
export type Quantities = {
  readonly numbers: readonly NumberMention[];
  readonly times: readonly TimeMention[];
  readonly dates: readonly DateMention[];
};

const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)万?|[一二三四五六七八九十百]+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half a dozen|a couple of)\b`;
const ENGLISH = new Map(
  Object.entries({
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    twelve: 12,
    twenty: 20,
    'half a dozen': 6,
    'a couple of': 2,
  }),
);
/** 二十三 → 23 */
function kanjiNumber(text: string): number {
  let total = 0;
  let digit = 0;
  for (const c of text) {
    const place = '十百'.indexOf(c);
    if (place < 0) digit = '一二三四五六七八九'.indexOf(c) + 1;
    else {
      total += Math.max(1, digit) * 10 ** (place + 1);
      digit = 0;
    }
  }
  return total + digit;
}
const numberOf = (text: string): number => {
  if (/^[\d]/.test(text)) return Number(text.replace(/[,万]/g, '')) * (text.endsWith('万') ? 10_000 : 1);
  return ENGLISH.get(text) ?? kanjiNumber(text);
};

const UNITS: readonly (readonly [NumberMention['unit'], RegExp, number])[] = [
  ['percent', /^\s*(?:%|ぱせんと|percent\b|pct\b)/, 1],
  ['percent', /^\s*割/, 10],
  [
    'people',
    /^\s*(?:人(?!時|目|日)|名(?!前)|(?:more |fewer |less |extra |additional |other )*(?:people|persons?|operators?|staff|workers?|heads?|members?|employees?)\b)/,
    1,
  ],
  ['items', /^\s*(?:件|枚|通|(?:more |fewer |extra )*(?:items?|cases?|documents?|forms?)\b)/, 1],
  ['hours', /^\s*(?:時間|hours?\b|hrs?\b|h\b)/, 1],
  ['minutes', /^\s*(?:分(?!の[\d一二三四五六七八九])|minutes?\b|mins?\b)/, 1],
  ['days', /^\s*(?:日(?!曜)|days?\b)/, 1],
  ['days', /^\s*(?:週間|weeks?\b)/, 7],
  ['times', /^\s*(?:倍|times\b)/, 1],
];
const LESS =
  /減|抜|外[しすれ]|休|欠|引[きい]|少な|いなく|帰|早退|fewer|less|reduc|remov|minus|drop|lose|\bout\b|\bcut|absent|\bsick|\bleave|take away|pull/;
const MORE =
  /増|追加|足[しせすさ]|加え|入れ|応援|投入|補充|送[るりっれ]|もらえ|more|\badd|extra|increas|plus|send|grow|rise|additional|join/;

const TIME =
  /(?<part>午前|午後|朝|夕方|夜|深夜)?(?:の)?(?<![\d:])(?<h>\d{1,2})(?:時(?!間)(?:(?<half>半)|(?<m>\d{1,2})分)?|(?=\s*[〜~ー–—-]\s*\d{1,2}時(?!間))|:(?<m2>\d{2})(?!\d)(?:\s*(?<ap2>am|pm|a\.m\.|p\.m\.))?|\s*(?<ap>am|pm|a\.m\.|p\.m\.)(?![a-z]))|(?<word>正午|\bnoon\b|\bmidnight\b)/g;

const DAY_WORDS: readonly (readonly [RegExp, number])[] = [
  [/明後日|あさって|day after tomorrow/g, 2],
  [/一昨日|おととい|day before yesterday/g, -2],
  [/明日|翌日|翌朝|あした|明朝|tomorrow|next day|following day/g, 1],
  [/昨日|前日|昨夜|昨晩|きのう|yesterday|last night/g, -1],
  [/今日|本日|当日|きょう|今朝|今夜|今晩|today|tonight|this (?:morning|afternoon|evening)/g, 0],
];
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'];
const WEEKDAY =
  /(?:(?<week>再来週|来週|今週|先週|翌週|次|今度|next|this|last)\s*(?:の)?\s*)?(?:(?<ja>[日月火水木金土])曜日?|\b(?<en>sun|mon|tues|wednes|thurs|fri|satur)days?\b)|(?<after>週明け)/g;
const ENGLISH_DAYS = ['sun', 'mon', 'tues', 'wednes', 'thurs', 'fri', 'satur'];
const WEEK_OFFSET = new Map(
  Object.entries({ 再来週: 2, 来週: 1, 翌週: 1, next: 1, 今週: 0, this: 0, 先週: -1, last: -1 }),
);
const PERIOD =
  /(?<w>再来週|来週|翌週|今週|先週|(?:next|this|last) week)|(?<mo>来月|翌月|今月|先月|前月|(?:next|this|last) month)/g;
const LAST_DAYS =
  /(?:(?<past>過去|直近|ここ|この|(?:the )?(?:last|past))|(?<next>今後|向こう|これから|(?:the )?next))\s*(?<n>\d+|[一二三四五六七八九十]+|two|three|four|five|six|seven|ten)\s*(?:(?<unit>日|days?)|(?<weeks>週|weeks?)|(?<months>(?:か|ヶ|カ|ケ|か)月|months?))間?/g;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DATE =
  /(?:(?<y>20\d{2})[-/年.])?(?<![\d/:.])(?<m>1[0-2]|0?[1-9])(?:月|[-/])(?<d>3[01]|[12]\d|0?[1-9])(?![\d/%:]|\s*時(?![間点]))日?|(?<![\d])(?<d2>3[01]|[12]\d|0?[1-9])日(?!間|曜)|\b(?<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?<d3>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b|\b(?<d4>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s+(?<mon2>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/g;

/** Reads numbers, times and days. `taken`: spans of the original that belong to names (エントリ1, 523201). */
export function readQuantities(
  original: string,
  taken: readonly { start: number; end: number }[],
): Quantities {
  const folded = foldMapped(original);
  const { text } = folded;
  const used = new Array<boolean>(text.length).fill(false);
  for (let i = 0; i < text.length; i++) {
    const at = folded.starts[i] ?? 0;
    used[i] = taken.some((t) => at >= t.start && at < t.end);
  }
  const claim = (from: number, length: number): Span | null => {
    for (let i = from; i < from + length; i++) if (used[i]) return null;
    used.fill(true, from, from + length);
    const start = folded.starts[from] ?? 0;
    const end = folded.ends[from + length - 1] ?? start;
    return { text: original.slice(start, end), start, end };
  };
  const dates = readDates(text, claim);
  const times = readTimes(text, claim);
  const numbers = readNumbers(text, claim);
  const byPlace = (a: Span, b: Span): number => a.start - b.start;
  return { numbers: numbers.sort(byPlace), times: times.sort(byPlace), dates: dates.sort(byPlace) };
}

type Claim = (from: number, length: number) => Span | null;

function readDates(text: string, claim: Claim): DateMention[] {
  const dates: DateMention[] = [];
  for (const m of text.matchAll(LAST_DAYS)) {
    const span = claim(m.index, m[0].length);
    const g = m.groups ?? {};
    const days = numberOf(g['n'] ?? '') * (g['weeks'] ? 7 : g['months'] ? 30 : 1);
    if (span) dates.push({ ...span, kind: g['past'] ? 'last-days' : 'next-days', days });
  }
  for (const m of text.matchAll(WEEKDAY)) {
    const g = m.groups ?? {};
    const span = claim(m.index, m[0].length);
    if (!span) continue;
    if (g['after']) dates.push({ ...span, kind: 'weekday', weekday: 1, week: 1 });
    else {
      const weekday = g['ja'] ? WEEKDAYS.indexOf(g['ja']) : ENGLISH_DAYS.indexOf(g['en'] ?? '');
      dates.push({ ...span, kind: 'weekday', weekday, week: WEEK_OFFSET.get(g['week'] ?? '') ?? null });
    }
  }
  for (const [pattern, offset] of DAY_WORDS)
    for (const m of text.matchAll(pattern)) {
      const span = claim(m.index, m[0].length);
      if (span) dates.push({ ...span, kind: 'day', offset });
    }
  for (const m of text.matchAll(PERIOD)) {
    const span = claim(m.index, m[0].length);
    if (!span) continue;
    const said = m[0];
    const offset = /再来/.test(said) ? 2 : /来|翌|next/.test(said) ? 1 : /先|前|last/.test(said) ? -1 : 0;
    dates.push({ ...span, kind: m.groups?.['w'] ? 'week' : 'month', offset });
  }
  for (const m of text.matchAll(DATE)) {
    const g = m.groups ?? {};
    if (g['d2']) continue;
    const span = claim(m.index, m[0].length);
    if (!span) continue;
    const named = MONTHS.indexOf(g['mon'] ?? g['mon2'] ?? '') + 1;
    dates.push({
      ...span,
      kind: 'date',
      year: g['y'] ? Number(g['y']) : null,
      month: g['m'] ? Number(g['m']) : named,
      day: Number(g['d'] ?? g['d3'] ?? g['d4']),
    });
  }
  return dates;
}

/** Whether another time follows as the end of a range: 9:00〜10:00, 9-10時, 9:00 to 10:00, between 9:00 and 10:00. */
const isRange = (after: string): boolean =>
  /^\s*(?:[〜~ー–—-]|to\b|and\b)\s*\d{1,2}(?:時(?!間)|:\d{2}|\s*[ap]\.?m\b)/.test(after);

function readTimes(text: string, claim: Claim): TimeMention[] {
  const times: TimeMention[] = [];
  for (const m of text.matchAll(TIME)) {
    const g = m.groups ?? {};
    const hour = Number(g['h'] ?? 12);
    if (hour > 47) continue;
    const span = claim(m.index, m[0].length);
    if (!span) continue;
    const half = g['ap'] ?? g['ap2'] ?? '';
    const afternoon =
      /午後|夕方/.test(g['part'] ?? '') || half.startsWith('p') || (g['part'] === '夜' && hour >= 5);
    const morning = g['part'] === '午前' || half.startsWith('a');
    const minutes = g['half'] ? 30 : Number(g['m'] ?? g['m2'] ?? 0);
    const clockHour =
      g['word'] === 'midnight' ? 24 : afternoon && hour < 12 ? hour + 12 : morning && hour === 12 ? 0 : hour;
    const after = text.slice(m.index + m[0].length, m.index + m[0].length + 6);
    const before = text.slice(Math.max(0, m.index - 8), m.index);
    const by =
      /^\s*(?:まで|迄|前|締|〆|の納期|納期|の締|deadline)/.test(after) ||
      /\b(?:by|before|until|till|due)\s*(?:at\s*)?$/.test(before);
    const from =
      /^\s*(?:から|以降|以後|より|onwards?)/.test(after) ||
      /\b(?:from|after|since|between)\s*$/.test(before) ||
      isRange(text.slice(m.index + m[0].length));
    times.push({ ...span, minute: clockHour * 60 + minutes, role: by ? 'by' : from ? 'from' : 'at' });
  }
  // 2:00 to 3 pm: both are in the afternoon
  return times.map((time, i) => {
    const next = times[i + 1];
    const shifted = time.minute + 12 * 60;
    const said = /[ap]\.?m\b|午[前後]/i;
    const shares = time.role === 'from' && next && /p\.?m\b/i.test(next.text) && !said.test(time.text);
    return shares && shifted < next.minute ? { ...time, minute: shifted } : time;
  });
}

function readNumbers(text: string, claim: Claim): NumberMention[] {
  const numbers: NumberMention[] = [];
  for (const m of text.matchAll(new RegExp(NUMBER, 'g'))) {
    const end = m.index + m[0].length;
    const rest = text.slice(end, end + 24);
    const unit = UNITS.find(([, pattern]) => pattern.test(rest));
    // 一 and one are numbers only beside a unit: 一覧, one of them
    if (!unit && !/^\d/.test(m[0])) continue;
    const unitLength = unit ? (unit[1].exec(rest)?.[0].length ?? 0) : 0;
    const sign = /[+\-−±]\s*$/.exec(text.slice(0, m.index))?.[0] ?? '';
    const span = claim(m.index, m[0].length + unitLength);
    if (!span) continue;
    const before = text.slice(Math.max(0, m.index - 14), m.index);
    const around = rest.split(/[。、,.]/)[0] ?? '';
    const change = /[-−]/.test(sign)
      ? 'less'
      : sign.includes('+')
        ? 'more'
        : LESS.test(around)
          ? 'less'
          : MORE.test(around)
            ? 'more'
            : LESS.test(before)
              ? 'less'
              : MORE.test(before)
                ? 'more'
                : null;
    numbers.push({ ...span, unit: unit?.[0] ?? 'plain', value: numberOf(m[0]) * (unit?.[2] ?? 1), change });
  }
  return numbers;
}

const DAY_MS = 86_400_000;
const shift = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The days meant, both ends included, as `YYYY-MM-DD`; `today` is the site's date. A bare weekday is the next such day. */
export function resolveDates(mention: DateMention, today: string): { from: string; to: string } {
  const weekdayToday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const monday = shift(today, -((weekdayToday + 6) % 7));
  const one = (date: string): { from: string; to: string } => ({ from: date, to: date });
  switch (mention.kind) {
    case 'day':
      return one(shift(today, mention.offset));
    case 'weekday':
      return one(
        mention.week === null
          ? shift(today, (mention.weekday - weekdayToday + 7) % 7)
          : shift(monday, mention.week * 7 + ((mention.weekday + 6) % 7)),
      );
    case 'date': {
      const year = mention.year ?? Number(today.slice(0, 4));
      return one(new Date(Date.UTC(year, mention.month - 1, mention.day)).toISOString().slice(0, 10));
    }
    case 'week':
      return { from: shift(monday, mention.offset * 7), to: shift(monday, mention.offset * 7 + 6) };
    case 'month': {
      const [y = 1970, m = 1] = today.split('-').map(Number);
      const first = (offset: number): string =>
        new Date(Date.UTC(y, m - 1 + offset, 1)).toISOString().slice(0, 10);
      return { from: first(mention.offset), to: shift(first(mention.offset + 1), -1) };
    }
    case 'last-days':
      return { from: shift(today, 1 - mention.days), to: today };
    case 'next-days':
      return { from: today, to: shift(today, mention.days - 1) };
  }
}
