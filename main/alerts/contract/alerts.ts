import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Bilingual, Cell, Instant, PlanUnderWay } from '../../api/contract/common.ts';
import { base, id, none } from '../../api/contract/procedure.ts';
import { HitRate } from '../../placement/contract/placement.ts';
import { Verdict } from '../../timeline/contract/timeline.ts';

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
  /** what was approved for a cell it names and is still being checked: handled, but not over */
  plan: PlanUnderWay.nullable(),
  /** null for other kinds than delay, and for alerts of before answers were kept */
  answer: AlertAnswer.nullable(),
  /** listed, but told to nobody just now */
  muted: z.boolean(),
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
  /**
   * every step and deadline of a delay that will probably be late with it, its own (`cell`, `evidence.deadline`) first, then down the
   * line; empty for other kinds
   */
  deadlines: z.array(
    z.object({ cell: Cell, deadline: Instant, pMiss: z.number(), due: z.number(), shortItems: z.number() }),
  ),
  /** people, system, both or unknown, as judged when the alert was last looked at; null without logs and for other kinds */
  verdict: Verdict.nullable(),
  /** for alerting-broken and sync-failing */
  error: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type Alert = z.infer<typeof Alert>;
/** Alerts that are listed but not told: every field it has must match. Minutes of the local day; `from` after `to` goes over midnight. */
export const AlertMute = z.object({
  location: z.string().optional(),
  businessId: z.string().optional(),
  process: z.string().optional(),
  kind: AlertKind.optional(),
  from: z.number().int().min(0).max(1440).optional(),
  to: z.number().int().min(0).max(1440).optional(),
});
export type AlertMute = z.infer<typeof AlertMute>;
/** What given levels would have raised in the past; instants null without snapshots. */
const Rung = z.object({
  fired: z.number().int(),
  /** of those: their deadline was missed; it is not known; it is still to come */
  late: z.number().int(),
  unknown: z.number().int(),
  pending: z.number().int(),
  /** deadlines that were missed without an alert */
  unseen: z.number().int(),
});
export const Backtest = Rung.extend({
  from: Instant.nullable(),
  to: Instant.nullable(),
  /** snapshots looked at */
  looks: z.number().int(),
  /** a level of watch that would have rung more rightly on the same days, and what it would have rung; null: none would */
  proposed: Rung.extend({ watchAt: z.number() }).nullable(),
});
export type Backtest = z.infer<typeof Backtest>;
export const BacktestEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number().int(), total: z.number().int() }),
  z.object({ kind: z.literal('result'), result: Backtest }),
]);
/** Whether alerts were right and of use: in all (kind and site null), by kind, by site. */
export const AlertQuality = z.object({
  since: Instant,
  rows: z.array(
    z.object({
      kind: AlertKind.nullable(),
      location: z.string().nullable(),
      fired: z.number().int(),
      /** their deadline was missed, of those of which it is known */
      late: HitRate,
      /** a proposal was approved or the alert acknowledged before the deadline */
      useful: HitRate,
      ignored: z.number().int(),
    }),
  ),
});
export type AlertQuality = z.infer<typeof AlertQuality>;
export const AlertSettings = z.object({
  watchAt: z.number().min(0.05).max(0.99),
  dangerAt: z.number().min(0.05).max(0.99),
  snapshots: z.number().int().min(1).max(10),
  everyMinutes: z.number().min(1).max(60),
  notify: z.enum(['none', 'danger', 'all']),
  quietFrom: z.number().int().nullable(),
  quietTo: z.number().int().nullable(),
  mutes: z.array(AlertMute).max(200).default([]),
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
/** A notification to be kept and shown; `subject` is the id of what it is about. */
export type NewNotification = Omit<Notification, 'id' | 'at' | 'readAt'>;
export type Notify = (n: NewNotification) => void | Promise<void>;
export type AlertKind = z.infer<typeof AlertKind>;
export type AlertState = z.infer<typeof AlertState>;

export const alerts = {
  list: base
    .input(
      z
        .object({
          states: z.array(Alert.shape.state).optional(),
          limit: z.number().int().min(1).max(500).default(100),
        })
        .partial(),
    )
    .output(z.object({ alerts: z.array(Alert), open: z.number().int(), lastCheckAt: Instant.nullable() })),
  get: base.input(z.object({ id })).output(Alert),
  acknowledge: base.input(z.object({ id })).output(Alert),
  snooze: base.input(z.object({ id, minutes: z.number().int().min(1).max(1440) })).output(Alert),
  reopen: base.input(z.object({ id })).output(Alert),
  check: base.input(none).output(z.object({ checked: z.number().int(), open: z.number().int() })),
  /** what given levels would have raised in the last days */
  backtest: base
    .input(
      AlertSettings.pick({ watchAt: true, dangerAt: true, snapshots: true })
        .partial()
        .extend({ days: z.number().int().min(1).max(28).default(7) }),
    )
    .output(eventIterator(BacktestEvent)),
  quality: base.input(z.object({ days: z.number().int().min(1).max(365).default(30) })).output(AlertQuality),
  settings: base.input(none).output(AlertSettings),
};
