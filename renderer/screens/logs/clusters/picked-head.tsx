import { Button, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useWords } from '../../../words.ts';
import type { ClusterView } from './use-cluster-view.ts';

/** How many the lasso caught, and the way to let go of them. */
export function PickedHead({ title, view }: { readonly title: string; readonly view: ClusterView }) {
  const t = useWords('clusters');
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
