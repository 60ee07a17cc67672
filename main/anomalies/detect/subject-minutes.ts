import type { MinuteCount } from '../../logs/index.ts';
import { HABIT, MINUTE } from '../config.ts';
import type { Subject } from './habits.ts';

type Counts = {
  readonly templates: Map<number, number>;
  readonly services: Map<string, number>;
  readonly sources: Map<string, number>;
};

/** Lines by minute of any past time, read an hour at a time when asked for and kept. */
export class SubjectMinutes {
  /** by epoch hour: its minutes with lines */
  private readonly kept = new Map<number, ReadonlyMap<number, Counts>>();
  /** epoch minutes: hours that are over by then are kept */
  private now = 0;
  private readonly read: (from: number, to: number) => Iterable<MinuteCount>;
  constructor(read: (from: number, to: number) => Iterable<MinuteCount>) {
    this.read = read;
  }
  forget(): void {
    this.kept.clear();
  }
  /** The minute looked at from now on. */
  advance(minute: number): void {
    this.now = minute;
  }
  /** Lines of a subject in [from, to), epoch minutes; whole minutes of the past only. */
  lines(subject: Subject, from: number, to: number): number {
    let sum = 0;
    for (const [, lines] of this.each(subject, from, to)) sum += lines;
    return sum;
  }
  /** Minutes of [from, to) with lines of a subject, oldest first. */
  active(subject: Subject, from: number, to: number): number[] {
    return Array.from(this.each(subject, from, to), ([minute]) => minute);
  }
  private *each(subject: Subject, from: number, to: number): Generator<[minute: number, lines: number]> {
    for (let hour = Math.floor(from / 60); hour * 60 < to; hour++)
      for (const [minute, counts] of this.hour(hour)) {
        if (minute < from || minute >= to) continue;
        const lines = (counts[subject.of] as ReadonlyMap<unknown, number>).get(subject.key) ?? 0;
        if (lines > 0) yield [minute, lines];
      }
  }
  private hour(hour: number): ReadonlyMap<number, Counts> {
    const known = this.kept.get(hour);
    if (known) return known;
    const minutes = new Map<number, Counts>();
    for (const { at, template, service, sourceId, lines } of this.read(
      hour * 60 * MINUTE,
      (hour + 1) * 60 * MINUTE,
    )) {
      const minute = Math.floor(at / MINUTE);
      let counts = minutes.get(minute);
      if (!counts) {
        counts = { templates: new Map(), services: new Map(), sources: new Map() };
        minutes.set(minute, counts);
      }
      counts.templates.set(template, (counts.templates.get(template) ?? 0) + lines);
      counts.services.set(service, (counts.services.get(service) ?? 0) + lines);
      counts.sources.set(sourceId, (counts.sources.get(sourceId) ?? 0) + lines);
    }
    if ((hour + 1) * 60 > this.now) return minutes;
    if (this.kept.size >= HABIT.hoursKept) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    this.kept.set(hour, minutes);
    return minutes;
  }
}
