// Five weeks of an office with a warehouse behind it: two shifts, lunch, a holiday, a month's end, weekly and monthly jobs, services
// that end at varying times; faults of many kinds, some at once, and changes that are none.
import { isDayOff } from '../../../main/kernel/holidays.ts';
import {
  chance,
  DAY,
  type Fault,
  HOUR,
  MINUTE,
  normal,
  poisson,
  ScriptedLog,
  type ScriptedMonth,
} from './scripted-log.ts';

/** a Monday, midnight in Japan; 20 July is a holiday */
const START = Date.parse('2026-06-29T00:00:00+09:00');
const DAYS = 35;
const KINDS = [
  'silence',
  'night-silence',
  'sparse-silence',
  'all-silent',
  'error-burst',
  'steady-error',
  'deadlocks',
  'fatal',
  'failed-share',
  'warnings',
  'logins',
  'value',
  'creep',
  'leak',
  'disk',
  'job-missing',
  'job-late',
  'job-long',
  'job-half',
  'steps-missing',
  'order-broken',
] as const;
type Kind = (typeof KINDS)[number];

/** Templates by number: what the seven services write. */
const TEXTS = {
  101: ['handheld', 'info', 'session <id> opened by <id>'],
  102: ['handheld', 'info', 'session <id> lot <*> read'],
  103: ['handheld', 'info', 'session <id> quantity <*> confirmed'],
  104: ['handheld', 'info', 'session <id> closed'],
  105: ['handheld', 'warn', 'radio retry <*>'],
  106: ['handheld', 'error', 'deadlock on table <id>'],
  107: ['handheld', 'info', 'version <*> starting'],
  108: ['handheld', 'info', 'session <id> lot <*> read from shelf <*>'],
  201: ['ocr', 'info', 'page <*> read in <*> ms'],
  202: ['ocr', 'info', 'confidence of batch <*> %'],
  203: ['ocr', 'info', 'heap <*> MB'],
  204: ['ocr', 'warn', 'page <*> is skewed'],
  205: ['ocr', 'info', 'engine restarted'],
  206: ['ocr', 'info', 'dictionary <*> looked up'],
  301: ['print', 'info', 'job <*> printed on <id>'],
  302: ['print', 'warn', 'job <*> failed on <id>'],
  303: ['print', 'error', 'spooler cannot write <id>'],
  304: ['print', 'info', 'spool file <*> cleaned'],
  401: ['vpn', 'info', 'user <id> connected'],
  402: ['vpn', 'info', 'user <id> disconnected after <*> min'],
  403: ['vpn', 'info', 'tunnel rtt <*> ms'],
  501: ['directory', 'info', 'logon of <id>'],
  502: ['directory', 'warn', 'logon of <id> refused'],
  503: ['directory', 'error', 'replication partner <id> does not answer'],
  601: ['nas', 'info', 'volume data used <*> %'],
  602: ['nas', 'info', 'snapshot <*> taken'],
  603: ['nas', 'fatal', 'volume <id> became read-only'],
  604: ['nas', 'info', 'disk temperature <*> C'],
  701: ['scheduler', 'info', 'payroll import started'],
  702: ['scheduler', 'info', 'payroll import finished with <*> records'],
  703: ['scheduler', 'info', 'price list loaded with <*> rows'],
  704: ['scheduler', 'info', 'full backup started'],
  705: ['scheduler', 'info', 'full backup finished'],
  706: ['scheduler', 'info', 'month closing started'],
  707: ['scheduler', 'info', 'month closing finished'],
  801: ['payroll-link', 'info', 'poll done with <*> files'],
} as const satisfies Record<number, readonly [string, 'info' | 'warn' | 'error' | 'fatal', string]>;

const dateOf = (at: number): string => new Date(at + 9 * HOUR).toISOString().slice(0, 10);

/** The times move with the seed by up to half an hour; the days stay. */
function scriptOf(next: () => number): (Fault & { kind: Kind })[] {
  const faults: (Fault & { kind: Kind })[] = [];
  const add = (
    kind: Kind,
    [day, hour]: readonly [number, number],
    hours: number,
    services: readonly string[],
    templates: readonly number[],
    o: { tellableAfter?: number; fixed?: boolean; openUntil?: number } = {},
  ): void => {
    const shift = o.fixed ? 0 : Math.round((next() - 0.5) * 60) * MINUTE;
    const from = START + day * DAY + Math.round(hour * 60) * MINUTE + shift;
    const to = from + Math.round(hours * 60) * MINUTE;
    faults.push({
      kind,
      from,
      to,
      services,
      templates,
      tellable: from + (o.tellableAfter ?? 0) * HOUR,
      ...(o.openUntil === undefined ? {} : { openUntil: from + o.openUntil * HOUR }),
    });
  };
  add('silence', [8, 10.3], 2.7, ['ocr'], [201, 202, 203]);
  add('error-burst', [9, 14.2], 0.7, ['print'], [303]);
  add('night-silence', [10, 2.3], 2.4, ['handheld'], [101, 102, 103, 104]);
  add('logins', [11, 19.5], 1.2, ['directory'], [502]);
  add('fatal', [14, 11.3], 1 / 60, ['nas'], [603]);
  add('job-missing', [14, 22], 24.1, ['scheduler'], [701, 702], { fixed: true, tellableAfter: 0.25 });
  add('value', [16, 9.7], 2.8, ['ocr'], [202]);
  add('deadlocks', [16, 11], 4, ['handheld'], [106], { tellableAfter: 0.5 });
  add('creep', [17, 8], 32, ['vpn'], [403], { tellableAfter: 8 });
  add('steps-missing', [18, 8.5], 8, ['handheld'], [101, 103, 104], { tellableAfter: 1.5 });
  add('leak', [22, 6], 21, ['ocr'], [203], { tellableAfter: 6 });
  add('order-broken', [23, 14], 2.6, ['handheld'], [102, 103, 108], { tellableAfter: 1 });
  add('job-half', [23, 23], 1 / 60, ['scheduler'], [702], { fixed: true, openUntil: 25 });
  add('sparse-silence', [24, 4], 8, ['payroll-link'], [801], { tellableAfter: 2.4 });
  add('disk', [24, 13], 16, ['nas'], [601], { tellableAfter: 5 });
  add('failed-share', [25, 9.5], 5, ['print'], [302], { tellableAfter: 0.5 });
  add('job-long', [26, 5], 8, ['scheduler'], [705], { fixed: true, tellableAfter: 3.5 });
  add('all-silent', [28, 10], 2.1, [], []);
  add('silence', [29, 13], 3, ['vpn'], [401, 402, 403]);
  add('steady-error', [29, 14.5], 2.5, ['directory'], [503]);
  add('job-late', [30, 6.75], 3, ['scheduler'], [703], { fixed: true });
  add('warnings', [31, 3], 1.5, ['handheld'], [105]);
  add('silence', [32, 16], 1.6, ['print'], [301, 302]);
  return faults;
}

type Day = {
  readonly start: number;
  readonly off: boolean;
  readonly weekday: number;
  readonly isMonthEnd: boolean;
};
/** How busy the office is, minute by minute: 1 at its height. */
function officeAt(minute: number, day: Day): number {
  const hour = minute / 60;
  const busy =
    hour >= 8.5 && hour < 18 ? 1 : (hour >= 7.5 && hour < 8.5) || (hour >= 18 && hour < 20) ? 0.35 : 0.03;
  return busy * (hour >= 12 && hour < 13 ? 0.35 : 1) * (day.off ? 0.05 : 1);
}
/** The warehouse: a day shift with lunch, a night shift with a break, none in nights into days off. */
function shiftAt(minute: number, day: Day): number {
  const hour = minute / 60;
  if (day.off) return hour < 5 && day.weekday === 6 ? 0.5 : 0.08;
  if (hour >= 8 && hour < 17) return hour >= 12 && hour < 12.75 ? 0.15 : 1;
  if (hour >= 21 || (hour < 5 && day.weekday !== 1)) return hour >= 1 && hour < 1.75 ? 0.1 : 0.5;
  return 0.08;
}

export const OFFICE_MONTH = { start: START, days: DAYS, kinds: KINDS, make: scriptedOffice };
function scriptedOffice(o: { seed: number; quiet?: boolean }): ScriptedMonth {
  const next = chance(o.seed + 77);
  const faults = o.quiet ? [] : scriptOf(next);
  const during = (kind: Kind, at: number): Fault | undefined =>
    faults.find((f) => f.kind === kind && at >= f.from && at < f.to);
  const isSilent = (at: number, service: string): boolean =>
    faults.some(
      (f) =>
        at >= f.from &&
        at < f.to &&
        (f.kind === 'all-silent' ||
          (['silence', 'night-silence', 'sparse-silence'].includes(f.kind) && f.services.includes(service))),
    );
  const log = new ScriptedLog(TEXTS, { isSilent });
  const put = (template: keyof typeof TEXTS, at: number, count: number): void => log.put(template, at, count);
  const say = (template: keyof typeof TEXTS, at: number, ...values: readonly string[]): void =>
    log.say(template, at, ...values);
  const user = (): string => `u${100 + Math.floor(next() * 60)}`;
  const deploy = START + 15 * DAY + 750 * MINUTE;
  let session = 41_000;
  let rtt = 22;
  let heap = 880;
  let nextPoll = START + 20 * MINUTE;

  /** One picking round of a handheld: opened, lots read, quantity confirmed, closed. */
  const round = (at: number): void => {
    const id = `S${session++}`;
    say(101, at, id, user());
    const lots = 1 + Math.floor(next() * 3);
    const seconds = (from: number, more: number): number => at + (from + next() * more) * 1000;
    for (let lot = 0; lot < lots; lot++) {
      const read = seconds(8 + lot * 12, 8);
      if (at < deploy) say(102, read, id, String(50_000 + Math.floor(next() * 9_000)));
      else
        say(108, read, id, String(50_000 + Math.floor(next() * 9_000)), String(1 + Math.floor(next() * 40)));
    }
    const isMissing = during('steps-missing', at) && next() < 0.3;
    const isEarly = during('order-broken', at) && next() < 0.45;
    if (!isMissing)
      say(103, isEarly ? seconds(2, 4) : seconds(48, 20), id, String(1 + Math.floor(next() * 24)));
    say(104, seconds(75, 20), id);
  };

  for (let dayIndex = 0; dayIndex < DAYS; dayIndex++) {
    const start = START + dayIndex * DAY;
    const day: Day = {
      start,
      off: isDayOff(dateOf(start)),
      weekday: (dayIndex + 1) % 7,
      isMonthEnd: dateOf(start + DAY).endsWith('-01'),
    };
    const importStart = 1320 + Math.floor(next() * 5);
    const importEnd = 1364 + Math.floor(next() * 50);
    const priceAt = 390 + Math.floor(next() * 6);
    const backupStart = 120 + Math.floor(next() * 3);
    const backupEnd = during('job-long', start + 9 * HOUR) ? 780 : 300 + Math.floor(next() * 100);
    const closingEnd = 1110 + Math.floor(next() * 60);
    const ocrEnd = 1050 + Math.floor(next() * 80);
    const isMissing = faults.some((f) => f.kind === 'job-missing' && f.from === start + 22 * HOUR);
    const isHalf = faults.some((f) => f.kind === 'job-half' && f.from === start + 23 * HOUR);
    const isLate = faults.some((f) => f.kind === 'job-late' && f.from === start + 6.75 * HOUR);
    for (let minute = 0; minute < 1440; minute++) {
      const at = start + minute * MINUTE;
      const office = officeAt(minute, day);
      const shift = shiftAt(minute, day);
      // handheld
      for (let n = poisson(0.8 * shift, next); n > 0; n--) round(at + Math.floor(next() * 55) * 1000);
      put(105, at, poisson(during('warnings', at) ? 3 : 0.03 * shift, next));
      put(106, at, poisson(during('deadlocks', at) ? 0.08 : 0.0003, next));
      if (at === deploy) put(107, at, 1);
      // ocr, from 8 until the pile is done
      const works = !day.off && minute >= 480 && minute < ocrEnd;
      if (works) {
        put(201, at, poisson(9 * (minute >= 720 && minute < 780 ? 0.4 : 1), next));
        put(204, at, poisson(0.05, next));
        if (minute % 6 === 1) say(202, at, ((during('value', at) ? 78 : 94) + 1.2 * normal(next)).toFixed(1));
        // a new line after an update, harmless
        if (dayIndex >= 22) put(206, at, poisson(1.2, next));
      }
      const leak = during('leak', at);
      heap = 880 + (leak ? (60 * (at - leak.from)) / HOUR : 0) + 70 * normal(next) + 60 * office;
      if (minute % 5 === 2) say(203, at, heap.toFixed(0));
      if (faults.some((f) => f.kind === 'leak' && f.to === at)) put(205, at, 1);
      // print; the month's end is busy
      const printed = 4 * office * (day.isMonthEnd ? 2.5 : 1);
      put(301, at, poisson(printed, next));
      put(302, at, poisson(printed * (during('failed-share', at) ? 0.16 : 0.02), next));
      if (during('error-burst', at)) put(303, at, poisson(2, next));
      if (day.weekday === 4 && minute >= 960 && minute < 978) put(304, at, poisson(25, next));
      // vpn
      put(401, at, poisson(0.9 * office + 0.03, next));
      put(402, at, poisson(0.9 * office + 0.03, next));
      const creep = during('creep', at);
      rtt = 0.8 * rtt + 0.2 * (22 + (creep ? (48 * (at - creep.from)) / (creep.to - creep.from) : 0));
      if (minute % 10 === 4) say(403, at, (rtt + 1.5 * normal(next)).toFixed(1));
      // directory
      put(501, at, poisson(2.5 * office + 0.1, next));
      put(502, at, poisson(during('logins', at) ? 4 : 0.12 * office, next));
      if (during('steady-error', at)) put(503, at, poisson(0.3, next));
      // nas: the volume fills over the week and is cleaned on Sunday
      const week = ((dayIndex % 7) * 1440 + minute) / 10_080;
      const disk = during('disk', at);
      const used = 58 + 6 * week + (disk ? (2.2 * (at - disk.from)) / HOUR : 0);
      if (minute % 30 === 12) say(601, at, Math.min(99, used + 0.2 * normal(next)).toFixed(1));
      if (minute % 60 === 5) put(602, at, 1);
      if (minute % 15 === 9) say(604, at, (38 + 1.5 * office + 0.5 * normal(next)).toFixed(1));
      for (const f of faults) if (f.kind === 'fatal' && f.from === at) put(603, at, 1);
      // scheduler
      if (!day.off && minute === importStart && !isMissing) put(701, at, 1);
      if (!day.off && minute === importEnd && !isMissing)
        say(702, at, ((isHalf ? 0.45 : 1) * (4200 + 120 * normal(next))).toFixed(0));
      if (!day.off && minute === (isLate ? 585 : priceAt))
        say(703, at, (1800 + 15 * normal(next)).toFixed(0));
      if (day.weekday === 6 && minute === backupStart) put(704, at, 1);
      if (day.weekday === 6 && minute === backupEnd) put(705, at, 1);
      if (day.isMonthEnd && minute === 1080) put(706, at, 1);
      if (day.isMonthEnd && minute === closingEnd) put(707, at, 1);
      // payroll-link looks when it has time
      if (at >= nextPoll) {
        say(801, at, String(Math.floor(next() * 3)));
        nextPoll = at + Math.floor(40 + next() * 30) * MINUTE;
      }
    }
  }
  // what is sparse is told by its lines: half a night's records by theirs, a link that is silent since its last one
  for (const [i, f] of faults.entries()) {
    const near = (template: number, from: number, to: number) =>
      log.lines.filter((l) => l.templateId === template && l.at >= from && l.at < to).at(-1)?.at;
    const half = f.kind === 'job-half' ? near(702, f.from - HOUR, f.from + 2 * HOUR) : undefined;
    const last = f.kind === 'sparse-silence' ? near(801, f.from - 2 * HOUR, f.from) : undefined;
    if (half !== undefined) faults[i] = { ...f, from: half, tellable: half, to: half + MINUTE };
    const back = log.lines.find((l) => l.templateId === 801 && l.at >= f.to)?.at ?? f.to;
    if (last !== undefined) faults[i] = { ...f, from: last + MINUTE, to: back };
  }
  return log.month(faults);
}
