import { Button, Popover, Text, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangleFilled,
  IconClockHour4,
  IconDatabaseOff,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc, useNow, useSettings } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { Facts } from '../ui/facts.tsx';
import { TimeText } from '../ui/time-text.tsx';
import { useFormat } from '../use-format.ts';
import classes from './frame.module.css';

/** Where every number on screen comes from and how old it is. */
export function FreshnessBadge() {
  const { t } = useTranslation('frame');
  const format = useFormat();
  const now = useNow(1000);
  const settings = useSettings();
  const freshness = useQuery(orpc.company.freshness.queryOptions()).data;
  if (!freshness) return null;
  const { source, dataAt, syncedAt, online, stale, failing } = freshness;
  const offline = source === 'mysql' && !online;
  const tone = stale ? 'danger' : offline || failing.length > 0 ? 'watch' : 'plain';
  const Icon =
    source === 'none'
      ? IconDatabaseOff
      : stale
        ? IconAlertTriangleFilled
        : offline
          ? IconPlugConnectedX
          : failing.length > 0
            ? IconAlertTriangleFilled
            : IconClockHour4;
  const words = [
    t(`source.${source}`),
    dataAt === null ? t('freshness.none') : t('freshness.age', { ago: format.ago(dataAt, now) }),
    stale && t('freshness.stale'),
    offline && t('freshness.offline'),
    failing.length > 0 && t('freshness.failing', { count: failing.length }),
  ].filter(Boolean);
  return (
    <>
      <Popover width={340} position="bottom-start" shadow="md" withArrow trapFocus>
        <Popover.Target>
          <UnstyledButton
            className={classes['freshness']}
            data-tone={tone}
            aria-label={`${t('freshness.label')}: ${words.join(', ')}`}
          >
            <Icon size={15} aria-hidden />
            {words.join(format.dot)}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <Facts
            facts={[
              [t('freshness.source'), t(`source.${source}`)],
              [t('freshness.dataAt'), <TimeText key="data" at={dataAt} />],
              ...(source === 'mysql'
                ? ([
                    [t('freshness.syncedAt'), <TimeText key="sync" at={syncedAt} />],
                    [t('freshness.connection'), online ? t('freshness.online') : t('freshness.notOnline')],
                  ] as const)
                : []),
              [t('freshness.zone'), format.zone],
            ]}
          />
          {stale && dataAt !== null && settings && (
            <Text size="sm" mt="xs" c="var(--danger-text)">
              {t('freshness.staleText', { minutes: settings.staleMinutes, at: format.dateTime(dataAt) })}
            </Text>
          )}
          <Button
            component="a"
            href={href('settings', 'company')}
            variant="light"
            size="xs"
            mt="sm"
            fullWidth
          >
            {t('freshness.open')}
          </Button>
        </Popover.Dropdown>
      </Popover>
      <span className={classes['clock']} title={source === 'demo' ? t('freshness.demoClock') : undefined}>
        {format.date(now)} {format.time(now)}
      </span>
    </>
  );
}
