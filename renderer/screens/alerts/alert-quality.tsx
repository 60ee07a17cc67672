import { Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HitRate } from '../../../main/api/contract/placement.ts';
import { ALERT_KINDS } from '../../../main/api/contract/words/alerts.ts';
import { orpc } from '../../engine-hooks.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Note } from '../../ui/text.tsx';
import { useFormat } from '../../use-format.ts';

const DAYS = 30;

/** Were the alerts right, and did anybody act on them? Per kind and site, with the interval few cases leave open. */
export function AlertQuality() {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  const quality = useQuery(orpc.alerts.quality.queryOptions({ input: { days: DAYS } }));
  if (quality.isPending) return <Loading />;
  if (quality.isError) return <ErrorState error={quality.error} retry={() => void quality.refetch()} />;
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
