import type { Analytics } from '../analytics/index.ts';
import type { RiskReport, WorkDay } from '../analytics/types.ts';
import type { Instance } from '../placement/types.ts';
import type { Base } from '../store/index.ts';
import type { Verdict } from '../timeline/contract/timeline.ts';
import type { Alert, AlertSettings, Notify } from './contract/alerts.ts';
import type { Plans } from './solve-alerts.ts';

/** What alerts are made with. */
export type AlertsBase = Pick<Base, 'store' | 'clock' | 'zone' | 'log'> & {
  readonly analytics: Pick<Analytics, 'prepare' | 'risks' | 'situation'>;
  readonly settings: () => AlertSettings;
  /** why a cell is late, as things stand at an instant; null where it cannot be said. An alert goes without when it throws. */
  readonly verdict: (cellId: string, at: number) => Verdict | null;
  /** who works and how fast, as of an instant */
  readonly work: (at: number) => Work | null;
  /** the people of today or of the next working day, with what is due */
  readonly instance: (horizon: 'today' | 'next-day') => Instance | null | Promise<Instance | null>;
  /** makes the proposals that delay alerts come with; null: they come without */
  readonly plans: Plans | null;
  readonly notify: Notify;
};

/** Why a person is told: nothing else is a reason. */
export type Notice = 'opened' | 'escalated' | 'added' | 'snooze-over';

/** An alert with what only the loop needs to know. */
export type AlertRecord = Omit<Alert, 'said' | 'muted' | 'plan'> & {
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
  /** when it expires, epoch ms; null: it closes when it is no longer found */
  readonly until: number | null;
};
/** Recent P(miss) of one deadline, newest first. */
export type RiskPoint = { readonly at: number; readonly pMiss: number };

/** A cell's people are slower than usual since an instant, and still are; items of that time. */
export type SlowNow = {
  readonly cellId: string;
  readonly from: number;
  /** done ÷ usual for those present */
  readonly ratio: number;
  readonly items: number;
  readonly usual: number;
  /** what CUSUM has added up; see find-slow.ts */
  readonly strength: number;
};
/** A day of work up to an instant, with the cells that are slow in it. */
export type Work = { readonly day: WorkDay; readonly slow: readonly SlowNow[] };
/** Where somebody is down for work last today, by the roster or by an approved move; minutes of the local day. */
export type Shift = {
  readonly name: string;
  readonly location: string;
  readonly businessId: string;
  readonly process: string;
  /** null: not known */
  readonly shiftEnd: number | null;
  readonly until: number;
  /** down for work in all today */
  readonly minutes: number;
};
export type Rosters = {
  readonly today: Instance | null;
  readonly nextDay: Instance | null;
  readonly shifts: readonly Shift[];
  /** local date of today */
  readonly date: string;
};

/** What the kinds look at: one instant, as plain data. */
export type Look = {
  /** without a snapshot: no cells */
  readonly report: RiskReport;
  /** every alert in the states open, acknowledged and snoozed that is about a cell, of any kind */
  readonly live: readonly AlertRecord[];
  /** kept P(miss) of a deadline before an instant, newest first, broken off where a snapshot was not worth keeping */
  readonly earlier: (cellId: string, deadline: number, before: number) => readonly RiskPoint[];
  /** who works and how fast, cell by cell; null without snapshots */
  readonly work: Work | null;
  /** the people of today and of the next working day, once in a while: null when it is not their turn */
  readonly rosters: Rosters | null;
  /** whether an alert about this problem was closed within the last hour: it is not opened again at once */
  readonly wasClosed: (problem: string) => boolean;
  readonly settings: AlertSettings;
  readonly now: number;
  readonly newId: () => string;
};
export type Judgement = {
  /** live alerts of before that changed */
  readonly changed: readonly AlertRecord[];
  readonly opened: readonly AlertRecord[];
};
