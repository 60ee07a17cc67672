import { Button, Group, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../main/api/contract/chat.ts';
import { orpc } from '../../engine-hooks.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { ImeTextInput } from '../../ui/ime.tsx';

type Props = { readonly session: Session; readonly opened: boolean; readonly onClose: () => void };

export function RenameDialog({ session, opened, onClose }: Props) {
  const { t } = useTranslation('chat');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('rename')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <RenameForm session={session} onClose={onClose} />
    </Modal>
  );
}
function RenameForm({ session, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation('chat');
  const [title, setTitle] = useState(session.title);
  const rename = useMutation(orpc.chat.rename.mutationOptions({ onSuccess: onClose }));
  const ready = title.trim() !== '' && !rename.isPending;
  const save = (): void => {
    if (ready) rename.mutate({ sessionId: session.id, title: title.trim() });
  };
  return (
    <Stack>
      <ImeTextInput
        label={t('renameTitle')}
        value={title}
        maxLength={200}
        data-autofocus
        onChange={(event) => setTitle(event.currentTarget.value)}
        onEnter={save}
      />
      {rename.isError && <ErrorState error={rename.error} retry={save} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button disabled={!ready} loading={rename.isPending} onClick={save}>
          {t('save')}
        </Button>
      </Group>
    </Stack>
  );
}
