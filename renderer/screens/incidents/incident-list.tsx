import { Button, Flex, Text } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AnomalyStatus, Incident } from '../../../main/api/contract/anomalies.ts';
import { href } from '../../router.ts';
import { RiskBadge } from '../../ui/risk-badge.tsx';
import { SeverityBadge } from '../../ui/severity-badge.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { servicesOf, whenOf } from './incident-words.ts';
import classes from './incidents.module.css';

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
export function IncidentList({ incidents, totals, most, selected, now, onMore }: Props) {
  const { t } = useTranslation('incidents');
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
  const { t } = useTranslation('incidents');
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
