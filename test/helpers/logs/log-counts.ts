import type { LogLevel } from '../../../main/logs/contract/logs.ts';
import { LEVELS } from '../../../main/logs/contract/logs.ts';
import { Miner, type MinuteCount, templateText } from '../../../main/logs/index.ts';
import { createSite, type SiteOptions } from '../../../main/simulator/index.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
export type CountedLine = {
  readonly id: string;
  readonly at: number;
  readonly service: string;
  readonly level: LogLevel | null;
  readonly template: number;
  readonly text: string;
};
type Fact = {
  id: number;
  text: string;
  level: LogLevel | null;
  mark: 'none' | 'known' | 'noise';
  firstAt: number | null;
};

/** Roll-ups in memory, as the store keeps them: lines per minute and hour × service × level × template. */
export class CountedLog {
  readonly miner = new Miner();
  readonly lines: CountedLine[] = [];
  private readonly cells = {
    minute: new Map<number, Map<string, MinuteCount>>(),
    hour: new Map<number, Map<string, MinuteCount>>(),
  };
  private readonly facts = new Map<number, Fact>();
  private readonly now = new Map<number, number>();

  add(line: Omit<CountedLine, 'template'> & { readonly source?: string }): number {
    const mined = this.miner.add(line.text, line.level ?? undefined);
    if (mined.kind === 'widened')
      for (const id of mined.absorbed) if (id !== mined.template) this.now.set(id, mined.template);
    this.count(mined.template, line);
    this.lines.push({ ...line, template: mined.template });
    return mined.template;
  }
  /** A line of a template known by number. */
  count(
    template: number,
    line: {
      at: number;
      service: string;
      level: LogLevel | null;
      text?: string;
      source?: string;
      lines?: number;
    },
  ): void {
    const { at, service, level, source = 'company', lines = 1 } = line;
    for (const [unit, size] of [
      ['minute', MINUTE],
      ['hour', HOUR],
    ] as const) {
      const bucket = Math.floor(at / size) * size;
      const cells = this.cells[unit].get(bucket) ?? new Map<string, MinuteCount>();
      this.cells[unit].set(bucket, cells);
      const key = `${source} ${service} ${level} ${template}`;
      const cell = cells.get(key);
      cells.set(key, {
        at: bucket,
        sourceId: source,
        service,
        level,
        template,
        lines: (cell?.lines ?? 0) + lines,
      });
    }
    const fact = this.facts.get(template);
    if (fact) fact.firstAt = Math.min(fact.firstAt ?? at, at);
    else
      this.facts.set(template, {
        id: template,
        text: line.text ?? `template ${template}`,
        level,
        mark: 'none',
        firstAt: at,
      });
  }
  resolve(template: number): number {
    let id = template;
    for (let next = this.now.get(id); next !== undefined; next = this.now.get(id)) id = next;
    return id;
  }
  /** Everything in order of time, as `logs.minutes` gives it. */
  *read(o: { from: number; to: number; unit?: 'minute' | 'hour' }): Generator<MinuteCount> {
    const size = o.unit === 'hour' ? HOUR : MINUTE;
    const buckets = this.cells[o.unit ?? 'minute'];
    const keys =
      (o.to - o.from) / size > buckets.size
        ? [...buckets.keys()].filter((k) => k >= o.from && k < o.to).sort((a, b) => a - b)
        : Array.from(
            { length: Math.ceil((o.to - o.from) / size) },
            (_, i) => Math.ceil(o.from / size) * size + i * size,
          );
    for (const key of keys)
      for (const cell of buckets.get(key)?.values() ?? [])
        yield { ...cell, template: this.resolve(cell.template) };
  }
  /** Facts as they stand at the end; texts from the miner where there are any. */
  settle(): void {
    for (const template of this.miner.templates()) {
      const fact = this.facts.get(template.id);
      if (fact) fact.text = templateText(template);
    }
    for (const [id, fact] of this.facts) {
      const target = this.facts.get(this.resolve(id));
      if (target && target !== fact) {
        target.firstAt = Math.min(
          target.firstAt ?? Number.POSITIVE_INFINITY,
          fact.firstAt ?? Number.POSITIVE_INFINITY,
        );
      }
    }
  }
  fact(id: number): Fact {
    return this.facts.get(this.resolve(id)) ?? { id, text: '', level: null, mark: 'none', firstAt: null };
  }
  noise(): Set<number> {
    return new Set([...this.facts.values()].filter((f) => f.mark === 'noise').map((f) => f.id));
  }
  mark(id: number, mark: Fact['mark']): void {
    const fact = this.facts.get(id);
    if (fact) fact.mark = mark;
  }
}

const levelNamed = (word: string | null): LogLevel | null =>
  LEVELS.find((level) => level === word?.toLowerCase()) ?? null;

/** The system log of simulated days (`days` from the first on), counted. */
export function simulatedLog(o: SiteOptions & { days: number }): {
  log: CountedLog;
  site: ReturnType<typeof createSite>;
  start: number;
} {
  const site = createSite(o);
  const log = new CountedLog();
  const start = Date.parse(`${o.startDate}T00:00:00+09:00`);
  for (const batch of site.until(start + o.days * 24 * HOUR))
    if (batch.table === 'system_logs')
      for (const row of batch.rows as readonly {
        log_id: string;
        logged_at: number;
        service: string | null;
        level: string | null;
        message: string;
      }[])
        log.add({
          id: row.log_id,
          at: row.logged_at,
          service: row.service ?? '',
          level: levelNamed(row.level),
          text: row.message,
        });
  log.settle();
  return { log, site, start };
}
