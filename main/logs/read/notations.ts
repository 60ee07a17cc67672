/** How programs write an instant, as patterns: where one stands in a line. `TimeReader` says which instant it is. */

const FRACTION = '(?:[.,]\\d{1,9}(?!\\d)|:\\d{3}(?!\\d))?';
export const CLOCK = `\\d{1,2}:\\d{2}:\\d{2}${FRACTION}`;
/** A time of day beside a date, where the seconds may be missing. */
const TIME = `(?:(?:午前|午後) ?)?(?:\\d{1,2}:\\d{1,2}(?::\\d{1,2}${FRACTION})?(?!\\d|:\\d)|\\d{1,2}時(?:\\d{1,2}分(?:\\d{1,2}(?:\\.\\d{1,9})?秒)?)?|\\d{2}\\.\\d{2}\\.\\d{2}(?:[.:]\\d{1,9})?(?!\\d))(?: ?[AaPp]\\.?[Mm]\\.?(?![A-Za-z]))?`;
const MONTH = '(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\\.?';
const WEEKDAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[,.]? +)?';
const IN_BRACKETS =
  '(?: ?[(（](?:[日月火水木金土](?:曜日?)?|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[)）]|[日月火水木金土]曜日)?';
/** Zones by their usual letters; what they mean is said in read-time.ts. */
export const ZONE_NAMES =
  'UTC|GMT|JST|KST|IST|HKT|SGT|MSK|CES?T|EES?T|WES?T|BST|A[EWC][SD]T|NZ[SD]T|[ECMPA][SD]T';
const ZONE = `(?: ?(?:Z|[+-]\\d{2}:?\\d{2}|[+-]\\d{3})(?![\\d:A-Za-z])| ?\\(?(?:${ZONE_NAMES})\\)?(?![A-Za-z])(?: ?[+-]\\d{2}:?\\d{2}(?!\\d))?)?`;
const GAP = '(?:[T_] ?| {1,3}|[ \\t]*[,;\\t][ \\t]*|[-:])';

/** A date with a time of day, each beginning at its own kind of character, the longest notation first. */
export const DATED = [
  `(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}${IN_BRACKETS}(?:${GAP})?${TIME}${ZONE}`,
  `(?:19|20)\\d{2}年 ?\\d{1,2}月 ?\\d{1,2}日${IN_BRACKETS}(?:${GAP})?${TIME}${ZONE}`,
  `(?:19|20)\\d{6}(?:[ T:_-]?\\d{6}(?:[.,]?\\d{1,9})?(?!\\d)|[ T:_-]\\d{1,2}:\\d{1,2}:\\d{1,2}${FRACTION})${ZONE}`,
  `\\d{1,2}(?:-\\d{1,2}-|/\\d{1,2}/|\\.\\d{1,2}\\.)\\d{2,4}${IN_BRACKETS}${GAP}${TIME}${ZONE}`,
  `(?:令和|平成|昭和|[RHS])(?:元|\\d{1,2})(?:年 ?\\d{1,2}月 ?\\d{1,2}日|[./-]\\d{1,2}[./-]\\d{1,2})${IN_BRACKETS}(?:${GAP})?${TIME}`,
  `${WEEKDAY}${MONTH} +\\d{1,2}(?:st|nd|rd|th)?,?(?: +\\d{4}(?!:))?(?:,? +| - ?)${CLOCK}(?: ?[AaPp]\\.?[Mm]\\.?(?![A-Za-z]))?${ZONE}(?: \\d{4}(?![\\d:.-]))?`,
  `${WEEKDAY}\\d{1,2}[- /]${MONTH}[- /,]{1,2}\\d{2,4}[ :T,-]{1,2}${TIME}${ZONE}`,
  `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/\\d{1,2}(?:/\\d{4})? ${CLOCK}`,
  `${CLOCK} (?:\\d{1,2}(?:-\\d{1,2}-|/\\d{1,2}/|\\.\\d{1,2}\\.)\\d{4}|(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2})(?!\\d)`,
  `\\d{6} \\d{6}(?=[ ,|])`,
  `\\d{1,2}月 ?\\d{1,2}日${IN_BRACKETS} ?${TIME}`,
  `\\d{1,2}[-/.]\\d{1,2}(?:${GAP})${CLOCK}${ZONE}`,
].join('|');
const EPOCH = '1\\d{9}(?:[.,]\\d{1,9}|\\d{3}(?:\\d{3}){0,2})?(?![\\d.\\w-])';

/** A date with a time of day, at `lastIndex`. */
export const DATED_AT = new RegExp(`(?:${DATED})`, 'y');
/** A time of day alone. */
export const CLOCK_AT = new RegExp(
  `(?:(?:午前|午後) ?)?(?:${CLOCK}|\\d{1,2}時\\d{1,2}分\\d{1,2}秒)(?: ?[AaPp][Mm](?![A-Za-z]))?${ZONE}`,
  'y',
);
/** A level’s letter glued to a date of digits: `E1123 13:01:05.120456`. */
export const GLUED_AT =
  /[VDIWEF](?=(?:\d{2}|\d{4})?\d{4} \d{2}:\d{2}:\d{2})\d{4,8} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?/y;
/** Seconds, milliseconds or finer since 1970. */
export const EPOCH_AT = new RegExp(EPOCH, 'y');
/** A date alone: a cell of a table. */
export const DATE_ONLY = new RegExp(
  `^(?:(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}|(?:19|20)\\d{2}年\\d{1,2}月\\d{1,2}日|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|(?:令和|平成|[RHS])(?:元|\\d{1,2})(?:年\\d{1,2}月\\d{1,2}日|[./-]\\d{1,2}[./-]\\d{1,2})|(?:19|20)\\d{6})${IN_BRACKETS}$`,
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

/** Whether an instant may begin with this character: cheaper than asking the patterns. */
export function mayBeginInstant(code: number): boolean {
  if (code >= 48 && code <= 57) return true;
  if (code > 127) return code === 0x4ee4 || code === 0x5e73 || code === 0x662d || code === 0x5348; // 令 平 昭 午
  // the letters months, days of the week and eras begin with
  return code >= 65 && code <= 90 && 'ADFHJMNORSTW'.includes(String.fromCharCode(code));
}
