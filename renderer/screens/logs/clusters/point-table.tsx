import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterMap, MapPoint } from '../../../../main/api/contract/clusters.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { linesHref } from '../../../logs/log-address.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { useFormat } from '../../../use-format.ts';
import type { ClusterView } from './use-cluster-view.ts';

type Props = { readonly map: ClusterMap; readonly view: ClusterView };

/** The map as rows, for the keyboard and for readers; Enter opens a template's lines. */
export function PointTable({ map, view }: Props) {
  const { t } = useTranslation('clusters');
  const format = useFormat();
  const { names, lit } = view;
  const rows = useMemo(
    () => (lit === null ? view.points : map.points.filter((point) => lit.has(point.templateId))),
    [view.points, map, lit],
  );
  const columns = useMemo((): Column<MapPoint>[] => {
    const nameOf = ({ clusterId }: MapPoint): string =>
      clusterId === null ? t('table.outlier') : (names.get(clusterId) ?? t('table.outlier'));
    return [
      { key: 'text', label: t('table.text'), sort: (row) => row.text, render: (row) => row.text },
      { key: 'cluster', label: t('table.cluster'), sort: nameOf, render: nameOf },
      {
        key: 'service',
        label: t('table.service'),
        sort: (row) => row.service,
        render: (row) => row.service ?? '–',
      },
      {
        key: 'level',
        label: t('table.level'),
        sort: (row) => row.level,
        render: (row) => <LevelBadge level={row.level} />,
      },
      {
        key: 'lines',
        label: t('table.lines'),
        align: 'right',
        sort: (row) => row.lines,
        render: (row) => format.number(row.lines),
      },
      {
        key: 'novelty',
        label: t('table.novelty'),
        align: 'right',
        sort: (row) => row.novelty,
        render: (row) => format.percent(row.novelty),
      },
      {
        key: 'lastAt',
        label: t('table.lastAt'),
        align: 'right',
        oneLine: true,
        sort: (row) => row.lastAt,
        render: (row) => <TimeText at={row.lastAt} />,
      },
    ];
  }, [t, format, names]);
  return (
    <DataTable
      label={t('map')}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.templateId)}
      onOpen={(row) => {
        window.location.hash = linesHref({ templates: [row.templateId] }, view.range).slice(1);
      }}
      initialSort={{ key: 'lines', down: true }}
      maxHeight="calc(var(--content-height) - 13rem)"
      empty={<EmptyState kind="no-result" title={t('empty.nothing')} text={t('empty.nothingText')} />}
    />
  );
}
