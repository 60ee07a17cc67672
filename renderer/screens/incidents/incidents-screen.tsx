import { Tabs } from '@mantine/core';
import { IconActivity, IconAlertOctagon, IconCalendarCheck, IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { navigate, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { AnomalyList } from './anomaly-list.tsx';
import { ExpectationList } from './expectation-list.tsx';
import { IncidentBoard } from './incident-board.tsx';
import { RemedyList } from './remedy-list.tsx';
import { WatchStatus } from './watch-status.tsx';

const TABS = ['anomalies', 'remedies', 'expected'] as const;

/** `#/incidents` and `#/incidents/<id>`; beside them `#/incidents/anomalies`, `…/remedies` and `…/expected`. */
export function IncidentsScreen() {
  const { t } = useTranslation('incidents');
  const { id } = useRoute();
  const tab = TABS.find((name) => name === id) ?? 'incidents';
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <WatchStatus />
      <Tabs value={tab} onChange={(next) => navigate('incidents', next === 'incidents' ? null : next)}>
        <Tabs.List mb="md" className="no-print">
          <Tabs.Tab value="incidents" leftSection={<IconAlertOctagon size={15} />}>
            {t('tab.incidents')}
          </Tabs.Tab>
          <Tabs.Tab value="anomalies" leftSection={<IconActivity size={15} />}>
            {t('tab.anomalies')}
          </Tabs.Tab>
          <Tabs.Tab value="remedies" leftSection={<IconTool size={15} />}>
            {t('tab.remedies')}
          </Tabs.Tab>
          <Tabs.Tab value="expected" leftSection={<IconCalendarCheck size={15} />}>
            {t('tab.expected')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="incidents">
          <IncidentBoard asked={tab === 'incidents' ? id : null} />
        </Tabs.Panel>
        <Tabs.Panel value="anomalies">
          <AnomalyList />
        </Tabs.Panel>
        <Tabs.Panel value="remedies">
          <RemedyList />
        </Tabs.Panel>
        <Tabs.Panel value="expected">
          <ExpectationList />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
