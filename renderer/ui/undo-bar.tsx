import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useWords } from '../words.ts';

let shown: string | null = null;

type Options = {
  /** where "undo" is not the word for it */
  readonly label?: string;
  /** how long it can be taken back, seconds */
  readonly seconds?: number;
};
/** What I just did, with the way back. One at a time: a new act replaces the last one's bar. */
export function showUndoBar(message: string, undo: () => void, { label, seconds = 10 }: Options = {}): void {
  if (shown) notifications.hide(shown);
  const id = crypto.randomUUID();
  shown = id;
  const takeBack = (): void => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    autoClose: seconds * 1000,
    withAutoCloseProgress: true,
    color: 'indigo',
    message: <UndoBar message={message} label={label} undo={takeBack} />,
  });
}
/** The result of my own act, for a few seconds; what was offered before is over. Errors never go here: they stay inline. */
export function showDone(message: string): void {
  if (shown) notifications.hide(shown);
  shown = null;
  notifications.show({ message, color: 'teal', autoClose: 4000 });
}

/** For a command that has no screen to keep its error on; stays until it is closed. */
export function showProblem(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: false });
}

type BarProps = {
  readonly message: string;
  readonly label: string | undefined;
  readonly undo: () => void;
};
function UndoBar({ message, label, undo }: BarProps) {
  const t = useWords('common');
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" lineClamp={2} title={message}>
        {message}
      </Text>
      <Button size="compact-sm" variant="light" flex="none" onClick={undo}>
        {label ?? t('undo')}
      </Button>
    </Group>
  );
}
