import type { LogLine } from '../../logs/contract/logs.ts';
import type { Part } from '../../logs/index.ts';
import { MINUTE, TRACES } from '../config.ts';
import type { ReadLogs } from '../read-logs.ts';
import { keysOf } from './follow-sessions.ts';

/** What an anomaly of a template began with. */
export type Beginning = { readonly templateId: number; readonly at: number };
const NONE: ReadonlySet<string> = new Set();
const keyOf = ({ templateId, at }: Beginning): string => `${templateId} ${at}`;

/**
 * Which anomalies are about the same requests: the ids (of traces, requests, lots) in the first lines of each, read once. Ids that
 * few lines differ in (a host, a version) tell nothing.
 */
export class Traces {
  private readonly logs: Pick<ReadLogs, 'lines' | 'templates'>;
  private readonly ids = new Map<string, ReadonlySet<string>>();

  constructor(logs: Pick<ReadLogs, 'lines' | 'templates'>) {
    this.logs = logs;
  }
  /** Makes these ready to be compared; `until`: as far as lines are looked at, epoch ms. */
  async read(beginnings: readonly Beginning[], until: number): Promise<void> {
    for (const beginning of beginnings) {
      const key = keyOf(beginning);
      if (this.ids.has(key)) continue;
      const { templateId, at } = beginning;
      const { lines } = await this.logs.lines({
        filter: { templates: [templateId], from: at, to: Math.min(until, at + TRACES.minutes * MINUTE) },
        order: 'oldest',
        limit: TRACES.lines,
      });
      if (this.ids.size >= TRACES.kept) this.ids.clear();
      this.ids.set(key, idsOf(lines, this.logs.templates.get(templateId)?.parts ?? []));
    }
  }
  shared(a: Beginning, b: Beginning): boolean {
    const one = this.ids.get(keyOf(a)) ?? NONE;
    const other = this.ids.get(keyOf(b)) ?? NONE;
    const both = [...one].filter((id) => other.has(id)).length;
    return both >= TRACES.least && both >= TRACES.share * Math.min(one.size, other.size);
  }
}

function idsOf(lines: readonly LogLine[], parts: readonly Part[]): ReadonlySet<string> {
  const byName = new Map<string, Set<string>>();
  for (const line of lines)
    for (const [name, value] of keysOf(line, parts)) {
      const values = byName.get(name) ?? new Set();
      byName.set(name, values.add(value));
    }
  const telling = [...byName.values()].filter((values) => values.size >= TRACES.differ * lines.length);
  return new Set(telling.flatMap((values) => [...values]));
}
