import { Button, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClusterView } from './use-cluster-view.ts';

/** How many the lasso caught, and the way to let go of them. */
export function PickedHead({ title, view }: { readonly title: string; readonly view: ClusterView }) {
  const { t } = useTranslation('clusters');
  return (
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm" fw={650}>
        {title}
      </Text>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconX size={13} />}
        onClick={() => view.pick([])}
      >
        {t('picked.clear')}
      </Button>
    </Group>
  );
}
