import type { Clock } from '../kernel/clock.ts';
import { Emitter } from '../kernel/events.ts';
import type { TOPICS } from './contract/system.ts';
import type { Services } from './services.ts';

const TICK_MS = 1_000;
type Topic = (typeof TOPICS)[number];
/** What pages read anew when a room changes. */
const HEARD = {
  sync: ['sync', 'situation'],
  sharing: ['sync'],
  demo: ['demo', 'situation'],
  alerts: ['alerts'],
  placement: ['proposals'],
  outcomes: ['proposals'],
  whatIfs: ['scenarios'],
  views: ['views'],
  approvals: ['proposals', 'situation', 'sync', 'alerts'],
  notifications: ['notifications'],
  clusters: ['clusters'],
  anomalies: ['anomalies', 'incidents', 'alerts'],
  reports: ['reports'],
  settings: ['settings', 'situation', 'alerts', 'backup'],
  knowledge: ['knowledge'],
  embedding: ['knowledge', 'clusters'],
  models: ['models'],
  backups: ['backup'],
} as const satisfies Partial<Record<keyof Services, readonly Topic[]>>;
const OF_LOGS = {
  lines: ['logs'],
  sources: ['logs', 'templates'],
  templates: ['templates'],
} as const satisfies Record<string, readonly Topic[]>;

/** Tells pages and the shell of every change; gives the number of open alerts whenever it may have changed. */
export function announceChanges(services: Services): Emitter<number> {
  const { events, alerts, approvals, logs, tasks } = services;
  const changed = (topics: readonly Topic[]): void => events.emit({ kind: 'changed', topics: [...topics] });
  for (const [room, topics] of Object.entries(HEARD))
    (services[room as keyof typeof HEARD].changed as Emitter<unknown>).on(() => changed(topics));
  logs.changed.on(({ kind }) => changed(OF_LOGS[kind]));
  tasks.changed.on((task) => events.emit({ kind: 'task', task }));
  const openAlerts = new Emitter<number>();
  for (const room of [alerts, approvals])
    room.changed.on(() => openAlerts.emit(alerts.list({ states: ['open'] }).open));
  return openAlerts;
}

/** Tells pages that time passes, until the returned function is called. */
export const announceTime = ({ events, clock }: Services, wall: Clock): (() => void) =>
  wall.every(TICK_MS, () => events.emit({ kind: 'tick', at: clock.now() }));
