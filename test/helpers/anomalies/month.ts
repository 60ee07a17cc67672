// Four weeks of six services' logs with scripted faults, whose truth is known at every hour.
import {
  chance,
  DAY,
  type Fault,
  MINUTE,
  normal,
  poisson,
  ScriptedLog,
  type ScriptedMonth,
} from './scripted-log.ts';

/** a Monday, midnight in Japan, of a month without holidays */
const START = Date.parse('2026-06-01T00:00:00+09:00');
const DAYS = 28;

const FAULT_KINDS = [
  'silent-service',
  'stopped-heartbeat',
  'silent-source',
  'value',
  'sparse-value',
  'new-error',
  'drip',
  'fatal',
  'job-not-started',
  'job-not-finished',
  'job-late',
] as const;
type FaultKind = (typeof FAULT_KINDS)[number];

/** Templates by number: what the six services write. */
const TEXTS = {
  1: ['wms-api', 'info', 'GET <*> served in <*> ms'],
  2: ['wms-api', 'info', 'user <*> logged in'],
  3: ['wms-api', 'warn', 'slow request <*>'],
  4: ['wms-api', 'error', 'request <*> failed with status <*>'],
  10: ['db-main', 'info', 'query <*> done in <*> rows'],
  11: ['db-main', 'info', 'checkpoint complete: <*> buffers'],
  12: ['db-main', 'error', 'deadlock detected between <*> and <*>'],
  20: ['batch', 'info', 'nightly billing started'],
  21: ['batch', 'info', 'nightly billing finished: <*> records'],
  22: ['batch', 'info', 'weekly archive finished'],
  23: ['batch', 'info', 'billing step <*> done'],
  30: ['scanner', 'info', 'scanned parcel <*>'],
  31: ['scanner', 'info', 'shift began'],
  40: ['cold-store', 'info', 'temperature <*> C'],
  41: ['cold-store', 'info', 'humidity <*> %'],
  50: ['mail', 'info', 'sent <*>'],
  51: ['mail', 'warn', 'greylisted by <*>'],
  60: ['wms-api', 'error', 'cannot reach payment gateway <*>'],
  61: ['db-main', 'fatal', 'out of disk space on <*>'],
  62: ['batch', 'error', 'billing aborted: lock <*> held'],
  70: ['wms-api', 'info', 'version <*> starting'],
} as const satisfies Record<number, readonly [string, 'info' | 'warn' | 'error' | 'fatal', string]>;
type TemplateId = keyof typeof TEXTS;

const localDay = (at: number): number => Math.floor((at - START) / DAY);
const weekday = (at: number): number => (localDay(at) + 1) % 7; // 0 Sunday

/** A fault every day or two from the second week on, one at a time; `quiet`: none. */
function scriptOf(next: () => number, quiet: boolean): Fault[] {
  if (quiet) return [];
  const faults: Fault[] = [];
  const kinds = [...FAULT_KINDS].sort(() => next() - 0.5);
  const order = [...kinds, ...[...FAULT_KINDS].sort(() => next() - 0.5)];
  let day = 8;
  for (const kind of order) {
    while (day < DAYS - 1 && [0, 6].includes((day + 1) % 7)) day++;
    if (day >= DAYS - 1) break;
    const at = (minute: number): number => START + day * DAY + Math.round(minute) * MINUTE;
    const from = at(570 + next() * 240);
    const hours = (least: number, most: number): number =>
      from + Math.round((least + next() * (most - least)) * 60) * MINUTE;
    const fault = (o: Omit<Fault, 'kind' | 'tellable'> & { tellable?: number }): Fault => ({
      kind,
      tellable: o.from,
      ...o,
    });
    switch (kind) {
      case 'silent-service':
        faults.push(fault({ from, to: hours(2, 5), services: ['db-main'], templates: [10, 11] }));
        break;
      case 'stopped-heartbeat':
        faults.push(
          fault({
            from,
            to: hours(2, 6),
            services: ['db-main'],
            templates: [11],
            tellable: from + 20 * MINUTE,
          }),
        );
        break;
      case 'silent-source':
        faults.push(fault({ from, to: hours(1.5, 4), services: [], templates: [] }));
        break;
      case 'value':
        faults.push(fault({ from, to: hours(2, 8), services: ['wms-api'], templates: [1] }));
        break;
      case 'sparse-value':
        faults.push(fault({ from, to: hours(4, 9), services: ['cold-store'], templates: [40] }));
        break;
      case 'new-error':
        faults.push(fault({ from, to: hours(0.5, 3), services: ['wms-api'], templates: [60] }));
        break;
      case 'drip':
        faults.push(fault({ from, to: hours(3, 6), services: ['db-main'], templates: [12] }));
        break;
      case 'fatal':
        faults.push(fault({ from, to: from + MINUTE, services: ['db-main'], templates: [61] }));
        break;
      case 'job-not-started':
        faults.push(
          fault({
            from: at(125),
            to: at(125 + 1440),
            services: ['batch'],
            templates: [20, 21],
            tellable: at(140),
          }),
        );
        break;
      case 'job-not-finished':
        faults.push(
          fault({
            from: at(150),
            to: at(155 + 1440),
            services: ['batch'],
            templates: [21],
            tellable: at(170),
          }),
        );
        break;
      case 'job-late':
        faults.push(
          fault({
            from: at(165),
            to: at(165 + 120 + next() * 180),
            services: ['batch'],
            templates: [21],
            tellable: at(175),
          }),
        );
        break;
    }
    // a job that did not run lasts until the next night
    day += kind.startsWith('job-not') ? 2 : 1;
  }
  return faults;
}

export const PLAIN_MONTH = { start: START, days: DAYS, kinds: FAULT_KINDS, make: scriptedMonth };
function scriptedMonth(o: { seed: number; quiet?: boolean }): ScriptedMonth {
  const next = chance(o.seed);
  const faults = scriptOf(next, o.quiet ?? false);
  const during = (kind: FaultKind, at: number): boolean =>
    faults.some((f) => f.kind === kind && at >= f.from && at < f.to);
  const log = new ScriptedLog(TEXTS, { isSilent: (at) => during('silent-source', at) });
  const put = (template: TemplateId, at: number, count: number): void => log.put(template, at, count);
  const say = (template: TemplateId, at: number, ...values: readonly string[]): void =>
    log.say(template, at, ...values);
  let warmth = 0;
  let end = 0;
  for (let day = 0; day < DAYS; day++) {
    // the end of the scanners' shift lies somewhere in 18:03–18:25
    end = 1083 + Math.floor(next() * 23);
    const start = 510 + Math.floor(next() * 8);
    const jobStart = 120 + Math.floor(next() * 4);
    const jobEnd = 152 + Math.floor(next() * 12);
    const restart = next() < 0.12 ? 1260 + Math.floor(next() * 60) : -1;
    for (let minute = 0; minute < 1440; minute++) {
      const at = START + day * DAY + minute * MINUTE;
      const isSunday = weekday(at) === 0;
      const weekend = isSunday || weekday(at) === 6;
      const busy =
        (minute >= 480 && minute < 1200 ? 1 : minute >= 360 && minute < 1320 ? 0.4 : 0.12) *
        (weekend ? 0.35 : 1);
      put(1, at, poisson(18 * busy, next));
      if (minute % 2 === 0) {
        const slow = during('value', at) ? 9 : 1;
        say(
          1,
          at,
          `/orders/${Math.floor(next() * 9999)}`,
          (slow * (60 + 25 * busy) * (1 + 0.25 * normal(next))).toFixed(1),
        );
      }
      put(2, at, poisson(1.2 * busy, next));
      put(3, at, poisson(0.03 * busy, next));
      put(4, at, poisson(0.008 * busy, next));
      if (!during('silent-service', at)) {
        put(10, at, poisson(6 * busy + 0.6, next));
        if (minute % 5 === 0 && !during('stopped-heartbeat', at)) put(11, at, 1);
        put(12, at, poisson(during('drip', at) ? 0.06 : 0.0004, next));
      }
      const skipped = during('job-not-started', START + day * DAY + 126 * MINUTE);
      if (!skipped) {
        if (minute === jobStart) put(20, at, 1);
        if (minute > jobStart && minute < jobEnd && minute % 6 === 0) put(23, at, 1);
      }
      const notFinished = faults.some((f) => f.kind === 'job-not-finished' && localDay(f.from) === day);
      const late = faults.find((f) => f.kind === 'job-late' && localDay(f.from) === day);
      const finish = late ? Math.floor((late.to - START - day * DAY) / MINUTE) : jobEnd;
      if (minute === finish && !skipped && !notFinished) put(21, at, 1);
      if (isSunday && minute === 200 + Math.floor(next() * 2)) put(22, at, 1);
      if (!isSunday && minute >= start && minute < end) {
        if (minute === start) put(31, at, 1);
        const lunch = minute >= 720 && minute < 765;
        put(30, at, poisson((weekend ? 2 : 6) * (lunch ? 0.3 : 1), next));
      }
      warmth = 0.9 * warmth + 0.25 * normal(next);
      if (minute % 10 === 3)
        say(40, at, ((during('sparse-value', at) ? 14 : 4) + 0.6 * warmth + 0.3 * normal(next)).toFixed(1));
      if (minute % 10 === 8) say(41, at, (62 + 3 * warmth + normal(next)).toFixed(0));
      put(50, at, poisson(1.5 * busy + 0.2, next));
      put(51, at, poisson(0.04, next));
      if (minute === restart) put(70, at, 1);
      if (during('new-error', at)) put(60, at, poisson(1.5, next));
    }
    for (const f of faults) if (f.kind === 'fatal' && localDay(f.from) === day) put(61, f.from, 1);
  }
  return log.month(faults);
}
