import { Anchor } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, useNow, useRefresh } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Note } from '../../ui/text.tsx';
import { useWide } from '../../ui/use-wide.ts';
import { IncidentDetailView } from './incident-detail.tsx';
import { IncidentList } from './incident-list.tsx';
import classes from './incidents.module.css';
import { NoLogs } from './no-logs.tsx';

/** What is over is shown so many at a time; as many as may be asked for at once. */
const PAGE = 50;
const MORE = 200;
const MOST = 1000;
const over = (state: 'resolved' | 'dismissed', limit: number) => ({
  ...orpc.incidents.list.queryOptions({ input: { states: [state], limit } }),
  placeholderData: keepPreviousData,
});

/** The list, and the chosen incident beside it where there is room. */
export function IncidentBoard({ asked }: { readonly asked: string | null }) {
  const { t } = useTranslation('incidents');
  const now = useNow(10_000);
  const wide = useWide('68rem');
  const [shown, setShown] = useState({ resolved: PAGE, dismissed: PAGE });
  const list = useQuery(
    orpc.incidents.list.queryOptions({ input: { states: ['open', 'acknowledged'], limit: MOST } }),
  );
  const resolved = useQuery(over('resolved', shown.resolved));
  const dismissed = useQuery(over('dismissed', shown.dismissed));
  const status = useQuery(orpc.anomalies.status.queryOptions()).data;
  const incidents = [...(list.data ?? []), ...(resolved.data ?? []), ...(dismissed.data ?? [])];
  const waiting = (incidents.find(({ state }) => state === 'open') ?? incidents[0])?.id ?? null;
  // beside the list there is room for the first that waits; it stays when it has been dealt with
  const [first, setFirst] = useState(waiting);
  useEffect(() => setFirst((before) => before ?? waiting), [waiting]);
  const id = asked ?? (wide ? first : null);
  const listed = incidents.some((incident) => incident.id === id);
  const lists = [list, resolved, dismissed];
  if (lists.some(({ isPending }) => isPending)) return <Loading />;
  const failed = lists.find(({ isError }) => isError);
  if (failed?.error) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />;
  if (incidents.length === 0 && asked === null) return <None />;
  return (
    <div className={classes['split']} data-wide={wide || undefined}>
      {(wide || id === null) && (
        <IncidentList
          incidents={incidents}
          totals={status?.incidents}
          most={MOST}
          selected={id}
          now={now}
          onMore={(state) =>
            setShown((before) => ({ ...before, [state]: Math.min(MOST, before[state] + MORE) }))
          }
        />
      )}
      <div>
        {!wide && id !== null && (
          <Anchor href={href('incidents')} size="sm" mb="sm" display="inline-block" className="no-print">
            <IconChevronLeft size={14} aria-hidden /> {t('back')}
          </Anchor>
        )}
        {id !== null && (listed || asked !== null) ? (
          <IncidentDetailView key={id} id={id} now={now} />
        ) : (
          wide && (
            <Note p="lg" ta="center">
              {t('pick')}
            </Note>
          )
        )}
      </div>
    </div>
  );
}

/** Nothing yet: because there are no logs, because it still learns, or because all is well. */
function None() {
  const { t } = useTranslation('incidents');
  const now = useNow(60_000);
  const refresh = useRefresh();
  const status = useQuery(orpc.anomalies.status.queryOptions()).data;
  const accounting = useQuery(orpc.logs.accounting.queryOptions()).data;
  const look = useMutation(
    orpc.anomalies.look.mutationOptions({
      onSettled: () => {
        refresh('anomalies');
        refresh('incidents');
      },
    }),
  );
  if (accounting && accounting.lines === 0) return <NoLogs />;
  const learning = status?.learningUntil != null && status.learningUntil > now;
  return (
    <>
      <EmptyState
        kind="never"
        title={t('empty.title')}
        text={t(learning ? 'empty.learningText' : 'empty.text')}
        action={{ label: t('empty.look'), onClick: () => look.mutate({}) }}
      />
      {look.isError && <ErrorState error={look.error} retry={() => look.mutate({})} />}
    </>
  );
}
