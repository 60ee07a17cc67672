import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleDashed, IconFilterOff, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './states.module.css';
import { Note } from './text.tsx';

type Props = {
  /** never used · nothing for this filter · failed */
  readonly kind: 'never' | 'no-result' | 'failed';
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** other ways, beside the one */
  readonly others?: ReactNode;
  readonly icon?: ReactNode;
};
const ICON = { never: IconCircleDashed, 'no-result': IconFilterOff, failed: IconPlugConnectedX };

/** Why there is nothing here, and the one thing to do about it. */
export function EmptyState({ kind, title, text, action, others, icon }: Props) {
  const Icon = ICON[kind];
  return (
    <Stack align="center" gap="xs" p="3rem 1.5rem" data-kind={kind}>
      <div className={classes['emptyIcon']}>{icon ?? <Icon size={28} stroke={1.5} />}</div>
      <Text fw={600}>{title}</Text>
      {text !== undefined && (
        <Note component="div" maw="34em" ta="center">
          {text}
        </Note>
      )}
      {(action || others) && (
        <Group gap="xs" justify="center" mt="xs">
          {action && (
            <Button variant={kind === 'never' ? 'filled' : 'default'} onClick={action.onClick}>
              {action.label}
            </Button>
          )}
          {others}
        </Group>
      )}
    </Stack>
  );
}
