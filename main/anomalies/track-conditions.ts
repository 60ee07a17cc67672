import { createHash } from 'node:crypto';
import { CLEARLY_WORSE, COOLDOWN_MS, GOING_ON, LOOKBACK_MINUTES, MINUTE, QUIET_MS } from './config.ts';
import type { Expectation } from './contract/anomalies.ts';
import { isWorse, worse } from './detect/detection-window.ts';
import type { RecentMinutes, Series } from './detect/series.ts';
import type { AnomalyRow, Finding } from './types.ts';

/** kind and what it is about: what makes two findings the same condition */
export const topicOf = (f: Pick<Finding, 'kind' | 'templateId' | 'service' | 'source'>): string =>
  f.kind === 'missing' && f.templateId === null && f.service === null
    ? `missing source ${f.source ?? ''}`
    : `${f.kind} ${f.templateId === null ? `service ${f.service ?? ''}` : `template ${f.templateId}`}`;
const idOf = (topic: string, at: number): string =>
  createHash('sha256').update(`${topic} ${at}`).digest('hex').slice(0, 20);

/** How much of it there is, to say which of two findings of a topic is worse. */
const strength = (f: Pick<Finding, 'kind' | 'observed' | 'score' | 'windowMs'>): number =>
  f.kind === 'missing' ? f.windowMs : f.kind === 'rate' ? Math.abs(f.score ?? 0) : f.observed;

/** What was judged and is as usual again: the values of these templates, and the sessions. */
export type Back = { readonly values: ReadonlySet<number>; readonly sessions: boolean };
export const NOT_BACK: Back = { values: new Set(), sessions: false };

/** Kinds that tell the same news about a template or service, the one that tells it best first. */
const SAME_NEWS: readonly (readonly Finding['kind'][])[] = [
  ['new-template', 'spike', 'rate'],
  ['new-component', 'rate'],
];

/**
 * Makes anomalies of findings: one while a condition lasts, however often it is found, and the same one again when it comes back
 * soon. Ids follow from what and when, so that looking twice at the same minutes changes nothing.
 */
export class Conditions {
  private readonly byTopic = new Map<string, AnomalyRow[]>();
  private readonly expectations: readonly Expectation[];

  /** `rows`: those that may go on, and the newest dismissed one of each topic */
  constructor(rows: readonly AnomalyRow[], expectations: readonly Expectation[]) {
    this.expectations = expectations;
    for (const row of [...rows].sort((a, b) => a.at - b.at)) this.keep(row);
  }
  /**
   * Those made or changed by what was found in the minute that ends at `at`; also those that are over now.
   */
  step(at: number, findings: readonly Finding[], recent: RecentMinutes, back: Back = NOT_BACK): AnomalyRow[] {
    const changed = new Map<string, AnomalyRow>();
    for (const finding of findings) {
      const row = this.take(finding);
      if (row) changed.set(row.id, row);
    }
    for (const rows of this.byTopic.values())
      for (const row of rows) {
        if (row.until !== null && !dripsAgain(row, at, recent)) continue;
        const isBack =
          row.kind === 'sequence'
            ? back.sessions
            : row.kind === 'value' && row.templateId !== null && back.values.has(row.templateId);
        if (!isBack && row.lastAt < at && lasts(row, at, recent)) {
          const lasting = { ...row, lastAt: at, until: null, state: this.stateAt(row, at) };
          this.replace(lasting);
          changed.set(row.id, lasting);
          continue;
        }
        if (!isBack && at - row.lastAt < QUIET_MS[row.kind]) continue;
        const over = {
          ...row,
          until: row.lastAt,
          state: row.state === 'open' ? ('over' as const) : row.state,
        };
        this.replace(over);
        changed.set(over.id, over);
      }
    return [...changed.values()];
  }
  /** Whether a finding goes on with what is known. */
  has(finding: Finding): boolean {
    return (this.byTopic.get(topicOf(finding)) ?? []).some((row) => goesOn(row, finding));
  }
  open(): AnomalyRow[] {
    return [...this.byTopic.values()].flat().filter((row) => row.until === null);
  }
  /** Notes which incident an anomaly belongs to. */
  replace(row: AnomalyRow): void {
    const rows = this.byTopic.get(row.topic) ?? [];
    this.byTopic.set(
      row.topic,
      rows.map((r) => (r.id === row.id ? row : r)),
    );
  }

  private take(finding: Finding): AnomalyRow | null {
    const topic = topicOf(finding);
    const rows = this.byTopic.get(topic) ?? [];
    const same = rows.findLast((row) => goesOn(row, finding));
    if (same) {
      const clearlyWorse = strength(finding) >= CLEARLY_WORSE * strength(same);
      if (same.state !== 'dismissed' || !clearlyWorse) return this.extend(same, finding);
    } else {
      const dismissed = rows.findLast((row) => row.state === 'dismissed');
      if (dismissed && strength(finding) < CLEARLY_WORSE * strength(dismissed)) return null;
      const told = this.alreadyTold(finding);
      if (told) return this.extend(told, finding);
    }
    const expected = this.isExpected(finding, finding.at);
    const row: AnomalyRow = {
      id: idOf(topic, finding.from),
      topic,
      ...numbersOf(finding),
      severity: finding.severity,
      at: finding.from,
      lastAt: finding.at,
      until: null,
      incidentId: null,
      state: expected ? 'expected' : 'open',
    };
    if (rows.some((r) => r.id === row.id)) return null;
    this.keep(row);
    return row;
  }
  /** An anomaly of another kind that tells the same news of the same template or service now. */
  private alreadyTold(finding: Finding): AnomalyRow | undefined {
    for (const kinds of SAME_NEWS) {
      const place = kinds.indexOf(finding.kind);
      for (const kind of kinds.slice(0, Math.max(0, place))) {
        const rows = this.byTopic.get(topicOf({ ...finding, kind })) ?? [];
        const told = rows.findLast((row) => row.lastAt >= finding.from && row.at <= finding.at);
        if (told) return told;
      }
    }
    // an hour with few lines, part of which is told to have had none
    if (finding.kind === 'rate' && (finding.score ?? 0) < 0)
      return [...this.byTopic.values()]
        .flat()
        .find(
          (row) =>
            row.kind === 'missing' &&
            (row.templateId === null || row.templateId === finding.templateId) &&
            (row.service === finding.service || (row.service === null && row.source === finding.source)) &&
            row.lastAt >= finding.from &&
            row.at <= finding.at,
        );
    // a service's lines grow because of templates already told of
    if (finding.templateId !== null || (finding.kind !== 'new-component' && finding.kind !== 'rate'))
      return undefined;
    return [...this.byTopic.values()]
      .flat()
      .find(
        (row) =>
          (row.kind === 'new-template' || row.kind === 'spike') &&
          row.service === finding.service &&
          row.severity !== 'low' &&
          row.lastAt >= finding.from &&
          row.at <= finding.at,
      );
  }
  private extend(row: AnomalyRow, finding: Finding): AnomalyRow | null {
    const sameKind = row.kind === finding.kind;
    const stronger = sameKind && strength(finding) > strength(row);
    // an hour's count says nothing of when in the hour it ended
    const lastAt = sameKind || finding.kind === 'spike' ? Math.max(row.lastAt, finding.at) : row.lastAt;
    const next: AnomalyRow = {
      ...row,
      ...(stronger ? numbersOf(finding) : {}),
      at: sameKind ? Math.min(row.at, finding.from) : row.at,
      severity: worse(row.severity, finding.severity),
      lastAt,
      until: lastAt > row.lastAt ? null : row.until,
      state: lastAt > row.lastAt ? this.stateAt(row, lastAt) : row.state,
    };
    if (lastAt === row.lastAt && !stronger && !isWorse(finding.severity, row.severity) && next.at === row.at)
      return null;
    this.replace(next);
    return next;
  }
  /** Of one that is met again at `at`: what is over is open again, and so is what was expected once it no longer is. */
  private stateAt(row: AnomalyRow, at: number): AnomalyRow['state'] {
    const isLoud = row.state === 'over' || (row.state === 'expected' && !this.isExpected(row, at));
    return isLoud ? 'open' : row.state;
  }
  private isExpected(what: Expectable, at: number): boolean {
    return this.expectations.some((e) => (e.until === null || e.until > at) && matches(e, what));
  }
  private keep(row: AnomalyRow): void {
    const rows = this.byTopic.get(row.topic);
    if (rows) rows.push(row);
    else this.byTopic.set(row.topic, [row]);
  }
}

const goesOn = (row: AnomalyRow, finding: Finding): boolean =>
  row.at <= finding.at && finding.from - row.lastAt <= QUIET_MS[row.kind] + COOLDOWN_MS;

/** Whether a fault is still there although nothing finds it anew: time alone ends none. What is judged now and then is as it was until judged again. */
const lasts = (row: AnomalyRow, at: number, recent: RecentMinutes): boolean =>
  row.kind === 'value' ||
  row.kind === 'sequence' ||
  (row.kind === 'missing' ? !spoke(row, recent) : isStillHigh(row, at, recent));
/** What was silent has lines again, or says in other words what it said before. */
function spoke(row: AnomalyRow, recent: RecentMinutes): boolean {
  const rate = ((row.expected ?? 0) * MINUTE) / row.windowMs;
  const stopped = row.at / MINUTE;
  if (row.templateId !== null && recent.isReworded({ service: row.service ?? '', stopped, rate }))
    return true;
  const series =
    row.templateId !== null
      ? recent.templates.get(row.templateId)
      : row.service !== null
        ? recent.services.get(row.service)
        : recent.sources.get(row.source ?? '');
  return series !== undefined && series.last() * MINUTE >= row.at;
}
/**
 * What came suddenly is soon what the hours before let expect; it lasts all the same while it is well above what was usual when
 * it began. What drips is looked for as long as some of the gaps it drips in.
 */
function isStillHigh(row: AnomalyRow, at: number, recent: RecentMinutes): boolean {
  const series = risenSeries(row, recent);
  if (!series) return false;
  const end = at / MINUTE;
  const gap = gapOf(row, series, end);
  const minutes = Math.max(GOING_ON.windowMinutes, GOING_ON.gaps * gap);
  // it may last into a busier time of day
  const rate = Math.max(((row.expected ?? 0) * MINUTE) / row.windowMs, recent.usual(row.templateId ?? 0));
  const usual = rate * minutes;
  const least = minutes > GOING_ON.windowMinutes ? 1 : GOING_ON.lines;
  return series.sum(end - minutes, end) >= Math.max(least, GOING_ON.ratio * usual);
}

/** It was over, and drips on: a gap longer than most is not yet its end, once a second line shows that. */
function dripsAgain(row: AnomalyRow, at: number, recent: RecentMinutes): boolean {
  const series = risenSeries(row, recent);
  const end = at / MINUTE;
  if (!series || at - row.lastAt > COOLDOWN_MS || series.last() + 1 !== end) return false;
  const minutes = GOING_ON.gaps * gapOf(row, series, end);
  return (
    minutes > GOING_ON.windowMinutes &&
    series.activeCount(end - minutes, end) >= 2 &&
    isStillHigh(row, at, recent)
  );
}
/** The lines of what came suddenly and was worth telling. */
function risenSeries(row: AnomalyRow, recent: RecentMinutes): Series | undefined {
  if ((row.kind !== 'spike' && row.kind !== 'new-template') || row.severity === 'low') return undefined;
  return row.templateId === null ? undefined : recent.templates.get(row.templateId);
}
/** Minutes from one to the next since it began; 0 while it came too few times to say. */
function gapOf(row: AnomalyRow, series: Series, end: number): number {
  const times = series.active(Math.max(row.at / MINUTE, end - LOOKBACK_MINUTES), end);
  return times.length < GOING_ON.times ? 0 : ((times.at(-1) ?? 0) - (times[0] ?? 0)) / (times.length - 1);
}

type Expectable = Pick<Finding, 'kind' | 'templateId' | 'service'>;
const matches = (e: Expectation, what: Expectable): boolean =>
  (e.kind === null || e.kind === what.kind) &&
  (e.templateId === null || e.templateId === what.templateId) &&
  (e.service === null || e.service === what.service);

const numbersOf = (f: Finding) => ({
  kind: f.kind,
  templateId: f.templateId,
  service: f.service,
  level: f.level,
  source: f.source,
  observed: f.observed,
  expected: f.expected,
  sd: f.sd,
  score: f.score,
  windowMs: f.windowMs,
  baselineDays: f.baselineDays,
  learning: f.learning,
  words: f.words,
  examples: [...(f.examples ?? [])],
});
