import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Timeline } from '../../../main/timeline/contract/timeline.ts';
import type { Span } from '../../charts/clock-scale.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate, replaceRoute, useRoute } from '../../router.ts';
import { PageHeader } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Failed, Pending } from '../../ui/states.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ClockView } from './clock-view.tsx';
import { TimelineFilters } from './timeline-filters.tsx';
import { useLateCells } from './use-late-cells.ts';
import { VerdictOverview } from './verdict-overview.tsx';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const DEFAULT_HOURS = 4;
/** so that the next deadlines are seen coming */
const AHEAD = HOUR / 2;

/** `#/timeline?location=…&business=…&process=…&hours=…` or `&from=…&to=…`: is it the people or the system? Production and logs on one clock. */
export function TimelineScreen() {
  const t = useWords('timeline');
  const format = useFormat();
  const { query } = useRoute();
  const scope = useMemo(
    () => ({
      ...(query['location'] ? { location: query['location'] } : {}),
      ...(query['business'] ? { businessId: query['business'] } : {}),
      ...(query['process'] ? { process: query['process'] } : {}),
    }),
    [query],
  );
  const hours = Number(query['hours']) || DEFAULT_HOURS;
  const fixed = fixedOf(query);
  const latest = useQuery({
    ...orpc.timeline.view.queryOptions({ input: scope }),
    placeholderData: keepPreviousData,
  });
  const [fixedFrom, fixedTo] = [fixed?.from, fixed?.to];
  const whole = useMemo(
    () =>
      fixedFrom !== undefined && fixedTo !== undefined
        ? { from: fixedFrom, to: fixedTo }
        : wholeOf(latest.data, hours),
    [latest.data, hours, fixedFrom, fixedTo],
  );
  const [zoom, setZoom] = useState<Span | null>(null);
  const span = zoom ?? whole;
  const [asked] = useDebouncedValue(zoom, 250);
  const part = asked ?? whole;
  const detail = useQuery({
    ...orpc.timeline.view.queryOptions({
      input: {
        ...scope,
        from: Math.floor((part?.from ?? 0) / MINUTE) * MINUTE,
        to: Math.ceil((part?.to ?? 0) / MINUTE) * MINUTE,
      },
    }),
    placeholderData: keepPreviousData,
    enabled: part !== null,
  });
  const timeline = detail.data ?? latest.data;
  const late = useLateCells(scope);
  const set = (next: Record<string, string | null>): void =>
    replaceRoute('timeline', null, { ...query, ...next });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={latest.data ? t('subtitle', { at: format.dateTime(latest.data.to) }) : undefined}
      />
      {!latest.isSuccess && <Pending of={latest} count={10} />}
      <Failed of={detail} />
      {latest.data && isBlank(latest.data) && Object.keys(scope).length === 0 && <NeverUsed />}
      {timeline &&
        span &&
        whole &&
        latest.data &&
        !(isBlank(latest.data) && Object.keys(scope).length === 0) && (
          <>
            {fixed === null && <VerdictOverview late={late} />}
            <TimelineFilters
              query={query}
              hours={hours}
              fixed={fixed}
              span={span}
              whole={whole}
              hasLate={late.rows.length > 0}
              onChange={(next) => {
                if ('hours' in next || 'from' in next) setZoom(null);
                set(next);
              }}
              onSpan={setZoom}
            />
            <ClockView
              timeline={timeline}
              late={late}
              lateOnly={query['cells'] !== 'all'}
              span={span}
              whole={whole}
              now={latest.data.to}
              onSpan={(next) => setZoom(next.from === whole.from && next.to === whole.to ? null : next)}
            />
          </>
        )}
    </>
  );
}

/** A stretch the address asks for, e.g. around an incident. */
const fixedOf = (query: Readonly<Record<string, string>>): Span | null => {
  const [from, to] = [Number(query['from']), Number(query['to'])];
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from > 0 && from < to
    ? { from, to }
    : null;
};

/** What can be seen when nothing is zoomed: so many hours up to the newest data, and a little of what lies ahead. */
const wholeOf = (latest: Timeline | undefined, hours: number): Span | null =>
  latest ? { from: latest.to - hours * HOUR, to: latest.to + AHEAD } : null;
const isBlank = (timeline: Timeline): boolean =>
  timeline.lanes.length === 0 && timeline.incidents.length === 0 && timeline.logs.services.length === 0;

function NeverUsed() {
  const t = useWords('timeline');
  const start = useMutation(orpc.demo.start.mutationOptions());
  return (
    <>
      <EmptyState
        kind="never"
        title={t('never.title')}
        text={t('never.text')}
        others={
          <Button variant="default" loading={start.isPending} onClick={() => start.mutate({})}>
            {t('never.demo')}
          </Button>
        }
        action={{ label: t('never.connect'), onClick: () => navigate('settings', 'company') }}
      />
      {start.isError && <ErrorState error={start.error} retry={() => start.mutate({})} />}
    </>
  );
}
