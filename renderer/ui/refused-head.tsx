import { Button, Group, Select, Title } from '@mantine/core';
import { Note } from './text.tsx';

type Props = {
  readonly title: string;
  readonly intro: string;
  /** what the choice is about, what stands for all, and what can be chosen */
  readonly choice: {
    readonly label: string;
    readonly all: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
  };
  /** null: all */
  readonly chosen: string | null;
  readonly onChoose: (value: string | null) => void;
  readonly replay: { readonly label: string; readonly disabled: boolean; readonly busy: boolean };
  readonly onReplay: () => void;
};
const ALL = '*';

/** Above a list of what was refused: what it is, whose to show, and trying them again. */
export function RefusedHead({ title, intro, choice, chosen, onChoose, replay, onReplay }: Props) {
  return (
    <Group justify="space-between" align="flex-end">
      <div>
        <Title order={2}>{title}</Title>
        <Note>{intro}</Note>
      </div>
      <Group gap="xs">
        <Select
          aria-label={choice.label}
          w={220}
          data={[{ value: ALL, label: choice.all }, ...choice.options]}
          value={chosen ?? ALL}
          onChange={(value) => onChoose(value === null || value === ALL ? null : value)}
        />
        <Button variant="default" disabled={replay.disabled} loading={replay.busy} onClick={onReplay}>
          {replay.label}
        </Button>
      </Group>
    </Group>
  );
}
