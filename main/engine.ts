// The composition root: builds every domain and wires them. Reads as a table of contents.
import path from 'node:path';
import { createAlerts } from './alerts/index.ts';
import { createAnalytics } from './analytics/index.ts';
import { createAnomalies } from './anomalies/index.ts';
import type { Notification } from './api/contract/alerts.ts';
import type { Freshness } from './api/contract/common.ts';
import { formatCell } from './api/contract/format.ts';
import { type EngineEvent, Settings, type TOPICS } from './api/contract/system.ts';
import type { Services } from './api/index.ts';
import { createApprovals } from './approvals/index.ts';
import { createChat, createWordSentences, passesGate } from './chat/index.ts';
import { createChatTools, createMasterData } from './chat/tools/index.ts';
import { createClusters } from './clusters/index.ts';
import { createForecasts, isDayOff } from './forecast/index.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { readConfig } from './kernel/config.ts';
import { AppError, Cancelled } from './kernel/errors.ts';
import { Emitter } from './kernel/events.ts';
import { openLog } from './kernel/log.ts';
import { makePrivateFolder } from './kernel/private-folder.ts';
import { Tasks } from './kernel/task.ts';
import { createKnowledge } from './knowledge/index.ts';
import { createModels, type SpawnModels } from './llm/index.ts';
import { createLogs } from './logs/index.ts';
import { createMeasures, createViews } from './measures/index.ts';
import { createNotifications } from './notifications/index.ts';
import {
  createOutcomes,
  createPlacement,
  createSolver,
  createWhatIfs,
  currentRules,
  teamsAt,
} from './placement/index.ts';
import { createNames, createQuestions, intentOf } from './questions/index.ts';
import { createReports } from './reports/index.ts';
import { createSecrets, type KeyStore } from './secrets/index.ts';
import { createSettings } from './settings/index.ts';
import { createDemo } from './simulator/index.ts';
import { openStore, ownFolder, type Store, sql } from './store/index.ts';
import { createSync, type Sync } from './sync/index.ts';
import { createTimeline } from './timeline/index.ts';
import { builtInEmbedder, createEmbedderSwitch, createVectorCache, followRole } from './vectors/index.ts';

export const VERSION = '0.1.0';
const MINUTE = 60_000;
/** A count is of everything, not of a list's first page. */
const EVERY = 100_000;
const TICK_MS = 1_000;
const FRESH_MS = 5 * MINUTE;
const LOOK_AFTER_MS = 2_000;
const FORGET_AFTER_MS = 10_000;
const NEWS_MS = 60 * MINUTE;
/** Groups and map of the templates follow new ones this often at most. */
const GROUP_EVERY_MS = 10 * MINUTE;
/** with fewer there is nothing to group */
const LEAST_INCIDENTS = 3;
const GROUP_TICK_MS = 20_000;
/** Name under which the key of the models server is kept. */
const SERVER_KEY = 'models-server';

export type EngineOptions = {
  readonly dataDir: string;
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

export async function startEngine(o: EngineOptions): Promise<Engine> {
  const wall = o.wall ?? systemClock;
  const config = readConfig(o.dataDir);
  makePrivateFolder(o.dataDir);
  const logDir = path.join(o.dataDir, 'logs');
  const log = openLog(logDir, wall, config.log);
  // before the store: what another version does to it must not happen below a running one
  const owned = o.schedule ? await ownFolder(o.dataDir) : null;
  const store = await openStore(o.dataDir, { now: wall.now() }).catch((thrown: unknown) => {
    owned?.release();
    throw thrown;
  });
  const events = new Emitter<EngineEvent>();
  const changed =
    (...topics: (typeof TOPICS)[number][]): (() => void) =>
    () =>
      events.emit({ kind: 'changed', topics });

  // time: the demo brings its own clock
  const demoChanged = new Emitter<void>();
  const demo = createDemo({
    store,
    log,
    wall: wall.now,
    changed: demoChanged,
    // what was concluded from the copy goes with it
    clearing: () => [...logs.forget('company'), ...anomalies.forget(), ...reports.forget()],
  });
  const clock: Clock = {
    now: () => (demo.status().running ? demo.clock.now() : wall.now()),
    every: (ms, work) => wall.every(ms, work),
  };
  const settings = createSettings({
    store,
    clock: wall,
    defaults: adminSettings(config.settings, path.join(o.dataDir, 'config.json')),
  });
  const zone = (): string => settings.get().timeZone;
  const tasks = new Tasks(wall, log);
  const notifications = createNotifications({ store, clock });

  const secrets = createSecrets({ dataDir: o.dataDir, keyStore: o.keyStore ?? null, env: process.env });
  const sync = createSync({
    store,
    clock: wall,
    tasks,
    log,
    dataDir: o.dataDir,
    secrets,
    settings: settings.get,
  });
  const freshness = (): Freshness =>
    freshnessOf(store, clock.now(), settings.get().staleMinutes, demo.status().running, sync);

  /**
   * Plans are for the instant of the newest data, so that backlog, people and time left belong together and every screen shows
   * the same numbers. Between rare snapshots they are for now: nobody can start to move in the past.
   */
  const planningAt = (): number => {
    const { stale, dataAt } = freshness();
    const now = clock.now();
    return dataAt !== null && (stale || now - dataAt <= FRESH_MS) ? dataAt : now;
  };

  const vectorCache = createVectorCache(store);
  const knowledge = createKnowledge({ store, clock, tasks, log, cache: vectorCache });
  const logs = createLogs({ store, dataDir: o.dataDir, clock, zone, tasks, log, tables: sync.logTables });
  const clusters = createClusters({
    store,
    logs,
    dataDir: o.dataDir,
    clock,
    tasks,
    log,
    cache: vectorCache,
    findable: () => anomalies.texts(),
    incidents: () => anomalies.grouped(),
  });
  const anomalies = createAnomalies({
    store,
    logs,
    clusters,
    clock,
    zone,
    isDayOff,
    log,
    companyAt: () => freshness().syncedAt,
    know: async (document) => (await knowledge.add({ ...document, source: 'typed' })).id,
    precedes: (incidentId) => {
      const delays = alerts
        .after(incidentId)
        .flatMap(({ cell, evidence }) =>
          cell ? [{ cell: formatCell(cell), deadline: evidence?.deadline ?? null }] : [],
        );
      // a delay that came back is one
      return [...new Map(delays.map((delay) => [`${delay.cell} ${delay.deadline}`, delay])).values()];
    },
    word: (...sentences) => wordSentences(...sentences),
  });

  const analytics = createAnalytics({ store, clock, zone, freshness, alerts: () => settings.get().alerts });
  const timeline = createTimeline({ store, logs, anomalies, analytics, zone, freshness, planningAt });
  const notify = async (n: Parameters<typeof notifications.add>[0]): Promise<void> =>
    void (await notifications.add(n));
  const alerts = createAlerts({
    store,
    clock,
    analytics: {
      prepare: analytics.prepare,
      situation: analytics.situation,
      // half a company is no ground for an alert: the first sync has to be whole
      risks: (q) =>
        !demo.status().running && sync.configured() && sync.lastOkAt() === null ? null : analytics.risks(q),
    },
    settings: () => settings.get().alerts,
    verdict: timeline.verdict,
    work: timeline.work,
    instance: (horizon) => (horizon === 'today' ? placement.instance() : placement.nextDay()),
    plans: {
      propose: async (input, signal) => {
        for await (const event of placement.propose(input, signal))
          if (event.kind === 'proposal') return event.proposal;
        throw new Cancelled('no proposal came');
      },
      find: (id) => placement.find(id),
      withdraw: (id) => placement.withdraw(id),
      forget: (before) => placement.forget(before),
    },
    notify,
    log,
  });
  const solver = createSolver({ log });
  const forecasts = createForecasts({ store, clock, zone });
  const placement = createPlacement({
    store,
    solver,
    clock,
    zone,
    freshness,
    planningAt,
    expectedArrivals: forecasts.expected,
    log,
    names: () => master(),
    // an alert shows the plan that was made for it
    proposed: (proposal) =>
      proposal.alertId && proposal.moves.length && alerts.attachProposal(proposal.alertId, proposal),
  });
  /** what writes logs */
  const loggedBy = (): string[] =>
    logs.counts({ filter: {}, by: 'service', buckets: 1 }).series.map(({ key }) => key);
  const measures = createMeasures({
    clock,
    zone,
    means: {
      read: store.read,
      situation: analytics.situation,
      risks: () => analytics.risks(),
      teams: (at) => teamsAt(store.read, at, { zone: zone(), rules: currentRules(store.read).rules }),
      alerts: () => alerts.list({ limit: EVERY }).alerts,
      incidents: (span) => anomalies.incidents({ ...span, limit: EVERY }),
      outcomes: () => outcomes.list({ limit: EVERY }).outcomes,
      logs: {
        minutes: logs.minutes,
        scan: logs.scan,
        newest: async (service) =>
          (await logs.lines({ filter: { services: [service], noise: true }, limit: 1 })).lines[0]?.at ?? null,
        services: loggedBy,
        templateText: logs.templates.textOf,
        noise: () =>
          new Set(logs.templates.list({ mark: 'noise', limit: EVERY }).templates.map(({ id }) => id)),
      },
    },
  });
  const questions = createQuestions({
    measures: measures.list(),
    names: createNames(store.read, loggedBy),
    clock,
    zone,
  });
  const views = createViews({ store, clock, log });
  const whatIfs = createWhatIfs({ store, clock, freshness, instance: placement.instance });
  const outcomes = createOutcomes({ store, clock, zone, notify, log });
  const approvals = createApprovals({
    store,
    clock,
    zone,
    undoMinutes: () => settings.get().undoMinutes,
    writer: () => (sync.configured() && sync.view().connection?.writeBack ? sync.writeApproval : null),
    impacts: sync.approvalImpacts,
    isStale: (id) => placement.get(id).stale,
    log,
  });
  const master = createMasterData(store.read);
  /** asked when a question is: who plays a role may have changed */
  const roles = { intent: () => models.intent(), wording: () => models.wording() };
  const wording = { models: roles, master, clock: wall, log };
  const wordSentences = createWordSentences(wording);
  const chat = createChat({
    store,
    clock,
    zone,
    read: questions.read,
    intentOf,
    measures,
    master,
    models: roles,
    analytics,
    knowledge: {
      search: async (text, limit) => (await knowledge.search(text, limit)).hits,
      used: knowledge.used,
    },
    tools: createChatTools({
      now: () => clock.now(),
      zone,
      placement,
      whatIfs,
      alerts,
      logs,
      clusters,
      anomalies,
      timeline,
      approvals,
      outcomes,
    }),
    log,
  });

  const reports = createReports({
    store,
    logs,
    anomalies,
    clock,
    zone,
    tasks,
    log,
    views: { of: views.nightly, answer: measures.query },
    isHere: (until) => !sync.configured() || demo.status().running || (freshness().syncedAt ?? 0) >= until,
    word: {
      modelId: () => roles.wording()?.modelId ?? null,
      sentences: createWordSentences({ ...wording, background: true }),
    },
    notify: ({ id, headline }) =>
      notify({
        kind: 'report',
        severity: 'info',
        subject: id,
        title: { ja: '夜間レポートができました', en: 'The nightly report is ready' },
        text: headline,
      }),
  });

  const models = createModels({
    store,
    clock: wall,
    tasks,
    log,
    dataDir: o.dataDir,
    spawn: o.spawnModels ?? null,
    allowPublicServer: config.models.allowPublicServer,
    gate: passesGate,
    serverKey: {
      get: () => secrets.get(SERVER_KEY),
      set: (key) =>
        key === null
          ? secrets.delete(SERVER_KEY)
          : secrets.set(SERVER_KEY, key, secrets.keyStore ? 'key-store' : 'memory'),
    },
  });

  const embedding = createEmbedderSwitch({
    first: builtInEmbedder,
    wanted: followRole(() => models.embedding()),
    rooms: [knowledge, clusters],
    cache: vectorCache,
    tasks,
    log,
  });

  const services: Services = {
    version: VERSION,
    dataDir: o.dataDir,
    logDir,
    startedAt: wall.now(),
    clock,
    log,
    tasks,
    settings,
    notifications,
    sync,
    demo,
    analytics,
    forecasts,
    alerts,
    placement,
    whatIfs,
    measures,
    views,
    questions,
    outcomes,
    approvals,
    chat,
    knowledge,
    embedding,
    logs,
    clusters,
    anomalies,
    timeline,
    reports,
    models,
    events,
    freshness,
  };

  // pages and the shell hear of every change
  const notified = new Emitter<Notification>();
  const openAlerts = new Emitter<number>();
  tasks.changed.on((task) => events.emit({ kind: 'task', task }));
  sync.changed.on(changed('sync', 'situation'));
  demoChanged.on(changed('demo', 'situation'));
  alerts.changed.on(changed('alerts'));
  placement.changed.on(changed('proposals'));
  outcomes.changed.on(changed('proposals'));
  whatIfs.changed.on(changed('scenarios'));
  views.changed.on(changed('views'));
  alerts.changed.on(() => openAlerts.emit(alerts.list({ states: ['open'] }).open));
  approvals.changed.on(changed('proposals', 'situation', 'sync', 'alerts'));
  approvals.changed.on(() => openAlerts.emit(alerts.list({ states: ['open'] }).open));
  notifications.changed.on(changed('notifications'));
  notifications.added.on((n) => notified.emit(n));
  logs.changed.on(({ kind }) => {
    events.emit({
      kind: 'changed',
      topics: [
        kind === 'templates' ? 'templates' : 'logs',
        ...(kind === 'sources' ? (['templates'] as const) : []),
      ],
    });
  });
  anomalies.raised.on((incident) => {
    // what a first look finds in old lines is for the list, not for the tray
    if (clock.now() - incident.from > NEWS_MS) return;
    void notify({
      kind: 'incident',
      severity: incident.severity === 'high' ? 'danger' : incident.severity === 'medium' ? 'watch' : 'info',
      subject: incident.id,
      title: { ja: '障害の疑い', en: 'Possible incident' },
      text: incident.title,
    }).catch((error: unknown) => log.error('notification of an incident', error));
  });
  clusters.changed.on(changed('clusters'));
  anomalies.changed.on(changed('anomalies', 'incidents', 'alerts'));
  reports.changed.on(changed('reports'));
  settings.changed.on(changed('settings', 'situation', 'alerts'));
  knowledge.changed.on(changed('knowledge'));
  embedding.changed.on(changed('knowledge', 'clusters'));
  models.changed.on(changed('models'));
  models.changed.on(() => {
    embedding.follow();
    forgetVectors();
  });
  models.assigned.on((role) => (role === 'embedding' ? embedding.follow() : chat.rolesChanged()));
  models.quarantined.on(({ id, name }) => {
    void notify({
      kind: 'model',
      severity: 'watch',
      subject: id,
      title: { ja: 'モデルを隔離しました', en: 'A model was quarantined' },
      text: {
        ja: `${name} の実行中に処理が 2 回異常終了したため、使用を止めました。内蔵の方式で続けています。`,
        en: `${name} took its process down twice and is no longer used. The built-in way answers instead.`,
      },
    }).catch((error: unknown) => log.error('notification of a quarantine', error));
  });

  /** Vectors of models that were removed are of no use to anybody; those of a model that may come back to its role are. */
  let forgettingSoon: NodeJS.Timeout | null = null;
  const forgetVectors = (): void => {
    const forget = async (): Promise<void> => {
      const { serving, wanted } = embedding.status();
      const kept = (await models.overview()).models.map((model) => model.id);
      // a server's model is nobody's to remove here
      const isOf = (id: string): boolean =>
        id.startsWith('server:') || kept.some((model) => id.startsWith(`${model}:`));
      const gone = await vectorCache.prune(
        (id) => [builtInEmbedder.id, serving.id, wanted.id].includes(id) || isOf(id),
      );
      if (gone > 0) log.info('vectors of removed models forgotten', { vectors: gone });
    };
    // models change often while one is loaded or imported
    forgettingSoon ??= setTimeout(() => {
      forgettingSoon = null;
      forget().catch((error: unknown) => log.warn('vectors of removed models', error));
    }, FORGET_AFTER_MS);
    forgettingSoon.unref();
  };

  /** New numbers are looked at when they come, not only when the clock says so. */
  let lookedAt: number | null = null;
  const look = (): void => {
    const { dataAt } = freshness();
    if (dataAt === null || dataAt === lookedAt) return;
    lookedAt = dataAt;
    void alerts.check().catch((error: unknown) => log.error('check after new data', error));
  };

  /**
   * New lines are looked at soon, not line by line; a log that fell silent is seen by the clock. While weeks of old lines are read, a
   * look takes long: the next one waits as long, so that other work has its share.
   */
  let lookingSoon: NodeJS.Timeout | null = null;
  let isLookDue = false;
  let looked: Promise<number> = Promise.resolve(0);
  const lookAtLogs = (): void => {
    if (isLookDue) return;
    isLookDue = true;
    void looked.then((tookMs) => {
      lookingSoon = setTimeout(
        () => {
          isLookDue = false;
          const began = performance.now();
          looked = anomalies
            .look()
            .catch((error: unknown) => error instanceof Cancelled || log.error('look at the logs', error))
            .then(() => performance.now() - began);
        },
        Math.max(LOOK_AFTER_MS, tookMs),
      );
      lookingSoon.unref();
    });
  };

  /** Groups and map are there when somebody opens them. */
  let hasNewItems = true;
  embedding.switched.on(() => {
    hasNewItems = true;
    groupedAt = Number.NEGATIVE_INFINITY;
  });
  let groupedAt = Number.NEGATIVE_INFINITY;
  const group = (): void => {
    if (!hasNewItems || wall.now() - groupedAt < GROUP_EVERY_MS) return;
    if (tasks.isRunning('clusters') || logs.templates.list({ limit: 1 }).total === 0) return;
    hasNewItems = false;
    groupedAt = wall.now();
    void clusters
      .run({})
      .then(() => clusters.draw())
      .then(async () => {
        if (anomalies.incidents({ limit: LEAST_INCIDENTS }).length < LEAST_INCIDENTS) return;
        await clusters.run({}, 'incident');
        await clusters.draw('incident');
      })
      .catch(
        (error: unknown) =>
          error instanceof Cancelled || log.error('groups of templates and incidents', error),
      );
  };

  const stops: (() => void)[] = [];
  if (o.demoWhenEmpty && !sync.configured() && !demo.status().running && isEmpty(store)) await demo.start();
  if (o.schedule) {
    let ticking = false;
    stops.push(
      tasks.changed.on((task) => {
        if (task.kind === 'sync' && task.state === 'done') look();
      }),
      demoChanged.on(look),
      wall.every(TICK_MS, () => {
        events.emit({ kind: 'tick', at: clock.now() });
        if (ticking || !demo.status().running) return;
        ticking = true;
        void demo
          .tick()
          .catch((error: unknown) => log.error('demo', error))
          .finally(() => {
            ticking = false;
          });
      }),
      sync.start(),
      alerts.start(),
      approvals.start(),
      outcomes.start(),
      logs.start(),
      logs.changed.on(({ kind }) => {
        if (kind === 'lines') lookAtLogs();
        if (kind === 'templates') hasNewItems = true;
      }),
      anomalies.raised.on(() => {
        hasNewItems = true;
      }),
      wall.every(GROUP_TICK_MS, group),
      clock.every(MINUTE, lookAtLogs),
      () => lookingSoon && clearTimeout(lookingSoon),
      reports.start(),
      knowledge.start(),
    );
    // the model that played the role when the app was closed
    embedding.follow();
  }
  log.info('engine started', { version: VERSION, node: process.versions.node, dataDir: o.dataDir });
  return {
    services,
    notified,
    openAlerts,
    wake() {
      const caughtUp =
        sync.configured() && !tasks.isRunning('sync') ? sync.run().catch(() => null) : Promise.resolve();
      void caughtUp.then(() => alerts.check()).catch((error: unknown) => log.error('after sleep', error));
    },
    async close() {
      if (forgettingSoon) clearTimeout(forgettingSoon);
      embedding.close();
      for (const stop of stops) stop();
      // first: a look over weeks of lines holds up what is to be waited for
      await anomalies.close();
      await tasks.close();
      await sync.close();
      await alerts.close();
      await solver.close();
      await demo.close();
      await approvals.drain();
      await chat.close();
      await models.close();
      await knowledge.close();
      await clusters.close();
      await logs.close();
      await store.close();
      owned?.release();
      log.info('engine stopped');
    },
  };
}

function freshnessOf(
  store: Store,
  now: number,
  staleMinutes: number,
  demo: boolean,
  sync: Pick<Sync, 'configured' | 'online' | 'lastOkAt' | 'failing'>,
): Freshness {
  const dataAt =
    store.read.get<{ at: number | null }>(
      sql`SELECT max(snapshot_time) AS at FROM progress_snapshots WHERE snapshot_time <= ${now}`,
    )?.at ?? null;
  const isOld = (at: number): boolean => now - at > staleMinutes * MINUTE;
  return {
    source: demo ? 'demo' : sync.configured() ? 'mysql' : 'none',
    dataAt,
    syncedAt: demo ? dataAt : sync.lastOkAt(),
    online: demo || sync.online(),
    stale: dataAt !== null && isOld(dataAt),
    failing:
      !demo && sync.configured()
        ? sync.failing().map((t) => ({ ...t, stale: t.readAt === null || isOld(t.readAt) }))
        : [],
  };
}

const isEmpty = (store: Store): boolean => !store.read.get(sql`SELECT 1 FROM progress_snapshots LIMIT 1`);

function adminSettings(given: Readonly<Record<string, unknown>>, file: string): Partial<Settings> {
  const parsed = Settings.partial().strict().safeParse(given);
  if (parsed.success)
    return Object.fromEntries(Object.entries(parsed.data).filter(([, v]) => v !== undefined));
  const detail = parsed.error.issues.map((i) => `settings.${i.path.join('.')}: ${i.message}`).join('; ');
  throw new AppError('config.invalid', { file, detail });
}
