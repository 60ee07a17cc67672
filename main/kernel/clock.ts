/** Time is an input. Instants are epoch milliseconds (UTC); people see the site's zone. */
export interface Clock {
  /** current instant, epoch ms */
  now(): number;
  /** calls `work` every `ms` of this clock's time until the returned function is called */
  every(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  every(ms, work) {
    const timer = setInterval(work, ms);
    timer.unref?.();
    return () => clearInterval(timer);
  },
};

/** A clock that only moves when told to. `advance` runs every due tick in order. */
export class ManualClock implements Clock {
  private at: number;
  private timers: { due: number; ms: number; work: () => void }[] = [];
  constructor(start: number) {
    this.at = start;
  }
  now(): number {
    return this.at;
  }
  every(ms: number, work: () => void): () => void {
    const timer = { due: this.at + ms, ms, work };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((t) => t !== timer);
    };
  }
  advance(ms: number): void {
    const end = this.at + ms;
    for (;;) {
      const next = this.timers.filter((t) => t.due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.at = next.due;
      next.due += next.ms;
      next.work();
    }
    this.at = end;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();
const parts = (at: number, zone: string): Record<string, string> => {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
};

/** `2026-11-21` in the zone */
export const dateIn = (at: number, zone: string): string => {
  const p = parts(at, zone);
  return `${p['year']}-${p['month']}-${p['day']}`;
};
/** `2026-11-21 14:05:09` in the zone, as MySQL writes a DATETIME */
export const dateTimeIn = (at: number, zone: string): string => {
  const p = parts(at, zone);
  return `${p['year']}-${p['month']}-${p['day']} ${p['hour']}:${p['minute']}:${p['second']}`;
};
/** The date so many days later; earlier below 0. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
/** Days from one date to another. */
export const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
/** 0 Sunday … 6 Saturday */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
/** minutes from local midnight */
export const minuteOfDay = (at: number, zone: string): number => {
  const p = parts(at, zone);
  return Number(p['hour']) * 60 + Number(p['minute']);
};
/** Instant of a local date and minute of day in the zone; two passes settle zones with daylight saving. */
export function instantOf(date: string, minutes: number, zone: string): number {
  const [y, m, d] = date.split('-').map(Number);
  const wall = Date.UTC(y ?? 1970, (m ?? 1) - 1, d ?? 1, 0, minutes);
  let at = wall;
  for (let pass = 0; pass < 2; pass++) {
    const p = parts(at, zone);
    const seen = Date.UTC(
      Number(p['year']),
      Number(p['month']) - 1,
      Number(p['day']),
      Number(p['hour']),
      Number(p['minute']),
      Number(p['second']),
    );
    at += wall - seen;
  }
  return at;
}

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
