import type { RiskReport } from '../analytics/types.ts';
import type { Alert, AlertSettings, Notification } from '../api/contract/alerts.ts';

/** A notification to be kept and shown; `subject` is the alert's id. */
export type NewNotification = Omit<Notification, 'id' | 'at' | 'readAt'>;

/** Why a person is told: nothing else is a reason. */
export type Notice = 'opened' | 'escalated' | 'snooze-over';

/** An alert with what only the loop needs to know. */
export type AlertRecord = Omit<Alert, 'said'> & {
  /** one problem has one live alert: cell and deadline, or the kind where there is no cell */
  readonly problem: string;
  /** different snapshots in a row that were clearly below the watch level */
  readonly calm: number;
  /** newest snapshot it was judged on, epoch ms */
  readonly seenAt: number | null;
  /** what is still to be told */
  readonly notice: Notice | null;
  /** evidence of a kind other than delay, as that kind's schema has it */
  readonly details: unknown;
};
/** Recent P(miss) of one deadline, newest first. */
export type RiskPoint = { readonly at: number; readonly pMiss: number };

/** What the kinds look at: one instant, as plain data. */
export type Look = {
  /** without a snapshot: no cells */
  readonly report: RiskReport;
  /** every alert in the states open, acknowledged and snoozed that is about a cell, of any kind */
  readonly live: readonly AlertRecord[];
  /** kept P(miss) of a deadline before an instant, newest first, broken off where a snapshot was not worth keeping */
  readonly earlier: (cellId: string, deadline: number, before: number) => readonly RiskPoint[];
  readonly settings: AlertSettings;
  readonly now: number;
  readonly newId: () => string;
};
export type Judgement = {
  /** live alerts of before that changed */
  readonly changed: readonly AlertRecord[];
  readonly opened: readonly AlertRecord[];
};
