import { parseXml } from './parse-xml.ts';

/** Numbers of lists as Word shows them; a document keeps only that there is one. */
export type ListNumbers = {
  /** The mark of the next item of a list at a level: 3. or (ア) or -; null: this is no list. */
  next(list: string | null, level: number): string | null;
};
type Level = { start: number; format: string; text: string };

const LEVELS = 9;
const letters = (n: number): string =>
  String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.floor((n - 1) / 26) + 1);
const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];
const roman = (n: number): string => {
  let left = n;
  let made = '';
  for (const [value, sign] of ROMAN)
    while (left >= value) {
      made += sign;
      left -= value;
    }
  return made;
};
const AIUEO = 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン';
const IROHA =
  'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン';
const nthOf = (row: string, n: number): string => row[(n - 1) % row.length] ?? String(n);

/** ST_NumberFormat, ISO/IEC 29500-1 17.18.59; formats that are rare in Japan come out as plain digits. */
function inFormat(format: string, n: number): string {
  if (n < 1) return String(n);
  switch (format) {
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(n).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return n <= 20 ? String.fromCharCode(0x245f + n) : String(n);
    case 'lowerLetter':
      return letters(n);
    case 'upperLetter':
      return letters(n).toUpperCase();
    case 'lowerRoman':
      return roman(n);
    case 'upperRoman':
      return roman(n).toUpperCase();
    case 'aiueo':
    case 'aiueoFullWidth':
      return nthOf(AIUEO, n);
    case 'iroha':
    case 'irohaFullWidth':
      return nthOf(IROHA, n);
    default:
      return String(n);
  }
}

/** @param xml the part that defines lists; null: the document has none */
export function readNumbering(xml: string | null): ListNumbers {
  const patterns = new Map<string, Map<number, Level>>();
  const lists = new Map<string, { readonly pattern: string; readonly starts: Map<number, number> }>();
  if (xml !== null) read(xml, patterns, lists);
  const counters = new Map<string, number[]>();
  return {
    next(list, level) {
      const known = list === null ? undefined : lists.get(list);
      if (list === null || !known) return null;
      const levels = patterns.get(known.pattern);
      const own = levels?.get(level);
      if (!own || own.format === 'bullet') return '-';
      if (own.format === 'none') return null;
      const startOf = (at: number): number => known.starts.get(at) ?? levels?.get(at)?.start ?? 1;
      // lists of one pattern go on counting, unless one begins anew
      const key = known.starts.size > 0 ? `list ${list}` : `pattern ${known.pattern}`;
      const counts = counters.get(key) ?? [];
      counters.set(key, counts);
      for (let at = 0; at < level; at++) counts[at] ??= startOf(at);
      counts[level] = counts[level] === undefined ? startOf(level) : counts[level] + 1;
      counts.length = level + 1;
      return own.text.replace(/%([1-9])/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        return inFormat(levels?.get(at)?.format ?? 'decimal', counts[at] ?? startOf(at));
      });
    },
  };
}

function read(
  xml: string,
  patterns: Map<string, Map<number, Level>>,
  lists: Map<string, { readonly pattern: string; readonly starts: Map<number, number> }>,
): void {
  let levels: Map<number, Level> | null = null;
  let level: Level | null = null;
  let list: string | null = null;
  let override: number | null = null;
  parseXml(xml, {
    open(element) {
      const value = element.attribute('val') ?? '';
      const index = Number(element.attribute('ilvl') ?? Number.NaN);
      switch (element.name) {
        case 'abstractNum':
          levels = new Map();
          patterns.set(element.attribute('abstractNumId') ?? '', levels);
          return;
        case 'lvl':
          level = { start: 1, format: 'decimal', text: '' };
          if (levels && index >= 0 && index < LEVELS) levels.set(index, level);
          return;
        case 'start':
          if (level) level.start = Number(value) || 0;
          return;
        case 'numFmt':
          if (level) level.format = value;
          return;
        case 'lvlText':
          if (level) level.text = value;
          return;
        case 'num':
          list = element.attribute('numId');
          return;
        case 'abstractNumId':
          if (list !== null) lists.set(list, { pattern: value, starts: new Map() });
          return;
        case 'lvlOverride':
          override = index;
          return;
        case 'startOverride':
          if (list !== null && override !== null) lists.get(list)?.starts.set(override, Number(value) || 0);
          return;
      }
    },
    close(name) {
      if (name === 'abstractNum') levels = null;
      else if (name === 'lvl') level = null;
      else if (name === 'num') list = null;
      else if (name === 'lvlOverride') override = null;
    },
  });
}
