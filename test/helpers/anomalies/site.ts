// A site lived from data: streams of lines with their rhythms, faults that change them, and what looks odd and is none.
import { z } from 'zod';
import { isDayOff } from '../../../main/kernel/holidays.ts';
import { type Curve, curveSchema, daysSchema, isOn, valueAt } from './curves.ts';
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
const among = z.tuple([z.number(), z.number()]);
const streamSchema = z.union([
  /** lines that come by chance; `value`: of the first number in each, which are then read, too; `varies`: by this share of it */
  z.strictObject({
    flow: z.string(),
    perMinute: curveSchema,
    value: curveSchema.optional(),
    varies: z.number().optional(),
  }),
  /** lines at even intervals, minutes */
  z.strictObject({
    beat: z.string(),
    every: z.number(),
    jitter: z.number().optional(),
    when: curveSchema.optional(),
  }),
  /** a measure at even intervals; `noise`: standard deviation, of which `wander` carries over to the next */
  z.strictObject({
    gauge: z.string(),
    every: z.number(),
    value: curveSchema,
    noise: z.number(),
    wander: z.number().optional(),
    digits: z.number().optional(),
    most: z.number().optional(),
    when: curveSchema.optional(),
  }),
  /** what starts at a time of day and ends after a while, minutes; `records`: how many it says it had, and their noise */
  z.strictObject({
    job: z.string(),
    starts: z.string().optional(),
    at: among,
    takes: among,
    on: daysSchema.optional(),
    records: among.optional(),
  }),
  /** rounds of several steps; `after`: seconds since the round began */
  z.strictObject({
    rounds: z.string(),
    perMinute: curveSchema,
    steps: z.array(z.strictObject({ line: z.string(), after: among, share: z.number().optional() })),
  }),
]);
type Stream = z.infer<typeof streamSchema>;

/** What a fault does while it lasts. */
const effectSchema = z.union([
  z.strictObject({ silent: z.union([z.array(z.string()), z.literal('all')]) }),
  /** lines that stop, of a service that goes on */
  z.strictObject({ stops: z.array(z.string()) }),
  z.strictObject({ flow: z.string(), times: z.number().optional(), add: z.number().optional() }),
  /** `share`: of the lines, all unless told; `stuck`: always that, whatever is measured */
  z.strictObject({
    value: z.string(),
    times: z.number().optional(),
    add: z.number().optional(),
    perHour: z.number().optional(),
    share: z.number().optional(),
    stuck: z.number().optional(),
  }),
  z.strictObject({ once: z.string() }),
  /** the run of that day: not at all, without an end, two times, so much later or longer (minutes), with another share of records */
  z.strictObject({
    job: z.string(),
    run: z.union([
      z.enum(['skipped', 'unfinished', 'twice']),
      z.strictObject({ later: z.number() }),
      z.strictObject({ records: z.number() }),
    ]),
  }),
  /** a share of rounds without a step, or with it before the others */
  z.strictObject({
    rounds: z.string(),
    step: z.string(),
    share: z.number(),
    early: z.boolean().optional(),
  }),
]);
type Effect = z.infer<typeof effectSchema>;

const faultSchema = z.strictObject({
  kind: z.string(),
  /** from the script's beginning; of a job: the day it should run on */
  day: z.number(),
  hour: z.number().optional(),
  hours: z.number().optional(),
  does: z.array(effectSchema),
  /** services by which it can be told */
  services: z.array(z.string()),
  /** hours after its beginning until the log alone can tell */
  tellAfter: z.number().optional(),
});
type ScriptedFault = z.infer<typeof faultSchema>;
const scriptSchema = z.strictObject({
  about: z.string(),
  /** local midnight */
  start: z.string(),
  days: z.number(),
  /** each service has a log of its own; else all have one */
  isFilePerService: z.boolean().optional(),
  /** activity by name */
  rhythms: z.record(z.string(), curveSchema),
  lines: z.record(z.string(), z.tuple([z.string(), z.enum(['info', 'warn', 'error', 'fatal']), z.string()])),
  streams: z.array(streamSchema),
  faults: z.array(faultSchema),
  /** minutes without a line of some services, as a rotation or a clock that is set leaves them: no fault */
  gaps: z
    .array(
      z.strictObject({
        day: z.number(),
        hour: z.number(),
        minutes: z.number(),
        services: z.union([z.array(z.string()), z.literal('all')]),
      }),
    )
    .optional(),
});
type SiteScript = z.infer<typeof scriptSchema>;
type Among = readonly [least: number, most: number];
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

type Lived = Fault & { readonly does: readonly Effect[]; readonly day: number };

/** A month from its script; throws where the script says what no month has. */
export function monthOf(data: unknown): Month {
  const script = scriptSchema.parse(data);
  return {
    start: Date.parse(`${script.start}T00:00:00+09:00`),
    days: script.days,
    kinds: [...new Set(script.faults.map((f) => f.kind))],
    make: (o) => new SiteMonth(script, o).lived(),
  };
}

class SiteMonth {
  private readonly script: SiteScript;
  private readonly next: () => number;
  private readonly start: number;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly log: ScriptedLog<Texts>;
  private readonly isWritten: boolean;
  private readonly faults: Lived[];
  private readonly wandered = new Map<string, number>();
  private round = 10_000;

  constructor(script: SiteScript, o: Making) {
    this.script = script;
    this.isWritten = o.isWritten ?? false;
    this.next = chance(o.seed * 31 + 5);
    this.start = Date.parse(`${script.start}T00:00:00+09:00`);
    const keys = Object.keys(script.lines) as string[];
    this.numbers = new Map(keys.map((key, i) => [key, i + 1]));
    this.faults = o.quiet ? [] : script.faults.map((f) => this.placed(f));
    const texts = Object.fromEntries(keys.map((key, i) => [i + 1, this.lineOf(key)]));
    this.log = new ScriptedLog(texts, {
      isSilent: (at, service) => this.isSilent(at, service),
      ...(script.isFilePerService ? { sourceOf: (service: string) => `${service}.log` } : {}),
    });
  }

  lived(): ScriptedMonth {
    for (let index = 0; index < this.script.days; index++) {
      const day = this.dayOf(index);
      const { start } = day;
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

  private at(curve: Curve, m: Moment): number {
    return valueAt(curve, m, this.script.rhythms);
  }
  private isOnAt(when: Curve | undefined, m: Moment): boolean {
    return when === undefined || this.at(when, m) > 0.05;
  }
  private dayOf(index: number): Day {
    const start = this.start + index * DAY;
    return {
      index,
      start,
      off: isDayOff(dateOf(start)),
      weekday: new Date(start + 9 * HOUR).getUTCDay(),
      isMonthEnd: dateOf(start + DAY).endsWith('-01'),
    };
  }
  private live(stream: Stream, m: Moment, minute: number): void {
    if ('flow' in stream) this.flow(stream, m);
    else if ('beat' in stream) {
      if (minute % stream.every !== 0 || !this.isOnAt(stream.when, m)) return;
      this.say(stream.beat, m.at + Math.floor(this.next() * (stream.jitter ?? 0) * MINUTE));
    } else if ('gauge' in stream) this.gauge(stream, m, minute);
    else if ('rounds' in stream) this.rounds(stream, m);
  }
  private flow(stream: Extract<Stream, { flow: string }>, m: Moment): void {
    let mean = this.at(stream.perMinute, m);
    for (const { effect } of this.during(m.at))
      if ('flow' in effect && effect.flow === stream.flow)
        mean = mean * (effect.times ?? 1) + (effect.add ?? 0);
    if (mean <= 0) return;
    const lines = poisson(mean, this.next);
    const { value, varies = 0.2 } = stream;
    if (value === undefined && !this.isWritten)
      return void (this.stops(stream.flow, m.at) || this.log.put(this.number(stream.flow), m.at, lines));
    for (let n = 0; n < lines; n++) {
      if (value === undefined) {
        this.say(stream.flow, m.at + Math.floor(this.next() * MINUTE));
        continue;
      }
      const size = this.moved(stream.flow, m.at, this.at(value, m)) * Math.exp(varies * normal(this.next));
      this.say(stream.flow, m.at + Math.floor(this.next() * MINUTE), size.toFixed(0));
    }
  }
  private gauge(stream: Extract<Stream, { gauge: string }>, m: Moment, minute: number): void {
    if (minute % stream.every !== Math.min(3, stream.every - 1) || !this.isOnAt(stream.when, m)) return;
    const { wander = 0, noise, digits = 1, most = Number.POSITIVE_INFINITY } = stream;
    const carried =
      wander * (this.wandered.get(stream.gauge) ?? 0) +
      noise * Math.sqrt(1 - wander ** 2) * normal(this.next);
    this.wandered.set(stream.gauge, carried);
    const value = Math.min(most, this.moved(stream.gauge, m.at, this.at(stream.value, m)) + carried);
    const stuck = this.during(m.at).find(
      ({ effect }) => 'value' in effect && effect.value === stream.gauge && effect.stuck !== undefined,
    )?.effect;
    this.say(
      stream.gauge,
      m.at,
      (stuck && 'value' in stuck ? (stuck.stuck ?? value) : value).toFixed(digits),
    );
  }
  private rounds(stream: Extract<Stream, { rounds: string }>, m: Moment): void {
    for (let n = poisson(this.at(stream.perMinute, m), this.next); n > 0; n--) {
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
  private runJob(stream: Extract<Stream, { job: string }>, day: Day): void {
    const among = ([least, most]: Among): number => least + Math.floor(this.next() * (most - least + 1));
    const [at, takes] = [among(stream.at), among(stream.takes)];
    if (!isOn(stream.on, day)) return;
    const runs = this.faults
      .filter((f) => f.day === day.index)
      .flatMap(({ does }) => does)
      .flatMap((effect) => ('job' in effect && effect.job === stream.job ? effect.run : []));
    const [run] = runs;
    if (run === 'skipped') return;
    const isLong = typeof run === 'object' && 'later' in run;
    const share = typeof run === 'object' && 'records' in run ? run.records : 1;
    const start = day.start + at * MINUTE;
    const [usual, noise] = stream.records ?? [0, 0];
    for (const again of run === 'twice' ? [0, takes + 25] : [0]) {
      const began = start + again * MINUTE;
      if (stream.starts) this.say(stream.starts, began);
      if (run === 'unfinished') return;
      const records = share * (usual + noise * normal(this.next));
      this.say(stream.job, began + (takes + (isLong ? run.later : 0)) * MINUTE, records.toFixed(0));
    }
  }

  private say(line: string, at: number, ...first: readonly string[]): void {
    if (this.stops(line, at)) return;
    this.log.say(this.number(line), at, ...this.values(line, first));
  }
  /** The given values, then whatever the rest of the line's holes would hold. */
  private values(line: string, first: readonly string[] = []): string[] {
    const holes = this.lineOf(line)[2].match(/<(?:\*|id)>/g) ?? [];
    return holes.map(
      (hole, i) =>
        first[i] ??
        (hole === '<id>' ? `u${100 + Math.floor(this.next() * 50)}` : String(Math.floor(this.next() * 9000))),
    );
  }
  private lineOf(line: string): Texts[number] {
    const known = this.script.lines[line];
    if (!known) throw new Error(`no line ${line}`);
    return known;
  }
  private number(line: string): number {
    return this.numbers.get(line) ?? 0;
  }
  private moved(line: string, at: number, value: number): number {
    let moved = value;
    for (const { fault, effect } of this.during(at))
      if (
        'value' in effect &&
        effect.value === line &&
        (effect.share === undefined || this.next() < effect.share)
      )
        moved =
          moved * (effect.times ?? 1) +
          (effect.add ?? 0) +
          ((effect.perHour ?? 0) * (at - fault.from)) / HOUR;
    return moved;
  }
  private *effects(at: number): Generator<{ fault: Lived; effect: Effect }> {
    for (const fault of this.faults)
      if (at >= fault.from && at < fault.to) for (const effect of fault.does) yield { fault, effect };
  }
  private during(at: number): { fault: Lived; effect: Effect }[] {
    return [...this.effects(at)];
  }
  private stops(line: string, at: number): boolean {
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
  private placed({ day, does, ...fault }: ScriptedFault): Lived {
    const midnight = this.start + day * DAY;
    const job = does.find((effect) => 'job' in effect);
    const templates = does.flatMap((effect) => this.linesOf(effect)).map((line) => this.number(line));
    const common = { kind: fault.kind, services: fault.services, templates, does, day };
    if (job && job.run === 'twice') {
      const { at, takes } = this.jobOf(job.job);
      const from = midnight + (at[0] + takes[0] + 25) * MINUTE;
      const to = midnight + (at[1] + 2 * takes[1] + 25) * MINUTE;
      return { ...common, from, to, tellable: to, openUntil: to + this.daysToNextRun(job.job, day) * DAY };
    }
    if (job) {
      const { at, takes } = this.jobOf(job.job);
      const skipped = job.run === 'skipped' && this.jobOf(job.job).starts !== undefined;
      const ended = midnight + (at[1] + takes[1]) * MINUTE;
      const from = midnight + (skipped ? at[0] : at[0] + takes[0]) * MINUTE;
      const tellable = (skipped ? midnight + at[1] * MINUTE : ended) + 10 * MINUTE;
      const isHalf = typeof job.run === 'object' && 'records' in job.run;
      return isHalf
        ? {
            ...common,
            from,
            to: ended + MINUTE,
            tellable: ended,
            openUntil: ended + this.daysToNextRun(job.job, day) * DAY,
          }
        : { ...common, from, to: Number.POSITIVE_INFINITY, tellable };
    }
    const from =
      midnight +
      Math.round((fault.hour ?? 0) * 60) * MINUTE +
      Math.round(((this.next() - 0.5) * SHIFT_MS) / MINUTE) * MINUTE;
    const to = from + Math.round((fault.hours ?? 1 / 60) * 60) * MINUTE;
    return { ...common, from, to, tellable: from + (fault.tellAfter ?? 0) * HOUR };
  }
  private daysToNextRun(line: string, day: number): number {
    const { on } = this.jobOf(line);
    let days = 1;
    while (days < 7 && !isOn(on, this.dayOf(day + days))) days++;
    return days;
  }
  private jobOf(line: string): Extract<Stream, { job: string }> {
    for (const stream of this.script.streams) if ('job' in stream && stream.job === line) return stream;
    throw new Error(`no job ${line}`);
  }
  private linesOf(effect: Effect): string[] {
    if ('stops' in effect) return [...effect.stops];
    if ('flow' in effect) return [effect.flow];
    if ('value' in effect) return [effect.value];
    if ('once' in effect) return [effect.once];
    if ('rounds' in effect) return [effect.step];
    if ('job' in effect)
      return [
        effect.job,
        ...(this.jobOf(effect.job).starts ? [this.jobOf(effect.job).starts as string] : []),
      ];
    return [];
  }
  /** A silence lasts from the last line before it to the first after; a job is back with its next line. */
  private asSeen({ does, day: _, ...fault }: Lived): Fault {
    const isAbsence = does.some(
      (e) =>
        'silent' in e ||
        'stops' in e ||
        ('job' in e && e.run !== 'twice' && !(typeof e.run === 'object' && 'records' in e.run)),
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
