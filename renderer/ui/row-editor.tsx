import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Note } from './text.tsx';

type Props<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly blank: Row;
  readonly words: { readonly add: string; readonly remove: string; readonly none: string };
  readonly onChange: (rows: Row[]) => void;
  readonly render: (row: Row, set: (part: Partial<Row>) => void) => ReactNode;
};
/** A short list of rows of inputs: change one, add one, remove one. */
export function RowEditor<Row extends object>({ label, rows, blank, words, onChange, render }: Props<Row>) {
  return (
    <Stack gap={6} role="group" aria-label={label}>
      {rows.length === 0 && <Note>{words.none}</Note>}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <Group key={index} gap={6} wrap="nowrap" align="center">
          {render(row, (part) => onChange(rows.map((old, i) => (i === index ? { ...old, ...part } : old))))}
          <ActionIcon aria-label={words.remove} onClick={() => onChange(rows.filter((_, i) => i !== index))}>
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        size="compact-xs"
        variant="subtle"
        w="fit-content"
        leftSection={<IconPlus size={13} />}
        onClick={() => onChange([...rows, blank])}
      >
        {words.add}
      </Button>
    </Stack>
  );
}
