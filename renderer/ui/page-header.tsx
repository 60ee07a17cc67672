import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Note } from './text.tsx';

type Props = {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
};
/** The head of a screen. Its heading takes the focus when the screen opens, so that a reader starts there. */
export function PageHeader({ title, subtitle, actions }: Props) {
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb="lg" wrap="wrap">
      <div>
        <Title order={1} tabIndex={-1} data-page-heading>
          {title}
        </Title>
        {subtitle !== undefined && (
          <Note component="div" mt={4}>
            {subtitle}
          </Note>
        )}
      </div>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
