// What the page says, in both languages: the specifications name things as the person on that screen reads them.
import type { Lang } from '../../main/api/contract/common.ts';
import { alerts as alertsEn } from '../../renderer/locales/en/alerts.ts';
import { analytics as analyticsEn } from '../../renderer/locales/en/analytics.ts';
import { board as boardEn } from '../../renderer/locales/en/board.ts';
import { charts as chartsEn } from '../../renderer/locales/en/charts.ts';
import { chat as chatEn } from '../../renderer/locales/en/chat.ts';
import { clusters as clustersEn } from '../../renderer/locales/en/clusters.ts';
import { common as commonEn } from '../../renderer/locales/en/common.ts';
import { company as companyEn } from '../../renderer/locales/en/company.ts';
import { frame as frameEn } from '../../renderer/locales/en/frame.ts';
import { history as historyEn } from '../../renderer/locales/en/history.ts';
import { incidents as incidentsEn } from '../../renderer/locales/en/incidents.ts';
import { knowledge as knowledgeEn } from '../../renderer/locales/en/knowledge.ts';
import { logs as logsEn } from '../../renderer/locales/en/logs.ts';
import { models as modelsEn } from '../../renderer/locales/en/models.ts';
import { proposals as proposalsEn } from '../../renderer/locales/en/proposals.ts';
import { reports as reportsEn } from '../../renderer/locales/en/reports.ts';
import { rules as rulesEn } from '../../renderer/locales/en/rules.ts';
import { settings as settingsEn } from '../../renderer/locales/en/settings.ts';
import { situation as situationEn } from '../../renderer/locales/en/situation.ts';
import { tasks as tasksEn } from '../../renderer/locales/en/tasks.ts';
import { timeline as timelineEn } from '../../renderer/locales/en/timeline.ts';
import { verdict as verdictEn } from '../../renderer/locales/en/verdict.ts';
import { whatIf as whatIfEn } from '../../renderer/locales/en/what-if.ts';
import { alerts } from '../../renderer/locales/ja/alerts.ts';
import { analytics } from '../../renderer/locales/ja/analytics.ts';
import { board } from '../../renderer/locales/ja/board.ts';
import { charts } from '../../renderer/locales/ja/charts.ts';
import { chat } from '../../renderer/locales/ja/chat.ts';
import { clusters } from '../../renderer/locales/ja/clusters.ts';
import { common } from '../../renderer/locales/ja/common.ts';
import { company } from '../../renderer/locales/ja/company.ts';
import { frame } from '../../renderer/locales/ja/frame.ts';
import { history } from '../../renderer/locales/ja/history.ts';
import { incidents } from '../../renderer/locales/ja/incidents.ts';
import { knowledge } from '../../renderer/locales/ja/knowledge.ts';
import { logs } from '../../renderer/locales/ja/logs.ts';
import { models } from '../../renderer/locales/ja/models.ts';
import { proposals } from '../../renderer/locales/ja/proposals.ts';
import { reports } from '../../renderer/locales/ja/reports.ts';
import { rules } from '../../renderer/locales/ja/rules.ts';
import { settings } from '../../renderer/locales/ja/settings.ts';
import { situation } from '../../renderer/locales/ja/situation.ts';
import { tasks } from '../../renderer/locales/ja/tasks.ts';
import { timeline } from '../../renderer/locales/ja/timeline.ts';
import { verdict } from '../../renderer/locales/ja/verdict.ts';
import { whatIf } from '../../renderer/locales/ja/what-if.ts';

const ja = {
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
export type Words = typeof ja;
const en: Words = {
  alerts: alertsEn,
  analytics: analyticsEn,
  board: boardEn,
  charts: chartsEn,
  chat: chatEn,
  clusters: clustersEn,
  common: commonEn,
  company: companyEn,
  frame: frameEn,
  history: historyEn,
  incidents: incidentsEn,
  knowledge: knowledgeEn,
  logs: logsEn,
  models: modelsEn,
  proposals: proposalsEn,
  reports: reportsEn,
  rules: rulesEn,
  settings: settingsEn,
  situation: situationEn,
  tasks: tasksEn,
  timeline: timelineEn,
  verdict: verdictEn,
  whatIf: whatIfEn,
};
export const WORDS: Readonly<Record<Lang, Words>> = { ja, en };

/** A pattern for a text with slots: what stands in them does not matter, or is what is given. */
export function like(text: string, slots: Readonly<Record<string, string | number>> = {}): RegExp {
  const literal = (part: string): string => part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');
  const source = text
    .split(/({{\w+}})/)
    .map((part) => {
      const slot = /^{{(\w+)}}$/.exec(part)?.[1];
      if (slot === undefined) return literal(part);
      return slot in slots ? literal(String(slots[slot])) : '.+?';
    })
    .join('');
  return new RegExp(source);
}
