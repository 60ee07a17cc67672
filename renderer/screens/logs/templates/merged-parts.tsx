import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../../engine-hooks.ts';

type Props = { readonly ids: readonly number[]; readonly onUnmerge: (id: number) => void };
/** What was merged into this template by a person, each with the way out. */
export function MergedParts({ ids, onUnmerge }: Props) {
  const { t } = useTranslation('logs');
  const parts = useQueries({
    queries: ids.slice(0, 20).map((id) => orpc.logs.template.queryOptions({ input: { id } })),
  });
  return (
    <section>
      <Title order={3} mb="xs">
        {t('merge.parts', { n: ids.length })}
      </Title>
      <Stack gap={4}>
        {ids.map((id, i) => {
          const found = parts[i]?.data?.template;
          return (
            <Group key={id} gap="sm" wrap="nowrap" justify="space-between">
              <Text size="xs" truncate>
                {found && found.id === id ? found.text : t('template.number', { id })}
              </Text>
              <Button size="compact-xs" variant="default" flex="none" onClick={() => onUnmerge(id)}>
                {t('merge.takeOut')}
              </Button>
            </Group>
          );
        })}
      </Stack>
    </section>
  );
}
