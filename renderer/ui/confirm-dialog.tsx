import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words.ts';
import { ImeTextInput } from './ime.tsx';

type Props = {
  readonly opened: boolean;
  readonly title: string;
  readonly text: ReactNode;
  readonly confirm: string;
  /** a word to type first; only for what cannot be taken back */
  readonly typed?: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};
export function ConfirmDialog(props: Props) {
  const { opened, title, text, confirm, typed, danger = false, busy = false, onConfirm, onClose } = props;
  const t = useWords('common');
  const [word, setWord] = useState('');
  const ready = typed === undefined || word.normalize('NFKC').trim() === typed;
  const act = (): void => {
    if (ready && !busy) onConfirm();
  };
  return (
    <Modal opened={opened} onClose={onClose} onExitTransitionEnd={() => setWord('')} title={title}>
      <Stack>
        <Text component="div" size="sm">
          {text}
        </Text>
        {typed !== undefined && (
          <ImeTextInput
            label={t('typeToConfirm', { word: typed })}
            value={word}
            onChange={(e) => setWord(e.currentTarget.value)}
            onEnter={act}
            data-autofocus
          />
        )}
        <DialogActions
          confirm={confirm}
          onClose={onClose}
          {...(danger ? { color: 'red' } : {})}
          disabled={!ready}
          loading={busy}
          onConfirm={act}
        />
      </Stack>
    </Modal>
  );
}

type ActionsProps = ButtonProps & {
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};
/** The end of a form in a dialog: leave everything as it is, or do it. */
export function DialogActions({ confirm, onConfirm, onClose, ...button }: ActionsProps) {
  const t = useWords('common');
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {t('cancel')}
      </Button>
      <Button {...button} onClick={onConfirm}>
        {confirm}
      </Button>
    </Group>
  );
}
