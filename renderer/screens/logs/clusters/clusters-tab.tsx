import { SegmentedControl, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterMap, ClusterRun } from '../../../../main/api/contract/clusters.ts';
import { orpc, useRefresh } from '../../../engine-hooks.ts';
import { navigate } from '../../../router.ts';
import { TaskProgress, useRunningTask } from '../../../tasks/task-progress.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { useFormat } from '../../../use-format.ts';
import { ClusterPanel } from './cluster-panel.tsx';
import classes from './clusters.module.css';
import { MapPanel } from './map-panel.tsx';
import { PointTable } from './point-table.tsx';
import { RunSettings } from './run-settings.tsx';
import { useClusterView } from './use-cluster-view.ts';

const FEW = 5;
const TASKS = ['clusters', 'cluster-map'];

/** `#/logs/clusters?cluster=…`: templates of like meaning, as a map and as a list. */
export function ClustersTab() {
  const run = useQuery(orpc.clusters.current.queryOptions());
  const map = useQuery(orpc.clusters.map.queryOptions());
  if (run.isPending || map.isPending) return <Loading count={8} />;
  if (run.isError) return <ErrorState error={run.error} retry={() => void run.refetch()} />;
  if (map.isError) return <ErrorState error={map.error} retry={() => void map.refetch()} />;
  return <Body run={run.data} map={map.data} />;
}

function Body({ run, map }: { readonly run: ClusterRun | null; readonly map: ClusterMap }) {
  const { t } = useTranslation('clusters');
  const task = useRunningTask(TASKS);
  const making = task && (
    <div className={classes['task']}>
      <TaskProgress task={task} label={t(task.kind === 'cluster-map' ? 'run.drawing' : 'run.running')} />
    </div>
  );
  return (
    <>
      {making}
      {run === null ? (
        <NotYet busy={task !== undefined} />
      ) : (
        <Made run={run} map={map} busy={task !== undefined} />
      )}
    </>
  );
}

function Made({
  run,
  map,
  busy,
}: {
  readonly run: ClusterRun;
  readonly map: ClusterMap;
  readonly busy: boolean;
}) {
  const { t } = useTranslation('clusters');
  const format = useFormat();
  const refresh = useRefresh();
  const view = useClusterView(run, map);
  const [shown, setShown] = useState<'map' | 'table'>('map');
  const draw = useMutation(orpc.clusters.draw.mutationOptions({ onSettled: () => refresh('clusters') }));
  return (
    <div className={classes['tab']}>
      <div className={classes['lead']}>
        <Text size="sm" c="dimmed">
          {t('lead')}{' '}
          {t('run.result', {
            templates: format.number(run.templates),
            clusters: format.number(run.clusters.length),
            outliers: format.number(run.outliers.length),
          })}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('view.label')}
          value={shown}
          data={(['map', 'table'] as const).map((name) => ({ value: name, label: t(`view.${name}`) }))}
          onChange={setShown}
        />
        <RunSettings run={run} busy={busy} />
      </div>
      {draw.isError && <ErrorState error={draw.error} retry={() => draw.mutate({})} />}
      <div className={classes['split']}>
        <div className={classes['main']}>
          {shown === 'table' ? (
            <PointTable view={view} map={map} />
          ) : map.points.length === 0 ? (
            <EmptyState
              kind="never"
              title={t('empty.noMap')}
              text={t('empty.noMapText')}
              {...(busy || draw.isPending
                ? {}
                : { action: { label: t('run.draw'), onClick: () => draw.mutate({}) } })}
            />
          ) : (
            <MapPanel run={run} map={map} view={view} />
          )}
        </div>
        <ClusterPanel run={run} map={map} view={view} />
      </div>
    </div>
  );
}

/** Before the first run: no lines, too few kinds of them, or simply not asked for yet. */
function NotYet({ busy }: { readonly busy: boolean }) {
  const { t } = useTranslation('clusters');
  const format = useFormat();
  const refresh = useRefresh();
  const accounting = useQuery(orpc.logs.accounting.queryOptions());
  const draw = useMutation(orpc.clusters.draw.mutationOptions({ onSettled: () => refresh('clusters') }));
  const run = useMutation(
    orpc.clusters.run.mutationOptions({
      onSuccess: () => draw.mutate({}),
      onSettled: () => refresh('clusters'),
    }),
  );
  if (accounting.isPending) return <Loading count={4} />;
  const templates = accounting.data?.templates ?? 0;
  const error = run.error ?? draw.error;
  if (templates === 0)
    return (
      <EmptyState
        kind="never"
        title={t('empty.noLogs')}
        text={t('empty.noLogsText')}
        action={{ label: t('empty.addLogs'), onClick: () => navigate('logs', 'sources') }}
      />
    );
  const few = templates < FEW;
  return (
    <>
      <EmptyState
        kind="never"
        title={few ? t('empty.few', { n: format.number(templates) }) : t('empty.title')}
        text={few ? t('empty.fewText') : t('empty.text', { n: format.number(templates) })}
        {...(few || busy || run.isPending
          ? {}
          : { action: { label: t('run.first'), onClick: () => run.mutate({}) } })}
      />
      {error != null && <ErrorState error={error} retry={() => run.mutate({})} />}
    </>
  );
}
