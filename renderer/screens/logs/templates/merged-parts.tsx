import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../use-format.ts';

type Props = {
  readonly parts: readonly { readonly id: number; readonly text: string }[];
  readonly onUnmerge: (id: number) => void;
};
/** What was merged into this template by a person, each with the way out. */
export function MergedParts({ parts, onUnmerge }: Props) {
  const { t } = useTranslation('logs');
  const format = useFormat();
  return (
    <section>
      <Title order={3} mb="xs">
        {t('merge.parts', { n: parts.length })}
      </Title>
      <Stack gap={4}>
        {parts.map(({ id, text }) => (
          <Group key={id} gap="sm" wrap="nowrap" justify="space-between">
            <Text size="xs" truncate title={text}>
              {t('template.number', { id })}
              {format.dot}
              {text}
            </Text>
            <Button size="compact-xs" variant="default" flex="none" onClick={() => onUnmerge(id)}>
              {t('merge.takeOut')}
            </Button>
          </Group>
        ))}
      </Stack>
    </section>
  );
}
