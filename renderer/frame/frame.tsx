import { Box } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, useRoute } from '../router.ts';
import { preloadScreens, SCREENS } from '../screens/registry.tsx';
import { useConnection } from '../stores/connection.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { Banners } from './banners.tsx';
import classes from './frame.module.css';
import { HandoverSheet } from './handover-sheet.tsx';
import { Header } from './header.tsx';
import { Manual } from './manual.tsx';
import { Navigation } from './navigation.tsx';
import { NotificationCentre } from './notification-centre.tsx';
import { Palette } from './palette.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { useShortcuts } from './use-shortcuts.ts';

export function Frame() {
  const { t } = useTranslation('frame');
  const waiting = useConnection((s) => s.generation === 0);
  useShortcuts();
  useEffect(() => {
    if (!waiting) requestIdleCallback(preloadScreens);
  }, [waiting]);
  return (
    <div className={classes['frame']}>
      <button
        type="button"
        className={classes['skip']}
        onClick={() => document.getElementById('main')?.focus()}
      >
        {t('skip')}
      </button>
      <Navigation />
      <Header />
      <section className={classes['banners']} aria-label={t('banner.label')}>
        <Banners />
      </section>
      <main id="main" tabIndex={-1} className={classes['main']}>
        <Box maw="105rem" p="1.25rem 1.5rem 1.5rem">
          {waiting ? <Loading count={8} /> : <CurrentScreen />}
        </Box>
      </main>
      <NotificationCentre />
      <Palette />
      <Shortcuts />
      <HandoverSheet />
    </div>
  );
}

function CurrentScreen() {
  const { t } = useTranslation('frame');
  const { screen } = useRoute();
  const entry = SCREENS.find((s) => s.name === screen);
  const title = entry ? t(`screens.${entry.name}`) : screen === 'manual' ? t('manual.title') : t('notFound');
  useEffect(() => {
    document.title = `${title} — Toride`;
  }, [title]);
  const Screen = screen === 'manual' ? Manual : entry?.screen;
  if (!Screen)
    return (
      <EmptyState
        kind="no-result"
        title={t('notFound')}
        text={t('notFoundText')}
        action={{ label: t('toHome'), onClick: () => navigate('situation') }}
      />
    );
  return (
    <ScreenBoundary key={screen}>
      <Suspense fallback={<Loading />}>
        <Screen />
        <FocusHeading />
      </Suspense>
    </ScreenBoundary>
  );
}

let opened = false;
/** A new screen takes the focus at its heading; the first one leaves it where the person is, and so does one that comes under a dialog. */
function FocusHeading() {
  useEffect(() => {
    if (opened && !document.activeElement?.closest('[role="dialog"]')) {
      const heading = document.querySelector<HTMLElement>('main [data-page-heading]');
      (heading ?? document.getElementById('main'))?.focus({ preventScroll: true });
    }
    opened = true;
  }, []);
  return null;
}
