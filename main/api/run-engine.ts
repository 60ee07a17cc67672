import type { Clock } from '../kernel/clock.ts';
import { Emitter } from '../kernel/events.ts';
import type { Store } from '../store/index.ts';
import { cameUp } from '../updates/index.ts';
import { announceChanges, announceTime } from './announce.ts';
import type { EngineEvent } from './contract/system.ts';
import type { Engine, EngineOptions, Services } from './services.ts';

/** Starts what the rooms do by the clock, and tells doors of every change; all of it ends when the engine is closed. */
export async function runEngine(
  rooms: Omit<Services, 'events'>,
  o: EngineOptions & {
    readonly wall: Clock;
    readonly store: Store;
    readonly solver: { close(): Promise<void> | void };
  },
): Promise<Engine> {
  const services: Services = { ...rooms, events: new Emitter<EngineEvent>() };
  const { sync, sharing, demo, alerts, approvals, outcomes, logs, anomalies, clusters, reports, knowledge } =
    services;
  const { embedding, backups, health, tasks, chat, models, log, version, dataDir } = services;
  const openAlerts = announceChanges(services);
  const stops: (() => void)[] = [];
  if (o.demoWhenEmpty && !sync.configured()) await demo.startIfEmpty();
  if (o.schedule) {
    stops.push(announceTime(services, o.wall), demo.play(o.wall));
    const watched = [sync, alerts, approvals, outcomes, logs, anomalies, clusters, reports, knowledge];
    for (const room of [...watched, sharing, backups, health]) stops.push(room.start());
    // the model that played the role when the app was closed
    embedding.follow();
    cameUp(dataDir, version, o.wall.now());
  }
  log.info('engine started', { version, node: process.versions.node, dataDir });
  return {
    services,
    notified: services.notifications.added,
    openAlerts,
    wake() {
      const caughtUp = sync.catchUp().then(() => alerts.check());
      caughtUp.catch((error: unknown) => log.error('after sleep', error));
    },
    async close() {
      embedding.close();
      for (const stop of stops) stop();
      await sharing.close();
      // anomalies first: a look over weeks of lines holds up what is to be waited for
      const used = [anomalies, tasks, sync, alerts, o.solver, demo, approvals, chat, models, knowledge];
      for (const room of [...used, clusters, logs, o.store]) await room.close();
      log.info('engine stopped');
    },
  };
}
