import {
  ActionIcon,
  Button,
  Group,
  Indicator,
  Menu,
  Popover,
  Text,
  Tooltip,
  UnstyledButton,
} from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  IconAlertTriangleFilled,
  IconBell,
  IconClockHour4,
  IconDatabaseOff,
  IconDeviceDesktop,
  IconLanguage,
  IconMoon,
  IconPlugConnectedX,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../main/api/contract/system.ts';
import { orpc, useNow, usePolicy, useSettings } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { useUi } from '../stores/ui.ts';
import { Facts } from '../ui/page.tsx';
import { KeyHint, TimeText } from '../ui/text.tsx';
import { useFormat } from '../use-format.ts';
import { useLang, useWords } from '../words.ts';
import classes from './frame.module.css';
import { useChangeSettings } from './use-applied-settings.ts';

export function Header() {
  const t = useWords('frame');
  return (
    <header className={classes['header']}>
      <FreshnessBadge />
      <Group gap="0.25rem" wrap="nowrap" ms="auto">
        <button type="button" className={classes['paletteButton']} onClick={() => spotlight.open()}>
          <IconSearch size={15} aria-hidden />
          <span className={classes['paletteText']}>{t('palette.open')}</span>
          <KeyHint keys="Ctrl+K" />
        </button>
        <LanguageSwitch />
        <ThemeSwitch />
        <Bell />
      </Group>
    </header>
  );
}

function LanguageSwitch() {
  const t = useWords('frame');
  const lang = useLang();
  const change = useChangeSettings();
  const other = lang === 'ja' ? 'en' : 'ja';
  if (usePolicy()?.policy.lang !== undefined) return null;
  return (
    <Tooltip label={t(`lang.${other}`)}>
      <ActionIcon
        size="lg"
        aria-label={`${t('lang.label')}: ${t(`lang.${other}`)}`}
        onClick={() => change.mutate({ lang: other })}
      >
        <IconLanguage size={19} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

const THEMES = { system: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;
const NAMES = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];
function ThemeSwitch() {
  const t = useWords('frame');
  const now = useSettings()?.theme ?? 'system';
  const change = useChangeSettings();
  const Now = THEMES[now];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={`${t('theme.label')}: ${t(`theme.${now}`)}`}>
          <Now size={19} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('theme.label')}</Menu.Label>
        {NAMES.map((name) => {
          const Icon = THEMES[name];
          return (
            <Menu.Item
              key={name}
              leftSection={<Icon size={16} />}
              aria-current={name === now}
              fw={name === now ? 650 : 400}
              onClick={() => change.mutate({ theme: name })}
            >
              {t(`theme.${name}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

function Bell() {
  const t = useWords('frame');
  const show = useUi((s) => s.show);
  const unread = useQuery(orpc.notifications.list.queryOptions({ input: { limit: 100 } })).data?.unread ?? 0;
  const label = unread
    ? `${t('notifications.open')} (${t('notifications.unread', { count: unread })})`
    : t('notifications.open');
  return (
    <Tooltip label={label}>
      <Indicator
        disabled={unread === 0}
        label={unread > 99 ? '99+' : unread}
        size={16}
        offset={5}
        color="red"
      >
        <ActionIcon size="lg" aria-label={label} onClick={() => show('notifications', true)}>
          <IconBell size={19} stroke={1.6} />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}

/** Where every number on screen comes from and how old it is. */
function FreshnessBadge() {
  const t = useWords('frame');
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
