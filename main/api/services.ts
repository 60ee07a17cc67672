import type { Notification } from '../alerts/contract/alerts.ts';
import type { Alerts } from '../alerts/index.ts';
import type { Analytics } from '../analytics/index.ts';
import type { Anomalies } from '../anomalies/index.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Backups } from '../backup/index.ts';
import type { Chat } from '../chat/index.ts';
import type { Clusters } from '../clusters/index.ts';
import type { Forecasts } from '../forecast/index.ts';
import type { HealthRoom } from '../health/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Emitter } from '../kernel/events.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { Models, SpawnModels } from '../llm/index.ts';
import type { Logs } from '../logs/index.ts';
import type { Measures, Views } from '../measures/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { Outcomes, Placement, WhatIfs } from '../placement/index.ts';
import type { Questions } from '../questions/index.ts';
import type { Reports } from '../reports/index.ts';
import type { KeyStore } from '../secrets/index.ts';
import type { Access, SettingsStore } from '../settings/index.ts';
import type { Sharing } from '../sharing/types.ts';
import type { Demo } from '../simulator/index.ts';
import type { Base } from '../store/index.ts';
import type { Sync } from '../sync/index.ts';
import type { OneClock } from '../timeline/index.ts';
import type { Updates } from '../updates/index.ts';
import type { EmbedderSwitch } from '../vectors/index.ts';
import type { Freshness } from './contract/common.ts';
import type { EngineEvent } from './contract/system.ts';

export type HostKind = 'electron' | 'browser' | 'cli';

/** All that the handlers may touch, built by engine.ts. */
export type Services = Pick<Base, 'dataDir' | 'clock' | 'log' | 'tasks'> & {
  readonly version: string;
  readonly logDir: string;
  readonly startedAt: number;
  readonly settings: SettingsStore;
  readonly access: Access;
  readonly notifications: Notifications;
  readonly sync: Sync;
  readonly sharing: Sharing;
  readonly demo: Demo;
  readonly analytics: Analytics;
  readonly forecasts: Forecasts;
  readonly alerts: Alerts;
  readonly placement: Placement;
  readonly whatIfs: WhatIfs;
  readonly measures: Measures;
  readonly views: Views;
  readonly questions: Questions;
  readonly outcomes: Outcomes;
  readonly approvals: Approvals;
  readonly chat: Chat;
  readonly knowledge: Knowledge;
  /** who turns texts into vectors, and the way from one to another */
  readonly embedding: EmbedderSwitch;
  readonly logs: Logs;
  readonly clusters: Clusters;
  readonly anomalies: Anomalies;
  readonly timeline: OneClock;
  readonly reports: Reports;
  readonly models: Models;
  readonly backups: Backups;
  readonly health: HealthRoom;
  readonly updates: Updates;
  readonly events: Emitter<EngineEvent>;
  readonly freshness: () => Freshness;
};
/** One door's context: the services, and which door it is. */
export type Context = { readonly services: Services; readonly host: HostKind };

export type EngineOptions = {
  readonly dataDir: string;
  /** an administrator's policy, where the system has none of its own */
  readonly policyFile?: string | undefined;
  /** the OS key store, where the door has one */
  readonly keyStore?: KeyStore | null;
  /** wall clock; tests pass their own */
  readonly wall?: Clock;
  /**
   * runs sync, alerts, outbox and demo by the clock, which one process at a time does in a data folder; the CLI does each on
   * demand instead
   */
  readonly schedule: boolean;
  /** starts the demo when nothing is configured and there is no data (the first start) */
  readonly demoWhenEmpty?: boolean;
  /** how the models process is started; a forked Node process unless the shell has its own way */
  readonly spawnModels?: SpawnModels;
};
export type Engine = {
  readonly services: Services;
  /** for OS notifications and the tray */
  readonly notified: Emitter<Notification>;
  readonly openAlerts: Emitter<number>;
  /** After the computer slept: what the clock would have done meanwhile is done now. */
  wake(): void;
  close(): Promise<void>;
};
