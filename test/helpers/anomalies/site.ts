// A site lived from data: streams of lines with their rhythms, faults that change them, and what looks odd and is none.
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
  type Texts,
} from './scripted-log.ts';

export type Day = {
  readonly index: number;
  readonly start: number;
  /** a weekend or a holiday */
  readonly off: boolean;
  /** 0 Sunday */
  readonly weekday: number;
  readonly isMonthEnd: boolean;
};
export type Moment = { readonly at: number; readonly hour: number; readonly day: Day };
type Level = 'info' | 'warn' | 'error' | 'fatal';
type Among = readonly [least: number, most: number];

/** `K`: the names a script gives its lines. */
export type Stream<K extends string> =
  /** lines that come by chance; `value`: of the first number in each, which are then read, too */
  | {
      readonly flow: K;
      readonly perMinute: (m: Moment) => number;
      readonly value?: (m: Moment) => number;
      /** share of the value by which it varies */
      readonly varies?: number;
    }
  /** lines at even intervals */
  | {
      readonly beat: K;
      readonly every: number;
      readonly jitter?: number;
      readonly when?: (m: Moment) => boolean;
    }
  /** a measure at even intervals; `noise`: standard deviation, of which `wander` carries over to the next */
  | {
      readonly gauge: K;
      readonly every: number;
      readonly value: (m: Moment) => number;
      readonly noise: number;
      readonly wander?: number;
      readonly digits?: number;
      readonly most?: number;
      readonly when?: (m: Moment) => boolean;
    }
  /** what starts at a time of day and ends after a while, minutes */
  | {
      readonly job: K;
      readonly starts?: K;
      readonly at: Among;
      readonly takes: Among;
      readonly on: (day: Day) => boolean;
      readonly records?: readonly [usual: number, noise: number];
    }
  /** rounds of several steps; `after`: seconds since the round began */
  | {
      readonly rounds: K;
      readonly perMinute: (m: Moment) => number;
      readonly steps: readonly { readonly line: K; readonly after: Among; readonly share?: number }[];
    };

/** What a fault does while it lasts. */
export type Effect<K extends string> =
  | { readonly silent: readonly string[] | 'all' }
  /** lines that stop, of a service that goes on */
  | { readonly stops: readonly K[] }
  | { readonly flow: K; readonly times?: number; readonly add?: number }
  | { readonly value: K; readonly times?: number; readonly add?: number; readonly perHour?: number }
  | { readonly once: K }
  /** the run of that day: not at all, without an end, so much later or longer (minutes), with another share of records */
  | {
      readonly job: K;
      readonly run: 'skipped' | 'unfinished' | { readonly later: number } | { readonly records: number };
    }
  /** a share of rounds without a step, or with it before the others */
  | { readonly rounds: K; readonly step: K; readonly share: number; readonly early?: boolean };

export type ScriptedFault<K extends string> = {
  readonly kind: string;
  /** from the script's beginning; of a job: the day it should run on */
  readonly day: number;
  readonly hour?: number;
  readonly hours?: number;
  readonly does: readonly Effect<K>[];
  /** lines and services by which it can be told */
  readonly services: readonly string[];
  /** hours after its beginning until the log alone can tell */
  readonly tellAfter?: number;
};
export type SiteScript<K extends string> = {
  /** local midnight */
  readonly start: string;
  readonly days: number;
  /** each service has a log of its own; else all have one */
  readonly isFilePerService?: boolean;
  readonly lines: Readonly<Record<K, readonly [service: string, level: Level, text: string]>>;
  readonly streams: readonly Stream<K>[];
  readonly faults: readonly ScriptedFault<K>[];
  /** minutes without a line of some services, as a rotation or a clock that is set leaves them: no fault */
  readonly gaps?: readonly {
    readonly day: number;
    readonly hour: number;
    readonly minutes: number;
    readonly services: readonly string[] | 'all';
  }[];
};
export type Month = {
  readonly start: number;
  readonly days: number;
  readonly kinds: readonly string[];
  make(o: Making): ScriptedMonth;
};
/** `isWritten`: every line has its text, as a file would */
type Making = { readonly seed: number; readonly quiet?: boolean; readonly isWritten?: boolean };

const dateOf = (at: number): string => new Date(at + 9 * HOUR).toISOString().slice(0, 10);
/** Fault times move with the seed by up to so much; days and jobs do not. */
const SHIFT_MS = HOUR;

type Lived<K extends string> = Fault & { readonly does: readonly Effect<K>[]; readonly day: number };

export function monthOf<K extends string>(script: SiteScript<K>): Month {
  return {
    start: Date.parse(`${script.start}T00:00:00+09:00`),
    days: script.days,
    kinds: [...new Set(script.faults.map((f) => f.kind))],
    make: (o) => new SiteMonth(script, o).lived(),
  };
}

class SiteMonth<K extends string> {
  private readonly script: SiteScript<K>;
  private readonly next: () => number;
  private readonly start: number;
  private readonly numbers: ReadonlyMap<K, number>;
  private readonly log: ScriptedLog<Texts>;
  private readonly isWritten: boolean;
  private readonly faults: Lived<K>[];
  private readonly wandered = new Map<K, number>();
  private round = 10_000;

  constructor(script: SiteScript<K>, o: Making) {
    this.script = script;
    this.isWritten = o.isWritten ?? false;
    this.next = chance(o.seed * 31 + 5);
    this.start = Date.parse(`${script.start}T00:00:00+09:00`);
    const keys = Object.keys(script.lines) as K[];
    this.numbers = new Map(keys.map((key, i) => [key, i + 1]));
    this.faults = o.quiet ? [] : script.faults.map((f) => this.placed(f));
    const texts = Object.fromEntries(keys.map((key, i) => [i + 1, script.lines[key]]));
    this.log = new ScriptedLog(texts, {
      isSilent: (at, service) => this.isSilent(at, service),
      ...(script.isFilePerService ? { sourceOf: (service: string) => `${service}.log` } : {}),
    });
  }

  lived(): ScriptedMonth {
    for (let index = 0; index < this.script.days; index++) {
      const start = this.start + index * DAY;
      const day: Day = {
        index,
        start,
        off: isDayOff(dateOf(start)),
        weekday: new Date(start + 9 * HOUR).getUTCDay(),
        isMonthEnd: dateOf(start + DAY).endsWith('-01'),
      };
      for (const stream of this.script.streams) if ('job' in stream) this.runJob(stream, day);
      for (let minute = 0; minute < 1440; minute++) {
        const m = { at: start + minute * MINUTE, hour: minute / 60, day };
        for (const stream of this.script.streams) this.live(stream, m, minute);
      }
    }
    for (const { does, from } of this.faults)
      for (const effect of does)
        if ('once' in effect) this.log.say(this.number(effect.once), from, ...this.values(effect.once));
    return this.log.month(this.faults.map((fault) => this.asSeen(fault)));
  }

  private live(stream: Stream<K>, m: Moment, minute: number): void {
    if ('flow' in stream) this.flow(stream, m);
    else if ('beat' in stream) {
      if (minute % stream.every !== 0 || stream.when?.(m) === false) return;
      this.say(stream.beat, m.at + Math.floor(this.next() * (stream.jitter ?? 0) * MINUTE));
    } else if ('gauge' in stream) this.gauge(stream, m, minute);
    else if ('rounds' in stream) this.rounds(stream, m);
  }
  private flow(stream: Extract<Stream<K>, { flow: K }>, m: Moment): void {
    let mean = stream.perMinute(m);
    for (const { effect } of this.during(m.at))
      if ('flow' in effect && effect.flow === stream.flow)
        mean = mean * (effect.times ?? 1) + (effect.add ?? 0);
    if (mean <= 0) return;
    const lines = poisson(mean, this.next);
    const { value, varies = 0.2 } = stream;
    if (!value && !this.isWritten)
      return void (this.stops(stream.flow, m.at) || this.log.put(this.number(stream.flow), m.at, lines));
    for (let n = 0; n < lines; n++) {
      if (!value) {
        this.say(stream.flow, m.at + Math.floor(this.next() * MINUTE));
        continue;
      }
      const size = this.moved(stream.flow, m.at, value(m)) * Math.exp(varies * normal(this.next));
      this.say(stream.flow, m.at + Math.floor(this.next() * MINUTE), size.toFixed(0));
    }
  }
  private gauge(stream: Extract<Stream<K>, { gauge: K }>, m: Moment, minute: number): void {
    if (minute % stream.every !== Math.min(3, stream.every - 1) || stream.when?.(m) === false) return;
    const { wander = 0, noise, digits = 1, most = Number.POSITIVE_INFINITY } = stream;
    const carried =
      wander * (this.wandered.get(stream.gauge) ?? 0) +
      noise * Math.sqrt(1 - wander ** 2) * normal(this.next);
    this.wandered.set(stream.gauge, carried);
    const value = Math.min(most, this.moved(stream.gauge, m.at, stream.value(m)) + carried);
    this.say(stream.gauge, m.at, value.toFixed(digits));
  }
  private rounds(stream: Extract<Stream<K>, { rounds: K }>, m: Moment): void {
    for (let n = poisson(stream.perMinute(m), this.next); n > 0; n--) {
      const id = `R${this.round++}`;
      const odd = this.during(m.at).flatMap(({ effect }) =>
        'rounds' in effect && effect.rounds === stream.rounds && this.next() < effect.share ? effect : [],
      );
      const began = m.at + Math.floor(this.next() * MINUTE);
      for (const { line, after, share = 1 } of stream.steps) {
        const change = odd.find(({ step }) => step === line);
        if ((change && !change.early) || this.next() >= share) continue;
        const seconds = change ? 1 : after[0] + this.next() * (after[1] - after[0]);
        this.say(line, began + Math.floor(seconds * 1000), id);
      }
    }
  }
  private runJob(stream: Extract<Stream<K>, { job: K }>, day: Day): void {
    const among = ([least, most]: Among): number => least + Math.floor(this.next() * (most - least + 1));
    const [at, takes] = [among(stream.at), among(stream.takes)];
    if (!stream.on(day)) return;
    const runs = this.faults
      .filter((f) => f.day === day.index)
      .flatMap(({ does }) => does)
      .flatMap((effect) => ('job' in effect && effect.job === stream.job ? effect.run : []));
    const [run] = runs;
    if (run === 'skipped') return;
    const isLong = typeof run === 'object' && 'later' in run;
    const share = typeof run === 'object' && 'records' in run ? run.records : 1;
    const start = day.start + at * MINUTE;
    if (stream.starts) this.say(stream.starts, start);
    if (run === 'unfinished') return;
    const [usual, noise] = stream.records ?? [0, 0];
    const records = share * (usual + noise * normal(this.next));
    this.say(stream.job, start + (takes + (isLong ? run.later : 0)) * MINUTE, records.toFixed(0));
  }

  private say(line: K, at: number, ...first: readonly string[]): void {
    if (this.stops(line, at)) return;
    this.log.say(this.number(line), at, ...this.values(line, first));
  }
  /** The given values, then whatever the rest of the line's holes would hold. */
  private values(line: K, first: readonly string[] = []): string[] {
    const holes = this.script.lines[line][2].match(/<(?:\*|id)>/g) ?? [];
    return holes.map(
      (hole, i) =>
        first[i] ??
        (hole === '<id>' ? `u${100 + Math.floor(this.next() * 50)}` : String(Math.floor(this.next() * 9000))),
    );
  }
  private number(line: K): number {
    return this.numbers.get(line) ?? 0;
  }
  private moved(line: K, at: number, value: number): number {
    let moved = value;
    for (const { fault, effect } of this.during(at))
      if ('value' in effect && effect.value === line)
        moved =
          moved * (effect.times ?? 1) +
          (effect.add ?? 0) +
          ((effect.perHour ?? 0) * (at - fault.from)) / HOUR;
    return moved;
  }
  private *effects(at: number): Generator<{ fault: Lived<K>; effect: Effect<K> }> {
    for (const fault of this.faults)
      if (at >= fault.from && at < fault.to) for (const effect of fault.does) yield { fault, effect };
  }
  private during(at: number): { fault: Lived<K>; effect: Effect<K> }[] {
    return [...this.effects(at)];
  }
  private stops(line: K, at: number): boolean {
    return this.during(at).some(({ effect }) => 'stops' in effect && effect.stops.includes(line));
  }
  private isSilent(at: number, service: string): boolean {
    const has = (services: readonly string[] | 'all'): boolean =>
      services === 'all' || services.includes(service);
    for (const { effect } of this.effects(at)) if ('silent' in effect && has(effect.silent)) return true;
    return (this.script.gaps ?? []).some(({ day, hour, minutes, services }) => {
      const from = this.start + day * DAY + hour * HOUR;
      return at >= from && at < from + minutes * MINUTE && has(services);
    });
  }

  /** When and how long a fault is; of a job from the latest usual time on. */
  private placed({ day, does, ...fault }: ScriptedFault<K>): Lived<K> {
    const midnight = this.start + day * DAY;
    const job = does.find((effect) => 'job' in effect);
    const templates = does.flatMap((effect) => this.linesOf(effect)).map((line) => this.number(line));
    const common = { kind: fault.kind, services: fault.services, templates, does, day };
    if (job) {
      const { at, takes } = this.jobOf(job.job);
      const skipped = job.run === 'skipped' && this.jobOf(job.job).starts !== undefined;
      const ended = midnight + (at[1] + takes[1]) * MINUTE;
      const from = midnight + (skipped ? at[0] : at[0] + takes[0]) * MINUTE;
      const tellable = (skipped ? midnight + at[1] * MINUTE : ended) + 10 * MINUTE;
      const isHalf = typeof job.run === 'object' && 'records' in job.run;
      return isHalf
        ? { ...common, from, to: ended + MINUTE, tellable: ended, openUntil: ended + DAY }
        : { ...common, from, to: Number.POSITIVE_INFINITY, tellable };
    }
    const from =
      midnight +
      Math.round((fault.hour ?? 0) * 60) * MINUTE +
      Math.round(((this.next() - 0.5) * SHIFT_MS) / MINUTE) * MINUTE;
    const to = from + Math.round((fault.hours ?? 1 / 60) * 60) * MINUTE;
    return { ...common, from, to, tellable: from + (fault.tellAfter ?? 0) * HOUR };
  }
  private jobOf(line: K): Extract<Stream<K>, { job: K }> {
    for (const stream of this.script.streams) if ('job' in stream && stream.job === line) return stream;
    throw new Error(`no job ${line}`);
  }
  private linesOf(effect: Effect<K>): K[] {
    if ('stops' in effect) return [...effect.stops];
    if ('flow' in effect) return [effect.flow];
    if ('value' in effect) return [effect.value];
    if ('once' in effect) return [effect.once];
    if ('rounds' in effect) return [effect.step];
    if ('job' in effect)
      return [effect.job, ...(this.jobOf(effect.job).starts ? [this.jobOf(effect.job).starts as K] : [])];
    return [];
  }
  /** A silence lasts from the last line before it to the first after; a job is back with its next line. */
  private asSeen({ does, day: _, ...fault }: Lived<K>): Fault {
    const isAbsence = does.some(
      (e) =>
        'silent' in e || 'stops' in e || ('job' in e && !(typeof e.run === 'object' && 'records' in e.run)),
    );
    if (!isAbsence) return fault;
    const isJob = does.some((e) => 'job' in e);
    const stopped = does.some((e) => 'stops' in e) || isJob;
    const mine = (at: number): boolean => at < fault.from;
    let last = fault.from - MINUTE;
    let back = Number.POSITIVE_INFINITY;
    let before = Number.NEGATIVE_INFINITY;
    const finishing = new Set(
      isJob ? does.flatMap((e) => ('job' in e ? [this.number(e.job)] : [])) : fault.templates,
    );
    for (const cell of this.log.counted.read({ from: this.start, to: this.start + this.script.days * DAY })) {
      const counts = stopped
        ? finishing.has(cell.template)
        : fault.services.length === 0 || fault.services.includes(cell.service);
      if (!counts) continue;
      if (mine(cell.at)) before = Math.max(before, cell.at);
      else if (cell.at >= Math.min(fault.to, fault.tellable)) back = Math.min(back, cell.at);
    }
    if (!isJob && before > fault.from - 2 * HOUR) last = before;
    const end = this.start + this.script.days * DAY;
    return {
      ...fault,
      from: isJob ? fault.from : last + MINUTE,
      to: Math.min(back, end),
      tellable: Math.max(fault.tellable, last),
    };
  }
}
