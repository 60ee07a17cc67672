import type { MinuteCount } from '../logs/index.ts';
import { DAY, HABIT, HOUR, LOOKBACK_MINUTES, MINUTE } from './config.ts';
import { Days, type LocalDay, utcDay } from './detect/days.ts';
import { detectComponents } from './detect/detect-components.ts';
import { detectFatal } from './detect/detect-fatal.ts';
import { detectJobs } from './detect/detect-jobs.ts';
import { detectMissing } from './detect/detect-missing.ts';
import { detectNewTemplates } from './detect/detect-new-templates.ts';
import { detectRates } from './detect/detect-rates.ts';
import { detectSilentSources } from './detect/detect-silent-sources.ts';
import { detectSpikes, rateOnLikeDays } from './detect/detect-spikes.ts';
import type { DetectionWindow } from './detect/detection-window.ts';
import { Habits } from './detect/habits.ts';
import { isReworded } from './detect/is-renamed.ts';
import { HourHistory, minuteOf, RecentMinutes } from './detect/series.ts';
import { SubjectMinutes } from './detect/subject-minutes.ts';
import type { Finding, TemplateFact } from './types.ts';

const DETECTORS: readonly ((look: DetectionWindow) => Finding[])[] = [
  detectFatal,
  detectNewTemplates,
  detectSpikes,
  detectMissing,
  detectJobs,
  detectSilentSources,
  detectRates,
  detectComponents,
];
/** Rows are read in pieces of so much time. */
const PIECE_MINUTES = 360;
/** After the last line nothing more can be found than a silence of an hour. */
const QUIET_MINUTES = 75;
/** So many days without a line, and the log begins anew: what was long ago says nothing of now. */
const ERA_DAYS = 7;
const LONGEST_ERA_DAYS = 91;

export type Watched = {
  readonly at: number;
  readonly findings: readonly Finding[];
  readonly recent: RecentMinutes;
};

/**
 * Runs the detectors over roll-ups, minute by minute in order of time. What is found depends on the roll-ups alone: a new watch
 * over the same minutes finds the same, however they are cut into calls.
 */
export class MinuteWatch {
  private recent = new RecentMinutes();
  /** epoch minutes: everything before is in `recent` */
  private at: number | null = null;
  private readonly hours: HourHistory;
  private readonly minutes: SubjectMinutes;
  private readonly habits: Habits;
  private readonly days: Days;
  private readonly read: (o: { from: number; to: number; unit: 'minute' | 'hour' }) => Iterable<MinuteCount>;
  private readonly fact: (id: number) => TemplateFact;
  private readonly novelty: (id: number) => number | null;
  private readonly followed: DetectionWindow['followed'];
  private since: number | null = null;

  constructor(o: {
    read: MinuteWatch['read'];
    fact: MinuteWatch['fact'];
    novelty: MinuteWatch['novelty'];
    /** templates whose lines do not count at all */
    noise: () => ReadonlySet<number>;
    /** the name of a source that is read as it grows; without it no source's silence is news */
    followed?: DetectionWindow['followed'];
    /** the local day of an instant; UTC and weekends only, unless told */
    day?: (at: number) => LocalDay;
  }) {
    this.days = new Days(o.day ?? utcDay);
    this.followed = o.followed ?? (() => null);
    this.read = function* (range) {
      const noise = o.noise();
      for (const cell of o.read(range)) if (!noise.has(cell.template)) yield cell;
    };
    this.fact = o.fact;
    this.novelty = o.novelty;
    this.hours = new HourHistory((from, to) => this.read({ from, to, unit: 'hour' }));
    this.minutes = new SubjectMinutes((from, to) => this.read({ from, to, unit: 'minute' }));
    this.habits = new Habits({
      minutes: this.minutes,
      hours: this.hours,
      isDayOff: (minute) => this.days.at(minute).isOff,
    });
  }
  /** Late lines came, from `from` on. */
  forget(from: number): void {
    this.hours.forget(from);
    this.minutes.forget();
    this.habits.forget();
    this.since = null;
    if (this.at !== null && minuteOf(from) < this.at) this.at = null;
  }
  /** Reads the hours that a look from `from` on is held against, a day at a turn, where they are not known from looks before. */
  *warm(from: number): Generator<void> {
    const minute = minuteOf(from);
    if (this.at === minute) return;
    const first = minute - (Math.max(HABIT.days, HABIT.weeks * 7) + 1) * 1440;
    for (let hour = Math.floor(first / 60); hour * 60 < minute - 60; hour++) {
      this.hours.hour(hour);
      if (hour % 24 === 0) yield;
    }
  }
  /** When the log as it is now began; null before the first minute looked at. */
  began(): number | null {
    return this.since;
  }
  /** Whole minutes in [from, to), epoch ms; also empty ones while something may be missing in them. */
  *run(from: number, to: number): Generator<Watched> {
    const end = minuteOf(to);
    let minute = minuteOf(from);
    if (this.at !== minute) {
      // what was looked at before may have been another time of the log
      this.since = null;
      this.rebuild(minute);
    }
    while (minute < end) {
      if (minute - this.recent.total.last() > QUIET_MINUTES) {
        const next = this.nextLine(minute, end);
        if (next === null) break;
        if (next > minute) {
          if (dayOf(next) - dayOf(this.recent.total.last()) > ERA_DAYS) this.since = null;
          minute = next;
          this.rebuild(minute);
        }
      }
      const stop = Math.min(end, minute + PIECE_MINUTES);
      const cells = this.byMinute(minute, stop);
      for (; minute < stop; minute++) {
        const here = cells.get(minute);
        if (here) this.recent.add(minute, here);
        else if (minute - this.recent.total.last() > QUIET_MINUTES) break;
        this.at = minute + 1;
        yield { at: (minute + 1) * MINUTE, findings: this.look(minute), recent: this.recent };
      }
    }
    this.at = end;
  }

  private look(minute: number): Finding[] {
    this.since ??= this.eraStart(minute);
    this.minutes.advance(minute);
    const look: DetectionWindow = {
      minute,
      recent: this.recent,
      hours: this.hours,
      fact: this.fact,
      since: this.since,
      novelty: this.novelty,
      followed: this.followed,
      habits: this.habits,
      minutes: this.minutes,
      dayStart: this.days.at(minute).startsAt,
    };
    this.recent.usual = (template) => rateOnLikeDays(look, template);
    this.recent.isReworded = (o) => isReworded(look, o);
    return DETECTORS.flatMap((detect) => detect(look));
  }
  private byMinute(from: number, to: number): Map<number, MinuteCount[]> {
    const cells = new Map<number, MinuteCount[]>();
    for (const cell of this.read({ from: from * MINUTE, to: to * MINUTE, unit: 'minute' })) {
      const minute = minuteOf(cell.at);
      const here = cells.get(minute);
      if (here) here.push(cell);
      else cells.set(minute, [cell]);
    }
    return cells;
  }
  private rebuild(minute: number): void {
    this.recent = new RecentMinutes();
    const cells = this.byMinute(minute - LOOKBACK_MINUTES - 5, minute);
    for (const [at, here] of cells) this.recent.add(at, here);
    this.at = minute;
  }
  /** The first minute with lines from `minute` on; null: none before `end`. */
  private nextLine(minute: number, end: number): number | null {
    for (const hour of this.read({ from: floorHour(minute), to: end * MINUTE, unit: 'hour' })) {
      const from = Math.max(minute * MINUTE, hour.at);
      for (const cell of this.read({ from, to: Math.min(end * MINUTE, hour.at + HOUR), unit: 'minute' }))
        return minuteOf(cell.at);
    }
    return null;
  }
  /** When the log began as it is now: its first line, or the first after a week without any. At most a quarter of a year back. */
  private eraStart(minute: number): number {
    let start = minute * MINUTE;
    let empty = 0;
    for (let day = dayOf(minute); empty < ERA_DAYS && day > dayOf(minute) - LONGEST_ERA_DAYS; day--) {
      const to = Math.min((day + 1) * DAY, minute * MINUTE);
      empty++;
      for (const hour of this.read({ from: day * DAY, to, unit: 'hour' })) {
        for (const cell of this.read({ from: hour.at, to: Math.min(to, hour.at + HOUR), unit: 'minute' })) {
          start = Math.min(start, cell.at);
          break;
        }
        empty = 0;
        break;
      }
    }
    return start;
  }
}
const floorHour = (minute: number): number => Math.floor(minute / 60) * HOUR;
/** UTC days; -Infinity stays */
const dayOf = (minute: number): number => Math.floor(minute / 1440);
