import { Button, Tabs } from '@mantine/core';
import {
  IconActivity,
  IconAlertOctagon,
  IconCalendarCheck,
  IconHourglass,
  IconRadar2,
  IconRefresh,
  IconTool,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { orpc, useNow } from '../../engine-hooks.ts';
import { navigate, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page.tsx';
import { ErrorState, Failed } from '../../ui/states.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { AnomalyList } from './anomaly-list.tsx';
import { ExpectationList } from './expectation-list.tsx';
import { IncidentBoard } from './incident-board.tsx';
import classes from './incidents.module.css';
import { RemedyList } from './remedy-list.tsx';

const TABS = ['anomalies', 'remedies', 'expected'] as const;

/** `#/incidents` and `#/incidents/<id>`; beside them `#/incidents/anomalies`, `…/remedies` and `…/expected`. */
export function IncidentsScreen() {
  const t = useWords('incidents');
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

/** What is being watched, what has been learned so far, and until when it is still learning. */
function WatchStatus() {
  const t = useWords('incidents');
  const format = useFormat();
  const now = useNow(30_000);
  const status = useQuery(orpc.anomalies.status.queryOptions());
  const look = useMutation(orpc.anomalies.look.mutationOptions({}));
  if (status.isError) return <Failed of={status} />;
  if (!status.data || (status.data.templates === 0 && status.data.lookedAt === null)) return null;
  const { learningUntil, baselineDays, services, templates, lookedAt } = status.data;
  const learning = learningUntil !== null && learningUntil > now;
  const days = format.number(baselineDays, baselineDays < 3 ? 1 : 0);
  const Icon = learning ? IconHourglass : IconRadar2;
  return (
    <>
      <section
        className={`${classes['status']} no-print`}
        data-learning={learning || undefined}
        aria-label={t('status.label')}
      >
        <Icon size={20} stroke={1.7} aria-hidden />
        <div>
          <Strong>
            {learning
              ? t('status.learning', { until: format.dateTime(learningUntil) })
              : t('status.ready', { services: format.number(services), templates: format.number(templates) })}
          </Strong>
          <Fine>
            {learning
              ? t('status.learningText', { days })
              : lookedAt === null
                ? t('status.never')
                : t('status.readyText', { days, ago: format.ago(lookedAt, now) })}
          </Fine>
        </div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          loading={look.isPending}
          onClick={() => look.mutate({})}
        >
          {t('status.look')}
        </Button>
      </section>
      {look.isError && <ErrorState error={look.error} retry={() => look.mutate({})} />}
    </>
  );
}
