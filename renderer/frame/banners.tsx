import { Anchor, Button, CloseButton, Group, Loader } from '@mantine/core';
import { IconAlertTriangleFilled, IconFlask2, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatMoment } from '../../main/api/contract/format.ts';
import { wordFailing } from '../../main/sync/contract/words.ts';
import { orpc, useNow } from '../engine-hooks.ts';
import { href } from '../router.ts';
import { shellBridge } from '../shell-bridge.ts';
import { useConnection } from '../stores/connection.ts';
import { useUi } from '../stores/ui.ts';
import { useFormat } from '../use-format.ts';
import { useWords } from '../words.ts';
import classes from './frame.module.css';

/** More are only counted: the sync status lists them all. */
const LISTED_TABLES = 3;

/** What a person has to know on every screen; each goes away by itself when it is over. */
export function Banners() {
  const state = useConnection((s) => s.state);
  if (state === 'online') return <DataBanner />;
  return <ConnectionBanner state={state} />;
}

function Banner({
  tone,
  icon,
  children,
}: {
  tone: 'info' | 'watch' | 'danger';
  icon: ReactNode;
  children: ReactNode;
}) {
  return (
    <div
      className={`${classes['banner']} no-print`}
      data-tone={tone}
      role={tone === 'info' ? undefined : 'status'}
    >
      {icon}
      {children}
    </div>
  );
}

function ConnectionBanner({ state }: { readonly state: 'connecting' | 'lost' | 'refused' }) {
  const t = useWords('frame');
  if (state === 'connecting')
    return (
      <Banner tone="info" icon={<Loader size={14} />}>
        {t('banner.connecting')}
      </Banner>
    );
  return (
    <Banner tone="danger" icon={<IconPlugConnectedX size={16} aria-hidden />}>
      <strong>{t(`banner.${state}`)}</strong>
      {shellBridge() === undefined && <span>{t(`banner.${state}Hint`)}</span>}
    </Banner>
  );
}

function DataBanner() {
  const t = useWords('frame');
  const format = useFormat();
  const hidden = useUi((s) => s.hiddenBanners);
  const hide = useUi((s) => s.hideBanner);
  const freshness = useQuery(orpc.company.freshness.queryOptions()).data;
  const now = useNow(60_000);
  const sync = useMutation(orpc.company.sync.mutationOptions());
  if (freshness?.source === 'demo' && !hidden.includes('demo'))
    return (
      <Banner tone="info" icon={<IconFlask2 size={16} aria-hidden />}>
        <span>
          {t('banner.demo')} —{' '}
          <Anchor href={href('settings', 'company')} fz="inherit" fw={600}>
            {t('banner.connectOwn')}
          </Anchor>
        </span>
        <CloseButton ms="auto" size="sm" aria-label={t('banner.hide')} onClick={() => hide('demo')} />
      </Banner>
    );
  if (freshness?.source !== 'mysql') return null;
  const { stale, dataAt, failing } = freshness;
  const isOld = stale && dataAt !== null;
  if (!isOld && failing.length === 0) return null;
  const more = failing.length - LISTED_TABLES;
  return (
    <Banner tone="watch" icon={<IconAlertTriangleFilled size={16} aria-hidden />}>
      <div>
        {isOld && <div>{t('banner.stale', { at: format.dateTime(dataAt) })}</div>}
        {failing.slice(0, LISTED_TABLES).map((table) => (
          <div key={table.table}>
            {wordFailing(table, format.lang, (at) => formatMoment(at, format.zone, format.lang, now))}
          </div>
        ))}
        {more > 0 && <div>{t('banner.moreTables', { count: more })}</div>}
      </div>
      <Group gap="xs" ms="auto">
        {failing.length > 0 && (
          <Anchor href={href('settings', 'sync')} fz="inherit" fw={600}>
            {t('banner.why')}
          </Anchor>
        )}
        <Button size="compact-xs" variant="default" loading={sync.isPending} onClick={() => sync.mutate({})}>
          {t('banner.syncNow')}
        </Button>
      </Group>
    </Banner>
  );
}
