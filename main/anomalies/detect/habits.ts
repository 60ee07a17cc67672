import { HABIT, LOOKBACK_MINUTES, MINUTE, MISSING } from '../config.ts';
import { type Beat, evenGaps } from './even-gaps.ts';
import type { HourHistory } from './series.ts';
import type { SubjectMinutes } from './subject-minutes.ts';

/** What lines are counted of: a template, a service or a source, by its key in the roll-ups. */
export type Subject = {
  readonly of: 'templates' | 'services' | 'sources';
  readonly key: number | string;
};
/** A time without a line, epoch minutes [from, until); `until` is infinite while no line came after it. */
type Pause = { readonly from: number; readonly until: number };
/** When something comes every like day: minutes of the day seen so far, earliest and latest, as epoch minutes of the day asked about. */
export type Appointment = {
  readonly template: number;
  readonly service: string;
  readonly earliest: number;
  readonly latest: number;
  readonly days: number;
};

export type LongBeat = Beat & { readonly template: number; readonly service: string };
type DayCounts = {
  readonly lines: ReadonlyMap<number, number>;
  readonly hours: ReadonlyMap<number, number>;
};

/** of the day so many minutes before the one asked about */
type OfDay = DayCounts & { readonly back: number };

const DAY_MINUTES = 1440;
const WEEK_MINUTES = 7 * DAY_MINUTES;

/**
 * What the days before had at the same time of day. Days are alike when both are working days, or both are weekends or holidays;
 * while fewer than two such days are known, any day serves.
 */
export class Habits {
  private readonly minutes: SubjectMinutes;
  private readonly hours: HourHistory;
  private readonly isDayOff: (minute: number) => boolean;
  private readonly pauses = new Map<string, readonly (readonly Pause[])[]>();
  private beating: { key: string; list: readonly LongBeat[] } | null = null;
  private readonly daysKept = new Map<number, DayCounts>();
  /** of the days last asked about */
  private readonly appointed = new Map<string, readonly Appointment[]>();

  constructor(o: {
    minutes: SubjectMinutes;
    hours: HourHistory;
    /** whether the local day of an epoch minute is a weekend or a holiday */
    isDayOff: (minute: number) => boolean;
  }) {
    this.minutes = o.minutes;
    this.hours = o.hours;
    this.isDayOff = o.isDayOff;
  }
  forget(): void {
    this.pauses.clear();
    this.daysKept.clear();
    this.appointed.clear();
    this.beating = null;
  }

  /** How many minutes back the days of the same kind lie, the newest first, no further than the log's beginning (epoch ms). */
  sameKind(minute: number, since: number): number[] {
    const off = this.isDayOff(minute);
    return this.daysBefore(minute, since).filter((back) => this.isDayOff(minute - back) === off);
  }
  /** The days of the same kind; while too few of them are known, any. */
  likeDays(minute: number, since: number): number[] {
    const alike = this.sameKind(minute, since);
    return alike.length >= HABIT.leastOfKind ? alike : this.daysBefore(minute, since);
  }
  /** Since when a silence can be held against days like the one it lasts into: a holiday's begins with the holiday. */
  ofThisKind(from: number, minute: number): number {
    const off = this.isDayOff(minute);
    let since = minute;
    while (since > from && this.isDayOff(since - 1) === off) since--;
    return since;
  }
  /** Some days are known, but hardly any of this kind: the first weekend, or the first working day after days off. */
  isStrange(minute: number, since: number): boolean {
    const days = this.daysBefore(minute, since).length;
    return days >= HABIT.leastOfKind && this.sameKind(minute, since).length < HABIT.leastOfKind;
  }
  private daysBefore(minute: number, since: number): number[] {
    return Array.from({ length: HABIT.days }, (_, i) => (i + 1) * DAY_MINUTES).filter(
      (back) => (minute - back - HABIT.nearMinutes) * MINUTE >= since,
    );
  }

  /**
   * Whether a silence that began at `from` and still lasts at `minute` is usual: on several like days a pause at least as long began
   * at about this time of day, and the latest of them lasted beyond now. Null: too few days are known to say.
   */
  isUsualPause(subject: Subject, o: { from: number; minute: number; since: number }): boolean | null {
    const backs = this.likeDays(o.from, o.since);
    if (backs.length === 0) return null;
    const need = Math.max(
      Math.min(HABIT.leastPauses, backs.length),
      Math.ceil(backs.length * HABIT.pauseShare),
    );
    const silent = o.minute + 1 - o.from;
    const alike = this.pausesOn(subject, o.from, backs).flatMap((pauses) => {
      const [longest] = pauses
        .filter((p) => p.until - p.from >= Math.min(silent, DAY_MINUTES))
        .sort((a, b) => Math.abs(a.from - o.from) - Math.abs(b.from - o.from));
      return longest ? [longest] : [];
    });
    if (alike.length < need) return backs.length < HABIT.least ? null : false;
    const begins = alike.map((p) => p.from).filter(Number.isFinite);
    const range = begins.length ? Math.max(...begins) - Math.min(...begins) : 0;
    const margin = Math.max(HABIT.marginMinutes, range);
    if (begins.length > 0 && (o.from < Math.min(...begins) - margin || o.from > Math.max(...begins) + margin))
      return false;
    const ends = alike.map((p) => p.until);
    const latest = Math.max(...ends);
    const spread = Number.isFinite(latest) ? latest - Math.min(...ends) : 0;
    return o.minute <= latest + Math.max(HABIT.marginMinutes, spread);
  }

  /** The lines of a subject in the same minutes, [from, minute], of each like day. */
  linesOnLikeDays(subject: Subject, o: { from: number; minute: number; since: number }): number[] {
    return this.likeDays(o.from, o.since).map((back) =>
      this.minutes.lines(subject, o.from - back, o.minute + 1 - back),
    );
  }
  /** And of the same weekday a week ago; null: not known, or another kind of day. */
  linesAWeekAgo(subject: Subject, o: { from: number; minute: number; since: number }): number | null {
    const back = WEEK_MINUTES;
    return this.sameKind(o.from, o.since).includes(back)
      ? this.minutes.lines(subject, o.from - back, o.minute + 1 - back)
      : null;
  }
  /** The lines of a subject in the same hour of each like day. */
  hourOnLikeDays(subject: Subject, minute: number, since: number): number[] {
    const hour = Math.floor(minute / 60);
    return this.likeDays(minute, since).map(
      (back) =>
        (this.hours.hour(hour - back / 60)[subject.of] as ReadonlyMap<unknown, number>).get(subject.key) ?? 0,
    );
  }

  /**
   * Templates that come once or a few times a day and on every like day, or once a week, at about the same time: jobs, reports.
   * `dayStart`: epoch minute at which the day asked about begins, at midnight or at noon.
   */
  appointments(dayStart: number, since: number): readonly Appointment[] {
    const key = `${dayStart} ${since}`;
    const asked = this.appointed.get(key);
    if (asked) return asked;
    const isKnown = (back: number): boolean => (dayStart - back + HABIT.nearMinutes) * MINUTE >= since;
    // a log that began within the first hour of a day knows that day
    const backs = this.likeDays(dayStart + 2 * HABIT.nearMinutes, since).filter(isKnown);
    const daily = this.appointmentsOn(dayStart, backs);
    const off = this.isDayOff(dayStart);
    const weeks = Array.from({ length: HABIT.weeks }, (_, i) => (i + 1) * WEEK_MINUTES).filter(
      (back) => isKnown(back) && (!off || this.isDayOff(dayStart - back)),
    );
    const known = new Set(daily.map((job) => job.template));
    const weekly = weeks.length >= HABIT.least ? this.appointmentsOn(dayStart, weeks, known) : [];
    const list = [
      ...daily,
      ...weekly.filter((job) => !this.comesAtOtherTimes(job, dayStart, weeks.at(-1) ?? 0)),
    ];
    if (this.appointed.size >= HABIT.anchors) this.appointed.clear();
    this.appointed.set(key, list);
    return list;
  }
  /** On other days of the last `back` minutes it comes at another hour more often than not: what agrees by weekday agrees by chance. */
  private comesAtOtherTimes({ template, earliest }: Appointment, dayStart: number, back: number): boolean {
    let near = 0;
    let far = 0;
    for (let days = DAY_MINUTES; days <= back; days += DAY_MINUTES) {
      const hour = this.day(dayStart - days).hours.get(template);
      if (hour === undefined || days % WEEK_MINUTES === 0) continue;
      if (Math.abs(hour * 60 + days - earliest) <= 2 * HABIT.looseMinutes) near++;
      else far++;
    }
    return far > near * (1 - HABIT.agree);
  }
  /**
   * It comes on like days but for weekdays on which it was never seen: what runs on Saturdays and holidays, but not on Sundays. Of a
   * holiday, holidays before it say so.
   */
  private comesButOn(dayStart: number, days: readonly OfDay[], here: readonly OfDay[]): boolean {
    const byWeekday = Map.groupBy(days, ({ back }) => back % WEEK_MINUTES);
    const without = [...byWeekday].filter(
      ([weekday, those]) =>
        weekday !== 0 && those.length >= HABIT.leastOfKind && !those.some((d) => here.includes(d)),
    );
    const left = days.filter(({ back }) => !without.some(([weekday]) => weekday === back % WEEK_MINUTES));
    if (here.length < HABIT.share * left.length) return false;
    if (!this.isHoliday(dayStart)) return true;
    const holidays = days.filter(({ back }) => this.isHoliday(dayStart - back));
    return holidays.length > 0 && holidays.every((d) => here.includes(d));
  }
  /** A day off of a weekday that has none a week before or after. */
  private isHoliday(dayStart: number): boolean {
    const isOff = (days: number): boolean =>
      this.isDayOff(dayStart + 2 * HABIT.nearMinutes + days * DAY_MINUTES);
    return isOff(0) && !(isOff(-7) && isOff(7));
  }
  /** `weekly`: of the same weekday, without the templates that are known to come daily */
  private appointmentsOn(
    dayStart: number,
    backs: readonly number[],
    weekly?: ReadonlySet<number>,
  ): Appointment[] {
    if (backs.length < HABIT.least) return [];
    const days: OfDay[] = backs.map((back) => ({ back, ...this.day(dayStart - back) }));
    const found: Appointment[] = [];
    for (const template of new Set(days.flatMap((d) => [...d.lines.keys()]))) {
      if (weekly?.has(template)) continue;
      // a day on which it failed, or ran late, does not undo the habit
      const here = days.filter((d) => (d.lines.get(template) ?? 0) > 0);
      const few = here.every((d) => (d.lines.get(template) ?? 0) <= HABIT.appointmentLines);
      if (!few || here.length < HABIT.least) continue;
      if (here.length < HABIT.share * days.length && !this.comesButOn(dayStart, days, here)) continue;
      // what comes on Saturdays and holidays need not come on Sundays
      const thisWeekday = days.filter((d) => d.back % WEEK_MINUTES === 0);
      if (thisWeekday.length > 0 && !thisWeekday.some((d) => here.includes(d))) continue;
      const times = here.map((d) => {
        const hour = d.hours.get(template) ?? 0;
        const subject = { of: 'templates', key: template } as const;
        const [at = hour * 60] = this.minutes.active(subject, hour * 60, hour * 60 + 60);
        return at + d.back;
      });
      const { earliest, latest } = mostOf(times);
      // few days in a row can agree by chance: then they have to agree closely
      const isSure = weekly !== undefined || times.length >= HABIT.surer;
      if (latest - earliest > (isSure ? HABIT.looseMinutes : HABIT.closeMinutes)) continue;
      const [newest] = here;
      const service = this.hours.hour(newest?.hours.get(template) ?? 0).serviceOf.get(template) ?? '';
      found.push({ template, service, earliest, latest, days: times.length });
    }
    return found;
  }
  /** A whole day of the past that began at an epoch minute: lines by template, and the hour each first came in. */
  private day(first: number): DayCounts {
    const known = this.daysKept.get(first);
    if (known) return known;
    const day = { lines: new Map<number, number>(), hours: new Map<number, number>() };
    for (let hour = Math.floor(first / 60); hour < (first + DAY_MINUTES) / 60; hour++)
      for (const [template, n] of this.hours.hour(hour).templates) {
        day.lines.set(template, (day.lines.get(template) ?? 0) + n);
        if (!day.hours.has(template)) day.hours.set(template, hour);
      }
    if (this.daysKept.size > HABIT.anchors * 7 * HABIT.weeks) this.daysKept.clear();
    this.daysKept.set(first, day);
    return day;
  }

  /** Templates that come at even intervals too long to be seen in the last hours. */
  beats(dayStart: number, since: number): readonly LongBeat[] {
    const key = `${dayStart} ${since}`;
    if (this.beating?.key === key) return this.beating.list;
    const first = dayStart - HABIT.beatDays * DAY_MINUTES;
    const list: LongBeat[] = [];
    if (first * MINUTE >= since) {
      const hours = new Map<number, number>();
      const serviceOf = new Map<number, string>();
      for (let hour = Math.floor(first / 60); hour < dayStart / 60; hour++)
        for (const [template, service] of this.hours.hour(hour).serviceOf) {
          hours.set(template, (hours.get(template) ?? 0) + 1);
          serviceOf.set(template, service);
        }
      for (const [template, n] of hours) {
        let lines = 0;
        for (let day = first; day < dayStart; day += DAY_MINUTES)
          lines += this.day(day).lines.get(template) ?? 0;
        const mean = (HABIT.beatDays * DAY_MINUTES) / lines;
        // even ones are spread over the hours
        const isSeenSoon = mean * (MISSING.gaps + MISSING.usualGaps) < LOOKBACK_MINUTES;
        if (lines <= MISSING.gaps || isSeenSoon || n < 0.5 * Math.min(lines, 72)) continue;
        const beat = evenGaps(this.minutes.active({ of: 'templates', key: template }, first, dayStart));
        if (beat) list.push({ template, service: serviceOf.get(template) ?? '', ...beat });
      }
    }
    this.beating = { key, list };
    return list;
  }

  /** Of each like day, its pauses that begin near `from`, as if they were of the day asked about. */
  private pausesOn(subject: Subject, from: number, backs: readonly number[]): readonly (readonly Pause[])[] {
    const key = `${subject.of} ${subject.key} ${from} ${backs.length} ${backs[0]}`;
    const known = this.pauses.get(key);
    if (known) return known;
    if (this.pauses.size > HABIT.kept) this.pauses.clear();
    const found = backs.map((back) =>
      this.pausesNear(subject, from - back, from).map((p) => ({
        from: p.from + back,
        until: p.until + back,
      })),
    );
    this.pauses.set(key, found);
    return found;
  }
  private pausesNear(subject: Subject, base: number, now: number): Pause[] {
    const begin = base - HABIT.nearMinutes;
    const end = base + HABIT.nearMinutes + HABIT.leastPause;
    const active = this.minutes.active(subject, begin, end);
    // silent all along: it began at some time before
    if (active.length === 0)
      return [{ from: Number.NEGATIVE_INFINITY, until: this.nextLine(subject, end, now) }];
    return active.flatMap((at, i) => {
      const next = active[i + 1];
      const until = next ?? this.nextLine(subject, end, now);
      const pause = { from: at + 1, until };
      return until - pause.from >= HABIT.leastPause && pause.from <= base + HABIT.nearMinutes ? [pause] : [];
    });
  }
  /** The first minute with a line from `minute` on, before `before`. */
  private nextLine(subject: Subject, minute: number, before: number): number {
    for (let at = minute; at < before; ) {
      const hour = Math.floor(at / 60);
      const counts = this.hours.hour(hour)[subject.of] as ReadonlyMap<unknown, number>;
      if ((counts.get(subject.key) ?? 0) > 0) {
        const [first] = this.minutes.active(subject, at, Math.min(before, (hour + 1) * 60));
        if (first !== undefined) return first;
      }
      at = (hour + 1) * 60;
    }
    return Number.POSITIVE_INFINITY;
  }
}

/** Earliest and latest without the odd day: times far from most others, by more than these differ. */
function mostOf(times: readonly number[]): { readonly earliest: number; readonly latest: number } {
  const core = closest(times, Math.ceil(HABIT.agree * times.length));
  const far = Math.max(HABIT.lateMinutes, core.latest - core.earliest);
  const near = times.filter((t) => t >= core.earliest - far && t <= core.latest + far);
  return { earliest: Math.min(...near), latest: Math.max(...near) };
}
/** The `n` times that lie closest together. */
function closest(
  times: readonly number[],
  n: number,
): { readonly earliest: number; readonly latest: number } {
  const sorted = times.toSorted((a, b) => a - b);
  let best = { earliest: sorted[0] ?? 0, latest: sorted[n - 1] ?? Number.POSITIVE_INFINITY };
  for (let i = 1; i + n <= sorted.length; i++) {
    const [earliest = 0, latest = 0] = [sorted[i], sorted[i + n - 1]];
    if (latest - earliest < best.latest - best.earliest) best = { earliest, latest };
  }
  return best;
}
