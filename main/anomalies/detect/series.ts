import type { MinuteCount } from '../../logs/index.ts';
import { HOUR, LOOKBACK_MINUTES, MINUTE } from '../config.ts';

/** Counts by epoch minute, only minutes with lines, in order of time. */
export class Series {
  private minutes: number[] = [];
  private counts: number[] = [];
  /** of the newest minute: where most of its lines came from */
  service = '';
  source = '';
  private most = 0;

  add(cell: { minute: number; lines: number; service: string; source: string }): void {
    const last = this.minutes.length - 1;
    if (this.minutes[last] === cell.minute) this.counts[last] = (this.counts[last] ?? 0) + cell.lines;
    else {
      this.minutes.push(cell.minute);
      this.counts.push(cell.lines);
      this.most = 0;
    }
    if (cell.lines <= this.most) return;
    this.most = cell.lines;
    this.service = cell.service;
    this.source = cell.source;
  }
  /** Forgets minutes before `minute`; false when nothing is left. */
  keepFrom(minute: number): boolean {
    let gone = 0;
    while (gone < this.minutes.length && (this.minutes[gone] ?? 0) < minute) gone++;
    // cut in larger pieces: a splice a minute would move everything every time
    if (gone > 60 || gone === this.minutes.length) {
      this.minutes = this.minutes.slice(gone);
      this.counts = this.counts.slice(gone);
    }
    return this.minutes.length > 0;
  }
  /** lines in [from, to), epoch minutes */
  sum(from: number, to: number): number {
    let sum = 0;
    for (let i = this.minutes.length - 1; i >= 0; i--) {
      const minute = this.minutes[i] ?? 0;
      if (minute < from) break;
      if (minute < to) sum += this.counts[i] ?? 0;
    }
    return sum;
  }
  /** minutes with lines in [from, to), oldest first */
  active(from: number, to: number): number[] {
    return this.minutes.filter((m) => m >= from && m < to);
  }
  activeCount(from: number, to: number): number {
    let n = 0;
    for (let i = this.minutes.length - 1; i >= 0; i--) {
      const minute = this.minutes[i] ?? 0;
      if (minute < from) break;
      if (minute < to) n++;
    }
    return n;
  }
  last(): number {
    return this.minutes.at(-1) ?? Number.NEGATIVE_INFINITY;
  }
  first(): number {
    return this.minutes[0] ?? Number.POSITIVE_INFINITY;
  }
  /** counts of bins of `width` minutes from `from` on, whole bins before `to` */
  bins(from: number, to: number, width: number): number[] {
    const bins = new Array<number>(Math.max(0, Math.floor((to - from) / width))).fill(0);
    this.minutes.forEach((minute, i) => {
      const bin = Math.floor((minute - from) / width);
      if (bin >= 0 && bin < bins.length) bins[bin] = (bins[bin] ?? 0) + (this.counts[i] ?? 0);
    });
    return bins;
  }
}

/** The last LOOKBACK_MINUTES of roll-ups, by template, by service, by source and in all. Fed minute by minute in order of time. */
export class RecentMinutes {
  readonly templates = new Map<number, Series>();
  readonly services = new Map<string, Series>();
  readonly sources = new Map<string, Series>();
  readonly total = new Series();
  /** lines of a template in a minute that days like this have at this time of day; none, unless told */
  usual: (template: number) => number = () => 0;
  /** another message took the place of one that stopped; never, unless told */
  isReworded: (o: { service: string; stopped: number; rate: number }) => boolean = () => false;
  private swept = 0;

  /** `cells` of one minute; an empty minute needs no call */
  add(minute: number, cells: readonly MinuteCount[]): void {
    for (const { template, service, sourceId: source, lines } of cells) {
      const cell = { minute, lines, service, source };
      seriesOf(this.templates, template).add(cell);
      seriesOf(this.services, service).add(cell);
      seriesOf(this.sources, source).add(cell);
      this.total.add(cell);
    }
    this.sweep(minute);
  }
  /** Takes away what is older than the look-back. */
  sweep(minute: number): void {
    if (minute - this.swept < 30) return;
    this.swept = minute;
    const from = minute - LOOKBACK_MINUTES - 30;
    for (const map of [this.templates, this.services, this.sources] as const)
      for (const [key, series] of map) if (!series.keepFrom(from)) (map as Map<unknown, Series>).delete(key);
    this.total.keepFrom(from);
  }
}
function seriesOf<K>(map: Map<K, Series>, key: K): Series {
  let series = map.get(key);
  if (!series) {
    series = new Series();
    map.set(key, series);
  }
  return series;
}

export type HourCounts = {
  readonly templates: ReadonlyMap<number, number>;
  readonly services: ReadonlyMap<string, number>;
  readonly sources: ReadonlyMap<string, number>;
  /** the sources the lines of a service came from */
  readonly speakers: ReadonlyMap<string, ReadonlySet<string>>;
  /** the service that a template's lines came from last */
  readonly serviceOf: ReadonlyMap<number, string>;
  readonly total: number;
};
const HOURS_KEPT = 1_500;

/** Hourly counts of the past, read when asked for and kept. */
export class HourHistory {
  private readonly kept = new Map<number, HourCounts>();
  private readonly read: (from: number, to: number) => Iterable<MinuteCount>;
  constructor(read: (from: number, to: number) => Iterable<MinuteCount>) {
    this.read = read;
  }
  /** `hour`: epoch hours; only whole, past hours may be asked for */
  hour(hour: number): HourCounts {
    const known = this.kept.get(hour);
    if (known) return known;
    const templates = new Map<number, number>();
    const services = new Map<string, number>();
    const sources = new Map<string, number>();
    const speakers = new Map<string, Set<string>>();
    const serviceOf = new Map<number, string>();
    let total = 0;
    for (const { template, service, sourceId, lines } of this.read(hour * HOUR, (hour + 1) * HOUR)) {
      templates.set(template, (templates.get(template) ?? 0) + lines);
      services.set(service, (services.get(service) ?? 0) + lines);
      sources.set(sourceId, (sources.get(sourceId) ?? 0) + lines);
      speakers.set(service, (speakers.get(service) ?? new Set()).add(sourceId));
      serviceOf.set(template, service);
      total += lines;
    }
    const counts = { templates, services, sources, speakers, serviceOf, total };
    if (this.kept.size >= HOURS_KEPT) {
      const [oldest] = this.kept.keys();
      if (oldest !== undefined) this.kept.delete(oldest);
    }
    this.kept.set(hour, counts);
    return counts;
  }
  /** Late lines came: what was read from `from` (epoch ms) on is read again. */
  forget(from: number): void {
    for (const hour of this.kept.keys()) if ((hour + 1) * HOUR > from) this.kept.delete(hour);
  }
}

export const minuteOf = (at: number): number => Math.floor(at / MINUTE);
export const hourOf = (at: number): number => Math.floor(at / HOUR);
