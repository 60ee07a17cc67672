import { useMemo } from 'react';
import type { MapPoint } from '../../../../main/clusters/contract/map-points.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { SeverityBadge } from '../../../ui/badges.tsx';
import { type Column, DataTable, numberColumn, textColumn } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { TimeText } from '../../../ui/text.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { SEVERITIES } from './map-colours.ts';
import type { ClusterView } from './use-cluster-view.ts';
import { useTemplateTexts } from './use-texts.ts';

type Props = { readonly view: ClusterView };

/** The map as rows, for the keyboard and for readers; Enter opens a template's lines, or the incident. */
export function PointTable({ view }: Props) {
  const t = useWords('clusters');
  const format = useFormat();
  const { all, names, lit, of, titleOf } = view;
  const rows = useMemo(
    () => (lit === null ? view.points : all.filter((point) => lit.has(point.id))),
    [view.points, all, lit],
  );
  const texts = useTemplateTexts(
    useMemo(() => (of === 'template' ? all.map(({ id }) => id) : []), [of, all]),
  );
  const columns = useMemo((): Column<MapPoint>[] => {
    const sayingOf = (id: number): string | undefined => (of === 'incident' ? titleOf(id) : texts.get(id));
    const nameOf = ({ clusterId }: MapPoint): string =>
      clusterId === null ? t('table.outlier') : (names.get(clusterId) ?? t('table.outlier'));
    return [
      {
        key: 'text',
        label: t(of === 'incident' ? 'incident.one' : 'table.text'),
        width: '40%',
        sort: ({ id }) => sayingOf(id) ?? null,
        render: ({ id }) => sayingOf(id) ?? '…',
      },
      textColumn('cluster', t('table.cluster'), nameOf),
      // an incident's title names its services
      ...(of === 'incident'
        ? []
        : [
            {
              key: 'service',
              label: t('table.service'),
              sort: (row: MapPoint) => row.service,
              render: (row: MapPoint) => row.service ?? '–',
            },
          ]),
      of === 'incident'
        ? {
            key: 'severity',
            label: t('colour.severity'),
            sort: ({ severity }) => (severity === null ? null : -SEVERITIES.indexOf(severity)),
            render: ({ severity }) =>
              severity && <SeverityBadge severity={severity} label={t(`incidents:severity.${severity}`)} />,
          }
        : {
            key: 'level',
            label: t('table.level'),
            sort: (row) => row.level,
            render: (row) => <LevelBadge level={row.level} />,
          },
      numberColumn('lines', t('table.lines'), (row) => row.lines, format.number),
      ...(of === 'incident'
        ? [
            {
              key: 'firstAt',
              label: t('incident.began'),
              align: 'right' as const,
              oneLine: true,
              sort: (row: MapPoint) => row.firstAt,
              render: (row: MapPoint) => <TimeText at={row.firstAt} />,
            },
          ]
        : [
            numberColumn('novelty', t('table.novelty'), (row: MapPoint) => row.novelty, format.percent),
            {
              key: 'lastAt',
              label: t('table.lastAt'),
              align: 'right' as const,
              oneLine: true,
              sort: (row: MapPoint) => row.lastAt,
              render: (row: MapPoint) => <TimeText at={row.lastAt} />,
            },
          ]),
    ];
  }, [t, format, names, of, titleOf, texts]);
  return (
    <DataTable
      label={t(of === 'incident' ? 'incident.map' : 'map')}
      columns={columns}
      rows={rows}
      rowKey={(row) => String(row.id)}
      onOpen={(row) => {
        window.location.hash = view.hrefOf(row.id).slice(1);
      }}
      initialSort={{ key: 'lines', down: true }}
      maxHeight="calc(var(--content-height) - 13rem)"
      empty={
        <EmptyState
          kind="no-result"
          title={t(of === 'incident' ? 'incident.nothing' : 'empty.nothing')}
          text={t('empty.nothingText')}
        />
      }
    />
  );
}
