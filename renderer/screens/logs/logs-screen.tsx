import { Button, FileButton, Tabs } from '@mantine/core';
import {
  IconChartDots3,
  IconFileImport,
  IconHeartbeat,
  IconListSearch,
  IconServer2,
  IconTemplate,
} from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { LogSource } from '../../../main/logs/contract/logs.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate, replaceRoute, useRoute } from '../../router.ts';
import { startUploads } from '../../stores/log-uploads.ts';
import { DropAnywhere } from '../../ui/drop-anywhere.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Loading, Pending } from '../../ui/states.tsx';
import { useWords } from '../../words.ts';
import { AccountingLine } from './accounting-line.tsx';
import { ExploreTab } from './explore/explore-tab.tsx';
import { rememberedQuery } from './explore/use-explore.ts';
import classes from './logs.module.css';
import { ServicesTab } from './services/services-tab.tsx';
import { SourcesTab } from './sources/sources-tab.tsx';
import { takeDropped, takePicked } from './take-logs.ts';
import { TemplatesTab } from './templates/templates-tab.tsx';
import { UploadTray } from './upload-tray.tsx';

const TABS = [
  { name: 'explore', icon: IconListSearch },
  { name: 'templates', icon: IconTemplate },
  { name: 'clusters', icon: IconChartDots3 },
  { name: 'services', icon: IconHeartbeat },
  { name: 'sources', icon: IconServer2 },
] as const;
type TabName = (typeof TABS)[number]['name'];

// the map and its library are only fetched by those who look at it
const ClustersTab = lazy(async () => ({
  default: (await import('./clusters/clusters-tab.tsx')).ClustersTab,
}));

/** `#/logs/explore?…`, `#/logs/templates`, `#/logs/clusters`, `#/logs/services`, `#/logs/sources`; `#/logs` alone is the last search again. */
export function LogsScreen() {
  const t = useWords('logs');
  const { id, query } = useRoute();
  const sources = useQuery(orpc.logs.sources.queryOptions());
  const tab: TabName = TABS.find(({ name }) => name === id)?.name ?? 'explore';
  useEffect(() => {
    if (id === null) replaceRoute('logs', 'explore', { ...rememberedQuery(), ...query });
  }, [id, query]);
  const show = (name: string | null): void =>
    navigate('logs', name, {
      ...(name === 'explore' ? rememberedQuery() : {}),
      range: query['range'] ?? null,
    });
  return (
    <div className={classes['screen']} data-fill={tab === 'explore' || undefined}>
      <DropAnywhere label={t('dropHere')} onDrop={(data) => startUploads(takeDropped(data))} />
      <PageHeader
        title={t('title')}
        subtitle={<AccountingLine />}
        actions={
          <FileButton multiple onChange={(files) => files.length > 0 && startUploads(takePicked(files))}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileImport size={16} />}>
                {t('import')}
              </Button>
            )}
          </FileButton>
        }
      />
      <UploadTray sources={sources.data ?? []} />
      <Tabs value={tab} onChange={show} className={classes['tabs'] ?? ''}>
        <Tabs.List mb="sm">
          {TABS.map(({ name, icon: Icon }) => (
            <Tabs.Tab key={name} value={name} leftSection={<Icon size={15} />}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} className={classes['panel'] ?? ''}>
          {!sources.isSuccess && <Pending of={sources} count={10} />}
          {/* without a tab in the address the last search is about to be put there */}
          {sources.data && id !== null && <TabBody tab={tab} sources={sources.data} />}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function TabBody({ tab, sources }: { readonly tab: TabName; readonly sources: readonly LogSource[] }) {
  if (tab === 'sources') return <SourcesTab sources={sources} />;
  if (sources.every((source) => source.lines === 0)) return <NoLinesYet />;
  if (tab === 'templates') return <TemplatesTab />;
  if (tab === 'services') return <ServicesTab />;
  if (tab === 'clusters')
    return (
      <Suspense fallback={<Loading count={8} />}>
        <ClustersTab />
      </Suspense>
    );
  return <ExploreTab sources={sources} />;
}

/** The very first look: nothing has been read yet. */
function NoLinesYet() {
  const t = useWords('logs');
  const demo = useMutation(orpc.demo.start.mutationOptions());
  return (
    <>
      <EmptyState
        kind="never"
        icon={<IconFileImport size={28} stroke={1.5} />}
        title={t('never.title')}
        text={t('never.text')}
        others={
          <>
            <FileButton multiple onChange={(files) => files.length > 0 && startUploads(takePicked(files))}>
              {(props) => <Button {...props}>{t('never.pick')}</Button>}
            </FileButton>
            <Button variant="default" onClick={() => navigate('logs', 'sources', { add: '1' })}>
              {t('never.path')}
            </Button>
            <Button variant="default" loading={demo.isPending} onClick={() => demo.mutate({})}>
              {t('never.demo')}
            </Button>
          </>
        }
      />
      {demo.error && <ErrorState error={demo.error} retry={() => demo.mutate({})} />}
    </>
  );
}
