import { Button, Group, Modal, Stack, Text } from '@mantine/core';
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
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setWord('')}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
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
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button {...(danger ? { color: 'red' } : {})} disabled={!ready} loading={busy} onClick={act}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
