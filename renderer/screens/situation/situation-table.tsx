import { useMemo } from 'react';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import { Sparkline } from '../../charts/mini-bars.tsx';
import { RiskBadge } from '../../ui/badges.tsx';
import { OnTimeBar } from '../../ui/bars.tsx';
import { type Column, DataTable, numberColumn, textColumn } from '../../ui/data-table.tsx';
import { Fine } from '../../ui/text.tsx';
import { type Format, useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { byUrgency } from './board-model.ts';

type Props = {
  readonly rows: readonly SituationRow[];
  readonly now: number;
  readonly selected: string | null;
  readonly onOpen: (cellId: string) => void;
};
const RANK = { danger: 0, watch: 1, unknown: 2, ok: 3 };
const TONE = { danger: 'danger', watch: 'watch', unknown: 'calm', ok: 'calm' } as const;

const speed = (row: SituationRow, format: Format): string =>
  `${row.throughput === null ? '–' : format.number(row.throughput)}${row.required === null ? '' : ` / ${format.number(row.required)}`}`;

export function SituationTable({ rows, now, selected, onOpen }: Props) {
  const t = useWords('situation');
  const format = useFormat();
  const sorted = useMemo(() => rows.toSorted(byUrgency), [rows]);
  const columns = useMemo(
    (): Column<SituationRow>[] => [
      {
        key: 'risk',
        label: t('column.risk'),
        sort: (r) => RANK[r.risk],
        render: (r) => <RiskBadge risk={r.risk} />,
      },
      textColumn('location', t('column.location'), (r) => r.location),
      {
        key: 'process',
        label: t('column.process'),
        sort: (r) => r.process,
        render: (r) => <b>{r.process}</b>,
      },
      textColumn('business', t('column.business'), (r) => r.businessName),
      {
        key: 'pOnTime',
        label: t('column.pOnTime'),
        width: '140px',
        sort: (r) => r.pOnTime,
        render: (r) => <OnTimeBar value={r.pOnTime} risk={r.risk} />,
      },
      {
        key: 'deadline',
        label: t('column.deadline'),
        sort: (r) => r.deadline,
        render: (r) =>
          r.deadline === null ? (
            <Fine>{t('noDeadlineShort')}</Fine>
          ) : (
            <span>
              {format.time(r.deadline)} <Fine span>{format.countdown(r.deadline, now)}</Fine>
            </span>
          ),
      },
      numberColumn('backlog', t('column.backlog'), (r) => r.backlog, format.number),
      {
        key: 'speed',
        label: t('column.speed'),
        align: 'right',
        sort: (r) => (r.throughput ?? 0) - (r.required ?? 0),
        render: (r) => speed(r, format),
      },
      {
        key: 'people',
        label: t('column.people'),
        align: 'right',
        sort: (r) => r.people,
        render: (r) => `${r.people}${r.movedIn ? ` (+${r.movedIn})` : ''}`,
      },
      {
        key: 'trend',
        label: t('column.trend'),
        render: (r) => (
          <Sparkline values={r.trend.map((p) => p.backlog)} label={t('trendLabel')} tone={TONE[r.risk]} />
        ),
      },
    ],
    [t, format, now],
  );
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={sorted}
      rowKey={(row) => row.cellId}
      onOpen={(row) => onOpen(row.cellId)}
      selected={selected}
      maxHeight="max(22rem, calc(var(--content-height) - 12rem))"
    />
  );
}
