import { Tabs } from '@mantine/core';
import { navigate, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page.tsx';
import { useWords } from '../../words.ts';
import { About } from './about.tsx';
import { AirGap } from './air-gap.tsx';
import { AlertSettings } from './alert-settings.tsx';
import { AppLog } from './app-log.tsx';
import { Backup } from './backup.tsx';
import { CompanyConnection } from './company-connection.tsx';
import { DemoControl } from './demo-control.tsx';
import { GeneralSettings } from './general-settings.tsx';
import { Health } from './health.tsx';
import { Licences } from './licences.tsx';
import { MappingEditor } from './mapping-editor.tsx';
import classes from './settings.module.css';
import { SyncStatus } from './sync-status.tsx';

const TABS = [
  'general',
  'alerts',
  'company',
  'mapping',
  'sync',
  'demo',
  'backup',
  'health',
  'airgap',
  'log',
  'about',
  'licences',
] as const;
const BODY = {
  general: GeneralSettings,
  alerts: AlertSettings,
  company: CompanyConnection,
  mapping: MappingEditor,
  sync: SyncStatus,
  demo: DemoControl,
  backup: Backup,
  health: Health,
  airgap: AirGap,
  log: AppLog,
  about: About,
  licences: Licences,
};

/** `#/settings/<tab>` */
export function SettingsScreen() {
  const t = useWords('settings');
  const { id } = useRoute();
  const tab = TABS.find((name) => name === id) ?? 'general';
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs
        value={tab}
        onChange={(name) => navigate('settings', name)}
        orientation="vertical"
        variant="pills"
        className={classes['tabs'] ?? ''}
      >
        <Tabs.List className={classes['list'] ?? ''}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name} className={classes['tab'] ?? ''}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map((name) => {
          const Body = BODY[name];
          return (
            <Tabs.Panel key={name} value={name} className={classes['panel'] ?? ''}>
              <Body />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </>
  );
}
