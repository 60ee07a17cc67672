// A log made line by line by a script whose faults are known: counts for the roll-ups, texts for the detectors that read values.

import { Emitter } from '../../../main/kernel/events.ts';
import type { LogLine } from '../../../main/logs/contract/logs.ts';
import type { Part } from '../../../main/logs/index.ts';
import { CountedLog } from '../logs/log-counts.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Fault = {
  readonly kind: string;
  readonly from: number;
  /** when the log is as usual again */
  readonly to: number;
  readonly services: readonly string[];
  readonly templates: readonly number[];
  /** the first moment at which the log alone could tell, e.g. after the latest usual time of a job */
  readonly tellable: number;
  /** for what stays true after its line, e.g. half a night's records: it may be open until then */
  readonly openUntil?: number;
};

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function chance(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
export function poisson(mean: number, next: () => number): number {
  if (mean > 30)
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * (next() + next() + next() - 1.5) * 2));
  const least = Math.exp(-mean);
  let n = 0;
  for (let p = next(); p > least; p *= next()) n++;
  return n;
}
export const normal = (next: () => number): number => next() + next() + next() + next() - 2;

/** Service, level and text by template number; `<*>` a number, `<id>` a name. */
export type Texts = Readonly<
  Record<number, readonly [service: string, level: 'info' | 'warn' | 'error' | 'fatal', text: string]>
>;

const PARAMETER = /(<\*>|<id>)/;
const partsOf = (text: string): Part[] =>
  text
    .split(' ')
    .map((word) =>
      word.match(/^<(\*|id)>$/)
        ? { kind: 'parameter', type: word === '<id>' ? 'id' : 'number', gap: true }
        : { kind: 'word', text: word, gap: true },
    );

export type ScriptedMonth = {
  readonly faults: readonly Fault[];
  readonly log: CountedLog;
  readonly lines: readonly LogLine[];
  readonly logs: {
    readonly minutes: CountedLog['read'];
    readonly changed: Emitter<never>;
    sources(): never[];
    scan(o: { from: number; to: number }): AsyncIterable<readonly LogLine[]>;
    lines(): { lines: LogLine[]; more: boolean };
    counts(): { total: number };
    readonly templates: {
      get(id: number): unknown;
      list(): { templates: never[]; total: number };
    };
  };
};

export class ScriptedLog<T extends Texts> {
  readonly counted = new CountedLog();
  readonly lines: LogLine[] = [];
  private readonly texts: T;
  private readonly isSilent: (at: number, service: string) => boolean;
  private readonly sourceOf: (service: string) => string;
  private readonly sources = new Set<string>();

  constructor(
    texts: T,
    o: {
      isSilent: (at: number, service: string) => boolean;
      /** the log a service writes to; one for all, unless told */
      sourceOf?: (service: string) => string;
    },
  ) {
    this.texts = texts;
    this.isSilent = o.isSilent;
    this.sourceOf = o.sourceOf ?? (() => 'company');
  }
  private about(template: keyof T & number): Texts[number] {
    const known = this.texts[template];
    if (!known) throw new Error(`no template ${template}`);
    return known;
  }
  put(template: keyof T & number, at: number, count: number): void {
    const [service, level, text] = this.about(template);
    if (count <= 0 || this.isSilent(at, service)) return;
    const source = this.sourceOf(service);
    this.sources.add(source);
    this.counted.count(template, { at, service, level, text, lines: count, source });
  }
  /** with its text, for the detectors that read values */
  say(template: keyof T & number, at: number, ...values: readonly string[]): void {
    const [service, level, pattern] = this.about(template);
    if (this.isSilent(at, service)) return;
    this.put(template, at, 1);
    let text = '';
    const parameters: [number, number][] = [];
    const left = [...values];
    for (const part of pattern.split(PARAMETER)) {
      const value = PARAMETER.test(part) ? (left.shift() ?? '0') : part;
      if (value !== part) parameters.push([text.length, text.length + value.length]);
      text += value;
    }
    this.lines.push({
      id: this.lines.length + 1,
      at,
      atGuessed: false,
      sourceId: this.sourceOf(service),
      service,
      level,
      host: null,
      templateId: template,
      text,
      lines: 1,
      parameters,
      attributes: '',
      note: null,
      bookmarked: false,
    });
  }
  /** As the detectors read a company's log. */
  month(faults: readonly Fault[]): ScriptedMonth {
    const { counted, lines, texts, sources } = this;
    lines.sort((a, b) => a.at - b.at);
    const indexAt = (at: number): number => {
      let low = 0;
      let high = lines.length;
      while (low < high) {
        const mid = (low + high) >> 1;
        if ((lines[mid]?.at ?? 0) < at) low = mid + 1;
        else high = mid;
      }
      return low;
    };
    return {
      faults,
      log: counted,
      lines,
      logs: {
        minutes: (range) => counted.read(range),
        changed: new Emitter<never>(),
        sources: () =>
          Array.from(
            sources,
            (id) => ({ id, name: id, kind: 'file', state: 'following', lookedAt: null }) as never,
          ),
        async *scan({ from, to }) {
          const page = lines.slice(indexAt(from), indexAt(to));
          if (page.length > 0) yield page;
        },
        lines: () => ({ lines: [], more: false }),
        counts: () => ({ total: 0 }),
        templates: {
          get(id) {
            const known = texts[id];
            return known && { ...counted.fact(id), name: null, parts: partsOf(known[2]) };
          },
          list: () => ({ templates: [], total: 0 }),
        },
      },
    };
  }
}
