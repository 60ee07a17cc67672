import { Button, Group } from '@mantine/core';
import { IconArrowBarToUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { dayTime } from '../../../logs/log-time.ts';
import { useFormat } from '../../../use-format.ts';

type Props = { readonly at: number; readonly onNewest: () => void };
/** The list begins in the past: says so, and leads back. */
export function AnchorBar({ at, onNewest }: Props) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  return (
    <Group gap="0.5rem" wrap="nowrap" p="0.1rem 0.6rem" fz="xs" c="var(--watch-text)" role="status">
      {t('list.from', { at: dayTime(at, format.zone, format.lang) })}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconArrowBarToUp size={14} />}
        onClick={onNewest}
      >
        {t('list.toNewest')}
      </Button>
    </Group>
  );
}
