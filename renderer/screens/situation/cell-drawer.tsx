import { Button, Drawer, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowsSplit2, IconMessageCircle, IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import type { CellDetail } from '../../../main/analytics/contract/situation.ts';
import { partDue } from '../../../main/api/contract/format.ts';
import { PlanUnderWay } from '../../alert/plan-under-way.tsx';
import { BacklogOutlook } from '../../charts/backlog-outlook.tsx';
import { ThroughputBars } from '../../charts/throughput-bars.tsx';
import { orpc } from '../../engine-hooks.ts';
import { navigate } from '../../router.ts';
import { RiskBadge } from '../../ui/badges.tsx';
import { OnTimeBar } from '../../ui/bars.tsx';
import { TableDrawer } from '../../ui/contract-table.tsx';
import { StatTile } from '../../ui/stat-tile.tsx';
import { EmptyState, ErrorState, Failed, Loading } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { VerdictOfCell } from '../../verdict/verdict.tsx';
import { useWords } from '../../words.ts';
import { askAbout, proposeFor, supposeFor } from './actions.ts';
import { Arrivals } from './arrivals.tsx';
import { Evidence } from './evidence.tsx';
import { PeopleTable } from './people-table.tsx';
import { type SourceRows, useSourceRows } from './use-source-rows.ts';

type Props = { readonly cellId: string | null; readonly now: number; readonly onClose: () => void };

/** One queue in full: where it is going, how fast, who is on it, and why the chance is what it is. */
export function CellDrawer({ cellId, now, onClose }: Props) {
  const t = useWords('situation');
  const source = useSourceRows(cellId ?? '');
  return (
    <>
      <Drawer
        opened={cellId !== null}
        onClose={onClose}
        // Escape closes what lies on top
        closeOnEscape={source.table === null}
        size={640}
        title={t('drawer.title')}
      >
        {cellId !== null && <CellBody cellId={cellId} now={now} source={source} onClose={onClose} />}
      </Drawer>
      <TableDrawer table={source.table} onClose={source.close} />
    </>
  );
}

type BodyProps = Props & { readonly cellId: string; readonly source: SourceRows };
function CellBody({ cellId, now, source, onClose }: BodyProps) {
  const t = useWords('situation');
  const cell = useQuery(orpc.situation.cell.queryOptions({ input: { cellId } }));
  if (cell.isPending) return <Loading kind="text" count={12} />;
  if (cell.isError)
    return (
      <Stack>
        <Failed of={cell} />
        <EmptyState
          kind="failed"
          title={t('drawer.missing')}
          text={t('drawer.missingText')}
          action={{ label: t('drawer.back'), onClick: onClose }}
        />
      </Stack>
    );
  return <Detail detail={cell.data} now={now} source={source} />;
}

type DetailProps = { readonly detail: CellDetail; readonly now: number; readonly source: SourceRows };
function Detail({ detail, now, source }: DetailProps) {
  const t = useWords('situation');
  const format = useFormat();
  const { row } = detail;
  const words = useMemo(() => ({ lang: format.lang, zone: format.zone }), [format]);
  const history = useMemo(
    () => detail.history.map((point) => ({ at: point.at, value: point.backlog })),
    [detail],
  );
  const timeOf = (at: number | null): string => (at === null ? t('drawer.never') : format.time(at));
  const finish = timeOf(row.dueFinishAt);
  const part = partDue(row);
  return (
    <Stack gap="lg">
      <div>
        <Group gap="sm" align="baseline">
          <Title order={2}>{format.cell(row)}</Title>
          <RiskBadge risk={row.risk} />
        </Group>
        {detail.freshness.stale && (
          <Text size="sm" c="var(--watch-text)" mt={4}>
            {t('stale', { ago: format.ago(row.dataAt, now) })}
          </Text>
        )}
        {row.standstillSince !== null && (
          <Text size="sm" c="var(--danger-text)" mt={4} role="note">
            {t('drawer.standstill', { time: format.time(row.standstillSince) })}
          </Text>
        )}
        <Actions detail={detail} />
      </div>
      <PlanUnderWay plan={row.plan} />
      <SimpleGrid cols={{ base: 2, xs: 4 }} spacing="xs">
        <StatTile
          label={t('column.backlog')}
          value={format.number(row.backlog)}
          unit={t('tile.items')}
          hint={part === null ? undefined : t('drawer.due', { n: format.number(part) })}
          onOpen={() => source.open('snapshots')}
        />
        <StatTile
          label={t('column.deadline')}
          value={row.deadline === null ? '–' : format.time(row.deadline)}
          hint={row.deadline === null ? t('noDeadline') : format.countdown(row.deadline, now)}
          onOpen={() => source.open('snapshots')}
        />
        <StatTile
          label={t('column.pOnTime')}
          value={row.pOnTime === null ? '–' : format.percent(row.pOnTime)}
          hint={<OnTimeBar value={row.pOnTime} risk={row.risk} bare />}
          tone={row.risk === 'danger' ? 'danger' : row.risk === 'watch' ? 'watch' : 'plain'}
          onOpen={() => source.open('snapshots')}
        />
        <StatTile
          label={t('drawer.finishOfDue')}
          value={row.deadline === null || row.dueFinishAt === null ? '–' : finish}
          hint={
            row.deadline !== null && row.dueFinishAt === null
              ? t('drawer.never')
              : t('drawer.finishOfAll', { time: timeOf(row.allFinishAt) })
          }
        />
      </SimpleGrid>
      <ErrorState error={source.error} />
      {(row.risk === 'danger' || row.risk === 'watch') && <VerdictOfCell cellId={row.cellId} />}
      <Section title={t('drawer.outlook')} note={t('drawer.outlookLegend')}>
        <BacklogOutlook
          history={history}
          outlook={detail.outlook}
          now={detail.outlook[0]?.at ?? row.dataAt}
          deadline={row.deadline}
          finish={row.dueFinishAt}
          late={row.risk === 'danger'}
          words={words}
          label={t('drawer.outlookLabel', {
            cell: format.cell(row),
            backlog: format.number(row.backlog),
            deadline: row.deadline === null ? t('noDeadline') : format.time(row.deadline),
            finish,
          })}
        />
      </Section>
      <Section title={t('drawer.evidence')}>
        <Evidence detail={detail} />
      </Section>
      <Arrivals row={row} />
      <Section
        title={t('drawer.throughput')}
        action={<SourceButton onClick={() => source.open('productivity')} />}
      >
        <ThroughputBars
          points={detail.history}
          required={row.required}
          words={words}
          label={t('drawer.throughputLabel', {
            cell: format.cell(row),
            now: row.throughput === null ? t('unknown') : format.number(row.throughput),
            required: row.required === null ? t('unknown') : format.number(row.required),
          })}
        />
      </Section>
      <Section
        title={t('drawer.people', { count: detail.people.length })}
        action={<SourceButton onClick={() => source.open('people')} />}
      >
        <PeopleTable people={detail.people} site={row.location} />
      </Section>
    </Stack>
  );
}

function Actions({ detail }: { readonly detail: CellDetail }) {
  const t = useWords('situation');
  const { row } = detail;
  const late = row.risk === 'danger' || row.risk === 'watch';
  const text = t(late ? 'askText' : 'askTextCalm', {
    location: row.location,
    process: row.process,
    business: row.businessName,
  });
  const ask = askAbout(row, text);
  const plan = proposeFor(row);
  const suppose = supposeFor(row);
  return (
    <Group gap="xs" mt="sm">
      <Button
        variant={late ? 'filled' : 'default'}
        leftSection={<IconSparkles size={16} />}
        onClick={() => navigate(plan.screen, null, plan.query)}
      >
        {t('propose')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconMessageCircle size={16} />}
        onClick={() => navigate(ask.screen, null, ask.query)}
      >
        {t('ask')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowsSplit2 size={16} />}
        onClick={() => navigate(suppose.screen, null, suppose.query)}
      >
        {t('whatIf')}
      </Button>
    </Group>
  );
}

function SourceButton({ onClick }: { readonly onClick: () => void }) {
  const t = useWords('situation');
  return (
    <Button size="compact-xs" variant="subtle" onClick={onClick}>
      {t('drawer.source')}
    </Button>
  );
}

type SectionProps = {
  readonly title: string;
  readonly note?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
};
function Section({ title, note, action, children }: SectionProps) {
  return (
    <section>
      <Group justify="space-between" mb={6}>
        <Title order={3}>{title}</Title>
        {action}
      </Group>
      {children}
      {note !== undefined && <Fine mt={4}>{note}</Fine>}
    </section>
  );
}
