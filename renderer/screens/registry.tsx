/** Every screen: its name in the address, its icon, its letter after `g`, and its code, loaded when first opened. */
import {
  IconAdjustmentsHorizontal,
  IconBellRinging,
  IconBook2,
  IconHistory,
  IconLayoutDashboard,
  IconMessageCircle2,
  IconProgressCheck,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';

export type ScreenName =
  | 'situation'
  | 'chat'
  | 'proposals'
  | 'alerts'
  | 'history'
  | 'knowledge'
  | 'rules'
  | 'tasks'
  | 'settings';
export type ScreenEntry = {
  readonly name: ScreenName;
  readonly icon: typeof IconLayoutDashboard;
  readonly letter: string;
  readonly screen: ComponentType;
};

export const SCREENS: readonly ScreenEntry[] = [
  {
    name: 'situation',
    icon: IconLayoutDashboard,
    letter: 's',
    screen: lazy(async () => ({
      default: (await import('./situation/situation-screen.tsx')).SituationScreen,
    })),
  },
  {
    name: 'chat',
    icon: IconMessageCircle2,
    letter: 'c',
    screen: lazy(async () => ({ default: (await import('./chat/chat-screen.tsx')).ChatScreen })),
  },
  {
    name: 'proposals',
    icon: IconUsersGroup,
    letter: 'p',
    screen: lazy(async () => ({
      default: (await import('./proposals/proposals-screen.tsx')).ProposalsScreen,
    })),
  },
  {
    name: 'alerts',
    icon: IconBellRinging,
    letter: 'a',
    screen: lazy(async () => ({ default: (await import('./alerts/alerts-screen.tsx')).AlertsScreen })),
  },
  {
    name: 'history',
    icon: IconHistory,
    letter: 'h',
    screen: lazy(async () => ({ default: (await import('./history/history-screen.tsx')).HistoryScreen })),
  },
  {
    name: 'knowledge',
    icon: IconBook2,
    letter: 'k',
    screen: lazy(async () => ({
      default: (await import('./knowledge/knowledge-screen.tsx')).KnowledgeScreen,
    })),
  },
  {
    name: 'rules',
    icon: IconAdjustmentsHorizontal,
    letter: 'r',
    screen: lazy(async () => ({ default: (await import('./rules/rules-screen.tsx')).RulesScreen })),
  },
  {
    name: 'tasks',
    icon: IconProgressCheck,
    letter: 'j',
    screen: lazy(async () => ({ default: (await import('./tasks/tasks-screen.tsx')).TasksScreen })),
  },
  {
    name: 'settings',
    icon: IconSettings,
    letter: ',',
    screen: lazy(async () => ({ default: (await import('./settings/settings-screen.tsx')).SettingsScreen })),
  },
];
