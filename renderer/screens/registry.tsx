/** Every screen: its name in the address, its icon, its letter after `g`, and its code, loaded when first opened. */
import {
  IconAdjustmentsHorizontal,
  IconAlertOctagon,
  IconArrowsSplit2,
  IconBellRinging,
  IconBook2,
  IconCalendarUser,
  IconChartHistogram,
  IconCpu,
  IconFileText,
  IconHistory,
  IconLayoutDashboard,
  IconMessageCircle2,
  IconProgressCheck,
  IconReportAnalytics,
  IconSettings,
  IconTimelineEvent,
  IconUsersGroup,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';

export type ScreenName =
  | 'situation'
  | 'chat'
  | 'proposals'
  | 'board'
  | 'what-if'
  | 'analytics'
  | 'alerts'
  | 'logs'
  | 'timeline'
  | 'incidents'
  | 'reports'
  | 'history'
  | 'knowledge'
  | 'models'
  | 'rules'
  | 'tasks'
  | 'settings';
type Load = () => Promise<{ default: ComponentType }>;
export type ScreenEntry = {
  readonly name: ScreenName;
  readonly icon: typeof IconLayoutDashboard;
  readonly letter: string;
  readonly screen: ComponentType;
  readonly load: Load;
};

const entry = (name: ScreenName, icon: ScreenEntry['icon'], letter: string, load: Load): ScreenEntry => ({
  name,
  icon,
  letter,
  load,
  screen: lazy(load),
});

export const SCREENS: readonly ScreenEntry[] = [
  entry('situation', IconLayoutDashboard, 's', async () => ({
    default: (await import('./situation/situation-screen.tsx')).SituationScreen,
  })),
  entry('chat', IconMessageCircle2, 'c', async () => ({
    default: (await import('./chat/chat-screen.tsx')).ChatScreen,
  })),
  entry('proposals', IconUsersGroup, 'p', async () => ({
    default: (await import('./proposals/proposals-screen.tsx')).ProposalsScreen,
  })),
  entry('board', IconCalendarUser, 'b', async () => ({
    default: (await import('./board/board-screen.tsx')).BoardScreen,
  })),
  entry('what-if', IconArrowsSplit2, 'w', async () => ({
    default: (await import('./what-if/what-if-screen.tsx')).WhatIfScreen,
  })),
  entry('alerts', IconBellRinging, 'a', async () => ({
    default: (await import('./alerts/alerts-screen.tsx')).AlertsScreen,
  })),
  entry('timeline', IconTimelineEvent, 't', async () => ({
    default: (await import('./timeline/timeline-screen.tsx')).TimelineScreen,
  })),
  entry('incidents', IconAlertOctagon, 'i', async () => ({
    default: (await import('./incidents/incidents-screen.tsx')).IncidentsScreen,
  })),
  entry('logs', IconFileText, 'l', async () => ({
    default: (await import('./logs/logs-screen.tsx')).LogsScreen,
  })),
  entry('analytics', IconChartHistogram, 'y', async () => ({
    default: (await import('./analytics/analytics-screen.tsx')).AnalyticsScreen,
  })),
  entry('reports', IconReportAnalytics, 'n', async () => ({
    default: (await import('./reports/reports-screen.tsx')).ReportsScreen,
  })),
  entry('history', IconHistory, 'h', async () => ({
    default: (await import('./history/history-screen.tsx')).HistoryScreen,
  })),
  entry('knowledge', IconBook2, 'k', async () => ({
    default: (await import('./knowledge/knowledge-screen.tsx')).KnowledgeScreen,
  })),
  entry('models', IconCpu, 'm', async () => ({
    default: (await import('./models/models-screen.tsx')).ModelsScreen,
  })),
  entry('rules', IconAdjustmentsHorizontal, 'r', async () => ({
    default: (await import('./rules/rules-screen.tsx')).RulesScreen,
  })),
  entry('tasks', IconProgressCheck, 'j', async () => ({
    default: (await import('./tasks/tasks-screen.tsx')).TasksScreen,
  })),
  entry('settings', IconSettings, ',', async () => ({
    default: (await import('./settings/settings-screen.tsx')).SettingsScreen,
  })),
];

/** Fetches every screen's code ahead, so that all of them open even while the engine's host is away. */
export const preloadScreens = (): void => {
  for (const { load } of SCREENS) load().catch(() => {});
};
