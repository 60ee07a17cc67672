import { Box } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Component, type ReactNode, Suspense, useEffect } from 'react';
import { orpc } from '../engine-hooks.ts';
import { reportFailure } from '../failures.ts';
import { href, navigate, useRoute } from '../router.ts';
import { preloadScreens, SCREENS } from '../screens/registry.tsx';
import { useConnection } from '../stores/connection.ts';
import { EmptyState, Loading } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import { AskDecider } from './ask-decider.tsx';
import { Banners } from './banners.tsx';
import classes from './frame.module.css';
import { HandoverSheet } from './handover-sheet.tsx';
import { Header } from './header.tsx';
import { hasManual, Manual } from './manual.tsx';
import { NotificationCentre } from './notification-centre.tsx';
import { Palette } from './palette.tsx';
import { Shortcuts, useShortcuts } from './shortcuts.tsx';

export function Frame() {
  const t = useWords('frame');
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
      <AskDecider />
      <HandoverSheet />
    </div>
  );
}

function CurrentScreen() {
  const t = useWords('frame');
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

type State = { readonly failed: boolean };
/** A screen that breaks leaves the frame and the other screens alone. */
class ScreenBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };
  static getDerivedStateFromError(): State {
    return { failed: true };
  }
  override componentDidCatch(error: unknown): void {
    reportFailure(error);
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Crashed reopen={() => this.setState({ failed: false })} />;
  }
}

function Crashed({ reopen }: { readonly reopen: () => void }) {
  const t = useWords('frame');
  return (
    <EmptyState
      kind="failed"
      title={t('crashed')}
      text={t('crashedHint')}
      action={{ label: t('reopen'), onClick: reopen }}
    />
  );
}

function Navigation() {
  const t = useWords('frame');
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
