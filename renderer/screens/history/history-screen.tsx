import { Tabs } from '@mantine/core';
import { IconArrowsShuffle, IconChartDots, IconGavel, IconShieldCheck } from '@tabler/icons-react';
import { replaceRoute, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page.tsx';
import { useWords } from '../../words.ts';
import { AuditList } from './audit-list.tsx';
import { DecisionList } from './decision-list.tsx';
import { LedgerList } from './ledger-list.tsx';
import { OutcomeList } from './outcome-list.tsx';

const TABS = ['decisions', 'outcomes', 'ledger', 'audit'] as const;

/** `#/history` shows decisions, `#/history/outcomes` what became of them, `#/history/ledger` who moved how often, `#/history/audit` the chained audit records. */
export function HistoryScreen() {
  const t = useWords('history');
  const { id } = useRoute();
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Tabs
        value={TABS.find((tab) => tab === id) ?? 'decisions'}
        onChange={(tab) => replaceRoute('history', tab === 'decisions' ? null : tab)}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="decisions" leftSection={<IconGavel size={15} />}>
            {t('tab.decisions')}
          </Tabs.Tab>
          <Tabs.Tab value="outcomes" leftSection={<IconChartDots size={15} />}>
            {t('tab.outcomes')}
          </Tabs.Tab>
          <Tabs.Tab value="ledger" leftSection={<IconArrowsShuffle size={15} />}>
            {t('tab.ledger')}
          </Tabs.Tab>
          <Tabs.Tab value="audit" leftSection={<IconShieldCheck size={15} />}>
            {t('tab.audit')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="decisions">
          <DecisionList />
        </Tabs.Panel>
        <Tabs.Panel value="outcomes">
          <OutcomeList />
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <LedgerList />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <AuditList />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
