// The composition root: builds every domain and hands each what it needs of the others. Reads as a table of contents.
import { userInfo } from 'node:os';
import path from 'node:path';
import { createAlerts } from './alerts/index.ts';
import { createAnalytics } from './analytics/index.ts';
import { createAnomalies } from './anomalies/index.ts';
import { type Engine, type EngineOptions, runEngine } from './api/index.ts';
import { createApprovals } from './approvals/index.ts';
import { createBackups } from './backup/index.ts';
import { createArrangeSentences, createChat } from './chat/index.ts';
import { createChatTools, createMasterData } from './chat/tools/index.ts';
import { createClusters } from './clusters/index.ts';
import { createForecasts } from './forecast/index.ts';
import { createHealth } from './health/index.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { readConfig } from './kernel/config.ts';
import { isDayOff } from './kernel/holidays.ts';
import { openLog } from './kernel/log.ts';
import { guardSockets } from './kernel/outbound.ts';
import { makePrivateFolder } from './kernel/private-folder.ts';
import { spareMemory } from './kernel/spare-memory.ts';
import { Tasks } from './kernel/task.ts';
import { Timings } from './kernel/timings.ts';
import { createKnowledge } from './knowledge/index.ts';
import { createModels } from './llm/index.ts';
import { createLogs } from './logs/index.ts';
import { createMeasures, createViews, meansOf } from './measures/index.ts';
import { createNotifications } from './notifications/index.ts';
import { createOutcomes, createPlacement, createSolver, createWhatIfs } from './placement/index.ts';
import { createNames, createQuestions, intentOf } from './questions/index.ts';
import { createReports } from './reports/index.ts';
import { createSecrets, secretNamed } from './secrets/index.ts';
import { openSettings, readPolicy } from './settings/index.ts';
import { createSharing } from './sharing/index.ts';
import { createDemo } from './simulator/index.ts';
import { createSync, watchData } from './sync/index.ts';
import { createTimeline } from './timeline/index.ts';
import { createUpdates, openStoreFor } from './updates/index.ts';
import { createVectorCache, followModels } from './vectors/index.ts';

export type { Engine, EngineOptions } from './api/index.ts';
export { goBack, type WayBack, wayBack } from './updates/index.ts';
export const VERSION = '0.1.0';

export async function startEngine(o: EngineOptions): Promise<Engine> {
  const { dataDir, wall = systemClock } = o;
  const config = readConfig(dataDir);
  const read = readPolicy(o.policyFile);
  const { policy } = read;
  makePrivateFolder(dataDir);
  const logDir = path.join(dataDir, 'logs');
  spareMemory();
  guardSockets();
  const log = openLog(logDir, wall, config.log);
  const timings = new Timings();
  const store = await openStoreFor(VERSION, { owned: o.schedule, dataDir, now: wall.now(), timings });
  const { settings, access } = openSettings({ store, dataDir, clock: wall, given: config.settings, read });
  const tasks = new Tasks(wall, log);

  // the company, or the demo, which brings its own time and takes along what was concluded from its rows
  const clearing = () => [...logs.forget('company'), ...anomalies.forget(), ...reports.forget()];
  const demo = createDemo({ store, log, wall: () => wall.now(), clearing });
  const clock: Clock = { now: demo.clock.now, every: (ms, work) => wall.every(ms, work) };
  const secrets = createSecrets({
    dataDir,
    keyStore: o.keyStore ?? null,
    allowWeak: config.secrets.allowWeakKeyStore,
    env: process.env,
    log,
  });
  const sync = createSync({ store, clock: wall, tasks, log, dataDir, secrets, settings: settings.get });
  const data = watchData({ store, clock, tasks, sync, demo, settings: settings.get });
  const zone = (): string => settings.get().timeZone;
  const notifications = createNotifications({ store, clock });
  const base = { store, dataDir, clock, zone, tasks, log, ...data, notify: notifications.add };

  // models
  const models = createModels({
    ...base,
    clock: wall,
    timings,
    spawn: o.spawnModels ?? null,
    allowed: policy.allowedModels,
    allowPublicServer: config.models.allowPublicServer,
    serverKey: secretNamed(secrets, 'models-server'),
    judge: (judgement, deed) => approvals.judge(judgement, deed),
  });
  const master = createMasterData(store.read);

  // know-how, logs and what is found in them
  const cache = createVectorCache(store);
  const knowledge = createKnowledge({ ...base, cache });
  const logs = createLogs({
    ...base,
    tables: sync.logTables,
    keepDays: policy.keepLogDays,
    clickHouse: config.clickHouse
      ? { place: config.clickHouse, password: () => secrets.get('clickhouse') }
      : null,
  });
  const clusters = createClusters({
    ...base,
    logs,
    cache,
    findable: () => anomalies.texts(),
    incidents: () => anomalies.grouped(),
  });
  const anomalies = createAnomalies({
    ...base,
    logs,
    clusters,
    isDayOff,
    companyAt: () => data.freshness().syncedAt,
    know: knowledge.add,
    precedes: (incidentId) => alerts.after(incidentId),
    arrange: createArrangeSentences({ models, clock: wall, log }),
  });
  const embedding = followModels({ ...base, models, cache, rooms: [knowledge, clusters] });

  // the situation, plans and alerts
  const analytics = createAnalytics({ ...base, alerts: () => settings.get().alerts });
  const timeline = createTimeline({ ...base, logs, anomalies, analytics });
  const forecasts = createForecasts(base);
  const solver = createSolver({ log, timings });
  const placement = createPlacement({
    ...base,
    solver,
    expectedArrivals: forecasts.expected,
    names: master,
    proposed: (proposal) => alerts.proposed(proposal),
  });
  const alerts = createAlerts({
    ...base,
    analytics: { ...analytics, risks: (q) => (data.isWhole() ? analytics.risks(q) : null) },
    settings: () => settings.get().alerts,
    verdict: timeline.verdict,
    work: timeline.work,
    instance: (horizon) =>
      horizon === 'today' ? (placement.picture()?.instance ?? null) : placement.nextDay(),
    plans: placement,
    newData: data.came,
  });
  const whatIfs = createWhatIfs({ ...base, picture: placement.picture });
  const outcomes = createOutcomes(base);
  const approvals = createApprovals({
    ...base,
    undoMinutes: () => settings.get().undoMinutes,
    writer: policy.readOnly ? () => null : sync.approvalWriter,
    newest: sync.newestDecisions,
    isStale: (id) => placement.get(id).stale,
  });

  const sharing = createSharing({
    ...base,
    clock: wall,
    company: {
      writer: policy.readOnly ? () => null : sync.sharedWriter,
      read: sync.readShared,
      address: sync.sharedAddress,
    },
    kinds: [anomalies.shared, knowledge.shared, placement.shared],
    author: () => settings.get().userName.trim() || userInfo().username,
  });

  // questions and answers
  const means = meansOf({ ...base, analytics, alerts, anomalies, outcomes, logs });
  const measures = createMeasures({ ...base, means });
  const views = createViews(base);
  const questions = createQuestions({
    ...base,
    measures: measures.list(),
    names: createNames(store.read, means.logs.services),
  });
  const rooms = { placement, whatIfs, alerts, logs, clusters, anomalies, timeline, approvals, outcomes };
  const chat = createChat({
    ...base,
    read: questions.read,
    intentOf,
    measures,
    master,
    models,
    analytics,
    knowledge: {
      ...knowledge,
      search: async (text, limit, filter) => (await knowledge.search(text, limit, filter)).hits,
    },
    tools: createChatTools({ ...rooms, zone, now: clock.now }),
  });
  const reports = createReports({
    ...base,
    logs,
    anomalies,
    alerts,
    answer: measures.query,
    views: views.nightly,
  });

  const backups = createBackups({
    ...base,
    clock: wall,
    version: VERSION,
    settings: () => settings.get().backup,
    passphrase: secretNamed(secrets, 'backup'),
    models: async () => (await models.overview()).models,
    isWorth: () => sync.configured() || logs.sources().length > 0,
    open: (dir) => startEngine({ dataDir: dir, schedule: false }),
  });

  const updates = createUpdates({
    dataDir,
    version: VERSION,
    updateKey: policy.updateKey,
    backup: () => backups.create(),
    app: process.env['APPIMAGE'],
  });

  const of = { version: VERSION, logDir, startedAt: wall.now() };
  const health = createHealth({ ...base, ...of, clock: wall, timings, approvals, logs, sync, settings });
  const company = { settings, access, notifications, sync, sharing, demo, analytics, forecasts };
  const asked = { measures, views, questions, chat, knowledge, embedding, reports, models };
  const services = { ...base, ...rooms, ...company, ...asked, ...of, backups, health, updates };
  anomalies.raised.on(clusters.regroup);
  models.assigned.on((role) => role !== 'embedding' && chat.rolesChanged());
  return runEngine(services, { ...o, wall, store, solver });
}
