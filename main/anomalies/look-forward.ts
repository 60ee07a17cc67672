import type { Reader, Statement } from '../store/index.ts';
import { COOLDOWN_MS, DAY, HOUR, INCIDENT } from './config.ts';
import { RecentMinutes } from './detect/series.ts';
import type { Traces } from './detect/share-traces.ts';
import { type Grouped, Incidents } from './group-incidents.ts';
import * as queries from './queries.ts';
import type { ValueState } from './scan-windows.ts';
import { type Back, Conditions } from './track-conditions.ts';
import type { AnomalyRow, Finding, IncidentRow, TemplateFact } from './types.ts';
import { wordAgain, wordClosed } from './word-incident.ts';

/** The longest an anomaly or incident may go on after it was last seen. */
const GOING_ON_MS = 2 * HOUR + COOLDOWN_MS + INCIDENT.againMs;

/**
 * One look's worth of state: the anomalies and incidents that may go on, and what the look made of them, to be written as one
 * transaction with the place it came to.
 */
export class Looking {
  private readonly conditions: Conditions;
  private readonly grouping: Incidents;
  private readonly anomalies = new Map<string, AnomalyRow>();
  private readonly incidents = new Map<string, IncidentRow>();
  private events: Statement[] = [];
  readonly raised = new Set<string>();

  private readonly traces: Traces;

  constructor(read: Reader, from: number, o: { fact: (id: number) => TemplateFact; traces: Traces }) {
    const { fact, traces } = o;
    this.traces = traces;
    const since = from - GOING_ON_MS;
    const going = queries.anomaliesGoingOn(read, since);
    const quiet = going.flatMap((a) =>
      a.state === 'expected' && a.incidentId !== null ? [a.incidentId] : [],
    );
    const incidents = queries.incidentsGoingOn(read, since, quiet);
    const members = incidents.length
      ? queries.anomaliesOf(
          read,
          incidents.map((i) => i.id),
        )
      : [];
    this.conditions = new Conditions(going, queries.expectations(read));
    const rows = new Map([...members, ...going].map((row) => [row.id, row]));
    this.grouping = new Incidents({ incidents, anomalies: [...rows.values()], fact, traces });
  }
  /** Before a step with findings that were not there before: the requests they are about. */
  async trace(at: number, findings: readonly Finding[]): Promise<void> {
    const fresh = findings.flatMap((f) =>
      f.templateId !== null && !this.conditions.has(f) ? [{ templateId: f.templateId, at: f.from }] : [],
    );
    if (fresh.length > 0 && fresh.length + this.grouping.beginnings().length > 1)
      await this.traces.read([...fresh, ...this.grouping.beginnings()], at);
  }
  /** What goes on with the values of a template; a person may have said that it is expected, or no anomaly. */
  valuesOf(templateId: number): ValueState {
    const rows = this.conditions.open().filter((r) => r.kind === 'value' && r.templateId === templateId);
    return { isOut: rows.length > 0, accepted: rows.some((r) => r.state !== 'open') };
  }
  /** the minute that ends at `at`; `back`: see `Conditions.step` */
  step(
    at: number,
    findings: readonly Finding[],
    o: { readonly recent?: RecentMinutes; readonly back?: Back | undefined } = {},
  ): void {
    const { recent = new RecentMinutes(), back } = o;
    const changed = this.conditions.step(at, findings, recent, back);
    const grouped = this.grouping.step(at, changed, recent);
    for (const row of changed) this.anomalies.set(row.id, row);
    for (const row of grouped.anomalies) {
      this.anomalies.set(row.id, row);
      this.conditions.replace(row);
    }
    for (const row of grouped.incidents) this.incidents.set(row.id, row);
    for (const id of grouped.raised) this.raised.add(id);
    this.note(grouped);
  }
  /** What has to be written since the last call; empty when nothing happened. */
  take(): Statement[] {
    const batch: Statement[] = [];
    if (this.anomalies.size) batch.push(queries.saveAnomalies([...this.anomalies.values()]));
    if (this.incidents.size) batch.push(queries.saveIncidents([...this.incidents.values()]));
    batch.push(...this.events);
    this.anomalies.clear();
    this.incidents.clear();
    this.events = [];
    return batch;
  }
  private note(grouped: Grouped): void {
    for (const { id, lastAt: at, quiet } of grouped.incidents) {
      const closed = grouped.closed.get(id);
      if (quiet && closed !== undefined)
        this.events.push(queries.addEvent(id, { at, kind: 'state', words: wordClosed(closed) }));
      if (grouped.reopened.includes(id))
        this.events.push(queries.addEvent(id, { at, kind: 'state', words: wordAgain() }));
    }
  }
}

/** Learning is over after four weeks: then every hour of the week has been seen often enough. */
export const LEARNING_MS = 28 * DAY;
