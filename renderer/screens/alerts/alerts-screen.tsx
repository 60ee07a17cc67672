import { Anchor, Button, Table, Title } from '@mantine/core';
import { IconChevronLeft, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Alert } from '../../../main/alerts/contract/alerts.ts';
import { ALERT_KINDS } from '../../../main/alerts/contract/words.ts';
import type { HitRate } from '../../../main/placement/contract/placement.ts';
import { orpc, useNow } from '../../engine-hooks.ts';
import { href, useRoute } from '../../router.ts';
import { PageHeader, useWide } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Loading, Pending } from '../../ui/states.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { AlertDetail } from './alert-detail.tsx';
import { AlertList } from './alert-list.tsx';
import classes from './alerts.module.css';

const QUALITY = 'quality';

/** `#/alerts` lists, `#/alerts/<id>` shows one: beside the list where there is room. */
export function AlertsScreen() {
  const t = useWords('alerts');
  const format = useFormat();
  const now = useNow(10_000);
  const { id: asked } = useRoute();
  const wide = useWide('68rem');
  const list = useQuery(orpc.alerts.list.queryOptions({ input: { limit: 500 } }));
  const every = useQuery(orpc.alerts.settings.queryOptions()).data?.everyMinutes ?? 2;
  const check = useMutation(orpc.alerts.check.mutationOptions());
  const alerts = list.data?.alerts ?? [];
  const lastCheckAt = list.data?.lastCheckAt ?? null;
  const waiting = alerts.find((alert) => alert.state === 'open')?.id ?? null;
  // beside the list there is room for the first that waits; it stays when it has been dealt with
  const [first, setFirst] = useState(waiting);
  useEffect(() => setFirst((before) => before ?? waiting), [waiting]);
  const id = asked ?? (wide ? first : null);
  const showList = wide || id === null;
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={
          lastCheckAt === null
            ? t('neverChecked')
            : t('checked', { ago: format.ago(lastCheckAt, now), minutes: format.number(every) })
        }
        actions={
          <>
            <Button variant="subtle" component="a" href={href('alerts', asked === QUALITY ? null : QUALITY)}>
              {t(asked === QUALITY ? 'quality.back' : 'quality.title')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconRefresh size={15} />}
              loading={check.isPending}
              onClick={() => check.mutate({})}
            >
              {t('check')}
            </Button>
          </>
        }
      />
      {check.isError && <ErrorState error={check.error} retry={() => check.mutate({})} />}
      {!list.isSuccess && <Pending of={list} />}
      {asked !== QUALITY && list.data && alerts.length === 0 && (
        <EmptyState
          kind="never"
          title={t('noneTitle')}
          text={t('noneText', { minutes: format.number(every) })}
          action={{ label: t('check'), onClick: () => check.mutate({}) }}
        />
      )}
      {asked === QUALITY && <AlertQuality />}
      {asked !== QUALITY && alerts.length > 0 && (
        <div className={classes['split']} data-wide={wide || undefined}>
          {showList && <AlertList alerts={alerts} selected={id} now={now} />}
          <div>
            {!wide && id !== null && (
              <Anchor href={href('alerts')} size="sm" mb="sm" display="inline-block">
                <IconChevronLeft size={14} aria-hidden /> {t('back')}
              </Anchor>
            )}
            {id !== null ? (
              <Selected id={id} alerts={alerts} now={now} />
            ) : (
              wide && (
                <Note p="lg" ta="center">
                  {t('pick')}
                </Note>
              )
            )}
          </div>
        </div>
      )}
    </>
  );
}

type SelectedProps = { readonly id: string; readonly alerts: readonly Alert[]; readonly now: number };
function Selected({ id, alerts, now }: SelectedProps) {
  const t = useWords('alerts');
  const listed = alerts.find((alert) => alert.id === id);
  const one = useQuery(orpc.alerts.get.queryOptions({ input: { id }, enabled: !listed }));
  const alert = listed ?? one.data;
  if (alert) return <AlertDetail key={alert.id} alert={alert} now={now} />;
  if (one.isPending) return <Loading kind="text" />;
  return <EmptyState kind="failed" title={t('missing')} text={t('missingText')} />;
}

const DAYS = 30;

/** Were the alerts right, and did anybody act on them? Per kind and site, with the interval few cases leave open. */
function AlertQuality() {
  const t = useWords('alerts');
  const format = useFormat();
  const quality = useQuery(orpc.alerts.quality.queryOptions({ input: { days: DAYS } }));
  if (!quality.isSuccess) return <Pending of={quality} />;
  const { rows } = quality.data;
  const share = ({ hits, of, low, high }: HitRate): string =>
    of === 0
      ? '–'
      : t('quality.share', {
          hits: format.number(hits),
          of: format.number(of),
          low: format.percent(low),
          high: format.percent(high),
        });
  return (
    <section>
      <Title order={2} mb={4}>
        {t('quality.title')}
      </Title>
      <Note mb="md">{t('quality.intro', { days: DAYS })}</Note>
      {rows.length === 0 ? (
        <EmptyState kind="never" title={t('quality.none')} text={t('quality.noneText')} />
      ) : (
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('quality.of')}</Table.Th>
              <Table.Th ta="right">{t('quality.fired')}</Table.Th>
              <Table.Th>{t('quality.late')}</Table.Th>
              <Table.Th>{t('quality.useful')}</Table.Th>
              <Table.Th ta="right">{t('quality.ignored')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.kind} ${row.location}`}>
                <Table.Td>
                  {row.kind ? ALERT_KINDS[row.kind][format.lang] : (row.location ?? t('quality.all'))}
                </Table.Td>
                <Table.Td ta="right">{format.number(row.fired)}</Table.Td>
                <Table.Td>{share(row.late)}</Table.Td>
                <Table.Td>{share(row.useful)}</Table.Td>
                <Table.Td ta="right">{format.number(row.ignored)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
