import { Anchor, Button, Flex, Text } from '@mantine/core';
import { IconCheck, IconChevronDown, IconChevronLeft } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AnomalyStatus, Incident } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc, useNow } from '../../engine-hooks.ts';
import { href } from '../../router.ts';
import { RiskBadge, SeverityBadge } from '../../ui/badges.tsx';
import { useWide } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { IncidentDetailView } from './incident-detail.tsx';
import { servicesOf, whenOf } from './incident-words.ts';
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
  const t = useWords('incidents');
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
  if (failed?.error) return <Failed of={failed} />;
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
  const t = useWords('incidents');
  const now = useNow(60_000);
  const status = useQuery(orpc.anomalies.status.queryOptions()).data;
  const accounting = useQuery(orpc.logs.accounting.queryOptions()).data;
  const look = useMutation(orpc.anomalies.look.mutationOptions({}));
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

const GROUPS = ['open', 'acknowledged', 'resolved', 'dismissed'] as const;
const isOver = (group: (typeof GROUPS)[number]): group is 'resolved' | 'dismissed' =>
  group === 'resolved' || group === 'dismissed';
const WEIGHT = { high: 0, medium: 1, low: 2 };
type Props = {
  readonly incidents: readonly Incident[];
  /** how many there are of each state, listed or not; undefined: not known yet */
  readonly totals: AnomalyStatus['incidents'] | undefined;
  /** no more than so many of a state are ever listed */
  readonly most: number;
  readonly onMore: (state: 'resolved' | 'dismissed') => void;
  readonly selected: string | null;
  readonly now: number;
};

/** Incidents by what they ask of a person; within a group the worst first, then the newest. */
function IncidentList({ incidents, totals, most, selected, now, onMore }: Props) {
  const t = useWords('incidents');
  const format = useFormat();
  return (
    <nav aria-label={t('list')} className={classes['list']}>
      {GROUPS.map((group) => {
        const isLive = !isOver(group);
        const items = incidents
          .filter(({ state }) => state === group)
          .toSorted((a, b) => (isLive ? WEIGHT[a.severity] - WEIGHT[b.severity] : 0) || b.from - a.from);
        const total = Math.max(items.length, totals?.[group] ?? 0);
        if (items.length === 0)
          return (
            group === 'open' && (
              <Text key={group} size="sm" c="var(--ok-text)" className={classes['clear'] ?? ''}>
                <IconCheck size={16} aria-hidden /> {t('allClear')}
              </Text>
            )
          );
        return (
          <details key={group} open={isLive || items.some(({ id }) => id === selected)}>
            <summary>
              <IconChevronDown size={14} aria-hidden />
              {t(`group.${group}`)}
              <span>{format.number(total)}</span>
            </summary>
            {items.map((incident) => (
              <Item key={incident.id} incident={incident} current={incident.id === selected} now={now} />
            ))}
            {total > items.length &&
              (isOver(group) && items.length < most ? (
                <Button variant="subtle" size="compact-sm" fullWidth onClick={() => onMore(group)}>
                  {t('older', { n: format.number(total - items.length) })}
                </Button>
              ) : (
                <Fine>
                  {t('leftOut', {
                    shown: format.number(items.length),
                    n: format.number(total - items.length),
                  })}
                </Fine>
              ))}
          </details>
        );
      })}
    </nav>
  );
}

type ItemProps = { readonly incident: Incident; readonly current: boolean; readonly now: number };
function Item({ incident, current, now }: ItemProps) {
  const t = useWords('incidents');
  const format = useFormat();
  const { state, severity, to, from } = incident;
  const ended = isOver(state);
  return (
    <a
      href={href('incidents', incident.id)}
      className={classes['item']}
      data-severity={ended ? 'over' : severity}
      aria-current={current ? 'true' : undefined}
    >
      <Flex component="span" align="center" justify="space-between" gap={8}>
        {ended ? (
          <RiskBadge risk={state === 'resolved' ? 'ok' : 'unknown'} label={t(`state.${state}`)} />
        ) : (
          <SeverityBadge severity={severity} label={t(`severity.${severity}`)} />
        )}
        <span className={classes['itemWhen']}>{ended ? format.dateTime(from) : format.ago(from, now)}</span>
      </Flex>
      <b>{format.pick(incident.title)}</b>
      <span className={classes['itemLine']}>
        {servicesOf(incident.services, t, format)}
        {format.dot}
        {whenOf({ from, to }, now, t, format)}
      </span>
    </a>
  );
}
