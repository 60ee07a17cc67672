import { z } from 'zod';
import type { Clusters } from '../clusters/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { Emitter } from '../kernel/events.ts';
import type { LogSource } from '../logs/contract/logs.ts';
import type { Base, Statement, Store } from '../store/index.ts';
import { DAY, GRACE_MS, HOUR, MINUTE, SCAN } from './config.ts';
import type { AnomalyStatus } from './contract/anomalies.ts';
import type { LocalDay } from './detect/days.ts';
import { Traces } from './detect/share-traces.ts';
import { LEARNING_MS, Looking } from './look-forward.ts';
import * as queries from './queries.ts';
import type { ReadLogs } from './read-logs.ts';
import { WindowScan } from './scan-windows.ts';
import type { TemplateFact } from './types.ts';
import { MinuteWatch, type Watched } from './watch-minutes.ts';

/** How far the detectors came, and what the log they saw was like; both times epoch ms. */
const Looked = z.object({
  at: z.number().int(),
  since: z.number().int(),
  services: z.number().int(),
  templates: z.number().int(),
});
type Looked = z.infer<typeof Looked>;
const STATE = 'looked';
const SESSIONS = 'sessions';
/** Other work gets its turn, and what was found is written, after so much. */
const TURN_MS = 50;
const WRITE_EVERY_MINUTES = 1440;
/** the transaction that forgets has so long */
const FORGETTING_MS = 10_000;
/** minutes after late lines are looked at again: the look-back, and the end of what may have begun */
const LATE_BEARS_MS = 4 * HOUR;
const FACTS_KEPT = 50_000;

/** Follows the roll-ups of the logs: everything detected minute by minute, restart-safe, late lines included. */
export class LogWatch {
  readonly raised = new Emitter<string>();
  private readonly store: Store;
  private readonly logs: ReadLogs;
  private readonly clock: Clock;
  private readonly facts = new Map<number, TemplateFact>();
  private readonly watch: MinuteWatch;
  private readonly scan: WindowScan;
  private readonly traces: Traces;
  private looked: Looked | null | undefined;
  /** null: marks may have changed */
  private noisy: ReadonlySet<number> | null = null;
  private lastNoisy: ReadonlySet<number> = new Set();
  /** times of the lines that came since the last look; some may be older than what was looked at */
  private late: { from: number; to: number } | null = null;
  /** of sources that are followed, as they were when the look began */
  private names: ReadonlyMap<string, { readonly name: string; readonly readAt: number | null }> | null = null;
  private forgotten = false;
  private forgottenAt = 0;
  private closed = false;

  private readonly companyAt: () => number | null;

  constructor(
    o: Pick<Base, 'store' | 'clock'> & {
      logs: ReadLogs;
      clusters: Pick<Clusters, 'novelty'>;
      companyAt: () => number | null;
      day: (at: number) => LocalDay;
    },
  ) {
    this.companyAt = o.companyAt;
    this.store = o.store;
    this.logs = o.logs;
    this.clock = o.clock;
    this.watch = new MinuteWatch({
      read: (range) => o.logs.minutes(range),
      fact: this.fact,
      novelty: (id) => o.clusters.novelty(id).nearest?.distance ?? null,
      noise: () => this.noise(),
      followed: (id, until) => this.followed(id, until),
      day: o.day,
    });
    this.traces = new Traces(o.logs);
    this.scan = new WindowScan({
      logs: o.logs,
      fact: this.fact,
      saved: queries.state(o.store.read, SESSIONS),
    });
    o.logs.changed.on((change) => {
      if (change.kind === 'lines')
        this.late = {
          from: Math.min(change.from, this.late?.from ?? change.from),
          to: Math.max(change.to, this.late?.to ?? change.to),
        };
      else if (change.kind === 'templates') {
        this.noisy = null;
        for (const id of change.ids) this.facts.delete(id);
      } else if (change.linesGone) this.facts.clear();
    });
  }

  readonly fact = (id: number): TemplateFact => {
    const known = this.facts.get(id);
    if (known) return known;
    const template = this.logs.templates.get(id);
    if (!template) return { id, text: `#${id}`, level: null, mark: 'none', firstAt: null };
    const fact: TemplateFact = {
      id: template.id,
      text: template.name ?? template.text,
      level: template.level,
      mark: template.mark,
      firstAt: template.firstAt,
    };
    if (this.facts.size > FACTS_KEPT) this.facts.clear();
    this.facts.set(id, fact);
    return fact;
  };

  /** Files and folders that grow and the company's tables, while they are read; not what is paused, or cannot be read now. */
  private followed(id: string, until: number): string | null {
    this.names ??= new Map(
      this.logs
        .sources()
        .flatMap(({ id, name, kind, state, lookedAt }) =>
          state === 'following' && kind !== 'import' && kind !== 'stdin'
            ? [[id, { name, readAt: this.readAt(kind, lookedAt) }] as const]
            : [],
        ),
    );
    const source = this.names.get(id);
    if (!source || (source.readAt ?? 0) < until) return null;
    return source.name;
  }
  /** Up to when its lines are here: those of files at once, of tables when they were last looked at. */
  private readAt(kind: LogSource['kind'], lookedAt: number | null): number | null {
    if (kind === 'company') return this.companyAt();
    return kind === 'table' ? lookedAt : Number.POSITIVE_INFINITY;
  }
  /** Templates a person marked as noise. A mark changes what counted before, too. */
  private noise(): ReadonlySet<number> {
    if (this.noisy) return this.noisy;
    const { templates } = this.logs.templates.list({ mark: 'noise', noise: true, limit: FACTS_KEPT });
    const noisy = new Set(templates.map((t) => t.id));
    const same = this.lastNoisy.size === noisy.size && [...noisy].every((id) => this.lastNoisy.has(id));
    this.noisy = noisy;
    this.lastNoisy = noisy;
    if (!same) this.watch.forget(0);
    return noisy;
  }

  /** Looks at all whole minutes up to `until`; true when something changed. */
  async look(until: number | undefined): Promise<boolean> {
    if (this.forgotten && !this.startAnew()) return false;
    const looked = this.lookedAt();
    const end = until === undefined ? this.frontier() : Math.floor(until / MINUTE) * MINUTE;
    const ranges = this.rangesOf(looked, end);
    const [from] = ranges[0] ?? [end];
    if (from >= end) return false;
    this.noise();
    this.names = null;
    this.scan.begin();
    const looking = new Looking(this.store.read, from, { fact: this.fact, traces: this.traces });
    for (const _ of this.watch.warm(from)) await new Promise((resolve) => setImmediate(resolve));
    let at = from;
    let since = looked?.since ?? end;
    let turn = performance.now();
    let written = from;
    let changed = false;
    const write = async (upTo: number): Promise<void> => {
      const batch = looking.take();
      changed ||= batch.length > 0;
      since = this.watch.began() ?? since;
      const next = { at: upTo, since, ...this.size(upTo) };
      const sessions = this.scan.take();
      await this.store.write([
        ...batch,
        queries.saveState(STATE, JSON.stringify(next)),
        ...(sessions === null ? [] : [queries.saveState(SESSIONS, sessions)]),
      ]);
      this.looked = next;
      written = upTo;
      for (const id of looking.raised) this.raised.emit(id);
      looking.raised.clear();
    };
    for (const seen of this.minutesOf(ranges)) {
      const scanned =
        seen.at % (SCAN.windowMinutes * MINUTE) === 0
          ? await this.scan.look(seen.at, seen.recent, (id) => looking.valuesOf(id))
          : null;
      const findings = [...seen.findings, ...(scanned?.findings ?? [])];
      await looking.trace(seen.at, findings);
      looking.step(seen.at, findings, { recent: seen.recent, back: scanned?.back });
      at = seen.at;
      if (this.closed) break;
      if (performance.now() - turn < TURN_MS) continue;
      if (at - written >= WRITE_EVERY_MINUTES * MINUTE) await write(at);
      else await new Promise((resolve) => setImmediate(resolve));
      if (this.forgotten) return changed;
      turn = performance.now();
    }
    // the rest is for the next start
    const upTo = this.closed ? at : end;
    if (at < upTo) looking.step(upTo, []);
    // an empty log leaves nothing behind
    if (looked !== null || this.watch.began() !== null) await write(upTo);
    return changed;
  }
  /** A look under way ends where it is. */
  close(): void {
    this.closed = true;
  }

  status(): AnomalyStatus {
    const looked = this.forgotten ? null : this.lookedAt();
    const age = looked ? looked.at - looked.since : 0;
    return {
      lookedAt: looked?.at ?? null,
      learningUntil: looked && age < LEARNING_MS ? looked.since + LEARNING_MS : null,
      baselineDays: Math.min(age, LEARNING_MS * 2) / DAY,
      services: looked?.services ?? 0,
      templates: looked?.templates ?? 0,
      ...queries.counts(this.store.read),
    };
  }
  /** Statements that take away what was concluded from the company's lines; the next look begins anew. */
  forget(): Statement[] {
    this.forgotten = true;
    this.forgottenAt = performance.now();
    return queries.forgetCompany();
  }

  /** Once what was to be forgotten is gone from the store, or will not go; false: not yet. */
  private startAnew(): boolean {
    const still = queries.state(this.store.read, STATE) !== undefined;
    if (still && performance.now() - this.forgottenAt < FORGETTING_MS) return false;
    this.forgotten = false;
    if (still) return true;
    this.looked = undefined;
    this.facts.clear();
    this.watch.forget(0);
    this.scan.forget();
    this.late = null;
    return true;
  }
  private lookedAt(): Looked | null {
    if (this.looked !== undefined) return this.looked;
    const text = queries.state(this.store.read, STATE);
    const parsed = text === undefined ? null : Looked.safeParse(JSON.parse(text));
    this.looked = parsed?.success ? parsed.data : null;
    return this.looked;
  }
  private *minutesOf(ranges: readonly (readonly [from: number, to: number])[]): Generator<Watched> {
    for (const [from, to] of ranges) yield* this.watch.run(from, to);
  }
  /**
   * What to look at: everything since the last look and, when older lines came, their time and the hours they bear on. What was
   * concluded of times in between stays.
   */
  private rangesOf(looked: Looked | null, end: number): [from: number, to: number][] {
    const { late } = this;
    this.late = null;
    if (looked === null) {
      this.watch.forget(0);
      for (const cell of this.logs.minutes({ from: 0, to: end, unit: 'hour' })) return [[cell.at, end]];
      return [];
    }
    const from = late ? Math.floor(late.from / MINUTE) * MINUTE : looked.at;
    if (!late || from >= looked.at) return [[looked.at, end]];
    this.facts.clear();
    this.watch.forget(from);
    const to = Math.ceil(late.to / MINUTE) * MINUTE + LATE_BEARS_MS;
    return to >= looked.at
      ? [[from, end]]
      : [
          [from, to],
          [looked.at, end],
        ];
  }
  /** Up to the newest line's minute, which is not whole yet; or, when no more lines come, up to a while ago. */
  private frontier(): number {
    const now = this.clock.now();
    let newest = 0;
    for (const cell of this.logs.minutes({ from: now - GRACE_MS, to: now + MINUTE, unit: 'minute' }))
      newest = Math.max(newest, cell.at);
    return Math.floor(Math.min(now, Math.max(newest, now - GRACE_MS)) / MINUTE) * MINUTE;
  }
  /** services and templates of the last day, for the status */
  private size(at: number): { services: number; templates: number } {
    const services = new Set<string>();
    const templates = new Set<number>();
    for (const cell of this.logs.minutes({ from: at - DAY, to: at, unit: 'hour' })) {
      services.add(cell.service);
      templates.add(cell.template);
    }
    return { services: services.size, templates: templates.size };
  }
}
