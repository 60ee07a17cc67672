/** A value of a parameter as a number: plain, with a unit, or a length of time in ms. */
export type Quantity = { readonly value: number; readonly unit: string | null };

const TIMES: ReadonlyMap<string, number> = new Map(
  (
    [
      ['ns nanosecond nanoseconds', 1e-6],
      ['us µs microsecond microseconds usec', 1e-3],
      ['ms msec msecs millis millisecond milliseconds ミリ秒', 1],
      ['s sec secs second seconds 秒', 1000],
      ['m min mins minute minutes 分', 60_000],
      ['h hr hrs hour hours 時間', 3_600_000],
      ['d day days 日', 86_400_000],
    ] as const
  ).flatMap(([names, ms]) => names.split(' ').map((name) => [name, ms] as const)),
);
const SIZES: ReadonlyMap<string, number> = new Map(
  (
    [
      ['b byte bytes', 1],
      ['k kb kib kbytes', 1024],
      ['mb mib mbytes', 1024 ** 2],
      ['gb gib', 1024 ** 3],
      ['tb tib', 1024 ** 4],
    ] as const
  ).flatMap(([names, bytes]) => names.split(' ').map((name) => [name, bytes] as const)),
);
const NUMBER =
  /^["'<(]*([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|[+-]?\.\d+)\s*([\p{L}%µ°]{0,12})/u;
/** `00:02`, `1:02:03.5`: a length of time, not an instant, when it stands in a place of durations. */
const CLOCK = /^(\d{1,3}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/;

/** null: not a number. Lengths of time are in ms, sizes in B (of 1024), other units as they stand. */
export function readQuantity(text: string, isDuration: boolean): Quantity | null {
  const c = text.charCodeAt(0);
  if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 47) return null;
  const plain = text.includes('　') || /[０-９．，－]/.test(text) ? text.normalize('NFKC') : text;
  const match = NUMBER.exec(plain);
  if (!match) return null;
  const [whole, digits = '', unit = ''] = match;
  const rest = plain.slice(whole.length);
  if (rest !== '' && unit === '') {
    const clock = isDuration ? CLOCK.exec(plain) : null;
    if (clock) {
      const [a, b, s] = [Number(clock[1]), Number(clock[2]), clock[3]];
      return { value: (s === undefined ? a * 60 + b : a * 3600 + b * 60 + Number(s)) * 1000, unit: 'ms' };
    }
  }
  // `10547 bytes (10.2 KB)` says it twice; anything else after the number makes it another thing
  if (!/^["'>)]*$/.test(rest) && !/^\s*\([^)]*\)?$/.test(rest)) return null;
  const value = Number(digits.replaceAll(',', ''));
  if (!Number.isFinite(value)) return null;
  if (unit === '') return { value, unit: null };
  const name = unit.toLowerCase();
  const ms = TIMES.get(name);
  if (ms !== undefined && (isDuration || name.length > 1 || name === 's' || name === '秒'))
    return { value: value * ms, unit: 'ms' };
  const bytes = SIZES.get(name);
  if (bytes !== undefined) return { value: value * bytes, unit: 'B' };
  return { value, unit };
}
