import { Emitter } from '../../../main/kernel/events.ts';
import type { LineFilter, LogCounts, LogLevel, LogTemplate } from '../../../main/logs/contract/logs.ts';
import type { Logs, LogsChange, LogTemplates } from '../../../main/logs/index.ts';

export type Made = {
  readonly id: number;
  /** with `<*>` for parameters */
  readonly text: string;
  /** made from `text` when absent */
  readonly parts?: LogTemplate['parts'];
  readonly service?: string;
  readonly level?: LogLevel | null;
  readonly lines?: number;
  readonly firstAt?: number;
  readonly name?: string;
  readonly noise?: boolean;
};

export const templateOf = (made: Made): LogTemplate => ({
  id: made.id,
  parts:
    made.parts ??
    made.text
      .split(/(<\*>)/)
      .filter(Boolean)
      .map((text) =>
        text === '<*>' ? { kind: 'parameter', type: 'text', gap: false } : { kind: 'word', text, gap: false },
      ),
  text: made.text,
  name: made.name ?? null,
  locked: false,
  mark: made.noise ? 'noise' : 'none',
  level: made.level ?? null,
  services: [made.service ?? 'app'],
  lines: made.lines ?? 10,
  firstAt: made.firstAt ?? 1_000 * made.id,
  lastAt: 2_000_000,
  merged: [],
});

const not = (): never => {
  throw new Error('not made');
};

/** Logs that hold the templates given: what clusters asks of them, no more. */
export function madeLogs(first: readonly Made[]) {
  const templates = new Map(first.map((made) => [made.id, templateOf(made)]));
  const into = new Map<number, number>();
  const changed = new Emitter<LogsChange>();
  const resolve = (id: number): number => into.get(id) ?? id;
  const asked: LineFilter[] = [];
  const door: LogTemplates = {
    list: ({ noise, sort } = {}) => {
      const found = [...templates.values()].filter((t) => noise || t.mark !== 'noise');
      if (sort === 'id') found.sort((a, b) => a.id - b.id);
      return { templates: found, total: found.length };
    },
    get: (id) => templates.get(resolve(id)) ?? null,
    resolve,
    family: (id) => [id],
    textOf: (id) => templates.get(id)?.text ?? '',
    history: () => [],
    rename: not,
    lock: not,
    mark: not,
    merge: not,
    unmerge: not,
    split: not,
  };
  const counts = ({ filter }: { filter: LineFilter }): LogCounts => {
    asked.push(filter);
    const found = [...templates.values()].filter(
      (t) =>
        (!filter.services || t.services.some((s) => filter.services?.includes(s))) &&
        (!filter.levels || filter.levels.includes(t.level ?? '')),
    );
    const series = found.map((t) => ({ key: String(t.id), total: t.lines, counts: [t.lines] }));
    return { from: 0, bucketMs: 1, series, total: 0, exact: true };
  };
  const lines: Logs['lines'] = async () => ({
    lines: [],
    next: null,
    searched: { segments: 1, of: 1 },
    leftOut: [],
    tookMs: 0,
  });
  return {
    logs: { templates: door, changed, counts, lines, minutes: () => [] } satisfies Pick<
      Logs,
      'templates' | 'minutes' | 'counts' | 'lines' | 'changed'
    >,
    asked,
    put(...made: readonly Made[]): void {
      for (const one of made) templates.set(one.id, templateOf(one));
      changed.emit({ kind: 'templates', ids: made.map((m) => m.id) });
    },
    remove(...ids: readonly number[]): void {
      for (const id of ids) templates.delete(id);
      changed.emit({ kind: 'sources' });
    },
    absorb(id: number, other: number): void {
      templates.delete(id);
      into.set(id, other);
      changed.emit({ kind: 'templates', ids: [id, other] });
    },
  };
}
