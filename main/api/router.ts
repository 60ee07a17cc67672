// The API: every handler of the contract, joined. Doors: serve.ts (Electron port, loopback socket), cli.ts (in process).
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { backup, health, updates } from './backup-handlers.ts';
import { serveHandlers } from './base.ts';
import { chat } from './chat-handlers.ts';
import { company, demo, sharing } from './company-handlers.ts';
import type { Contract } from './contract/index.ts';
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

export const router = serveHandlers({
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
/** The third door: the same router called in process, inputs and outputs checked all the same. */
export const localClient = (context: Context): ContractRouterClient<Contract> =>
  createRouterClient(router, { context });
