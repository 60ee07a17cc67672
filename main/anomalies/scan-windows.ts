import { z } from 'zod';
import type { LogLine } from '../logs/contract/logs.ts';
import type { Part } from '../logs/index.ts';
import { DAY, HOUR, MINUTE, SCAN, VALUE } from './config.ts';
import { detectSequences } from './detect/detect-sequences.ts';
import { detectValues, driftFinding } from './detect/detect-values.ts';
import { SavedSessions, Sessions } from './detect/follow-sessions.ts';
import { numbersOf, SavedValues, UsualValues } from './detect/learn-values.ts';
import type { RecentMinutes } from './detect/series.ts';
import { severityOf } from './detect/severity-of.ts';
import type { ReadLogs } from './read-logs.ts';
import { type Back, NOT_BACK } from './track-conditions.ts';
import type { Finding, TemplateFact } from './types.ts';

/** Reads the lines of whole windows for what roll-ups cannot tell: values and sessions. */
export class WindowScan {
  private readonly logs: ReadLogs;
  private readonly fact: (id: number) => TemplateFact;
  private sessions: Sessions;
  private values: UsualValues;
  private readonly shapes = new Map<number, Shape>();
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
    this.values = new UsualValues(saved?.values);
    this.read = saved?.read ?? null;
  }
  begin(): void {
    this.before = this.read;
  }
  /** What was learned of sessions and values, to be kept; null: nothing since the last call. */
  take(): string | null {
    if (!this.changed) return null;
    this.changed = false;
    return JSON.stringify({ read: this.read, sessions: this.sessions.save(), values: this.values.save() });
  }
  forget(): void {
    this.sessions = new Sessions();
    this.values = new UsualValues();
    this.read = null;
    this.shapes.clear();
  }
  /**
   * The window that ends at `at`, epoch ms. Windows with too many lines are passed by. `stateOf`: what was said of
   * a template's values. `back`: what is as usual again.
   */
  async look(at: number, recent: RecentMinutes, stateOf: (template: number) => ValueState): Promise<Scanned> {
    if (this.before && at > this.before.from && at <= this.before.to) return NOTHING;
    const from = at - SCAN.windowMinutes * MINUTE;
    this.read = { from: Math.min(from, this.read?.from ?? from), to: Math.max(at, this.read?.to ?? at) };
    const lines = recent.total.sum(from / MINUTE, at / MINUTE);
    if (lines > SCAN.mostLines) return NOTHING;
    const byTemplate = new Map<number, LogLine[]>();
    if (lines > 0)
      for await (const page of this.logs.scan({ from, to: at }))
        for (const line of page) {
          const { parts, places } = this.shapeOf(line.templateId, at);
          this.sessions.add(line, parts);
          if (places.length === 0) continue;
          const here = byTemplate.get(line.templateId);
          if (here) here.push(line);
          else if (byTemplate.size < VALUE.mostTemplates) byTemplate.set(line.templateId, [line]);
        }
    this.changed ||= lines > 0;
    const found: Finding[] = [];
    const tests = Math.max(20, byTemplate.size) * 2 * (1440 / SCAN.windowMinutes);
    const back = new Set<number>();
    for (const [id, here] of byTemplate) {
      const { finding, isBack } = this.judgeValues(id, here, { at, tests, ...stateOf(id) });
      if (finding) found.push(finding);
      if (isBack) back.add(id);
    }
    this.sessions.close(at, {
      isNew: (id, since) => this.isNew(id, { at, since }),
      isNews: (closed) => {
        const finding = detectSequences(closed, { at, fact: this.fact });
        if (finding) found.push(finding);
        return finding !== null;
      },
    });
    return { findings: found, back: { values: back, sessions: this.sessions.areWell() } };
  }
  /** A template's values, held against what came before and then learned from; of several places the one furthest out tells. */
  private judgeValues(
    id: number,
    lines: readonly LogLine[],
    o: ValueState & { readonly at: number; readonly tests: number },
  ): { readonly finding: Finding | null; readonly isBack: boolean } {
    const fact = this.fact(id);
    const windowFrom = o.at - SCAN.windowMinutes * MINUTE;
    const { parts, places } = this.shapeOf(id, o.at);
    let told: Finding | null = null;
    let judgedAny = false;
    let beyondAny = false;
    for (const { place, parameter, isDuration, isPercent } of places) {
      const texts = lines.flatMap((line) => {
        const [start, end] = line.parameters[parameter] ?? [0, 0];
        return end > start ? line.text.slice(start, end) : [];
      });
      const here = numbersOf(texts, isDuration);
      if (!here) continue;
      // a template of other length has other places
      const key = `${id} ${place}/${parts.length}`;
      const drifting = this.values.drift(key, here, { from: windowFrom });
      const pooled = this.values.pool(key, here, { from: windowFrom, at: o.at });
      if (!pooled) {
        // what is out of range is back with the first values that are within, however few
        const range = o.isOut ? this.values.range(key, here.unit, windowFrom) : null;
        if (range) judgedAny = true;
        if (range && here.values.some((v) => v < range.p01 || v > range.p99)) beyondAny = true;
        continue;
      }
      const { numbers, from } = pooled;
      const range = this.values.range(key, numbers.unit, from);
      const judged =
        range &&
        detectValues(numbers.values, range, { from, at: o.at, fact, line: lines[0], tests: o.tests });
      const found =
        judged?.finding ??
        (range &&
          drifting &&
          driftFinding(drifting, range, { from: windowFrom, at: o.at, fact, line: lines[0], isPercent }));
      judgedAny ||= judged !== null;
      beyondAny ||= judged?.isBeyond ?? false;
      if (found && fact.mark === 'none' && this.values.isNews(key, from) && isFurther(found, told))
        told = found;
      this.values.learn(key, numbers, {
        from,
        judged: judged && { isBeyond: judged.isBeyond, isOdd: found !== null },
        accepted: o.accepted,
      });
    }
    return { finding: told, isBack: judgedAny && !beyondAny };
  }
  private isNew(id: number, { at, since }: { readonly at: number; readonly since: number }): boolean {
    const fact = this.fact(id);
    return (fact.firstAt ?? 0) > Math.max(since, at - DAY) && severityOf(fact) === 'info';
  }
  /** A template's parts and the places of its numbers; read again every hour. */
  private shapeOf(id: number, at: number): Shape {
    const known = this.shapes.get(id);
    if (known && Math.abs(at - known.at) < HOUR) return known;
    const parts = this.logs.templates.get(id)?.parts ?? [];
    let parameter = 0;
    const places = parts.flatMap((part, place) => {
      if (part.kind !== 'parameter') return [];
      const at = { place, parameter: parameter++, isDuration: part.type === 'duration' };
      const unit = parts[place + 1];
      const isPercent = unit?.kind === 'word' && unit.text.startsWith('%');
      return NUMERIC.has(part.type) ? { ...at, isPercent } : [];
    });
    const shape = { parts, places, at };
    this.shapes.set(id, shape);
    return shape;
  }
}
/** `isOut`: they were out of range when last judged; `accepted`: a person said that they are as they should be now */
export type ValueState = { readonly isOut: boolean; readonly accepted: boolean };
type Scanned = { readonly findings: readonly Finding[]; readonly back: Back };
const NOTHING: Scanned = { findings: [], back: NOT_BACK };
/** `place`: index among the parts, stable when a word becomes a parameter. `parameter`: index among the parameters. */
type Shape = {
  readonly parts: readonly Part[];
  readonly places: readonly {
    readonly place: number;
    readonly parameter: number;
    readonly isDuration: boolean;
    readonly isPercent: boolean;
  }[];
  readonly at: number;
};
const NUMERIC: ReadonlySet<string> = new Set(['number', 'duration', 'text']);
const isFurther = (a: Finding, b: Finding | null): boolean =>
  Math.abs(a.score ?? 0) > Math.abs(b?.score ?? Number.NEGATIVE_INFINITY) || b === null;
const SavedState = z.object({
  read: z.object({ from: z.number(), to: z.number() }).nullable(),
  sessions: SavedSessions,
  values: SavedValues.default([]),
});
function savedState(text: string | undefined): z.infer<typeof SavedState> | undefined {
  if (text === undefined) return undefined;
  const parsed = SavedState.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
