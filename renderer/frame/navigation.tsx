import { Box } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../engine-hooks.ts';
import { href, useRoute } from '../router.ts';
import { SCREENS } from '../screens/registry.tsx';
import classes from './frame.module.css';
import { hasManual } from './manual.tsx';

export function Navigation() {
  const { t } = useTranslation('frame');
  const { screen } = useRoute();
  const open =
    useQuery(orpc.alerts.list.queryOptions({ input: { states: ['open'], limit: 1 } })).data?.open ?? 0;
  return (
    <nav className={classes['nav']} aria-label={t('navigation')}>
      <a className={classes['brand']} href={href('situation')}>
        <img src="./favicon.svg" alt="" width={26} height={26} />
        <span className={classes['brandText']}>
          Toride <small>砦</small>
        </span>
      </a>
      {SCREENS.map(({ name, icon: Icon }) => (
        <a
          key={name}
          className={classes['link']}
          href={href(name)}
          aria-current={screen === name ? 'page' : undefined}
        >
          <Icon size={19} stroke={1.6} aria-hidden />
          <span className={classes['linkText']}>{t(`screens.${name}`)}</span>
          {name === 'alerts' && open > 0 && (
            <span className={classes['count']} role="status" aria-label={t('openAlerts', { count: open })}>
              {open}
            </span>
          )}
        </a>
      ))}
      <Box component="span" flex={1} />
      {hasManual ? (
        <a
          className={classes['link']}
          href={href('manual')}
          aria-current={screen === 'manual' ? 'page' : undefined}
        >
          <IconHelp size={19} stroke={1.6} aria-hidden />
          <span className={classes['linkText']}>{t('manual.title')}</span>
        </a>
      ) : null}
    </nav>
  );
}
