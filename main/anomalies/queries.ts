import { z } from 'zod';
import type { Bilingual } from '../api/contract/common.ts';
import {
  all,
  list,
  type Reader,
  run,
  type Sql,
  type SqlValue,
  type Statement,
  saveRows,
  sql,
} from '../store/index.ts';
import type { AnomalyKind, AnomalyStatus, Expectation, Incident } from './contract/anomalies.ts';
import type { AnomalyRow, IncidentRow } from './types.ts';

type StoredAnomaly = Omit<AnomalyRow, 'words' | 'learning' | 'examples'> & {
  readonly learning: number;
  readonly ja: string;
  readonly en: string;
  readonly examples: string;
};
const Examples = z.array(z.string());
const ANOMALY = sql`SELECT anomaly_id AS id, topic, kind, severity, at, last_at AS lastAt, until, template_id AS templateId, service, level, source,
  observed, expected, sd, score, window_ms AS windowMs, baseline_days AS baselineDays, learning, ja, en, examples, incident_id AS incidentId, state FROM anomalies`;
const toAnomaly = ({ ja, en, learning, examples, ...row }: StoredAnomaly): AnomalyRow => ({
  ...row,
  learning: learning !== 0,
  words: { ja, en },
  examples: Examples.parse(JSON.parse(examples)),
});
const anomaliesWhere = (read: Reader, where: Sql): AnomalyRow[] =>
  read.all<StoredAnomaly>(sql`${ANOMALY} ${where}`).map(toAnomaly);

export const anomaly = (read: Reader, id: string): AnomalyRow | undefined =>
  anomaliesWhere(read, sql`WHERE anomaly_id = ${id}`)[0];
export function anomalies(
  read: Reader,
  o: {
    from?: number | undefined;
    to?: number | undefined;
    kinds?: readonly AnomalyKind[] | undefined;
    open?: boolean | undefined;
    limit: number;
  },
): AnomalyRow[] {
  const where = all([
    o.from !== undefined && sql`last_at >= ${o.from}`,
    o.to !== undefined && sql`at < ${o.to}`,
    o.kinds && sql`kind IN ${list(o.kinds)}`,
    o.open !== undefined && (o.open ? sql`state = 'open'` : sql`state <> 'open'`),
  ]);
  return anomaliesWhere(read, sql`WHERE ${where} ORDER BY at DESC, anomaly_id LIMIT ${o.limit}`);
}
export const anomaliesOf = (read: Reader, incidents: readonly string[]): AnomalyRow[] =>
  anomaliesWhere(read, sql`WHERE incident_id IN ${list(incidents)} ORDER BY at, anomaly_id`);
/** Those a look from `from` on may go on with, and the newest dismissed one of each topic. */
export const anomaliesGoingOn = (read: Reader, from: number): AnomalyRow[] =>
  anomaliesWhere(
    read,
    sql`WHERE last_at >= ${from} OR until IS NULL OR (state = 'dismissed' AND at = (SELECT max(at) FROM anomalies d WHERE d.topic = anomalies.topic AND d.state = 'dismissed'))`,
  );
export const saveAnomalies = (rows: readonly AnomalyRow[]): Statement =>
  saveRows(
    'anomalies',
    'anomaly_id',
    rows.map((r) => ({
      anomaly_id: r.id,
      topic: r.topic,
      kind: r.kind,
      severity: r.severity,
      at: r.at,
      last_at: r.lastAt,
      until: r.until,
      template_id: r.templateId,
      service: r.service,
      level: r.level,
      source: r.source,
      observed: r.observed,
      expected: r.expected,
      sd: r.sd,
      score: r.score,
      window_ms: r.windowMs,
      baseline_days: r.baselineDays,
      learning: r.learning,
      ja: r.words.ja,
      en: r.words.en,
      examples: JSON.stringify(r.examples),
      incident_id: r.incidentId,
      state: r.state,
    })),
  );
export const setAnomalyState = (id: string, state: AnomalyRow['state']): Statement =>
  run(sql`UPDATE anomalies SET state = ${state} WHERE anomaly_id = ${id}`, {
    changes: 1,
    why: 'not-found',
  });
/** `open` goes back to `over` for those that ended meanwhile. */
export const setAnomaliesOf = (incidentId: string, dismissed: boolean): Statement =>
  dismissed
    ? run(
        sql`UPDATE anomalies SET state = 'dismissed' WHERE incident_id = ${incidentId} AND state IN ('open', 'over')`,
      )
    : run(
        sql`UPDATE anomalies SET state = CASE WHEN until IS NULL THEN 'open' ELSE 'over' END WHERE incident_id = ${incidentId} AND state = 'dismissed'`,
      );

/** An incident's own row; its anomalies and lines are joined in `read-incidents.ts`. */
export type KeptIncident = IncidentRow & {
  readonly note: string | null;
  readonly remedyId: string | null;
  readonly acknowledgedBy: string | null;
  readonly knowledgeId: string | null;
};
type StoredIncident = Omit<KeptIncident, 'title' | 'quiet'> & {
  readonly quiet: number;
  readonly ja: string;
  readonly en: string;
};
const INCIDENT = sql`SELECT incident_id AS id, state, quiet, severity, ja, en, from_at AS "from", last_at AS lastAt, to_at AS "to", note,
  remedy_id AS remedyId, acknowledged_by AS acknowledgedBy, knowledge_id AS knowledgeId FROM incidents`;
const incidentsWhere = (read: Reader, where: Sql): KeptIncident[] =>
  read
    .all<StoredIncident>(sql`${INCIDENT} ${where}`)
    .map(({ ja, en, quiet, ...row }) => ({ ...row, quiet: quiet !== 0, title: { ja, en } }));

export const incident = (read: Reader, id: string): KeptIncident | undefined =>
  incidentsWhere(read, sql`WHERE incident_id = ${id}`)[0];
export function incidents(
  read: Reader,
  o: {
    from?: number | undefined;
    to?: number | undefined;
    states?: readonly Incident['state'][] | undefined;
    limit: number;
  },
): KeptIncident[] {
  const where = all([
    o.from !== undefined && sql`(to_at IS NULL OR to_at >= ${o.from})`,
    o.to !== undefined && sql`from_at < ${o.to}`,
    o.states && sql`state IN ${list(o.states)}`,
  ]);
  return incidentsWhere(read, sql`WHERE ${where} ORDER BY from_at DESC, incident_id LIMIT ${o.limit}`);
}
/** Those a look from `from` on may go on with; also `quiet` ones, whose anomalies last but were expected. */
export const incidentsGoingOn = (read: Reader, from: number, quiet: readonly string[]): KeptIncident[] =>
  incidentsWhere(
    read,
    sql`WHERE last_at >= ${from} OR to_at IS NULL OR incident_id IN ${list(quiet)} ORDER BY from_at, incident_id`,
  );
/** Writes what the grouping says; what people said about an incident stays. */
export const saveIncidents = (rows: readonly IncidentRow[]): Statement =>
  saveRows(
    'incidents',
    'incident_id',
    rows.map((r) => ({
      incident_id: r.id,
      state: r.state,
      quiet: r.quiet,
      severity: r.severity,
      ja: r.title.ja,
      en: r.title.en,
      from_at: r.from,
      last_at: r.lastAt,
      to_at: r.to,
    })),
  );
export const setIncident = (
  id: string,
  o: {
    state: Incident['state'];
    to: number | null;
    note: string | null;
    remedyId: string | null;
    acknowledgedBy: string | null;
  },
): Statement =>
  run(
    sql`UPDATE incidents SET state = ${o.state}, quiet = 0, to_at = ${o.to}, note = ${o.note}, remedy_id = ${o.remedyId},
      acknowledged_by = ${o.acknowledgedBy} WHERE incident_id = ${id}`,
    { changes: 1, why: 'not-found' },
  );
export const setIncidentRemedy = (id: string, remedyId: string | null): Statement =>
  run(sql`UPDATE incidents SET remedy_id = ${remedyId} WHERE incident_id = ${id}`, {
    changes: 1,
    why: 'not-found',
  });
export const setKnowledge = (id: string, knowledgeId: string): Statement =>
  run(sql`UPDATE incidents SET knowledge_id = ${knowledgeId} WHERE incident_id = ${id}`);

export type IncidentEvent = {
  readonly at: number;
  readonly kind: 'state' | 'remedy';
  readonly words: Bilingual;
};
export const addEvent = (incidentId: string, e: IncidentEvent): Statement =>
  run(
    sql`INSERT INTO incident_events (incident_id, at, kind, ja, en) VALUES (${incidentId}, ${e.at}, ${e.kind}, ${e.words.ja}, ${e.words.en})`,
  );
export const eventsOf = (read: Reader, incidentId: string): IncidentEvent[] =>
  read
    .all<{ at: number; kind: 'state' | 'remedy'; ja: string; en: string }>(
      sql`SELECT at, kind, ja, en FROM incident_events WHERE incident_id = ${incidentId} ORDER BY at, seq`,
    )
    .map(({ ja, en, ...e }) => ({ ...e, words: { ja, en } }));

export const expectations = (read: Reader): Expectation[] =>
  read.all<Expectation>(
    sql`SELECT expectation_id AS id, kind, template_id AS templateId, service, until, why, actor, at FROM expectations ORDER BY at DESC, expectation_id`,
  );
export const saveExpectation = (e: Expectation): Statement =>
  run(
    sql`INSERT INTO expectations (expectation_id, kind, template_id, service, until, why, actor, at)
      VALUES (${e.id}, ${e.kind}, ${e.templateId}, ${e.service}, ${e.until}, ${e.why}, ${e.actor}, ${e.at})`,
  );
/** What is open and matches is expected from now on. */
export const expectNow = (e: Expectation): Statement => {
  const where = all([
    e.kind !== null && sql`kind = ${e.kind}`,
    e.templateId !== null && sql`template_id = ${e.templateId}`,
    e.service !== null && sql`service = ${e.service}`,
  ]);
  return run(sql`UPDATE anomalies SET state = 'expected' WHERE state = 'open' AND ${where}`);
};
export const removeExpectation = (id: string): Statement =>
  run(sql`DELETE FROM expectations WHERE expectation_id = ${id}`);

export type RemedyRow = {
  readonly id: string;
  readonly title: string;
  readonly steps: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};
export const remedies = (read: Reader): RemedyRow[] =>
  read.all<RemedyRow>(
    sql`SELECT remedy_id AS id, title, steps, created_at AS createdAt, updated_at AS updatedAt FROM remedies WHERE removed_at IS NULL ORDER BY remedy_id`,
  );
export const saveRemedy = (r: RemedyRow): Statement =>
  run(
    sql`INSERT INTO remedies (remedy_id, title, steps, created_at, updated_at) VALUES (${r.id}, ${r.title}, ${r.steps}, ${r.createdAt}, ${r.updatedAt})
      ON CONFLICT(remedy_id) DO UPDATE SET title = excluded.title, steps = excluded.steps, updated_at = excluded.updated_at, removed_at = NULL`,
  );
export const removeRemedy = (id: string, at: number): Statement =>
  run(sql`UPDATE remedies SET removed_at = ${at} WHERE remedy_id = ${id}`, { changes: 1, why: 'not-found' });

/** What an incident looked like: enough to know another one like it. */
export const Looks = z.object({
  templates: z.array(z.number().int()),
  services: z.array(z.string()),
  kinds: z.array(z.string()),
});
export type Looks = z.infer<typeof Looks>;
export type RemedyUse = {
  readonly remedyId: string;
  readonly incidentId: string;
  readonly worked: boolean;
  readonly at: number;
  readonly looks: Looks;
};
export const remedyUses = (read: Reader): RemedyUse[] =>
  read
    .all<{ remedyId: string; incidentId: string; worked: number; at: number; looks: string }>(
      sql`SELECT remedy_id AS remedyId, incident_id AS incidentId, worked, at, looks FROM remedy_uses ORDER BY at, remedy_id, incident_id`,
    )
    .map((u) => ({ ...u, worked: u.worked !== 0, looks: Looks.parse(JSON.parse(u.looks)) }));
export const saveUse = (u: RemedyUse): Statement =>
  run(
    sql`INSERT INTO remedy_uses (remedy_id, incident_id, worked, at, looks) VALUES (${u.remedyId}, ${u.incidentId}, ${u.worked}, ${u.at}, ${JSON.stringify(u.looks)})
      ON CONFLICT(remedy_id, incident_id) DO UPDATE SET worked = excluded.worked, at = excluded.at, looks = excluded.looks`,
  );

export const state = (read: Reader, name: string): string | undefined =>
  read.get<{ value: string }>(sql`SELECT value FROM anomaly_state WHERE name = ${name}`)?.value;
export const saveState = (name: string, value: SqlValue): Statement =>
  run(
    sql`INSERT INTO anomaly_state (name, value) VALUES (${name}, ${value}) ON CONFLICT(name) DO UPDATE SET value = excluded.value`,
  );
export function counts(read: Reader): Pick<AnomalyStatus, 'anomalies' | 'open' | 'incidents'> {
  const { anomalies, open } = read.get<{ anomalies: number; open: number }>(
    sql`SELECT count(*) AS anomalies, count(*) FILTER (WHERE state = 'open') AS open FROM anomalies`,
  ) ?? { anomalies: 0, open: 0 };
  const incidents = { open: 0, acknowledged: 0, resolved: 0, dismissed: 0 };
  for (const { state, n } of read.all<{ state: Incident['state']; n: number }>(
    sql`SELECT state, count(*) AS n FROM incidents GROUP BY state`,
  ))
    incidents[state] = n;
  return { anomalies, open, incidents };
}

/** What was concluded from the company's lines, alone or with others; what people wrote about remedies stays. */
export const forgetCompany = (): Statement[] => [
  run(sql`DELETE FROM anomalies WHERE source = 'company' OR (source IS NULL AND NOT EXISTS (
    SELECT 1 FROM log_template_counts c WHERE c.template_id = anomalies.template_id AND c.source_id <> 'company'))`),
  run(
    sql`DELETE FROM incidents WHERE NOT EXISTS (SELECT 1 FROM anomalies a WHERE a.incident_id = incidents.incident_id)`,
  ),
  run(
    sql`DELETE FROM incident_events WHERE NOT EXISTS (SELECT 1 FROM incidents i WHERE i.incident_id = incident_events.incident_id)`,
  ),
  run(sql`DELETE FROM anomaly_state`),
];
