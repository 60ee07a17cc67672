/** How programs write an instant, as patterns: where one stands in a line. `TimeReader` says which instant it is. */
import words from './words.json' with { type: 'json' };

/** Words in small letters, with a capital and in capitals, the longest first. */
const anyCase = (list: readonly string[]): string =>
  [
    ...new Set(
      list.flatMap((word) => [word, (word[0] ?? '').toUpperCase() + word.slice(1), word.toUpperCase()]),
    ),
  ]
    .sort((a, b) => b.length - a.length)
    .join('|');
const MONTH_WORDS = words.months.flatMap((month) => month.split(' '));
const DAY_WORDS = words.days.split(' ');
const HALF_WORDS = `${words.morning} ${words.afternoon}`.replaceAll('.', '\\.').split(' ');
/** Latin or Cyrillic letters, which these patterns are read without. */
const IN_LETTERS = '(?![A-Za-z\\d_À-ԯ])';

const FRACTION = '(?:[.,]\\d{1,9}(?!\\d)|:\\d{3}(?!\\d)| \\d{3} ?ms)?';
export const CLOCK = `\\d{1,2}:\\d{2}:\\d{2}${FRACTION}`;
/** Before noon or after, before or behind the time. */
const HALF = `(?:${anyCase(HALF_WORDS)})`;
/** A time of day beside a date, where the seconds may be missing. */
const TIME = `(?:${HALF} ?)?(?:\\d{1,2}:\\d{1,2}(?::\\d{1,2}${FRACTION})?(?!\\d|:\\d)|\\d{1,2} ?[時时시](?: ?\\d{1,2} ?[分분](?: ?\\d{1,2}(?:\\.\\d{1,9})? ?[秒초])?)?|\\d{2}[.h]\\d{2}[.m]\\d{2}(?:[.:]\\d{1,9}|s)?(?!\\d))(?: ?${HALF}\\.?${IN_LETTERS}| Uhr)?`;
/** Beside a date without a year: a fraction or a ratio must not be taken for it. */
const HOUR_MINUTE = '(?:[01]?\\d|2[0-3]):[0-5]\\d(?![\\d:])';
const MONTH = `(?:${anyCase(MONTH_WORDS)})${IN_LETTERS}\\.?`;
const WEEKDAY = `(?:(?:${anyCase(DAY_WORDS)})${IN_LETTERS}[,.]{0,2} +)?`;
const IN_BRACKETS = `(?: ?[(（](?:[日月火水木金土월화수목금토일](?:曜日?)?|${anyCase(DAY_WORDS)})[)）]| {0,2}[日月火水木金土]曜日| ?(?:星期|周|週)[一二三四五六日天]| ?[월화수목금토일]요일)?`;
/** Zones by their usual letters; what they mean is said in read-time.ts. */
export const ZONE_NAMES =
  'UTC|GMT|JST|KST|IST|HKT|SGT|MSK|CES?T|EES?T|WES?T|BST|A[EWC][SD]T|NZ[SD]T|[ECMPA][SD]T';
const ZONE = `(?: ?(?:Z|[+-]\\d{2}:?\\d{2}|[+-]\\d{3}|[+-]\\d{2}(?= - ))(?![\\dA-Za-z]|:\\S)| ?\\(?(?:${ZONE_NAMES})\\)?(?![A-Za-z])(?: ?[+-]\\d{1,2}(?::?\\d{2})?(?!\\d))?)?`;
/** Between a date and its time of day: signs, whatever they are. */
const GAP = '(?:[T_|] ?| {1,3}|　|[ \\t]*[,;@/|\\t-][ \\t]*|[:@]|[\\])>] ?[[(<])';
const YEAR = '(?:19|20)\\d{2}';
/** Three numbers with the same sign between them. */
const DAY_MONTH_YEAR = '\\d{1,2}(?:-\\d{1,2}[月월]?-|/\\d{1,2}/|\\.\\d{1,2}\\.)';
const YEAR_MONTH_DAY = `${YEAR}(?:-[0-3]\\d{2}(?=[T ])|[-/.]\\d{1,2}[-/.]\\d{1,2}|:\\d{2}:\\d{2}(?=[- ]\\d{2}:)|[年년] {0,2}\\d{1,2}[月월] {0,2}\\d{1,2}[日일])`;
const ERA_DATE =
  '(?:令和|平成|昭和|[RHS])(?:元|\\d{1,2})(?:年 ?\\d{1,2}月 ?\\d{1,2}日|[./-]\\d{1,2}[./-]\\d{1,2})';
/** Between the parts of a date in words: `23 de noviembre de 2026`. */
const PART_GAP = '(?:[- /,.]{1,2}| de )';

/** A date with a time of day, each beginning at its own kind of character, the longest notation first. */
export const DATED = [
  `${WEEKDAY}${YEAR_MONTH_DAY}${IN_BRACKETS}(?:${GAP})?${TIME}${ZONE}`,
  `(?:19|20)\\d{6}(?:[ T:_-]?\\d{6}(?:[.,]?\\d{1,9})?(?!\\d)|[ T:_-]\\d{1,2}:\\d{1,2}:\\d{1,2}${FRACTION})${ZONE}`,
  `${DAY_MONTH_YEAR}\\d{2,4}${IN_BRACKETS}${GAP}${TIME}${ZONE}`,
  `${ERA_DATE}${IN_BRACKETS}(?:${GAP})?${TIME}`,
  `${WEEKDAY}${MONTH} +\\d{1,2}(?:st|nd|rd|th)?,?(?: +\\d{4}(?!:))?(?:,? +| - ?)${CLOCK}(?: ?${HALF}${IN_LETTERS})?${ZONE}(?: \\d{4}(?![\\d:.-]))?`,
  `${WEEKDAY}\\d{1,2}${PART_GAP}${MONTH}(?:${PART_GAP}\\d{2,4}(?: г\\.)?)?(?:[:T-]{1,2}|[ ,]{1,2}(?:um )?)${TIME}${ZONE}`,
  `${MONTH}/\\d{1,2}(?:/\\d{4})? ${CLOCK}`,
  `${CLOCK}(?: (?:${ZONE_NAMES}))? (?:${DAY_MONTH_YEAR}\\d{4}|${YEAR_MONTH_DAY}${IN_BRACKETS})(?!\\d)`,
  `\\d{6} \\d{6}(?=[ ,|])`,
  // the day of the year
  `[0-3]\\d{2}/(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d(?= )`,
  `\\d{1,2}[月월] ?\\d{1,2}[日일]${IN_BRACKETS} ?${TIME}`,
  `\\d{1,2}[-/.]\\d{1,2}(?:${GAP})${CLOCK}${ZONE}`,
  `\\d{1,2}/\\d{1,2} {1,2}${HOUR_MINUTE}`,
  `(?:19|20)\\d{6}[ T_-](?:[01]\\d|2[0-3]):?[0-5]\\d(?![\\d:])`,
  `(?:20)?[23]\\d[0-3]\\d{2}[ T]${CLOCK}`,
  '\\d{4}/\\d{6}\\.\\d{3,9}',
  // TAI64N, as daemontools write it
  '@4[\\da-f]{23}',
  `${YEAR} +${MONTH} +\\d{1,2} ${CLOCK}`,
].join('|');
const EPOCH = '1\\d{9}(?:[.,]\\d{1,9}|\\d{3}(?:\\d{3}){0,2})?(?![\\d.\\w-])';

/** A date with a time of day, at `lastIndex`. */
export const DATED_AT = new RegExp(`(?:${DATED})`, 'y');
/** A time of day alone. */
export const CLOCK_AT = new RegExp(
  `(?:${HALF} ?)?(?:${CLOCK}|\\d{2}\\.\\d{2}\\.\\d{2}(?:[.,]\\d{1,9})?(?= )|\\d{1,2}[時时시] ?\\d{1,2}[分분] ?\\d{1,2}[秒초])(?: ?${HALF}${IN_LETTERS})?${ZONE}`,
  'y',
);
/** A level’s letter glued to a date of digits: `E1123 13:01:05.120456`. */
export const GLUED_AT =
  /[VDIWEF](?=(?:\d{2}|\d{4})?\d{4}[ -]\d{2}:\d{2}:\d{2})\d{4,8}[ -]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?/y;
/** Seconds, milliseconds or finer since 1970. */
export const EPOCH_AT = new RegExp(EPOCH, 'y');
/** A date alone: a cell of a table. */
export const DATE_ONLY = new RegExp(
  `^(?:${YEAR_MONTH_DAY}|${DAY_MONTH_YEAR}\\d{2,4}|${ERA_DATE}|(?:19|20)\\d{6})${IN_BRACKETS}$`,
);
/** A time of day alone: a cell of a table. */
export const TIME_ONLY = new RegExp(`^(?:${TIME}|\\d{6})${ZONE}$`);
const whole = (source: string): RegExp => new RegExp(`^(?:${source})$`);
const DATED_CELL = whole(DATED);
const EPOCH_CELL = whole(EPOCH);
export const isInstant = (text: string): boolean => DATED_CELL.test(text) || EPOCH_CELL.test(text);

const FULL_WIDTH = /[！-～　]/g;
/** Full-width letters, digits and signs as ASCII ones, place by place. */
export const narrow = (text: string): string =>
  text.replace(FULL_WIDTH, (c) => (c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
export const hasFullWidthDigit = (text: string): boolean => /[０-９]/.test(text);

/** What instants may begin with besides digits: months, days, halves of the day, eras, in any case. */
const BEGINNINGS = new Set(
  [...MONTH_WORDS, ...DAY_WORDS, ...HALF_WORDS, '@', '令', '平', '昭', 'r', 'h', 's'].flatMap((word) => [
    word.charCodeAt(0),
    word.toUpperCase().charCodeAt(0),
  ]),
);
/** Whether an instant may begin with this character: cheaper than asking the patterns. */
export const mayBeginInstant = (code: number): boolean => (code >= 48 && code <= 57) || BEGINNINGS.has(code);

const MONTH_OF = new Map(words.months.flatMap((month, i) => month.split(' ').map((word) => [word, i + 1])));
/** 1 to 12 by its name or a usual short form of it, in small letters; 0: it is none. */
export const monthNamed = (word: string): number => MONTH_OF.get(word) ?? 0;
const DAYS = new Set(DAY_WORDS);
export const isDayName = (word: string): boolean => DAYS.has(word);
const HALVES = new Map([
  ...words.morning.split(' ').map((word): [string, 0 | 12] => [word, 0]),
  ...words.afternoon.split(' ').map((word): [string, 0 | 12] => [word, 12]),
]);
/** 0 before noon, 12 after it. */
export const halfNamed = (word: string): 0 | 12 | undefined => HALVES.get(word);
