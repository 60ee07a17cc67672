/**
 * Most of a line's numbers are its own time, which is stored once already. A column whose every value follows from the records'
 * instants and one constant offset is kept as that offset.
 */
const HOUR = 0;
const MINUTE = 1;
const SECOND = 2;
export const MILLISECONDS = 3;
/** hour, minute and second as one number of six digits */
const TIME_OF_DAY = 4;
export const EPOCH_SECONDS = 5;
export const EPOCH_MILLISECONDS = 6;
const YEAR = 7;
const MONTH = 8;
const DAY_OF_MONTH = 9;
/** 20261121 and 261121 */
const DATE = 10;
const SHORT_DATE = 11;
const DAY = 86_400_000;

const mod = (a: number, b: number): number => a - b * Math.floor(a / b);

/** The value of a field at an instant; `offset` ms are added first (for epoch seconds: seconds, afterwards). */
export function fieldAt(field: number, at: number, offset: number): number {
  if (field === EPOCH_SECONDS) return Math.floor(at / 1000) + offset;
  const t = at + offset;
  switch (field) {
    case HOUR:
      return Math.floor(mod(t, DAY) / 3_600_000);
    case MINUTE:
      return Math.floor(mod(t, 3_600_000) / 60_000);
    case SECOND:
      return Math.floor(mod(t, 60_000) / 1000);
    case MILLISECONDS:
      return mod(t, 1000);
    case TIME_OF_DAY: {
      const s = Math.floor(mod(t, DAY) / 1000);
      return Math.floor(s / 3600) * 10_000 + (Math.floor(s / 60) % 60) * 100 + (s % 60);
    }
    case EPOCH_MILLISECONDS:
      return t;
    default:
      return dateFieldAt(field, new Date(t));
  }
}
function dateFieldAt(field: number, date: Date): number {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  if (field === YEAR) return year;
  if (field === MONTH) return month;
  if (field === DAY_OF_MONTH) return day;
  return (field === SHORT_DATE ? mod(year, 100) : year) * 10_000 + month * 100 + day;
}

/** What must be added to `at` so that its time of day is `seconds` after midnight, within half a day; the ms are left alone. */
export function offsetFor(at: number, seconds: number): number {
  const diff = seconds - Math.floor(mod(at, DAY) / 1000);
  return (diff > 43_200 ? diff - 86_400 : diff <= -43_200 ? diff + 86_400 : diff) * 1000;
}

/** Fields a number with so many digits may be; of dates only where asked: they are dearer to read than to keep. */
export function fieldsFor(digits: number, withDates: boolean): readonly number[] {
  return (withDates ? WITH_DATES : WITHOUT_DATES)[digits] ?? [];
}
const WITHOUT_DATES: Readonly<Record<number, readonly number[]>> = {
  1: [HOUR, MINUTE, SECOND],
  2: [HOUR, MINUTE, SECOND],
  3: [MILLISECONDS],
  6: [TIME_OF_DAY],
  10: [EPOCH_SECONDS],
  13: [EPOCH_MILLISECONDS],
};
const WITH_DATES: Readonly<Record<number, readonly number[]>> = {
  ...WITHOUT_DATES,
  1: [HOUR, MINUTE, SECOND, DAY_OF_MONTH, MONTH],
  2: [HOUR, MINUTE, SECOND, DAY_OF_MONTH, MONTH],
  4: [YEAR],
  6: [TIME_OF_DAY, SHORT_DATE],
  8: [DATE],
};
