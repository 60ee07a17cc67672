import type { ClusterRun } from '../../../../main/api/contract/clusters.ts';
import { ClusterDetail } from './cluster-detail.tsx';
import { ClusterList } from './cluster-list.tsx';
import classes from './clusters.module.css';
import { PickedIncidents } from './incident-lines.tsx';
import { PickedPanel } from './picked-panel.tsx';
import type { ClusterView } from './use-cluster-view.ts';

type Props = { readonly run: ClusterRun; readonly view: ClusterView };

/** Beside the map: all clusters, the chosen one, or what the lasso caught. */
export function ClusterPanel({ run, view }: Props) {
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
