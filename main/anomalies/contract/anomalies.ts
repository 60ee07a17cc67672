import { z } from 'zod';
import { Bilingual, Instant, Lang } from '../../api/contract/common.ts';
import { base, id, none, ok } from '../../api/contract/procedure.ts';
import { LogLevel } from '../../logs/contract/logs.ts';

export const ANOMALY_KINDS = [
  'new-template',
  'rate',
  'spike',
  'missing',
  'new-component',
  'value',
  'sequence',
] as const;
export const AnomalyKind = z.enum(ANOMALY_KINDS);
export type AnomalyKind = z.infer<typeof AnomalyKind>;
export const Severity = z.enum(['low', 'medium', 'high']);
/** Something unusual, explained by its numbers. What the numbers mean depends on the kind; see `words`. */
export const Anomaly = z.object({
  id: z.string(),
  kind: AnomalyKind,
  severity: Severity,
  /** when it began and, once over, ended */
  at: Instant,
  until: Instant.nullable(),
  templateId: z.number().int().nullable(),
  service: z.string().nullable(),
  level: LogLevel.nullable(),
  /** e.g. lines per window seen, expected, its spread, and how far out in standard deviations */
  observed: z.number(),
  expected: z.number().nullable(),
  sd: z.number().nullable(),
  score: z.number().nullable(),
  windowMs: z.number().int(),
  /** how much history the expectation rests on; `learning`: too little to be sure */
  baselineDays: z.number(),
  learning: z.boolean(),
  /** the whole sentence, from the numbers above */
  words: Bilingual,
  /** ids of a few of the sessions it is about, as they stand in their lines; empty for what is not about sessions */
  examples: z.array(z.string()),
  incidentId: z.string().nullable(),
  state: z.enum(['open', 'expected', 'dismissed', 'over']),
});
export type Anomaly = z.infer<typeof Anomaly>;
/** "This is expected": such anomalies stay quiet until then. */
export const Expectation = z.object({
  id: z.string(),
  kind: AnomalyKind.nullable(),
  templateId: z.number().int().nullable(),
  service: z.string().nullable(),
  until: Instant.nullable(),
  why: z.string().max(500).nullable(),
  actor: z.string(),
  at: Instant,
});
export type Expectation = z.infer<typeof Expectation>;
export const Remedy = z.object({
  id: z.string(),
  title: z.string().trim().min(1).max(300),
  steps: z.string().max(20_000),
  createdAt: Instant,
  updatedAt: Instant,
  /** `worked` of `tried`, with the 90 % interval of Beta(1 + worked, 1 + failed) */
  worked: z.number().int(),
  tried: z.number().int(),
  low: z.number(),
  high: z.number(),
  lastUsedAt: Instant.nullable(),
});
export type Remedy = z.infer<typeof Remedy>;
/** A remedy for an incident: why it is offered, and its record for incidents like this one. */
export const Recommendation = Remedy.extend({
  /** similarity of the incident it last worked for, 0…1 */
  similarity: z.number(),
  fromIncident: z.string().nullable(),
  score: z.number(),
});
export type Recommendation = z.infer<typeof Recommendation>;
export const IncidentState = z.enum(['open', 'acknowledged', 'resolved', 'dismissed']);
export const Incident = z.object({
  id: z.string(),
  state: IncidentState,
  severity: Severity,
  title: Bilingual,
  from: Instant,
  to: Instant.nullable(),
  services: z.array(z.string()),
  templates: z.array(z.number().int()),
  anomalies: z.array(Anomaly),
  /** lines of its templates in its time */
  lines: z.number().int(),
  /** what a person wrote about it */
  note: z.string().nullable(),
  /** the remedy that ended it, if a person said so */
  remedyId: z.string().nullable(),
  acknowledgedBy: z.string().nullable(),
  knowledgeId: z.string().nullable(),
});
export type Incident = z.infer<typeof Incident>;
export const SimilarIncident = z.object({
  incident: Incident,
  similarity: z.number(),
});
export const IncidentDetail = z.object({
  incident: Incident,
  /** what happened in it, in order of time */
  timeline: z.array(
    z.object({
      at: Instant,
      kind: z.enum(['anomaly', 'first-line', 'line', 'remedy', 'state']),
      words: Bilingual,
      templateId: z.number().int().nullable(),
      lineId: z.number().int().nullable(),
    }),
  ),
  similar: z.array(SimilarIncident),
  recommendations: z.array(Recommendation),
});
export type IncidentDetail = z.infer<typeof IncidentDetail>;
/** An incident in a few sentences; `modelId`: the model that worded some of them, null: all composed. */
export const IncidentExplanation = z.object({
  sentences: z.array(z.string()),
  modelId: z.string().nullable(),
});
export type IncidentExplanation = z.infer<typeof IncidentExplanation>;
/** What the detectors have learned so far. */
export const AnomalyStatus = z.object({
  lookedAt: Instant.nullable(),
  learningUntil: Instant.nullable(),
  baselineDays: z.number(),
  services: z.number().int(),
  templates: z.number().int(),
  /** of all that are kept, so that a list can say how many it leaves out */
  anomalies: z.number().int(),
  open: z.number().int(),
  incidents: z.record(IncidentState, z.number().int()),
});
export type AnomalyStatus = z.infer<typeof AnomalyStatus>;

export const anomalies = {
  status: base.input(none).output(AnomalyStatus),
  list: base
    .input(
      z
        .object({
          from: Instant,
          to: Instant,
          kinds: z.array(AnomalyKind),
          open: z.boolean(),
          limit: z.number().int().min(1).max(2000),
        })
        .partial(),
    )
    .output(z.array(Anomaly)),
  /** looks at everything up to now */
  look: base.input(none).output(AnomalyStatus),
  dismiss: base.input(z.object({ id })).output(Anomaly),
  expect: base
    .input(
      z.object({
        kind: AnomalyKind.nullable(),
        templateId: z.number().int().nullable(),
        service: z.string().nullable(),
        until: Instant.nullable(),
        why: z.string().max(500).nullable(),
      }),
    )
    .output(Expectation),
  expectations: base.input(none).output(z.array(Expectation)),
  unexpect: base.input(z.object({ id })).output(ok),
};
export const incidents = {
  list: base
    .input(
      z
        .object({
          from: Instant,
          to: Instant,
          states: z.array(IncidentState),
          limit: z.number().int().min(1).max(1000),
        })
        .partial(),
    )
    .output(z.array(Incident)),
  get: base.input(z.object({ id })).output(IncidentDetail),
  /** a few sentences; with `arrange` as a model arranges them where one plays that role, which takes seconds */
  explain: base
    .input(z.object({ id, lang: Lang, arrange: z.boolean().default(false) }))
    .output(IncidentExplanation),
  setState: base
    .input(
      z.object({
        id,
        state: IncidentState,
        note: z.string().max(5000).nullable().optional(),
        remedyId: id.nullable().optional(),
      }),
    )
    .output(IncidentDetail),
  remedies: base.input(none).output(z.array(Remedy)),
  /** `incidentId`: written down for that incident, and its remedy from now on */
  saveRemedy: base
    .input(
      z.object({
        id: id.optional(),
        incidentId: id.optional(),
        title: z.string().trim().min(1).max(300),
        steps: z.string().max(20_000),
      }),
    )
    .output(Remedy),
  removeRemedy: base.input(z.object({ id })).output(ok),
  /** worked or did not: changes what is recommended */
  feedback: base
    .input(z.object({ incidentId: id, remedyId: id, worked: z.boolean() }))
    .output(IncidentDetail),
  /** writes the incident down as know-how */
  toKnowledge: base.input(z.object({ id, lang: Lang })).output(Incident),
};
