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
const EPOCH_SECONDS = 5;
const EPOCH_MILLISECONDS = 6;
const YEAR = 7;
const MONTH = 8;
const DAY_OF_MONTH = 9;
/** 261121; the one left is 20261121 */
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
