import { Anchor, UnstyledButton } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import type { Timeline } from '../../../main/timeline/contract/timeline.ts';
import type { Span } from '../../charts/clock-scale.ts';
import { type ClockRow, type Frame, OneClock } from '../../charts/one-clock.tsx';
import { ErrorStrip, IncidentBars, LanePlot } from '../../charts/one-clock-rows.tsx';
import { pointAt } from '../../charts/parts.ts';
import { href } from '../../router.ts';
import { RiskBadge } from '../../ui/badges.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { VerdictBadge } from '../../verdict/verdict.tsx';
import { useWords } from '../../words.ts';
import { ClockLegend } from './clock-legend.tsx';
import classes from './timeline.module.css';
import type { LateCells } from './use-late-cells.ts';

type Props = {
  readonly timeline: Timeline;
  readonly late: LateCells;
  readonly lateOnly: boolean;
  readonly span: Span;
  readonly whole: Span;
  /** nothing is known after it */
  readonly now: number;
  readonly onSpan: (span: Span) => void;
};
const SERVICES = 6;
const POINT_SLACK_MS = 15 * 60_000;

/** Incidents on top, the services' errors, then every queue: each row its own plot over the same hours. */
export function ClockView({ timeline, late, lateOnly, span, whole, now, onSpan }: Props) {
  const t = useWords('timeline');
  const format = useFormat();
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  const [allServices, setAllServices] = useState(false);
  const order = new Map(late.rows.map((row, i) => [row.cellId, i]));
  const onlyLate = lateOnly && timeline.lanes.some((lane) => order.has(lane.cell.cellId));
  const lanes = timeline.lanes
    .filter((lane) => !onlyLate || order.has(lane.cell.cellId))
    .toSorted((a, b) => (order.get(a.cell.cellId) ?? 1e6) - (order.get(b.cell.cellId) ?? 1e6));
  const bars = useIncidentBars(timeline, now);
  const { logs } = timeline;
  const services = logs.services.toSorted(
    (a, b) => sum(b.errors) - sum(a.errors) || sum(b.lines) - sum(a.lines),
  );
  const most = Math.max(1, ...services.flatMap((service) => service.errors));
  const shown = allServices ? services : services.slice(0, SERVICES);
  const hidden = services.length - SERVICES;

  const rows: ClockRow[] = [
    {
      key: 'incidents',
      kind: 'incidents',
      head: () => (
        <div className={classes['groupHead']}>
          <b>{t('row.incidents')}</b>
          {bars.length > 0 && <span>{t('row.incidentsCount', { count: bars.length })}</span>}
        </div>
      ),
      plot: (frame) =>
        bars.length > 0 ? (
          <IncidentBars bars={bars} frame={frame} />
        ) : (
          <Fine p={8}>{t('row.noIncidents')}</Fine>
        ),
    },
    ...shown.map(
      (service): ClockRow => ({
        key: `service-${service.service}`,
        kind: 'logs',
        head: (at) => <ServiceHead service={service} at={at} logs={logs} from={timeline.from} />,
        plot: (frame) => (
          <ErrorStrip
            lines={service.lines}
            errors={service.errors}
            from={timeline.from}
            bucketMs={logs.bucketMs}
            most={most}
            until={now}
            frame={frame}
            label={t('stripLabel', {
              service: service.service || '–',
              lines: format.number(sum(service.lines)),
              errors: format.number(sum(service.errors)),
            })}
          />
        ),
      }),
    ),
    ...(hidden > 0 || services.length === 0
      ? [
          {
            key: 'services-more',
            kind: 'logs' as const,
            head: () =>
              services.length === 0 ? (
                <div className={classes['groupHead']}>
                  <b>{t('row.logs')}</b>
                </div>
              ) : (
                <UnstyledButton
                  fz={12}
                  c="var(--mantine-color-anchor)"
                  aria-expanded={allServices}
                  onClick={() => setAllServices(!allServices)}
                >
                  {allServices ? t('row.fewerServices') : t('row.moreServices', { count: hidden })}
                </UnstyledButton>
              ),
            plot: () =>
              services.length === 0 && (
                <Fine p={8}>
                  {t('row.noLogs')}{' '}
                  <Anchor size="xs" href={href('logs', 'sources')}>
                    {t('row.addLogs')}
                  </Anchor>
                </Fine>
              ),
          },
        ]
      : []),
    ...lanes.map(
      (lane): ClockRow => ({
        key: lane.cell.cellId,
        kind: 'lane',
        head: (at) => <LaneHead lane={lane} late={late} at={at} />,
        plot: (frame) => <Lane lane={lane} frame={frame} />,
      }),
    ),
  ];
  return (
    <>
      <OneClock
        rows={rows}
        span={span}
        whole={whole}
        bands={bars}
        now={now}
        label={t('clock')}
        words={words}
        onSpan={onSpan}
      />
      {lanes.length === 0 && (
        <Note ta="center" p="lg">
          {t('noCells')}
        </Note>
      )}
      <ClockLegend />
      <Fine mt={4}>{t('zoom.help')}</Fine>
    </>
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function useIncidentBars(timeline: Timeline, now: number) {
  const t = useWords('timeline');
  const format = useFormat();
  return useMemo(
    () =>
      timeline.incidents.map((incident) => {
        const { id, from, to, severity } = incident;
        const title = format.pick(incident.title);
        const end = to === null ? t('ongoing') : format.time(to);
        return {
          id,
          from,
          to: to ?? Math.max(now, from),
          open: to === null,
          severity,
          title,
          href: href('incidents', id),
          icon: <IconAlertOctagon size={13} aria-hidden />,
          label: t('incidentLabel', {
            severity: t(`severity.${severity}`),
            title,
            from: format.time(from),
            to: end,
          }),
        };
      }),
    [timeline, now, t, format],
  );
}

type ServiceProps = {
  readonly service: Timeline['logs']['services'][number];
  readonly at: number | null;
  readonly logs: Timeline['logs'];
  readonly from: number;
};
function ServiceHead({ service, at, logs, from }: ServiceProps) {
  const t = useWords('timeline');
  const format = useFormat();
  const i = at === null ? -1 : Math.floor((at - from) / logs.bucketMs);
  const errors = at === null ? sum(service.errors) : (service.errors[i] ?? 0);
  const lines = at === null ? sum(service.lines) : (service.lines[i] ?? 0);
  return (
    <div className={classes['serviceHead']}>
      <span title={service.service}>{service.service || '–'}</span>
      <small data-hot={errors > 0 || undefined}>
        {t('errorsAt', { errors: format.number(errors), lines: format.number(lines) })}
      </small>
    </div>
  );
}

type LaneOf = { readonly lane: Timeline['lanes'][number] };
function LaneHead({ lane, late, at }: LaneOf & { readonly late: LateCells; readonly at: number | null }) {
  const t = useWords('timeline');
  const format = useFormat();
  const row = late.all.get(lane.cell.cellId);
  const verdict = late.verdicts.get(lane.cell.cellId);
  const point = at === null ? lane.points.at(-1) : pointAt(lane.points, at, POINT_SLACK_MS);
  const values = [
    point?.backlog != null && t('values.backlog', { n: format.number(point.backlog) }),
    point?.throughput != null && t('values.throughput', { n: format.number(point.throughput) }),
    point?.people != null && t('values.people', { n: format.number(point.people) }),
  ].filter(Boolean);
  return (
    <div className={classes['laneHead']}>
      <a href={href('situation', null, { cell: lane.cell.cellId })}>{format.cell(lane.cell)}</a>
      <small>{values.length ? values.join(format.dot) : '–'}</small>
      <span>
        {row && row.risk !== 'ok' && <RiskBadge risk={row.risk} />}
        {verdict && <VerdictBadge sides={verdict.sides} />}
      </span>
    </div>
  );
}

function Lane({ lane, frame }: LaneOf & { readonly frame: Frame }) {
  const t = useWords('timeline');
  const format = useFormat();
  const last = lane.points.at(-1);
  const markLabel = useCallback(
    (mark: LaneOf['lane']['staffing'][number]) => `${format.time(mark.at)} ${format.pick(mark.words)}`,
    [format],
  );
  return (
    <LanePlot
      lane={lane}
      frame={frame}
      markHref={href('situation', null, { cell: lane.cell.cellId })}
      markLabel={markLabel}
      label={t('laneLabel', {
        cell: format.cell(lane.cell),
        backlog: last?.backlog == null ? '–' : format.number(last.backlog),
        throughput: last?.throughput == null ? '–' : format.number(last.throughput),
        marks: format.number(lane.staffing.length),
      })}
    />
  );
}
