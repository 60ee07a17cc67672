import { Box, Flex, Text } from '@mantine/core';
import { IconBellOff, IconCheck, IconChevronDown, IconSparkles, IconVolumeOff } from '@tabler/icons-react';
import type { Alert } from '../../../main/alerts/contract/alerts.ts';
import { wordAnswer, wordUnderWay } from '../../../main/alerts/contract/words.ts';
import { lineOf, titleOf } from '../../alert/alert-words.ts';
import { Sparkline } from '../../charts/mini-bars.tsx';
import { href } from '../../router.ts';
import { RiskBadge } from '../../ui/badges.tsx';
import { useFormat } from '../../use-format.ts';
import { VerdictBadge } from '../../verdict/verdict.tsx';
import { useWords } from '../../words.ts';
import classes from './alerts.module.css';

const GROUPS = ['open', 'acknowledged', 'snoozed', 'closed'] as const;
type Group = (typeof GROUPS)[number];
const groupOf = (alert: Alert): Group => {
  if (alert.state === 'resolved' || alert.state === 'expired') return 'closed';
  // what was approved for it is being checked: nobody is asked for just now
  return alert.state === 'open' && alert.plan ? 'acknowledged' : alert.state;
};

type Props = { readonly alerts: readonly Alert[]; readonly selected: string | null; readonly now: number };

/** Alerts by what they ask of a person: act, being handled, later, over. */
export function AlertList({ alerts, selected, now }: Props) {
  const t = useWords('alerts');
  const groups = GROUPS.map((group) => ({
    group,
    items: alerts.filter((alert) => groupOf(alert) === group),
  }));
  return (
    <nav aria-label={t('list')} className={classes['list']}>
      {groups.map(({ group, items }) =>
        items.length === 0 ? (
          group === 'open' && (
            <Text key={group} size="sm" c="var(--ok-text)" className={classes['clear'] ?? ''}>
              <IconCheck size={16} aria-hidden /> {t('allClear')}
            </Text>
          )
        ) : (
          <details key={group} open={group !== 'closed' || items.some((alert) => alert.id === selected)}>
            <summary>
              <IconChevronDown size={14} aria-hidden />
              {t(`group.${group}`)}
              <span>{items.length}</span>
            </summary>
            {items.map((alert) => (
              <AlertItem key={alert.id} alert={alert} current={alert.id === selected} now={now} />
            ))}
          </details>
        ),
      )}
    </nav>
  );
}

type ItemProps = { readonly alert: Alert; readonly current: boolean; readonly now: number };
function AlertItem({ alert, current, now }: ItemProps) {
  const t = useWords('alerts');
  const format = useFormat();
  const { evidence } = alert;
  const over = groupOf(alert) === 'closed';
  return (
    <a
      href={href('alerts', alert.id)}
      className={classes['item']}
      data-severity={over ? 'over' : alert.severity}
      aria-current={current ? 'true' : undefined}
    >
      <Flex component="span" align="center" gap={8}>
        {over ? (
          <RiskBadge risk={alert.state === 'resolved' ? 'ok' : 'unknown'} label={t(`state.${alert.state}`)} />
        ) : (
          <RiskBadge risk={alert.severity} label={t(`severity.${alert.severity}`)} />
        )}
        <b>{titleOf(alert, format)}</b>
      </Flex>
      <Flex component="span" align="center" justify="space-between" gap={8}>
        {lineOf(alert, t, format)}
        {evidence && (
          <Sparkline
            values={evidence.history.map((point) => point.pMiss)}
            scale="share"
            label={t('sparkLabel', { value: format.percent(evidence.pMiss) })}
            tone={over ? 'calm' : alert.severity}
            width={64}
          />
        )}
      </Flex>
      {alert.verdict && <VerdictBadge sides={alert.verdict.sides} />}
      {alert.plan && (
        <Box component="span" fz={12} c="var(--mantine-color-anchor)">
          <IconCheck size={13} aria-hidden />{' '}
          {wordUnderWay(alert.plan, { lang: format.lang, time: format.time })}
        </Box>
      )}
      {!over && !alert.plan && alert.answer?.kind === 'moves' && (
        <Box component="span" fz={12} c="var(--mantine-color-anchor)">
          <IconSparkles size={13} aria-hidden /> {wordAnswer(alert.answer, format.lang)}
        </Box>
      )}
      <Box component="span" fz={12} c="dimmed">
        {alert.muted && !over && (
          <>
            <IconVolumeOff size={12} aria-hidden /> {t('mute.on')}
            {format.dot}
          </>
        )}
        {alert.state === 'snoozed' && alert.snoozedUntil !== null ? (
          <>
            <IconBellOff size={12} aria-hidden />{' '}
            {t('snoozedUntil', { time: format.time(alert.snoozedUntil) })}
          </>
        ) : alert.closedAt !== null ? (
          t('closedAt', { time: format.dateTime(alert.closedAt) })
        ) : (
          `${t('openedAt', { time: format.time(alert.openedAt) })}${format.dot}${format.ago(alert.openedAt, now)}`
        )}
      </Box>
    </a>
  );
}
