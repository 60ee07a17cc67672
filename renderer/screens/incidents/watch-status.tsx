import { Button } from '@mantine/core';
import { IconHourglass, IconRadar2, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc, useNow, useRefresh } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Fine, Strong } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import classes from './incidents.module.css';

/** What is being watched, what has been learned so far, and until when it is still learning. */
export function WatchStatus() {
  const { t } = useTranslation('incidents');
  const format = useFormat();
  const now = useNow(30_000);
  const refresh = useRefresh();
  const status = useQuery(orpc.anomalies.status.queryOptions());
  const look = useMutation(
    orpc.anomalies.look.mutationOptions({
      onSettled: () => {
        refresh('anomalies');
        refresh('incidents');
      },
    }),
  );
  if (status.isError) return <ErrorState error={status.error} retry={() => void status.refetch()} />;
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
