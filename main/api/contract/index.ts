// The one API: every procedure with its input and output, by room. Pure (zod and oRPC's contract builder), so the renderer may import it.
import { alerts } from './alerts.ts';
import { anomalies, incidents } from './anomalies.ts';
import { approvals } from './approvals.ts';
import { backup } from './backup.ts';
import { chat } from './chat.ts';
import { clusters } from './clusters.ts';
import { company, demo } from './company.ts';
import { health } from './health.ts';
import { knowledge } from './knowledge.ts';
import { logs } from './logs/procedures.ts';
import { measures, views } from './measures.ts';
import { models } from './models.ts';
import { placement } from './placement-procedures.ts';
import { policy } from './policy.ts';
import { questions } from './questions.ts';
import { reach } from './reach.ts';
import { reports } from './reports.ts';
import { sharing } from './sharing.ts';
import { forecast, situation } from './situation.ts';
import { notifications, settings, system, tasks } from './system.ts';
import { timeline } from './timeline.ts';
import { updates } from './updates.ts';
import { whatIf } from './what-if.ts';

export const contract = {
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
  questions,
  views,
  approvals,
  chat,
  knowledge,
  company,
  sharing,
  logs,
  clusters,
  anomalies,
  incidents,
  timeline,
  reports,
  models,
  demo,
  backup,
  health,
  policy,
  reach,
  updates,
};
export type Contract = typeof contract;
