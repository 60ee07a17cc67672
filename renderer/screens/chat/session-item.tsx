import { ActionIcon, Flex, Menu, Modal, Stack, Text } from '@mantine/core';
import {
  IconDots,
  IconDownload,
  IconPencil,
  IconPin,
  IconPinnedFilled,
  IconPinnedOff,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '../../../main/chat/contract/chat.ts';
import { orpc, useNow } from '../../engine-hooks.ts';
import { href, navigate } from '../../router.ts';
import { DialogActions } from '../../ui/confirm-dialog.tsx';
import { saveText } from '../../ui/csv.ts';
import { ImeTextInput } from '../../ui/ime.tsx';
import { ErrorState } from '../../ui/states.tsx';
import { Fine } from '../../ui/text.tsx';
import { showUndoBar } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';

type Props = { readonly session: Session; readonly current: boolean; readonly onPicked?: () => void };

export function SessionItem({ session, current, onPicked }: Props) {
  const t = useWords('chat');
  const format = useFormat();
  const now = useNow(60_000);
  const [renaming, setRenaming] = useState(false);
  const act = useSessionActs(session, current);
  return (
    <div className={classes['session']} data-current={current || undefined}>
      <Flex
        href={href('chat', session.id)}
        aria-current={current ? 'page' : undefined}
        component="a"
        direction="column"
        p="6px 30px 6px 8px"
        c="inherit"
        td="none"
        bdrs="inherit"
        onClick={onPicked}
      >
        <Text span size="sm" truncate className={classes['sessionTitle']}>
          {session.pinned && <IconPinnedFilled size={12} aria-label={t('pinned')} />}
          {session.title}
        </Text>
        <Fine span truncate>
          {session.excerpt ?? format.ago(session.updatedAt, now)}
        </Fine>
      </Flex>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            size="sm"
            aria-label={t('menu', { title: session.title })}
            className={classes['sessionMenu']}
          >
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setRenaming(true)}>
            {t('rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={session.pinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />}
            onClick={act.pin}
          >
            {session.pinned ? t('unpin') : t('pin')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => act.save('markdown')}>
            {t('exportMarkdown')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => act.save('csv')}>
            {t('exportCsv')}
          </Menu.Item>
          <Menu.Item leftSection={<IconDownload size={14} />} onClick={() => act.save('json')}>
            {t('exportJson')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={act.remove}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ErrorState error={act.error} />
      <RenameDialog session={session} opened={renaming} onClose={() => setRenaming(false)} />
    </div>
  );
}

function useSessionActs(session: Session, current: boolean) {
  const t = useWords('chat');
  const pin = useMutation(orpc.chat.pin.mutationOptions());
  const remove = useMutation(orpc.chat.remove.mutationOptions());
  const restore = useMutation(orpc.chat.restore.mutationOptions());
  const save = useMutation(orpc.chat.export.mutationOptions());
  const sessionId = session.id;
  return {
    error: pin.error ?? remove.error ?? restore.error ?? save.error,
    pin: () => pin.mutate({ sessionId, pinned: !session.pinned }),
    save: (format: 'markdown' | 'json' | 'csv') =>
      save.mutate({ sessionId, format }, { onSuccess: (file) => saveText(file.name, file.text, file.mime) }),
    remove: () =>
      remove.mutate(
        { sessionId },
        {
          onSuccess: () => {
            if (current) navigate('chat');
            showUndoBar(
              t('removed', { title: session.title }),
              () => void restore.mutateAsync({ sessionId }).then(() => navigate('chat', sessionId)),
            );
          },
        },
      ),
  };
}

type RenameDialogProps = {
  readonly session: Session;
  readonly opened: boolean;
  readonly onClose: () => void;
};

function RenameDialog({ session, opened, onClose }: RenameDialogProps) {
  const t = useWords('chat');
  return (
    <Modal opened={opened} onClose={onClose} title={t('rename')}>
      <RenameForm session={session} onClose={onClose} />
    </Modal>
  );
}
function RenameForm({ session, onClose }: Omit<RenameDialogProps, 'opened'>) {
  const t = useWords('chat');
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
      <DialogActions
        confirm={t('save')}
        onClose={onClose}
        disabled={!ready}
        loading={rename.isPending}
        onConfirm={save}
      />
    </Stack>
  );
}
