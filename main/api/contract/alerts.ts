import { z } from 'zod';
import { Bilingual, Cell, Instant } from './common.ts';
import { Verdict } from './timeline.ts';

export const AlertKind = z.enum([
  'delay',
  'productivity-drop',
  'skill-gap',
  'overtime',
  'attendance',
  'alerting-broken',
  'sync-failing',
]);
/** What was worked out for a delay: the moves of `proposalId`, or why no move helps. */
export const AlertAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('solving'), since: Instant }),
  z.object({
    kind: z.literal('moves'),
    /** instant of the data it was worked out on */
    asOf: Instant,
    people: z.number().int(),
    /** P(the alert's deadline is met) without and with the moves; null where the plan does not touch it */
    before: z.number().nullable(),
    after: z.number().nullable(),
  }),
  z.object({
    kind: z.literal('no-move'),
    asOf: Instant,
    why: z.enum(['system', 'standstill', 'no-move-helps', 'not-needed']),
  }),
]);
export type AlertAnswer = z.infer<typeof AlertAnswer>;
export const AlertState = z.enum(['open', 'acknowledged', 'snoozed', 'resolved', 'expired']);
export const Alert = z.object({
  id: z.string(),
  kind: AlertKind,
  severity: z.enum(['watch', 'danger']),
  state: AlertState,
  openedAt: Instant,
  updatedAt: Instant,
  closedAt: Instant.nullable(),
  snoozedUntil: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** the newest proposal made for it, by itself or by somebody */
  proposalId: z.string().nullable(),
  /** null for other kinds than delay, and for alerts of before answers were kept */
  answer: AlertAnswer.nullable(),
  /** what it says in words, also in its notification; null for alerts about alerting itself */
  said: z.object({ title: Bilingual, text: Bilingual, points: z.array(Bilingual) }).nullable(),
  cell: Cell.nullable(),
  /** why it fired, in numbers; null for alerts without a cell */
  evidence: z
    .object({
      pMiss: z.number(),
      backlog: z.number(),
      /** items due by the deadline, earlier ones included: what is at risk; null for alerts of before it was kept */
      due: z.number().nullable(),
      throughput: z.number().nullable(),
      required: z.number().nullable(),
      people: z.number().int(),
      deadline: Instant.nullable(),
      /** of what is due: how much will be missing, and when it is done (the situation's `dueFinishAt`) */
      shortItems: z.number(),
      finishAt: Instant.nullable(),
      /** P(miss) of the last snapshots, oldest first */
      history: z.array(z.object({ at: Instant, pMiss: z.number() })),
    })
    .nullable(),
  /** people, system, both or unknown, as judged when the alert was last looked at; null without logs and for other kinds */
  verdict: Verdict.nullable(),
  /** for alerting-broken and sync-failing */
  error: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type Alert = z.infer<typeof Alert>;
export const AlertSettings = z.object({
  watchAt: z.number().min(0.05).max(0.99),
  dangerAt: z.number().min(0.05).max(0.99),
  snapshots: z.number().int().min(1).max(10),
  everyMinutes: z.number().min(1).max(60),
  notify: z.enum(['none', 'danger', 'all']),
  quietFrom: z.number().int().nullable(),
  quietTo: z.number().int().nullable(),
});
export type AlertSettings = z.infer<typeof AlertSettings>;
export const Notification = z.object({
  id: z.string(),
  at: Instant,
  kind: z.enum(['alert', 'sync', 'write-back', 'task', 'engine', 'outcome', 'incident', 'report', 'model']),
  severity: z.enum(['info', 'watch', 'danger']),
  subject: z.string().nullable(),
  title: z.object({ ja: z.string(), en: z.string() }),
  text: z.object({ ja: z.string(), en: z.string() }),
  readAt: Instant.nullable(),
});
export type Notification = z.infer<typeof Notification>;
export type AlertKind = z.infer<typeof AlertKind>;
export type AlertState = z.infer<typeof AlertState>;
