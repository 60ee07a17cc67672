import { z } from 'zod';
import type { LogLine } from '../api/contract/logs.ts';
import type { Part } from '../logs/index.ts';
import { HOUR, MINUTE, SCAN, VALUE } from './config.ts';
import { detectSequences } from './detect-sequences.ts';
import { detectValues, type Range, rangesOf } from './detect-values.ts';
import { SavedSessions, Sessions } from './follow-sessions.ts';
import type { ReadLogs } from './read-logs.ts';
import type { RecentMinutes } from './series.ts';
import type { Finding, TemplateFact } from './types.ts';

/** Reads the lines of whole windows for what roll-ups cannot tell: values and sessions. */
export class WindowScan {
  private readonly logs: ReadLogs;
  private readonly fact: (id: number) => TemplateFact;
  private sessions: Sessions;
  private readonly shapes = new Map<
    number,
    { parts: readonly Part[]; ranges: readonly Range[]; at: number }
  >();
  private changed = false;
  /** windows whose end lies in (from, to] were read: late lines must not make their sessions count twice */
  private read: { from: number; to: number } | null;
  /** as `read` was when the look began */
  private before: { from: number; to: number } | null = null;

  constructor(o: { logs: ReadLogs; fact: WindowScan['fact']; saved: string | undefined }) {
    this.logs = o.logs;
    this.fact = o.fact;
    const saved = savedState(o.saved);
    this.sessions = new Sessions(saved?.sessions);
    this.read = saved?.read ?? null;
  }
  begin(): void {
    this.before = this.read;
  }
  /** What was learned of sessions, to be kept; null: nothing since the last call. */
  take(): string | null {
    if (!this.changed) return null;
    this.changed = false;
    return JSON.stringify({ read: this.read, sessions: this.sessions.save() });
  }
  forget(): void {
    this.sessions = new Sessions();
    this.read = null;
    this.shapes.clear();
  }
  /** The window that ends at `at`, epoch ms. Windows with too many lines are passed by. */
  async look(at: number, recent: RecentMinutes): Promise<Finding[]> {
    if (this.before && at > this.before.from && at <= this.before.to) return [];
    const from = at - SCAN.windowMinutes * MINUTE;
    this.read = { from: Math.min(from, this.read?.from ?? from), to: Math.max(at, this.read?.to ?? at) };
    const lines = recent.total.sum(from / MINUTE, at / MINUTE);
    if (lines > SCAN.mostLines) return [];
    const byTemplate = new Map<number, LogLine[]>();
    if (lines > 0)
      for await (const page of this.logs.scan({ from, to: at }))
        for (const line of page) {
          const { parts, ranges } = this.shapeOf(line.templateId, at);
          this.sessions.add(line, parts);
          if (ranges.length === 0) continue;
          const here = byTemplate.get(line.templateId);
          if (here) here.push(line);
          else if (byTemplate.size < VALUE.mostTemplates) byTemplate.set(line.templateId, [line]);
        }
    this.changed ||= lines > 0;
    const found: Finding[] = [];
    const tests = Math.max(20, byTemplate.size) * 2 * (1440 / SCAN.windowMinutes);
    for (const [id, here] of byTemplate) {
      const fact = this.fact(id);
      if (fact.mark !== 'none') continue;
      found.push(...detectValues(here, this.shapeOf(id, at).ranges, { at, fact, tests }));
    }
    for (const closed of this.sessions.close(at)) {
      const finding = detectSequences(closed, { at, fact: this.fact });
      if (finding) found.push(finding);
    }
    return found;
  }
  /** A template's parts and the ranges of its numeric holes; ranges are read again every hour. */
  private shapeOf(id: number, at: number): { parts: readonly Part[]; ranges: readonly Range[] } {
    const known = this.shapes.get(id);
    if (known && Math.abs(at - known.at) < HOUR) return known;
    const parts = this.logs.templates.get(id)?.parts ?? [];
    const ranges = parts.some((p) => p.kind === 'hole') ? rangesOf(this.logs.templates.holes(id)) : [];
    const shape = { parts, ranges, at };
    this.shapes.set(id, shape);
    return shape;
  }
}
const SavedState = z.object({
  read: z.object({ from: z.number(), to: z.number() }).nullable(),
  sessions: SavedSessions,
});
function savedState(text: string | undefined): z.infer<typeof SavedState> | undefined {
  if (text === undefined) return undefined;
  const parsed = SavedState.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
