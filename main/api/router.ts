// The API: every handler of the contract, joined. Doors: serve.ts (Electron port, loopback socket), cli.ts (in process).
import { createRouterClient, type RouterClient } from '@orpc/server';
import { backup, health, updates } from './backup-handlers.ts';
import { api } from './base.ts';
import { chat } from './chat-handlers.ts';
import { company, demo, sharing } from './company-handlers.ts';
import { anomalies, incidents, reports, timeline } from './incident-handlers.ts';
import { knowledge } from './knowledge-handlers.ts';
import { clusters, logs } from './log-handlers.ts';
import { measures, questions, views } from './measure-handlers.ts';
import { models } from './model-handlers.ts';
import { approvals, placement, whatIf } from './placement-handlers.ts';
import { policy } from './policy-handlers.ts';
import { reach } from './reach-handlers.ts';
import type { Context } from './services.ts';
import { alerts, forecast, situation } from './situation-handlers.ts';
import { notifications, settings, system, tasks } from './system-handlers.ts';

export const router = api.router({
  system,
  settings,
  tasks,
  notifications,
  situation,
  forecast,
  alerts,
  placement,
  whatIf,
  measures,
  views,
  questions,
  approvals,
  chat,
  knowledge,
  company,
  sharing,
  demo,
  logs,
  clusters,
  anomalies,
  incidents,
  timeline,
  reports,
  models,
  backup,
  health,
  policy,
  reach,
  updates,
});
export type Router = typeof router;
/** The third door: the same router called in process, inputs and outputs checked all the same. */
export const localClient = (context: Context): RouterClient<Router> =>
  createRouterClient(router, { context });
