/** Words in two languages, all bundled. A key missing in either language does not compile: locales/en is typed by locales/ja. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Lang } from '../main/api/contract/common.ts';
import { alerts as enAlerts } from './locales/en/alerts.ts';
import { analytics as enAnalytics } from './locales/en/analytics.ts';
import { board as enBoard } from './locales/en/board.ts';
import { charts as enCharts } from './locales/en/charts.ts';
import { chat as enChat } from './locales/en/chat.ts';
import { clusters as enClusters } from './locales/en/clusters.ts';
import { common as enCommon } from './locales/en/common.ts';
import { company as enCompany } from './locales/en/company.ts';
import { frame as enFrame } from './locales/en/frame.ts';
import { history as enHistory } from './locales/en/history.ts';
import { incidents as enIncidents } from './locales/en/incidents.ts';
import { knowledge as enKnowledge } from './locales/en/knowledge.ts';
import { logs as enLogs } from './locales/en/logs.ts';
import { models as enModels } from './locales/en/models.ts';
import { proposals as enProposals } from './locales/en/proposals.ts';
import { reports as enReports } from './locales/en/reports.ts';
import { rules as enRules } from './locales/en/rules.ts';
import { settings as enSettings } from './locales/en/settings.ts';
import { situation as enSituation } from './locales/en/situation.ts';
import { tasks as enTasks } from './locales/en/tasks.ts';
import { timeline as enTimeline } from './locales/en/timeline.ts';
import { verdict as enVerdict } from './locales/en/verdict.ts';
import { whatIf as enWhatIf } from './locales/en/what-if.ts';
import { alerts } from './locales/ja/alerts.ts';
import { analytics } from './locales/ja/analytics.ts';
import { board } from './locales/ja/board.ts';
import { charts } from './locales/ja/charts.ts';
import { chat } from './locales/ja/chat.ts';
import { clusters } from './locales/ja/clusters.ts';
import { common } from './locales/ja/common.ts';
import { company } from './locales/ja/company.ts';
import { frame } from './locales/ja/frame.ts';
import { history } from './locales/ja/history.ts';
import { incidents } from './locales/ja/incidents.ts';
import { knowledge } from './locales/ja/knowledge.ts';
import { logs } from './locales/ja/logs.ts';
import { models } from './locales/ja/models.ts';
import { proposals } from './locales/ja/proposals.ts';
import { reports } from './locales/ja/reports.ts';
import { rules } from './locales/ja/rules.ts';
import { settings } from './locales/ja/settings.ts';
import { situation } from './locales/ja/situation.ts';
import { tasks } from './locales/ja/tasks.ts';
import { timeline } from './locales/ja/timeline.ts';
import { verdict } from './locales/ja/verdict.ts';
import { whatIf } from './locales/ja/what-if.ts';

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
const en: typeof ja = {
  alerts: enAlerts,
  analytics: enAnalytics,
  board: enBoard,
  charts: enCharts,
  chat: enChat,
  clusters: enClusters,
  common: enCommon,
  company: enCompany,
  frame: enFrame,
  history: enHistory,
  incidents: enIncidents,
  knowledge: enKnowledge,
  logs: enLogs,
  models: enModels,
  proposals: enProposals,
  reports: enReports,
  rules: enRules,
  settings: enSettings,
  situation: enSituation,
  tasks: enTasks,
  timeline: enTimeline,
  verdict: enVerdict,
  whatIf: enWhatIf,
};
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof ja;
  }
}

const KEY = 'toride.lang';
export const systemLang = (): Lang => (navigator.language.toLowerCase().startsWith('ja') ? 'ja' : 'en');
const remembered = (): Lang => {
  const kept = localStorage.getItem(KEY);
  return kept === 'ja' || kept === 'en' ? kept : systemLang();
};
const first = remembered();
document.documentElement.lang = first;
void i18next.use(initReactI18next).init({
  lng: first,
  fallbackLng: 'en',
  resources: { ja, en },
  defaultNS: 'common',
  interpolation: { escapeValue: false }, // React escapes
});

export const currentLang = (): Lang => (i18next.language === 'ja' ? 'ja' : 'en');
/** Switches every screen at once, without a reload; remembered so that the next start begins in it. */
export function switchLang(lang: Lang): void {
  localStorage.setItem(KEY, lang);
  document.documentElement.lang = lang;
  if (lang !== i18next.language) void i18next.changeLanguage(lang);
}
export function useLang(): Lang {
  useTranslation();
  return currentLang();
}
