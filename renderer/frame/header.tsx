import { ActionIcon, Group, Indicator, Menu, Tooltip } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  IconBell,
  IconDeviceDesktop,
  IconLanguage,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../main/api/contract/system.ts';
import { orpc, useSettings } from '../engine-hooks.ts';
import { useLang } from '../i18n.ts';
import { useUi } from '../stores/ui.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import classes from './frame.module.css';
import { FreshnessBadge } from './freshness-badge.tsx';
import { useChangeSettings } from './use-applied-settings.ts';

export function Header() {
  const { t } = useTranslation('frame');
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
  const { t } = useTranslation('frame');
  const lang = useLang();
  const change = useChangeSettings();
  const other = lang === 'ja' ? 'en' : 'ja';
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
  const { t } = useTranslation('frame');
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
  const { t } = useTranslation('frame');
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
