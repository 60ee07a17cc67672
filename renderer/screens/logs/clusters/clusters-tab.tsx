import { Box, SegmentedControl, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ClusterKind, ClusterMap, ClusterRun } from '../../../../main/clusters/contract/clusters.ts';
import { orpc } from '../../../engine-hooks.ts';
import { navigate, useRoute } from '../../../router.ts';
import { TaskProgress, useRunningTask } from '../../../tasks/task-progress.tsx';
import { Panel } from '../../../ui/page.tsx';
import { EmptyState, ErrorState, Failed, Loading, Pending } from '../../../ui/states.tsx';
import { Note } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { ClusterDetail } from './cluster-detail.tsx';
import { ClusterList } from './cluster-list.tsx';
import classes from './clusters.module.css';
import { PickedIncidents } from './incident-lines.tsx';
import { MapPanel } from './map-panel.tsx';
import { PickedPanel } from './picked-panel.tsx';
import { PointTable } from './point-table.tsx';
import { RunSettings } from './run-settings.tsx';
import { type ClusterView, clustersQuery, useClusterView } from './use-cluster-view.ts';

/** with fewer there is nothing to group */
const FEW = { template: 5, incident: 3 } as const;
const TASKS = ['clusters', 'cluster-map'];
const KINDS = ['template', 'incident'] as const satisfies readonly ClusterKind[];

/** `#/logs/clusters?of=incidents&cluster=…`: templates of like meaning, or incidents of one kind, as a map and as a list. */
export function ClustersTab() {
  const t = useWords('clusters');
  const { query } = useRoute();
  const of: ClusterKind = query['of'] === 'incidents' ? 'incident' : 'template';
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="sm"
        w="fit-content"
        aria-label={t('of.label')}
        value={of}
        data={KINDS.map((kind) => ({ value: kind, label: t(`of.${kind}`) }))}
        onChange={(kind) =>
          navigate('logs', 'clusters', { ...query, of: null, cluster: null, ...clustersQuery(kind) })
        }
      />
      <Kind key={of} of={of} />
    </>
  );
}

function Kind({ of }: { readonly of: ClusterKind }) {
  const t = useWords('clusters');
  const run = useQuery(orpc.clusters.current.queryOptions({ input: { of } }));
  const map = useQuery(orpc.clusters.map.queryOptions({ input: { of } }));
  const task = useRunningTask(TASKS);
  if (run.isPending || map.isPending) return <Loading count={8} />;
  if (run.isError) return <Failed of={run} />;
  if (map.isError) return <Failed of={map} />;
  const busy = task !== undefined;
  return (
    <>
      {task && (
        <Panel mb={12} p="10px 14px">
          <TaskProgress task={task} label={t(task.kind === 'cluster-map' ? 'run.drawing' : 'run.running')} />
        </Panel>
      )}
      {run.data === null || (of === 'incident' && run.data.items < FEW.incident) ? (
        of === 'incident' ? (
          <NoIncidentsYet busy={busy} />
        ) : (
          <NotYet busy={busy} />
        )
      ) : (
        <Made run={run.data} map={map.data} busy={busy} />
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
  const t = useWords('clusters');
  const format = useFormat();
  const view = useClusterView(run, map);
  const [shown, setShown] = useState<'map' | 'table'>('map');
  const draw = useMutation(orpc.clusters.draw.mutationOptions());
  return (
    <Stack gap={10}>
      <div className={classes['lead']}>
        <Note>
          {t(run.of === 'incident' ? 'incident.lead' : 'lead')}{' '}
          {t(run.of === 'incident' ? 'incident.result' : 'run.result', {
            templates: format.number(run.items),
            clusters: format.number(run.clusters.length),
            outliers: format.number(run.outliers.length),
          })}
        </Note>
        <SegmentedControl
          size="xs"
          aria-label={t('view.label')}
          value={shown}
          data={(['map', 'table'] as const).map((name) => ({ value: name, label: t(`view.${name}`) }))}
          onChange={setShown}
        />
        <RunSettings run={run} busy={busy} />
      </div>
      {draw.isError && <ErrorState error={draw.error} retry={() => draw.mutate({ of: run.of })} />}
      <div className={classes['split']}>
        <Box miw={0}>
          {shown === 'table' ? (
            <PointTable view={view} />
          ) : map.ids.length === 0 ? (
            <EmptyState
              kind="never"
              title={t('empty.noMap')}
              text={t('empty.noMapText')}
              {...(busy || draw.isPending
                ? {}
                : { action: { label: t('run.drawFirst'), onClick: () => draw.mutate({ of: run.of }) } })}
            />
          ) : (
            <MapPanel run={run} view={view} />
          )}
        </Box>
        <ClusterPanel run={run} view={view} />
      </div>
    </Stack>
  );
}

/** Before the first run: no lines, too few kinds of them, or simply not asked for yet. */
function NotYet({ busy }: { readonly busy: boolean }) {
  const t = useWords('clusters');
  const format = useFormat();
  const accounting = useQuery(orpc.logs.accounting.queryOptions());
  const { make, error, making } = useFirstRun('template');
  if (accounting.isPending) return <Loading count={4} />;
  const templates = accounting.data?.templates ?? 0;
  if (templates === 0)
    return (
      <EmptyState
        kind="never"
        title={t('empty.noLogs')}
        text={t('empty.noLogsText')}
        action={{ label: t('empty.addLogs'), onClick: () => navigate('logs', 'sources') }}
      />
    );
  const few = templates < FEW.template;
  return (
    <>
      <EmptyState
        kind="never"
        title={few ? t('empty.few', { n: format.number(templates) }) : t('empty.title')}
        text={few ? t('empty.fewText') : t('empty.text', { n: format.number(templates) })}
        {...(few || busy || making ? {} : { action: { label: t('run.first'), onClick: make } })}
      />
      <ErrorState error={error} retry={make} />
    </>
  );
}

/** Groups, then draws. */
function useFirstRun(of: ClusterKind) {
  const draw = useMutation(orpc.clusters.draw.mutationOptions());
  const run = useMutation(orpc.clusters.run.mutationOptions({ onSuccess: () => draw.mutate({ of }) }));
  return { make: () => run.mutate({ of }), error: run.error ?? draw.error, making: run.isPending };
}

/** Before the first run over incidents, or while there are too few of them. */
function NoIncidentsYet({ busy }: { readonly busy: boolean }) {
  const t = useWords('clusters');
  const format = useFormat();
  const { make, error, making } = useFirstRun('incident');
  const list = useQuery(
    orpc.incidents.list.queryOptions({
      input: { states: ['open', 'acknowledged', 'resolved'], limit: FEW.incident },
    }),
  );
  if (!list.isSuccess) return <Pending of={list} count={4} />;
  const incidents = list.data.length;
  if (incidents < FEW.incident)
    return (
      <EmptyState
        kind="never"
        title={t('incident.few', { n: format.number(incidents) })}
        text={t('incident.fewText')}
        action={{ label: t('incident.open'), onClick: () => navigate('incidents') }}
      />
    );
  return (
    <>
      <EmptyState
        kind="never"
        title={t('empty.title')}
        text={t('incident.notYet')}
        {...(busy || making ? {} : { action: { label: t('run.first'), onClick: make } })}
      />
      <ErrorState error={error} retry={make} />
    </>
  );
}

type Props = { readonly run: ClusterRun; readonly view: ClusterView };

/** Beside the map: all clusters, the chosen one, or what the lasso caught. */
function ClusterPanel({ run, view }: Props) {
  const cluster = run.clusters.find(({ id }) => id === view.clusterId);
  return (
    <aside className={classes['panel']}>
      {view.picked.length > 0 ? (
        view.of === 'incident' ? (
          <PickedIncidents numbers={view.picked} view={view} />
        ) : (
          <PickedPanel ids={view.picked} view={view} />
        )
      ) : cluster ? (
        <ClusterDetail key={cluster.id} cluster={cluster} view={view} />
      ) : (
        <ClusterList run={run} view={view} />
      )}
    </aside>
  );
}
