import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Accounting } from '../../../../main/api/contract/logs.ts';
import { useFormat } from '../../../use-format.ts';

/** Stored lines that cannot be read any more: which, how many, and how to get them back. */
export function DamagedNote({ damaged, sources }: Pick<Accounting, 'damaged' | 'sources'>) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  if (damaged.length === 0) return null;
  const isCompany = (id: string): boolean => sources.find((s) => s.id === id)?.kind === 'company';
  const lines = damaged.reduce((sum, one) => sum + one.lines, 0);
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle size={18} />}
      title={t('damaged.title', { n: format.number(lines) })}
    >
      <Text size="sm">{t('damaged.text')}</Text>
      <List size="sm" my={4}>
        {damaged.map((one) => (
          <List.Item key={`${one.sourceId} ${one.firstDay} ${one.lastDay}`}>
            {t('damaged.one', {
              name: one.sourceName,
              days: format.days(one.firstDay, one.lastDay),
              n: format.number(one.lines),
            })}
          </List.Item>
        ))}
      </List>
      {damaged.some(({ sourceId }) => !isCompany(sourceId)) && <Text size="sm">{t('damaged.files')}</Text>}
      {damaged.some(({ sourceId }) => isCompany(sourceId)) && <Text size="sm">{t('damaged.company')}</Text>}
      <Text size="sm">{t('damaged.next')}</Text>
    </Alert>
  );
}
