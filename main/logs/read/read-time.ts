/** The times of log lines, in every notation the formats know, to epoch ms. No date library: a line is read in well under 1 µs. */
import { halfNamed, hasFullWidthDigit, isDayName, monthNamed, narrow } from './notations.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const QUARTER = 15 * MINUTE;
/** A time without a year is the newest that is not further ahead of its reading than this (clocks differ). */
const AHEAD_MS = 2 * DAY;
const MAX_TIME = Date.UTC(2200, 0);
/** Abbreviations that mean one offset, in minutes. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  z: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  west: 60,
  bst: 60,
  cet: 60,
  cest: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  hkt: 480,
  sgt: 480,
  awst: 480,
  jst: 540,
  kst: 540,
  aest: 600,
  aedt: 660,
  nzst: 720,
  nzdt: 780,
  edt: -240,
  est: -300,
  cdt: -300,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  akst: -540,
};
/** Those that mean several: read in the source's zone, and said to be in doubt. */
const SEVERAL = new Set(['cst', 'ist', 'ast', 'adt', 'act']);
/** First years of the eras, less one. */
const ERAS: Readonly<Record<string, number>> = { 令: 2018, R: 2018, 平: 1988, H: 1988, 昭: 1925, S: 1925 };

/** `09.15.02`: a time of day where nothing else stands beside it. */
const DOTTED_CLOCK = /^\d{2}\.\d{2}\.\d{2}(?:[.,]\d{1,9})?$/;
/** What may say before noon or after it. */
const HALF_WORD = /^(?:[ap]\.?m(?![A-Za-z])|[午上下오][午前後전후])/i;
/** `13:01:05 23/11/2026`, `13:01:05 UTC 23/11/2026` */
const CLOCK_FIRST =
  /^([\d:.,]+(?: [A-Z]{3,5})?) (\d{1,4}[-/.年년] ?\d{1,2}[-/.月월] ?\d{1,4}[日일]?)\D{0,6}$/;

/** Which of the three numbers of `03/11/26` is what. */
export type DateOrder = 'ymd' | 'mdy' | 'dmy';
/** What a time leaves open: its day, or which of several instants is meant. */
export type Doubt = 'none' | 'guessed' | 'ambiguous';

/** One zone's wall clock. The offset is looked up once per quarter of an hour of wall time. */
class WallClock {
  private readonly format: Intl.DateTimeFormat;
  private quarter = Number.NaN;
  private offset = 0;
  constructor(zone: string) {
    this.format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }
  /** The instant at which clocks of the zone show `wall` (given as if it were UTC). */
  instant(wall: number): number {
    const quarter = Math.floor(wall / QUARTER);
    if (quarter !== this.quarter) {
      this.quarter = quarter;
      let at = wall;
      for (let pass = 0; pass < 2; pass++) at += wall - this.shows(at);
      this.offset = at - wall;
    }
    return wall + this.offset;
  }
  /** What its clocks show at `at`, as if it were UTC. */
  shows(at: number): number {
    const p = Object.fromEntries(
      this.format.formatToParts(at).map((part) => [part.type, Number(part.value)]),
    );
    const wall = Date.UTC(
      p['year'] ?? 1970,
      (p['month'] ?? 1) - 1,
      p['day'] ?? 1,
      p['hour'] ?? 0,
      p['minute'] ?? 0,
      p['second'] ?? 0,
    );
    return wall + (((at % 1000) + 1000) % 1000);
  }
}

/** A date and a minute, then seconds, perhaps milliseconds, perhaps an offset. */
const IN_MINUTE = /^(.{6,}\d:\d\d:)(\d\d)(?:([.,])(\d{3}))?(Z|[+-]\d\d:?\d\d)?$/;

/** -1 where there are none. */
function twoDigits(text: string, from: number): number {
  const [a, b] = [text.charCodeAt(from), text.charCodeAt(from + 1)];
  return digit(a) && digit(b) ? (a - 48) * 10 + b - 48 : -1;
}
const digit = (code: number): boolean => code >= 48 && code <= 57;
/** Latin or Cyrillic */
const letter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x530);

/**
 * Reads the times of one source.
 * Without a year: the newest year that is not ahead of `reference` (December lines read in January are of last year). Without a
 * date: the day of `reference`, going on at midnight.
 */
export class TimeReader {
  /** epoch ms: when the lines were written at the latest; now, or when the file was last changed */
  reference: number;
  /** of the time read last */
  doubt: Doubt = 'none';
  private readonly wall: WallClock;
  private readonly skewMs: number;
  private readonly order: DateOrder | null;
  private readonly isUnsettled: boolean;
  private text = '';
  private at = 0;
  /** of the last time that had no date, as if it were UTC */
  private clockOnly: number | null = null;
  private minute: {
    readonly head: string;
    readonly separator: string;
    readonly tail: string;
    readonly length: number;
    readonly reference: number;
    readonly at: number;
    readonly doubt: Doubt;
  } | null = null;
  private lastText = '';
  private lastAt: number | null = null;
  private lastDoubt: Doubt = 'none';
  // what was read: as if it were UTC, or an offset besides
  private year = 0;
  private month = 0;
  private day = 0;
  private clock = 0;

  /** @param zone what times without an offset mean: an IANA name or `+09:00` */
  constructor(o: {
    readonly zone: string;
    readonly skewMs: number;
    readonly reference: number;
    /** of dates in three short numbers, as the source's lines have shown it */
    readonly order?: DateOrder | null;
    /** they have shown too little */
    readonly isUnsettled?: boolean;
  }) {
    this.wall = new WallClock(o.zone);
    this.skewMs = o.skewMs;
    this.reference = o.reference;
    this.order = o.order ?? null;
    this.isUnsettled = o.isUnsettled ?? false;
  }

  /** Epoch ms with the source's skew taken off; null: not a time. */
  read(text: string): number | null {
    if (text === this.lastText) {
      this.doubt = this.lastDoubt;
      return this.lastAt;
    }
    const near = this.inMinute(text);
    if (near >= 0) return near - this.skewMs;
    this.doubt = 'none';
    const at = this.parse(text);
    this.lastDoubt = this.doubt;
    this.lastText = text;
    this.lastAt = at === null || !(at >= 0 && at < MAX_TIME) ? null : Math.trunc(at) - this.skewMs;
    if (this.lastAt !== null) this.keepMinute(text, this.lastAt + this.skewMs);
    return this.lastAt;
  }
  /** Most lines are of the minute of the line before: then only the seconds are read. -1: not so. */
  private inMinute(text: string): number {
    const { minute } = this;
    if (
      !minute ||
      minute.length !== text.length ||
      minute.reference !== this.reference ||
      !text.startsWith(minute.head) ||
      !text.endsWith(minute.tail)
    )
      return -1;
    const from = minute.head.length;
    const second = twoDigits(text, from);
    if (second < 0 || second > 59) return -1;
    this.doubt = minute.doubt;
    if (minute.separator === '') return minute.at + second * 1000;
    const ms = twoDigits(text, from + 3) * 10 + text.charCodeAt(from + 5) - 48;
    return text[from + 2] === minute.separator && ms >= 0 && ms < 1000 && digit(text.charCodeAt(from + 5))
      ? minute.at + second * 1000 + ms
      : -1;
  }
  private keepMinute(text: string, at: number): void {
    const found = IN_MINUTE.exec(text);
    if (!found) return;
    const [, head = '', seconds = '', separator = '', ms = '', tail = ''] = found;
    this.minute = {
      head,
      separator,
      tail,
      length: text.length,
      reference: this.reference,
      at: at - Number(seconds) * 1000 - (ms === '' ? 0 : Number(ms)),
      doubt: this.doubt,
    };
  }

  private parse(text: string): number | null {
    this.text = hasFullWidthDigit(text) ? narrow(text) : text;
    this.at = 0;
    this.skip(' [\t');
    const first = this.text[this.at] ?? '';
    if (Object.hasOwn(ERAS, first) && /^(?:令和|平成|昭和|[RHS](?=[\d元]))/.test(this.text.slice(this.at)))
      return this.era(first);
    if (first === '@') return this.tai64();
    if (this.halfAhead()) return this.time() ? this.today() : null;
    return letter(this.code()) ? this.named() : this.numeric();
  }
  /** `@4000…`: 16 digits of seconds since 1970, ten more and 2^62 added, 8 of nanoseconds. */
  private tai64(): number {
    const seconds = Number.parseInt(this.text.slice(this.at + 2, this.at + 17), 16) - 10;
    return (
      seconds * 1000 + Math.floor(Number.parseInt(this.text.slice(this.at + 17, this.at + 25), 16) / 1e6)
    );
  }
  /** `令和8年11月23日`, `R8.11.23` */
  private era(first: string): number | null {
    this.skip('令和平成昭RHS');
    const years = this.skip('元') ? 1 : this.number(2);
    if (years === 0) return null;
    return this.dated((ERAS[first] ?? 0) + years);
  }

  private code(): number {
    return this.at < this.text.length ? this.text.charCodeAt(this.at) : -1;
  }
  private skip(what: string): boolean {
    const from = this.at;
    while (this.at < this.text.length && what.includes(this.text[this.at] ?? '')) this.at++;
    return this.at > from;
  }
  private word(): string {
    const from = this.at;
    while (letter(this.code())) this.at++;
    return this.text.slice(from, this.at).toLowerCase();
  }
  /** Digits as a number; `digits` is how many there were. */
  private digits = 0;
  private number(max = 20): number {
    let value = 0;
    const from = this.at;
    while (this.at - from < max && digit(this.code()))
      value = value * 10 + this.text.charCodeAt(this.at++) - 48;
    this.digits = this.at - from;
    return value;
  }
  /** `Nov 21 14:03:05 2026`, `Sat Nov 21 …`, `Sat, 21 Nov 2026 …` */
  private named(): number | null {
    const from = this.at;
    const word = this.word();
    // `mar` is a month and a Tuesday
    const isDay =
      isDayName(word) &&
      (monthNamed(word) === 0 || /^\W{0,3}\d{1,2}\W{1,2}\D/.test(this.text.slice(this.at)));
    if (isDay) {
      if (this.text.startsWith('-feira', this.at)) this.at += 6;
      this.skip(' ,.');
    } else this.at = from;
    if (digit(this.code())) return this.numeric();
    this.month = monthNamed(this.word());
    if (!this.month || !this.skip(' ./-')) return null;
    this.day = this.number(2);
    this.year = 0;
    if (letter(this.code())) this.word(); // 23rd
    if (!this.skip(' ,-/')) return null;
    const before = this.at;
    const year = this.number();
    if (this.digits === 4 && this.code() !== 58) {
      this.year = year;
      this.skip(' ,');
    } else this.at = before;
    return this.time() ? this.zoned() : null;
  }

  private numeric(): number | null {
    const first = this.number();
    const { digits } = this;
    const sep = this.text[this.at] ?? '';
    if (
      digits >= 9 &&
      digits !== 14 &&
      digits !== 17 &&
      (sep === '' || sep === '.' || sep === ',' || sep === ']')
    )
      return this.epoch(first, digits);
    if (digits === 0) return null;
    if (digits === 4 && /^\/\d{6}\./.test(this.text.slice(this.at, this.at + 8))) {
      this.text = `${this.text.slice(0, this.at)} ${this.text.slice(this.at + 1)}`;
      return this.compact(first, digits);
    }
    // `327/130105`: the day of the year
    if (digits === 3 && sep === '/') {
      this.at++;
      [this.month, this.day] = [1, 1];
      if (!this.time()) return null;
      this.clock += (first - 1) * DAY;
      this.year = 0;
      return this.zoned();
    }
    if (digits === 4 && sep === ' ' && letter(this.text.charCodeAt(this.at + 1))) {
      this.at++;
      this.month = monthNamed(this.word());
      this.skip(' ');
      this.day = this.number(2);
      this.year = first;
      return this.month ? this.afterDate() : null;
    }
    if (digits === 4 && '-/.:年년'.includes(sep) && sep) return this.dated(first);
    if (digits === 2 && DOTTED_CLOCK.test(this.text)) {
      this.at -= digits;
      return this.time() ? this.today() : null;
    }
    if (digits <= 2 && (sep === ':' || '時时시'.includes(sep || '-'))) {
      const date = CLOCK_FIRST.exec(this.text.slice(this.at - digits));
      if (date) return this.parse(`${date[2]} ${date[1]}`);
      this.at -= digits;
      return this.time() ? this.today() : null;
    }
    if (digits <= 2 && sep) return this.short(first, sep);
    return this.compact(first, digits);
  }
  private epoch(value: number, digits: number): number {
    if (digits <= 11) {
      this.at++;
      const fraction = this.number();
      return value * 1000 + (this.digits ? (fraction / 10 ** this.digits) * 1000 : 0);
    }
    // more digits than a number holds: the first 13 are milliseconds
    return digits <= 14 ? value : Number(this.text.slice(this.at - digits, this.at - digits + 13));
  }
  /** `2026-11-21 14:03:05`, `2026年11月21日 14時03分` */
  private dated(year: number): number | null {
    this.year = year;
    this.at++;
    this.skip(' ');
    // the day of the year
    if (/^\d{3}(?!\d)/.test(this.text.slice(this.at, this.at + 4))) return this.ofYear(this.number());
    this.month = this.number(2);
    if (!this.skip('-/.:月월 ')) return null;
    this.day = this.number(2);
    return this.afterDate();
  }
  /** A day by its number in the year. */
  private ofYear(number: number): number | null {
    const day = new Date(Date.UTC(this.year, 0, number));
    [this.month, this.day] = [day.getUTCMonth() + 1, day.getUTCDate()];
    return day.getUTCFullYear() === this.year ? this.afterDate() : null;
  }
  private afterDate(): number | null {
    const hasGap = this.skip('T　 -_,;|日일\t:@/') || this.skip(']>) [<');
    // `11 23, 2026 1:01:05`
    if (!this.year && /^(?:19|20)\d\d /.test(this.text.slice(this.at, this.at + 5))) {
      this.year = this.number(4);
      this.skip(' ,');
    }
    if (this.weekday() ? this.skip('T -_,;|\t:') || this.isTimeNext() : hasGap)
      return this.time() ? this.zoned() : null;
    if (this.isTimeNext()) return this.time() ? this.zoned() : null;
    if (this.code() !== -1) return null;
    this.clock = 0;
    this.doubt = 'guessed';
    return this.zoned();
  }
  /** `(月)`, `（Mon）`, `月曜日` */
  private weekday(): boolean {
    const found =
      /^ ?(?:[(（][^)）]{1,9}[)）]|[月火水木金土日]?曜日|[月火水木金土日]|(?:星期|[周週]).|.요일)/.exec(
        this.text.slice(this.at, this.at + 12),
      );
    if (found) this.at += found[0].length;
    return found !== null;
  }
  private isTimeNext(): boolean {
    return digit(this.code()) || this.halfAhead();
  }
  /** A word, `de` (Spanish and Portuguese put it between the parts of a date) passed over. */
  private wordAfterDe(): string {
    const from = this.at;
    const word = this.word();
    if (word !== 'de') return word;
    return this.skip(' ') ? this.word() : this.text.slice(from, this.at);
  }
  /** `26/11/21`, `11/21/2026`, `21/Nov/2026`, `11-21`, `21 Nov 2026` */
  private short(first: number, sep: string): number | null {
    if (!'/-. 月월'.includes(sep)) return null;
    this.skip('月월'.includes(sep) ? '月월 ' : sep === '.' ? '. ' : sep);
    if (letter(this.code())) {
      this.day = first;
      this.month = monthNamed(this.wordAfterDe());
      if (!this.month || !this.skip('/- .,')) return null;
      this.wordAfterDe();
      const from = this.at;
      this.year = this.fullYear(this.number());
      // a time of day already
      if (this.digits <= 2 && ':時时시'.includes(this.text[this.at] || '-')) {
        this.at = from;
        this.year = 0;
      } else if (this.text.startsWith(' г.', this.at)) this.at += 3;
      if (/^,? um /.test(this.text.slice(this.at, this.at + 5)))
        this.at += this.text[this.at] === ',' ? 5 : 4;
      return this.year ? this.afterDate() : this.time() ? this.zoned() : null;
    }
    const second = this.number();
    // `23-11月-2026`
    if (this.skip('月월') && this.text[this.at] === sep) {
      this.at++;
      this.day = first;
      this.month = second;
      this.year = this.fullYear(this.number());
      return this.afterDate();
    }
    if (this.text[this.at] !== sep || sep === ' ') {
      this.year = 0;
      this.month = first;
      this.day = second;
      return this.afterDate();
    }
    this.at++;
    const third = this.number();
    const order = this.order ?? this.likelyOrder(first, second, third);
    if (this.isUnsettled) this.doubt = 'ambiguous';
    this.year = this.fullYear(order === 'ymd' ? first : third);
    if (order === 'ymd') [this.month, this.day] = [second, third];
    else [this.month, this.day] = order === 'dmy' ? [second, first] : [first, second];
    return this.afterDate();
  }
  private likelyOrder(first: number, second: number, third: number): DateOrder {
    if (this.digits !== 4 && second <= 12 && third <= 31) return 'ymd';
    return first > 12 ? 'dmy' : 'mdy';
  }
  /** `20261121-14:3:5:120`, `261121 140305`, `1121 14:03:05`, `20261121T140305`, `20261121140305120` */
  private compact(value: number, digits: number): number | null {
    let date = value;
    if (digits === 14 || digits === 17) {
      this.at -= digits;
      date = this.number(8);
    } else if (digits === 5 || digits === 7) {
      this.year = this.fullYear(Math.floor(value / 1000));
      return this.ofYear(value % 1000);
    } else if (digits !== 8 && digits !== 6 && digits !== 4) return null;
    this.day = date % 100;
    this.month = Math.floor(date / 100) % 100;
    const year = Math.floor(date / 10_000);
    this.year = digits === 4 ? 0 : digits === 6 ? this.fullYear(year) : year;
    if (digits < 14) return this.afterDate();
    return this.time() ? this.zoned() : null;
  }
  private fullYear(year: number): number {
    return year >= 100 ? year : year + (year < 70 ? 2000 : 1900);
  }

  /** `14:03:05.120`, `14.03.05`, `140305`, `1403`, `14時03分05秒`, `2:03 PM`, `午後2:03`; false: none */
  private time(): boolean {
    let half = this.half();
    let hour = this.number();
    let minute = 0;
    let second = 0;
    let ms = 0;
    if (this.digits >= 6 || this.digits === 4) {
      const hasSeconds = this.digits > 4;
      this.at -= this.digits;
      hour = this.number(2);
      minute = this.number(2);
      if (hasSeconds) second = this.number(2);
      if (digit(this.code())) ms = this.fraction();
    } else {
      if (this.digits === 0 || this.digits > 2 || !':.h時时시'.includes(this.text[this.at] ?? '-'))
        return false;
      this.at++;
      minute = this.number(2);
      if (this.digits === 0 && !'時时시'.includes(this.text[this.at - 1] ?? '-')) return false;
      if (':.m分분'.includes(this.text[this.at] ?? '-')) {
        this.at++;
        second = this.number(2);
      }
    }
    this.skip('秒초s');
    // `13:01:05 123 ms`
    if (/^ \d{3} ?ms/.test(this.text.slice(this.at, this.at + 7))) {
      this.at++;
      ms = this.number();
      this.skip(' ms');
    }
    const sep = this.text[this.at] ?? '';
    if ((sep === '.' || sep === ',' || sep === ':') && digit(this.text.charCodeAt(this.at + 1))) {
      this.at++;
      ms = sep === ':' ? this.number() : this.fraction();
    }
    this.skip(' ');
    half ??= this.half();
    if (half !== null && hour <= 12) hour = (hour % 12) + half;
    if (hour > 24 || minute > 59 || second > 60) return false;
    this.clock = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
    return true;
  }
  /** Before noon or after it, in any of the words for it. */
  private half(): 0 | 12 | null {
    const found = HALF_WORD.exec(this.text.slice(this.at, this.at + 6));
    const half = found && halfNamed(found[0].toLowerCase());
    if (!found || half === undefined || half === null) return null;
    this.at += found[0].length;
    this.skip(' .');
    return half;
  }
  private halfAhead(): boolean {
    const found = HALF_WORD.exec(this.text.slice(this.at, this.at + 6));
    return found !== null && halfNamed(found[0].toLowerCase()) !== undefined;
  }
  private fraction(): number {
    const value = this.number(9);
    const ms = value * 10 ** (3 - this.digits);
    this.number(); // finer than a nanosecond
    return Math.floor(ms);
  }

  /** What is left may be an offset, an abbreviation of a zone, or the year. */
  private zoned(): number | null {
    this.skip(' (');
    const sign = this.text[this.at];
    if (letter(this.code())) {
      const name = this.word();
      const minutes = ABBREVIATIONS[name];
      this.skip(' )');
      // `UTC+09:00`
      if (minutes === 0 && '+-'.includes(this.text[this.at] ?? '?')) return this.zoned();
      if (!this.year && digit(this.code())) {
        const year = this.number();
        if (this.digits === 4) this.year = year;
      }
      if (SEVERAL.has(name)) this.doubt = 'ambiguous';
      if (minutes !== undefined && this.year) return this.utc(this.year) - minutes * MINUTE;
    } else if ((sign === '+' || sign === '-') && digit(this.text.charCodeAt(this.at + 1))) {
      this.at++;
      const from = this.at;
      const three = this.number();
      let minutes = three;
      // DB2 writes minutes: `+540`
      if (this.digits !== 3) {
        this.at = from;
        minutes = this.number(2) * 60;
        if (this.text[this.at] === ':') this.at++;
        minutes += this.number(2);
      }
      const offset = minutes * MINUTE * (sign === '-' ? -1 : 1);
      if (this.year) return this.utc(this.year) - offset;
    } else if (!this.year && digit(this.code())) {
      const year = this.number();
      if (this.digits === 4) this.year = year;
    }
    return this.year ? this.local(this.year) : this.withoutYear();
  }
  /** NaN where there is no such date. */
  private utc(year: number): number {
    const { month, day } = this;
    if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
    const at = Date.UTC(year, month - 1, day);
    return new Date(at).getUTCDate() === day ? at + this.clock : Number.NaN;
  }
  private local(year: number): number {
    const wall = this.utc(year);
    return Number.isNaN(wall) ? wall : this.wall.instant(wall);
  }
  private withoutYear(): number {
    const year = new Date(this.wall.shows(this.reference)).getUTCFullYear();
    let found = Number.NaN;
    // back to the last leap year, for the 29th of February
    for (let candidate = year + 1; candidate >= year - 8; candidate--) {
      found = this.local(candidate);
      if (found <= this.reference + AHEAD_MS) break;
    }
    return found;
  }
  private today(): number {
    this.doubt = 'guessed';
    const midnight = Math.floor(this.wall.shows(this.reference) / DAY) * DAY;
    let wall = midnight + this.clock;
    const last = this.clockOnly;
    if (last !== null) {
      wall = Math.floor(last / DAY) * DAY + this.clock;
      if (wall < last - DAY / 2) wall += DAY;
    }
    this.clockOnly = wall;
    return this.wall.instant(wall);
  }
}

const THREE_NUMBERS = /^(?:[\d:.,]+ )?\D{0,3}\d{1,2}([-/.])\d{1,2}\1(\d{2}(?:\d{2})?)(?!\d)/;
/**
 * The order of dates in three short numbers, from the times of one source: what gives dates that exist, are not ahead of their
 * reading, and follow each other closely. Null: no such date is among them. `isSettled`: no other order would do as well.
 */
export function settleOrder(
  texts: readonly string[],
  o: { readonly zone: string; readonly reference: number },
): { readonly order: DateOrder; readonly isSettled: boolean } | null {
  const short = texts.filter((text) => THREE_NUMBERS.test(text));
  if (!short.length) return null;
  const isLong = short.some((text) => THREE_NUMBERS.exec(text)?.[2]?.length === 4);
  const orders: readonly DateOrder[] = isLong ? ['mdy', 'dmy'] : ['ymd', 'mdy', 'dmy'];
  const tried = orders.flatMap((order) => {
    const times = new TimeReader({ ...o, skewMs: 0, order });
    const ats = short.map((text) => times.read(text));
    if (ats.includes(null)) return [];
    const known = ats as number[];
    const newest = known.reduce((a, b) => Math.max(a, b));
    // how far the clock goes from line to line: a wrong order jumps by months or years
    let way = 0;
    for (let i = 1; i < known.length; i++) way += Math.abs((known[i] ?? 0) - (known[i - 1] ?? 0));
    return [{ order, isAhead: newest > o.reference + AHEAD_MS, way, newest }];
  });
  const [first, second] = tried.sort(
    (a, b) =>
      Number(a.isAhead) - Number(b.isAhead) ||
      (isFarther(a.way, b.way) ? a.way - b.way : 0) ||
      (isLong ? 0 : b.newest - a.newest),
  );
  if (!first) return null;
  const isSettled =
    !second ||
    (second.isAhead && !first.isAhead) ||
    isFarther(second.way, first.way) ||
    (!isLong && first.newest - second.newest > 366 * DAY);
  return { order: first.order, isSettled };
}
/** So much that it is no chance. */
const isFarther = (a: number, b: number): boolean => Math.max(a, b) > 2 * Math.min(a, b) + DAY;
