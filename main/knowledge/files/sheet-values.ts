import { parseXml } from './parse-xml.ts';

/** How a number is shown: as what it is, as a day, a time of day, both, or hundredths. */
export type Shown = 'number' | 'date' | 'time' | 'date-time' | 'percent';
export type SheetStyles = { shownBy(style: number): Shown };

/** built-in formats, ISO/IEC 29500-1 18.8.30, those of Japan with them */
const BUILT_IN = new Map<number, Shown>([
  [9, 'percent'],
  [10, 'percent'],
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map(
    (id): [number, Shown] => [id, 'date'],
  ),
  ...[18, 19, 20, 21, 32, 33, 45, 46, 47].map((id): [number, Shown] => [id, 'time']),
  [22, 'date-time'],
]);

/** What a person's own format shows: its first section, without words, colours and places of currency. */
function shownByCode(code: string): Shown {
  const bare = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '');
  if (bare.includes('%')) return 'percent';
  const hasDay = /[yde]|(?:^|[^hs:])m+(?![:s])/i.test(bare.replace(/am\/pm|a\/p/gi, ''));
  const hasTime = /[hs]/i.test(bare);
  if (/general|standard/i.test(bare)) return 'number';
  return hasDay && hasTime ? 'date-time' : hasDay ? 'date' : hasTime ? 'time' : 'number';
}

export function readSheetStyles(xml: string | null): SheetStyles {
  const own = new Map<number, Shown>();
  const cells: Shown[] = [];
  let inCells = false;
  if (xml !== null)
    parseXml(xml, {
      open(element) {
        if (element.name === 'numFmt')
          own.set(Number(element.attribute('numFmtId')), shownByCode(element.attribute('formatCode') ?? ''));
        else if (element.name === 'cellXfs') inCells = true;
        else if (element.name === 'xf' && inCells) {
          const id = Number(element.attribute('numFmtId') ?? 0);
          cells.push(own.get(id) ?? BUILT_IN.get(id) ?? 'number');
        }
      },
      close(name) {
        if (name === 'cellXfs') inCells = false;
      },
    });
  return { shownBy: (style) => cells[style] ?? 'number' };
}

const DAY_MS = 86_400_000;
/** day 0 of the two calendars; of the first, day 60 is the 29 February 1900 that never was, ISO/IEC 29500-1 18.17.4 */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** A cell's number as its sheet shows it, plainly. */
export function showNumber(raw: string, shown: Shown, is1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  // 0.1 + 0.2 is kept with all its digits
  const plain = (n: number): string => String(Number(n.toPrecision(15)));
  if (shown === 'number') return plain(value);
  if (shown === 'percent') return `${plain(value * 100)}%`;
  if (value < 0 || value > 2_958_466) return plain(value);
  const time = new Date(
    (is1904 ? EPOCH_1904 : EPOCH_1900) + Math.round((value * DAY_MS) / 1000) * 1000,
  ).toISOString();
  const day = time.slice(0, 10).replaceAll('-', '/');
  const ofDay = time.slice(11, time.slice(17, 19) === '00' ? 16 : 19);
  return shown === 'date' ? day : shown === 'time' ? ofDay : `${day} ${ofDay}`;
}
