import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

type Undo = {
  readonly message: string;
  readonly undoLabel: string;
  readonly undo: () => void;
  /** how long it can be taken back, seconds */
  readonly seconds?: number;
};
let shown: string | null = null;

/** What I just did, with the way back. One at a time: a new act replaces the last one's bar. */
export function showUndoBar({ message, undoLabel, undo, seconds = 10 }: Undo): void {
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
    message: <UndoBar message={message} undoLabel={undoLabel} undo={takeBack} />,
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

export function UndoBar({ message, undoLabel, undo }: Undo) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm" lineClamp={2} title={message}>
        {message}
      </Text>
      <Button size="compact-sm" variant="light" flex="none" onClick={undo}>
        {undoLabel}
      </Button>
    </Group>
  );
}
