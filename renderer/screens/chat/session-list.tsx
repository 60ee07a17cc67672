import { Box, Button, CloseButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '../../../main/chat/contract/chat.ts';
import { orpc } from '../../engine-hooks.ts';
import { navigate } from '../../router.ts';
import { ImeTextInput } from '../../ui/ime.tsx';
import { Pending } from '../../ui/states.tsx';
import { Fine, Note } from '../../ui/text.tsx';
import { useWords } from '../../words.ts';
import classes from './chat.module.css';
import { SessionItem } from './session-item.tsx';

/** Conversations listed at first, added each time, and at most: years of them would be tens of thousands. */
const PAGE = 60;
const MORE = 200;
const MOST = 860;

type Props = { readonly current: string | null; readonly onPicked?: () => void };

/** Every conversation: pinned ones first, then the newest. */
export function SessionList({ current, onPicked }: Props) {
  const t = useWords('chat');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 200);
  const [shown, setShown] = useState(PAGE);
  const sessions = useQuery({
    // one more than is shown tells whether there are older ones
    ...orpc.chat.sessions.queryOptions({ input: { limit: shown + 1, ...(wanted ? { text: wanted } : {}) } }),
    placeholderData: (before: Session[] | undefined) => before,
  });
  const listed = sessions.data?.slice(0, shown) ?? [];
  const groups: { title: string; items: Session[] }[] = [
    { title: t('pinned'), items: listed.filter((s) => s.pinned) },
    { title: t('recent'), items: listed.filter((s) => !s.pinned) },
  ];
  return (
    <nav className={classes['sessions']} aria-label={t('sessions')}>
      <Button
        fullWidth
        leftSection={<IconPlus size={16} />}
        onClick={() => {
          navigate('chat');
          onPicked?.();
        }}
      >
        {t('newChat')}
      </Button>
      <ImeTextInput
        size="xs"
        aria-label={t('search')}
        placeholder={t('search')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        leftSection={<IconSearch size={14} />}
        rightSection={
          text && <CloseButton size="xs" aria-label={t('clearSearch')} onClick={() => setText('')} />
        }
      />
      <Box flex={1} mih={0} mr={-10} pr={10} style={{ overflowY: 'auto' }}>
        {!sessions.isSuccess && <Pending of={sessions} kind="text" count={5} />}
        {sessions.data?.length === 0 && (
          <Note p="xs">{wanted ? t('noMatch', { text: wanted }) : t('noSessions')}</Note>
        )}
        {groups.map(
          (group) =>
            group.items.length > 0 && (
              <section key={group.title} aria-label={group.title}>
                <Fine fw={600} px={8} pt={10} pb={4}>
                  {group.title}
                </Fine>
                {group.items.map((session) => (
                  <SessionItem
                    key={session.id}
                    session={session}
                    current={session.id === current}
                    {...(onPicked ? { onPicked } : {})}
                  />
                ))}
              </section>
            ),
        )}
        {(sessions.data?.length ?? 0) > shown &&
          (shown < MOST ? (
            <Button
              variant="subtle"
              size="compact-sm"
              fullWidth
              onClick={() => setShown((before) => Math.min(MOST, before + MORE))}
            >
              {t('olderSessions')}
            </Button>
          ) : (
            <Fine p="xs">{t('searchOlder')}</Fine>
          ))}
      </Box>
    </nav>
  );
}
