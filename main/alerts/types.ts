import type { Alert, Notification } from '../api/contract/alerts.ts';

/** A notification to be kept and shown; `subject` is the alert's id. */
export type NewNotification = Omit<Notification, 'id' | 'at' | 'readAt'>;

/** Why a person is told: nothing else is a reason. */
export type Notice = 'opened' | 'escalated' | 'snooze-over';

/** An alert with what only the loop needs to know. */
export type AlertRecord = Alert & {
  /** one problem has one live alert: cell and deadline, or the kind where there is no cell */
  readonly problem: string;
  /** different snapshots in a row that were clearly below the watch level */
  readonly calm: number;
  /** newest snapshot it was judged on, epoch ms */
  readonly seenAt: number | null;
  /** what is still to be told */
  readonly notice: Notice | null;
};
/** Recent P(miss) of one deadline, newest first. */
export type RiskPoint = { readonly at: number; readonly pMiss: number };
