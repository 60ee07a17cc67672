// The one API: every procedure with its input and output, by room. Pure (zod and oRPC's contract builder), so the renderer may import it.
import { alerts } from '../../alerts/contract/alerts.ts';
import { forecast, situation } from '../../analytics/contract/situation.ts';
import { anomalies, incidents } from '../../anomalies/contract/anomalies.ts';
import { approvals } from '../../approvals/contract/approvals.ts';
import { backup } from '../../backup/contract/backup.ts';
import { chat } from '../../chat/contract/chat.ts';
import { clusters } from '../../clusters/contract/clusters.ts';
import { health } from '../../health/contract/health.ts';
import { knowledge } from '../../knowledge/contract/knowledge.ts';
import { models } from '../../llm/contract/models.ts';
import { logs } from '../../logs/contract/procedures.ts';
import { measures, views } from '../../measures/contract/measures.ts';
import { placement } from '../../placement/contract/procedures.ts';
import { whatIf } from '../../placement/contract/what-if.ts';
import { questions } from '../../questions/contract/questions.ts';
import { reports } from '../../reports/contract/reports.ts';
import { policy } from '../../settings/contract/policy.ts';
import { sharing } from '../../sharing/contract/sharing.ts';
import { company, demo } from '../../sync/contract/company.ts';
import { timeline } from '../../timeline/contract/timeline.ts';
import { updates } from '../../updates/contract/updates.ts';
import { reach } from './reach.ts';
import { notifications, settings, system, tasks } from './system.ts';

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
