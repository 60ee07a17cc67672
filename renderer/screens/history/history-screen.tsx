import { Tabs } from '@mantine/core';
import { IconGavel, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { replaceRoute, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { AuditList } from './audit-list.tsx';
import { DecisionList } from './decision-list.tsx';

/** `#/history` shows decisions, `#/history/audit` the chained audit records. */
export function HistoryScreen() {
  const { t } = useTranslation('history');
  const { id } = useRoute();
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Tabs
        value={id === 'audit' ? 'audit' : 'decisions'}
        onChange={(tab) => replaceRoute('history', tab === 'audit' ? 'audit' : null)}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="decisions" leftSection={<IconGavel size={15} />}>
            {t('tab.decisions')}
          </Tabs.Tab>
          <Tabs.Tab value="audit" leftSection={<IconShieldCheck size={15} />}>
            {t('tab.audit')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="decisions">
          <DecisionList />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditList />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
