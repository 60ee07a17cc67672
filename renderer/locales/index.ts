/** Every word of the page: one file a screen or piece, each key with its Japanese and its English. Pure data. */
import alerts from './alerts.json' with { type: 'json' };
import analytics from './analytics.json' with { type: 'json' };
import board from './board.json' with { type: 'json' };
import charts from './charts.json' with { type: 'json' };
import chat from './chat.json' with { type: 'json' };
import clusters from './clusters.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import company from './company.json' with { type: 'json' };
import frame from './frame.json' with { type: 'json' };
import history from './history.json' with { type: 'json' };
import incidents from './incidents.json' with { type: 'json' };
import knowledge from './knowledge.json' with { type: 'json' };
import logs from './logs.json' with { type: 'json' };
import models from './models.json' with { type: 'json' };
import proposals from './proposals.json' with { type: 'json' };
import reports from './reports.json' with { type: 'json' };
import rules from './rules.json' with { type: 'json' };
import settings from './settings.json' with { type: 'json' };
import situation from './situation.json' with { type: 'json' };
import tasks from './tasks.json' with { type: 'json' };
import timeline from './timeline.json' with { type: 'json' };
import verdict from './verdict.json' with { type: 'json' };
import whatIf from './what-if.json' with { type: 'json' };

export const CATALOGUE = {
  alerts,
  analytics,
  board,
  charts,
  chat,
  clusters,
  common,
  company,
  frame,
  history,
  incidents,
  knowledge,
  logs,
  models,
  proposals,
  reports,
  rules,
  settings,
  situation,
  tasks,
  timeline,
  verdict,
  whatIf,
};
